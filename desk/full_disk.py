"""When nothing can be saved because the server has no room or its database is busy, read-only or gone, nothing that
was typed is lost.

The forms of items come back as they were typed. Whatever else was sent in the staff's area comes back as text, to copy
it from there. The browser has it, too: see static/admin-look/form-memory.js.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import render
from django.utils.translation import gettext

from desk.typed_texts import typed_texts
from publishing.trouble import TROUBLESOME, Trouble, trouble_of

logger = logging.getLogger(__name__)

# Pressed buttons; without them the form is shown and not saved.
BUTTONS = ("_save_draft", "_saveasnew", "_addanother", "_continue", "_save")


def words_of(trouble: Trouble) -> str:
    match trouble:
        case Trouble.NO_ROOM:
            return gettext(
                "Not saved: there is no room left on the server. Tell the webmaster, leave this page open, and save "
                "again once there is room."
            )
        case Trouble.BUSY:
            return gettext("Not saved: the database was busy for too long. Save again in a minute.")
        case Trouble.READ_ONLY:
            return gettext(
                "Not saved: the server may read and not write at the moment. Tell the webmaster, leave this page "
                "open, and save again once that is mended."
            )
        case Trouble.GONE:
            return gettext(
                "Not saved: the database does not answer. Tell the webmaster if this lasts longer than some minutes, "
                "leave this page open, and save again then."
            )
    return gettext(
        "Not saved: the site is being maintained, and nothing can be changed meanwhile. Leave this page open, and "
        "save again once the maintenance is over."
    )


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
        except TROUBLESOME as error:
            trouble = trouble_of(error)
            if request.method != "POST" or trouble is None:
                raise
            logger.exception("A form could not be saved.")
        typed = request.POST
        request.POST = typed.copy()
        for name in BUTTONS:
            request.POST.pop(name, None)
        request.POST["_restore"] = "1"  # see desk/conflict_admin.py
        try:
            self.message_user(request, words_of(trouble), messages.ERROR)
            response = view().render()
        except TROUBLESOME:
            request.POST = typed
            return not_saved(request, trouble)
        response.status_code = trouble.status
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
                if (trouble := trouble_of(error)) is None:
                    raise
                logger.exception("What was sent could not be read.")
                return not_saved(request, trouble)
        return self.get_response(request)

    def process_exception(self, request, error):
        if request.method != "POST" or not is_of_the_staff(request) or (trouble := trouble_of(error)) is None:
            return None
        logger.error("What was sent could not be saved.", exc_info=error)
        return not_saved(request, trouble)


def is_of_the_staff(request):
    return request.path_info.startswith(f"/{settings.ADMIN_PATH}")


def not_saved(request, trouble: Trouble, *, shows_texts: bool = True):
    """A page that needs nothing of the database; with `shows_texts` what was sent stands on it."""
    texts, files = [], []
    if shows_texts:
        # An upload that could not be received has no names of files either.
        sent = request.POST
        texts, files = typed_texts(sent, request.path_info), names_of_files(request)
    context = {"words": words_of(trouble), "texts": texts, "files": files}
    response = render(request, "admin/desk/not_saved.html", context, status=trouble.status)
    response.headers["Cache-Control"] = "no-store"
    if trouble is not Trouble.NO_ROOM:
        response.headers["Retry-After"] = str(trouble.retry_after)
    return response


def names_of_files(request) -> list[str]:
    """Browsers let nobody fill in files, so they have to be chosen again: at least it is said which."""
    return [file.name for _name, files in request.FILES.lists() for file in files]
