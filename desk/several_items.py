"""“Publish now” and “Back to draft” for several items of a list at once."""

from __future__ import annotations

from django.contrib import admin, messages
from django.db import transaction
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from desk.chosen_items import names_of
from desk.withdrawing import WithdrawingAdmin


class SeveralItemsAdmin(WithdrawingAdmin):
    actions = ["publish_now", "withdraw_at_a_moment", "take_back_to_draft"]

    @admin.action(description=_("Publish now"), permissions=["change"])
    def publish_now(self, request, queryset):
        with transaction.atomic():
            chosen = self.chosen_to_write(request, queryset)
            allowed = self.without_errors(request, chosen)
            done = [item for item in allowed if item.publish()]
            for item in done:
                self.log_change(request, item, gettext("Published."))
        if done:
            text = ngettext(
                "Public from now on: %(names)s.", "%(count)d items are public from now on: %(names)s.", len(done)
            )
            self.message_user(request, text % {"count": len(done), "names": names_of(done)}, messages.SUCCESS)
        self.tell_of_unchanged(request, without(allowed, done), gettext("Public already: %(names)s."))

    @admin.action(description=_("Back to draft"), permissions=["change"])
    def take_back_to_draft(self, request, queryset):
        with transaction.atomic():
            chosen = self.chosen_to_write(request, queryset)
            done = [item for item in chosen if item.take_back()]
            for item in done:
                self.log_change(request, item, gettext("Taken back to draft."))
        if done:
            text = ngettext(
                "A draft again, seen by editors only: %(names)s.",
                "%(count)d items are drafts again, seen by editors only: %(names)s.",
                len(done),
            )
            self.message_user(request, text % {"count": len(done), "names": names_of(done)}, messages.SUCCESS)
        self.tell_of_unchanged(request, without(chosen, done), gettext("A draft already: %(names)s."))


def without(items, left_out):
    keys = {item.pk for item in left_out}
    return [item for item in items if item.pk not in keys]
