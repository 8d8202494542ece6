"""The home page, the door to it, and the pages for what is not there."""

import logging
import sys

from django.http import HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import override

from iaec_site import unavailable
from iaec_site.address_language import language_of_address, language_of_browser
from moving_in.leading import leads_on
from publishing.public_page import CACHE_CONTROL, public_page

logger = logging.getLogger(__name__)

# In one language and without style: it is shown when nothing of ours can be relied upon.
PLAIN_ERROR_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Something broke on our side</title>
<h1>Something broke on our side</h1>
<p>It is not your fault, and it has been written down. Please try again in a few minutes.</p>
<p><a href="/">Home</a></p>
</html>
"""
PLAIN_BAD_REQUEST = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>This request cannot be answered</title>
<h1>This request cannot be answered</h1>
<p>Its address or its contents are not what a browser sends. Please check the address that you typed.</p>
</html>
"""


def front_door(request):
    """`/` leads to the home page in the language that the browser asks for, `/?p=123` to what once was there."""
    if place := leads_on(request):
        return moved_for_good(place)
    response = HttpResponseRedirect(f"/{language_of_browser(request)}/")
    response.headers["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Language"])
    return response


@public_page
def home(request):
    return render(request, "home.html")


@public_page
def robots(request):
    """All is open. The admin says `noindex` itself: this file would tell everybody where it is."""
    sitemap = request.build_absolute_uri(reverse("sitemap_index"))
    lines = ["User-agent: *", "Disallow:", "", f"Sitemap: {sitemap}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def page_not_found(request, exception=None):
    """Nothing answers: perhaps it is an address of the site that the association had before."""
    if place := leads_on(request):
        return moved_for_good(place)
    # An address that matched a pattern but no item would get links to the same nothing in five languages.
    request.resolver_match = None
    with override(language_of_address(request) or language_of_browser(request)):
        return render(request, "404.html", status=404)


def moved_for_good(place):
    response = HttpResponsePermanentRedirect(place)
    response.headers["Cache-Control"] = CACHE_CONTROL
    return response


def server_error(request):
    """Shown when something is broken, so it asks nothing of the database.

    Its style sheets and texts may be what is broken (an upgrade without `manage.py prepare`): then a plain page.
    """
    try:
        if (response := unavailable.answer_to(request, sys.exc_info()[1])) is not None:
            return response
        with override(language_of_address(request) or language_of_browser(request)):
            return render(request, "500.html", status=500)
    except Exception:
        logger.exception("The error page itself broke; a plain one was shown")
        return HttpResponse(PLAIN_ERROR_PAGE, status=500)


def bad_request(request, exception=None):
    """For what is no request of a browser's: a foreign host, a form out of all bounds. It asks for nothing at all."""
    return HttpResponse(PLAIN_BAD_REQUEST, status=400)
