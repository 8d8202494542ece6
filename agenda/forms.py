"""The admin's form of an event."""

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.form_fields import TimeZoneField
from publishing.forms import TranslatedForm


class EventForm(TranslatedForm):
    class Meta:
        # Not the admin's own clock: it warns of a difference from the server, but these times are those of the place.
        widgets = {
            "start_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "end_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "timezone": forms.Select,
        }
        field_classes = {"timezone": TimeZoneField}
        help_texts = {"timezone": _("Empty: the city’s; without a city, the secretariat’s.")}
