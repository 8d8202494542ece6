"""“Recover deleted” beside the list of every kind: for whoever could have deleted it."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.history.acts import Act, act_of
from desk.history.differences import whole
from desk.history.history_admin import A_PAGE, entry_of
from desk.history.kinds import kinds
from desk.history.recovering import Recovering, deleted_versions
from desk.history.snapshots import from_text
from publishing.paging import page_of


class RecoveringAdmin(admin.ModelAdmin):
    def get_urls(self):
        if not self.keeps_history:
            return super().get_urls()
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("deleted/", view(self.deleted_view), name=f"{name}_deleted"),
            path("deleted/<int:version>/", view(self.recover_view), name=f"{name}_recover"),
            *super().get_urls(),
        ]

    def may_recover(self, request) -> bool:
        return self.keeps_history and self.has_delete_permission(request) and self.has_add_permission(request)

    def changelist_view(self, request, extra_context=None):
        context = extra_context or {}
        if self.may_recover(request):
            context |= {"deleted_address": self.deleted_address()}
        return super().changelist_view(request, context)

    def deleted_address(self):
        return reverse(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_deleted")

    def deleted_view(self, request):
        if not self.may_recover(request):
            raise PermissionDenied
        versions = deleted_versions(self, request).select_related("revision__user").defer("serialized_data")
        page = page_of(versions, A_PAGE, request.GET.get("p"))
        context = self.recovery_context(request, _("Recover what was deleted")) | {
            "page": page,
            "deleted": [deletion_of(version) for version in page],
        }
        return TemplateResponse(request, "admin/desk/deleted.html", context)

    def recover_view(self, request, version):
        """GET shows what comes back, POST brings it back."""
        if not self.may_recover(request):
            raise PermissionDenied
        found = deleted_versions(self, request).filter(pk=version).select_related("revision__user").first()
        if found is None:
            raise Http404
        snapshot = from_text(kinds()[self.model], found.serialized_data)
        recovering = Recovering(self, request, snapshot)
        clashes = recovering.clashes()
        form = self.form_of_clashes(request, recovering, clashes)
        problems = clashes.get("", [])
        if request.method == "POST" and (form is None or form.is_valid()):
            if form is not None:
                recovering = Recovering(self, request, snapshot, form.cleaned_data)
                clashes = recovering.clashes()
                for column, texts in clashes.items():
                    form.add_error(column if column in form.fields else None, texts)
                problems = clashes.get("", [])
            if not clashes:
                try:
                    return self.recovered(request, recovering)
                except (DatabaseError, ValidationError) as error:
                    problems = [gettext("It cannot be brought back as it was: %(error)s") % {"error": error}]
        context = self.recovery_context(request, _("Recover")) | {
            "deletion": deletion_of(found),
            "changes": whole(snapshot, self),
            "notes": recovering.notes,
            "comes_back_as_draft": recovering.comes_back_as_draft,
            "form": form,
            "problems": problems,
        }
        status = 422 if request.method == "POST" else 200
        return TemplateResponse(request, "admin/desk/recover.html", context, status=status)

    def form_of_clashes(self, request, recovering, clashes):
        """Boxes for what has to become something else, each with a proposal and the reason."""
        columns = [column for column in clashes if column]
        if not columns:
            return None
        fields = {}
        for column in columns:
            field = recovering.columns()[column].formfield()
            field.label, field.help_text = recovering.label_of(column), " ".join(clashes[column])
            field.initial = recovering.proposal(column)
            fields[column] = field
        form_class = type("RecoveringForm", (forms.Form,), fields)
        return form_class(request.POST if request.method == "POST" else None)

    def recovered(self, request, recovering):
        item = recovering.save()
        text = gettext("“%(item)s” is back.") % {"item": item}
        if recovering.comes_back_as_draft:
            text += " " + gettext("It is a draft: look at it, then publish it.")
        self.message_user(request, " ".join([text, *recovering.notes]), messages.SUCCESS)
        return redirect(f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_change", item.pk)

    def recovery_context(self, request, title):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": title,
            "subtitle": None,
            "media": self.media,
            "deleted_address": self.deleted_address(),
        }


def deletion_of(version) -> dict:
    """Who deleted it and when, as far as that was recorded."""
    was_recorded = act_of(version.revision.comment) is Act.DELETED
    entry = entry_of(version, None)
    return {
        "version": version,
        "name": version.object_repr or gettext("Number %(number)s") % {"number": version.object_id},
        "who": entry.who if was_recorded else gettext("Nobody is known"),
        "when": entry.when if was_recorded else gettext("after %(moment)s") % {"moment": entry.when},
    }
