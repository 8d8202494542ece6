"""Any two versions of an item beside each other, what it is now among them."""

from __future__ import annotations

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.form_run import FormRun
from desk.history.differences import differences_of
from desk.history.history_admin import entry_of
from desk.history.kinds import kinds
from desk.history.recording import versions_of
from desk.history.restoring import allowed_places
from desk.history.snapshots import from_text, read

# Stands for the item as it is now, where a version has its number.
NOW = "now"


class ComparingAdmin(admin.ModelAdmin):
    """Stands before `HistoryAdmin`, whose page gets two boxes to choose from."""

    def get_urls(self):
        if not self.keeps_history:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}_compare"
        return [
            path("<int:pk>/compare/", self.admin_site.admin_view(self.compare_view), name=name),
            *super().get_urls(),
        ]

    def history_view(self, request, object_id, extra_context=None):
        response = super().history_view(request, object_id, extra_context)
        # Somebody whose item is gone is led elsewhere.
        if self.keeps_history and isinstance(response, TemplateResponse):
            versions = self.versions_to_compare(response.context_data["original"])
            response.context_data |= self.choices_to_compare(response.context_data["original"], versions)
        return response

    def compare_view(self, request, pk):
        """What `?old=` and `?new=` differ in, always from the earlier to the later; each a version's number or "now".

        What names no version of this item counts as not chosen: the first version, and the item as it is now.
        """
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_view_or_change_permission(request, item):
            raise PermissionDenied
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        versions = self.versions_to_compare(item)
        order = {NOW: len(versions)} | {str(version.pk): -number for number, version in enumerate(versions)}
        chosen = [request.GET.get(name) for name in ("old", "new")]
        first = str(versions[-1].pk) if versions else NOW
        old, new = (one if one in order else other for one, other in zip(chosen, (first, NOW), strict=True))
        old, new = sorted((old, new), key=order.get)
        live = FormRun(self, request.user, self.get_object(request, str(pk)))
        context = self.history_context(request, item, _("Compare two versions")) | {
            "changes": self.changes_between(item, old, new) if old != new else None,
            "before": int(old) if old != NOW else None,
            "places": allowed_places(self, request, item, live),
            "history_address": self.history_address(item),
            **self.choices_to_compare(item, versions, old, new),
        }
        return TemplateResponse(request, "admin/desk/compare.html", context)

    def versions_to_compare(self, item) -> list:
        """Newest first, without what they say."""
        versions = versions_of(self.model).filter(object_id=str(item.pk)).order_by("-pk")
        return list(versions.select_related("revision__user").defer("serialized_data", "object_repr"))

    def choices_to_compare(self, item, versions, old=None, new=NOW) -> dict:
        """For the boxes: `versions_to_choose` [(value, label), …], what is chosen, and where it leads."""
        choices = [(NOW, gettext("As it is now"))]
        for version in versions:
            entry = entry_of(version, None)
            choices.append((str(version.pk), gettext("%(when)s, %(who)s") % {"when": entry.when, "who": entry.who}))
        name = f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_compare"
        return {
            "versions_to_choose": choices,
            "old": old or choices[-1][0],
            "new": new,
            "compare_address": reverse(name, args=[item.pk]),
        }

    def changes_between(self, item, old, new):
        """[Difference, …]"""
        kind = kinds()[self.model]
        texts = dict(
            versions_of(self.model)
            .filter(pk__in=[one for one in (old, new) if one != NOW])
            .values_list("pk", "serialized_data")
        )
        before, after = (
            read(kind, [item.pk])[item.pk].as_read() if one == NOW else from_text(kind, texts[int(one)])
            for one in (old, new)
        )
        return differences_of([(before, after)], self)[0]
