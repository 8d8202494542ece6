"""The page of reports, as somebody sees it, or hears it, on a phone."""

import pytest
from django.urls import reverse

from newsletter.models import Movement
from tests.accessibility import axe_violations
from tests.factories import make_editor, make_issue
from tests.newsletter.letters import make_delivery

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_reports_are_accessible_and_as_wide_as_a_phone(page, live_server, client, colours):
    issue = make_issue(number=1, subject_en="A letter with a long subject, as letters have it")
    make_delivery(issue=issue)
    for kind in Movement.Kind:
        Movement.record(kind, issue.pk, 3)
    client.force_login(make_editor())
    cookie = client.cookies["sessionid"]
    page.context.add_cookies([{"name": "sessionid", "value": cookie.value, "url": live_server.url}])
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(live_server.url + reverse("admin:newsletter_issue_reports"))
    titles = [drawing.locator("title").text_content() for drawing in page.get_by_role("img").all()]
    assert titles == ["Readers who joined and left, by month", "Letters sent, by issue"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.errors == []  # before axe, which brings styles of its own
    assert axe_violations(page) == []
