"""Three programs that people's calendars are built on, each asked what it understood of a calendar."""

import json
import shutil
import subprocess
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import icalendar
import pytest

from tests.conftest import leave_out

HERE = Path(__file__).resolve().parent
PACKAGES = HERE.parents[2] / "var" / "test-tools" / "calendar-readers"


@cache
def node():
    """The Node that Playwright brings along, else the machine's own."""
    import playwright

    candidates = [str(Path(playwright.__file__).parent / "driver" / "node"), shutil.which("node")]
    for candidate in filter(None, candidates):
        try:
            run = subprocess.run([candidate, "--version"], capture_output=True, text=True)
        except OSError:
            continue
        if run.returncode == 0 and int(run.stdout.strip().lstrip("v").partition(".")[0]) >= 20:
            return candidate
    return None


def read_by_icalendar(calendar: bytes):
    """[{"uid", "sequence", "summary", …, "start", "end"}, …]; days as dates, moments in UTC."""
    return [
        {
            "uid": str(event["UID"]),
            "sequence": event["SEQUENCE"],
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "location": str(event["LOCATION"]) if "LOCATION" in event else None,
            "status": str(event["STATUS"]),
            "all_day": not isinstance(event.start, datetime),
            "start": as_utc(event.start),
            "end": as_utc(event.end),
        }
        for event in icalendar.Calendar.from_ical(calendar).walk("VEVENT")
    ]


def read_by_program(name):
    def read(calendar: bytes):
        if node() is None:
            leave_out("Node 20 or newer is missing")
        if not PACKAGES.exists():
            leave_out("The calendar readers are missing; `make test` fetches them")
        run = subprocess.run(
            [node(), HERE / "read.cjs", name, PACKAGES], input=calendar, capture_output=True, check=False
        )
        assert run.returncode == 0, run.stderr.decode()
        events = json.loads(run.stdout)
        for event in events:
            for end in ("start", "end"):
                convert = date.fromisoformat if event["all_day"] else datetime.fromisoformat
                event[end] = convert(event[end])
        return events

    return read


def as_utc(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value


READERS = {
    "icalendar": read_by_icalendar,
    "ical.js": read_by_program("ical.js"),
    "node-ical": read_by_program("node-ical"),
}
every_reader = pytest.mark.parametrize("read", READERS.values(), ids=READERS)
