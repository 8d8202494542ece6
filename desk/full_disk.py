"""When nothing can be saved because the server has no room or its database is busy, nothing that was typed is lost.

The forms of items come back as they were typed. Whatever else was sent in the staff's area comes back as text, to copy
it from there. The browser has it, too: see static/admin-look/form-memory.js.
"""

from __future__ import annotations

import errno
import logging

from django.conf import settings
from django.contrib import admin, messages
from django.db import DatabaseError
from django.shortcuts import render
from django.utils.translation import gettext

from desk.typed_texts import typed_texts

logger = logging.getLogger(__name__)

# Codes of the system, of SQLite and of PostgreSQL.
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY", "53100"}
BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "55P03", "40P01", "40001"}
FULL_STATUS, BUSY_STATUS = 507, 503
# Pressed buttons; without them the form is shown and not saved.
BUTTONS = ("_save_draft", "_saveasnew", "_addanother", "_continue", "_save")


def status_of(error: BaseException) -> int | None:
    """The status to answer with; None for an error of another kind."""
    cause = error.__cause__ if isinstance(error, DatabaseError) and error.__cause__ else error
    codes = {getattr(cause, name, None) for name in ("errno", "sqlite_errorname", "sqlstate")}
    # SQLite says more behind the name: "SQLITE_BUSY_SNAPSHOT".
    codes |= {"_".join(code.split("_")[:2]) for code in codes if isinstance(code, str)}
    if codes & NO_ROOM:
        return FULL_STATUS
    return BUSY_STATUS if codes & BUSY else None


def words_of(status: int) -> str:
    if status == FULL_STATUS:
        return gettext(
            "Not saved: there is no room left on the server. Tell the webmaster, leave this page open, and save again "
            "once there is room."
        )
    return gettext("Not saved: the database was busy for too long. Save again in a minute.")


class FullDiskAdmin(admin.ModelAdmin):
    def add_view(self, request, form_url="", extra_context=None):
        view = super().add_view
        return self.saved_or_shown_again(request, lambda: view(request, form_url, extra_context))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        view = super().change_view
        return self.saved_or_shown_again(request, lambda: view(request, object_id, form_url, extra_context))

    def saved_or_shown_again(self, request, view):
        try:
            return view()
        except (OSError, DatabaseError) as error:
            status = status_of(error)
            if request.method != "POST" or status is None:
                raise
            logger.exception("A form could not be saved.")
        typed = request.POST
        request.POST = typed.copy()
        for name in BUTTONS:
            request.POST.pop(name, None)
        request.POST["_restore"] = "1"  # see desk/conflict_admin.py
        try:
            self.message_user(request, words_of(status), messages.ERROR)
            response = view().render()
        except (OSError, DatabaseError):
            request.POST = typed
            return not_saved(request, status)
        response.status_code = status
        return response


class NotSavedMiddleware:
    """The same for everything else that is sent in the staff's area."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method == "POST" and is_of_the_staff(request):
            try:
                request.POST  # noqa: B018 - large uploads are written to the disk while they are read
            except OSError as error:
                if (status := status_of(error)) is None:
                    raise
                logger.exception("What was sent could not be read.")
                return not_saved(request, status)
        return self.get_response(request)

    def process_exception(self, request, error):
        if request.method != "POST" or not is_of_the_staff(request) or (status := status_of(error)) is None:
            return None
        logger.error("What was sent could not be saved.", exc_info=error)
        return not_saved(request, status)


def is_of_the_staff(request):
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


def not_saved(request, status):
    """A page that needs nothing of the database."""
    context = {"words": words_of(status), "texts": typed_texts(request.POST, request.path_info)}
    response = render(request, "admin/desk/not_saved.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
