"""What the lists of the admin look for is kept in narrow rows by the database, whatever wrote the item."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from agenda.models import Event
from bench.measuring import counting
from desk import lean_list, listed_items, row_keys
from desk.models import ListedItem
from experiences.models import Experience
from networks.models import City
from news.models import Post
from pictures.models import Picture
from publishing.models import State
from tests.admin.forms import address
from tests.factories import (
    make_city,
    make_event,
    make_experience,
    make_network,
    make_post,
    make_target_group,
    make_theme,
)

pytestmark = pytest.mark.django_db


def row_of(item):
    return ListedItem.objects.get(kind=item._meta.label_lower, item=item.pk)


def found(desk, model, **query):
    return list(desk.get(address("changelist", model), query).context["cl"].result_list)


def written_in_bulk(post, title):
    post.title_ca = title
    Post.objects.bulk_update([post], ["title_ca"])


def written_by_sql(post, title):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_post SET title_ca = %s WHERE id = %s", [title, post.pk])


WAYS = {
    "save": lambda post, title: (setattr(post, "title_ca", title), post.save()),
    "update": lambda post, title: Post.objects.filter(pk=post.pk).update(title_ca=title),
    "bulk_update": lambda post, title: (
        setattr(post, "title_ca", title),
        Post.objects.bulk_update([post], ["title_ca"]),
    ),
    "sql": written_by_sql,
}


@pytest.mark.parametrize("write", WAYS.values(), ids=WAYS)
def test_a_change_is_found_at_once_whatever_wrote_it(desk, write):
    post, other = make_post(title_ca="L’educació"), make_post(title_ca="Una altra")
    assert found(desk, Post, q="educacio") == [post]

    write(post, "L’escola pública")

    assert (found(desk, Post, q="educacio"), found(desk, Post, q="ESCOLA publica")) == ([], [post])
    assert found(desk, Post, q="altra") == [other]
    assert [line for line in row_of(post).text.split("\n") if "escola" in line] == ["l'escola publica"]


def test_a_deleted_item_leaves_no_row(desk):
    post = make_post()
    assert ListedItem.objects.filter(kind="news.post").count() == 1

    Post.objects.filter(pk=post.pk).delete()

    assert ListedItem.objects.filter(kind="news.post").count() == 0


def test_drafts_are_found_too(desk):
    draft = make_post(title_en="Not yet", state=State.DRAFT)

    assert found(desk, Post, q="not yet") == [draft]


def test_what_nobody_spelled_yet_is_found_as_well(desk, monkeypatch):
    monkeypatch.setattr(listed_items, "MOST_TO_SPELL", 1)
    posts = [make_post(title_en=f"Évora {number}") for number in range(3)]

    assert sorted(found(desk, Post, q="evora"), key=lambda post: post.pk) == posts
    assert ListedItem.objects.filter(kind="news.post", is_plain=True).count() == 1


def test_words_may_stand_in_an_item_and_in_what_it_names(desk):
    evora, lisboa = make_city(name="Évora"), make_city(name="Lisboa")
    meeting = make_event(title_en="Meeting", city=evora)
    make_event(title_en="Meeting", city=lisboa)
    make_event(title_en="Course", city=evora)

    assert found(desk, Event, q="meeting evora") == [meeting]
    assert found(desk, Event, q='"meeting evora"') == []
    City.objects.filter(pk=lisboa.pk).update(name="Évora do Sul")
    assert len(found(desk, Event, q="meeting evora")) == 2


@pytest.mark.parametrize("model", [Event, Experience, Post])
def test_a_search_reads_no_texts_of_items(desk, model):
    for make in (make_event, make_experience, make_post):
        make(title_en="Assembly")
    with CaptureQueriesContext(connection) as queries:
        desk.get(address("changelist", model), {"q": "assembly"})

    searching = [query["sql"] for query in queries if "assembly" in query["sql"]]
    assert len(searching) == 1
    for column in ("title_", "theme_", "summary_", "teaser_"):
        assert f'"{column}' not in searching[0]


def test_a_search_costs_the_same_queries_for_any_number(desk):
    make_event(title_en="Assembly")
    desk.get(address("changelist", Event), {"q": "assembly"})
    costs = []
    for _ in range(2):
        found(desk, Event, q="assembly")  # spells what is new
        with counting() as count:
            assert found(desk, Event, q="assembly")
        costs.append(count["queries"])
        for number in range(30):
            make_event(title_en=f"Assembly {number}")

    assert costs[0] == costs[1]


def counts_of(desk, model, query):
    """{what a choice of a filter adds to the address: the number beside it}, of all choices but "all"."""
    change_list = desk.get(address("changelist", model), {"_facets": "True"} | query).context["cl"]
    return {
        choice["query_string"]: int(choice["display"].rpartition("(")[2].rstrip(")"))
        for spec in change_list.filter_specs
        for choice in list(spec.choices(change_list))[1:]
    }


@pytest.mark.parametrize("most_keys", [0, 400])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"q": "only"},
        {"shown": "draft"},
        {"q": "only", "shown": "published"},
        {"q": "only", "kind__exact": "meeting", "missing": "ca"},
        {"q": "only", "attention": "firm_up"},
    ],
    ids=str,
)
def test_counts_of_filters_agree_with_what_they_find(desk, monkeypatch, query, most_keys):
    monkeypatch.setattr(row_keys, "MOST_KEYS", most_keys)
    monkeypatch.setattr(lean_list, "MOST_KEYS", most_keys)
    network = make_network()
    make_event(title_en="Day", title_es="Día", title_fr="Jour", title_ca="Dia", title_pt="Dia", network=network)
    make_event(title_en="Only here", title_ca="", kind="meeting")
    make_event(title_en="Only vague", title_ca="", kind="meeting", date="2026-12", network=make_network())
    make_event(title_en="Only here", state=State.DRAFT, network=network)

    counts = counts_of(desk, Event, query)

    assert sum(counts.values()) > 0
    assert counts == {
        asked: len(desk.get(address("changelist", Event) + asked).context["cl"].result_list) for asked in counts
    }


@pytest.mark.parametrize(
    "query", [{}, {"q": "only"}, {"shown": "draft"}, {"q": "only", "shown": "published"}], ids=str
)
def test_an_item_with_several_themes_is_counted_once_everywhere(desk, query):
    themes, group = [make_theme(), make_theme()], make_target_group()
    for state in (State.PUBLISHED, State.DRAFT):
        experience = make_experience(title_en="Only here", state=state)
        experience.themes.set(themes)
        experience.target_groups.set([group])
    make_experience(title_en="Another", state=State.DRAFT).themes.set(themes[:1])

    counts = counts_of(desk, Experience, query)

    assert counts == {
        asked: len(desk.get(address("changelist", Experience) + asked).context["cl"].result_list) for asked in counts
    }


def test_counts_of_filters_cost_the_same_queries_for_any_number(desk):
    query = {"q": "assembly", "_facets": "True", "shown": "published"}
    make_event(title_en="Assembly")
    found(desk, Event, **query)
    costs = []
    for _ in range(2):
        found(desk, Event, **query)  # spells what is new
        with counting() as count:
            assert found(desk, Event, **query)
        costs.append(count["queries"])
        for number in range(30):
            make_event(title_en=f"Assembly {number}")

    assert costs[0] == costs[1]


def test_filters_that_nobody_uses_count_in_one_query_and_read_no_titles(desk):
    make_event()
    make_experience()
    for model in (Event, Experience):
        with CaptureQueriesContext(connection) as queries:
            desk.get(address("changelist", model), {"_facets": "True"})
        counting_queries = [query["sql"] for query in queries if "FILTER" in query["sql"]]
        # One of the items, one of the narrow rows for the languages.
        assert len(counting_queries) == 2
        assert [sql for sql in counting_queries if '"title_' in sql] == []


def test_migrate_mends_the_rows(desk):
    post = make_post(title_en="Right")
    listed_items.remove("default")
    Post.objects.filter(pk=post.pk).update(title_en="Written while a migration ran")
    gone = make_post()
    ListedItem.objects.create(kind="news.post", item=10**9, text="", languages="", is_plain=True)
    ListedItem.objects.create(kind="no.such", item=1, text="", languages="", is_plain=True)

    listed_items.install("default")

    assert sorted(ListedItem.objects.filter(kind="news.post").values_list("item", flat=True)) == [post.pk, gone.pk]
    assert row_of(post).text.split("\n")[0] == "written while a migration ran"
    assert ListedItem.objects.filter(kind="no.such").count() == 0


def test_pictures_are_listed_without_titles_in_languages():
    kinds = listed_items.listed_kinds()
    assert kinds["pictures.picture"].titles == {}
    assert kinds["pictures.picture"].columns[:2] == ("title", "credit")
    assert Picture not in {kind.model for kind in kinds.values() if kind.titles}
    assert "newsletter.subscriber" not in kinds
