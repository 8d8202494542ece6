"""The picture beside a shared link: drawn once, never stale, only for what the public may see."""

import io
import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils.translation import override
from PIL import Image

from iaec_site import sharing_cards
from iaec_site.sharing_cards import KINDS, card_address
from iaec_site.templatetags.sharing_tags import sharing_card_url
from pages.models import SiteIdentity
from publishing.public_page import CACHE_CONTROL
from tests import factories
from tests.iaec_site.public_site import make_site

FOR_EVER = "public, max-age=31536000, immutable"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


@pytest.fixture
def items(db):
    return make_site()


@pytest.fixture
def drawn(monkeypatch):
    """The titles of the cards that are really drawn."""
    titles = []

    def draw(**card):
        titles.append(card["title"])
        return draw_card(**card)

    draw_card = sharing_cards.card_png
    monkeypatch.setattr(sharing_cards, "card_png", draw)
    return titles


def kept(media):
    return sorted(path.relative_to(media).as_posix() for path in Path(media).rglob("*") if path.is_file())


def card_named_by(response):
    return re.search(r'<meta property="og:image" content="http://testserver([^"]+)">', response.content.decode())[1]


def address(item):
    return card_address(item, SiteIdentity.objects.first())


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_page_names_a_card_that_is_there(client, items, language):
    with override(language):
        pages = {kind: item.get_absolute_url() for kind, item in items.items()} | {"home": f"/{language}/"}
    cards = {kind: card_named_by(client.get(page)) for kind, page in pages.items()}

    found = {kind: client.get(card) for kind, card in cards.items()}

    assert {response.status_code for response in found.values()} == {200}
    assert {response.headers["Cache-Control"] for response in found.values()} == {FOR_EVER}
    assert {response.headers["Content-Type"] for response in found.values()} == {"image/png"}
    assert {Image.open(io.BytesIO(response.content)).size for response in found.values()} == {(1200, 630)}
    assert cards["home"].startswith(f"/{language}/card/site/1-")
    assert cards["category"] == cards["home"]
    items_with_card = {kind: item for kind, item in items.items() if item._meta.model_name in KINDS}
    assert {kind: re.sub(r"-\w+\.png$", "", cards[kind]) for kind in items_with_card} == {
        kind: f"/{language}/card/{item._meta.model_name}/{item.pk}" for kind, item in items_with_card.items()
    }


@pytest.mark.parametrize(
    "kind", ["city", "network", "series", "award", "experience", "issue", "event", "post", "page", "home"]
)
def test_naming_the_card_costs_no_query(client, items, rf, django_assert_num_queries, kind):
    response = client.get(items[kind].get_absolute_url() if kind in items else "/en/")
    context = {"request": rf.get("/"), "item": response.context.get("item"), "site": response.context["site"]}

    with django_assert_num_queries(0):
        url = sharing_card_url(context)

    assert url == f"http://testserver{card_named_by(response)}"


def test_a_card_is_drawn_once(client, items, drawn, media):
    card = address(items["event"])
    before = kept(media)

    answers = {client.get(card).content for _ in range(3)}

    assert len(answers) == 1
    assert drawn == [items["event"].title_en]
    name = card.removeprefix("/en/card/")
    assert kept(media) == sorted([*before, f"cards/{name}"])


@pytest.mark.parametrize("half", [b"", b"\x89PNG\r\n\x1a\n and no more"])
def test_a_card_cut_short_is_drawn_again(client, items, drawn, media, half):
    card = address(items["event"])
    whole = client.get(card).content
    name = f"cards/{card.removeprefix('/en/card/')}"
    before = kept(media)
    (media / name).write_bytes(half)

    assert client.get(card).content == whole
    assert (media / name).read_bytes() == whole
    assert (len(drawn), kept(media)) == (2, before)


def test_a_storage_that_takes_nothing_still_shows_cards(client, items, drawn, media):
    media.mkdir(exist_ok=True)
    (media / "cards").write_text("a file where the folder should be")

    assert [client.get(address(items["event"])).status_code for _ in range(2)] == [200, 200]
    assert len(drawn) == 2


