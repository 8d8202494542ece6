"""An error stops the publication of an item, by the form and by the button; nothing that was typed is lost."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from checks.models import KeptFinding
from pages.models import Page
from publishing.models import State
from tests.admin.forms import address, as_it_stands, errors_of
from tests.factories import make_event, make_focus_issue, make_network, make_page, make_picture, make_post

pytestmark = pytest.mark.django_db

BROKEN = '<p>Read <a href="/en/nothing/">on</a>.</p>'
ALL = {f"title_{code}": f"Title {code}" for code in ("en", "es", "fr", "ca", "pt")}


def send(client, item, **typed):
    data = as_it_stands(client.get(address("change", item, item.pk)))
    return client.post(address("change", item, item.pk), data | typed)


def said(response):
    return [str(message) for message in get_messages(response.wsgi_request)]


def act(client, items, action="publish_now"):
    items = list(items)
    data = {"action": action, "_selected_action": [item.pk for item in items]}
    return client.post(address("changelist", items[0]), data, follow=True)


# --- the form ---


def test_an_error_stops_the_publication_and_everything_typed_comes_back(desk):
    page = make_page(state=State.DRAFT, title_en="Old")

    response = send(desk, page, state="published", title_en="New", title_fr="Nouveau", body_en=BROKEN)

    assert response.status_code == 200
    assert errors_of(response) == {"body_en": ["There is no page at /en/nothing/ on this site."]}
    back = as_it_stands(response)
    assert (back["title_en"], back["title_fr"], back["state"]) == (["New"], ["Nouveau"], ["published"])
    assert back["body_en"] == [BROKEN]
    page.refresh_from_db()
    assert (page.title_en, page.state) == ("Old", State.DRAFT)


def test_the_same_form_is_saved_as_a_draft(desk):
    page = make_page(state=State.DRAFT)

    assert send(desk, page, body_en=BROKEN).status_code == 302
    page.refresh_from_db()
    assert (page.state, "/en/nothing/" in page.body_en) == (State.DRAFT, True)


def test_a_new_item_is_stopped_as_well(desk):
    data = as_it_stands(desk.get(address("add", Page)))

    response = desk.post(address("add", Page), data | {"title_en": "New", "state": "published", "body_en": BROKEN})

    assert (response.status_code, Page.objects.count()) == (200, 0)
    assert "To be mended before it is published" in response.content.decode()


def test_advice_never_stops_anything_and_is_said_once(desk):
    page = make_page(state=State.DRAFT, **ALL)

    first = send(desk, page, state="published", body_en="<h4>Deep</h4>")
    second = send(desk, page, teaser_en="Another word")

    assert (first.status_code, second.status_code) == (302, 302)
    assert "level 4" in said(first)[0]
    assert [text for text in said(second) if "level 4" in text] == []


def test_an_item_that_is_to_show_later_is_looked_at_as_it_will_be(desk):
    later = timezone.localtime() + timedelta(days=3)
    target = make_event(publish_at=timezone.now() + timedelta(days=2))
    page = make_page(state=State.DRAFT, body_en=f'<p><a href="{target.get_absolute_url()}">There</a></p>')

    assert send(desk, page, state="published").status_code == 200
    assert send(desk, page, state="published", publish_at=later.strftime("%Y-%m-%dT%H:%M")).status_code == 302


def test_an_error_that_readers_meet_already_does_not_stop_a_correction(desk):
    page = make_page(title_en="Teh page", body_en=BROKEN)

    assert send(desk, page, title_en="The page").status_code == 302
    response = send(desk, page, body_en=f"{BROKEN}<p><a>More</a></p>")
    assert errors_of(response) == {"body_en": ["The link “More” leads nowhere."]}


def test_the_picture_of_an_item_needs_its_text(desk):
    picture = make_picture()
    type(picture).objects.update(**{f"alt_{code}": "" for code in ("en", "es", "fr", "ca", "pt")})
    post = make_post(state=State.DRAFT)

    response = send(desk, post, state="published", picture=picture.pk)

    assert list(errors_of(response)) == ["picture"]


# --- the panel ---


def test_the_panel_says_what_is_wrong_with_the_saved_item(desk):
    page = make_page(state=State.DRAFT, body_en=BROKEN)

    html = desk.get(address("change", page, page.pk)).content.decode()

    assert "To be mended before it is published" in html
    assert "There is no page at /en/nothing/ on this site." in html


def test_what_readers_meet_is_said_so(desk):
    page = make_page(body_en=BROKEN)

    assert "Readers meet an error here" in desk.get(address("change", page, page.pk)).content.decode()


def test_an_issue_has_the_panel_too(desk):
    issue = make_focus_issue()

    assert desk.get(address("change", issue, issue.pk)).status_code == 200


def test_what_an_editor_wrote_is_shown_as_text(desk):
    page = make_page(state=State.DRAFT, body_en="<p><a>&lt;script&gt;alert(1)&lt;/script&gt;</a></p>")

    html = desk.get(address("change", page, page.pk)).content.decode()

    assert "The link “&lt;script&gt;alert(1)&lt;/script&gt;” leads nowhere." in html


@pytest.mark.parametrize("links", [1, 20])
def test_the_form_asks_as_much_for_twenty_links_as_for_one(desk, links):
    targets = [make_event(summary_en="x") for _ in range(links)]
    html = "".join(f'<a href="{target.get_absolute_url()}">x</a>' for target in targets)
    page = make_page(body_en=f"<p>{html}</p>")
    desk.get(address("change", page, page.pk))

    with CaptureQueriesContext(connection) as queries:
        desk.get(address("change", page, page.pk))

    assert len([q for q in queries if '"agenda_event"' in q["sql"]]) == 1


# --- the button of the list ---


def test_publish_now_leaves_out_what_has_an_error_and_says_why(desk):
    good, bad = make_page(state=State.DRAFT), make_page(state=State.DRAFT, body_en=BROKEN, title_en="<b>Bad</b>")

    response = act(desk, [good, bad])

    assert set(Page.objects.published()) == {good}
    texts = said(response)
    assert len(texts) == 2
    assert f'<a href="{address("change", bad, bad.pk)}">&lt;b&gt;Bad&lt;/b&gt;</a>' in texts[0]
    assert "There is no page at /en/nothing/ on this site." in texts[0]
    assert f"Public from now on: “{good}”." == texts[1]


def test_publish_now_with_errors_alone_publishes_nothing(desk):
    bad = make_page(state=State.DRAFT, body_en=BROKEN)

    texts = said(act(desk, [bad]))

    assert [text.split(",")[0] for text in texts] == ["Not published"]
    assert not Page.objects.published().exists()


def test_publish_now_asks_as_much_of_the_checks_for_many(desk):
    def queries_for(number):
        pages = [make_page(state=State.DRAFT, body_en=BROKEN) for _ in range(number)]
        with CaptureQueriesContext(connection) as queries:
            act(desk, pages)
        return len(queries)

    queries_for(1)
    assert queries_for(8) == queries_for(1)


# --- what is kept ---


def test_saving_brings_the_kept_findings_of_an_item_up_to_date(desk):
    page = make_page(body_en=BROKEN)
    send(desk, page, title_en="Another")
    assert [row.matter for row in KeptFinding.objects.filter(severity="error")] == ["link_to_nothing"]

    send(desk, page, body_en="<p>Nothing to read on.</p>")
    assert list(KeptFinding.objects.filter(severity="error")) == []


def test_a_draft_has_no_kept_findings(desk):
    page = make_page(body_en=BROKEN)
    send(desk, page, title_en="Another")
    send(desk, page, state="draft")

    assert list(KeptFinding.objects.all()) == []


def test_a_network_editor_is_stopped_as_well(editor_of):
    network = make_network()
    event = make_event(network=network, state=State.DRAFT)

    response = send(editor_of(network), event, state="published", body_en=BROKEN)

    assert list(errors_of(response)) == ["body_en"]
