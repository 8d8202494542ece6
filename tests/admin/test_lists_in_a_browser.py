"""Lists of the desk are accessible as a whole, with what Django makes of them itself."""

import pytest
from django.contrib.auth import get_user_model

from agenda.models import Event
from experiences.models import Experience, Theme
from networks.models import City
from publications.models import Publication
from tests import factories
from tests.accessibility import axe_violations
from tests.admin.forms import address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("model", [Event, Experience, City, Theme, Publication, get_user_model()])
@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_a_list_is_accessible_with_its_box_filters_and_fields(desk_page, model, width, scheme):
    for number in range(3):
        factories.make_event(city=factories.make_city(), title_en=f"Event {number}")
        factories.make_experience().themes.add(factories.make_theme())
        factories.make_publication()
    desk_page.set_viewport_size({"width": width, "height": 900})
    desk_page.emulate_media(color_scheme=scheme)

    desk_page.open(address("changelist", model))

    assert desk_page.locator("#result_list tbody tr").count() >= 1
    assert desk_page.errors == []
    assert axe_violations(desk_page) == []
    # axe tries a style of its own on fields of numbers, which the page's policy blocks.
    desk_page.errors.clear()
