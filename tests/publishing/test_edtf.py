from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.dates import FIRST_YEAR, LAST_YEAR, TO_BE_ANNOUNCED, EdtfDate, Precision, parse_edtf

YEARS = st.integers(FIRST_YEAR, LAST_YEAR)
DAYS = st.dates(date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)).map(lambda day: (day.year, day.month, day.day))
MONTHS = st.tuples(YEARS, st.integers(1, 12))
QUARTERS = st.tuples(YEARS, st.integers(1, 4))
SINGLE_YEARS = st.tuples(YEARS)
DECADES = st.tuples(st.integers(FIRST_YEAR // 10, LAST_YEAR // 10 - 1).map(lambda decade: decade * 10))


def points(precision, parts):
    return st.builds(EdtfDate, st.just(precision), parts, approximate=st.booleans())


def ranges(precision, parts):
    ends = st.lists(parts, min_size=2, max_size=2, unique=True).map(sorted)
    return ends.map(lambda both: EdtfDate(precision, both[0], both[1]))


EDTF_DATES = st.one_of(
    points(Precision.DAY, DAYS),
    ranges(Precision.DAY, DAYS),
    points(Precision.MONTH, MONTHS),
    ranges(Precision.MONTH, MONTHS),
    points(Precision.SEASON, QUARTERS),
    points(Precision.QUARTER, QUARTERS),
    points(Precision.YEAR, SINGLE_YEARS),
    ranges(Precision.YEAR, SINGLE_YEARS),
    points(Precision.DECADE, DECADES),
    st.just(TO_BE_ANNOUNCED),
)
ANNOUNCED = EDTF_DATES.filter(lambda value: not value.is_to_be_announced)

# Every kind of date in the starter content, then every other kind that can be written.
BOUNDS = [
    ("2025-11-14", "2025-11-14", "2025-11-14", Precision.DAY, True),
    ("2025-10-01/2025-10-03", "2025-10-01", "2025-10-03", Precision.DAY, True),
    ("2020-09-30/2020-10-02", "2020-09-30", "2020-10-02", Precision.DAY, True),
    ("2025-11", "2025-11-01", "2025-11-30", Precision.MONTH, False),
    ("2025-23", "2025-09-01", "2025-11-30", Precision.SEASON, False),
    ("2028", "2028-01-01", "2028-12-31", Precision.YEAR, False),
    ("2025/2027", "2025-01-01", "2027-12-31", Precision.YEAR, False),
    ("199X", "1990-01-01", "1999-12-31", Precision.DECADE, False),
    ("2017-04~", "2017-04-01", "2017-04-30", Precision.MONTH, False),
    ("2021~", "2021-01-01", "2021-12-31", Precision.YEAR, False),
    ("2017-04-07~", "2017-04-07", "2017-04-07", Precision.DAY, False),
    ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH, False),
    ("2025-12-30/2026-01-02", "2025-12-30", "2026-01-02", Precision.DAY, True),
    ("2025-09/2025-11", "2025-09-01", "2025-11-30", Precision.MONTH, False),
    ("2025-12/2026-02", "2025-12-01", "2026-02-28", Precision.MONTH, False),
    ("2025-33", "2025-01-01", "2025-03-31", Precision.QUARTER, False),
    ("2025-34", "2025-04-01", "2025-06-30", Precision.QUARTER, False),
    ("2025-35", "2025-07-01", "2025-09-30", Precision.QUARTER, False),
    ("2025-36", "2025-10-01", "2025-12-31", Precision.QUARTER, False),
    ("2025-23~", "2025-09-01", "2025-11-30", Precision.SEASON, False),
    ("2025-33~", "2025-01-01", "2025-03-31", Precision.QUARTER, False),
    ("199X~", "1990-01-01", "1999-12-31", Precision.DECADE, False),
    ("9998-24", "9998-12-01", "9999-02-28", Precision.SEASON, False),
]

SEASONS = [
    ("2025-21", "2025-03-01", "2025-05-31", "2025-09-01", "2025-11-30"),
    ("2025-22", "2025-06-01", "2025-08-31", "2025-12-01", "2026-02-28"),
    ("2025-23", "2025-09-01", "2025-11-30", "2025-03-01", "2025-05-31"),
    ("2025-24", "2025-12-01", "2026-02-28", "2025-06-01", "2025-08-31"),
    ("2027-24", "2027-12-01", "2028-02-29", "2027-06-01", "2027-08-31"),
]

REFUSED = [
    ("2025-02-30", "2025-02 has days 01 to 28, for example 2025-02-28"),
    ("2025-02-00", "2025-02 has days 01 to 28, for example 2025-02-28"),
    ("2025-00", "months run from 01 to 12, for example 2025-11"),
    ("2025-13-01", "months run from 01 to 12, for example 2025-11"),
    ("2025-13", "neither a month (01–12) nor a season (21–24) nor a quarter (33–36)"),
    ("2025-25", "neither a month (01–12) nor a season (21–24) nor a quarter (33–36)"),
    ("0999", "years run from 1000 to 9998"),
    ("9999", "years run from 1000 to 9998"),
    ("999X", "years run from 1000 to 9998"),
    ("2025-10-03/2025-10-01", "the end lies before the start. Write the earlier date first"),
    ("2027/2025", "the end lies before the start. Write the earlier date first, for example 2025/2027"),
    ("2025/2025", "the range starts and ends at the same date. Write it once, for example 2025"),
    ("2025-10/2025-10-03", "one end is a month, the other a day"),
    ("2025/2025-10", "one end is a year, the other a month"),
    ("2025-22/2025-23", "a season cannot be an end of a range"),
    ("2025-33/2025-34", "a quarter cannot be an end of a range"),
    ("199X/200X", "a decade cannot be an end of a range"),
    ("2025/..", "a range needs both ends"),
    ("/2025", "a range needs both ends"),
    ("2025/XXXX", "a range needs both ends"),
    ("2016~/2018~", "a range cannot be approximate"),
    ("2016/2018~", "a range cannot be approximate"),
    ("2025~~", "~ stands once, at the end of the date"),
    ("~2025", "~ stands once, at the end of the date"),
    ("2025?", "the only mark for an uncertain date is ~"),
    ("2025-11%", "the only mark for an uncertain date is ~"),
    ("XXXX~", "a date to be announced cannot be approximate. Write XXXX"),
    ("2025-XX", "Leave out what is not known, for example 2025-11"),
    ("199x", "X stands only for the last figure of a decade (199X)"),
    ("2025-11-14T10:00", "a date has no time of day"),
    ("2025-10-01/03", "not a date in EDTF. Write for example 2025-11-14"),
    ("Autumn 2025", "not a date in EDTF. Write for example 2025-11-14"),
    (" 2025", "not a date in EDTF. Write for example 2025-11-14"),
    ("2025\n", "not a date in EDTF. Write for example 2025-11-14"),
    ("2025-1", "not a date in EDTF. Write for example 2025-11-14"),
    ("٢٠٢٥", "not a date in EDTF. Write for example 2025-11-14"),
    ("", "not a date in EDTF. Write for example 2025-11-14"),
]


def every_day(first, last):
    return [first + timedelta(days=count) for count in range((last - first).days + 1)]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision", "day_precise"), BOUNDS)
def test_every_kind_of_date_has_its_bounds_and_precision(text, earliest, latest, precision, day_precise):
    value = parse_edtf(text)

    assert str(value) == text
    assert value.earliest() == date.fromisoformat(earliest)
    assert value.latest() == date.fromisoformat(latest)
    assert value.precision == precision
    assert value.is_day_precise == day_precise
    assert value.approximate == text.endswith("~")
    assert value.is_range == ("/" in text)


@pytest.mark.parametrize(("text", "north_first", "north_last", "south_first", "south_last"), SEASONS)
def test_a_season_is_three_whole_months_of_its_hemisphere(text, north_first, north_last, south_first, south_last):
    value = parse_edtf(text)

    assert (value.earliest(), value.latest()) == (date.fromisoformat(north_first), date.fromisoformat(north_last))
    assert (value.earliest(southern=True), value.latest(southern=True)) == (
        date.fromisoformat(south_first),
        date.fromisoformat(south_last),
    )


def test_a_date_to_be_announced_has_no_bounds():
    value = parse_edtf("XXXX")

    assert value == TO_BE_ANNOUNCED
    assert (value.earliest(), value.latest(), value.is_day_precise, value.is_to_be_announced) == (
        None,
        None,
        False,
        True,
    )


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_date_is_refused_with_the_reason_and_an_example(text, reason):
    with pytest.raises(ValueError, match="“") as refusal:
        parse_edtf(text)

    assert str(refusal.value).startswith(f"“{text.partition('/')[0]}")
    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    ("precision", "start", "end"),
    [
        (Precision.DAY, (2025, 11), None),
        (Precision.YEAR, (2025, 11), None),
        (Precision.UNKNOWN, (2025,), None),
        (Precision.SEASON, (2025, 23), None),
        (Precision.QUARTER, (2025, 0), None),
        (Precision.DECADE, (1995,), None),
        (Precision.DAY, (2025, 2, 29), None),
        (Precision.DAY, (2025, 2, 1), (2025, 2)),
        (Precision.DAY, (2025, 2, 2), (2025, 2, 1)),
        (Precision.UNKNOWN, (), ()),
    ],
)
def test_no_impossible_date_can_be_made_without_the_parser_either(precision, start, end):
    with pytest.raises(ValueError, match=r"numbers|number from|days 01|first year|before the start|end of a range"):
        EdtfDate(precision, start, end)


