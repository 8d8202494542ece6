"""The language of letters to somebody of the staff, which of them they want, and the page where they say so."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import get_language, gettext

from desk.models import LettersToStaff


def letters_to(user) -> LettersToStaff:
    """What they chose; where they never did, what everybody begins with."""
    return LettersToStaff.objects.filter(user=user).first() or LettersToStaff(user=user)


def language_for(user, *, otherwise: str = "") -> str:
    """A code of the site's; `otherwise` for somebody who has not chosen any."""
    chosen = LettersToStaff.objects.filter(user=user).values_list("language", flat=True).first()
    return chosen or otherwise or settings.LANGUAGE_CODE


def can_be_written_to(user) -> bool:
    return bool(user.is_active and user.is_staff and user.email)


class LettersForm(forms.ModelForm):
    class Meta:
        model = LettersToStaff
        fields = ["language", "proposals", "translations"]
        widgets = {"language": forms.RadioSelect}


def letters_urls(site) -> list:
    """For `get_urls` of the admin site: "admin:my_letters"."""
    return [path("my-letters/", site.admin_view(my_letters), {"site": site}, "my_letters")]


def my_letters(request, site):
    """Everybody's own, and nobody else's."""
    chosen = letters_to(request.user)
    if chosen.pk is None and get_language() in dict(settings.LANGUAGES):
        chosen.language = get_language()
    form = LettersForm(request.POST or None, instance=chosen)
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in form.Meta.fields}
        LettersToStaff.objects.update_or_create(user=request.user, defaults=fields)
        messages.success(request, gettext("The site will write to you as you chose."))
        return redirect("admin:my_letters")
    context = {
        **site.each_context(request),
        "title": gettext("Letters to me"),
        "form": form,
        "address": request.user.email,
    }
    return TemplateResponse(request, "admin/desk/my_letters.html", context)
