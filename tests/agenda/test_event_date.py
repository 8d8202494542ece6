from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from agenda.dates import EventDate
from publishing.dates import TO_BE_ANNOUNCED, EdtfDate, Precision, parse_edtf

# Zones of member cities, and zones whose clocks change, or changed, at midnight.
ZONES = [
    "Europe/Rome",
    "Europe/Lisbon",
    "America/Argentina/Buenos_Aires",
    "America/Sao_Paulo",
    "America/Havana",
    "America/St_Johns",
    "Asia/Seoul",
    "Asia/Beirut",
    "Australia/Adelaide",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Etc/GMT+12",
    "UTC",
]
MODERN_DAYS = st.dates(date(1990, 1, 1), date(2037, 12, 30))
# A whole minute, as in the admin; midnight as an end is written as 00:00 of the following day.
TIMES = st.none() | st.times().map(lambda value: value.replace(second=0, microsecond=0))


def make_event_date(edtf="2025-11-14", zone="Europe/Rome", start=None, end=None, southern=False):
    return EventDate(
        when=parse_edtf(edtf),
        time_zone=zone,
        start_time=None if start is None else time.fromisoformat(start),
        end_time=None if end is None else time.fromisoformat(end),
        southern=southern,
    )


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


@st.composite
def exact_event_dates(draw):
    first = draw(MODERN_DAYS)
    last = draw(st.none() | st.integers(1, 400).map(lambda days: first + timedelta(days=days)))
    start, end = draw(TIMES), draw(TIMES)
    if last is None and start is not None and end is not None:
        start, end = sorted((start, end))
    return EventDate(
        when=EdtfDate.from_days(first, last),
        time_zone=draw(st.sampled_from(ZONES)),
        start_time=start,
        end_time=end,
        southern=draw(st.booleans()),
    )


