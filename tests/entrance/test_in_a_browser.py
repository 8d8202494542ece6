"""The pages of one's own account in a real browser: nothing for axe to find, nothing wider than its window."""

import pytest
from django.contrib.auth import get_user_model

from entrance import second_step
from tests.accessibility import axe_violations
from tests.admin.conftest import desk_page  # noqa: F401 - a fixture

PAGES = ["/admin/account/", "/admin/account/second-step/", "/admin/entrance/trailentry/"]


def found_on(page, address):
    page.open(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    return [*axe_violations(page), *([f"{width} px wide"] if width > page.viewport_size["width"] else [])]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_every_page_is_accessible_and_fits(desk_page, scheme, width):  # noqa: F811
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.set_viewport_size({"width": width, "height": 900})

    found = {address: found_on(desk_page, address) for address in PAGES}
    second_step.begin(get_user_model().objects.get())
    found["with the code"] = found_on(desk_page, "/admin/account/second-step/")

    assert found == {address: [] for address in found}
