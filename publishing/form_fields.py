"""Form fields for values that editors choose by name or write in plain words; see a form’s `Meta.field_classes`."""

import re
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext

from publishing.collation import collation_key
from publishing.date_box import understood, words_of
from publishing.date_reader import UnreadableDate

CONTINENTS = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
COLUMN_OPTIONS = {"encoder", "decoder", "max_length", "empty_value"}
LANGUAGE_CODE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]+)*")
LINE_WITH_LANGUAGE = re.compile(rf"({LANGUAGE_CODE.pattern})\s*:\s*(.+)")


def time_zone_choices():
    """The zones of each continent, by the name of their city."""
    groups = {continent: [] for continent in CONTINENTS}
    for name in sorted(available_timezones()):
        continent, _slash, city = name.partition("/")
        if continent in groups and city:
            groups[continent].append((name, city.replace("_", " ").replace("/", " – ")))
    return [("", "---------"), *groups.items()]


def language_choices():
    """Languages of the world by name, in the editor's language."""
    names = Locale.parse(get_language() or "en").languages
    return sorted(((code, name) for code, name in names.items() if len(code) == 2), key=lambda c: collation_key(c[1]))


def without_column_options(kwargs):
    """Named in `Meta.field_classes`, these fields are offered what the column's own form field would take."""
    return {name: value for name, value in kwargs.items() if name not in COLUMN_OPTIONS}


class TimeZoneField(forms.ChoiceField):
    def __init__(self, **kwargs):
        super().__init__(choices=time_zone_choices, **without_column_options(kwargs))

    def valid_value(self, value):
        return value in available_timezones()


class LanguageField(forms.ChoiceField):
    """The code of a language, chosen by its name. A code that the list lacks stays possible: "pt-br", "ast"."""

    def __init__(self, **kwargs):
        super().__init__(choices=lambda: [("", "---------"), *language_choices()], **without_column_options(kwargs))

    def prepare_value(self, value):
        if value and not super().valid_value(value):
            self.choices = [*self.choices, (value, value)]
        return value

    def valid_value(self, value):
        return LANGUAGE_CODE.fullmatch(value) is not None


class CodesField(forms.MultipleChoiceField):
    """A list of codes in a JSON column, chosen by name. Subclasses bring the choices."""

    def __init__(self, **kwargs):
        super().__init__(choices=type(self).choices_now, **without_column_options(kwargs))

    @staticmethod
    def choices_now():
        raise NotImplementedError


class WorldLanguagesField(CodesField):
    choices_now = staticmethod(language_choices)


class LinesField(forms.CharField):
    """A list, one entry a line. Subclasses say what a line means."""

    rows = 4

    def __init__(self, **kwargs):
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": self.rows, "class": "vLargeTextField"}))
        super().__init__(**without_column_options(kwargs))

    def prepare_value(self, value):
        return value if isinstance(value, str) else "\n".join(map(self.line_of, value or []))

    def to_python(self, value):
        lines = [line.strip() for line in super().to_python(value).splitlines()]
        return [self.entry_of(line) for line in lines if line]

    def has_changed(self, initial, data):
        return (initial or []) != self.to_python_or_none(data)

    def to_python_or_none(self, data):
        try:
            return self.to_python(data)
        except ValidationError:
            return None

    def validate(self, value):
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value):
        """Those of a CharField look at a text, and the value is a list."""

    def line_of(self, entry):
        raise NotImplementedError

    def entry_of(self, line):
        raise NotImplementedError


class NamesByLanguageField(LinesField):
    """`[{"language": "ca", "text": "Alacant"}]`, written as "ca: Alacant"."""

    def line_of(self, entry):
        return f"{entry['language']}: {entry['text']}"

    def entry_of(self, line):
        match = LINE_WITH_LANGUAGE.fullmatch(line)
        if match is None:
            message = gettext("“%(line)s” has no language. Write its code and a colon before the name: “ca: Alacant”.")
            raise ValidationError(message % {"line": line}, code="line")
        return {"language": match[1].lower(), "text": match[2].strip()}


class DatesField(LinesField):
    """`["1994", "2020-11"]`, in words and one a line."""

    def line_of(self, entry):
        return words_of(entry)

    def entry_of(self, line):
        try:
            return understood(line).when.edtf
        except UnreadableDate as error:
            raise ValidationError(str(error), code="date") from error
