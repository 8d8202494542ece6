"""Events on days when clocks change and around the ends of years and seasons, north and south of the equator."""

from datetime import UTC, datetime, time, timedelta

import pytest

from agenda.dates import EventDate
from publishing.dates import parse_edtf

SECOND = timedelta(seconds=1)


def make_event_date(edtf, zone, times="", southern=False):
    start, _, end = times.partition("–")
    return EventDate(
        when=parse_edtf(edtf),
        time_zone=zone,
        start_time=time.fromisoformat(start) if start else None,
        end_time=time.fromisoformat(end) if end else None,
        southern=southern,
    )


def instant(text):
    return datetime.fromisoformat(text).astimezone(UTC)


# date | zone | times | starts at | ends at, by the clocks of the place
DAYS = """
2025-03-30 | Europe/Madrid | | 2025-03-30T00:00+01:00 | 2025-03-31T00:00+02:00
2025-03-30 | Europe/Madrid | 01:30–03:30 | 2025-03-30T01:30+01:00 | 2025-03-30T03:30+02:00
2025-10-26 | Europe/Madrid | | 2025-10-26T00:00+02:00 | 2025-10-27T00:00+01:00
2025-10-26 | Europe/Madrid | 02:30– | 2025-10-26T02:30+02:00 | 2025-10-27T00:00+01:00
2025-10-26 | Europe/Madrid | –02:30 | 2025-10-26T00:00+02:00 | 2025-10-26T02:30+01:00
2018-11-04 | America/Sao_Paulo | | 2018-11-04T01:00-02:00 | 2018-11-05T00:00-02:00
2018-11-03 | America/Sao_Paulo | –23:30 | 2018-11-03T00:00-03:00 | 2018-11-03T23:30-03:00
2018-11-04 | America/Sao_Paulo | 00:30– | 2018-11-04T01:30-02:00 | 2018-11-05T00:00-02:00
2019-02-16 | America/Sao_Paulo | | 2019-02-16T00:00-02:00 | 2019-02-17T00:00-03:00
2019-02-16 | America/Sao_Paulo | 23:30– | 2019-02-16T23:30-02:00 | 2019-02-17T00:00-03:00
2019-02-16 | America/Sao_Paulo | –23:30 | 2019-02-16T00:00-02:00 | 2019-02-16T23:30-03:00
2019-11-03 | America/Sao_Paulo | | 2019-11-03T00:00-03:00 | 2019-11-04T00:00-03:00
2025-09-06 | America/Santiago | | 2025-09-06T00:00-04:00 | 2025-09-07T01:00-03:00
2025-09-07 | America/Santiago | | 2025-09-07T01:00-03:00 | 2025-09-08T00:00-03:00
2025-04-05 | America/Santiago | | 2025-04-05T00:00-03:00 | 2025-04-06T00:00-04:00
2025-04-05/2025-04-06 | America/Santiago | 23:30–01:00 | 2025-04-05T23:30-03:00 | 2025-04-06T01:00-04:00
2025-10-05 | Australia/Lord_Howe | | 2025-10-05T00:00+10:30 | 2025-10-06T00:00+11:00
2025-10-05 | Australia/Lord_Howe | 02:15–02:45 | 2025-10-05T02:45+11:00 | 2025-10-05T02:45+11:00
2025-04-06 | Australia/Lord_Howe | | 2025-04-06T00:00+11:00 | 2025-04-07T00:00+10:30
2025-04-06 | Australia/Lord_Howe | 01:45–01:45 | 2025-04-06T01:45+11:00 | 2025-04-06T01:45+10:30
2011-12-29 | Pacific/Apia | | 2011-12-29T00:00-10:00 | 2011-12-31T00:00+14:00
2011-12-31 | Pacific/Apia | | 2011-12-31T00:00+14:00 | 2012-01-01T00:00+14:00
2011-12-29/2011-12-31 | Pacific/Apia | 10:00–12:00 | 2011-12-29T10:00-10:00 | 2011-12-31T12:00+14:00
2011-12-30 | Pacific/Apia | | 2011-12-31T00:00+14:00 | 2011-12-31T00:00+14:00
2011-12-30 | Pacific/Apia | 10:00– | 2011-12-31T10:00+14:00 | 2011-12-31T10:00+14:00
"""