def test_days_of_the_calendar_make_a_day_or_a_range():
    first, last = date(2025, 10, 1), date(2025, 10, 3)

    assert EdtfDate.from_days(first) == parse_edtf("2025-10-01")
    assert EdtfDate.from_days(first, first) == parse_edtf("2025-10-01")
    assert EdtfDate.from_days(first, last) == parse_edtf("2025-10-01/2025-10-03")


def test_exact_dates_come_before_vague_ones_of_the_same_start_and_unannounced_ones_last():
    expected = [
        "2024-12-31",
        "2025",
        "2025-09",
        "2025-10-01",
        "2025-10-01/2025-10-03",
        "2025-10-01/2025-12-01",
        "2025-10-01~",
        "2025-10",
        "2025-10/2025-11",
        "2025-10~",
        "2025-36",
        "2025-10-02",
        "2026",
        "2026/2027",
        "2026~",
        "XXXX",
    ]

    values = [parse_edtf(text) for text in reversed(expected)]

    assert [str(value) for value in sorted(values, key=EdtfDate.sort_key)] == expected


@given(EDTF_DATES)
def test_a_written_date_reads_back_as_itself(value):
    assert parse_edtf(str(value)) == value


@given(ANNOUNCED, st.booleans())
def test_a_date_starts_no_later_than_it_ends(value, southern):
    assert value.earliest(southern) <= value.latest(southern)


