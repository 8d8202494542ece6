"""The admin's form of the site's identity: no JSON."""

from django import forms
from django.utils.translation import gettext_lazy as _

from pages.models import SiteIdentity
from publishing.form_fields import DatesField, language_choices
from publishing.forms import TranslatedForm


class SiteIdentityForm(TranslatedForm):
    official_languages = forms.MultipleChoiceField(
        label=_("official languages"),
        required=False,
        choices=language_choices,
        help_text=_("The languages in which the association itself works, which may be fewer than the site’s."),
    )
    charter_revised = DatesField(
        label=_("Charter revised"),
        required=False,
        help_text=_("One date a line, as well as it is known: 1994, or 2020-11."),
    )

    class Meta:
        model = SiteIdentity
        exclude = []
