"""The admin's form of an event."""

from django.utils.translation import gettext_lazy as _

from agenda.models import Event
from publishing.form_fields import TimeZoneField
from publishing.forms import TranslatedForm


class EventForm(TranslatedForm):
    timezone = TimeZoneField(
        label=_("time zone"), required=False, help_text=_("Empty: the city’s; without a city, the secretariat’s.")
    )

    class Meta:
        model = Event
        exclude = []