def rows(table):
    return [[cell.strip() for cell in row.split("|")] for row in table.strip().splitlines()]


@pytest.mark.parametrize(("edtf", "zone", "times", "starts_at", "ends_at"), rows(DAYS))
def test_a_day_begins_and_ends_by_the_clocks_of_its_place(edtf, zone, times, starts_at, ends_at):
    value = make_event_date(edtf, zone, times)

    assert (value.starts_at, value.ends_at) == (instant(starts_at), instant(ends_at))


# date | zone | hemisphere | over from, by the clocks of the place
ENDS = """
2025-23 | Europe/Rome | north | 2025-12-01T00:00+01:00
2025-21 | Europe/Rome | north | 2025-06-01T00:00+02:00
2025-24 | Europe/Rome | north | 2026-03-01T00:00+01:00
2027-24 | Europe/Madrid | north | 2028-03-01T00:00+01:00
2025-23 | America/Argentina/Buenos_Aires | south | 2025-06-01T00:00-03:00
2025-21 | America/Sao_Paulo | south | 2025-12-01T00:00-03:00
2025-22 | Australia/Lord_Howe | south | 2026-03-01T00:00+11:00
2025-24 | America/Santiago | south | 2025-09-01T00:00-04:00
2025-36 | Pacific/Apia | south | 2026-01-01T00:00+13:00
2011 | Pacific/Apia | south | 2012-01-01T00:00+14:00
2025 | America/Santiago | south | 2026-01-01T00:00-03:00
2025-12 | Europe/Madrid | north | 2026-01-01T00:00+01:00
2025-12-31 | Australia/Lord_Howe | south | 2026-01-01T00:00+11:00
2025-12-31/2026-01-01 | Europe/Madrid | north | 2026-01-02T00:00+01:00
2025-10 | Europe/Madrid | north | 2025-11-01T00:00+01:00
202X | Europe/Madrid | north | 2030-01-01T00:00+01:00
"""


@pytest.mark.parametrize(("edtf", "zone", "hemisphere", "over"), rows(ENDS))
def test_an_event_is_over_exactly_when_its_last_possible_day_is(edtf, zone, hemisphere, over):
    value = make_event_date(edtf, zone, southern=hemisphere == "south")

    assert value.is_over(instant(over) - SECOND) is False
    assert value.is_over(instant(over)) is True


# deadline | zone | moment, by the clocks of the place | days left
LEFT = """
2026-01-01 | Europe/Madrid | 2025-12-31T23:59+01:00 | 1
2026-01-01 | Europe/Madrid | 2026-01-01T00:00+01:00 | 0
2026-01-01 | Pacific/Apia | 2025-12-31T10:59+00:00 | 1
2026-01-01 | Pacific/Apia | 2025-12-31T11:00+00:00 | 0
2025-03-31 | Europe/Madrid | 2025-03-29T12:00+01:00 | 2
2025-10-27 | Europe/Madrid | 2025-10-25T00:00+02:00 | 2
2018-11-04 | America/Sao_Paulo | 2018-11-03T23:59-03:00 | 1
2018-11-04 | America/Sao_Paulo | 2018-11-04T01:00-02:00 | 0
2019-02-17 | America/Sao_Paulo | 2019-02-16T23:30-02:00 | 1
2019-02-17 | America/Sao_Paulo | 2019-02-16T23:30-03:00 | 1
2019-02-16 | America/Sao_Paulo | 2019-02-16T23:59-03:00 | 0
2025-09-07 | America/Santiago | 2025-09-06T23:59-04:00 | 1
2025-10-05 | Australia/Lord_Howe | 2025-10-05T23:59+11:00 | 0
2025-10-05 | Australia/Lord_Howe | 2025-10-06T00:00+11:00 | None
2011-12-31 | Pacific/Apia | 2011-12-29T23:59-10:00 | 2
2011-12-31 | Pacific/Apia | 2011-12-31T00:00+14:00 | 0
2025-23 | Europe/Rome | 2025-11-30T23:59+01:00 | None
"""


@pytest.mark.parametrize(("edtf", "zone", "now", "days"), rows(LEFT))
def test_days_left_count_dates_and_not_hours(edtf, zone, now, days):
    value = make_event_date(edtf, zone)

    assert value.days_left(instant(now)) == (None if days == "None" else int(days))
