"""Inviting people: entered once, sent by the site, sent again or revoked with a button. No password is typed here."""

from __future__ import annotations

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from desk.lean_list import LeanChangeList
from desk.scope import NETWORK_EDITOR
from entrance.models import TrailEntry
from entrance.trail import note
from invitations import inviting
from invitations.models import Invitation

RIGHTS_OF_WHO_INVITES = ("invitations.add_invitation", "auth.add_user", "auth.change_user")


class InvitationForm(forms.ModelForm):
    def clean_email(self):
        email = self.cleaned_data["email"]
        if inviting.has_account(email):
            raise forms.ValidationError(gettext("Somebody with this address has an account already."))
        if Invitation.objects.open().filter(email__iexact=email).exists():
            raise forms.ValidationError(gettext("This address is invited already: send that again, or revoke it."))
        return email

    def clean(self):
        cleaned = super().clean()
        role = cleaned.get("role")
        if role and role.name == NETWORK_EDITOR and not cleaned.get("networks"):
            self.add_error("networks", gettext("Choose the networks: without any, a network editor sees no item."))
        return cleaned


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin):
    """An invitation is not changed: whoever got it would have another than it says. It is revoked, and made anew."""

    form = InvitationForm
    change_form_template = "admin/invitations/change_form.html"
    fields = ["email", "role", "networks", "language"]
    list_display = ["email", "role", "state_column", "sent_at", "expires_at", "invited_by"]
    list_select_related = ["role", "invited_by"]
    filter_horizontal = ["networks"]
    search_fields = ["email"]

    class Media:
        css = {"all": ["admin-look/desk.css"]}

    def get_changelist(self, request, **kwargs):
        return LeanChangeList

    def get_changeform_initial_data(self, request):
        return {"language": get_language()} | super().get_changeform_initial_data(request)

    def get_fields(self, request, obj=None):
        told = ["state_column", "sent_at", "expires_at", "accepted_at", "revoked_at", "invited_by"]
        return [*self.fields, *told] if obj else self.fields

    @admin.display(description=_("state"))
    def state_column(self, invitation):
        return invitation.state_words

    def get_readonly_fields(self, request, obj=None):
        return self.get_fields(request, obj) if obj else []

    # --- rights: who invites makes an account, so they must be allowed to ---

    def has_add_permission(self, request):
        return request.user.has_perms(RIGHTS_OF_WHO_INVITES)

    def has_change_permission(self, request, obj=None):
        return False

    # --- acts ---

    def get_urls(self):
        view = self.admin_site.admin_view
        act = path("<int:pk>/act/", view(require_POST(self.act_view)), name="invitations_invitation_act")
        return [act, *super().get_urls()]

    def save_model(self, request, obj, form, change):
        obj.invited_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        inviting.send(form.instance)
        note(TrailEntry.Act.INVITED, form.instance.email)

    def response_add(self, request, obj, post_url_continue=None):
        self.message_user(request, gettext("The invitation goes to %(email)s.") % {"email": obj}, messages.SUCCESS)
        return redirect("admin:invitations_invitation_changelist")

    def add_view(self, request, form_url="", extra_context=None):
        extra = {"show_save_and_add_another": False, "show_save_and_continue": False}
        return super().add_view(request, form_url, extra | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        invitation = self.get_object(request, object_id)
        may_act = invitation is not None and invitation.is_open and self.has_add_permission(request)
        extra = {"may_act": may_act, "subtitle": None, "title": gettext("Invitation")}
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def act_view(self, request, pk):
        if not self.has_add_permission(request):
            raise PermissionDenied
        invitation = Invitation.objects.filter(pk=pk).first()
        if invitation is None:
            raise Http404
        if "_revoke" in request.POST:
            is_done, text = invitation.revoke(), gettext("Revoked. Its link does not work any more.")
        else:
            is_done, text = inviting.send_again(invitation), gettext("Sent again. The former link has ended.")
        if is_done:
            self.log_change(request, invitation, text)
            self.message_user(request, text, messages.SUCCESS)
        else:
            text = gettext("Nothing was done: it was accepted or revoked meanwhile.")
            self.message_user(request, text, messages.WARNING)
        return redirect(reverse("admin:invitations_invitation_change", args=[pk]))
