"""Accounts and rights: Django's own admins, where nobody overwrites another unseen and every change is recorded."""

from axes.utils import reset as axes_reset
from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from desk.conflict_admin import ConflictAdmin
from desk.history.acts import Act
from desk.history.comparing_admin import ComparingAdmin
from desk.history.history_admin import HistoryAdmin
from desk.history.recording import recorded
from desk.history.recovering_admin import RecoveringAdmin
from desk.lean_list import LeanChangeList
from entrance.models import TrailEntry
from entrance.second_step import switch_off
from entrance.trail import note

admin.site.unregister([User, Group])


class RecordedAdmin(RecoveringAdmin, ComparingAdmin, HistoryAdmin, ConflictAdmin):
    class Media:
        css = {"all": ["admin-look/desk.css", "admin-look/word-changes.css", "admin-look/edit-conflicts.css"]}

    def get_changelist(self, request, **kwargs):
        return LeanChangeList


@admin.register(User)
class AccountAdmin(RecordedAdmin, UserAdmin):
    """Passwords have a page of their own, and are in no version: only that somebody set one is told."""

    # The second changes with each sign-in.
    unrecorded_fields = ("password", "last_login")
    actions = ["lift_lock_out", "remove_second_step"]

    @admin.action(description=_("Let the chosen try to sign in again"), permissions=["change"])
    def lift_lock_out(self, request, queryset):
        for account in queryset:
            axes_reset(username=account.get_username())
            note(TrailEntry.Act.UNLOCKED, account.get_username())
        messages.success(request, gettext("They can try again at once."))

    @admin.action(description=_("Switch off the second step of the chosen (telephone lost)"), permissions=["change"])
    def remove_second_step(self, request, queryset):
        # Whoever may not do everything must not open the door of somebody who may.
        chosen = [one for one in queryset if request.user.is_superuser or not one.is_superuser]
        for account in chosen:
            switch_off(account)
        if len(chosen) < queryset.count():
            messages.error(request, gettext("For administrators of all rights, only one of them can do this."))
        messages.success(request, gettext("The second step is switched off. Make sure that it was them who asked."))

    def user_change_password(self, request, id, form_url=""):
        return with_new_password_told(request, id, lambda: super(AccountAdmin, self).user_change_password(request, id))

    def complete_recovered(self, account) -> list[str]:
        """An account comes back without a password; returns what to tell about that."""
        account.set_unusable_password()
        return [gettext("It has no password: set one before it can be used.")]


@admin.register(Group)
class RoleAdmin(RecordedAdmin, GroupAdmin):
    """The roles that the site comes with are made what they are by each `migrate`: see `iaec_site.roles`."""


def with_new_password_told(request, key, view):
    """The answer of a view that may set the password of the account with this key, told in its history if it did."""
    if request.method != "POST":
        return view()
    with recorded(request.user, Act.PASSWORD) as recording:
        response = view()
        if response.status_code == 302:  # a form with errors is shown again
            recording.tell(User, int(key))
    return response
