"""Pages for one reader: their address is a secret, so they are kept nowhere and tell nobody."""

from functools import wraps

from django.http import HttpResponseNotAllowed, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt


class SeeOther(HttpResponseRedirect):
    """What a browser gets after a form: whatever the method was, the next request is a GET."""

    status_code = 303


def unkept(view):
    """For answers about one visitor: kept nowhere, found by no search engine."""

    @wraps(view)
    def page(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    return page


def token_page(view):
    """A page whose address is a secret. The token is the proof: no cookie, no token of the form.

    Mail scanners follow links, so only a POST changes anything. Because of the policy below browsers send
    the POST with `Origin: null`, so its origin cannot be asked for.
    """

    @csrf_exempt
    @unkept
    @wraps(view)
    def page(request, *args, **kwargs):
        if request.method in ("GET", "HEAD", "POST"):
            response = view(request, *args, **kwargs)
        else:
            response = HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        response.headers["Referrer-Policy"] = "no-referrer"
        # Django would write the address of what went wrong into the log, and with it the secret.
        response._has_been_logged = True
        return response

    return page
