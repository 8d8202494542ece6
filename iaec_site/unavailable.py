"""What visitors and editors get while the database or the storage cannot be asked, or must not be written to.

Asks nothing of either.

Django's handler for errors (`views.server_error`) comes here with whatever a trouble of the server broke, wherever it
broke, sessions included. The layer of ready pages (`page_cache`) shows the last good page instead where it has one.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import Error as DatabaseError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language_from_request, override

from desk.full_disk import not_saved
from desk.typed_texts import typed_texts
from iaec_site.address_language import language_of_address, language_of_browser
from iaec_site.page_cache.layer import OUTAGE
from iaec_site.staff_area import in_staff_area
from newsletter.same_origin import is_from_our_site
from publishing.trouble import Trouble, is_of_storage, trouble_of

logger = logging.getLogger(__name__)

READING = ("GET", "HEAD", "OPTIONS", "TRACE")


class UnavailableMiddleware:
    """Refuses what writes while the site is being maintained (READ_ONLY=1), and what cannot be answered anyway."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.READ_ONLY and request.method not in READING:
            return unavailable(request, Trouble.MAINTENANCE)
        if OUTAGE in request.META:
            return unavailable(request, Trouble.GONE)
        return self.get_response(request)


def answer_to(request, error: BaseException | None) -> HttpResponse | None:
    """The answer to an error that is a trouble of the server and no fault of the code; None for any other."""
    if request.method in READING and is_of_storage(error):
        logger.error("%s %s could not be read from the storage: %s", request.method, request.path, one_line(error))
        return unavailable(request, Trouble.GONE, is_of_database=False)
    trouble = trouble_of(error)
    if trouble is None or (request.method in READING and not isinstance(error, DatabaseError)):
        return None
    if trouble is Trouble.READ_ONLY and settings.READ_ONLY:
        trouble = Trouble.MAINTENANCE
    logger.error("%s %s could not be answered (%s): %s", request.method, request.path, trouble.value, one_line(error))
    return unavailable(request, trouble)


def one_line(error: BaseException | None) -> str:
    return " ".join(str(error).split())[:300]


def unavailable(request, trouble: Trouble, *, is_of_database: bool = True) -> HttpResponse:
    is_writing = request.method not in READING
    # A page of another site could make a browser send what it likes: that is not shown.
    shows_texts = is_writing and is_from_our_site(request)
    if in_staff_area(request):
        with override(get_language_from_request(request)):
            if is_writing:
                response = not_saved(request, trouble, shows_texts=shows_texts)
            else:
                response = render(
                    request, "admin/desk/not_shown.html", {"trouble": trouble.value if is_of_database else "storage"}
                )
    else:
        with override(language_of_address(request) or language_of_browser(request)):
            texts = typed_texts(request.POST, request.path_info) if shows_texts else []
            context = {"is_writing": is_writing, "trouble": trouble.value, "texts": texts}
            response = render(request, "503.html", context)
    response.status_code = trouble.status
    response.headers["Retry-After"] = str(trouble.retry_after)
    response.headers["Cache-Control"] = "no-store"
    # An older page may stand in for it, and where nobody can be asked there is no need to try others.
    response.may_be_replaced = not is_writing and trouble is not Trouble.MAINTENANCE
    response.is_outage = trouble is Trouble.GONE and is_of_database
    # A line of its own tells of it, without a page of traceback for each visitor.
    response._has_been_logged = True
    return response
