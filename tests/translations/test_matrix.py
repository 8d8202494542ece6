"""The matrix of items and languages: its cells, filters, counts and order, and who sees what."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from news.models import Post
from tests.admin.forms import address, as_it_stands
from tests.factories import (
    make_city,
    make_event,
    make_focus_issue,
    make_highlight,
    make_menu_item,
    make_network,
    make_post,
    make_site_identity,
)
from tests.translations.people import staff
from translations import ledger
from translations.models import TranslatedItem, TranslationStatus, TranslatorLanguages

pytestmark = pytest.mark.django_db
MATRIX = "/admin/translations/translateditem/"


def matrix(client, **query):
    return client.get(MATRIX, query)


def titles(client, **query):
    return [row.title for row in matrix(client, **query).context["rows"]]


def test_a_row_says_the_state_in_each_language_and_leads_to_the_translators_page(desk):
    post = make_post(
        title_en="News", title_es="Noticia", title_fr="Nouvelle", teaser_en="T", teaser_fr="A", body_en=""
    )
    Post.objects.filter(pk=post.pk).update(title_en="The news", title_es="La noticia")

    response = matrix(desk, kind="news.post")

    row = response.context["rows"][0]
    assert (row.title, row.language, row.kind, row.href) == (
        "The news",
        "en",
        "News post",
        f"/admin/news/post/{post.pk}/change/",
    )
    assert [(cell.code, cell.is_source, cell.state, cell.open, cell.texts) for cell in row.cells] == [
        ("en", True, "", 0, 0),
        ("es", False, "missing", 1, 2),
        ("fr", False, "stale", 1, 2),
        ("ca", False, "missing", 2, 2),
        ("pt", False, "missing", 2, 2),
    ]
    pk = TranslatedItem.objects.get(kind="news.post").pk
    assert row.cells[1].href == f"{MATRIX}{pk}/es/?kind=news.post"
    assert f'<a href="/admin/news/post/{post.pk}/change/" lang="en">The news</a>' in response.content.decode()
    assert desk.get(row.cells[1].href).status_code == 200


@pytest.fixture
def three(db):
    """Posts that are fresh, stale and missing in Spanish; in Catalan all are missing."""
    fresh, stale = (make_post(title_en=name, title_es="x", teaser_en="", body_en="") for name in ("Fresh", "Old"))
    make_post(title_en="Missing", teaser_en="", body_en="")
    Post.objects.filter(pk=stale.pk).update(title_en="Stale")
    make_event(title_en="Evento", source_language="es", title_es="Evento")
    ledger.refresh()
    return fresh


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Fresh", "Stale", "Missing", "Evento"}),
        ({"kind": "agenda.event"}, {"Evento"}),
        ({"state": "stale"}, {"Stale"}),
        ({"language": "es"}, {"Fresh", "Stale", "Missing"}),
        ({"language": "es", "state": "fresh"}, {"Fresh"}),
        ({"language": "es", "state": "missing"}, {"Missing"}),
        ({"language": "es", "state": "work"}, {"Stale", "Missing"}),
        ({"language": "ca", "state": "missing"}, {"Fresh", "Stale", "Missing", "Evento"}),
        ({"language": "ca", "state": "stale"}, set()),
        ({"q": "stal"}, {"Stale"}),
        ({"q": "stal", "language": "es", "state": "fresh"}, set()),
        ({"state": "nonsense", "language": "xx", "age": "1"}, {"Fresh", "Stale", "Missing", "Evento"}),
    ],
)
def test_filters(desk, three, query, found):
    assert set(titles(desk, **query)) == found


@pytest.mark.parametrize(("days", "found"), [("30", ["Stale"]), ("90", ["Stale"]), ("365", [])])
def test_how_long_it_has_been_in_this_state(desk, three, days, found):
    TranslationStatus.objects.filter(state="stale").update(since=timezone.now() - timedelta(days=100))

    assert titles(desk, language="es", state="stale", age=days) == found


def test_the_form_of_an_item_leads_to_its_row(desk):
    post, city = make_post(title_en="This"), make_city()
    make_post(title_en="Other")
    forms = [desk.get(address("change", item, item.pk)).content.decode() for item in (post, city)]
    link = f'<a href="{MATRIX}?kind=news.post&amp;item={post.pk}">Translations</a>'

    assert [form.count(link) for form in forms] == [1, 0]
    assert forms[1].count(f"{MATRIX}?") == 0  # a city's names are no translations
    assert titles(desk, kind="news.post", item=post.pk) == ["This"]


def test_items_of_a_network(desk):
    network = make_network(name_en="Delta")
    make_event(title_en="Of the network", network=network)
    make_event(title_en="Of another", network=make_network())

    assert sorted(titles(desk, network=network.pk)) == ["Delta", "Of the network"]


def test_counts_of_languages_are_links_to_what_they_count(desk, three):
    response = matrix(desk, kind="news.post")

    counts = {
        code: [number for state, sign, number, link in states] for code, name, states in response.context["counts"]
    }
    assert counts == {"en": [0, 0, 0], "es": [1, 1, 1], "fr": [3, 0, 0], "ca": [3, 0, 0], "pt": [3, 0, 0]}
    for code, _name, states in response.context["counts"]:
        for _state, _sign, number, link in states:
            assert len(desk.get(MATRIX + link).context["rows"]) == number, (code, link)


def test_what_readers_meet_first_stands_first(desk):
    make_post(title_en="Old post", date="2020-01-01", title_es="x")
    for number in range(6):
        make_post(title_en=f"Post {number}", date="2025-01-01")
    make_event(title_en="Later", date="2031-01-01")
    make_event(title_en="Past", date="2020-01-01")
    make_event(title_en="Soon", date="2030-01-01")
    target = make_event(title_en="Draft", state="draft")
    make_highlight(label_en="Poster", event=target)
    issue = make_focus_issue()
    issue.experience.title_en = "Focus"
    issue.experience.save()
    make_menu_item(label_en="Agenda", section="agenda")
    make_site_identity(name_en="The association")

    found = titles(desk)

    first = ["The association", "Agenda", "Focus", *(f"Post {number}" for number in range(5, -1, -1)), "Poster"]
    assert found[:12] == [*first, "Soon", "Later"][:12]
    assert [title for title in found if title in ("Draft", "Past", "Old post")] == ["Draft", "Past", "Old post"]


@pytest.mark.parametrize("count", [1, 10])
def test_the_matrix_needs_the_same_queries_for_any_number(desk, count, django_assert_num_queries):
    for _ in range(count):
        make_post()
    matrix(desk)  # the ledger catches up

    # session, user, the log of changes within a transaction (3), languages, networks, count, rows, statuses, counts
    with django_assert_num_queries(11):
        response = matrix(desk, language="es", state="missing")

    assert len(response.context["rows"]) == count


def test_what_the_ledger_does_not_know_yet_is_said(desk, monkeypatch):
    monkeypatch.setattr("translations.ledger.ITEMS_TO_CATCH_UP", 1)
    make_post()
    make_post()
    make_post()
    ledger.refresh(limit=1)

    assert "One item that changed is not counted here yet." in matrix(desk).content.decode()


def test_a_translator_sees_their_languages_only(client):
    make_post()

    response = matrix(staff(client, "change_post", languages=["pt", "ca"]))

    assert [code for code, name in response.context["columns"]] == ["ca", "pt"]
    assert [cell.code for cell in response.context["rows"][0].cells] == ["ca", "pt"]
    assert [code for code, name, states in response.context["counts"]] == ["ca", "pt"]


def test_items_that_somebody_may_not_see_are_not_in_the_matrix(client):
    make_post(title_en="A post")
    make_event(title_en="An event")
    ledger.refresh()

    assert titles(staff(client, "view_post")) == ["A post"]


def test_who_sees_no_item_sees_no_matrix(client):
    assert matrix(staff(client, "view_subscriber")).status_code == 403


def test_languages_of_a_translator_are_ticked(desk):
    user = get_user_model().objects.create_user("anna")
    blank = as_it_stands(desk.get(address("add", TranslatorLanguages)))

    refused = desk.post(address("add", TranslatorLanguages), blank | {"user": user.pk})
    assert refused.context["adminform"].form.errors == {"languages": ["This field is required."]}

    desk.post(address("add", TranslatorLanguages), blank | {"user": user.pk, "languages": ["ca", "fr"]})
    assert TranslatorLanguages.objects.get(user=user).languages == ["ca", "fr"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [("evora", 1), ("EVORA trobada", 1), ('"a evora"', 1), ('"evora a"', 0), ("meeting", 1), ("lisboa", 0)],
)
def test_an_item_is_found_by_its_title_in_any_language(desk, typed, found):
    make_event(title_en="Meeting", title_ca="Trobada a Évora")

    response = desk.get(MATRIX, {"q": typed})

    assert [row.title for row in response.context["rows"]] == ["Meeting"] * found
