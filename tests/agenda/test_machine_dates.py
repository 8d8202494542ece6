from datetime import UTC, datetime, time

import pytest

from agenda.dates import EventDate
from agenda.machine_dates import datetime_values, local_moment
from publishing.dates import parse_edtf


@pytest.mark.parametrize(
    ("edtf", "start", "end", "values"),
    [
        ("2025-11-14", None, None, ("2025-11-14", "")),
        ("2025-11-14", time(12, 50), None, ("2025-11-14T12:50+01:00", "")),
        ("2025-11-14", time(12, 50), time(14), ("2025-11-14T12:50+01:00", "")),
        ("2025-11-14", None, time(14), ("2025-11-14", "")),
        ("2025-10-01/2025-10-03", None, None, ("2025-10-01", "2025-10-03")),
        ("2025-10-25/2025-10-26", time(9), time(18), ("2025-10-25T09:00+02:00", "2025-10-26T18:00+01:00")),
        ("2025-10-01/2025-10-03", time(9), None, ("2025-10-01T09:00+02:00", "2025-10-03")),
        ("2025-11", None, None, ("2025-11", "")),
        ("2025-11/2026-02", None, None, ("2025-11", "2026-02")),
        ("2025", None, None, ("2025", "")),
        ("2025/2027", None, None, ("2025", "2027")),
        ("2025-23", None, None, ("", "")),
        ("2025-36", None, None, ("", "")),
        ("199X", None, None, ("", "")),
        ("2025-11-14~", None, None, ("", "")),
        ("2025~", None, None, ("", "")),
        ("XXXX", None, None, ("", "")),
    ],
)
def test_html_is_told_as_much_as_is_known(edtf, start, end, values):
    value = EventDate(when=parse_edtf(edtf), time_zone="Europe/Madrid", start_time=start, end_time=end)

    assert datetime_values(value) == values


@pytest.mark.parametrize(
    ("instant", "zone", "text"),
    [
        (datetime(2025, 11, 14, 7, 20, tzinfo=UTC), "Asia/Kolkata", "2025-11-14T12:50+05:30"),
        (datetime(2025, 11, 14, 11, 50, tzinfo=UTC), "UTC", "2025-11-14T11:50+00:00"),
        # Fourteen minutes and 44 seconds behind Greenwich: HTML has no such offset.
        (datetime(1899, 11, 14, 12, 0, tzinfo=UTC), "Europe/Madrid", "1899-11-14T12:00Z"),
    ],
)
def test_a_moment_is_written_with_the_offset_of_its_clocks(instant, zone, text):
    assert local_moment(instant, zone) == text
