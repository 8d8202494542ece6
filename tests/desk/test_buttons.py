"""The buttons of a form say what they do, and stand in the order in which they are needed."""

from html.parser import HTMLParser

import pytest

from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import make_event

pytestmark = pytest.mark.django_db


class Buttons(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.found, self.inside = [], False
        self.feed(html.rpartition('class="submit-row"')[2])

    def handle_starttag(self, tag, attributes):
        attrs = dict(attributes)
        if tag == "input" and attrs.get("type") == "submit":
            self.found.append(attrs["value"])
        self.inside = tag == "a" and attrs.get("class") in ("deletelink", "closelink")

    def handle_data(self, text):
        if self.inside:
            self.found.append(text.strip())
            self.inside = False


def buttons(desk, item, **query):
    return Buttons(desk.get(address("change", item, item.pk), query).content.decode()).found


def test_a_draft_is_saved(desk):
    assert buttons(desk, make_event(state=State.DRAFT)) == [
        "Save",
        "Save draft",
        "Preview",
        "Save and continue editing",
        "Save and add another",
        "Delete",
    ]


def test_a_working_copy_is_published(desk):
    event = make_event()
    form = as_it_stands(desk.get(address("change", event, event.pk)))
    desk.post(address("change", event, event.pk), form | {"theme_en": "New", "_save_draft": "1"})

    assert buttons(desk, event) == [
        "Publish changes",
        "Save draft",
        "Preview",
        "Publish changes and continue editing",
        "Delete",
    ]
    assert buttons(desk, event, public="")[:2] == ["Save", "Save draft"]


def test_who_may_only_look_closes(in_role):
    event = make_event()

    assert buttons(in_role("Translator"), event) == ["Close"]
