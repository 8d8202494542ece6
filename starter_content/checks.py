"""Checks of single values in the files.

A check is a function of a value and the known ids (`{section name: {id, …}}`) that yields a pair for each problem:
the path of the field below the value ("" for the value itself), and what is wrong.
"""

import datetime
import re
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator

from networks.countries import country_names
from publishing.dates import parse_edtf
from publishing.rich_text import TAGS
from publishing.slugs import SLUG_LENGTH

LANGUAGES = [code for code, name in settings.LANGUAGES]
OPENING_TAG = re.compile(r"<\s*([a-zA-Z][\w-]*)")


def shown(value):
    """A value as it is quoted in a message: short, on one line."""
    text = value if isinstance(value, str) else repr(value)
    text = " ".join(text.split())
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


def below(path, field):
    return path if not field else f"{path}{field}" if field.startswith("[") else f"{path}.{field}"


def text(longest=None):
    """Some text, at most so long: a number, or the model's column as (model, column)."""
    if isinstance(longest, tuple):
        model, column = longest
        longest = model._meta.get_field(column).max_length

    def check(value, known):
        if not isinstance(value, str):
            yield "", f"{shown(value)} is no text"
        elif not value.strip():
            yield "", "is empty; leave it out instead"
        elif longest and len(value) > longest:
            yield "", f"has {len(value)} characters; {longest} is the most"

    return check


def pattern(expression, what):
    compiled = re.compile(expression)

    def check(value, known):
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield "", f"{shown(value)} is no {what}"

    return check


item_id = pattern(r"[a-z0-9]+(_[a-z0-9]+)*", "id in snake_case")
slug = pattern(rf"(?=.{{1,{SLUG_LENGTH}}}$)[a-z0-9]+(-[a-z0-9]+)*", "slug")
colour = pattern(r"#[0-9A-Fa-f]{6}", "colour like #C5192D")
language_tag = pattern(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", "language code")


def translated(check_text):
    """An object with a text per language; `check_text` checks each."""

    def check(value, known):
        if not isinstance(value, dict):
            yield "", f"{shown(value)} is no object with a text per language"
            return
        if not value:
            yield "", "has no language at all"
        for language, words in value.items():
            if language not in LANGUAGES:
                yield language, f"{shown(language)} is no language of this site ({', '.join(LANGUAGES)})"
            else:
                yield from ((below(language, path), problem) for path, problem in check_text(words, known))

    return check


def words(model, field):
    """Translated text for a column of a model."""
    return translated(text((model, f"{field}_{LANGUAGES[0]}")))


def html(value, known):
    yield from text()(value, known)
    if isinstance(value, str):
        for tag in sorted({found.lower() for found in OPENING_TAG.findall(value)} - TAGS):
            yield "", f"holds <{tag}>, which is not allowed"


def edtf(value, known):
    if not isinstance(value, str):
        yield "", f"{shown(value)} is no text"
        return
    try:
        parse_edtf(value)
    except ValueError as error:
        reason = str(error).removeprefix(f"“{value}”: ")
        yield "", f"{shown(value)} is no EDTF date: {reason}"


def read_with(read, written, what):
    """A text that `read` understands, in one spelling only."""
    compiled = re.compile(written)

    def check(value, known):
        try:
            right = isinstance(value, str) and compiled.fullmatch(value) and read(value) is not None
        except ValueError:
            right = False
        if not right:
            yield "", f"{shown(value)} is no {what}"

    return check


day = read_with(datetime.date.fromisoformat, r"[0-9]{4}-[0-9]{2}-[0-9]{2}", "day like 2025-11-14")
clock = read_with(datetime.time.fromisoformat, r"[0-9]{2}:[0-9]{2}", "time like 09:30")


def time_zone(value, known):
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError, TypeError):
        yield "", f"{shown(value)} is no IANA time zone"


def country(value, known):
    if not isinstance(value, str) or value not in country_names("en"):
        yield "", f"{shown(value)} is no ISO 3166-1 alpha-2 country code"


def django_validator(validator, what):
    def check(value, known):
        try:
            validator(value)
        except (ValidationError, TypeError):
            yield "", f"{shown(value)} is no {what}"

    return check


url = django_validator(URLValidator(schemes=["http", "https"]), "address (http or https)")
email = django_validator(EmailValidator(), "e-mail address")


def whole(least=0, most=32_767):
    """A whole number between two limits; those of a small integer column by default."""

    def check(value, known):
        if not isinstance(value, int) or isinstance(value, bool):
            yield "", f"{shown(value)} is no whole number"
        elif not least <= value <= most:
            yield "", f"{value} is not between {least} and {most}"

    return check


year = whole(1000, 9998)
large = whole(0, 2_147_483_647)


def degrees(limit):
    def check(value, known):
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield "", f"{shown(value)} is no number"
        elif not -limit <= value <= limit:
            yield "", f"{value} is not between -{limit} and {limit}"

    return check


def flag(value, known):
    if not isinstance(value, bool):
        yield "", f"{shown(value)} is neither true nor false"


def nothing_or(check):
    """The field may be null."""
    return lambda value, known: () if value is None else check(value, known)


def one_of(choices):
    """One of a list of values, or of a model's choices."""
    allowed = list(choices.values if isinstance(choices, type) else choices)

    def check(value, known):
        if value not in allowed:
            yield "", f"{shown(value)} is none of {', '.join(map(str, allowed))}"

    return check


def reference(section):
    """The id (or number) of an item of another section."""

    def check(value, known):
        if not isinstance(value, str | int) or isinstance(value, bool) or value not in known[section]:
            yield "", f"{shown(value)} is not in the {section.replace('_', ' ')}"

    return check


def list_of(check_one, least=0):
    def check(value, known):
        if not isinstance(value, list):
            yield "", f"{shown(value)} is no list"
            return
        if len(value) < least:
            yield "", "is empty; leave it out instead"
        for number, one in enumerate(value):
            yield from ((below(f"[{number}]", path), problem) for path, problem in check_one(one, known))
        simple = [one for one in value if isinstance(one, str | int)]
        for double in dict.fromkeys(one for one in simple if simple.count(one) > 1):
            yield "", f"{shown(double)} is in it twice"

    return check


def record(required=(), optional=()):
    """An object with these fields and no others."""
    required, optional = dict(required), dict(optional)

    def check(value, known):
        if not isinstance(value, dict):
            yield "", f"{shown(value)} is no object"
            return
        yield from ((field, "is missing") for field in required if field not in value)
        for field, one in value.items():
            check_one = required.get(field) or optional.get(field)
            if check_one is None:
                yield field, "is not known here"
            else:
                yield from ((below(field, path), problem) for path, problem in check_one(one, known))

    return check
