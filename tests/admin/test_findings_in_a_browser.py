"""What the checks found, in a browser: beside the form, in the form that came back, and in the list of all."""

import pytest
from playwright.sync_api import expect

from checks.models import KeptFinding
from checks.site import check_site
from publishing.models import State
from tests.accessibility import axe_violations
from tests.admin.forms import address
from tests.factories import make_page

pytestmark = pytest.mark.django_db

BROKEN = '<h4>Deep</h4><p>Read <a href="/en/nothing/">on</a>.</p>'


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_findings_are_accessible_and_fit(desk_page, width, scheme):
    page = make_page(body_en=BROKEN)
    list(check_site())
    desk_page.set_viewport_size({"width": width, "height": 900})
    desk_page.emulate_media(color_scheme=scheme)

    desk_page.open(address("change", page, page.pk))
    panel = desk_page.locator(".findings")
    expect(panel.locator("li")).to_have_count(3)
    assert panel.evaluate("panel => panel.getBoundingClientRect().right") <= width
    assert axe_violations(desk_page, within=".findings") == []
    desk_page.open(address("changelist", KeptFinding))
    assert axe_violations(desk_page, within="#result_list") == []


def test_what_was_typed_stands_there_when_an_error_stopped_the_publication(desk_page):
    page = make_page(body_en=BROKEN, state=State.DRAFT)
    desk_page.open(address("change", page, page.pk))
    desk_page.get_by_label("Title [en]").fill("A new title")
    desk_page.locator("#id_state").select_option("published")
    desk_page.locator("input[name=_save]").last.click()

    expect(desk_page.locator(".errornote")).to_be_visible()
    expect(desk_page.get_by_label("Title [en]")).to_have_value("A new title")
    expect(desk_page.locator(".field-body_en .errorlist")).to_have_text(
        "There is no page at /en/nothing/ on this site."
    )
    page.refresh_from_db()
    assert page.state == State.DRAFT
