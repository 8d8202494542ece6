"""A link to a draft opens for whoever has it, for as long as it was made for, and tells nobody else anything."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from desk.models import DraftLink, WorkingCopy
from publishing.models import State
from tests.admin.forms import address, as_it_stands
from tests.factories import make_edition, make_event, make_highlight

pytestmark = pytest.mark.django_db


def make(desk, item, **data):
    response = desk.post(
        address("draft_links", item, item.pk), {"days": "7", "language": "en", "note": "The mayor"} | data
    )
    return response.context["address"].removeprefix("http://testserver")


def save_draft(desk, item, **data):
    form = as_it_stands(desk.get(address("change", item, item.pk)))
    return desk.post(address("change", item, item.pk), form | data | {"_save_draft": "1"})


def reason(response):
    assert response.status_code == 404
    return response.context["reason"]


def test_a_draft_is_seen_without_an_account_and_marked_as_one(desk):
    event = make_event(title_en="Secret plans", state=State.DRAFT)
    link = make(desk, event)
    visitor = Client()

    response = visitor.get(link)

    html = response.content.decode()
    assert response.status_code == 200
    assert "Secret plans" in html
    assert "This page is not public yet" in html
    assert '<meta name="robots" content="noindex">' in html
    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert "Cookie" not in response.get("Vary", "")
    assert visitor.cookies == {}
    assert event.get_absolute_url() not in visitor.get("/en/").content.decode()
    assert visitor.get(event.get_absolute_url()).status_code == 404


def test_a_working_copy_is_seen_and_the_public_page_stays(desk):
    event = make_event(title_en="Old name", title_fr="Vieux nom")
    save_draft(desk, event, title_fr="Nouveau nom")
    link = make(desk, event, language="fr")
    assert link.startswith("/fr/draft/")

    assert "Nouveau nom" in Client().get(link).content.decode()
    assert "Old name" in Client().get(link.replace("/fr/", "/en/")).content.decode()
    assert "Vieux nom" in Client().get(f"/fr/agenda/{event.slug_fr}/").content.decode()


def test_the_token_is_long_and_not_in_the_database(desk):
    link = make(desk, make_event())
    token = link.split("/")[-2]

    assert len(token) >= 43
    assert token not in repr(DraftLink.objects.values().get())
    assert token not in desk.get(address("draft_links", make_event(), 1)).content.decode()


@pytest.mark.parametrize("days", [1, 7, 30])
def test_a_link_ends_after_its_days(desk, days, time_machine):
    time_machine.move_to("2026-05-01T10:00:00Z", tick=False)
    link = make(desk, make_event(state=State.DRAFT), days=str(days))
    time_machine.shift(days * 86_400 - 1)
    assert Client().get(link).status_code == 200

    time_machine.shift(1)

    assert reason(Client().get(link)) == "expired"


def test_other_times_than_those_offered_are_refused(desk):
    event = make_event()
    response = desk.post(address("draft_links", event, event.pk), {"days": "3650", "language": "en"})

    assert list(response.context["form"].errors) == ["days"]
    assert DraftLink.objects.count() == 0


def test_a_revoked_link_opens_no_more_and_others_still_do(desk):
    event = make_event(state=State.DRAFT)
    first, second = make(desk, event), make(desk, event)

    desk.post(address("draft_links", event, event.pk), {"_revoke": str(DraftLink.objects.earliest("pk").pk)})

    assert reason(Client().get(first)) == "revoked"
    assert Client().get(second).status_code == 200


def test_a_link_of_another_item_cannot_be_revoked_from_here(desk):
    event, other = make_event(state=State.DRAFT), make_event(state=State.DRAFT)
    link = make(desk, other)

    desk.post(address("draft_links", event, event.pk), {"_revoke": str(DraftLink.objects.get().pk)})

    assert Client().get(link).status_code == 200


def test_an_unknown_link_says_so_plainly_in_the_language_of_its_address(desk):
    response = Client().get("/pt/draft/guessed/")

    assert reason(response) == "unknown"
    assert '<html lang="pt">' in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    assert Client().post("/pt/draft/guessed/").status_code == 405


def test_the_link_of_somebody_who_may_no_longer_see_the_item_ends(desk):
    link = make(desk, make_event(state=State.DRAFT))
    User.objects.update(is_active=False)

    assert reason(Client().get(link)) == "revoked"


def test_once_published_the_link_leads_to_the_public_page(desk):
    event = make_event(state=State.DRAFT)
    link = make(desk, event)
    event.publish()

    response = Client().get(link)

    assert (response.status_code, response.url) == (302, event.get_absolute_url())
    assert response["Cache-Control"] == "no-store"


def test_a_draft_that_is_incomplete_or_gone_says_so(desk):
    event = make_event()
    link = make(desk, event)
    save_draft(desk, event, title_en="")
    assert reason(Client().get(link)) == "incomplete"

    event.delete()

    assert reason(Client().get(link)) == "gone"


def test_what_has_no_page_of_its_own_is_seen_where_it_stands(desk):
    highlight = make_highlight(event=make_event(), label_en="Look here", state=State.DRAFT)
    link = make(desk, highlight)

    assert "Look here" in Client().get(link).content.decode()
    highlight.refresh_from_db()
    assert highlight.state == State.DRAFT


def test_opening_is_noted_but_not_by_those_who_only_look_whether_it_is_there(desk):
    link = make(desk, make_event(state=State.DRAFT))
    Client().head(link)
    assert DraftLink.objects.get().opened_at is None

    Client().get(link)

    assert DraftLink.objects.get().opened_at is not None


def test_opening_a_working_copy_changes_nothing(desk):
    edition = make_edition(title_en="Old name")
    save_draft(desk, edition, title_en="New name")
    link = make(desk, edition)
    before = WorkingCopy.objects.values().get()

    for _ in range(2):
        assert "New name" in Client().get(link).content.decode()

    edition.refresh_from_db()
    assert edition.title_en == "Old name"
    assert WorkingCopy.objects.values().get() == before


def test_links_are_made_by_those_who_may_change_the_item(desk):
    event = make_event()
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger", is_staff=True))

    assert stranger.get(address("draft_links", event, event.pk)).status_code == 403
    assert stranger.post(address("draft_links", event, event.pk), {"days": "7", "language": "en"}).status_code == 403
    assert desk.get(address("draft_links", event, 0)).status_code == 404


def test_the_list_of_links_asks_the_same_queries_for_any_number(desk):
    event = make_event()
    counts = []
    for number in (1, 9):
        for _ in range(number):
            make(desk, event)
        with CaptureQueriesContext(connection) as queries:
            html = desk.get(address("draft_links", event, event.pk)).content.decode()
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert len(re.findall('name="_revoke"', html)) == 10
