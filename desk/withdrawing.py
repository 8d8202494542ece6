"""“Withdraw” for several items at once: now, or from a moment on."""

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.chosen_items import ChosenItemsAdmin
from publishing.models import State
from publishing.moment_field import MomentField
from publishing.shown_state import moment_text

MOST_LISTED = 100


class WithdrawForm(forms.Form):
    moment = MomentField(
        label=_("Show until"),
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        help_text=_("By the secretariat’s clock. Empty: withdraw at once."),
    )


class WithdrawingAdmin(ChosenItemsAdmin):
    @admin.action(description=_("Withdraw …"), permissions=["change"])
    def withdraw_at_a_moment(self, request, queryset):
        form = WithdrawForm(request.POST if "_withdraw" in request.POST else None)
        if form.is_valid():
            self.withdraw(request, queryset, form.cleaned_data["moment"] or timezone.now())
            return None
        items = self.changeable(request, queryset)
        if not items:
            return None  # why is said already
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "media": self.media,
            "title": _("Withdraw"),
            "form": form,
            "items": items[:MOST_LISTED],
            "further": further(len(items) - MOST_LISTED),
            "keys": ",".join(str(item.pk) for item in items),
        }
        return TemplateResponse(request, "admin/desk/withdraw.html", context)

    def withdraw(self, request, queryset, moment):
        moment = moment.replace(second=0, microsecond=0)
        text = gettext("Shown until %(moment)s.") % {"moment": moment_text(moment)}
        with transaction.atomic():
            chosen = self.chosen_to_write(request, queryset)
            done, left = [], {}
            for item in chosen:
                if item.withdraw(moment):
                    done.append(item)
                else:
                    left.setdefault(why_left(item, moment), []).append(item)
            for item in done:
                self.log_change(request, item, text)
        if done:
            told = ngettext(
                "%(count)d item is shown until %(moment)s.", "%(count)d items are shown until %(moment)s.", len(done)
            )
            self.message_user(request, told % {"count": len(done), "moment": moment_text(moment)}, messages.SUCCESS)
        for why, items in left.items():
            self.tell_of_unchanged(request, items, why)


def further(count: int) -> str:
    return gettext("and %(count)d more") % {"count": count} if count > 0 else ""


def why_left(item, moment) -> str:
    """Why an item was not withdrawn, in words with a place for its name."""
    if item.state != State.PUBLISHED:
        return gettext("A draft, which nobody sees: %(names)s.")
    if item.withdraw_at and item.withdraw_at <= moment:
        return gettext("No longer shown by then anyway: %(names)s.")
    return gettext("To be shown only later: %(names)s.")
