"""One box for a date, in the words that people use; what was understood stands below it in every language of the site.

A box opens with words and takes words; the form's value is EDTF. While somebody writes, static/admin-look/date-box.js
asks the server for the reading (the admin's address "read_date"); without a script the reading is that of the moment
at which the form was opened.
"""

from datetime import timedelta

from babel import Locale
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from publishing.date_reader import ReadDate, UnreadableDate, read_date
from publishing.date_text import date_text, months_gloss
from publishing.dates import EdtfDate, parse_edtf

LONGEST_TEXT = 120
EXAMPLES = _(
    "Write it as you would say it, in any language of the site: “14 November 2025”, “1–3 October 2025”, "
    "“autumn 2025”, “2025–2027”, “about April 2017” or “to be announced”."
)
# The years repeat after eight, the 29th of February too.
_EIGHT_YEARS = timedelta(days=8 * 365 + 2)


class WrittenText(str):
    """What somebody wrote: shown again letter by letter, where a stored date is shown in words."""


class DateBox(forms.TextInput):
    """`city_field` names the form's field that says where the date is held, `southern` on which half of the earth."""

    takes_times = False
    city_field = ""
    southern = False

    class Media:
        css = {"all": ["admin-look/date-box.css"]}
        js = ["admin-look/date-box.js"]

    def __init__(self, attrs=None):
        super().__init__({"class": "vTextField", "autocomplete": "off"} | (attrs or {}))

    def render(self, name, value, attrs=None, renderer=None):
        reading = reading_of(value or "", southern=self.southern, with_times=self.takes_times)
        context = {
            "input": super().render(name, value, attrs, renderer),
            # Why a text cannot be read is said by the form's error already.
            "reading": {} if "problem" in reading else reading,
            "is_stored": not isinstance(value, WrittenText),
            "takes_times": self.takes_times,
            "city_field": self.city_field,
        }
        return render_to_string("admin/_date_box.html", context)


class DateBoxField(forms.CharField):
    """The form field of an EDTF column."""

    widget = DateBox

    def __init__(self, **kwargs):
        # The column's length is that of EDTF; people write more.
        super().__init__(**kwargs | {"max_length": LONGEST_TEXT})

    def bound_data(self, data, initial):
        return WrittenText(data) if isinstance(data, str) else data

    def prepare_value(self, value):
        if not value or isinstance(value, WrittenText):
            return value
        return words_of(value, southern=self.widget.southern)

    def to_python(self, value):
        text = super().to_python(value)
        return text if text in self.empty_values else self.read(text).when.edtf

    def read(self, text, *, southern=None):
        """The date and the times that a text names.

        On which half of the earth it is held matters to a season over New Year and to one without a year. Where a
        form has a field for the city, DatedForm reads the text again once that field is known; until then a text
        that makes sense on either half is let through.
        """
        halves = [self.widget.southern, not self.widget.southern] if self.widget.city_field else [False]
        problem = None
        for half in halves if southern is None else [southern]:
            try:
                return understood(text, southern=half, with_times=self.widget.takes_times)
            except UnreadableDate as error:
                problem = problem or error
        raise ValidationError(str(problem), code="date")

    def has_changed(self, initial, data):
        """Meanings are compared: a date spelt anew has not changed, one that got a time of day has."""
        if self.disabled:
            return False
        text = (data or "").strip()
        if not text or not initial:
            return bool(text) != bool(initial)
        try:
            read = self.read(text)
        except ValidationError:
            return True
        return (read.when.edtf, read.start_time, read.end_time) != (initial, None, None)


def understood(text: str, *, southern: bool = False, with_times: bool = False) -> ReadDate:
    """What a text means today. Raises UnreadableDate also for a time of day where there is no place for one."""
    if len(text) > LONGEST_TEXT:
        message = gettext(
            "This is too long for a date, which has %(count)d characters at most. For example “1–3 October 2025”."
        )
        raise UnreadableDate(message % {"count": LONGEST_TEXT})
    read = read_date(text, today=timezone.localdate(), southern=southern)
    if not with_times and (read.start_time or read.end_time):
        raise UnreadableDate(gettext("Here a date has no time of day. Write for example “14 November 2025”."))
    return read


def words_of(edtf: str, *, southern: bool = False) -> str:
    """A stored date in the editor's language.

    A form that is saved as it stands must change nothing, so a date whose words would mean another date (or, after a
    change of the rules, none) is shown as it is stored.
    """
    try:
        when = parse_edtf(edtf)
        words = date_text(when, get_language() or settings.LANGUAGE_CODE, southern=southern)
        return words if understood(words, southern=southern).when == when else edtf
    except ValueError:
        return edtf


def reading_of(text: str, *, southern: bool = False, with_times: bool = False) -> dict:
    """The context of admin/_date_reading.html."""
    if not text.strip():
        return {}
    try:
        read = understood(text, southern=southern, with_times=with_times)
    except UnreadableDate as error:
        return {"problem": str(error)}
    mine = get_language()
    return {
        "languages": [
            {
                "code": code,
                "name": Locale.parse(code).language_name,
                "text": date_text(read.when, code, southern=southern),
                "months": months_gloss(read.when, code, southern=southern),
            }
            for code, _name in sorted(settings.LANGUAGES, key=lambda language: language[0] != mine)
        ],
        "edtf": read.when.edtf,
        "times": bare_times(read),
        "year_was_guessed": year_was_guessed(text, read.when, southern),
    }


def bare_times(read: ReadDate) -> str:
    if read.start_time and read.end_time:
        return f"{read.start_time:%H:%M}–{read.end_time:%H:%M}"
    if read.end_time:
        return gettext("until %(time)s") % {"time": f"{read.end_time:%H:%M}"}
    return f"{read.start_time:%H:%M}" if read.start_time else ""


def year_was_guessed(text: str, when: EdtfDate, southern: bool) -> bool:
    """A text without a year means another date in eight years' time."""
    try:
        later = read_date(text, today=timezone.localdate() + _EIGHT_YEARS, southern=southern)
    except UnreadableDate:
        return True
    return later.when != when
