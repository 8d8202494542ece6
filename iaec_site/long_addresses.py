"""Addresses that nobody types or links to: refused before anything is looked for."""

from iaec_site.views import bad_request

# Characters of path and query. The longest of ours are filters of the admin, and have some hundreds.
LONGEST = 8192


class LongAddressMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if len(request.path_info) + len(request.META.get("QUERY_STRING", "")) > LONGEST:
            return bad_request(request)
        return self.get_response(request)
