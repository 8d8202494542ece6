import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from agenda.models import Event
from editions.models import Edition, Series
from news.models import Category, Post
from pages.models import Page
from publishing.slugs import SLUG_LENGTH, Moved, get_by_slug, languages, make_slug
from tests.factories import make_category, make_edition, make_event, make_network, make_page, make_post, make_series


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("L’Hospitalet de Llobregat", "l-hospitalet-de-llobregat"),
        ("col·laboració", "collaboracio"),
        ("Łódź & Œuvre — 2025", "lodz-oeuvre-2025"),
        ("창원", ""),
    ],
)
def test_a_slug_is_ascii_words_joined_by_hyphens(text, slug):
    assert make_slug(text) == slug


def test_a_long_slug_ends_with_a_whole_word():
    assert make_slug("palabra " * 40) == "-".join(["palabra"] * 15)
    assert make_slug(f"{'a' * (SLUG_LENGTH - 2)} b c") == "a" * (SLUG_LENGTH - 2) + "-b"
    assert make_slug("a" * 200) == "a" * SLUG_LENGTH


@pytest.fixture
def unfilled_slugs_allowed(db):
    """The state of a database whose new language has no slugs yet."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:
            cursor.execute("ALTER TABLE pages_page DROP CONSTRAINT page_slug_es_filled")
        yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


@pytest.mark.parametrize("nothing", [None, ""])
def test_an_item_without_a_slug_in_a_language_is_shown_where_it_is_found(client, unfilled_slugs_allowed, nothing):
    page = make_page(title_en="About")
    Page.objects.update(slug_es=nothing)

    response = client.get("/es/about/")

    assert (response.status_code, response.context["page"]) == (200, page)


@pytest.mark.django_db
@pytest.mark.parametrize("nothing", [None, ""])
@pytest.mark.parametrize("code", languages())
def test_the_database_refuses_an_item_without_a_slug(nothing, code):
    make_page()

    with pytest.raises(IntegrityError, match=f"page_slug_{code}_filled"):
        Page.objects.update(**{f"slug_{code}": nothing})


@pytest.mark.django_db
def test_bulk_create_without_slugs_names_the_constraint():
    with pytest.raises(IntegrityError, match=r"category_slug_.._filled"):
        Category.objects.bulk_create([Category(name_en="Cities")])


@pytest.mark.django_db
def test_checks_let_empty_slugs_pass_because_saving_fills_them():
    page = Page(title_en="About")
    page.full_clean()
    page.save()

    assert {getattr(page, f"slug_{code}") for code in languages()} == {"about"}


def moved_to(queryset, slug, language):
    with override(language), pytest.raises(Moved) as moved:
        get_by_slug(queryset, slug)
    return moved.value.url


@pytest.mark.django_db
def test_a_former_slug_goes_before_the_same_slug_of_another_item_in_another_language():
    make_page(title_en="Meetings", slug_fr="encuentro")
    ours = make_page(title_en="Encounter", slug_es="encuentro")
    ours.slug_es = "encuentros"
    ours.save()

    assert moved_to(Page.objects, "encuentro", "es") == "/es/encuentros/"


@pytest.mark.django_db
def test_a_slug_of_another_language_goes_before_a_former_one_of_another_language():
    earlier = make_page(title_en="Gathering", slug_ca="meeting")
    earlier.slug_ca = "trobada"
    earlier.save()
    make_page(title_en="Encounter", slug_fr="meeting", slug_pt="encontro")

    assert moved_to(Page.objects, "meeting", "pt") == "/pt/encontro/"


@pytest.mark.django_db
def test_a_new_item_does_not_take_the_former_slug_of_another():
    first = make_post(title_en="Results")
    first.slug_en = "results-of-2024"
    first.save()

    second = make_post(title_en="Results")

    assert second.slug_en == "results-2"
    assert moved_to(Post.objects, "results", "en") == first.get_absolute_url()


@pytest.mark.django_db
def test_an_item_may_take_back_a_slug_of_its_own():
    post = make_post(title_en="Results")
    for slug in ("results-of-2024", "results"):
        post.slug_en = slug
        post.save()

    assert get_by_slug(Post.objects, "results") == post
    assert moved_to(Post.objects, "results-of-2024", "en") == "/en/news/results/"


@pytest.mark.django_db
def test_the_memory_of_slugs_is_read_once_for_all_languages():
    with CaptureQueriesContext(connection) as queries, pytest.raises(Http404):
        get_by_slug(Page.objects, "unknown")

    assert [query["sql"].count(" LIKE ") for query in queries] == [0, 0, 1]


SHADOWED = [
    (make_page, "Agenda"),
    (make_page, "News"),
    (make_page, "Bank of experiences"),
    (make_post, "2026"),
    (make_event, "2026"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("make", "title"), SHADOWED)
def test_a_title_that_is_an_address_of_the_site_gets_another_address(client, make, title):
    item = make(title_en=title)

    assert item.slug_en == f"{make_slug(title)}-2"
    for code in languages():
        with override(code):
            response = client.get(item.get_absolute_url())
        assert (response.status_code, response.context.get("item")) == (200, item)


@pytest.mark.django_db
def test_each_language_has_addresses_of_its_own():
    page = make_page(title_en="News", title_es="Noticias", title_fr="News")

    assert (page.slug_en, page.slug_es, page.slug_fr) == ("news-2", "noticias-2", "news")


@pytest.mark.django_db
def test_a_typed_slug_that_leads_elsewhere_is_refused():
    page = Page(title_en="Calendar", slug_en="agenda", slug_es="noticias", slug_fr="noticias")
    with pytest.raises(ValidationError) as refused:
        page.full_clean()

    message = ["The site shows something else at this address. Choose another one."]
    assert refused.value.message_dict == {"slug_en": message, "slug_es": message}

    for item in (
        Post(title_en="A", date="2026-01-01", slug_en="2026"),
        Event(title_en="A", date="2026", slug_en="2026"),
    ):
        with pytest.raises(ValidationError) as refused:
            item.full_clean()
        assert refused.value.message_dict == {"slug_en": message}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [make_category, make_edition, make_event, make_network, make_page, make_post])
def test_slugs_that_lead_home_are_kept(make):
    item = make()
    item.slug_en = "agenda-of-2026"
    item.full_clean()
    item.save()

    assert item.slug_en == "agenda-of-2026"


@pytest.mark.django_db
def test_a_series_with_a_page_elsewhere_keeps_its_slug():
    series = make_series(key=Series.Key.FOCUS_EXPERIENCE)
    series.full_clean()

    assert series.slug_en == "focus-experience"


@pytest.mark.django_db
def test_an_edition_without_its_series_says_so_first():
    with pytest.raises(ValidationError) as refused:
        Edition(title_en="Congress", year=2028, date="2028", slug_en="congress").full_clean()

    assert set(refused.value.message_dict) == {"series"}