@given(EDTF_DATES, st.booleans())
def test_vague_dates_are_made_of_whole_months(value, southern):
    if value.precision in (Precision.DAY, Precision.UNKNOWN):
        return
    latest = value.latest(southern)

    assert value.earliest(southern).day == 1
    assert latest.day == monthrange(latest.year, latest.month)[1]


@given(YEARS, st.booleans())
def test_the_seasons_of_a_year_cover_twelve_months_without_a_gap_or_an_overlap(year, southern):
    seasons = sorted(
        (EdtfDate(Precision.SEASON, (year, number)) for number in (1, 2, 3, 4)),
        key=lambda season: season.earliest(southern),
    )
    covered = [day for season in seasons for day in every_day(season.earliest(southern), season.latest(southern))]

    assert covered == every_day(date(year, 3, 1), seasons[-1].latest(southern))
    assert seasons[-1].latest(southern) == date(year + 1, 3, 1) - timedelta(days=1)


@given(st.tuples(YEARS, st.integers(1, 4)))
def test_a_quarter_is_the_range_of_its_months(parts):
    year, number = parts
    quarter = EdtfDate(Precision.QUARTER, parts)
    months = EdtfDate(Precision.MONTH, (year, 3 * number - 2), (year, 3 * number))

    assert (quarter.earliest(), quarter.latest()) == (months.earliest(), months.latest())


@given(EDTF_DATES, EDTF_DATES, st.booleans())
def test_two_dates_sort_alike_only_if_they_are_equal(one, other, southern):
    assert (one.sort_key(southern) == other.sort_key(southern)) == (one == other)


@given(st.lists(EDTF_DATES), st.randoms())
def test_the_order_does_not_depend_on_the_order_before(values, random):
    shuffled = list(values)
    random.shuffle(shuffled)

    assert sorted(shuffled, key=EdtfDate.sort_key) == sorted(values, key=EdtfDate.sort_key)
