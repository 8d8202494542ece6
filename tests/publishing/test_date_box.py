"""A date goes into the admin in words and comes back in words; the database keeps EDTF."""

import datetime

import pytest
from django import forms
from django.apps import apps
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import translation

from agenda.models import Event
from networks.models import Network
from publishing.date_box import LONGEST_TEXT, DateBoxField, words_of
from publishing.date_field import EdtfField
from tests.admin.forms import address, as_it_stands, errors_of
from tests.factories import (
    make_city,
    make_edition,
    make_editor,
    make_event,
    make_member_count,
    make_network,
    make_site_identity,
)

EDTF = [
    *["2025-11-14", "2025-11-01", "2025-10-01/2025-10-03", "2025-09-26/2025-09-27", "2025-12-30/2026-01-02"],
    *["2025-11", "2025-09/2025-11", "2025-12/2026-02", "2025-21", "2025-22", "2025-23", "2025-24", "2026-34"],
    *["2028", "2025/2027", "199X", "2017-04~", "2017~", "2017-04-07~", "2025-23~", "XXXX"],
]
EVENT = {"source_language": "es", "title_es": "Encuentro", "kind": "meeting", "status": "confirmed", "state": "draft"}


@pytest.fixture
def desk(client, db):
    client.force_login(make_editor())
    return client


def add(desk, **data):
    blank = as_it_stands(desk.get(address("add", Event)))
    return desk.post(address("add", Event), blank | EVENT | data)


def change(desk, item, **data):
    stands = as_it_stands(desk.get(address("change", item, item.pk)))
    return desk.post(address("change", item, item.pk), stands | data)


def shown(desk, item, field="date"):
    return as_it_stands(desk.get(address("change", item, item.pk)))[field][0]


def reading(desk, text, **parameters):
    return desk.get(reverse("admin:read_date"), {"text": text} | parameters)


def lines(response):
    """What the reading says: {"en": "English: …"}."""
    return {line["code"]: f"{line['name']}: {line['text']}" for line in response.context["reading"]["languages"]}


def test_every_date_column_is_written_in_a_date_box():
    columns = [
        (model, field) for model in apps.get_models() for field in model._meta.fields if isinstance(field, EdtfField)
    ]

    assert len(columns) > 10
    assert {type(field.formfield()) for model, field in columns} == {DateBoxField}
    # The admin would give a char column a box of its own.
    assert {type(field.formfield(widget=forms.Textarea).widget).__name__ for model, field in columns} == {"DateBox"}


@pytest.mark.parametrize("language", ["en", "es", "fr", "ca", "pt"])
@pytest.mark.parametrize("edtf", EDTF)
@pytest.mark.parametrize("southern", [False, True])
def test_the_words_that_a_form_opens_with_mean_the_stored_date(edtf, language, southern):
    with translation.override(language):
        field = DateBoxField()
        field.widget.southern = southern
        field.widget.city_field = "city"
        words = field.prepare_value(edtf)

        assert field.clean(words) == edtf
        assert not field.has_changed(edtf, words)
        assert words != edtf or edtf.isdigit()


@pytest.mark.parametrize(("text", "changed"), [("14 de noviembre de 2025", False), ("2025-11-14", False), ("", True)])
def test_meanings_are_compared(text, changed):
    assert DateBoxField(required=False).has_changed("2025-11-14", text) is changed


@pytest.mark.parametrize("text", ["15 November 2025", "November 2025", "never heard of"])
def test_another_meaning_is_a_change(text):
    assert DateBoxField().has_changed("2025-11-14", text)


def test_a_box_that_stays_empty_has_not_changed():
    field = DateBoxField(required=False)

    assert [field.has_changed(initial, "") for initial in ("", None)] == [False, False]
    assert field.clean("  ") == ""


