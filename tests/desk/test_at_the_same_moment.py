"""Two editors press “Save” at the same moment: one wins, the other is asked, and no text is lost.

In transactions of their own, on threads of their own, as a server's requests are.
"""

import threading

import pytest
from django.db import connection
from django.test import Client
from django.utils.html import strip_tags

from agenda.models import Event
from desk.models import WorkingCopy
from editions.models import Edition
from tests.admin.forms import address, as_it_stands
from tests.desk.test_edit_conflicts import asked_at, opened
from tests.factories import make_edition, make_editor, make_event, make_figure

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 4


@pytest.fixture
def editors():
    clients = []
    for name in ("anna", "boris"):
        client = Client(raise_request_exception=False)
        client.force_login(make_editor(username=name))
        clients.append(client)
    return clients


def together(item, posts):
    """Sends `[(client, data), …]` at the same moment; returns the responses in their order."""
    start, responses = threading.Barrier(len(posts)), [None] * len(posts)

    def send(number, client, data):
        try:
            start.wait()
            responses[number] = client.post(address("change", item, item.pk), data)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=(number, *post)) for number, post in enumerate(posts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return responses


@pytest.mark.parametrize("turn", range(TIMES))
def test_one_of_two_is_asked_and_both_texts_are_there(editors, turn):
    event = make_event(title_en="Day")
    titles = ["Day of Anna", "Day of Boris"]
    forms = [opened(client, event) | {"title_en": title} for client, title in zip(editors, titles, strict=True)]

    responses = together(event, list(zip(editors, forms, strict=True)))

    assert sorted(response.status_code for response in responses) == [200, 302]
    loser = next(number for number, response in enumerate(responses) if response.status_code == 200)
    assert Event.objects.get().title_en == titles[1 - loser]
    assert asked_at(responses[loser]) == ["title_en"]
    back = as_it_stands(responses[loser])
    assert back["title_en"] == [titles[loser]]
    asked = str(responses[loser].context["adminform"].form.errors["title_en"])
    assert titles[1 - loser].rpartition(" ")[2] in strip_tags(asked)
    again = editors[loser].post(address("change", event, event.pk), back | {"_choice-title_en": "mine"})
    assert (again.status_code, Event.objects.get().title_en) == (302, titles[loser])


@pytest.mark.parametrize("turn", range(TIMES))
def test_what_does_not_clash_is_all_saved(editors, turn):
    edition = make_edition(title_en="Edition")
    one, other = make_figure(edition=edition, value=1), make_figure(edition=edition, value=2, kind="countries")
    forms = [opened(client, edition) for client in editors]
    prefix = next(name for name in forms[0] if name.endswith("-0-value")).removesuffix("-0-value")
    place = {forms[0][f"{prefix}-{n}-id"][0]: n for n in range(2)}
    forms[0] |= {"title_es": "La edición", f"{prefix}-{place[str(one.pk)]}-value": "10"}
    forms[1] |= {"title_fr": "L’édition", f"{prefix}-{place[str(other.pk)]}-value": "20"}

    responses = together(edition, list(zip(editors, forms, strict=True)))

    assert [response.status_code for response in responses] == [302, 302]
    edition = Edition.objects.get()
    assert (edition.title_es, edition.title_fr) == ("La edición", "L’édition")
    assert sorted(edition.figures.values_list("value", flat=True)) == [10, 20]


@pytest.mark.parametrize("turn", range(TIMES))
def test_of_two_working_copies_one_is_kept_and_the_other_comes_back(editors, turn):
    event = make_event(title_en="Day")
    forms = [
        opened(client, event) | {"theme_en": theme, "_save_draft": "1"}
        for client, theme in zip(editors, ("Anna’s", "Boris’s"), strict=True)
    ]

    responses = together(event, list(zip(editors, forms, strict=True)))

    assert sorted(response.status_code for response in responses) == [200, 302]
    loser = next(number for number, response in enumerate(responses) if response.status_code == 200)
    kept = WorkingCopy.objects.get().data["values"]["theme_en"]
    assert kept == [forms[1 - loser]["theme_en"]]
    assert as_it_stands(responses[loser])["theme_en"] == [forms[loser]["theme_en"]]


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_copy_that_is_published_twice_at_once_is_published_once(editors, turn):
    event = make_event(title_en="Day")
    form = opened(editors[0], event)
    editors[0].post(address("change", event, event.pk), form | {"title_en": "New day", "_save_draft": "1"})
    page = editors[0].get(address("working_copy", event, event.pk))
    data = {name: values[0] for name, values in as_it_stands(page).items()} | {"_publish": "1"}
    start, codes = threading.Barrier(2), []

    def publish(client):
        try:
            start.wait()
            codes.append(client.post(address("working_copy", event, event.pk), data).status_code)
        finally:
            connection.close()

    threads = [threading.Thread(target=publish, args=(client,)) for client in editors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert codes == [302, 302]
    assert (Event.objects.get().title_en, WorkingCopy.objects.count()) == ("New day", 0)
