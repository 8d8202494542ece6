"""What people type into a search box finds texts whatever their accents and capitals, on both databases."""

import pytest

from news.models import Post
from publishing.plain_text import plain
from tests.factories import make_event, make_post

pytestmark = pytest.mark.django_db

TITLES = ["Évora", "ÀREA metropolitana", "Col·legi d’educació", "Œuvre", "Łódź", "100 % _city_", "창원", "e\u0301vora"]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("evora", ["Évora", "e\u0301vora"]),
        ("ÉVORA", ["Évora", "e\u0301vora"]),
        ("area", ["ÀREA metropolitana"]),
        ("àrea Metro", ["ÀREA metropolitana"]),
        ("collegi d'educacio", ["Col·legi d’educació"]),
        ("OEUVRE", ["Œuvre"]),
        ("lodz", ["Łódź"]),
        ("%", ["100 % _city_"]),
        ("_", ["100 % _city_"]),
        ("창원", ["창원"]),
        ("nowhere", []),
    ],
)
def test_a_text_is_found_without_its_accents(typed, found):
    for title in TITLES:
        make_post(title_en="A post", title_ca=title)

    posts = Post.objects.filter(title_ca__holds_plainly=typed).order_by("pk")

    assert list(posts.values_list("title_ca", flat=True)) == found


def test_a_text_that_is_not_there_holds_nothing():
    make_post(title_ca=None)

    assert list(Post.objects.filter(title_ca__holds_plainly="a")) == []
    assert plain(None) is None


@pytest.mark.parametrize(("typed", "found"), [("evora", 1), ("encontro EVORA", 1), ("àgora", 1), ("lisboa", 0)])
def test_the_lists_of_the_admin_look_in_every_language(admin_client, typed, found):
    make_event(title_en="Meeting", title_pt="Encontro em Évora", theme_ca="Agora")

    response = admin_client.get("/admin/agenda/event/", {"q": typed})

    assert response.context["cl"].result_count == found
