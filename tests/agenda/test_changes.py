"""What a calendar must hear of: every change raises the sequence number and the moment of the last change."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from agenda.models import Event
from publishing.models import State
from tests.factories import make_city, make_event, make_network

pytestmark = pytest.mark.django_db


def stored(event):
    return Event.objects.values("sequence", "updated_at", "uid").get(pk=event.pk)


def test_every_event_has_a_name_of_its_own_for_ever():
    one, other = make_event(), make_event()
    name = one.uid

    one.title_en, one.date, one.state = "Other", "2031-23", State.DRAFT
    one.save()

    assert isinstance(name, UUID)
    assert (Event.objects.get(pk=one.pk).uid, one.uid != other.uid) == (name, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"title_fr": "Rencontre"},
        {"date": "2030-06"},
        {"start_time": "10:00"},
        {"status": Event.Status.CANCELLED},
        {"place": "Torino"},
        {"state": State.DRAFT},
        {"body_en": "<p>More</p>"},
        {"slug_en": "other-address"},
    ],
    ids=lambda changes: next(iter(changes)),
)
@pytest.mark.parametrize("way", ["save", "save of one column", "update", "bulk_update"])
def test_a_change_is_counted_however_it_was_made(changes, way):
    event = make_event()
    before = stored(event)

    if way == "update":
        Event.objects.filter(pk=event.pk).update(**changes)
    else:
        for name, value in changes.items():
            setattr(event, name, value)
        if way == "bulk_update":
            Event.objects.bulk_update([event], list(changes))
        else:
            event.save(update_fields=list(changes) if "column" in way else None)

    after = stored(event)
    assert after["sequence"] == before["sequence"] + 1
    assert after["updated_at"] > before["updated_at"]


def test_saving_without_a_change_is_no_change():
    event = make_event(city=make_city(), network=make_network(), start_time="10:00", summary_es="")

    Event.objects.get(pk=event.pk).save()
    event.save()
    fresh = Event.objects.only("title_en").get(pk=event.pk)
    fresh.slug_en = ""  # as the form sends it: make it from the title
    fresh.save()

    assert stored(event)["sequence"] == 0


def test_two_editors_both_raise_the_number():
    event = make_event()
    one, other = Event.objects.get(pk=event.pk), Event.objects.get(pk=event.pk)

    one.title_en = "One"
    one.save()
    other.title_en = "Other"
    other.save()

    assert stored(event)["sequence"] == 2


def test_publishing_and_taking_back_count():
    event = make_event(state=State.DRAFT)

    event.publish()
    event.take_back()

    assert stored(event)["sequence"] == 2


def test_a_date_changed_in_bulk_takes_along_what_follows_from_it():
    rome = make_city(country="IT", timezone="Europe/Rome", latitude=41.9)
    south = make_city(country="AR", timezone="America/Argentina/Buenos_Aires", latitude=-34.6)
    events = [make_event(city=rome), make_event(city=south)]

    assert Event.objects.filter(date="2030-05-03").update(date="2031-23") == 2

    bounds = {
        event.city_id: (event.earliest.month, event.latest.month, event.first_year) for event in Event.objects.all()
    }
    assert bounds == {rome.pk: (9, 11, 2031), south.pk: (3, 5, 2031)}
    assert [stored(event)["sequence"] for event in events] == [1, 1]

    Event.objects.filter(city=rome).update(city=south)

    moved = Event.objects.get(pk=events[0].pk)
    assert (moved.earliest.month, moved.country) == (3, "AR")


def test_events_made_in_bulk_know_their_bounds():
    city = make_city(country="IT", timezone="Europe/Rome")
    slugs = {f"slug_{code}": "made-in-bulk" for code in ("en", "es", "fr", "ca", "pt")}

    Event.objects.bulk_create([Event(title_en="Bulk", date="2030-05-03", city=city, state=State.PUBLISHED, **slugs)])

    event = Event.objects.get(slug_en="made-in-bulk")
    assert (event.ends_at, event.country) == (datetime(2030, 5, 3, 22, tzinfo=UTC), "IT")


def test_the_country_is_that_of_the_city():
    city = make_city(country="IT")
    event = make_event(city=city, country="ES")
    assert event.country == "IT"

    city.country = "SM"
    city.save()

    event.refresh_from_db()
    assert (event.country, make_event(country="ES").country) == ("SM", "ES")