def test_a_stored_text_that_is_no_date_is_shown_as_it_is():
    assert words_of("2025-99") == "2025-99"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1-3 October 2025", "2025-10-01/2025-10-03"),
        ("tardor 2025", "2025-23"),
        ("Q2 2026", "2026-34"),
        ("to be announced", "XXXX"),
        (" 14 de noviembre de 2025 ", "2025-11-14"),
        ("2025-11-14", "2025-11-14"),
    ],
)
def test_what_people_write_is_stored_as_edtf(desk, text, edtf):
    response = add(desk, date=text)

    assert response.status_code == 302, errors_of(response)
    assert Event.objects.get().date == edtf


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "1–3 October 2025"), ("fr", "1er–3 octobre 2025"), ("ca", "1–3 d’octubre del 2025")],
)
def test_a_form_opens_with_the_editors_words_and_their_reading(desk, language, words):
    event = make_event(date="2025-10-01/2025-10-03")

    page = desk.get(address("change", event, event.pk), headers={"accept-language": language})

    assert as_it_stands(page)["date"] == [words]
    html = page.content.decode()
    assert html.count('<span class="date-reading-line"') == 5
    assert html.index(f'date-reading-line" lang="{language}"') == html.index("date-reading-line")
    assert '<code translate="no">2025-10-01/2025-10-03</code>' in html


def test_an_unreadable_date_is_explained_and_kept_as_typed(desk):
    response = add(desk, date="14 Nowember <2025>", title_es="Encuentro")

    [error] = errors_of(response)["date"]
    assert "2025" in error
    html = response.content.decode()
    assert 'value="14 Nowember &lt;2025&gt;"' in html
    assert "date-reading-problem" not in html  # the form's error says it
    assert Event.objects.count() == 0


def test_a_date_that_was_understood_stays_as_typed_while_another_field_is_mended(desk):
    response = add(desk, date="2026-05", title_es="")

    assert list(errors_of(response)) == ["title_es"]
    assert as_it_stands(response)["date"] == ["2026-05"]
    assert "mayo de 2026" in response.content.decode()


def test_a_date_that_is_too_long_is_refused(desk):
    [error] = errors_of(add(desk, date="1 October 2025 " * 20))["date"]

    assert error == "This is too long for a date, which has 120 characters at most. For example “1–3 October 2025”."


def test_times_written_with_the_date_fill_their_fields(desk):
    response = add(desk, date="14 November 2025, 12:50–14:00")

    assert response.status_code == 302, errors_of(response)
    event = Event.objects.get()
    assert event.date == "2025-11-14"
    assert (event.start_time, event.end_time) == (datetime.time(12, 50), datetime.time(14))
    assert shown(desk, event) == "14 November 2025"


def test_times_that_say_the_same_in_both_places_are_taken(desk):
    assert add(desk, date="14 November 2025, 12:50", start_time="12:50", end_time="14:00").status_code == 302

    event = Event.objects.get()
    assert (event.start_time, event.end_time) == (datetime.time(12, 50), datetime.time(14))


def test_times_that_contradict_their_fields_are_refused(desk):
    event = make_event(date="2025-11-14", start_time="10:00")

    response = change(desk, event, date="14 November 2025, 12:50–14:00")

    message = "With the date you wrote 12:50, here stands 10:00. Correct one or delete it."
    assert errors_of(response) == {"start_time": [message]}
    event.refresh_from_db()
    assert event.start_time == datetime.time(10)


def test_a_time_is_refused_where_there_is_no_field_for_it(desk):
    response = change(desk, make_edition(), date="14 November 2025, 12:50")

    assert errors_of(response) == {"date": ["Here a date has no time of day. Write for example “14 November 2025”."]}


def test_a_time_alone_counts_as_a_change(desk):
    field = DateBoxField()
    field.widget.takes_times = True

    assert field.has_changed("2025-11-14", "14 November 2025, 12:50")


def test_a_summer_over_new_year_is_one_of_the_south_only(desk):
    south, north = make_city(latitude=-34.6), make_city(latitude=41.4)

    assert "date" in errors_of(add(desk, date="summer 2025–2026"))
    assert "date" in errors_of(add(desk, date="summer 2025–2026", city=north.pk))
    assert "date" in errors_of(add(desk, date="winter 2025–2026", city=south.pk))
    response = add(desk, date="summer 2025–2026", city=south.pk)

    assert response.status_code == 302, errors_of(response)
    event = Event.objects.get()
    assert (event.date, event.latest) == ("2025-22", datetime.date(2026, 2, 28))
    assert shown(desk, event) == "Summer 2025–2026"


def test_the_reading_of_a_form_that_comes_back_knows_the_city(desk):
    response = add(desk, date="summer 2025–2026", city=make_city(latitude=-34.6).pk, title_es="")

    assert list(errors_of(response)) == ["title_es"]
    assert "verano de 2025–2026" in response.content.decode()


