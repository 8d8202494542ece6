"""Pages for those who are not signed in: accepting an invitation, asking for a new password, setting it.

Whoever has a link of these may open an account. So no page with one is kept or indexed, no other site is told its
address, and only a POST does anything: programs that look into mails follow links.
"""

from __future__ import annotations

from functools import wraps

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordResetForm, SetPasswordForm
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.http import urlsafe_base64_decode
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from desk.history.acts import Act
from desk.history.recording import recorded
from entrance.limits import is_within
from entrance.visitor_address import network_of, visitor_address
from invitations import inviting
from invitations.models import Invitation
from invitations.tasks import send_new_passwords

HOUR = 60 * 60

LARGEST_KEY = 2**63


def invitation_urls(site) -> list:
    """For `get_urls` of the admin site. The page for a forgotten password stands in `iaec_site.urls`."""
    extra = {"site": site}
    return [
        path("invitation/<int:pk>/<slug:token>/", invitation, extra, "invitation"),
        path("new-password/<slug:key>/<slug:token>/", new_password, extra, "new_password"),
    ]


def entrance_page(view):
    @wraps(view)
    @csrf_protect
    @require_http_methods(["GET", "HEAD", "POST"])
    def guarded(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        # Not "no-referrer", by which a browser also hides from the form's own POST where it comes from.
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return guarded


class AcceptForm(SetPasswordForm):
    first_name = forms.CharField(
        label=_("First name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )

    field_order = ["first_name", "last_name", "new_password1", "new_password2"]

    def clean(self):
        # The password is compared with them.
        self.user.first_name = self.cleaned_data.get("first_name", "")
        self.user.last_name = self.cleaned_data.get("last_name", "")
        return super().clean()


@entrance_page
def invitation(request, pk, token, site):
    found = Invitation.objects.acceptable().filter(pk=pk).first() if pk < LARGEST_KEY else None
    if found is None or not found.is_opened_by(token):
        return link_ended(request, site)
    with override(found.language):
        users = get_user_model()
        account = users(username=found.email.lower(), email=found.email)
        form = AcceptForm(account, request.POST or None)
        if request.method == "POST" and form.is_valid():
            account.set_password(form.cleaned_data["new_password1"])
            if not inviting.accept(found, account):
                return link_ended(request, site)
            text = gettext("Welcome. Log in with %(name)s and the password that you have just set.")
            messages.success(request, text % {"name": account.get_username()})
            return redirect("admin:login")
        extra = {"form": form, "invited": found, "username": account.get_username()}
        response = shown(request, site, "accept", gettext("Your account"), **extra)
    response.headers["Content-Language"] = found.language
    return response


@entrance_page
def forgotten_password(request, site):
    """The same answer for every address, as soon for one that is known as for one that is not."""
    form = PasswordResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        email = form.cleaned_data["email"]
        if may_ask(request, email):
            send_new_passwords.enqueue([user.pk for user in form.get_users(email) if user.is_staff])
        return shown(request, site, "letter_sent", gettext("Look into your mailbox"))
    return shown(request, site, "forgotten", gettext("Set a new password"), form=form)


def may_ask(request, email: str) -> bool:
    """Counts what was asked for an address and from a network, so that nobody's mailbox is filled by others."""
    address = visitor_address(request)
    network = network_of(address) if address else ""
    return all(
        [
            is_within("password-network", network, most=20, seconds=HOUR),
            is_within("password-address", email.lower(), most=3, seconds=HOUR),
        ]
    )


@entrance_page
def new_password(request, key, token, site):
    account = account_of(key, token)
    if account is None:
        return link_ended(request, site)
    form = SetPasswordForm(account, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with recorded(account, Act.PASSWORD) as recording, transaction.atomic():
            # Of two who press at once, the second finds the link used.
            locked = get_user_model().objects.select_for_update().get(pk=account.pk)
            if not default_token_generator.check_token(locked, token):
                return link_ended(request, site)
            locked.set_password(form.cleaned_data["new_password1"])
            locked.save(update_fields=["password"])
            recording.tell(get_user_model(), account.pk)
        messages.success(request, gettext("Your new password is set. Log in with it."))
        return redirect("admin:login")
    extra = {"form": form, "username": account.get_username()}
    return shown(request, site, "new_password", gettext("Set a new password"), **extra)


def account_of(key: str, token: str):
    """The account that a link opens; None where the link is wrong, used or too old, or the account was closed."""
    try:
        pk = int(urlsafe_base64_decode(key).decode())
    except ValueError:
        return None
    accounts = get_user_model().objects.filter(is_active=True, is_staff=True)
    account = accounts.filter(pk=pk).first() if 0 < pk < LARGEST_KEY else None
    return account if account and default_token_generator.check_token(account, token) else None


def link_ended(request, site):
    """The same for a link that was never right: nobody learns by trying which ones there were."""
    return shown(request, site, "link_ended", gettext("This link does not work any more"), status=410)


def shown(request, site, name, title, *, status=200, **extra):
    context = {**site.each_context(request), "title": title, **extra}
    return TemplateResponse(request, f"admin/invitations/{name}.html", context, status=status).render()
