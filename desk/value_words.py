"""A value of a field as a person would say it: names of choices and relations, dates in words, text without markup."""

from __future__ import annotations

from datetime import date, datetime, time

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import models
from django.utils import formats, timezone
from django.utils.choices import flatten_choices
from django.utils.translation import get_language, gettext

from desk.shown_form import column_of
from publishing.date_field import EdtfField
from publishing.date_text import date_text
from publishing.dates import parse_edtf
from publishing.rich_text import RichTextField, clean_html
from publishing.word_diff import readable


def words_of_value(column, value, form_field=None) -> str:
    """`column` is the model's field; `form_field` knows the names of codes. Empty is ""."""
    if value is None or value == "" or value == []:
        return ""
    if isinstance(column, models.BooleanField):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, models.Model | models.QuerySet):
        return ", ".join(sorted(map(str, value))) if isinstance(value, models.QuerySet) else str(value)
    if isinstance(column, RichTextField):
        return readable(value, rich=True)
    if isinstance(column, EdtfField):
        return edtf_words(value)
    if column is not None and column.choices:
        return str(dict(column.flatchoices).get(value, value))
    if isinstance(value, list | tuple | set):
        return words_of_list(value, form_field)
    if isinstance(value, datetime):
        return formats.date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return formats.date_format(value, "DATE_FORMAT")
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, File):
        return (value.name or "").rpartition("/")[2]
    if isinstance(value, str):
        name = names_of_choices(form_field).get(value)
        return str(name) if name else readable(value)
    return formats.localize(value) if isinstance(value, float) else str(value)


def words_in_form(form, name, keep_html=False) -> str:
    """What a field of a form says, as it was typed or, in a form that nobody sent, as it is stored.

    What cannot be understood is said as it was typed. With `keep_html` a rich text stays HTML, for its words to be
    compared by whoever asks.
    """
    field, column = form.fields[name], column_of(form, name)
    if not form.is_bound:
        value = stored_value(form, name)
    else:
        typed = form[name].data
        try:
            value = field.to_python(typed) if not hasattr(field, "queryset") else rows_of(field, typed)
        except ValidationError:
            value = typed
    if isinstance(column, RichTextField) and keep_html:
        return clean_html(str(value or ""))
    return words_of_value(column, value, field)


def stored_value(form, name):
    """As the model has it: a row for a relation, not its number."""
    column = column_of(form, name)
    if column is not None and (column.many_to_one or column.one_to_one):
        return getattr(form.instance, name) if form.instance.pk else None
    return form.get_initial_for_field(form.fields[name], name)


def rows_of(field, typed):
    """What was chosen: rows, and a word for those that are gone."""
    keys = [str(key) for key in (typed if isinstance(typed, list | tuple) else [typed]) if key not in (None, "")]
    try:
        found = field.queryset.filter(**{f"{field.to_field_name or 'pk'}__in": keys})
        rows = {str(field.prepare_value(row)): str(row) for row in found}
    except (ValueError, TypeError, ValidationError):
        rows = {}
    return sorted(rows.get(key, gettext("(deleted)")) for key in keys)


def edtf_words(text):
    try:
        return date_text(parse_edtf(text), get_language() or "en")
    except ValueError:
        return text


def words_of_list(values, form_field):
    if all(isinstance(value, models.Model) for value in values):
        return ", ".join(sorted(map(str, values)))
    if hasattr(form_field, "line_of"):
        return "\n".join(form_field.line_of(value) for value in values)
    names = names_of_choices(form_field)
    return ", ".join(str(names.get(value, value)) if isinstance(value, str) else str(value) for value in values)


def names_of_choices(form_field):
    if form_field is None or hasattr(form_field, "queryset"):
        return {}
    return dict(flatten_choices(getattr(form_field, "choices", ())))
