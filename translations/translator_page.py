"""The translator's page: source and translation side by side, field by field, and nothing typed is ever lost."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.utils import construct_change_message
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext, ngettext

from desk.history.acts import Act
from desk.history.recording import recorded
from publishing.text_words import fingerprint
from publishing.word_diff import readable
from translations import ledger, matrix
from translations.digests import digest
from translations.kinds import Kind, kinds
from translations.models import State, TranslatedItem
from translations.rights import admin_of, may
from translations.texts import ALL_LANGUAGES
from translations.translator_form import Submission, changes, fields_of, form_class, label_of


@dataclass
class TextRow:
    """One field on the page."""

    field: str
    label: str
    rich: bool
    source: str  # the words of the source, as they go back with the form
    fingerprint: str
    entry: object = None  # the ledger's
    sign: str = ""
    changes: list | None = None  # in the source since the last confirmation
    input: object = None
    overtaken: bool = False
    moved: list | None = None  # what changed in the source since the page was opened


@dataclass(frozen=True)
class Work:
    """An item to be translated into one language, and by whom."""

    translated: TranslatedItem
    kind: Kind
    item: object
    language: str
    source: str
    may_write: bool

    @property
    def name(self):
        return gettext(dict(settings.LANGUAGES)[self.language])


def translate(matrix_admin, request, pk, language):
    ledger.refresh(limit=ledger.ITEMS_TO_CATCH_UP)
    work = work_of(matrix_admin, request, pk, language)
    if work.language == work.source:
        # This language is the original by now: it is written in the item's own form.
        return redirect(matrix.change_address(work.translated) or "admin:translations_translateditem_changelist")
    if request.method != "POST":
        return page(matrix_admin, request, work)
    if not work.may_write:
        raise PermissionDenied
    following = matrix_admin.key_of_next(request, pk, language) if "_next" in request.POST else None
    with recorded(request.user, Act.TRANSLATED):
        item = work.kind.model._base_manager.select_for_update().get(pk=work.translated.item)
        submission = Submission(work.kind, language, item, request.POST)
        saved = submission.may_be_saved()
        if saved and submission.changed:
            log(request, work.kind, submission.save(), submission.form)
    if not saved:
        return page(matrix_admin, request, work_of(matrix_admin, request, pk, language), submission)
    tell_saved(request, work, submission)
    if "_right" in request.POST:
        confirm(request, work, submission)
    if "_next" in request.POST:
        return go_on(matrix_admin, request, language, following)
    return redirect(request.get_full_path())


def go_on(matrix_admin, request, language, pk):
    """To the page of the next item or, after the last, back to the matrix."""
    query = request.GET.urlencode()
    if pk:
        return redirect(matrix.page_address(pk, language, query))
    name = gettext(dict(settings.LANGUAGES)[language]) if language in ALL_LANGUAGES else language
    messages.info(request, gettext("Nothing else in this list needs work in %(language)s.") % {"language": name})
    return redirect(f"{reverse('admin:translations_translateditem_changelist')}?{query}")


def work_of(matrix_admin, request, pk, language) -> Work:
    translated = get_object_or_404(TranslatedItem, pk=pk)
    kind = kinds().get(translated.kind)
    if kind is None or language not in ALL_LANGUAGES:
        raise Http404
    own = admin_of(kind)
    rows = own.get_queryset(request) if own else kind.model._base_manager.all()
    if not may(request, "view", kind) or not rows.filter(pk=translated.item).exists():
        raise PermissionDenied
    if language not in matrix_admin.languages_for(request):
        raise PermissionDenied
    item = get_object_or_404(kind.model._base_manager, pk=translated.item)
    if not may(request, "view", kind, item):
        raise PermissionDenied
    return Work(translated, kind, item, language, kind.source_of(vars(item)), may(request, "change", kind, item))


def log(request, kind, item, form):
    """The admin's own log; from it the ledger knows who wrote a translation."""
    message = construct_change_message(form, None, False)
    own = admin_of(kind)
    if own:
        own.log_change(request, item, message)
    else:
        LogEntry.objects.log_actions(request.user.pk, [item], CHANGE, message, single_object=True)


def tell_saved(request, work, submission):
    # The script on the page reads from the class that it may forget what was typed here.
    tags = f"translation-saved-{work.translated.pk}-{work.language}"
    if submission.changed:
        names = named(work.kind, submission.changed)
        text = gettext("Saved in %(language)s: %(names)s.") % {"language": work.name, "names": names}
        messages.success(request, text, extra_tags=tags)
    elif "_right" not in request.POST:
        messages.info(request, gettext("Nothing was changed, so nothing was saved."), extra_tags=tags)


