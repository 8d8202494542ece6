"""Lists say what is public and what is not, and change it for several items at once."""

import re

import pytest
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.utils import timezone

from agenda.models import Event
from desk import withdrawing
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
        f"To be shown only later: “{later}”.",
        f"A draft, which nobody sees: “{draft}”.",
    ]
    event.refresh_from_db()
    assert event.withdraw_at.isoformat() == "2030-05-03T07:00:00+00:00"
    assert list(Event.objects.exclude(pk=event.pk).filter(withdraw_at=None)) == [later, draft]


def test_what_is_withdrawn_already_is_said_to_be(desk):
    event = make_event(withdraw_at="2020-01-01T00:00:00Z")

    response = withdraw(desk, [event], _withdraw="1", moment="2030-05-03T09:00")

    assert words_of(response) == [f"No longer shown by then anyway: “{event}”."]


def test_what_was_published_this_very_minute_can_be_withdrawn(desk):
    event = make_event(publish_at="2031-01-01T00:00:00Z")
    desk.post(address("changelist", Event), {"action": "publish_now", ACTION_CHECKBOX_NAME: [event.pk]})
    assert list(Event.objects.published()) == [event]

    response = withdraw(desk, [event], _withdraw="1", moment="")

    assert words_of(response)[-1].startswith("1 item is shown until")
    assert list(Event.objects.published()) == []


def test_all_of_a_long_list_is_withdrawn_as_it_was_asked_about(desk, monkeypatch):
    monkeypatch.setattr(withdrawing, "MOST_LISTED", 2)
    events = [make_event() for _ in range(5)]
    page = withdraw(desk, events[:1], select_across="1")
    form = as_it_stands(page)
    assert (len(page.context["items"]), page.context["further"]) == (2, "and 3 more")
    new = make_event()

    response = desk.post(address("changelist", Event), form | {"_withdraw": "1", "moment": ""}, follow=True)

    assert words_of(response)[0].startswith("5 items are shown until")
    assert list(Event.objects.published()) == [new]


def test_of_what_was_chosen_each_item_that_stays_is_told_with_its_reason(desk):
    draft, public, gone = make_event(state=State.DRAFT), make_event(), make_event()
    chosen = {"action": "publish_now", ACTION_CHECKBOX_NAME: [draft.pk, public.pk, gone.pk]}
    gone.delete()

    response = desk.post(address("changelist", Event), chosen, follow=True)

    assert words_of(response) == [
        "1 item is not there any more: somebody deleted it meanwhile.",
        f"Public from now on: “{draft}”.",
        f"Public already: “{public}”.",
    ]


@pytest.mark.parametrize("key", ["no key", "1e3", "", "9" * 30, "٣x"])
@pytest.mark.parametrize("name", [ACTION_CHECKBOX_NAME, "asked_about"])
def test_a_box_that_names_no_row_is_refused(desk, name, key):
    event = make_event(state=State.DRAFT)
    chosen = {"action": "publish_now", ACTION_CHECKBOX_NAME: [event.pk]}
    chosen[name] = [*chosen.get(name, []), key]

    assert desk.post(address("changelist", Event), chosen).status_code == 400
    assert Event.objects.published().count() == 0


def test_what_a_filter_leaves_out_by_now_is_told(desk):
    first, second = make_event(state=State.DRAFT), make_event(state=State.DRAFT)
    second.publish()
    chosen = {"action": "take_back_to_draft", ACTION_CHECKBOX_NAME: [first.pk, second.pk]}

    response = desk.post(address("changelist", Event) + "?shown=draft", chosen, follow=True)

    assert words_of(response) == [
        f"Left alone, because somebody changed it meanwhile, and the list left it out: “{second}”.",
        f"A draft already: “{first}”.",
    ]
    assert list(Event.objects.published()) == [second]


@pytest.mark.parametrize("moment", ["0001-01-01T00:00", "9999-12-31T23:59", "3000-01-01T00:00"])
def test_a_year_that_nobody_means_is_refused_in_words(desk, moment):
    event = make_event()
    words = ["Choose a year from 1900 to 2999. For “never” or “always”, leave this empty."]

    response = withdraw(desk, [event], _withdraw="1", moment=moment)
    assert response.context["form"].errors == {"moment": words}

    for name in ("publish_at", "withdraw_at"):
        form = as_it_stands(desk.get(address("change", event, event.pk)))
        response = desk.post(address("change", event, event.pk), form | {name: moment})
        assert response.context["adminform"].form.errors[name] == words
    event.refresh_from_db()
    assert (event.publish_at, event.withdraw_at) == (None, None)


def test_a_list_shows_a_moment_of_any_year(desk):
    make_event(withdraw_at="9999-06-01T00:00:00Z")

    html = desk.get(address("changelist", Event)).content.decode()

    assert re.findall(r'state-at">([^<]+)</span>', html) == ["published until 9999-06-01, 02:00"]
