from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError

from agenda.models import NEVER, Event
from tests.factories import make_city, make_event

pytestmark = pytest.mark.django_db


def test_the_agenda_is_ordered_by_first_instant_exact_before_vague_and_unknown_last():
    shuffled = ["XXXX", "2031", "2031-01-01", "2031-01", "2030-12-31", "2031-21", "2031-01-01/2031-01-03"]
    for date in shuffled:
        make_event(date=date)

    assert [event.date for event in Event.objects.published().upcoming(at=datetime(2030, 1, 1, tzinfo=UTC))] == [
        "2030-12-31",
        "2031-01-01",
        "2031-01-01/2031-01-03",
        "2031-01",
        "2031",
        "2031-21",
        "XXXX",
    ]


def test_a_date_to_be_announced_is_never_over():
    event = make_event(date="XXXX")

    assert (event.starts_at, event.ends_at, event.earliest, event.is_over) == (NEVER, NEVER, None, False)


def test_saving_the_date_alone_saves_what_follows_from_it():
    event = make_event(date="2030-05-03", timezone="Europe/Madrid")
    event.date = "2031-07-01"

    event.save(update_fields=["date"])

    event.refresh_from_db()
    assert (event.starts_at, event.first_year) == (datetime(2031, 6, 30, 22, tzinfo=UTC), 2031)


def test_a_city_that_moves_to_another_time_zone_takes_its_events_along():
    city = make_city(timezone="Europe/Madrid")
    event = make_event(date="2027-01-01", city=city)
    assert event.starts_at == datetime(2026, 12, 31, 23, tzinfo=UTC)

    city.timezone = "Asia/Seoul"
    city.save()

    event.refresh_from_db()
    assert event.starts_at == datetime(2026, 12, 31, 15, tzinfo=UTC)


def test_a_season_follows_the_hemisphere_of_its_city():
    city = make_city(latitude=41.0)
    event = make_event(date="2030-23", city=city)
    assert (event.earliest.month, event.latest.month) == (9, 11)

    city.latitude = -34.0
    city.save()

    event.refresh_from_db()
    assert (event.earliest.month, event.latest.month) == (3, 5)


def test_an_event_over_new_year_is_in_both_archives(client):
    make_event(date="2031-12-28/2032-01-03")

    assert Event.objects.published().years() == [2032, 2031]
    assert [client.get(f"/en/agenda/{year}/").status_code for year in (2031, 2032, 2033)] == [301, 301, 404]
    assert client.get("/en/agenda/2031/").url == "/en/agenda/?year=2031"
    assert [len(client.get(f"/en/agenda/?year={year}").context["page"]) for year in (2031, 2032, 2033)] == [1, 1, 0]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"date": "2030-13"}, "date"),
        ({"date": "2030", "start_time": "10:00"}, "date"),
        ({"date": "2030-05-03", "start_time": "10:00", "end_time": "09:00"}, "date"),
    ],
)
def test_dates_and_times_that_do_not_go_together_are_told_beside_the_date(fields, wrong):
    event = Event(title_en="Event", **fields)

    with pytest.raises(ValidationError) as error:
        event.full_clean()

    assert wrong in error.value.message_dict
