"""The desk's list of old addresses, and a page that moved in, as people see them."""

import pytest

from moving_in.models import OldAddress
from tests.accessibility import axe_violations
from tests.factories import make_site_identity
from tests.moving_in.exports import attachment, item, written
from tests.moving_in.imports import became, bring_in
from tests.pictures.factories import picture_bytes

TEXT = """Words before a picture.

[caption id="a" align="alignleft" width="300"]<img src="/wp-content/uploads/a.jpg" alt="A garden"> The garden[/caption]

<pre>a line of a program that is much longer than the screen of any telephone that somebody reads it on is wide</pre>

<table><tr><th>City</th><th>Year</th></tr><tr><td>Rosario</td><td>1996</td></tr></table>

<iframe src="https://www.youtube.com/embed/AAAAAAAAAAA"></iframe>
<img src="https://elsewhere.example/pixel.gif">
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_old_addresses_at_the_desk(desk_page, tmp_path, width, scheme):
    bring_in(written(tmp_path, item(7, "Open day", name="a-very-long-name-of-a-post-" * 4)))
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 800})
    desk_page.open("/admin/moving_in/oldaddress/?q=2019")
    found = axe_violations(desk_page)
    assert desk_page.evaluate("document.documentElement.scrollWidth") == width
    assert desk_page.locator("#result_list tbody tr").count() == 3
    desk_page.screenshot(path=tmp_path / "list.png", full_page=True)

    desk_page.locator("#result_list tbody a").first.click()
    desk_page.wait_for_selector("#id_leads_to")
    found += axe_violations(desk_page)
    assert desk_page.evaluate("document.documentElement.scrollWidth") == width
    desk_page.screenshot(path=tmp_path / "form.png", full_page=True)
    desk_page.fill("#id_leads_to", "/en/agenda/")
    desk_page.locator("input[name=_save]").first.click()
    desk_page.wait_for_selector("#result_list")
    assert OldAddress.objects.filter(leads_to="/en/agenda/").count() == 1
    assert found == []
    desk_page.errors.clear()  # axe tries styles that the policy forbids


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_that_moved_in_asks_nobody_else_and_fits(page, live_server, tmp_path, width):
    make_site_identity()
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "a.jpg").write_bytes(picture_bytes())
    bring_in(written(tmp_path, attachment(5, "a.jpg"), item(7, "Open day", TEXT)), media=tmp_path / "uploads")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{live_server.url}/?p=7", wait_until="networkidle")

    assert page.url == live_server.url + became(7).get_absolute_url()
    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.locator("article .prose figure img").count() == 1
    assert axe_violations(page) == []
    page.errors.clear()  # axe tries styles that the policy forbids