def test_an_edition_is_held_in_its_host_city(desk):
    edition = make_edition(host_city=make_city(latitude=-34.6), date="2028", year=2028)

    response = change(desk, edition, date="verano de 2028–2029")

    assert response.status_code == 302, errors_of(response)
    edition.refresh_from_db()
    assert (edition.date, edition.latest) == ("2028-22", datetime.date(2029, 2, 28))


def test_optional_dates_and_dates_in_rows_are_boxes_too(desk):
    network, count = make_network(), make_member_count(as_of="2020")

    assert change(desk, network, founded="about April 2017", active="2025–2027").status_code == 302
    network.refresh_from_db()
    assert (network.founded, network.active, network.reported_as_of) == ("2017-04~", "2025/2027", "")
    assert change(desk, make_site_identity(), **{"member_counts-0-as_of": "marzo de 2021"}).status_code == 302
    count.refresh_from_db()
    assert count.as_of == "2021-03"


def test_who_may_only_look_sees_an_event_without_a_form(client, db):
    viewer = make_editor(username="viewer")
    viewer.is_superuser = False
    viewer.save()
    viewer.user_permissions.add(Permission.objects.get(codename="view_event"))
    client.force_login(viewer)
    event = make_event()

    assert client.get(address("change", event, event.pk)).status_code == 200


def test_the_reading_says_the_date_in_every_language(desk):
    response = reading(desk, "1-3 October 2025")

    assert lines(response) == {
        "en": "English: 1–3 October 2025",
        "es": "español: 1–3 de octubre de 2025",
        "fr": "français: 1er–3 octobre 2025",
        "ca": "català: 1–3 d’octubre del 2025",
        "pt": "português: 1–3 de outubro de 2025",
    }
    assert response.context["reading"]["edtf"] == "2025-10-01/2025-10-03"
    assert response.context["reading"]["year_was_guessed"] is False
    assert "no-store" in response.headers["Cache-Control"]
    assert response.cookies == {}


def test_the_reading_of_a_season_names_its_months_where_it_is_held(desk):
    south = make_city(latitude=-34.6)

    def months(**parameters):
        return [line["months"] for line in reading(desk, "autumn 2025", **parameters).context["reading"]["languages"]]

    assert months()[0] == "Sep–Nov"
    assert months(city=south.pk)[0] == "Mar–May"
    assert months(city="9" * 30) == months(city="x") == months(city="-1") == months(city="٣") == months()
    assert "(Sep–Nov)" in reading(desk, "autumn 2025").content.decode()


def test_the_reading_says_when_the_year_was_guessed(desk):
    note = "No year was written: the next such date is taken."

    assert note in reading(desk, "14 November").content.decode()
    assert note not in reading(desk, "14 November 2025").content.decode()
    assert note not in reading(desk, "to be announced").content.decode()


def test_the_reading_shows_times_where_they_may_be_written(desk):
    text = "14 November 2025, 12:50–14:00"

    assert reading(desk, text, times="1").context["reading"]["times"] == "12:50–14:00"
    assert reading(desk, text).context["reading"] == {
        "problem": "Here a date has no time of day. Write for example “14 November 2025”."
    }


@pytest.mark.parametrize("text", ["", "   "])
def test_nothing_is_read_from_nothing(desk, text):
    assert reading(desk, text).content.decode().strip() == ""


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "\x00", "2025-11-14\x00", '’"><img src=x onerror=alert(1)>', "٣ 2025", "٠" * 50],
)
def test_hostile_text_is_answered_as_text(desk, text):
    response = reading(desk, text)

    assert response.status_code == 200
    html = response.content.decode()
    assert "<script" not in html
    assert "<img" not in html


def test_a_text_that_is_too_long_is_not_read(desk):
    problem = reading(desk, "1" * (LONGEST_TEXT + 1)).context["reading"]["problem"]

    assert problem == "This is too long for a date, which has 120 characters at most. For example “1–3 October 2025”."


def test_only_staff_may_ask_and_only_ask(desk, client):
    assert desk.post(reverse("admin:read_date"), {"text": "2025"}).status_code == 405
    client.logout()

    response = reading(client, "2025")

    assert (response.status_code, response.url.partition("?")[0]) == (302, reverse("admin:login"))
    assert "no-store" in response.headers["Cache-Control"]
    assert Network.objects.count() == 0
