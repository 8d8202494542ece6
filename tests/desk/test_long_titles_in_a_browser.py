"""A title may be one long word: no page becomes wider than the screen because of it."""

import pytest

from tests.admin.forms import address
from tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)

HIDDEN_TO_THE_RIGHT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("width", [360, 1280])
def test_one_long_word_widens_no_page(desk_page, width):
    post = make_post(title_en="W" * 200, teaser_en="Short")
    of_the_desk = [address(name, post, post.pk) for name in ("change", "history", "delete", "draft_links")]
    desk_page.set_viewport_size({"width": width, "height": 800})

    found = {}
    for path in [*of_the_desk, f"/admin/propose/post/{post.pk}/", "/en/news/", post.get_absolute_url()]:
        desk_page.open(path)
        found[path] = desk_page.evaluate(HIDDEN_TO_THE_RIGHT)

    assert found == dict.fromkeys(found, 0)


def test_the_form_has_all_the_room_beside_the_preview(desk_page):
    post = make_post()
    desk_page.set_viewport_size({"width": 1280, "height": 800})
    desk_page.open(address("change", post, post.pk))
    desk_page.get_by_role("button", name="Beside the form").click()

    widths = desk_page.evaluate("['#container', '#content'].map(box => document.querySelector(box).clientWidth)")

    assert widths[0] == widths[1]
