"""Composing as an editor does it: items are moved with the arrow keys or dragged, and the pages harm nobody."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from newsletter.models import Delivery, Issue, Letter, Sending
from tests import factories
from tests.accessibility import axe_violations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed_in(page, live_server, client):
    client.force_login(factories.make_editor())
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    return page


def go(page, live_server, issue, name):
    page.goto(live_server.url + reverse(f"admin:newsletter_issue_{name}", args=[issue.pk]))


def titles(issue):
    return [part.item.title_en for part in issue.parts.order_by("order")]


def test_items_are_moved_by_the_keyboard_and_by_dragging(signed_in, live_server):
    posts = [factories.make_post(title_en=title) for title in ("One", "Two", "Three")]
    issue = factories.make_issue(*posts)
    go(signed_in, live_server, issue, "change")
    handles = signed_in.locator(".part-handle")
    handles.nth(0).press("ArrowDown")
    expect(signed_in.locator(".part-name")).to_have_text(["Two", "One", "Three"])

    start, end = handles.nth(2).bounding_box(), signed_in.locator(".part").nth(0).bounding_box()
    signed_in.mouse.move(start["x"] + 5, start["y"] + 5)
    signed_in.mouse.down()
    signed_in.mouse.move(end["x"] + 5, end["y"] + 2, steps=4)
    signed_in.mouse.up()
    expect(signed_in.locator(".part-name")).to_have_text(["Three", "Two", "One"])

    signed_in.get_by_role("button", name="Save and continue editing").first.click()
    expect(signed_in.locator(".messagelist")).to_be_visible()
    assert titles(issue) == ["Three", "Two", "One"]
    assert signed_in.errors == []


def test_progress_is_shown_while_it_goes_on(signed_in, live_server):
    issue = factories.make_issue(number=1, state=Issue.State.SENDING)
    Sending.objects.create(issue=issue, all_queued=True)
    letter = Letter.objects.create(issue=issue, language="en", parts_digest="x")
    rows = [
        Delivery(issue=issue, letter=letter, subscriber=factories.make_subscriber(), due_at=issue.created_at)
        for _ in range(4)
    ]
    Delivery.objects.bulk_create(rows)
    go(signed_in, live_server, issue, "sending")
    expect(signed_in.locator(".progress-words")).to_contain_text("0 of 4")
    Delivery.objects.filter(pk=rows[0].pk).update(state=Delivery.State.SENT)
    expect(signed_in.locator(".progress-words")).to_contain_text("1 of 4")
    Delivery.objects.update(state=Delivery.State.SENT)
    Issue.objects.update(state=Issue.State.SENT)
    expect(signed_in.locator(".state-sent")).to_be_visible()
    assert signed_in.errors == []


@pytest.mark.parametrize("name", ["change", "items", "preview", "sending"])
def test_pages_of_an_issue_are_accessible_and_as_wide_as_a_phone(signed_in, live_server, name):
    factories.make_subscriber()
    issue = factories.make_issue(factories.make_post(), factories.make_event(), subject_es="Carta")
    signed_in.set_viewport_size({"width": 360, "height": 800})
    go(signed_in, live_server, issue, name)
    assert signed_in.evaluate("document.documentElement.scrollWidth") <= 360
    assert signed_in.errors == []  # before axe, which brings styles of its own
    assert axe_violations(signed_in, within="#content-main") == []
