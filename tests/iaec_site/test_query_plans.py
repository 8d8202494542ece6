"""The lists that every visitor asks for find their rows by an index, however many there are."""

from datetime import date

import pytest
from django.db import connection

from agenda.models import Event
from experiences.models import Experience
from news.models import Post

# With the choice of sections that leave out what is not translated, as every list asks.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="PostgreSQL's planner looks at the rows, and a test database has few"
    ),
]

PLANS = {
    "coming events": (lambda: Event.objects.published().listed().upcoming()[:10], "event_by_end", False),
    "past events": (lambda: Event.objects.published().listed().past()[:5], "event_by_end", True),
    "what can be chosen among events": (
        lambda: (
            Event.objects.published().listed().order_by().values_list("kind", "mode", "network", "country").distinct()
        ),
        "event_choices",
        True,
    ),
    "days of a month": (
        lambda: (
            Event.objects.published()
            .listed()
            .in_year(2025)
            .between(date(2025, 10, 1), date(2025, 10, 31))
            .filter(vagueness=0)
        ),
        "event_years",
        False,
    ),
    "newest posts": (lambda: Post.objects.published().listed().newest_first()[:6], "post_newest", True),
    "posts of a year": (lambda: Post.objects.published().listed().in_year(2025), "post_years", False),
    "years of the news": (
        lambda: Post.objects.published().listed().order_by("-year").values("year").distinct(),
        "post_years",
        True,
    ),
    "newest experiences": (
        lambda: Experience.objects.published().listed().order_by("-pk")[:12],
        "experience_list",
        True,
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_list_is_read_by_its_index(name):
    make, index, in_order = PLANS[name]

    plan = make().explain()

    assert index in plan
    if in_order:
        assert "TEMP B-TREE" not in plan
