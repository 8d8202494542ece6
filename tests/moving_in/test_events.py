"""Events of WordPress: by a plugin's fields, or by a category and what the text says of the date."""

import datetime

import pytest

from agenda.models import Event
from moving_in.event_dates import by_words
from news.models import Post
from tests.moving_in.exports import item, joined, written
from tests.moving_in.imports import became, bring_in

TODAY = datetime.date(2019, 5, 3)


@pytest.mark.parametrize(
    ("lines", "edtf", "starts"),
    [
        (["Annual meeting, 14 November 2025"], "2025-11-14", None),
        (["Encuentro", "Fecha: 3 y 4 de mayo de 2019", "Lugar: Rosario"], "2019-05-03/2019-05-04", None),
        (["Le congrès", "Le congrès aura lieu du 12 au 14 octobre 2024 à Lyon."], "2024-10-12/2024-10-14", None),
        (["Assemblea", "Dimarts 5 de juny de 2018 a les 10:30 h, a Barcelona"], "2018-06-05", "10:30"),
        (["Reunião", "A reunião é no dia 7 de março de 2020, às 18h, em Lisboa."], "2020-03-07", "18:00"),
        (["Congress – autumn 2025"], "2025-23", None),
        (["Summer school", "When? June 2021"], "2021-06", None),
        (["Meeting on 5 June"], "2019-06-05", None),
        (["12/06/2020 | Lyon"], "2020-06-12", None),
        (["Hello", "We met 12 mayors in 2019 and it was great."], "XXXX", None),
        (["Congress 2026"], "XXXX", None),
        (["Date: to be announced"], "XXXX", None),
        (["", ""], "XXXX", None),
        (["1 " * 500], "XXXX", None),
    ],
)
def test_dates_are_read_from_titles_and_first_lines(lines, edtf, starts):
    found = by_words(lines, TODAY)

    assert (found.edtf, found.start_time and f"{found.start_time:%H:%M}") == (edtf, starts)


@pytest.mark.django_db
@pytest.mark.parametrize("slug", ["agenda", "events", "eventos", "evenements", "esdeveniments"])
def test_posts_of_an_event_category_become_events(tmp_path, slug):
    told = bring_in(
        written(
            tmp_path,
            item(1, "Meeting in Rosario", "<p>12 May 2019, 10:00</p><p>All come.</p>", terms=[("category", slug)]),
        )
    )

    event = Event.objects.get()
    assert (event.title_en, event.date, event.start_time) == ("Meeting in Rosario", "2019-05-12", datetime.time(10))
    assert (event.state, event.kind) == ("published", "other")
    assert event.body_en == "<p>12 May 2019, 10:00</p>\n<p>All come.</p>"
    assert told.of("date_read") == [(1, "“Meeting in Rosario”: “12 May 2019, 10:00” was read as 2019-05-12")]
    assert Post.objects.count() == 0


@pytest.mark.django_db
def test_a_webmaster_names_the_categories_of_events(tmp_path):
    bring_in(
        written(tmp_path, item(1, terms=[("category", "cites")]), item(2, terms=[("category", "agenda")])),
        events=["cites"],
    )

    assert (type(became(1)), type(became(2))) == (Event, Post)


@pytest.mark.django_db
def test_a_date_that_cannot_be_read_is_to_be_announced_in_a_draft_and_told(tmp_path):
    told = bring_in(
        written(tmp_path, item(1, "Come one, come all", "<p>Soon.</p><p>Really.</p>", terms=[("category", "agenda")]))
    )

    event = Event.objects.get()
    assert (event.date, event.state) == ("XXXX", "draft")
    assert told.of("date") == [(1, "“Come one, come all”: read in vain: Come one, come all | Soon. | Really.")]


