"""What editors write goes in, in any language, and what they can mend is said in words."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from agenda.models import Event
from networks.countries import country_choices
from networks.models import City, Network
from pages.models import Highlight, MenuItem, SiteIdentity
from publishing.models import State
from tests.admin.forms import address, as_it_stands, errors_of
from tests.factories import (
    make_city,
    make_consent_text,
    make_edition,
    make_event,
    make_focus_issue,
    make_membership,
    make_network,
    make_page,
    make_recognition,
    make_site_identity,
    make_subscriber,
)

pytestmark = pytest.mark.django_db

EVENT = {
    "source_language": "es",
    "title_es": "Encuentro de la red",
    "summary_es": "Dos días.",
    "date": "2026-05-26/2026-05-29",
    "kind": "meeting",
    "status": "confirmed",
    "state": "published",
}


def add(desk, model, **data):
    blank = as_it_stands(desk.get(address("add", model)))
    return desk.post(address("add", model), blank | data)


def change(desk, item, **data):
    stands = as_it_stands(desk.get(address("change", item, item.pk)))
    return desk.post(address("change", item, item.pk), stands | data)


def test_an_event_with_spanish_texts_only_gets_an_address_in_every_language(desk):
    response = add(desk, Event, **EVENT)

    assert response.status_code == 302, errors_of(response)
    event = Event.objects.get()
    assert (event.title_es, event.title_en) == ("Encuentro de la red", None)
    slugs = {getattr(event, f"slug_{code}") for code in ("en", "es", "fr", "ca", "pt")}
    assert len(slugs) == 1
    assert slugs.pop().startswith("encuentro-de-la-red")
    assert event.is_public()


def test_hostile_html_is_cleaned_in_each_language(desk):
    hostile = '<p onclick="x()">Bon dia<script>alert(1)</script><img src="https://evil.example/x.png"></p>'

    add(desk, Event, **EVENT | {"body_ca": hostile, "body_es": hostile})

    event = Event.objects.get()
    assert (event.body_ca, event.body_es) == ("<p>Bon dia</p>", "<p>Bon dia</p>")


def test_the_language_that_an_item_is_written_in_needs_its_title(desk):
    response = add(desk, Event, **EVENT | {"source_language": "fr"})

    assert errors_of(response) == {
        "title_fr": [
            "This item is marked as written in French, so this text is needed. "
            "If it is written in another language, choose that under “written in”."
        ]
    }
    assert Event.objects.count() == 0
    assert 'value="Encuentro de la red"' in response.content.decode()


def test_a_new_item_is_taken_to_be_written_in_the_editors_language(desk):
    page = desk.get(address("add", Event), headers={"accept-language": "pt"})

    assert as_it_stands(page)["source_language"] == ["pt"]


@pytest.mark.parametrize(
    ("date", "message"),
    [
        ("some day", "October 2025"),
        ("2026-05-29/2026-05-26", "2026"),
        ("", "This field is required."),
    ],
)
def test_a_date_that_is_none_is_explained_and_kept(desk, date, message):
    response = add(desk, Event, **EVENT | {"date": date})

    errors = errors_of(response)["date"]
    assert len(errors) == 1
    assert message in errors[0]
    assert f'name="date" value="{date}"' in response.content.decode() or not date


def test_times_need_a_day(desk):
    response = add(desk, Event, **EVENT | {"date": "2026-05", "start_time": "10:00"})

    assert "too vague for a time of day" in errors_of(response)["date"][0]


def test_show_until_has_to_be_later_than_show_from(desk):
    moments = {"publish_at": "2026-05-02T10:00", "withdraw_at": "2026-05-01T10:00"}

    response = add(desk, Event, **EVENT | moments)

    assert errors_of(response) == {"__all__": ["“Show until” has to be later than “show from”."]}


def test_moments_are_those_of_the_secretariats_clock(desk):
    add(desk, Event, **EVENT | {"publish_at": "2026-05-02T10:00"})

    event = Event.objects.get()
    assert event.publish_at.isoformat() == "2026-05-02T08:00:00+00:00"
    assert as_it_stands(desk.get(address("change", event, event.pk)))["publish_at"] == ["2026-05-02T10:00"]


def test_an_address_that_is_taken_is_refused_in_words(desk):
    make_event(slug_es="encuentro")

    response = add(desk, Event, **EVENT | {"slug_es": "encuentro"})

    assert errors_of(response) == {"__all__": ["Another item has this address in the same language."]}


@pytest.mark.parametrize("model", [MenuItem, Highlight])
@pytest.mark.parametrize("targets", [{}, {"section": "agenda", "external_url": "https://example.org/"}])
def test_a_link_needs_exactly_one_target(desk, model, targets):
    response = add(desk, model, label_en="Look", order="1", **targets)

    assert errors_of(response) == {
        "__all__": ["Choose exactly one target: a section, one item, or an address elsewhere."]
    }


def test_a_link_to_a_page_is_made(desk):
    page = make_page()

    response = add(desk, MenuItem, label_en="Look", order="1", page=page.pk)

    assert response.status_code == 302
    assert MenuItem.objects.get().page == page


def test_official_names_are_lines_and_come_back_as_lines(desk):
    city = make_city(name="Alacant / Alicante", country="ES")

    change(desk, city, official_names="ca: Alacant\r\n\r\n ES : Alicante ")

    city.refresh_from_db()
    assert city.official_names == [{"language": "ca", "text": "Alacant"}, {"language": "es", "text": "Alicante"}]
    shown = as_it_stands(desk.get(address("change", city, city.pk)))
    assert shown["official_names"] == ["ca: Alacant\nes: Alicante"]


def test_an_official_name_without_its_language_is_explained(desk):
    response = change(desk, make_city(), official_names="Alacant")

    assert errors_of(response) == {
        "official_names": ["“Alacant” has no language. Write its code and a colon before the name: “ca: Alacant”."]
    }
    assert as_it_stands(response)["official_names"] == ["Alacant"]


def test_countries_and_languages_are_chosen_by_name(desk):
    network = make_network(countries=["IT"], official_language="ast")

    page = desk.get(address("change", network, network.pk))
    saved = desk.post(address("change", network, network.pk), as_it_stands(page) | {"countries": ["PT", "ES"]})

    assert saved.status_code == 302, errors_of(saved)
    assert '<option value="PT">Portugal</option>' in page.content.decode()
    network.refresh_from_db()
    assert sorted(network.countries) == ["ES", "PT"]
    assert network.official_language == "ast"  # a code that the list lacks is kept


@pytest.mark.parametrize(("language", "first", "later"), [("en", "Austria", "Belgium"), ("fr", "Égypte", "Finlande")])
def test_countries_are_sorted_by_name_in_the_editors_language(language, first, later):
    with translation.override(language):
        names = [name for code, name in country_choices()]

    assert names.index(first) < names.index(later)


def test_a_time_zone_is_chosen_from_those_that_exist(desk):
    response = add(desk, Event, **EVENT | {"timezone": "Europe/Nowhere"})

    assert "Europe/Nowhere" in errors_of(response)["timezone"][0]


def test_revisions_of_the_charter_are_lines(desk):
    site = make_site_identity()

    assert change(desk, site, charter_revised="1994\nnoviembre de 2020").status_code == 302
    site.refresh_from_db()
    assert site.charter_revised == ["1994", "2020-11"]
    shown = as_it_stands(desk.get(address("change", site, site.pk)))
    assert shown["charter_revised"] == ["1994\nNovember 2020"]
    assert "charter_revised" in errors_of(change(desk, site, charter_revised="some year"))


def test_there_is_one_site_identity_and_its_link_leads_to_the_form(desk):
    assert desk.get(address("changelist", SiteIdentity)).url == address("add", SiteIdentity)
    site = make_site_identity()

    assert desk.get(address("changelist", SiteIdentity)).url == address("change", site, site.pk)
    assert desk.get(address("add", SiteIdentity)).status_code == 403
    assert desk.post(address("delete", site, site.pk), {"post": "yes"}).status_code == 403


def new_member(number, city):
    return {"memberships-TOTAL_FORMS": number + 1, f"memberships-{number}-city": city.pk}


def test_a_city_joins_and_leaves_a_network(desk):
    membership, joining = make_membership(), make_city()

    change(desk, membership.network, **new_member(1, joining), **{"memberships-0-DELETE": "on"})

    assert list(membership.network.cities.all()) == [joining]


def test_a_city_twice_in_a_network_is_refused_at_its_row(desk):
    membership = make_membership()

    response = change(desk, membership.network, **new_member(1, membership.city))

    [formset] = response.context["inline_admin_formsets"]
    assert formset.formset.errors == [{}, {"__all__": ["Please correct the duplicate values below."]}]


def test_a_network_needs_the_same_queries_for_any_number_of_members(desk):
    network = make_network(members=[make_city()])
    desk.get(address("change", network, network.pk))
    with CaptureQueriesContext(connection) as for_one:
        desk.get(address("change", network, network.pk))
    for _ in range(9):
        make_membership(network=network)

    with CaptureQueriesContext(connection) as for_ten:
        response = desk.get(address("change", network, network.pk))

    [formset] = response.context["inline_admin_formsets"]
    assert len(formset.formset.initial_forms) == 10
    assert len(for_ten) == len(for_one)


def test_a_project_of_a_winner_is_written_in_one_language(desk):
    recognition = make_recognition(project_en="Reading streets")

    response = change(desk, recognition.edition, **{"recognitions-0-project_fr": "Rues de lecture"})

    assert response.status_code == 302
    recognition.refresh_from_db()
    assert (recognition.project_en, recognition.project_fr) == ("Reading streets", "Rues de lecture")


def test_the_next_focus_issue_is_proposed_with_its_number(desk):
    issue = make_focus_issue(number=26)

    page = as_it_stands(desk.get(address("add", issue)))

    assert (page["number"], page["series"]) == (["27"], [str(issue.series_id)])


def test_view_on_site_is_offered_for_what_is_public_only(desk):
    public, draft = make_event(), make_event(state=State.DRAFT)

    def link(item):
        return (
            f'href="{item.get_absolute_url()}" class="viewsitelink"'
            in desk.get(address("change", item, item.pk)).content.decode()
        )

    assert (link(public), link(draft)) == (True, False)


def test_an_edition_below_a_hidden_series_cannot_be_viewed(desk):
    edition = make_edition()
    edition.series.take_back()

    assert "viewsitelink" not in desk.get(address("change", edition, edition.pk)).content.decode()


def test_a_consent_text_stays_as_it_is_once_somebody_agreed(desk):
    free, agreed = make_consent_text(), make_subscriber().consent

    assert change(desk, free, text_en="New words").status_code == 302
    assert desk.post(address("change", agreed, agreed.pk), {"text_en": "New words"}).status_code == 403


@pytest.mark.parametrize(("model", "inline_scripts"), [(Event, True), (Network, False), (City, False)])
def test_only_pages_with_the_rich_text_editor_allow_inline_scripts(desk, model, inline_scripts):
    policy = desk.get(address("add", model)).headers["Content-Security-Policy"]

    assert ("script-src 'self' 'unsafe-inline'" in policy) is inline_scripts
    assert "unsafe" not in desk.get(address("changelist", model)).headers["Content-Security-Policy"]


def test_an_address_that_leads_elsewhere_is_refused_where_it_was_typed(desk):
    make_city(slug="foo")

    assert errors_of(change(desk, make_page(), slug_es="noticias")) == {
        "slug_es": ["The site shows something else at this address. Choose another one."]
    }
    assert errors_of(change(desk, make_city(), slug="FOO")) == {"slug": ["City with this Address already exists."]}


def test_an_address_that_was_emptied_is_made_again(desk):
    page, city = make_page(title_en="About", slug_en="us"), make_city(name="Lleida", slug="lerida")

    assert change(desk, page, slug_en="").status_code == 302
    assert change(desk, city, slug="").status_code == 302
    page.refresh_from_db()
    city.refresh_from_db()
    assert (page.slug_en, city.slug, city.former_slugs) == ("about", "lleida", " :lerida ")
