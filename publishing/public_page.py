"""What every page for visitors has in common: it depends on its address and on the content, never on who asks."""

from functools import wraps

from django.http import Http404, HttpResponseNotAllowed, HttpResponsePermanentRedirect

from publishing.slugs import Moved

# Asked for anew at each visit. A proxy may show what it has for the second in which it asks, which is as fresh as
# several machines are among themselves, and for an hour while the site cannot answer at all: nobody can tell it then
# that something was withdrawn.
CACHE_CONTROL = "max-age=0, stale-while-revalidate=1, stale-if-error=3600"


def public_page(view):
    """GET and HEAD only, no private parts, revalidated at each visit; a moved item redirects for good."""

    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise Http404  # no database can look for it
        try:
            response = view(request, *args, **kwargs)
        except Moved as moved:
            return HttpResponsePermanentRedirect(moved.url)
        response.headers.setdefault("Cache-Control", CACHE_CONTROL)
        return response

    page.is_public_page = True
    return page
