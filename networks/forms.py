"""The admin's forms of networks and cities: no codes, no JSON."""

from django import forms
from django.contrib.admin.widgets import FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from networks.countries import country_choices
from publishing.form_fields import CodesField, LanguageField, NamesByLanguageField, TimeZoneField
from publishing.forms import TranslatedForm


class CountriesField(CodesField):
    choices_now = staticmethod(country_choices)


class CityForm(TranslatedForm):
    class Meta:
        field_classes = {
            "name_local_language": LanguageField,
            "official_names": NamesByLanguageField,
            "timezone": TimeZoneField,
        }
        widgets = {"name_local_language": forms.Select, "timezone": forms.Select}
        help_texts = {
            "name_local_language": "",
            "official_names": _(
                "Only where a city has more than one: one name a line, with the code of its language before it, "
                "for example “ca: Alacant” and below it “es: Alicante”."
            ),
            "timezone": _("Times of events in this city are shown in it."),
        }


class NetworkForm(TranslatedForm):
    class Meta:
        field_classes = {"official_language": LanguageField, "countries": CountriesField}
        widgets = {
            "official_language": forms.Select,
            "countries": FilteredSelectMultiple(_("countries"), is_stacked=False),
        }
        help_texts = {
            "official_language": _("So that the name is read aloud correctly."),
            "countries": _("Those in which its cities lie."),
        }
