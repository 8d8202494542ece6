"""The admin's forms of networks and cities: no codes, no JSON."""

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from networks.countries import country_choices
from networks.models import City, Network
from publishing.form_fields import LanguageField, NamesByLanguageField, TimeZoneField
from publishing.forms import TranslatedForm


class CityForm(TranslatedForm):
    name_local_language = LanguageField(label=_("language of that name"), required=False)
    timezone = TimeZoneField(
        label=_("time zone"), required=False, help_text=_("Times of events in this city are shown in it.")
    )
    official_names = NamesByLanguageField(
        label=_("official names"),
        required=False,
        help_text=_(
            "Only where a city has more than one: one name a line, with the code of its language before it, "
            "for example “ca: Alacant” and below it “es: Alicante”."
        ),
    )

    class Meta:
        model = City
        exclude = []


class NetworkForm(TranslatedForm):
    official_language = LanguageField(
        label=_("language of the official name"), help_text=_("So that it is read aloud and hyphenated correctly.")
    )
    countries = forms.MultipleChoiceField(
        label=_("countries"),
        required=False,
        choices=country_choices,
        widget=FilteredSelectMultiple(_("countries"), is_stacked=False),
    )

    class Meta:
        model = Network
        exclude = []
