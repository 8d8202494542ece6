"""The front page of the admin on a telephone, a tablet and a desk, by day and by night."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone

from checks.site import check_site
from pages.models import FrontPageProposal
from publishing.models import State
from tests.accessibility import axe_violations
from tests.desk.test_today import worked_on
from tests.factories import make_event, make_page, make_subscriber
from translations import ledger

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 768, 1280])
def test_the_front_page_is_accessible_and_fits(desk_page, width, scheme):
    long = "A title that is long enough to need a second line on a telephone"
    worked_on(get_user_model().objects.get(), make_page(title_en=long, state=State.DRAFT))
    make_event(title_en=long, publish_at=timezone.now() + timedelta(days=1))
    make_event(date=f"{timezone.now().year}-12", body_en="<p><a>x</a></p>")
    FrontPageProposal.objects.create(event=make_event())
    make_subscriber()
    list(check_site())
    ledger.refresh()
    desk_page.set_viewport_size({"width": width, "height": 900})
    desk_page.emulate_media(color_scheme=scheme)
    desk_page.open(reverse("admin:index"))

    assert desk_page.locator(".today-block").count() == 7
    assert axe_violations(desk_page) == []
    assert desk_page.evaluate("document.documentElement.scrollWidth") <= width
