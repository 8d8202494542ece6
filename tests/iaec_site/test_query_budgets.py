"""A list costs the same queries for one row and for ten. What stands on every page costs five: see `FRAME`."""

import pytest
from django.urls import reverse

from tests import factories

# Site identity, menu, agenda, networks, social links.
FRAME = 5


def add_event():
    factories.make_event(city=factories.make_city(), network=factories.make_network(), theme_en="Theme")


def add_past_event():
    factories.make_event(city=factories.make_city(), network=factories.make_network(), date="2024-05-03")


def add_post():
    post = factories.make_post(picture=factories.make_picture())
    post.categories.add(factories.make_category())


def add_experience():
    factories.make_experience().themes.add(factories.make_theme())


def add_focus_issue():
    factories.make_focus_issue().experience.themes.add(factories.make_theme())


def add_network():
    factories.make_network(coordinating_city=factories.make_city(), shown_on_home=True)


def add_city():
    factories.make_membership()


def add_edition():
    factories.make_figure(edition=factories.make_edition(host_city=factories.make_city()))


def add_menu_item():
    factories.make_menu_item(page=factories.make_page(), section="", in_footer=True, in_quick=True)


def add_highlight():
    factories.make_highlight(edition=factories.make_edition(), section="")


def series_address():
    return factories.make_series().get_absolute_url()


def add_publication():
    files = {code: factories.make_document() for code in ("en", "eu")}
    series = factories.make_publication_series()
    factories.make_publication(series=series, files=files).networks.add(factories.make_network())


LISTS = [
    # page, what it lists, its queries beside the frame
    ("home", add_event, 3),  # newest issue, posts, highlights
    ("home", add_post, 4),  # and the categories of the posts
    ("home", add_focus_issue, 3),
    ("home", add_highlight, 3),
    ("home", add_menu_item, 3),
    ("home", add_network, 3),
    # Count, keys, page, years, kinds, modes, networks, countries; but no agenda beside it.
    ("agenda:event_list", add_event, 7),
    ("agenda:event_list?year=2024", add_past_event, 7),
    ("agenda:event_list?kind=meeting&kind=deadline&country=ES&when=all", add_event, 7),
    ("agenda:event_list?when=past", add_past_event, 7),
    ("agenda:event_list?page=2", add_event, 7),
    # Days and their rows, vague dates, years, kinds, modes, networks, countries; no agenda.
    ("/en/agenda/2030/05/", add_event, 7),
    ("news:post_list", add_post, 7),  # count, keys, page, their categories, all categories, years, highlights
    # Versions of the tables, tick box, page, their themes; but no agenda beside it.
    ("experiences:experience_list", add_experience, 3),
    ("experiences:experience_list?theme=&country=ES&year=&view=table", add_experience, 4),  # and the goals
    ("experiences:experience_matrix", add_experience, 1),
    ("experiences:focus_list", add_focus_issue, 5),  # count, keys, page, their themes, all numbers
    ("networks:network_list", add_network, 1),
    ("networks:city_list", add_city, 3),  # cities, countries, networks
    ("networks:city_list?q=city&country=ES", add_city, 2),
    # Count, keys, page, files; series, languages, years and networks of the form.
    ("publications:publication_list", add_publication, 8),
    ("publications:publication_list?year=2020&language=eu", add_publication, 8),
    ("editions:series_detail", add_edition, 4),  # series, editions, their figures, coming deadlines
]


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 10])
@pytest.mark.parametrize(("page", "add", "own"), LISTS, ids=lambda value: getattr(value, "__name__", value))
def test_a_list_needs_the_same_queries_for_any_number(client, django_assert_num_queries, page, add, own, count):
    factories.make_site_identity()
    # Five dates ahead, so that the agenda beside the page does not fill up with past ones.
    for _ in range(5):
        factories.make_event(date="2040-01-01")
    for _ in range(count):
        add()
    if page == "editions:series_detail":
        address = series_address()
    elif page.startswith("/"):
        address = page
    else:
        name, mark, query = page.partition("?")
        address = f"{reverse(name)}{mark}{query}"
    client.get(address)  # the bank reads its facets once after each change: see tests/experiences

    with django_assert_num_queries(FRAME + own):
        assert client.get(address).status_code == 200


@pytest.mark.django_db
def test_the_agenda_asks_for_past_dates_and_other_languages_when_nothing_is_ahead(client, django_assert_num_queries):
    factories.make_site_identity()
    factories.make_event(date="2024-05-03")

    with django_assert_num_queries(FRAME + 1 + 1 + 1):  # networks
        client.get(reverse("networks:network_list"))
