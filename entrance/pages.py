"""The pages of one's own account: the second step, its set-up, and the browsers in which one is signed in."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from entrance import second_step, sign_ins
from entrance.limits import is_within
from entrance.models import TrailEntry
from entrance.second_step import DONE, DUE, STEP
from entrance.trail import note

TOO_OFTEN = _("That was tried too often. Wait a quarter of an hour, then try again.")


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("code"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    password = forms.CharField(
        label=_("your password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def entrance_urls(site):
    def page(view):
        return site.admin_view(never_cache(sensitive_post_parameters("code", "password")(view)))

    return [
        path("second-step/", page(ask_second_step), {"site": site}, name="second_step"),
        path("account/", page(account), {"site": site}, name="account"),
        path("account/second-step/", page(set_up), {"site": site}, name="set_up_second_step"),
        path("account/second-step/change/", page(require_POST(change)), {"site": site}, name="change_second_step"),
        path("account/sign-out/", page(require_POST(sign_out)), name="sign_out_browsers"),
    ]


def shown(request, site, template, title, status=200, **context):
    context = site.each_context(request) | {"title": title} | context
    return render(request, f"admin/entrance/{template}.html", context, status=status)


def ask_second_step(request, site):
    """The code after the password. Whoever has no second step, or has passed it, is sent on."""
    if request.session.get(STEP) != DUE:
        return HttpResponseRedirect(way_on(request))
    form = CodeForm(request.POST or None, label_suffix="")
    status = 200
    if request.method == "POST" and form.is_valid():
        if not second_step.may_try(request.user):
            form.add_error("code", TOO_OFTEN)
            status = 429
        elif second_step.is_right(request.user, form.cleaned_data["code"]):
            request.session[STEP] = DONE
            key = request.session.session_key
            request.session.cycle_key()
            sign_ins.follow(key, request.session.session_key)
            note(TrailEntry.Act.SECOND_STEP)
            return HttpResponseRedirect(way_on(request))
        else:
            note(TrailEntry.Act.WRONG_CODE)
            form.add_error("code", _("This code is not right, or was used already. Wait for the next one."))
    title = gettext("The second step")
    way = request.POST.get("next", request.GET.get("next", ""))
    return shown(request, site, "second_step", title, status, form=form, next=way, is_nav_sidebar_enabled=False)


def way_on(request):
    way = request.POST.get("next", request.GET.get("next", ""))
    is_ours = url_has_allowed_host_and_scheme(way, {request.get_host()}, require_https=request.is_secure())
    return way if is_ours else reverse("admin:index")


def set_up(request, site):
    """First the password, then the QR code and a code of it; at its end the recovery codes, shown this once."""
    title = gettext("Switch the second step on")
    if request.method == "POST" and "password" in request.POST:
        form = PasswordForm(request.POST, label_suffix="")
        if form.is_valid() and is_own_password(request, form):
            second_step.begin(request.user)
            return redirect("admin:set_up_second_step")
        return shown(request, site, "set_up", title, form=form)
    device = second_step.begun(request.user)
    if device is None:
        return shown(request, site, "set_up", title, form=PasswordForm(label_suffix=""))
    form = CodeForm(request.POST or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        codes = second_step.finish(request.user, form.cleaned_data["code"])
        if codes:
            request.session[STEP] = DONE
            others(request, sign_ins.of(request.user))
            return shown(request, site, "recovery_codes", gettext("Your recovery codes"), codes=codes)
        form.add_error("code", _("This code is not right. Is the clock of your telephone?"))
    context = {"picture": second_step.picture_of(device), "secret": second_step.secret_of(device)}
    return shown(request, site, "set_up", title, form=form, **context)


def is_own_password(request, form) -> bool:
    if not is_within("own-password", str(request.user.pk), most=10, seconds=900):
        form.add_error("password", TOO_OFTEN)
    elif not request.user.check_password(form.cleaned_data["password"]):
        form.add_error("password", _("This is not your password."))
    return not form.errors


def account(request, site):
    user = request.user
    here = request.session.session_key
    context = {
        "has_second_step": second_step.has_second_step(user),
        "codes_left": user.recovery_codes.count(),
        "browsers": [(one, one.session_key == here) for one in sign_ins.of(user)],
        "form": PasswordForm(label_suffix=""),
    }
    return shown(request, site, "account", gettext("Your account"), **context)


def change(request, site):
    """New recovery codes, or the second step switched off; either needs the password."""
    form = PasswordForm(request.POST, label_suffix="")
    if not (form.is_valid() and is_own_password(request, form)):
        for errors in form.errors.values():
            messages.error(request, errors[0])
        return redirect("admin:account")
    if "off" in request.POST:
        second_step.switch_off(request.user)
        request.session.pop(STEP, None)
        messages.success(request, gettext("The second step is switched off."))
        return redirect("admin:account")
    if not second_step.has_second_step(request.user):
        return redirect("admin:account")
    codes = second_step.new_codes(request.user)
    note(TrailEntry.Act.NEW_CODES)
    return shown(request, site, "recovery_codes", gettext("Your recovery codes"), codes=codes)


def sign_out(request):
    """One browser of one's own (`browser`), all others, or all of them."""
    own = sign_ins.of(request.user)
    if "everywhere" in request.POST:
        note(TrailEntry.Act.SIGNED_OUT_ELSEWHERE)
        sign_ins.close(own)
        logout(request)
        return redirect("admin:index")
    chosen = request.POST.get("browser")
    count = others(request, [one for one in own if chosen in (None, str(one.pk))])
    said = ngettext("%(count)d browser was signed out.", "%(count)d browsers were signed out.", count)
    messages.success(request, said % {"count": count})
    return redirect("admin:account")


def others(request, browsers) -> int:
    """Sign out those of these browsers that are not this one; returns how many."""
    count = sign_ins.close([one for one in browsers if one.session_key != request.session.session_key])
    if count:
        note(TrailEntry.Act.SIGNED_OUT_ELSEWHERE, str(count))
    return count
