"""One of everything, published, and the addresses of all kinds of public pages."""

from django.urls import reverse
from django.utils.translation import override

from tests import factories

LIST_PAGES = (
    "home",
    "agenda:event_list",
    "news:post_list",
    "experiences:experience_list",
    "experiences:experience_matrix",
    "experiences:focus_list",
    "networks:network_list",
    "networks:city_list",
    "publications:publication_list",
    "newsletter:signup",
    "newsletter:issue_list",
    "open_data",
)


def make_site():
    """A small site with every relation in use. Returns the items that have a page of their own, by kind."""
    barcelona = factories.make_city(name="Barcelona")
    daegu = factories.make_city(
        name="Dalseo-gu", name_local="달서구", name_local_language="ko", part_of="Daegu", country="KR"
    )
    factories.make_site_identity(
        seat_city=barcelona,
        introduction_en="Cities that learn.",
        tagline_en="The city as a classroom",
        **{f"{field}_{code}": f"{field} {code}" for field in ("name", "acronym") for code in ("es", "fr", "ca", "pt")},
    )
    factories.make_social_link()
    factories.make_member_count(cities=492, countries=38, as_of="2026-03")
    factories.make_consent_text()
    network = factories.make_network(members=[barcelona, daegu], coordinating_city=barcelona, shown_on_home=True)
    network.coordination_committee.add(daegu)
    factories.make_network(parent_network=network)
    congress = factories.make_edition(host_city=barcelona, theme_en="Theme", note_en="Note")
    factories.make_figure(edition=congress)
    award = factories.make_edition(
        series=factories.make_series(key="award"),
        deadline="2035-01-01",
        ceremony_date="2035-06-01",
        ceremony_city=daegu,
    )
    factories.make_recognition(edition=award, city=barcelona)
    theme = factories.make_theme()
    experience = factories.make_experience(city=barcelona, summary_en="Summary", body_en="<h2>Part</h2><p>Text</p>")
    experience.themes.add(theme)
    experience.sdgs.add(factories.make_sdg())
    experience.charter_principles.add(factories.make_charter_principle())
    experience.target_groups.add(factories.make_target_group())
    experience.editions.add(award)
    issue = factories.make_focus_issue(experience=experience)
    factories.make_focus_issue()
    event = factories.make_event(
        city=barcelona, place="Barcelona", network=network, edition=congress, summary_en="Summary", theme_en="«Theme»"
    )
    factories.make_event(date="2030-23", city=daegu, title_en=None, title_es="Otoño", source_language="es")
    factories.make_event(kind="deadline", date="2031-01-15")
    factories.make_event(kind="deadline", date="2030-05-02/2030-05-20")
    factories.make_event(date="2030-05-06/2030-05-14", status="postponed")
    factories.make_event(date="2030-05", theme_en="Theme")
    for _ in range(6):
        factories.make_event(date="2030-05-22", city=barcelona, place="Barcelona", mode="in_person")
    factories.make_event(status="cancelled", date="2019-05-01/2019-05-03")
    category = factories.make_category()
    post = factories.make_post(
        teaser_en="Teaser", body_en="<p>Text</p>", picture=factories.make_picture(), focus_issue=issue
    )
    for relation, item in (
        (post.categories, category),
        (post.cities, barcelona),
        (post.networks, network),
        (post.editions, congress),
        (post.events, event),
        (post.experiences, experience),
    ):
        relation.add(item)
    letter = factories.make_issue(event, post, issue, experience, network, number=1, intro_en="<p>Dear all</p>")
    factories.make_issue(number=2, subject_en=None, subject_es="Carta", source_language="es")
    only_spanish = factories.make_post(title_en=None, title_es="Solo en español", source_language="es")
    page = factories.make_page(key="privacy", teaser_en="Teaser", body_en="<p>Text</p>")
    publication = factories.make_publication(
        summary_en="Summary",
        series=factories.make_publication_series(description_en="Description"),
        number="3",
        edition=congress,
        page=page,
        files={code: factories.make_document() for code in ("en", "eu", "ar")},
    )
    publication.networks.add(network)
    publication.cities.add(barcelona)
    above = factories.make_menu_item(page=page, section="", in_quick=True, in_footer=True)
    factories.make_menu_item(section="networks", parent=above)
    factories.make_highlight(section="bank")
    factories.make_highlight(section="news", picture=factories.make_picture())
    return {
        "city": barcelona,
        "network": network,
        "series": congress.series,
        "edition": congress,
        "award": award,
        "experience": experience,
        "issue": issue,
        "event": event,
        "category": category,
        "post": post,
        "only_spanish": only_spanish,
        "page": page,
        "publication": publication,
        "publication series": publication.series,
        "letter": letter,
    }


def addresses(items, language):
    """{kind: address} of every kind of public page in a language."""
    with override(language):
        bank = reverse("experiences:experience_list")
        return {name: reverse(name) for name in LIST_PAGES} | {
            "agenda:event_list of a choice": f"{reverse('agenda:event_list')}?year=2030",
            "agenda:event_list of several": f"{reverse('agenda:event_list')}?kind=meeting&kind=deadline&country=ES",
            "agenda:event_list of nothing": f"{reverse('agenda:event_list')}?kind=congress&when=past",
            "search of something": f"{reverse('search')}?q=barcelona",
            "search of nothing": f"{reverse('search')}?q=barcellona",
            "agenda:event_month": reverse("agenda:event_month", kwargs={"year": 2030, "month": 5}),
            "agenda:event_month of nothing": reverse("agenda:event_month", kwargs={"year": 2033, "month": 2}),
            "experiences:experience_list of a choice": f"{bank}?country=ES",
            "experiences:experience_list as a table": f"{bank}?country=ES&language=en&view=table",
            "experiences:experience_list of nothing": f"{bank}?q=nothing&country=ES",
            "networks:city_list of a country": f"{reverse('networks:city_list')}?country=ES",
            "networks:city_list of nothing": f"{reverse('networks:city_list')}?q=nowhere",
            "publications:publication_list of a choice": f"{reverse('publications:publication_list')}?language=eu",
            "publications:publication_list of nothing": f"{reverse('publications:publication_list')}?language=de",
            "news:post_archive": reverse("news:post_archive", kwargs={"year": 2025}),
            **{kind: item.get_absolute_url() for kind, item in items.items()},
        }