def confirm(request, work, submission):
    try:
        fields = ledger.confirm(
            work.kind,
            work.translated.item,
            work.language,
            by=request.user,
            fields=submission.fields,
            sources=submission.sources,
        )
    except ledger.SourceMoved:
        text = gettext(
            "The original changed while this page was open, so nothing was declared right. "
            "What changed is marked below: please look again."
        )
        messages.warning(request, text)
        return
    if fields:
        names = named(work.kind, [field for field in submission.fields if field in fields])
        messages.success(request, gettext("Declared still right: %(names)s.") % {"names": names})
    elif not submission.changed:
        messages.info(request, gettext("No text was out of date."))


def named(kind, fields):
    return get_text_list([gettext("“%(name)s”") % {"name": label_of(kind, field)} for field in fields], gettext("and"))


def page(matrix_admin, request, work, submission=None):
    if submission:
        ledger.refresh(limit=ledger.ITEMS_TO_CATCH_UP)  # who overtook, and how
    rows = rows_of(work)
    if work.may_write:
        form = submission.form if submission else blank_form(work, rows)
        for row in rows:
            if f"{row.field}_{work.language}" in form.fields:
                row.input = form[f"{row.field}_{work.language}"]
    else:
        form = None
    if submission:
        for row in rows:
            row.overtaken = row.field in submission.overtaken
            row.moved = submission.moved.get(row.field)
        tell_refused(request, submission)
    filters = request.GET.urlencode()
    codes = dict(settings.LANGUAGES)
    context = {
        **matrix_admin.admin_site.each_context(request),
        "title": work.translated.title,
        "opts": matrix_admin.opts,
        "work": work,
        "rows": rows,
        "form": form,
        "is_bound": submission is not None,
        "errors": form.non_field_errors() if form and form.is_bound else [],
        "media": matrix_admin.media + form.media if form else matrix_admin.media,
        "kind_name": capfirst(str(work.kind.model._meta.verbose_name)),
        "source_name": codes[work.source],
        "language_name": codes[work.language],
        "change_address": matrix.change_address(work.translated),
        "may_edit": may_edit(request, work),
        "filters": filters,
        "cells": matrix.cells(work.translated, matrix_admin.languages_for(request), filters),
        "stale": sum(1 for row in rows if row.changes is not None),
    }
    response = TemplateResponse(request, "admin/translations/translator_page.html", context)
    response.shows_rich_text_editor = form is not None and any(row.rich for row in rows)
    return response


def may_edit(request, work):
    """Whether the item's own form lets them do more than look."""
    own = admin_of(work.kind)
    return own is not None and own.has_change_permission(request, work.item)


def blank_form(work, rows):
    """The editor is made about as high as the text that it stands beside."""
    heights = {row.field: max(200, min(640, len(row.source) // 2)) for row in rows if row.rich}
    return form_class(work.kind, work.language, [row.field for row in rows], heights)(instance=work.item)


def rows_of(work) -> list[TextRow]:
    """The texts that there are, in the source or in the translation."""
    entries = {
        entry.field: entry
        for entry in work.translated.entries.filter(language=work.language).select_related("confirmed_by")
    }
    found = []
    for field in fields_of(work.kind):
        rich = field in work.kind.rich
        source = getattr(work.item, f"{field}_{work.source}") or ""
        text = getattr(work.item, f"{field}_{work.language}") or ""
        if not digest(source, rich) and not digest(text, rich):
            continue
        entry = entries.get(field)
        row = TextRow(
            field=field,
            label=label_of(work.kind, field),
            rich=rich,
            source=readable(source, rich),
            fingerprint=fingerprint(text, rich),
            entry=entry,
            sign=matrix.SIGNS[State(entry.state)] if entry else "",
        )
        if entry and entry.state == State.STALE:
            row.changes = changes(readable(entry.source_before, rich), row.source) if entry.source_before else []
        found.append(row)
    return found


def tell_refused(request, submission):
    if submission.overtaken or submission.moved:
        count = len({*submission.overtaken, *submission.moved})
        text = ngettext(
            "Not saved yet: one text changed while this page was open. What you wrote is still here; "
            "look at the note above it, then save again.",
            "Not saved yet: %(count)d texts changed while this page was open. What you wrote is still here; "
            "look at the notes above them, then save again.",
            count,
        )
        messages.warning(request, text % {"count": count})
