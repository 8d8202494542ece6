"""A feed is fetched again and again: it travels only when it changed, and then always."""

import gzip
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from agenda.models import Event
from publishing.models import State
from publishing.public_page import CACHE_CONTROL
from tests.factories import make_city, make_event

pytestmark = pytest.mark.django_db

FORMATS = {
    "/en/agenda.ics": "text/calendar; charset=utf-8",
    "/en/agenda.atom": "application/atom+xml; charset=utf-8",
    "/en/agenda.json": "application/feed+json; charset=utf-8",
}
every_feed = pytest.mark.parametrize("address", FORMATS)


@pytest.fixture
def clock():
    with time_machine.travel("2026-06-15T10:00:00Z", tick=False) as traveller:
        yield traveller


@every_feed
def test_a_feed_is_the_same_for_everybody_and_for_every_site(client, address):
    make_event()

    response = client.get(address)

    names = ("Content-Type", "Cache-Control", "Content-Language", "Vary", "X-Robots-Tag")
    assert (response.status_code, *(response.headers[name] for name in names)) == (
        *(200, FORMATS[address], CACHE_CONTROL, "en", "Accept-Encoding"),
        "noindex",
    )
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (dict(response.cookies), client.post(address).status_code) == ({}, 405)


@every_feed
def test_who_has_a_feed_does_not_get_it_again(client, clock, address):
    make_event()
    first = client.get(address)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    clock.shift(timedelta(days=1))

    for asked in (
        {"if-none-match": tag},
        {"if-none-match": f'"other", W/{tag}'},
        {"if-modified-since": date},
        {"if-none-match": tag, "if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"},
    ):
        for method in (client.get, client.head):
            again = method(address, headers=asked)
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["ETag"].removeprefix("W/") == tag
            assert again.headers["Last-Modified"] == date
            assert again.headers["Cache-Control"] == CACHE_CONTROL
            assert (again.headers["Vary"], again.headers["Access-Control-Allow-Origin"]) == ("Accept-Encoding", "*")
    for asked in (
        {"if-none-match": '"other"'},
        {"if-none-match": '"other"', "if-modified-since": date},
        {"if-modified-since": "Mon, 01 Jan 2024 00:00:00 GMT"},
        {"if-modified-since": "yesterday"},
    ):
        assert client.get(address, headers=asked).status_code == 200


@every_feed
def test_head_tells_what_get_would_send(client, address):
    make_event()

    got, told = client.get(address), client.head(address)

    assert (told.status_code, told.content) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert told.headers[name] == got.headers[name]


@every_feed
def test_a_feed_that_travelled_compressed_is_known_again(client, address):
    for _ in range(5):
        make_event()
    plain, packed = client.get(address), client.get(address, headers={"accept-encoding": "gzip"})

    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["ETag"] == f"W/{plain.headers['ETag']}"
    again = client.get(address, headers={"accept-encoding": "gzip", "if-none-match": packed.headers["ETag"]})
    assert (again.status_code, again.headers["ETag"]) == (304, packed.headers["ETag"])


def edit(event):
    event.title_en = "Other"
    event.save()


def take_back(event):
    event.take_back()


def move_away(event):
    event.kind = Event.Kind.TRAINING
    event.save()


def delete(event):
    event.delete()


def delete_past_the_model(event):
    Event.objects.filter(pk=event.pk)._raw_delete(using="default")


def move_its_city(event):
    event.city.longitude = 7.5
    event.city.name = "Elsewhere"
    event.city.save()


@pytest.mark.parametrize(
    "change",
    [edit, take_back, move_away, delete, delete_past_the_model, move_its_city],
    ids=lambda change: change.__name__,
)
@pytest.mark.parametrize("after", [timedelta(0), timedelta(days=1)], ids=["in the same second", "a day later"])
@every_feed
def test_who_knows_only_the_date_misses_no_change(client, clock, address, change, after):
    address = f"{address}?kind=meeting"
    make_event(updated_at=datetime(2027, 1, 1, tzinfo=UTC))
    event = make_event(city=make_city())
    first = client.get(address)
    clock.shift(after)
    change(event)

    again = client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]})

    assert (again.status_code, again.content != first.content) == (200, True)
    assert again.headers.get("Last-Modified") != first.headers["Last-Modified"]
    clock.shift(timedelta(seconds=2))
    dated = client.get(address)
    third = client.get(address, headers={"if-modified-since": dated.headers["Last-Modified"]})
    assert (dated.content, third.status_code) == (again.content, 304)


@pytest.mark.parametrize(
    "fields",
    [
        {"publish_at": datetime(2026, 6, 15, 10, 30, tzinfo=UTC)},
        {"withdraw_at": datetime(2026, 6, 15, 10, 30, tzinfo=UTC)},
        {"date": "2026-06-15", "start_time": "11:00", "end_time": "12:30", "timezone": "Europe/Madrid"},
    ],
    ids=lambda fields: next(iter(fields)),
)
@every_feed
def test_nor_a_moment_at_which_nobody_changes_anything(client, clock, address, fields):
    make_event(**fields)
    make_event(state=State.DRAFT)
    first = client.get(address)
    clock.shift(timedelta(hours=1))

    again = client.get(address, headers={"if-modified-since": first.headers["Last-Modified"]})

    assert (again.status_code, again.content != first.content) == (200, True)


def test_two_choices_do_not_share_a_date(client, clock):
    make_event()
    first = client.get("/en/agenda.ics").headers["Last-Modified"]
    clock.shift(timedelta(hours=1))

    other = client.get("/en/agenda.ics?kind=meeting").headers["Last-Modified"]

    assert (other != first, client.get("/en/agenda.ics?utm_source=x").headers["Last-Modified"]) == (True, first)
