"""Search, filters, badges and actions of the lists."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Event
from news.models import Category, Post
from pages.models import MenuItem
from publishing.models import State
from publishing.shown_state import ShownState, in_shown_state, shown_state
from tests.admin.forms import address, as_it_stands
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_event,
    make_focus_issue,
    make_menu_item,
    make_network,
    make_picture,
    make_post,
    make_series,
    make_subscriber,
)

pytestmark = pytest.mark.django_db


def found(desk, model, **query):
    return list(desk.get(address("changelist", model), query).context["cl"].result_list)


def each_state():
    now = timezone.now()
    return {
        "draft": make_event(state=State.DRAFT, publish_at=now - timedelta(days=1)),
        "scheduled": make_event(publish_at=now + timedelta(days=1)),
        "published": make_event(publish_at=now - timedelta(days=2), withdraw_at=now + timedelta(days=2)),
        "withdrawn": make_event(publish_at=now - timedelta(days=2), withdraw_at=now - timedelta(days=1)),
    }


def test_an_item_is_found_by_its_catalan_title_while_the_admin_is_in_english(desk):
    event = make_event(title_en="Meeting of the network", title_ca="Trobada de la xarxa")
    make_event(title_en="Something else")

    assert found(desk, Event, q="trobada") == [event]


def test_an_item_is_found_by_words_of_two_languages_and_its_city(desk):
    event = make_event(title_en="Meeting", title_pt="Encontro", city=make_city(name="Évora"))
    make_event(title_en="Meeting")

    assert found(desk, Event, q="encontro meeting evora") == [event]


def test_a_focus_issue_is_found_by_the_title_of_its_experience_in_any_language(desk):
    issue = make_focus_issue()
    issue.experience.title_fr = "La ville comme école"
    issue.experience.save()
    make_focus_issue()

    assert found(desk, type(issue), q="ville comme") == [issue]


@pytest.mark.parametrize("state", ShownState.values)
def test_the_filter_by_state_agrees_with_the_badge(desk, state):
    events = each_state()

    assert found(desk, Event, shown=state) == [events[state]]
    assert [shown_state(event) for event in Event.objects.filter(in_shown_state(state))] == [state]


def test_badges_tell_the_state_in_words(desk, time_machine):
    time_machine.move_to("2025-05-01T12:00:00+00:00", tick=False)
    make_event(publish_at=timezone.now() + timedelta(days=2))
    make_event(withdraw_at=timezone.now() + timedelta(days=2))

    html = desk.get(address("changelist", Event)).content.decode()

    assert '<span class="state state-scheduled state-at">scheduled for 3 May 2025, 14:00</span>' in html
    assert '<span class="state state-published state-at">published until 3 May 2025, 14:00</span>' in html


def test_dates_stand_in_words_in_the_editors_language(desk):
    make_event(date="2025-23")

    html = desk.get(address("changelist", Event), headers={"accept-language": "ca"}).content.decode()

    assert '<td class="field-date_column">tardor del 2025<span class="list-details">' in html


def test_the_list_says_which_languages_are_missing_and_finds_them(desk):
    complete = make_event(title_en="Day", title_es="Día", title_fr="Jour", title_ca="Dia", title_pt="Dia")
    partial = make_event(title_en="Only here")

    html = desk.get(address("changelist", Event)).content.decode()

    assert html.count('<abbr class="missing" title="Portuguese: missing">– pt</abbr>') == 1
    assert found(desk, Event, missing="pt") == [partial]
    assert set(found(desk, Event)) == {complete, partial}


def test_publishing_takes_every_hindrance_away_and_says_what_it_did(desk):
    events = each_state()
    data = {"action": "publish_now", "_selected_action": [event.pk for event in events.values()]}

    response = desk.post(address("changelist", Event), data, follow=True)

    assert Event.objects.published().count() == 4
    text = str(next(iter(response.context["messages"])))
    assert text.startswith("3 items are public from now on: “")
    assert str(events["published"]) not in text


def test_taking_back_makes_drafts_again(desk):
    event = make_event()
    data = {"action": "take_back_to_draft", "_selected_action": [event.pk]}

    response = desk.post(address("changelist", Event), data, follow=True)

    event.refresh_from_db()
    assert event.state == State.DRAFT
    assert [str(message) for message in response.context["messages"]] == [
        f"A draft again, seen by editors only: “{event}”."
    ]


def test_an_action_on_what_is_public_already_says_that_nothing_changed(desk):
    event = make_event()
    data = {"action": "publish_now", "_selected_action": [event.pk]}

    response = desk.post(address("changelist", Event), data, follow=True)

    assert [str(message) for message in response.context["messages"]] == [f"Public already: “{event}”."]


def test_coming_and_past_events_are_told_apart(desk):
    past, coming = make_event(date="2020"), make_event(date="2099")

    assert found(desk, Event, when="past") == [past]
    assert found(desk, Event, when="coming") == [coming]


def test_the_filter_by_country_offers_those_that_occur_by_name(desk):
    portuguese = make_city(country="PT")
    make_city(country="AT")

    response = desk.get(address("changelist", portuguese))
    spec = next(spec for spec in response.context["cl"].filter_specs if spec.title == "country")

    assert [name for code, name in spec.lookup_choices] == ["Austria", "Portugal"]
    assert found(desk, type(portuguese), country="PT") == [portuguese]


@pytest.mark.parametrize("make", [make_menu_item, make_network, make_category, make_series])
def test_the_order_is_changed_in_the_list(desk, make):
    item = make()
    stands = {
        name: values
        for name, values in as_it_stands(desk.get(address("changelist", item))).items()
        if name.startswith(("form-", "_as_shown"))
    }

    response = desk.post(address("changelist", item), stands | {"form-0-order": 7, "_save": "1"})

    assert response.status_code == 302
    item.refresh_from_db()
    assert item.order == 7


def test_the_list_of_the_menu_says_where_each_entry_leads(desk):
    make_menu_item(edition=make_edition(title_en="Congress of Granollers", state=State.DRAFT))

    html = desk.get(address("changelist", MenuItem)).content.decode()

    assert 'Congress of Granollers <span class="quiet">(not public)</span>' in html


def test_lists_that_editors_only_read_offer_no_way_to_change_them(desk):
    subscriber = make_subscriber()

    assert desk.get(address("add", subscriber)).status_code == 403
    assert desk.post(address("change", subscriber, subscriber.pk), {"email": "other@example.org"}).status_code == 403


def test_a_hand_typed_filter_is_no_error(desk):
    make_category()
    for query in ({"shown": "nonsense"}, {"missing": "xx"}, {"when": "never"}, {"country": "ZZ"}, {"p": "99"}):
        assert desk.get(address("changelist", Event), query, follow=True).status_code == 200
    assert desk.get(address("changelist", Category), {"missing": "''"}).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en-GB", "fr"])
def test_the_list_of_events_is_seen_whole_on_a_screen_of_1280(desk_page, language):
    desk_page.set_extra_http_headers({"Accept-Language": language})
    make_event(
        title_en="Meeting of the Territorial Network of Galicia and Northern Portugal",
        summary_en="The meeting will take place in May.",
        date="2024-05-30/2024-06-02",
        kind="international_day",
        place="Vila Nova de Famalicão, Casa das Artes",
        picture=make_picture(),
        withdraw_at="2030-09-30T22:00:00Z",
    )
    make_event(date="XXXX", state=State.DRAFT, network=make_network())

    desk_page.open(address("changelist", Event))

    widths = desk_page.eval_on_selector(".results", "results => [results.scrollWidth, results.clientWidth]")
    assert widths[0] == widths[1]
    lines = "badges => badges.map((it) => it.offsetHeight / parseFloat(getComputedStyle(it).lineHeight))"
    assert max(desk_page.eval_on_selector_all(".state", lines)) < 5


def test_the_list_of_events_says_kind_place_and_network_below_the_date(desk):
    make_event(date="2030-05-03", kind="training", place="Torino", network=make_network(acronym="RICE"))

    html = desk.get(address("changelist", Event)).content.decode()

    assert '3 May 2030<span class="list-details">Training · Torino · RICE</span>' in html


@pytest.mark.parametrize(("words", "number"), [("nobody", 0), ("assembly", 3)])
def test_words_are_looked_for_once(desk, words, number):
    for _ in range(number):
        make_post(title_en="General assembly")
    make_post(title_en="Another")

    with CaptureQueriesContext(connection) as queries:
        response = desk.get(address("changelist", Post), {"q": words})

    assert len([query for query in queries if words in query["sql"]]) == 1
    assert (response.context["cl"].result_count, len(response.context["cl"].result_list)) == (number, number)


def test_what_is_found_stands_in_the_order_of_the_list_and_within_its_filters(desk, monkeypatch):
    for day in (3, 1, 2):
        make_post(title_en=f"Assembly {day}", date=date(2025, 5, day))
    make_post(title_en="Assembly, a draft", date=date(2025, 5, 9), state=State.DRAFT)
    titles = [f"Assembly {day}" for day in (3, 2, 1)]

    def shown(**query):
        rows = desk.get(address("changelist", Post), {"q": "assembly", "shown": "published"} | query)
        return [post.title_en for post in rows.context["cl"].result_list]

    assert (shown(), shown(date__year="2025"), shown(date__year="2024")) == (titles, titles, [])
    monkeypatch.setattr("desk.lean_list.MOST_KEYS", 2)
    assert shown() == titles
