"""What editors of the agenda are pointed to, and copying an event to its next edition."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from agenda.attention import ORDER, Attention, attention_for, needing
from agenda.models import Event
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import make_city, make_edition, make_event, make_network

pytestmark = pytest.mark.django_db

NOW = "2025-09-15T12:00:00+02:00"
COMING_WORDS = {"title_es": "Encuentro", "summary_en": "It will be held here.", "body_es": "<p>Tendrá lugar</p>"}


@pytest.fixture
def autumn(time_machine):
    time_machine.move_to(NOW, tick=False)


def found(desk, **query):
    return list(desk.get(address("changelist", Event), query).context["cl"].result_list)


def links(response):
    return re.findall(r'<li><a href="(\?attention=\w+)"( aria-current="true")?>([^<]+)</a></li>', text_of(response))


def text_of(response):
    return response.content.decode()


def copy_address(event):
    return reverse("admin:agenda_event_copy", args=[event.pk])


def some_of_each():
    return {
        "late": make_event(date="2025-23", state=State.DRAFT),
        "soon": make_event(date="2025-12"),
        "about": make_event(date="2025-12-13~"),
        "in 90 days": make_event(date="2025-12-14~"),
        "vague, over": make_event(date="2025-08"),
        "vague, cancelled": make_event(date="2025-11", status="cancelled"),
        "this year": make_event(date="2025"),
        "day": make_event(date="2025-10-01"),
        "announce": make_event(date="XXXX"),
        "reword": make_event(date="2025-09-14", **COMING_WORDS),
        "reword vague": make_event(date="2025-08", summary_fr="Elle aura lieu."),
        "coming": make_event(date="2025-09-15", **COMING_WORDS),
        "past": make_event(date="2025-09-14", summary_en="It was held."),
    }


def test_dates_to_firm_up_are_listed_the_most_urgent_first(desk, autumn):
    events = some_of_each()

    assert found(desk, attention="firm_up") == [events[name] for name in ("this year", "late", "soon", "about")]
    assert found(desk, attention="announce") == [events["announce"]]
    assert found(desk, attention="reword") == [events["reword"], events["reword vague"]]
    assert len(found(desk, attention="nonsense")) == len(events)


def test_the_order_of_a_column_goes_before_urgency(desk, autumn):
    events = some_of_each()
    # The box to choose rows stands before the columns that are counted.
    column = desk.get(address("changelist", Event)).context["cl"].list_display.index("date_column")

    assert found(desk, attention="firm_up", o=f"-{column}")[-1] == events["this year"]


def test_list_and_badge_give_the_same_answer(autumn):
    some_of_each()
    now = datetime(2025, 9, 15, 10, tzinfo=UTC)

    for attention in Attention:
        assert {*Event.objects.filter(needing(attention, now))} == {
            event for event in Event.objects.all() if attention_for(event, now) is attention
        }


def test_links_above_the_list_count_what_needs_attention(desk, autumn):
    assert links(desk.get(address("changelist", Event))) == []
    some_of_each()

    assert links(desk.get(address("changelist", Event), {"attention": "reword"})) == [
        ("?attention=firm_up", "", "4 dates to firm up"),
        ("?attention=announce", "", "1 date to be announced"),
        ("?attention=reword", ' aria-current="true"', "2 past but worded as coming"),
    ]


def test_the_list_says_which_words_to_look_for(desk, autumn):
    make_event(date="2025-09-14", **COMING_WORDS)

    html = text_of(desk.get(address("changelist", Event)))

    cell = re.search(r'<td class="field-attention_column">(.*?)</td>', html)[1]
    assert cell == (
        '<span class="attention attention-reword">past, but worded as coming</span>'
        '<span class="words-found"><span class="words-language">EN</span> <q lang="en">will be held</q></span>'
        '<span class="words-found"><span class="words-language">ES</span> <q lang="es">Tendrá lugar</q></span>'
    )


def test_an_event_that_is_worded_anew_leaves_the_list(desk, autumn):
    event = make_event(date="2025-09-14", **COMING_WORDS)
    stands = as_it_stands(desk.get(address("change", event, event.pk)))

    desk.post(address("change", event, event.pk), stands | {"summary_en": "It was held.", "body_es": "<p>Fue</p>"})

    assert found(desk, attention="reword") == []


@pytest.mark.parametrize("attention", ["", *Attention.values])
def test_the_lists_need_the_same_queries_for_any_number(desk, autumn, attention):
    counts = []
    for rows in (1, 9):
        for _ in range(rows):
            make_event(date="2025-23", city=make_city(), network=make_network())
            make_event(date="XXXX", city=make_city())
            make_event(date="2025-09-14", **COMING_WORDS)
        desk.get(address("changelist", Event))
        with CaptureQueriesContext(connection) as queries:
            response = desk.get(address("changelist", Event), {"attention": attention} if attention else {})
        counts.append(len(queries))

    assert len(response.context["cl"].result_list) == (10 if attention else 30)
    assert counts[0] == counts[1]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's planner looks at the rows")
@pytest.mark.parametrize("attention", Attention)
def test_the_rows_are_found_by_an_index(attention):
    index = "event_worded_as_coming" if attention is Attention.REWORD else "event_vague"

    needed = Event.objects.filter(needing(attention))
    for asked in (needed.order_by(), needed.order_by(*ORDER[attention])):  # counted, and listed
        assert index in asked.explain()


def test_an_event_offers_its_copy_and_the_page_shows_what_it_will_be(desk):
    event = make_event(
        title_en="8th Meeting 2025",
        title_es="Encuentro",
        summary_en="The 8th.",
        theme_en="<b>Theme</b>",
        url="https://example.org/a",
        status="postponed",
        date="2025-11-14",
        ordinal=8,
        edition=make_edition(ordinal=None, title_en="Some edition"),
    )
    assert f'href="{copy_address(event)}"' in text_of(desk.get(address("change", event, event.pk)))

    response = desk.get(copy_address(event))

    shown = [(str(row.label), row.language, str(row.now), str(row.next)) for row in response.context["rows"]]
    assert shown == [
        ("number", "", "8", "9"),
        ("date", "", "14 November 2025", "14 November 2026"),
        ("edition", "", "Some edition", "(not entered yet)"),
        ("title", "en", "8th Meeting 2025", "9th Meeting 2026"),
        ("title", "es", "Encuentro", "Encuentro"),
        ("summary", "en", "The 8th.", "The 9th."),
        ("theme", "en", "<b>Theme</b>", "(empty)"),
        ("source", "", "https://example.org/a", "(empty)"),
        ("status", "", "postponed", "confirmed"),
        ("state", "", "published", "draft"),
    ]
    html = text_of(response)
    assert "&lt;b&gt;Theme&lt;/b&gt;" in html
    assert html.count("(the same: nothing to raise was found)") == 1
    assert "There is an event with the next number already" not in html
    assert Event.objects.count() == 1


def test_the_button_makes_a_draft_and_leads_to_it(desk):
    event = make_event(title_en="8th Meeting 2025", title_fr="Rencontre", date="2025-11-14", ordinal=8)

    response = desk.post(copy_address(event), as_it_stands(desk.get(copy_address(event))), follow=True)

    copy = Event.objects.exclude(pk=event.pk).get()
    assert response.redirect_chain == [(address("change", copy, copy.pk), 302)]
    assert (copy.title_en, copy.date, copy.ordinal, copy.state) == ("9th Meeting 2026", "2026-11-14", 9, State.DRAFT)
    assert [str(message) for message in response.context["messages"]] == [
        f"A draft was copied from “{event}”. Raised: date, number, title (EN). "
        "Check the date, the place and the texts before you publish it."
    ]
    history = desk.get(address("history", copy, copy.pk)).context["entries"]
    assert [entry.act for entry in history] == [f"copied from another item ({event})"]
    event.refresh_from_db()
    assert (event.title_en, event.state, event.sequence) == ("8th Meeting 2025", State.PUBLISHED, 0)


def test_a_copy_in_which_nothing_was_raised_says_so(desk):
    event = make_event(title_en="Meeting", date="XXXX")

    response = desk.post(copy_address(event), follow=True)

    assert [str(message) for message in response.context["messages"]] == [
        f"A draft was copied from “{event}”. Check its date, number, place and texts."
    ]


def test_pressing_the_button_twice_makes_one_copy(desk):
    event = make_event()
    data = as_it_stands(desk.get(copy_address(event)))

    first, second = desk.post(copy_address(event), data), desk.post(copy_address(event), data)

    assert (Event.objects.count(), first.url) == (2, second.url)
    desk.post(copy_address(event), {"uid": "nonsense"})
    assert Event.objects.count() == 3


def test_a_copy_that_is_there_already_is_named_with_a_link(desk):
    network = make_network()
    event = make_event(network=network, ordinal=8)
    there = make_event(network=network, ordinal=9, title_en="<i>There</i>")

    html = text_of(desk.get(copy_address(event)))

    warning = re.search(r'<p class="already-there">(.*?)</p>', html)[1]
    assert f'<a href="{address("change", there, there.pk)}">&lt;i&gt;There&lt;/i&gt; (3 May 2030)</a>' in warning


def signed_in(*names):
    user = User.objects.create_user("anna", is_staff=True, password="x")
    user.user_permissions.set(Permission.objects.filter(content_type__app_label="agenda", codename__in=names))
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(
    ("may", "status"),
    [
        (["add_event", "view_event"], (200, 302)),
        (["add_event", "change_event"], (200, 302)),
        (["change_event", "view_event", "delete_event"], (403, 403)),
        (["add_event"], (403, 403)),
        ([], (403, 403)),
    ],
)
def test_who_may_add_and_see_events_may_copy_them(may, status):
    event = make_event()
    client = signed_in(*may)

    assert (client.get(copy_address(event)).status_code, client.post(copy_address(event)).status_code) == status
    assert Event.objects.count() == (2 if status[1] == 302 else 1)
    page = client.get(address("change", event, event.pk))
    assert (copy_address(event) in text_of(page)) == (status[0] == 200)


def test_only_who_is_signed_in_and_pressed_the_button_makes_a_copy(client, desk):
    event = make_event()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.cookies

    assert strict.post(copy_address(event)).status_code == 403
    assert Client().post(copy_address(event)).url.startswith(reverse("admin:login"))
    assert desk.get(reverse("admin:agenda_event_copy", args=[0])).status_code == 404
    assert desk.get(reverse("admin:agenda_event_copy", args=["x"])).status_code == 404
    assert Event.objects.count() == 1


def test_a_page_of_the_copy_asks_a_fixed_number_of_queries(desk, django_assert_max_num_queries):
    event = make_event(network=make_network(), city=make_city(), edition=make_edition(ordinal=3), ordinal=3)
    desk.get(copy_address(event))

    with django_assert_max_num_queries(9):
        desk.get(copy_address(event))