def test_what_is_drawn_anew_has_a_new_address_and_the_old_one_leads_there(client, items, monkeypatch):
    event, post = items["event"], items["post"]
    seen = {address(event)}

    def changed():
        event.refresh_from_db()
        new = address(event)
        assert new not in seen
        for old in seen:
            response = client.get(old)
            assert (response.status_code, response.url) == (302, new)
            assert response.headers["Cache-Control"] == CACHE_CONTROL
        assert client.get(new).status_code == 200
        seen.add(new)

    type(event).objects.update(title_en="New title")
    changed()
    type(event).objects.update(date="2031")
    changed()
    type(event).objects.update(city=None)
    changed()
    SiteIdentity.objects.update(name_en="New name")
    changed()
    monkeypatch.setattr(sharing_cards, "DRAWING", sharing_cards.DRAWING + 1)
    changed()

    before = address(post)
    post.categories.clear()
    post = type(post).objects.get(pk=post.pk)
    assert address(post) != before


def test_strangers_cannot_order_drawings(client, items, drawn, media):
    right = address(items["event"])
    before = kept(media)

    for digest in ("0", "0123456789ab", "a" * 200, "A-b_c"):
        response = client.get(f"/en/card/event/{items['event'].pk}-{digest}.png")
        assert (response.status_code, response.url) == (302, right)

    assert (drawn, kept(media)) == ([], before)


@pytest.mark.parametrize(
    "hidden",
    [{"state": "draft"}, {"withdraw_at": "2020-01-01T00:00Z"}, {"publish_at": "2100-01-01T00:00Z"}],
    ids=lambda hidden: next(iter(hidden)),
)
def test_a_hidden_item_has_no_card_even_if_it_was_drawn(client, db, drawn, hidden):
    post = factories.make_post()
    card = address(post)
    assert client.get(card).status_code == 200

    type(post).objects.update(**hidden)

    assert client.get(card).status_code == 404
    assert client.get(f"/en/card/post/{post.pk}-0.png").status_code == 404
    assert len(drawn) == 1


def test_an_issue_is_hidden_with_its_experience(client, db):
    issue = factories.make_focus_issue()
    card = address(issue)
    assert client.get(card).status_code == 200

    type(issue.experience).objects.update(state="draft")

    assert client.get(card).status_code == 404


def test_each_language_has_its_own_card(client, db, drawn):
    post = factories.make_post(title_en="An hour to play", title_es="Una hora para jugar")
    with override("es"):
        spanish = address(post)

    assert (client.get(address(post)).status_code, client.get(spanish).status_code) == (200, 200)
    assert drawn == ["An hour to play", "Una hora para jugar"]


def test_a_site_without_identity_has_a_card(client, db):
    assert not SiteIdentity.objects.exists()

    card = card_named_by(client.get("/en/"))

    assert client.get(card).status_code == 200


@pytest.mark.parametrize(
    ("kind", "queries"), [("event", 2), ("award", 2), ("issue", 3), ("experience", 3), ("post", 3)]
)
def test_a_kept_card_costs_few_queries(client, items, django_assert_num_queries, kind, queries):
    """The item, the site identity; for some the theme or category that gives the colours."""
    card = address(items[kind])
    client.get(card)
    assert default_storage.exists(f"cards/{card.removeprefix('/en/card/')}")

    with django_assert_num_queries(queries):
        assert client.get(card).status_code == 200


@pytest.mark.parametrize(
    ("language", "line"),
    [("en", "Focus Experience 26"), ("es", "Experiencia Destacada 26"), ("fr", "Expérience à la une n° 26")],
)
def test_the_number_of_an_issue_is_said_in_the_language_of_the_page(db, language, line):
    issue = factories.make_focus_issue(number=26)

    with override(language):
        assert sharing_cards.kicker_of(issue).replace("\N{NO-BREAK SPACE}", " ") == line


def test_a_season_on_a_card_is_that_of_the_place(db):
    event = factories.make_event(date="2026-22", city=factories.make_city(latitude=-34.0))

    assert sharing_cards.kicker_of(event) == "Summer 2026–2027"
