"""“Copy to the next edition”: a page that shows what a copy would be, and a button on it that makes the draft."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from agenda.models import Event
from agenda.next_edition import RAISED_TEXTS, already_there, following_edition, next_edition
from desk.admin import date_in_words
from desk.history.acts import Act
from desk.history.recording import recorded
from translations.texts import ALL_LANGUAGES, text_of


@dataclass(frozen=True)
class Row:
    """One line of the page: what stands there now, and next. `language` is that of a text, "" for facts."""

    label: str
    now: object
    next: object
    language: str = ""

    @property
    def is_changed(self):
        return self.now != self.next


class CopyingAdmin(admin.ModelAdmin):
    def get_urls(self):
        view = self.admin_site.admin_view(self.copy_view)
        return [path("<path:object_id>/next-edition/", view, name="agenda_event_copy"), *super().get_urls()]

    def copy_view(self, request, object_id):
        """GET shows the copy, POST makes it."""
        event = self.get_object(request, unquote(object_id))
        if not self.has_add_permission(request) or not self.has_view_permission(request, event):
            raise PermissionDenied
        if event is None:
            raise Http404
        if request.method == "POST":
            return self.copied(request, event)
        edition = following_edition(event)
        copy = next_edition(event, edition)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Copy to the next edition"),
            "original": event,
            "rows": facts(event, copy) + texts(event, copy) + left_behind(event, copy),
            "already_there": already_there(copy),
            # The page's own, so that a second press of the button leads to the first one's copy.
            "uid": uuid4(),
        }
        return TemplateResponse(request, "admin/agenda/event/copy_to_next_edition.html", context)

    def copied(self, request, event):
        uid = read_uid(request.POST.get("uid"))
        copy = next_edition(event, following_edition(event), uid)
        try:
            with recorded(request.user, Act.COPIED, str(event)):
                copy.save(force_insert=True)
                text = gettext("Copied from “%(event)s” to the next edition.") % {"event": event}
                self.log_addition(request, copy, text)
        except IntegrityError:
            copy = Event.objects.filter(uid=uid).first() if uid else None
            if copy is None:
                raise
        else:
            self.message_user(request, what_was_done(event, copy), messages.SUCCESS)
        return redirect(reverse("admin:agenda_event_change", args=[copy.pk]))


def read_uid(text):
    try:
        return UUID(text or "")
    except ValueError:
        return None


def label_of(name):
    return Event._meta.get_field(name).verbose_name


def facts(event, copy):
    rows = [Row(label_of("date"), date_in_words(event.date), date_in_words(copy.date))]
    if event.ordinal is not None:
        rows.insert(0, Row(label_of("ordinal"), event.ordinal, copy.ordinal))
    if event.edition_id:
        rows.append(Row(label_of("edition"), event.edition, copy.edition or gettext("(not entered yet)")))
    if event.end_time != copy.end_time:
        rows.append(Row(label_of("end_time"), event.end_time, ""))
    return rows


def texts(event, copy):
    """Each title, also one in which no number was found; summaries where something is raised."""
    rows = []
    for field in RAISED_TEXTS:
        for code in ALL_LANGUAGES:
            column = f"{field}_{code}"
            row = Row(label_of(field), getattr(event, column), getattr(copy, column), code)
            if row.now and (field == "title" or row.is_changed):
                rows.append(row)
    return rows


def left_behind(event, copy):
    """What belongs to one edition only, and what an editor has to say anew."""
    empty = gettext("(empty)")
    rows = []
    theme = text_of(event, "theme")
    rows.append(Row(label_of("theme"), theme.text, empty, theme.language))
    rows.append(Row(label_of("url"), event.url, empty))
    rows.append(Row(label_of("status"), event.get_status_display(), copy.get_status_display()))
    rows.append(Row(label_of("state"), event.get_state_display(), copy.get_state_display()))
    return [row for row in rows if row.now and row.is_changed]


def what_was_done(event, copy):
    """“date, number, title (EN, ES)”, and what nobody but an editor can know."""
    raised = [str(label_of(name)) for name in ("date", "ordinal") if getattr(event, name) != getattr(copy, name)]
    for field in RAISED_TEXTS:
        codes = [row.language.upper() for row in texts(event, copy) if row.label == label_of(field) and row.is_changed]
        if codes:
            raised.append(f"{label_of(field)} ({', '.join(codes)})")
    if not raised:
        return gettext("A draft was copied from “%(event)s”. Check its date, number, place and texts.") % {
            "event": event
        }
    return gettext(
        "A draft was copied from “%(event)s”. Raised: %(raised)s. "
        "Check the date, the place and the texts before you publish it."
    ) % {"event": event, "raised": ", ".join(raised)}
