"""What is found in an item, and what is not."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from checks.findings import MATTERS, Finding, Severity
from checks.looking import findings, findings_of_several
from checks.markup import read_markup
from editions.models import Edition
from pictures.models import Picture
from publishing.models import State
from tests.factories import (
    make_category,
    make_city,
    make_edition,
    make_event,
    make_experience,
    make_focus_issue,
    make_highlight,
    make_network,
    make_page,
    make_picture,
    make_post,
)

pytestmark = pytest.mark.django_db

ALL = {f"title_{code}": f"Title {code}" for code in ("en", "es", "fr", "ca", "pt")}


def matters(item, but=("missing_languages", "missing_texts", "empty_text")):
    return [found.matter for found in findings(item) if found.matter not in but]


def with_link(html, **fields):
    return make_page(body_en=f"<p>{html}</p>", **fields)


# --- links ---


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ('<a href="/en/agenda/"> </a>', ["link_without_text"]),
        ('<a href="/en/agenda/"><strong></strong></a>', ["link_without_text"]),
        ("<a>Read on</a>", ["link_without_address"]),
        ('<a href="">Read on</a>', ["link_without_address"]),
        ('<a href="#">Read on</a>', ["link_without_address"]),
        ('<a href="javascript:alert(1)">Read on</a>', ["link_without_address"]),
        ('<a href="#below">Below</a>', ["link_inside"]),
        ('<a href="www.example.org">Read on</a>', ["incomplete_address"]),
        ('<a href="http://[oops">Read on</a>', ["link_without_address"]),
        ('<a href="/en/nothing-here/">Read on</a>', ["link_to_nothing"]),
        ('<a href="/en/nothing/here/at/all/">Read on</a>', ["link_to_nothing"]),
        ('<a href="/es/agenda/1234567/nada/">Read on</a>', ["link_to_nothing"]),
        ('<a href="/admin/">Read on</a>', ["link_to_staff"]),
        ('<a href="http://localhost/en/nothing-here/">Read on</a>', ["link_to_nothing"]),
        ('<a href="//127.0.0.1/en/nothing-here/">Read on</a>', ["link_to_nothing"]),
        ('<a href="/media/pictures/none.jpg">Read on</a>', ["link_to_nothing"]),
        ('<a href="/media/%2e%2e/%2e%2e/secret_key">Read on</a>', ["link_to_nothing"]),
        ('<a href="/en/agenda/">Agenda</a>', []),
        ('<a href="/en/agenda">Agenda</a>', []),
        ('<a href="/en/agenda/?kind=meeting">Agenda</a>', []),
        ('<a href="/es/noticias/">Noticias</a>', []),
        ('<a href="/">Home</a>', []),
        ('<a href="/static/img/logo.svg">Logo</a>', []),
        ('<a href="mailto:office@example.org">Write</a>', []),
        ('<a href="https://example.org/x">Elsewhere</a>', []),
        ('<a href="/en/agenda/"><img src="/static/img/logo.svg" alt="The agenda"></a>', []),
    ],
)
def test_links_are_followed_on_this_site(html, found):
    assert matters(with_link(html)) == found


@pytest.mark.parametrize(
    "make",
    [
        make_event,
        make_post,
        make_experience,
        make_page,
        make_city,
        make_network,
        make_edition,
        make_focus_issue,
    ],
)
def test_a_link_to_an_item_is_right_while_the_public_sees_the_item(make):
    target = make()
    with override("fr"):
        page = with_link(f'<a href="{target.get_absolute_url()}">There</a>')

    assert matters(page) == []
    target.take_back()
    found = [one for one in findings(page) if one.is_error]
    assert [(one.matter, one.field, one.language) for one in found] == [("link_not_public", "body", "en")]
    assert str(target) in found[0].text


def test_what_an_address_depends_on_has_to_be_public_too():
    edition = make_edition()
    page = with_link(f'<a href="{edition.get_absolute_url()}">There</a>')
    edition.series.take_back()

    assert matters(page) == ["link_not_public"]


def test_former_addresses_and_those_of_other_languages_lead_somewhere():
    target = make_page(title_en="Old name", title_es="Otro nombre")
    old, other = target.get_absolute_url(), f"/en/{target.slug_es}/"
    target.slug_en = "new-name"
    target.save()

    assert matters(with_link(f'<a href="{old}">Old</a> <a href="{other}">Other</a>')) == []


def test_a_category_is_always_public():
    assert matters(with_link(f'<a href="{make_category().get_absolute_url()}">There</a>')) == []


def test_a_link_may_lead_to_what_shows_no_later_than_the_item_itself():
    now = timezone.now()
    target = make_event(publish_at=now + timedelta(days=2))
    link = f'<a href="{target.get_absolute_url()}">There</a>'

    assert matters(with_link(link, publish_at=now + timedelta(days=3))) == []
    assert matters(with_link(link, publish_at=now + timedelta(days=1))) == ["link_too_early"]
    assert matters(with_link(link)) == ["link_too_early"]


def test_what_is_withdrawn_before_the_item_shows_is_not_public():
    now = timezone.now()
    target = make_event(withdraw_at=now + timedelta(days=1))
    link = f'<a href="{target.get_absolute_url()}">There</a>'

    assert matters(with_link(link)) == []
    assert matters(with_link(link, publish_at=now + timedelta(days=2))) == ["link_not_public"]


def test_an_item_may_link_to_itself_before_it_is_published():
    page = make_page(state=State.DRAFT)
    page.body_en = f'<p><a href="{page.get_absolute_url()}">Here</a></p>'

    assert matters(page) == []


def test_fields_for_an_address_are_followed_too():
    post = make_post(video_url="http://127.0.0.1:8000/en/nothing-here/")

    assert [(one.matter, one.column) for one in findings(post) if one.is_error] == [("link_to_nothing", "video_url")]


# --- pictures ---


def test_an_items_picture_needs_a_text_or_is_decorative():
    post = make_post(picture=make_picture())
    assert matters(post) == []

    Picture.objects.update(**{f"alt_{code}": "" for code in ("en", "es", "fr", "ca", "pt")})
    post.refresh_from_db()
    assert matters(post) == ["picture_without_alt"]

    Picture.objects.update(decorative=True)
    post.refresh_from_db()
    assert matters(post) == []


def test_pictures_in_texts_need_a_text():
    page = make_page(body_en='<p><img src="/static/img/logo.svg"><img src="/static/img/logo.svg" alt=""></p>')

    assert matters(page) == ["image_without_alt", "image_empty_alt"]


def test_a_picture_in_a_text_has_to_be_there():
    assert matters(make_page(body_en='<p><img src="/media/pictures/none.jpg" alt="A school"></p>')) == [
        "image_missing"
    ]


# --- headings ---


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<h2>One</h2><h3>Two</h3><h4>Three</h4><h2>Four</h2>", []),
        ("<h3>One</h3>", ["heading_skips"]),
        ("<h2>One</h2><h4>Two</h4>", ["heading_skips"]),
        ("<h2> </h2>", ["heading_empty"]),
        ("<p>None</p>", []),
    ],
)
def test_headings_go_down_one_level_at_a_time(html, found):
    assert matters(make_page(body_en=html)) == found


# --- languages and titles ---


def test_languages_that_are_missing_are_named_in_one_piece_of_advice():
    page = make_page(title_es="Título", body_en="<p>Text</p>")

    assert [one.text for one in findings(page)] == [
        "Not translated into French, Catalan and Portuguese yet: these readers are shown the original.",
        "“text” is missing in Spanish, where there is a title already.",
    ]
    with override("en"):
        assert {one.severity for one in findings(page)} == {Severity.ADVICE}


def test_a_city_is_not_to_be_translated():
    assert findings(make_city()) == []


def test_a_title_is_used_once_in_a_language_for_one_kind_of_item():
    make_page(title_en="Join us", title_fr="Adhérer")
    page = make_page(title_en="Join us", title_es="Adhérer")
    make_post(title_en="Join us")

    assert [one.text for one in findings(page) if one.matter == "title_used"] == [
        "Another item of this kind has the same title in English."
    ]


def test_the_same_title_in_another_year_is_as_it_should_be():
    event = make_event(title_en="International Day", date="2027-11-30")
    make_event(title_en="International Day", date="2028-11-30")
    assert matters(event) == []

    make_event(title_en="International Day", date="2027-11-29")
    assert matters(event) == ["title_used"]


def test_texts_that_lists_show_should_be_there():
    assert [one.text for one in findings(make_post(**ALL))] == [
        "There is no text in “teaser”.",
        "There is no text in “text”.",
    ]


# --- dates and targets ---


def test_a_past_event_is_not_announced():
    event = make_event(date="2020-05-03", summary_en="The meeting will be held in Turin.")

    assert [one.text for one in findings(event) if one.matter == "past_as_coming"] == [
        "The date is past, but the text speaks of it as coming: “will be held”."
    ]


def test_a_past_edition_was_held():
    edition = make_edition(date="2020", status=Edition.Status.ANNOUNCED)

    assert matters(edition) == ["past_as_announced"]
    assert matters(make_edition(date=str(date.today().year + 1), status=Edition.Status.ANNOUNCED)) == []


def test_a_highlight_may_be_prepared_before_its_target():
    assert matters(make_highlight(event=make_event(state=State.DRAFT))) == ["target_not_public"]
    assert matters(make_highlight(event=make_event())) == []


# --- the whole ---


def test_errors_come_before_advice():
    page = make_page(body_en="<h4>Deep</h4><p><a>Nowhere</a></p>")

    assert [one.is_error for one in findings(page)] == sorted([one.is_error for one in findings(page)], reverse=True)


def test_a_finding_can_be_said_again_from_what_was_stored():
    page = make_page(body_en='<p><a href="/en/nothing/">There</a></p>')
    found = findings(page)[0]

    again = Finding(found.matter, found.severity, found.model, found.field, found.language, dict(found.values))

    assert (again.text, again.key, again.place) == (found.text, found.key, "Text, English")
    with override("fr"):
        assert again.place == "Texte, anglais"


def test_every_matter_names_only_values_that_it_is_given():
    assert {name for name, matter in MATTERS.items() if "%" in str(matter.words).replace("%(", "")} == set()


@pytest.mark.parametrize("html", ["<a href='", "<h2><h3></h2>", "<img>", "<a><a></a>", "<h2", "\x00<a href=x>"])
def test_broken_markup_is_read_without_an_error(html):
    read_markup(html)


def test_as_many_queries_for_ten_items_with_ten_links_as_for_one():
    def make():
        links = "".join(
            f'<a href="{make().get_absolute_url()}">x</a>'
            for make in (make_event, make_post, make_page, make_city)
            for _ in range(3)
        )
        return make_page(body_en=f"<p>{links}<a href='/en/gone-{make_page().pk}/'>x</a></p>")

    one, ten = [make()], [make() for _ in range(10)]
    with CaptureQueriesContext(connection) as for_one:
        findings_of_several(one)
    with CaptureQueriesContext(connection) as for_ten:
        findings_of_several(ten)

    assert (len(for_one), len(for_ten)) == (6, 6)
