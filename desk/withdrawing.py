"""“Withdraw” for several items at once: now, or from a moment on."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.history.recording import note_before
from publishing.shown_state import moment_text


class WithdrawForm(forms.Form):
    moment = forms.DateTimeField(
        label=_("Show until"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("By the secretariat’s clock. Empty: withdraw at once."),
    )


class WithdrawingAdmin(admin.ModelAdmin):
    @admin.action(description=_("Withdraw …"), permissions=["change"])
    def withdraw_at_a_moment(self, request, queryset):
        form = WithdrawForm(request.POST if "_withdraw" in request.POST else None)
        if form.is_valid():
            self.withdraw(request, queryset, form.cleaned_data["moment"] or timezone.now())
            return None
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Withdraw"),
            "form": form,
            "items": list(queryset),
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/desk/withdraw.html", context)

    def withdraw(self, request, queryset, moment):
        moment = moment.replace(second=0, microsecond=0)
        text = gettext("Shown until %(moment)s.") % {"moment": moment_text(moment)}
        with transaction.atomic():
            items = self.changeable(request, queryset)
            note_before(self.model, [item.pk for item in items])
            done = [item for item in items if item.withdraw(moment)]
            for item in done:
                self.log_change(request, item, text)
        if done:
            told = ngettext(
                "%(count)d item is shown until %(moment)s.", "%(count)d items are shown until %(moment)s.", len(done)
            )
            self.message_user(request, told % {"count": len(done), "moment": moment_text(moment)}, messages.SUCCESS)
        left = len(items) - len(done)
        if left:
            told = ngettext(
                "%(count)d item stays as it is: it is a draft, withdrawn already, or to be shown only later.",
                "%(count)d items stay as they are: they are drafts, withdrawn already, or to be shown only later.",
                left,
            )
            self.message_user(request, told % {"count": left}, messages.WARNING)
