import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.date_reader import ReadDate, UnreadableDate, read_date
from publishing.date_text import date_text, months_gloss
from publishing.date_vocabulary import MEANINGS
from publishing.date_words import DATE_LANGUAGES
from publishing.dates import EdtfDate, Precision, parse_edtf

TODAY = date(2025, 9, 15)  # a Monday

YEARS = st.integers(1000, 9987)
DAYS = st.dates(date(1000, 1, 1), date(9987, 12, 31))
POINTS = st.one_of(
    DAYS.map(lambda day: (Precision.DAY, (day.year, day.month, day.day))),
    st.tuples(st.just(Precision.MONTH), st.tuples(YEARS, st.integers(1, 12))),
    st.tuples(st.sampled_from([Precision.SEASON, Precision.QUARTER]), st.tuples(YEARS, st.integers(1, 4))),
    st.tuples(st.just(Precision.YEAR), st.tuples(YEARS)),
    st.tuples(st.just(Precision.DECADE), st.tuples(st.integers(100, 997).map(lambda decade: decade * 10))),
)
RANGES = st.one_of(
    st.tuples(st.just(Precision.DAY), DAYS, st.one_of(st.integers(1, 40), st.integers(1, 4000))).map(
        lambda drawn: EdtfDate.from_days(
            drawn[1], min(date(9998, 12, 31), date.fromordinal(drawn[1].toordinal() + drawn[2]))
        )
    ),
    st.tuples(YEARS, st.integers(1, 12), st.integers(1, 30)).map(
        lambda drawn: EdtfDate(
            Precision.MONTH,
            drawn[:2],
            (drawn[0] + (drawn[1] - 1 + drawn[2]) // 12, (drawn[1] - 1 + drawn[2]) % 12 + 1),
        )
    ),
    st.tuples(YEARS, st.integers(1, 11)).map(
        lambda drawn: EdtfDate(Precision.YEAR, (drawn[0],), (drawn[0] + drawn[1],))
    ),
)
DATES = st.one_of(
    st.tuples(POINTS, st.booleans()).map(lambda drawn: EdtfDate(*drawn[0], approximate=drawn[1])),
    RANGES,
    st.just(parse_edtf("XXXX")),
)
LANGUAGES = st.sampled_from(sorted(DATE_LANGUAGES))
TODAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@settings(max_examples=600, deadline=None)
@given(DATES, LANGUAGES, st.booleans(), TODAYS)
def test_what_the_site_says_can_be_typed(value, language, southern, today):
    text = date_text(value, language, southern=southern)

    assert read_date(text, today=today, southern=southern) == ReadDate(value)
    if gloss := months_gloss(value, language, southern=southern):
        assert read_date(f"{text} ({gloss})", today=today, southern=southern) == ReadDate(value)


@pytest.mark.parametrize("language", sorted(DATE_LANGUAGES))
@pytest.mark.parametrize("southern", [False, True])
@pytest.mark.parametrize("edtf", ["2025-21", "2025-22", "2025-23", "2025-24", "2025-33", "2025-36", "2025-24~"])
def test_the_months_of_a_season_can_be_typed_after_it(edtf, southern, language):
    value = parse_edtf(edtf)
    text = f"{date_text(value, language, southern=southern)} ({months_gloss(value, language, southern=southern)})"

    assert read_date(text, today=TODAY, southern=southern) == ReadDate(value)


@settings(max_examples=200, deadline=None)
@given(DATES, TODAYS)
def test_edtf_can_be_typed(value, today):
    assert read_date(value.edtf, today=today) == ReadDate(value)


@settings(max_examples=200, deadline=None)
@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), LANGUAGES)
def test_a_date_without_its_year_is_the_next_one(day, language):
    text = date_text(EdtfDate.from_days(day), language, form="compact", today=day)

    assert read_date(text, today=day) == ReadDate(EdtfDate.from_days(day))


WORDS = st.sampled_from(
    [*MEANINGS, *"1 2 3 14 31 2025 2026 14/11 11/2025 18:30 14.11 2025-11 1990s - – ~ / ( ) . , '".split()]
)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(WORDS, max_size=9).map(" ".join), st.lists(WORDS, max_size=6).map("".join)))
def test_nothing_but_a_refusal_comes_of_nonsense(text):
    with contextlib.suppress(UnreadableDate):
        found = read_date(text, today=TODAY)
        assert found.when == parse_edtf(found.when.edtf)
