"""What editors choose for a section: its lists leave out what is not translated, wherever they stand."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from tests import factories
from tests.admin.forms import as_it_stands
from tests.translations.shown import texts_of

pytestmark = pytest.mark.django_db

SPANISH = {"source_language": "es"}


def make_both(make, field="title", **more):
    """One item that has Spanish only, and one that English and Spanish have."""
    only = make(**{f"{field}_en": None, f"{field}_es": "Solo en español"}, **SPANISH, **more)
    both = make(**{f"{field}_en": "In both", f"{field}_es": "En los dos"}, **more)
    return only, both


def events():
    city, network = factories.make_city(), factories.make_network()
    edition = factories.make_edition()
    make_both(factories.make_event, city=city, network=network, edition=edition)
    return {
        "list": reverse("agenda:event_list"),
        "list of a choice": f"{reverse('agenda:event_list')}?year=2030",
        "month": reverse("agenda:event_month", kwargs={"year": 2030, "month": 5}),
        "board on every page": reverse("networks:network_list"),
        "home": reverse("home"),
        "network": network.get_absolute_url(),
        "city": city.get_absolute_url(),
        "edition": edition.get_absolute_url(),
    }


def posts():
    network, event, category = factories.make_network(), factories.make_event(), factories.make_category()
    for post in make_both(factories.make_post):
        post.networks.add(network)
        post.events.add(event)
        post.categories.add(category)
    return {
        "list": reverse("news:post_list"),
        "year": reverse("news:post_archive", kwargs={"year": 2025}),
        "category": category.get_absolute_url(),
        "home": reverse("home"),
        "network": network.get_absolute_url(),
        "event": event.get_absolute_url(),
        "neighbours": factories.make_post(date="2025-05-02").get_absolute_url(),
    }


def experiences():
    city, theme = factories.make_city(), factories.make_theme()
    post = factories.make_post()
    for experience in make_both(factories.make_experience, city=city):
        experience.themes.add(theme)
        post.experiences.add(experience)
    return {
        "list": reverse("experiences:experience_list"),
        "theme": f"{reverse('experiences:experience_list')}?theme={theme.key}",
        "city": city.get_absolute_url(),
        "post": post.get_absolute_url(),
    }


def issues():
    only, both = make_both(factories.make_experience)
    factories.make_focus_issue(experience=both, number=1)
    factories.make_focus_issue(experience=only, number=3)
    between = factories.make_focus_issue(number=2)
    return {
        "list": reverse("experiences:focus_list"),
        "home": reverse("home"),
        "neighbours": between.get_absolute_url(),
    }


def publications():
    series, city, network = factories.make_publication_series(), factories.make_city(), factories.make_network()
    page, edition = factories.make_page(), factories.make_edition()
    for publication in make_both(factories.make_publication, series=series, page=page, edition=edition):
        publication.cities.add(city)
        publication.networks.add(network)
    return {
        "list": reverse("publications:publication_list"),
        "list of a choice": f"{reverse('publications:publication_list')}?year=2020",
        "series": series.get_absolute_url(),
        "others of a series": factories.make_publication(series=series).get_absolute_url(),
        "city": city.get_absolute_url(),
        "network": network.get_absolute_url(),
        "page": page.get_absolute_url(),
        "edition": edition.get_absolute_url(),
    }


SECTIONS = {
    "agenda": events,
    "news": posts,
    "bank": experiences,
    "focus_experience": issues,
    "publications": publications,
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_shows_everything_until_editors_choose(client, section):
    places = SECTIONS[section]()

    assert {place for place, address in places.items() if "Solo en español" not in texts_of(client, address)} == set()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_chosen_section_leaves_out_everywhere_what_is_not_translated(client, section):
    places = SECTIONS[section]()
    factories.make_translated_only(section)

    shown = {place: texts_of(client, address) for place, address in places.items()}

    assert {place for place, texts in shown.items() if "Solo en español" in texts} == set()
    # The front page shows one issue, the newest that is left.
    newest_only = {"home"} if section == "focus_experience" else set()
    assert {place for place, texts in shown.items() if "In both" not in texts} == newest_only


@pytest.mark.parametrize("section", SECTIONS)
def test_the_choice_for_one_section_leaves_the_others_alone(client, section):
    places = SECTIONS[section]()
    factories.make_translated_only(*(SECTIONS.keys() - {section}))

    assert {place for place, address in places.items() if "Solo en español" not in texts_of(client, address)} == set()


def test_in_its_own_language_an_item_stays_listed(client):
    make_both(factories.make_post)
    factories.make_translated_only("news")

    with override("es"):
        texts = texts_of(client, reverse("news:post_list"))

    assert {"Solo en español", "En los dos"} - set(texts) == set()


def test_what_a_list_leaves_out_keeps_its_page_with_a_note(client):
    only, _ = make_both(factories.make_post)
    factories.make_translated_only("news")

    html = client.get(only.get_absolute_url()).content.decode()

    assert re.findall(r'<p class="notice">(.*?) <a', html) == ["This text is available in Spanish only."]


def test_feeds_and_calendars_follow_the_choice(client):
    make_both(factories.make_event)
    factories.make_translated_only("agenda")

    for name in ("event_calendar", "event_atom_feed", "event_json_feed"):
        body = client.get(reverse(f"agenda:{name}")).content.decode()
        assert ("In both" in body, "Solo en espa" in body) == (True, False), name


def test_feeds_of_the_news_follow_the_choice(client):
    make_both(factories.make_post)
    addresses = [reverse(f"news:{name}") for name in ("post_atom_feed", "post_json_feed")]
    before = [("Solo en espa" in client.get(address).content.decode()) for address in addresses]
    factories.make_translated_only("news")

    bodies = [client.get(address).content.decode() for address in addresses]

    assert before == [True, True]
    assert [("In both" in body, "Solo en espa" in body) for body in bodies] == [(True, False)] * 2


def test_feeds_and_downloads_of_publications_follow_the_choice(client):
    make_both(factories.make_publication)
    addresses = [reverse(f"publications:publication_{name}") for name in ("atom_feed", "json_feed", "json", "csv")]

    def bodies():
        answers = [client.get(address) for address in addresses]
        return [b"".join(answer) if answer.streaming else answer.content for answer in answers]

    before = [(b"In both" in body, b"Solo en espa" in body) for body in bodies()]
    factories.make_translated_only("publications")

    assert before == [(True, True)] * 4
    assert [(b"In both" in body, b"Solo en espa" in body) for body in bodies()] == [(True, False)] * 4


def test_counts_years_and_what_can_be_chosen_follow_the_choice(client):
    make_both(factories.make_event)
    factories.make_event(title_en=None, title_es="Plazo", date="2031-01-01", kind="deadline", **SPANISH)
    factories.make_post(title_en=None, title_es="Nota", date="2019-01-01", **SPANISH)
    factories.make_translated_only("agenda", "news")

    context = client.get(reverse("agenda:event_list")).context
    assert context["page"].paginator.count == 1
    assert context["years"] == [2030]
    assert [option.value for option in context["filter"].kinds] == ["meeting"]
    assert list(client.get(reverse("news:post_list")).context["years"]) == []


def test_a_year_that_others_can_read_is_still_there(client):
    factories.make_post(title_en=None, title_es="Nota", date="2019-01-01", **SPANISH)
    factories.make_translated_only("news")

    response = client.get(reverse("news:post_archive", kwargs={"year": 2019}))

    assert (response.status_code, links_elsewhere(response)) == (200, [("es", "/es/noticias/2019/")])


def links_elsewhere(response):
    html = response.content.decode().partition('<div class="empty">')[2].partition("</div>")[0]
    return [(code, url) for url, code in re.findall(r'<a href="([^"]+)" lang="(\w+)"', html)]


def make_issue(**texts):
    return factories.make_focus_issue(experience=factories.make_experience(**texts))


@pytest.mark.parametrize(
    ("section", "make", "address", "there"),
    [
        ("agenda", factories.make_event, "/en/agenda/", "/es/agenda/"),
        ("agenda", factories.make_event, "/en/agenda/?year=2030", "/es/agenda/?year=2030"),
        ("agenda", factories.make_event, "/en/agenda/2030/05/", "/es/agenda/2030/05/"),
        ("news", factories.make_post, "/en/news/", "/es/noticias/"),
        ("bank", factories.make_experience, "/en/bank-of-experiences/", "/es/banco-de-experiencias/"),
        ("focus_experience", make_issue, "/en/focus-experience/", "/es/experiencia-destacada/"),
        ("publications", factories.make_publication, "/en/publications/", "/es/publicaciones/"),
        ("publications", factories.make_publication, "/en/publications/?year=2020", "/es/publicaciones/?year=2020"),
    ],
)
def test_an_empty_list_leads_to_the_languages_in_which_there_is_something(client, section, make, address, there):
    make(title_en=None, title_es="Solo en español", **SPANISH)
    factories.make_translated_only(section)

    response = client.get(address)

    assert links_elsewhere(response) == [("es", there)]
    assert "Nothing here has been translated into the language of this page yet." in response.content.decode()


def test_a_list_that_is_empty_in_every_language_leads_nowhere_else(client):
    factories.make_translated_only("agenda", "news")

    for name, said in (("agenda:event_list", "No events are planned yet."), ("news:post_list", "Nothing has been")):
        response = client.get(reverse(name))
        assert links_elsewhere(response) == []
        assert said in response.content.decode()


def test_the_board_says_that_dates_are_missing_in_this_language_only(client):
    factories.make_event(title_en=None, title_es="Solo en español", **SPANISH)
    factories.make_translated_only("agenda")

    assert "No dates ahead in this language at the moment." in texts_of(client, reverse("networks:network_list"))


COUNTED = ["home", "agenda:event_list", "news:post_list", "publications:publication_list"]


def test_the_choice_costs_no_query_where_there_is_something_to_list(client):
    for _ in range(5):
        factories.make_event(date="2040-01-01")
    factories.make_post()
    factories.make_publication()
    addresses = [reverse(name) for name in COUNTED]

    def queries():
        with CaptureQueriesContext(connection) as captured:
            for address in addresses:
                client.get(address)
        return len(captured)

    before = queries()
    factories.make_translated_only("agenda", "news", "bank", "focus_experience", "publications")
    assert queries() == before


def test_editors_find_one_choice_for_the_whole_site(client):
    client.force_login(factories.make_editor())
    index = reverse("admin:translations_translatedonly_changelist")

    assert client.get(index).url == reverse("admin:translations_translatedonly_add")
    client.post(reverse("admin:translations_translatedonly_add"), {"news": "on"})

    chosen = client.get(index).url
    assert client.get(reverse("admin:translations_translatedonly_add")).status_code == 403
    make_both(factories.make_post)
    assert "Solo en español" not in texts_of(client, reverse("news:post_list"))
    client.post(chosen, as_it_stands(client.get(chosen)) | {"news": []})
    assert "Solo en español" in texts_of(client, reverse("news:post_list"))
