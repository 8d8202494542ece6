import re
from datetime import date, time
from pathlib import Path

import pytest

from publishing.date_reader import ReadDate, UnreadableDate, read_date
from publishing.date_vocabulary import MEANINGS
from publishing.dates import parse_edtf

TODAY = date(2025, 9, 15)  # a Monday

WRITTEN = Path(__file__).parent / "dates_as_written"
# One table a language, to be read by somebody who speaks it: what is written | the date in EDTF | times
TABLES = ("figures", "en", "es", "fr", "ca", "pt", "it", "ko", "posters")


def rows_of(table):
    return (WRITTEN / f"{table}.txt").read_text().strip("\n").splitlines()


ROWS = [pytest.param(*[*row.split(" | "), ""][:3], id=f"{table}: {row}") for table in TABLES for row in rows_of(table)]


def at(text):
    return time.fromisoformat(text) if text else None


@pytest.mark.parametrize(("text", "edtf", "times"), ROWS)
def test_a_date_is_understood_as_people_write_it(text, edtf, times):
    start, _dash, end = times.partition("-")

    assert read_date(text, today=TODAY) == ReadDate(parse_edtf(edtf), at(start), at(end))


@pytest.mark.parametrize("row", rows_of("southern"))
def test_in_the_south_the_season_over_new_year_is_summer(row):
    text, edtf = row.split(" | ")

    assert read_date(text, today=TODAY, southern=True).when == parse_edtf(edtf)


# what is written | what the refusal has to say
@pytest.mark.parametrize("row", rows_of("refused"))
def test_what_is_no_date_is_refused_with_advice(row):
    text, _bar, advice = row.partition(" | ")

    with pytest.raises(UnreadableDate) as refusal:
        read_date(text, today=TODAY)

    assert advice in str(refusal.value)
    assert re.search(r"Write|[Cc]orrect|Add the year|Give the day|takes two days", str(refusal.value))


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "1-",
        "a ",
        "(",
        "mar ",
        "des ",
        "1.1 ",
        "1/1 ",
        "일",
        "é",
        "\u0301",
        "de la ",
        "hora de ",
        "1, ",
        "1/1/",
        "\ufdfa",
        "()",
        "fecha: ",
    ],
)
def test_a_long_text_is_refused_at_once(piece):
    for text in (piece * 10_000, (piece * 200)[:200]):
        with pytest.raises(UnreadableDate):
            read_date(text, today=TODAY)


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f", "  ", "\t", "\n"])
@pytest.mark.parametrize("dash", ["-", "–", "—", "‒", "−", "‑", "~", "〜"])
def test_any_space_and_any_dash_will_do(space, dash):
    text = f"30{space}September{space}2025{space}{dash}{space}2{space}October{space}2025"

    assert read_date(text, today=TODAY).when == parse_edtf("2025-09-30/2025-10-02")


def test_signs_without_width_are_passed_over():
    assert read_date("\u200e14 November\u200b 2025\ufeff", today=TODAY).when == parse_edtf("2025-11-14")


@pytest.mark.parametrize(
    ("text", "today", "edtf"),
    [
        ("14 November", date(2025, 11, 14), "2025-11-14"),
        ("14 November", date(2025, 11, 15), "2026-11-14"),
        ("autumn", date(2025, 10, 15), "2025-23"),
        ("autumn", date(2025, 12, 1), "2026-23"),
        ("winter", date(2026, 1, 15), "2025-24"),
        ("29 February", date(2024, 2, 29), "2024-02-29"),
        ("29 February", date(2096, 3, 1), "2104-02-29"),
        ("30 December – 2 January", date(2026, 1, 1), "2025-12-30/2026-01-02"),
        ("30 December – 2 January", date(2026, 1, 3), "2026-12-30/2027-01-02"),
        ("first half", date(2026, 6, 30), "2026-01/2026-06"),
        ("4th quarter", date(2025, 12, 31), "2025-36"),
        ("today", date(2024, 2, 29), "2024-02-29"),
    ],
)
def test_without_a_year_the_next_such_date_is_meant(text, today, edtf):
    assert read_date(text, today=today).when == parse_edtf(edtf)


def test_only_words_known_to_be_ambiguous_have_two_meanings():
    assert {spelling for spelling, meanings in MEANINGS.items() if len(meanings) > 1} == {
        "mar",  # March or Tuesday
        "des",  # December or "from"
        "segunda",  # Monday or second
        "quarta",  # Wednesday or fourth
        "ore",  # "at" or "hours"
        "h",
        "i",  # "and" or the Roman one
    }
