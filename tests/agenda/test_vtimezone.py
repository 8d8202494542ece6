"""By the time zones that a calendar brings along, its times mean the moments that they mean to us."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from agenda.vtimezone import changes, offset, timezone_lines

ZONES = [
    "Europe/Madrid",
    "Europe/Dublin",
    "America/Santiago",
    "America/Sao_Paulo",  # no change since 2019
    "Australia/Lord_Howe",  # half an hour
    "Asia/Kathmandu",
    "Africa/Casablanca",  # put back for Ramadan
    "Europe/Istanbul",  # stayed on summer time in 2016
    "America/St_Johns",
    "Pacific/Apia",  # left out a day in 2011
    "Etc/GMT+12",
]


def moment(lines, local):
    """As RFC 5545 reads a time: by the observance that begins last before it."""
    onsets = []
    for line in lines:
        name, _, value = line.partition(":")
        if name == "DTSTART":
            onset = datetime.strptime(value, "%Y%m%dT%H%M%S")
        elif name == "TZOFFSETTO":
            onsets.append((onset, timedelta(hours=int(value[:3]), minutes=int(value[0] + value[3:5]))))
    return (local - max(onset for onset in onsets if onset[0] <= local)[1]).replace(tzinfo=UTC)


@pytest.mark.parametrize("name", ZONES)
def test_every_time_means_the_same_moment(name):
    zone = ZoneInfo(name)
    times = [datetime(2009, 1, 1, 3, tzinfo=zone) + timedelta(days=days) for days in range(0, 9000, 3)]
    # Those beside a change too, hour by hour.
    times += [
        (change.at + timedelta(hours=hours)).astimezone(zone)
        for change in changes(name, 2019)
        for hours in range(-5, 5)
    ]
    times = [time for time in times if time.utcoffset() == time.replace(fold=1 - time.fold).utcoffset()]

    lines = list(timezone_lines(name, times))

    assert {moment(lines, time.replace(tzinfo=None)) for time in times} == {time.astimezone(UTC) for time in times}


def test_only_what_the_times_need_is_written():
    def size(*times):
        lines = list(
            timezone_lines("Europe/Madrid", [time.replace(tzinfo=ZoneInfo("Europe/Madrid")) for time in times])
        )
        return sum(line.startswith("DTSTART") for line in lines)

    summer, winter = datetime(2026, 7, 1, 10), datetime(2027, 1, 10, 10)
    assert size(summer) == 1
    assert size(summer, summer + timedelta(days=60)) == 1
    assert size(summer, summer.replace(year=2036)) == 1  # the winters between them do not matter
    assert size(summer, winter, summer.replace(year=2036)) == 3


def test_a_zone_of_one_summer_is_ten_lines():
    assert list(
        timezone_lines("Australia/Lord_Howe", [datetime(2026, 12, 1, 9, tzinfo=ZoneInfo("Australia/Lord_Howe"))])
    ) == [
        "BEGIN:VTIMEZONE",
        "TZID:Australia/Lord_Howe",
        "BEGIN:DAYLIGHT",
        "DTSTART:20261004T020000",
        "TZOFFSETFROM:+1030",
        "TZOFFSETTO:+1100",
        "TZNAME:+11",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (timedelta(0), "+0000"),
        (timedelta(hours=-3, minutes=-30), "-0330"),
        (timedelta(minutes=-14, seconds=-44), "-001444"),  # Madrid before 1901
    ],
)
def test_an_offset_is_written_with_its_sign(value, written):
    assert offset(value) == written