@st.composite
def vague_event_dates(draw):
    year = draw(st.integers(1990, 2036))
    month, quarter = draw(st.integers(1, 12)), draw(st.integers(1, 4))
    precision, parts = draw(
        st.sampled_from(
            [
                (Precision.MONTH, (year, month)),
                (Precision.SEASON, (year, quarter)),
                (Precision.QUARTER, (year, quarter)),
                (Precision.YEAR, (year,)),
                (Precision.DECADE, (year // 10 * 10,)),
                (Precision.DAY, (year, month, 28)),
            ]
        )
    )
    approximate = precision is Precision.DAY or draw(st.booleans())
    when = EdtfDate(precision, parts, approximate=approximate)
    return EventDate(when=when, time_zone=draw(st.sampled_from(ZONES)), southern=draw(st.booleans()))


EVENT_DATES = st.one_of(
    exact_event_dates(),
    vague_event_dates(),
    st.sampled_from(ZONES).map(lambda zone: EventDate(when=TO_BE_ANNOUNCED, time_zone=zone)),
)


@pytest.mark.parametrize(
    ("edtf", "zone", "start", "end", "southern", "starts_at", "ends_at"),
    [
        ("2025-11-14", "Europe/Rome", None, None, False, "2025-11-13T23:00Z", "2025-11-14T23:00Z"),
        ("2025-11-14", "Europe/Rome", "14:45", None, False, "2025-11-14T13:45Z", "2025-11-14T23:00Z"),
        ("2025-11-14", "Europe/Rome", "10:00", "12:00", False, "2025-11-14T09:00Z", "2025-11-14T11:00Z"),
        ("2025-10-15", "Europe/Madrid", None, "23:59", False, "2025-10-14T22:00Z", "2025-10-15T21:59Z"),
        ("2025-10-01/2025-10-03", "Asia/Seoul", "09:00", "13:00", False, "2025-10-01T00:00Z", "2025-10-03T04:00Z"),
        ("2025-23", "Europe/Rome", None, None, False, "2025-08-31T22:00Z", "2025-11-30T23:00Z"),
        (
            "2025-23",
            "America/Argentina/Buenos_Aires",
            None,
            None,
            True,
            "2025-03-01T03:00Z",
            "2025-06-01T03:00Z",
        ),
        ("2028", "UTC", None, None, False, "2028-01-01T00:00Z", "2029-01-01T00:00Z"),
        # A day of 23 hours, one of 25, and times in the hours that clocks skip or pass twice.
        ("2025-03-30", "Europe/Rome", None, None, False, "2025-03-29T23:00Z", "2025-03-30T22:00Z"),
        ("2025-10-26", "Europe/Rome", None, None, False, "2025-10-25T22:00Z", "2025-10-26T23:00Z"),
        ("2025-03-30", "Europe/Rome", "02:30", None, False, "2025-03-30T01:30Z", "2025-03-30T22:00Z"),
        ("2025-03-30", "Europe/Rome", "02:30", "03:00", False, "2025-03-30T01:30Z", "2025-03-30T01:30Z"),
        ("2025-10-26", "Europe/Rome", "02:30", "02:30", False, "2025-10-26T00:30Z", "2025-10-26T01:30Z"),
        # Clocks that change at midnight: no 00:00 in São Paulo, two in Havana, two on the eve in St John's.
        ("2018-11-04", "America/Sao_Paulo", None, None, True, "2018-11-04T03:00Z", "2018-11-05T02:00Z"),
        ("2018-11-03", "America/Sao_Paulo", None, None, True, "2018-11-03T03:00Z", "2018-11-04T03:00Z"),
        ("2018-02-17", "America/Sao_Paulo", None, None, True, "2018-02-17T02:00Z", "2018-02-18T03:00Z"),
        ("2025-11-01", "America/Havana", None, None, False, "2025-11-01T04:00Z", "2025-11-02T04:00Z"),
        ("2025-11-02", "America/Havana", None, None, False, "2025-11-02T04:00Z", "2025-11-03T05:00Z"),
        ("2010-11-06", "America/St_Johns", None, None, False, "2010-11-06T02:30Z", "2010-11-07T03:30Z"),
    ],
)
def test_an_event_lies_between_its_earliest_start_and_latest_end(edtf, zone, start, end, southern, starts_at, ends_at):
    value = make_event_date(edtf, zone, start, end, southern)

    assert value.starts_at == instant(starts_at)
    assert value.ends_at == instant(ends_at)
    assert (value.starts_at.tzinfo, value.ends_at.tzinfo) == (UTC, UTC)


def test_a_date_to_be_announced_has_no_instants_and_never_ends():
    value = make_event_date("XXXX")

    assert (value.starts_at, value.ends_at) == (None, None)
    assert value.is_over(instant("9999-01-01T00:00Z")) is False
    assert value.days_left(instant("2025-01-01T00:00Z")) is None


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"edtf": "2025-11", "start": "10:00"}, "too vague for a time of day. Give the day, for example 2025-11-14"),
        ({"edtf": "2025-11-14~", "end": "10:00"}, "too vague for a time of day"),
        ({"edtf": "XXXX", "start": "10:00"}, "too vague for a time of day"),
        ({"start": "22:00", "end": "01:00"}, "One that ends after midnight takes two days"),
        ({"start": "10:00+02:00"}, "carries none itself"),
        ({"zone": "Europe/Turin"}, "“Europe/Turin” is no IANA time zone. Write for example Europe/Rome"),
        ({"zone": "Europe"}, "“Europe” is no IANA time zone"),
        ({"zone": "../etc/passwd"}, "“../etc/passwd” is no IANA time zone"),
        ({"zone": ""}, "“” is no IANA time zone"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(parts, reason):
    with pytest.raises(ValueError, match=r"time|midnight") as refusal:
        make_event_date(**parts)

    assert reason in str(refusal.value)


def test_an_evening_that_ends_after_midnight_takes_two_days():
    value = make_event_date("2025-11-14/2025-11-15", start="22:00", end="01:00")

    assert value.ends_at - value.starts_at == timedelta(hours=3)


@pytest.mark.parametrize(
    ("edtf", "zone", "southern", "last_moment"),
    [
        ("2025-23", "Europe/Rome", False, "2025-11-30T23:59:59+01:00"),
        ("2025-23", "America/Argentina/Buenos_Aires", True, "2025-05-31T23:59:59-03:00"),
        ("2025-11-14", "Asia/Seoul", False, "2025-11-14T23:59:59+09:00"),
        ("2025", "America/Mexico_City", False, "2025-12-31T23:59:59-06:00"),
    ],
)
def test_an_event_is_over_when_its_last_day_is_over_where_it_takes_place(edtf, zone, southern, last_moment):
    value = make_event_date(edtf, zone, southern=southern)

    assert value.is_over(instant(last_moment)) is False
    assert value.is_over(instant(last_moment) + timedelta(seconds=1)) is True


@pytest.mark.parametrize(
    ("edtf", "end", "now", "days"),
    [
        ("2025-10-15", None, "2025-10-12T12:00+02:00", 3),
        ("2025-10-15", None, "2025-10-14T23:59+02:00", 1),
        ("2025-10-15", None, "2025-10-14T22:00+00:00", 0),  # already the 15th in Madrid
        ("2025-10-15", None, "2025-10-15T23:59+02:00", 0),
        ("2025-10-15", None, "2025-10-16T00:00+02:00", None),
        ("2025-10-15", "12:00", "2025-10-15T11:59+02:00", 0),
        ("2025-10-15", "12:00", "2025-10-15T12:00+02:00", None),
        ("2025-04-22/2025-10-15", None, "2025-10-05T08:00+02:00", 10),
        ("2025-11-01", None, "2025-10-25T23:30+02:00", 7),  # over the day of 25 hours
        ("2025-10", None, "2025-10-12T12:00+02:00", None),
        ("2025-10-15~", None, "2025-10-12T12:00+02:00", None),
    ],
)
def test_days_left_are_midnights_in_the_zone_of_the_deadline(edtf, end, now, days):
    assert make_event_date(edtf, "Europe/Madrid", end=end).days_left(instant(now)) == days


def test_events_sort_by_first_instant_then_exact_before_vague_with_unannounced_ones_last():
    expected = [
        make_event_date("2025-10-01", "Asia/Seoul"),
        make_event_date("2025-10-01", "Europe/Rome", end="12:00"),
        make_event_date("2025-10-01", "Europe/Rome"),
        make_event_date("2025-10-01/2025-10-03", "Europe/Rome"),
        make_event_date("2025-10", "Europe/Rome"),
        make_event_date("2025-36", "Europe/Rome"),
        make_event_date("2025-10-01", "America/Havana"),
        make_event_date("2025-10-01", "Europe/Rome", start="10:00"),
        make_event_date("XXXX", "Europe/Rome"),
    ]

    shuffled = expected[::-2] + expected[-2::-2]

    assert sorted(shuffled, key=EventDate.sort_key) == expected


@given(EVENT_DATES.filter(lambda value: value.starts_at is not None), st.data())
def test_every_instant_of_an_event_is_on_a_day_that_its_date_allows(value, data):
    assert value.starts_at <= value.ends_at
    # Counted in whole microseconds: a share of the length would round up to the end, which is excluded.
    length = (value.ends_at - value.starts_at) // timedelta.resolution
    moment = value.starts_at + data.draw(st.integers(0, max(length - 1, 0))) * timedelta.resolution
    local = moment.astimezone(ZoneInfo(value.time_zone)).date()

    assert value.when.earliest(value.southern) <= local <= value.when.latest(value.southern)


@given(st.times(), st.times(), st.sampled_from(["2025-03-30", "2025-10-26"]))
def test_no_event_ends_before_it_starts_on_the_days_when_clocks_change(one, other, edtf):
    start, end = sorted((one, other))
    value = EventDate(when=parse_edtf(edtf), time_zone="Europe/Rome", start_time=start, end_time=end)

    assert value.starts_at <= value.ends_at


@given(EVENT_DATES.filter(lambda value: value.end_time is None and value.ends_at is not None))
def test_an_event_without_an_end_time_ends_with_the_first_instant_of_another_day(value):
    zone = ZoneInfo(value.time_zone)
    last_day = value.when.latest(value.southern)
    # Islands that changed the side of the date line left a day out: Kiritimati has no 31 December 1994.
    noon = datetime.combine(last_day, time(12), zone)
    assume(noon.astimezone(UTC).astimezone(zone).date() == last_day)

    assert (value.ends_at - timedelta.resolution).astimezone(zone).date() == last_day
    assert value.ends_at.astimezone(zone).date() == last_day + timedelta(days=1)


@given(EVENT_DATES, EVENT_DATES)
def test_two_event_dates_sort_alike_only_if_they_are_equal(one, other):
    assert (one.sort_key() == other.sort_key()) == (one == other)


@given(EVENT_DATES.filter(lambda value: value.starts_at is not None), st.data())
def test_every_possible_day_of_an_event_without_times_lies_between_its_bounds(value, data):
    value = replace(value, start_time=None, end_time=None)
    first, last = value.when.earliest(value.southern), value.when.latest(value.southern)
    day = data.draw(st.dates(first, last))
    moment = datetime.combine(day, data.draw(st.times()), ZoneInfo(value.time_zone))
    moment = moment.replace(fold=data.draw(st.integers(0, 1))).astimezone(UTC)
    # A reading of the clock that was leapt over is another moment, which the clock shows otherwise.
    assume(moment.astimezone(ZoneInfo(value.time_zone)).date() == day)

    assert value.starts_at <= moment < value.ends_at


@given(st.lists(EVENT_DATES), st.randoms())
def test_the_order_of_events_does_not_depend_on_the_order_before(values, random):
    shuffled = random.sample(values, len(values))

    assert sorted(shuffled, key=EventDate.sort_key) == sorted(values, key=EventDate.sort_key)


@given(EVENT_DATES, EVENT_DATES)
def test_of_two_events_one_comes_first_and_of_the_same_start_the_exact_one(one, other):
    assert (one.sort_key() < other.sort_key()) + (other.sort_key() < one.sort_key()) == (one != other)
    if one.starts_at == other.starts_at and one.when.vagueness < other.when.vagueness:
        assert one.sort_key() < other.sort_key()


@given(EVENT_DATES)
def test_the_date_of_an_event_is_read_back_as_it_is_written(value):
    assert parse_edtf(value.when.edtf) == value.when
    assert replace(value, when=parse_edtf(value.when.edtf)) == value
