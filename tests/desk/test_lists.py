"""Lists say what is public and what is not, and change it for several items at once."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone

from agenda.models import Event
from desk.models import Failure, WorkingCopy
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import make_event

pytestmark = pytest.mark.django_db


def save_draft(desk, item, **data):
    form = as_it_stands(desk.get(address("change", item, item.pk)))
    return desk.post(address("change", item, item.pk), form | data | {"_save_draft": "1"})


def badges(desk):
    html = desk.get(address("changelist", Event)).content.decode()
    return re.findall(r'<span class="state state-[a-z]+">([^<]+)</span>', html)


def found(desk, shown):
    return list(desk.get(address("changelist", Event), {"shown": shown}).context["cl"].result_list)


def withdraw(desk, items, **data):
    chosen = {"action": "withdraw_at_a_moment", ACTION_CHECKBOX_NAME: [item.pk for item in items]}
    return desk.post(address("changelist", Event), chosen | data, follow=True)


def words_of(response):
    return [str(message) for message in response.context["messages"]]


def test_a_badge_and_filters_tell_of_changes_that_are_not_public(desk):
    event, _other = make_event(), make_event()
    assert badges(desk) == ["published", "published"]
    save_draft(desk, event, title_en="New name")
    assert sorted(badges(desk)) == ["changes not public", "published", "published"]
    assert (found(desk, "changes"), found(desk, "changes_scheduled")) == ([event], [])

    moment = timezone.make_aware(timezone.datetime(2030, 5, 3, 9))
    WorkingCopy.objects.update(publish_at=moment)
    assert "changes scheduled for 3 May 2030, 09:00" in badges(desk)
    assert (found(desk, "changes_scheduled"), found(desk, "changes_failed")) == ([event], [])

    WorkingCopy.objects.update(failure=Failure.PUBLIC_CHANGED)
    assert "changes could not be published" in badges(desk)
    assert (found(desk, "changes_scheduled"), found(desk, "changes_failed")) == ([], [event])


def test_several_items_are_withdrawn_at_once_after_a_question(desk):
    events = [make_event(), make_event()]
    page = withdraw(desk, events)
    assert page.context["items"] == sorted(events, key=lambda event: -event.pk)
    assert Event.objects.published().count() == 2

    response = withdraw(desk, events, _withdraw="1", moment="")

    assert Event.objects.published().count() == 0
    assert words_of(response)[0].startswith("2 items are shown until")


def test_items_are_withdrawn_at_a_moment_and_others_left_alone(desk):
    event, draft = make_event(), make_event(state=State.DRAFT)
    later = make_event(publish_at="2031-01-01T00:00:00Z")

    response = withdraw(desk, [event, draft, later], _withdraw="1", moment="2030-05-03T09:00")

    assert words_of(response) == [
        "1 item is shown until 3 May 2030, 09:00.",
        "2 items stay as they are: they are drafts, withdrawn already, or to be shown only later.",
    ]
    event.refresh_from_db()
    assert event.withdraw_at.isoformat() == "2030-05-03T07:00:00+00:00"
    assert list(Event.objects.exclude(pk=event.pk).filter(withdraw_at=None)) == [later, draft]