@pytest.mark.django_db
def test_an_event_of_the_events_calendar(tmp_path, client):
    bring_in(
        written(
            tmp_path,
            item(40, "City Hall", kind="tribe_venue", meta={"_VenueCity": "Rosario"}),
            item(
                41,
                "Assembly",
                kind="tribe_events",
                link="https://old.example.org/event/assembly/",
                meta={
                    "_EventStartDate": "2026-05-10 09:30:00",
                    "_EventEndDate": "2026-05-12 18:00:00",
                    "_EventTimezone": "America/Argentina/Buenos_Aires",
                    "_EventVenueID": "40",
                    "_EventURL": "https://example.org/assembly",
                },
            ),
        )
    )

    event = Event.objects.get()
    assert (event.date, event.start_time, event.end_time) == (
        "2026-05-10/2026-05-12",
        datetime.time(9, 30),
        datetime.time(18),
    )
    assert (event.timezone, event.place) == ("America/Argentina/Buenos_Aires", "City Hall, Rosario")
    assert (event.url, event.state) == ("https://example.org/assembly", "published")
    assert client.get("/event/assembly").headers["Location"] == event.get_absolute_url()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("meta", "date", "starts", "ends"),
    [
        (
            {"_EventStartDate": "2026-05-10 00:00:00", "_EventEndDate": "2026-05-10 23:59:59", "_EventAllDay": "yes"},
            "2026-05-10",
            None,
            None,
        ),
        (
            {"_event_start_date": "2026-05-10", "_event_start_time": "09:00:00", "_event_end_time": "11:00:00"},
            "2026-05-10",
            "09:00",
            "11:00",
        ),
        ({"event_date": "20260510", "event_time": "6:30 pm"}, "2026-05-10", "18:30", None),
        ({"evcal_srow": "1778407200", "evcal_erow": "1778410800"}, "2026-05-10", "10:00", "11:00"),
        (
            {"_EventStartDate": "2026-05-10 10:00:00", "_EventEndDate": "2026-05-09 10:00:00"},
            "2026-05-10",
            "10:00",
            None,
        ),
        ({"_EventStartDate": "2026-05-10 10:00:00", "_EventTimezone": "../../etc"}, "2026-05-10", "10:00", None),
        ({"_EventStartDate": "2026-05-10 10:00:00", "_EventTimezone": "UTC+1"}, "2026-05-10", "10:00", None),
        ({"_EventStartDate": "2026-13-40 10:00:00"}, "XXXX", None, None),
        ({"_EventStartDate": "9999-12-31 10:00:00"}, "XXXX", None, None),
    ],
)
def test_fields_of_plugins(tmp_path, meta, date, starts, ends):
    bring_in(written(tmp_path, item(1, "Event", kind="event", meta=meta)))

    event = Event.objects.get()
    times = tuple(at and f"{at:%H:%M}" for at in (event.start_time, event.end_time))
    assert (event.date, *times, event.timezone) == (date, starts, ends, "")


@pytest.mark.django_db
def test_the_date_of_a_translated_event_comes_from_the_language_that_tells_it(tmp_path):
    marks = [("category", "agenda")]
    bring_in(
        written(
            tmp_path,
            joined("g", {"en": 1, "es": 2}),
            item(1, "Meeting", "<p>Soon.</p>", terms=[*marks, ("language", "en")]),
            item(2, "Reunión", "<p>3 de mayo de 2020</p>", terms=[*marks, ("language", "es")]),
        )
    )

    event = Event.objects.get()
    assert (event.date, event.title_en, event.title_es) == ("2020-05-03", "Meeting", "Reunión")


@pytest.mark.django_db
def test_an_event_stays_one_when_its_category_changes(tmp_path):
    bring_in(written(tmp_path, item(1, "Meeting, 3 May 2019", terms=[("category", "agenda")])))
    bring_in(written(tmp_path, item(1, "Meeting, 3 May 2019, moved", terms=[("category", "news")])))

    assert Event.objects.get().title_en == "Meeting, 3 May 2019, moved"
    assert Post.objects.count() == 0
