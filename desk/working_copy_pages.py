"""The page of a working copy: what differs from the public version; publish now, at a moment, or throw it away."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from desk import working_copies
from desk.checking_admin import in_a_list
from desk.comparison import changes
from desk.form_run import FormRun, sentences
from desk.models import Failure
from desk.tasks import wake_up_at
from desk.working_copy_admin import is_draft
from publishing.moment_field import MomentField
from publishing.shown_state import moment_text


class MomentForm(forms.Form):
    publish_at = MomentField(
        label=_("Publish on"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("By the secretariat’s clock. It happens by itself, within a few seconds of that moment."),
    )

    def clean_publish_at(self):
        moment = self.cleaned_data["publish_at"]
        if moment <= timezone.now():
            raise ValidationError(gettext("This moment has passed. Choose a later one, or publish now."))
        return moment


class WorkingCopyPagesAdmin(admin.ModelAdmin):
    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}"
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/working-copy/", view(self.working_copy_view), name=f"{name}_working_copy"),
            path("<int:pk>/working-copy/discard/", view(self.discard_view), name=f"{name}_working_copy_discard"),
            path("begun/<int:pk>/discard/", view(require_POST(self.discard_begun)), name=f"{name}_begun_discard"),
            *super().get_urls(),
        ]

    def item_and_copy(self, request, pk):
        item = self.get_object(request, str(pk))
        if item is None:
            raise Http404
        if not self.has_change_permission(request, item):
            raise PermissionDenied
        return item, working_copies.copy_of(item)

    def working_copy_view(self, request, pk):
        item, copy = self.item_and_copy(request, pk)
        if copy is None:
            self.message_user(request, gettext("There is no working copy: all changes are public."))
            return redirect(self.page_of(item))
        form = MomentForm(request.POST if "_schedule" in request.POST else None)
        if request.method == "POST":
            response = self.act(request, item, copy, form)
            if response is not None:
                return response
            copy = working_copies.copy_of(item)
            if copy is None:
                return redirect(self.page_of(item))
        stored = self.get_object(request, str(pk))
        live = FormRun(self, request.user, item)
        run = working_copies.run_of(copy, request.user, stored, errors_stop=False)
        differences = changes(live, run)
        valid = run.is_valid()
        digest = working_copies.digest_of(item)
        context = self.desk_context(request, item, _("Changes that are not public")) | {
            "copy": copy,
            "changes": differences,
            "errors": [] if valid else run.errors(),
            "publication_errors": run.publication_errors(),
            "form": form,
            "live_digest": digest,
            "public_has_changed": digest != copy.live_digest,
            "is_draft": is_draft(item),
        }
        return TemplateResponse(request, "admin/desk/working_copy.html", context)

    def act(self, request, item, copy, form):
        """Where to go after a button was pressed; None to show the page again."""
        version = request.POST.get("version", "")
        seen = working_copies.Seen(int(version) if version.isdecimal() else 0, request.POST.get("live_digest", ""))
        try:
            if "_publish" in request.POST:
                published = working_copies.publish(copy, request.user, seen)
                text = gettext("“%(item)s” is public with its changes.") % {"item": published}
                self.message_user(request, text, messages.SUCCESS)
                return redirect(self.page_of(item))
            if "_schedule" in request.POST and form.is_valid():
                self.schedule(request, item, copy, form.cleaned_data["publish_at"], seen)
                return redirect(self.page_of(item, "working_copy"))
            if "_unschedule" in request.POST:
                working_copies.schedule(copy, None, request.user, seen)
                self.message_user(request, gettext("The appointment is taken back. The working copy stays."))
                return redirect(self.page_of(item, "working_copy"))
        except working_copies.Overtaken:
            text = gettext("Another editor changed the working copy since you opened this page. Nothing was done.")
            self.message_user(request, text, messages.WARNING)
        except working_copies.NotPublished as error:
            text = gettext("Nothing was done. %(reason)s") % {"reason": error.failure.label}
            self.message_user(request, in_a_list(text, sentences(error.errors)), messages.ERROR)
        return None

    def schedule(self, request, item, copy, moment, seen):
        stored = self.get_object(request, str(item.pk))
        run = working_copies.run_of(copy, request.user, stored, shows_at=moment)
        if not run.is_valid():
            raise working_copies.NotPublished(Failure.INVALID, run.errors())
        if working_copies.digest_of(item) != seen.live_digest:
            raise working_copies.NotPublished(Failure.PUBLIC_CHANGED)
        working_copies.schedule(copy, moment, request.user, seen)
        wake_up_at(moment)
        text = gettext("The changes go public on %(moment)s.") % {"moment": moment_text(moment)}
        self.message_user(request, text, messages.SUCCESS)

    def discard_view(self, request, pk):
        item, copy = self.item_and_copy(request, pk)
        if copy is None:
            return redirect(self.page_of(item))
        if request.method == "POST":
            if request.POST.get("version") == str(copy.version):
                copy.delete()
                self.message_user(request, gettext("The working copy is thrown away."), messages.SUCCESS)
                return redirect(self.page_of(item))
            text = gettext("Another editor changed the working copy since you opened this page. Nothing was done.")
            self.message_user(request, text, messages.WARNING)
        context = self.desk_context(request, item, _("Throw the working copy away?")) | {"copy": copy}
        return TemplateResponse(request, "admin/desk/discard.html", context)

    def discard_begun(self, request, pk):
        """An item that was begun and never saved; each editor sees only their own."""
        get_object_or_404(self.begun_by(request), pk=pk).delete()
        self.message_user(request, gettext("What you had begun is thrown away."), messages.SUCCESS)
        return redirect(self.page_of(None))

    def desk_context(self, request, item, title):
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": item,
            "title": title,
            "media": self.media,
        }
