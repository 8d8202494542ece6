"""The admin's form of an event."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from publishing.form_fields import TimeZoneField
from publishing.forms import DatedForm


class EventForm(DatedForm):
    cities_of_dates = {"date": "city"}

    class Meta:
        # Not the admin's own clock: it warns of a difference from the server, but these times are those of the place.
        widgets = {
            "start_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "end_time": forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
            "timezone": forms.Select,
        }
        field_classes = {"timezone": TimeZoneField}
        help_texts = {
            "date": _(
                "In any language of the site, and as well as it is known: “14 November 2025, 12:50–14:00”, "
                "“1–3 October 2025”, “November 2025”, “autumn 2025”, “Q2 2026”, “2028” or “to be announced”."
            ),
            "timezone": _("Empty: the city’s; without a city, the secretariat’s."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "date" in self.fields:
            self.fields["date"].widget.takes_times = True

    def clean(self):
        data = super().clean()
        if read := self.read_dates.get("date"):
            self.take_time("start_time", read.start_time, data)
            self.take_time("end_time", read.end_time, data)
        return data

    def take_time(self, name, written, data):
        """A time that was written with the date belongs into its own field."""
        if written is None or name in self.errors:
            return
        if data.get(name) in (None, written):
            data[name] = written
            return
        message = gettext("With the date you wrote %(written)s, here stands %(here)s. Correct one or delete it.")
        self.add_error(name, message % {"written": f"{written:%H:%M}", "here": f"{data[name]:%H:%M}"})
