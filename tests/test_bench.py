"""`make bench` still knows the models and the addresses that it measures. How long they take is nothing for a test."""

from datetime import date

import pytest

from agenda.models import Event
from bench import content, desk_content, searching, serving
from bench.addresses import ADMIN, DESK, PUBLIC, YEAR
from bench.desk_load import Desk
from bench.load import percentile
from bench.measuring import counting
from news.models import Post
from tests.factories import make_editor, make_event, make_post
from tests.page_cache.asking import Site
from tests.web_server.serving import serving as serving_on_a_port

ASKED = [path for path in serving.NOT_READY.values() if path]


@pytest.mark.django_db
def test_every_address_that_is_measured_answers(client, monkeypatch):
    fill_a_little(monkeypatch)
    # Of so few none may fall into the years that are asked for.
    make_event(date=f"{YEAR}-05-03")
    make_post(date=date(YEAR - 3, 5, 3))
    client.force_login(make_editor())

    answers = {address: client.get(address).status_code for address in (*PUBLIC, *ADMIN)}

    # A page of a list that is too short leads to one that there is; one address is wrong on purpose.
    unusual = {address: status for address, status in answers.items() if status not in (200, 301, 302)}
    assert unusual == {"/en/agenda/nobody-ever-had-this/": 404}


@pytest.mark.django_db
def test_every_address_of_the_desk_that_is_measured_answers(client, monkeypatch):
    fill_a_little(monkeypatch)
    for name, number in {"EACH": 100, "COPIES": 5}.items():
        monkeypatch.setattr(desk_content, name, number)
    desk_content.fill_desk()
    desk_content.fill_what_is_left_behind(desk_content.editor())
    client.force_login(desk_content.editor())

    answers = {address: client.get(address).status_code for address in DESK}

    assert {address for address, status in answers.items() if status not in (200, 301, 302)} == set()


def fill_a_little(monkeypatch):
    for name, number in {"EVENTS": 100, "CITIES": 40, "NETWORKS": 4, "POSTS": 90, "EXPERIENCES": 200}.items():
        monkeypatch.setattr(content, name, number)
    content.fill()


@pytest.mark.django_db
def test_every_page_that_is_made_under_load_answers(client, monkeypatch):
    fill_a_little(monkeypatch)
    paths = [
        serving.HOME,
        *(f"{path.format(77)}1" if path.endswith(("=", "+")) else path.format(77) for path in ASKED),
    ]

    assert {path: client.get(path, follow=True).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.django_db(transaction=True)
def test_an_editor_of_the_measuring_saves():
    make_post(title_en="Before")
    post = make_post(title_en="Before")
    site = Site()
    with serving_on_a_port(site.cache, site.cache) as port:
        Desk(port).save(post, "After")

    assert Post.objects.get(pk=post.pk).title_en == "After"


def test_what_wrk_says_is_understood():
    said = "  Latency Distribution\n     50%  102.00us\n     99%    1.34ms\n"

    assert (percentile(said, 50), percentile(said, 99)) == (pytest.approx(0.102), 1.34)


@pytest.mark.django_db
def test_queries_and_rows_are_counted():
    make_event()
    make_event()

    with counting() as count:
        list(Event.objects.all())

    assert count == {"queries": 1, "rows": 2}


@pytest.mark.django_db
def test_searches_are_measured():
    found = searching.measure(items=30, queries=4)

    assert found["hits"][1] > 0
