"""The preview is the real page of what stands in the form, and leaves nothing behind."""

import re

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from django.test import Client

from agenda.models import Event
from editions.models import Edition
from publishing.models import State
from tests import factories
from tests.admin.forms import address, as_it_stands
from tests.factories import make_city, make_edition, make_event, make_figure, make_network

pytestmark = pytest.mark.django_db

MAKERS = [
    factories.make_city,
    factories.make_edition,
    factories.make_event,
    factories.make_experience,
    factories.make_focus_issue,
    factories.make_network,
    factories.make_page,
    factories.make_post,
    factories.make_series,
    lambda: factories.make_highlight(event=make_event()),
]


def form_of(desk, item):
    return as_it_stands(desk.get(address("change", item, item.pk)))


def preview(desk, item, **data):
    return desk.post(address("preview", item, item.pk), form_of(desk, item) | data)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("make", MAKERS)
@pytest.mark.parametrize("language", ["en", "pt"])
def test_every_kind_of_item_has_a_preview_in_each_language(desk, make, language):
    item = make()
    type(item)._base_manager.update(state=State.DRAFT)

    response = preview(desk, item, _preview_language=language)

    assert response.status_code == 200, text(response)
    assert f'<html lang="{language}">' in text(response)
    assert 'class="desk-bar' in text(response)
    assert type(item)._base_manager.get().state == State.DRAFT


def test_the_preview_shows_what_was_typed_and_saves_nothing(desk, django_capture_on_commit_callbacks):
    event = make_event(title_en="Old name")
    before = Event.objects.values().get()
    with django_capture_on_commit_callbacks() as effects:
        response = preview(desk, event, title_en="New name", body_en="<p>Bold <script>alert(1)</script>words</p>")

    assert "New name" in text(response)
    assert "<p>Bold words</p>" in text(response)
    assert Event.objects.values().get() == before
    assert effects == []


def test_rows_and_relations_are_previewed(desk):
    edition, city = make_edition(), make_city(name="Rosario")
    make_figure(edition=edition, value=500)
    data = form_of(desk, edition)
    prefix = next(name for name in data if name.endswith("-0-value"))

    response = desk.post(address("preview", edition, edition.pk), data | {prefix: "4321", "host_city": str(city.pk)})

    assert re.search(r"4\W?321", text(response))
    assert "Rosario" in text(response)
    assert Edition.objects.get().figures.get().value == 500


def test_an_item_that_is_being_added_has_a_preview(desk):
    data = as_it_stands(desk.get(address("add", Event)))

    response = desk.post(
        address("add_preview", Event),
        data | {"title_fr": "Rencontre", "date": "2030", "source_language": "fr", "_preview_language": "fr"},
    )

    assert '<html lang="fr">' in text(response)
    assert "Rencontre" in text(response)
    assert Event.objects.count() == 0


def test_what_is_wrong_in_the_form_is_listed(desk):
    response = preview(desk, make_event(), title_en="", date="some day soon")

    assert response.status_code == 422
    assert [label for label, _language, _texts in response.context_data["errors"]] == ["Date", "Title [en]"]


def test_the_preview_stands_in_frames_of_ours_alone_runs_no_script_and_is_kept_nowhere(desk):
    for response in (preview(desk, make_event()), preview(desk, make_event(), title_en="")):
        policy = response["Content-Security-Policy"].split("; ")
        assert "frame-ancestors 'self'" in policy
        assert "sandbox allow-same-origin" in policy
        assert [part for part in policy if "script" in part] == []
        assert response["X-Frame-Options"] == "SAMEORIGIN"
        assert response["Cache-Control"].split(", ")[0] == "no-store"
        assert response["X-Robots-Tag"] == "noindex"
        assert response["Referrer-Policy"] == "no-referrer"


def test_the_page_for_visitors_still_stands_in_no_frame():
    assert Client().get(make_event().get_absolute_url())["X-Frame-Options"] == "DENY"


def test_the_preview_knows_nothing_of_who_asks(desk):
    User.objects.update(first_name="Berta", last_name="Visible")
    response = preview(desk, make_event())

    assert "Visible" not in text(response)
    assert "csrf" not in text(response).lower()
    assert response.cookies == {}


def test_a_preview_is_asked_for_with_a_form_and_the_right_to_change_the_item(desk):
    event = make_event()
    assert desk.get(address("preview", event, event.pk)).status_code == 405
    assert desk.post(address("preview", event, 0)).status_code == 404
    stranger = Client()
    stranger.force_login(User.objects.create_user("stranger", is_staff=True))
    assert stranger.post(address("preview", event, event.pk)).status_code == 403
    assert stranger.post(address("add_preview", Event)).status_code == 403
    assert Client().post(address("preview", event, event.pk)).status_code == 302
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(User.objects.get(is_superuser=True))
    assert strict.post(address("preview", event, event.pk)).status_code == 403


def test_a_form_is_checked_before_the_database_is_kept_from_others(desk, monkeypatch):
    event = make_event()
    data = form_of(desk, event) | {"title_en": ""}
    opened = []
    monkeypatch.setattr(transaction, "set_rollback", lambda *args, **kwargs: opened.append(args))

    assert desk.post(address("preview", event, event.pk), data).status_code == 422

    assert opened == []


def test_the_preview_of_a_large_network_needs_no_more_queries(desk, django_assert_max_num_queries):
    network = make_network(members=[make_city() for _ in range(12)])
    data = form_of(desk, network)
    preview(desk, network)

    with django_assert_max_num_queries(95):
        response = desk.post(address("preview", network, network.pk), data)

    assert response.status_code == 200
