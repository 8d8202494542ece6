"""The agenda beside every page: the first of what is coming, found without passing over all that is past."""

import random
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agenda.models import Event
from agenda.templatetags.agenda_tags import SIDEBAR_COMING, next_events
from publishing import clock
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def keys(events):
    return [event.pk for event in events]


def test_they_are_the_first_of_what_is_coming_however_long_it_takes():
    chance, now = random.Random(52), timezone.now()
    for number in range(60):
        event = make_event(state="draft" if number % 9 == 0 else "published")
        first = now + timedelta(days=chance.randint(-500, 100), seconds=chance.randint(0, 5))
        length = chance.choice([0, 1, 39, 40, 41, 300, 900])
        moments = {"starts_at": first, "ends_at": first + timedelta(days=length), "vagueness": chance.randint(0, 3)}
        Event.objects.filter(pk=event.pk).update(**moments)

    seen = set()
    for days in range(-60, 60, 7):
        with clock.clock_set_to(now + timedelta(days=days)):
            coming = keys(Event.objects.published().listed().upcoming())
            for count in (1, 4, SIDEBAR_COMING):
                assert keys(Event.objects.for_cards().next_ones(count)) == coming[:count]
            assert keys(next_events()) == coming[:SIDEBAR_COMING]
        seen.update(coming)
    assert len(seen) > 20


@pytest.mark.parametrize("microseconds", [-1, 0, 1])
@pytest.mark.parametrize("days", [39, 40, 41])
def test_none_falls_between_those_that_begin_soon_and_those_that_are_still_on(days, microseconds):
    now, length = timezone.now(), timedelta(days=days, microseconds=microseconds)
    event = make_event()
    Event.objects.filter(pk=event.pk).update(starts_at=now - length + timedelta(microseconds=1), ends_at=now)

    with clock.clock_set_to(now - timedelta(microseconds=1)):
        assert keys(Event.objects.next_ones(3)) == [event.pk]
    with clock.clock_set_to(now):
        assert keys(Event.objects.next_ones(3)) == []


def test_one_query():
    make_event()
    next_events()
    with CaptureQueriesContext(connection) as queries:
        assert len(next_events()) == 1
    assert len(queries) == 1
