"""The history of an item: who changed what and when, in words, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from reversion.models import Revision, Version

from agenda.models import Event
from desk.history.recording import recorded
from editions.models import Edition, Figure
from networks.models import Membership
from news.models import Post
from tests.admin.forms import address, as_it_stands, errors_of
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_event,
    make_figure,
    make_network,
    make_page,
    make_picture,
    make_post,
    numbers,
)

pytestmark = pytest.mark.django_db


def edit(client, item, **data):
    answer = client.post(address("change", item, item.pk), form_of(client, item) | data)
    assert answer.status_code == 302, errors_of(answer)
    item.refresh_from_db()


def form_of(client, item):
    return as_it_stands(client.get(address("change", item, item.pk)))


def history(client, item, page=1):
    return client.get(address("history", item, item.pk), {"p": page}).context


def told(client, item):
    """[(who, what they did, [(label, language, before, after), …]), …], newest first."""
    return [
        (entry.who, entry.act, [(one.label, one.language, one.before, one.after) for one in entry.changes])
        for entry in history(client, item)["entries"]
    ]


def newest(client, item):
    return told(client, item)[0]


# --- what is told ---


def test_the_first_save_keeps_what_was_there_before(anna):
    event = make_event(title_en="Before")

    edit(anna, event, title_en="After")

    assert told(anna, event) == [
        ("Anna Puig", "", [("Title", "en", "Before", "After")]),
        ("Nobody is known", "as it stood when its history began", []),
    ]


def test_each_editor_stands_beside_what_they_changed(anna, boris):
    event = make_event(title_en="One", source_language="en")
    edit(anna, event, title_es="Uno")
    edit(boris, event, title_en="Two", place="Turin")

    assert told(anna, event)[:2] == [
        ("Boris Ferrer", "", [("Title", "en", "One", "Two"), ("Place", "", "", "Turin")]),
        ("Anna Puig", "", [("Title", "es", "", "Uno"), ("Address", "es", "one-2030", "uno-2030")]),
    ]


def test_saving_without_a_change_leaves_no_version(anna):
    event = make_event()
    edit(anna, event, title_en="Changed")
    count = Version.objects.count()

    edit(anna, event)

    assert Version.objects.count() == count


def test_a_form_with_errors_leaves_no_version(anna):
    event = make_event(title_en="Kept")

    anna.post(address("change", event, event.pk), form_of(anna, event) | {"title_en": "New", "date": "nonsense"})

    assert Revision.objects.count() == 0


def test_dates_relations_choices_and_states_stand_in_words(anna):
    first, second = make_network(acronym="RED"), make_network(acronym="RICE")
    event = make_event(date="2030-05-03", network=first)

    edit(anna, event, date="autumn 2031", network=second.pk, mode="online", state="draft")

    assert {label: (before, after) for label, _code, before, after in newest(anna, event)[2]} == {
        "Date": ("3 May 2030", "Autumn 2031"),
        "Network": ("RED", "RICE"),
        "How it is held": ("", "online"),
        "State": ("published", "draft"),
    }


def test_codes_and_lists_stand_in_words(anna):
    network = make_network(countries=["IT"], official_language="it")
    edit(anna, network, countries=["IT", "PT"], official_language="pt")

    assert newest(anna, network)[2] == [
        ("Language of the official name", "", "Italian", "Portuguese"),
        ("Countries", "", "Italy", "Italy, Portugal"),
    ]


def test_relations_to_several_and_pictures_are_named(anna):
    category, other = make_category(name_en="Awards"), make_category(name_en="Congress")
    post = make_post()
    post.categories.add(category)
    picture = make_picture(title="A square")

    edit(anna, post, categories=[other.pk], picture=picture.pk)

    assert newest(anna, post)[2] == [("Categories", "", "Awards", "Congress"), ("Picture", "", "", "A square")]


def test_rich_text_is_told_as_text(anna):
    post = make_post(body_en="<p>One <b>two</b> three</p>")
    edit(anna, post, body_en="<p>One <b>two</b> four</p>")

    html = anna.get(address("history", post, post.pk)).content.decode()

    assert "&lt;p&gt;" not in html
    assert '<del><span class="visually-hidden">[removed: </span>three' in html
    assert '<ins><span class="visually-hidden">[added: </span>four' in html


def test_hostile_text_is_printed_as_text(anna):
    post = make_post(title_en="Quiet")
    edit(anna, post, title_en="<script>alert(1)</script>")

    assert "<script>alert" not in anna.get(address("history", post, post.pk)).content.decode()


def test_rows_of_a_form_are_described(anna):
    edition = make_edition()
    figure = make_figure(edition=edition, value=500)
    form = form_of(anna, edition)

    edit(anna, edition, **form | {"figures-0-value": "700"})
    changed = newest(anna, edition)
    edit(anna, edition, **{"figures-0-DELETE": "on"})

    kind = figure.get_kind_display()
    assert changed == ("Anna Puig", "", [("Figure", "", f"Figure: {kind}\nValue: 500", f"Figure: {kind}\nValue: 700")])
    assert newest(anna, edition) == ("Anna Puig", "", [("Figure", "", f"Figure: {kind}\nValue: 700", "")])


def test_a_row_that_two_items_share_is_told_in_both(anna):
    city, network = make_city(), make_network()
    form = form_of(anna, city)
    rows = {"memberships-TOTAL_FORMS": "1", "memberships-0-city": city.pk, "memberships-0-network": network.pk}

    edit(anna, city, **form | rows)

    assert Membership.objects.count() == 1
    assert [len(newest(anna, item)[2]) for item in (city, network)] == [1, 1]


def test_what_nobody_recorded_is_told_as_such_and_never_as_the_next_editors(anna):
    event = make_event(title_en="One", place="Turin")
    edit(anna, event, title_en="Two")
    Event.objects.filter(pk=event.pk).update(place="Genoa")

    before = history(anna, event)["unrecorded"]
    event.refresh_from_db()
    edit(anna, event, title_en="Three")

    assert [(one.label, one.before, one.after) for one in before] == [("Place", "Turin", "Genoa")]
    assert told(anna, event)[:2] == [
        ("Anna Puig", "", [("Title", "en", "Two", "Three")]),
        ("Nobody is known", "changed outside the editors’ desk", [("Place", "", "Turin", "Genoa")]),
    ]
    assert history(anna, event)["unrecorded"] == []


def test_a_column_that_came_later_is_no_change(anna):
    event = make_event()
    edit(anna, event, place="Turin")
    version = Version.objects.latest("pk")
    version.serialized_data = version.serialized_data.replace('"place": "Turin"', '"former_column": "x"')
    version.save()

    assert history(anna, event)["unrecorded"] == []


def test_what_was_deleted_since_is_still_named(anna):
    theme = make_picture(title="Poster")
    post = make_post(picture=theme)
    edit(anna, post, title_en="Changed")

    anna.post(address("delete", theme, theme.pk), {"post": "yes"})

    assert newest(anna, post) == ("Anna Puig", "", [("Picture", "", "Poster (deleted)", "")])


def test_an_item_without_versions_says_so(anna):
    event = make_event()

    assert "Nothing has been recorded" in anna.get(address("history", event, event.pk)).content.decode()


# --- pages and speed ---


def test_a_long_history_stands_in_pages(anna):
    event = make_event()
    for number in range(21):
        with recorded(anna.user):
            event.place = f"Place {number}"
            event.save()

    first, second = history(anna, event), history(anna, event, 2)

    assert (len(first["entries"]), len(second["entries"])) == (20, 2)
    assert first["entries"][-1].changes[0].before == "Place 0"
    assert second["entries"][0].changes[0].after == "Place 0"


@pytest.mark.parametrize("kind", [Post, Edition])
def test_a_history_needs_the_same_queries_for_any_number_of_versions(anna, kind):
    item = make_post() if kind is Post else make_edition()
    change = change_post if kind is Post else change_edition
    change(anna, item)
    history(anna, item)
    with CaptureQueriesContext(connection) as for_one:
        history(anna, item)
    for _ in range(9):
        change(anna, item)

    with CaptureQueriesContext(connection) as for_ten:
        assert len(history(anna, item)["entries"]) == 11

    assert len(for_ten) == len(for_one), [query["sql"] for query in for_ten]


def change_post(client, post):
    with recorded(client.user):
        post.title_en += "x"
        post.save()
        post.networks.set([make_network()])
        post.categories.set([make_category()])


def change_edition(client, edition):
    with recorded(client.user):
        Figure.objects.update_or_create(
            edition=edition, kind=Figure.Kind.PARTICIPANTS, defaults={"value": next(numbers)}
        )
        edition.host_city = make_city()
        edition.save()


@pytest.mark.parametrize("make", [make_event, make_page])
def test_publishing_many_asks_no_more_for_their_history(anna, make):
    """Beside the save of each item: what is read and written for the history does not grow with their number."""

    def queries_for(count):
        items = [make(state="draft") for _ in range(count)]
        data = {"action": "publish_now", "_selected_action": [item.pk for item in items]}
        with CaptureQueriesContext(connection) as queries:
            anna.post(address("changelist", items[0]), data)
        return len([query for query in queries if "reversion_" in query["sql"]])

    queries_for(1)
    assert queries_for(10) == queries_for(1)
