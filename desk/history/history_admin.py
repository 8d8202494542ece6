"""Every admin of ours: what is written in it is recorded, and the history of an item is read and restored in words."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.form_run import FormRun
from desk.history.acts import NOT_RECORDED, Act, act_of, in_words
from desk.history.differences import Difference, differences_of, part_of
from desk.history.kinds import forget_kinds, kinds
from desk.history.pruning import keeps_all_since
from desk.history.recording import note_before, recorded, versions_of, watch
from desk.history.restoring import Overtaken, Refused, Restoring, allowed_places
from desk.history.snapshots import Snapshot, from_text, read
from desk.item_digest import digest_of
from desk.last_saved import name_of
from desk.models import WorkingCopy
from publishing.paging import page_of
from publishing.shown_state import moment_text

A_PAGE = 20


@dataclass
class Entry:
    """One version in the history of an item."""

    version: object
    who: str
    act: str
    when: str
    before: int | None  # the version before it
    changes: list[Difference] = field(default_factory=list)
    is_first: bool = False
    is_thinned: bool = False  # stands for all versions of its month


class HistoryAdmin(admin.ModelAdmin):
    # An admin of personal data says no: what somebody has a right to see erased must not stay in versions.
    keeps_history = True
    # Names of fields that no version may hold, such as passwords.
    unrecorded_fields: tuple[str, ...] = ()

    def __init__(self, model, admin_site):
        super().__init__(model, admin_site)
        forget_kinds()
        if self.keeps_history:
            relations = [one for one in model._meta.many_to_many if one.remote_field.through._meta.auto_created]
            watch(model, [inline.model for inline in self.inlines], relations)

    # --- recording ---

    def _changeform_view(self, request, object_id, form_url, extra_context):
        if request.method != "POST":
            return super()._changeform_view(request, object_id, form_url, extra_context)
        with recorded(request.user):
            return super()._changeform_view(request, object_id, form_url, extra_context)

    def _delete_view(self, request, object_id, extra_context):
        if request.method != "POST":
            return super()._delete_view(request, object_id, extra_context)
        with recorded(request.user):
            return super()._delete_view(request, object_id, extra_context)

    def changelist_view(self, request, extra_context=None):
        if request.method != "POST":
            return super().changelist_view(request, extra_context)
        with recorded(request.user, Act.LIST):
            return super().changelist_view(request, extra_context)

    def delete_queryset(self, request, queryset):
        note_before(self.model, queryset.values_list("pk", flat=True))
        super().delete_queryset(request, queryset)

    # --- reading ---

    def get_urls(self):
        if not self.keeps_history:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_restore"
        return [
            path("<int:pk>/restore/", self.admin_site.admin_view(self.restore_view), name=name),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        if not self.keeps_history:
            return super().history_view(request, object_id, extra_context)
        item = self.get_object(request, unquote(object_id))
        if item is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        versions = versions_of(self.model).filter(object_id=str(item.pk)).order_by("-pk")
        page = page_of(versions.select_related("revision__user"), A_PAGE, request.GET.get("p"))
        shown = list(page)
        older = versions.filter(pk__lt=shown[-1].pk).first() if shown else None
        present = read(kinds()[self.model], [item.pk])[item.pk].as_read() if page.number == 1 else None
        unrecorded, entries = self.entries(shown, older, present)
        live = FormRun(self, request.user, self.get_object(request, str(item.pk)))
        context = self.history_context(request, item, _("History")) | {
            "entries": entries,
            "unrecorded": unrecorded,
            "page": page,
            "places": allowed_places(self, request, item, live),
        }
        return TemplateResponse(request, "admin/desk/history.html", context | (extra_context or {}))

    def entries(self, shown, older, present: Snapshot | None):
        """(what was changed since the newest version without being recorded, [Entry, …] newest first)."""
        kind = kinds()[self.model]
        known = [*shown, *([older] if older else [])]
        snapshots = [from_text(kind, version.serialized_data) for version in known]
        if present is not None:
            snapshots.insert(0, present)
        changes = differences_of([(old, new) for new, old in pairwise(snapshots)], self)
        unrecorded = changes.pop(0) if present is not None and changes else []
        found = []
        for number, version in enumerate(shown):
            before = known[number + 1] if number + 1 < len(known) else None
            entry = entry_of(version, before)
            entry.changes = changes[number] if before else []
            found.append(entry)
        return unrecorded, found

    def history_context(self, request, item, title):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": item,
            "title": title,
            "subtitle": None,
            "media": self.media,
        }

    # --- restoring ---

    def restore_view(self, request, pk):
        """GET shows what would change back, POST does it: one field, some, or the whole item."""
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        live = FormRun(self, request.user, self.get_object(request, str(pk)))
        allowed = allowed_places(self, request, item, live)
        if not allowed:
            raise PermissionDenied
        asked = request.POST if request.method == "POST" else request.GET
        number = asked.get("version", "")
        versions = versions_of(self.model).filter(object_id=str(item.pk)).select_related("revision__user")
        version = versions.filter(pk=number).first() if number.isdecimal() and len(number) < 19 else None
        if version is None:
            if request.method == "POST":
                raise Http404
            return redirect(self.history_address(item))
        old = from_text(kinds()[self.model], version.serialized_data)
        chosen = asked.getlist("field")
        errors = []
        if request.method == "POST":
            places = [place for place in dict.fromkeys(chosen) if part_of(place) in allowed]
            if len(places) < len(set(chosen)):
                raise PermissionDenied
            response, errors = self.restore(request, item, old, places)
            if response is not None:
                return response
        return self.restore_page(request, item, version, old, allowed, chosen, errors)

    def restore(self, request, item, old, places):
        """(where to go or None, what is wrong)"""
        if not places:
            self.message_user(request, gettext("Choose what is to be restored."), messages.WARNING)
            return None, []
        restoring = Restoring(self, request, item, old, places)
        if not restoring.places:
            return None, [("", "", restoring.notes)]
        try:
            restoring.save(request.POST.get("seen", ""))
        except Overtaken:
            text = gettext(
                "Somebody changed this item while you had this page open, so nothing was restored. "
                "What stands below is compared with the item as it is now."
            )
            self.message_user(request, text, messages.WARNING)
            return None, []
        except Refused as refused:
            return None, refused.errors
        text = gettext("“%(item)s” has been restored. The version before stays in its history.") % {"item": item}
        self.message_user(request, " ".join([text, *restoring.notes]), messages.SUCCESS)
        return redirect(self.history_address(item)), []

    def restore_page(self, request, item, version, old, allowed, chosen, errors):
        present = read(kinds()[self.model], [item.pk])[item.pk].as_read()
        [changes] = differences_of([(present, old)], self)
        chosen = set(chosen) or {change.place for change in changes}
        changes = [change for change in changes if request.method == "POST" or {change.place, change.part} & chosen]
        notes = Restoring(self, request, item, old, list(chosen)).notes
        groups = {}
        for change in changes:
            groups.setdefault(change.place, []).append(change)
        context = self.history_context(request, item, _("Restore")) | {
            "entry": entry_of(version, None),
            "version": version,
            "groups": [
                {
                    "place": place,
                    "changes": of_place,
                    "may": part_of(place) in allowed,
                    "chosen": bool({place, part_of(place)} & chosen),
                }
                for place, of_place in groups.items()
            ],
            "may_any": any(part_of(place) in allowed for place in groups),
            "notes": notes,
            "errors": errors,
            "seen": digest_of(item),
            "has_working_copy": WorkingCopy.objects.of(item).exists(),
            "history_address": self.history_address(item),
        }
        return TemplateResponse(request, "admin/desk/restore.html", context, status=422 if errors else 200)

    def history_address(self, item):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_history", args=[item.pk])


def entry_of(version, before) -> Entry:
    revision = version.revision
    act = act_of(revision.comment)
    told = "" if act is Act.SAVED else in_words(revision.comment)
    if revision.user:
        who = name_of(revision.user)
    elif act in (Act.STARTER, Act.COMMAND):
        who, told = told[:1].upper() + told[1:], ""
    elif act in NOT_RECORDED:
        who = gettext("Nobody is known")
    else:
        who = gettext("Somebody whose account is gone")
    is_first = before is None and act not in NOT_RECORDED
    when = moment_text(revision.date_created)
    if act in NOT_RECORDED:
        when = gettext("before %(moment)s") % {"moment": when}
    since = keeps_all_since()
    thinned = since is not None and revision.date_created < since
    return Entry(version, who, told, when, before.pk if before else None, is_first=is_first, is_thinned=thinned)
