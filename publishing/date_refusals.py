"""What the reader of dates says when it does not understand one."""

from __future__ import annotations

from babel import Locale
from django.utils.translation import get_language, gettext

from publishing.date_text import date_text
from publishing.date_words import DATE_LANGUAGES, words_for
from publishing.dates import EdtfDate

_LONGEST_QUOTE = 40


class UnreadableDate(ValueError):
    """A text that is no date, or more than one. Its text tells people what is wrong and what to write instead."""


def said(when: EdtfDate, southern: bool = False) -> str:
    """A date in the words of the reader's interface."""
    return date_text(when, _language(), southern=southern)


def weekday_name(weekday: int) -> str:
    """The name of a day of the week, 0 for Monday, in the language of the reader's interface."""
    return Locale.parse(words_for(_language()).locale).days["format"]["wide"][weekday]


def _language() -> str:
    language = (get_language() or "en").split("-")[0]
    return language if language in DATE_LANGUAGES else "en"


def quoted(text: str) -> str:
    """A text as a message can quote it: on one line, and not endless."""
    text = " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]}…"


def not_a_date() -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "This is not a date. Write for example “14 November 2025”, “1–3 October 2025”, “autumn 2025”, "
            "“about April 2026” or “to be announced”."
        )
    )


def not_understood(text: str) -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "“%(text)s” is not understood in a date. Write for example “14 November 2025”, “1–3 October 2025”, "
            "“November 2025”, “autumn 2025”, “about April 2026” or “to be announced”."
        )
        % {"text": quoted(text)}
    )


def two_meanings(first: str, second: str) -> UnreadableDate:
    return UnreadableDate(
        gettext("This can be “%(first)s” or “%(second)s”. Write it as one of the two.")
        % {"first": first, "second": second}
    )


def zone_apart(zone: str) -> UnreadableDate:
    return UnreadableDate(
        gettext("The time zone has a field of its own. Write the date and the times alone, without “%(zone)s”.")
        % {"zone": quoted(zone)}
    )


def no_such_month(day: int, month: int, year: int) -> UnreadableDate:
    """For dates in figures; the two are swapped in the advice if that makes a date."""
    if 1 <= day <= 12 < month <= 31:
        return UnreadableDate(
            gettext(
                "There is no month %(month)d: in figures the day comes before the month. "
                "Write %(right)s, or the month in words: “14 November 2025”."
            )
            % {"month": month, "right": f"{month:02d}/{day:02d}/{year}"}
        )
    return UnreadableDate(
        gettext("There is no month %(month)d. Write for example 14/11/2025, 11/2025 or “14 November 2025”.")
        % {"month": month}
    )


def no_time(hour: int, minute: int) -> UnreadableDate:
    return UnreadableDate(
        gettext(
            "%(time)s is no time of day: times run from 00:00 to 23:59. Write for example “14 November 2025, 18:30”."
        )
        % {"time": f"{hour}:{minute:02d}"}
    )
