"""While editors save as fast as the desk lets them, and while the database is locked, readers get what is right."""

import sqlite3
import threading
import types
from urllib.parse import urlencode

import pytest
from django.db import connection, connections
from django.test import Client

from tests import factories
from tests.admin.forms import address, as_it_stands
from tests.page_cache.asking import Site
from tests.web_server.serving import Connection, serving

SAVES = 8
READERS = 4
PAGES = ("/en/", "/en/news/")


@pytest.fixture
def site(transactional_db):
    factories.make_site_identity()
    return Site()


@pytest.fixture
def port(site):
    with serving(site.cache, site.cache, threads=4) as port:
        yield port


class Desk:
    """An editor's browser: the form of a post, opened and sent over and over."""

    def __init__(self, port, post):
        client = Client()
        client.force_login(factories.make_editor())
        self.session = client.cookies["sessionid"].value
        self.port, self.form = port, address("change", post, post.pk)

    def save(self, title):
        with Connection(self.port, timeout=60) as browser:
            heard = browser.get(self.form, f"Cookie: sessionid={self.session}")
            assert heard.status == 200
            data = as_it_stands(types.SimpleNamespace(content=heard.body)) | {"title_en": [title], "_save": ["1"]}
            # A cookie may hold the token as the form has it.
            token = data["csrfmiddlewaretoken"][-1]
            body = urlencode(data, doseq=True)
            lines = [
                f"POST {self.form} HTTP/1.1",
                "Host: testserver",
                "Origin: http://testserver",
                f"Cookie: sessionid={self.session}; csrftoken={token}",
                "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}",
            ]
            browser.send("\r\n".join([*lines, "", body]).encode())
            answer = browser.answer()
            assert answer.status == 302, answer.body


def number_on(page):
    return int(page.split(b"Count ")[1].split(b".")[0])


@pytest.mark.parametrize("count", [8, 256])
def test_readers_see_no_error_and_nothing_stale_while_an_editor_saves(site, port, count):
    desk = Desk(port, factories.make_post(title_en="Count 0."))
    saved, wrong, reads, is_over = [0], [], [0] * READERS, threading.Event()

    def write():
        try:
            for number in range(1, SAVES + 1):
                desk.save(f"Count {number}.")
                saved[0] = number
        except BaseException as error:
            wrong.append(repr(error))
        finally:
            is_over.set()

    def read(reader):
        visitors = [Connection(port, timeout=60) for _ in range(count // READERS)]
        try:
            turn = 0
            while True:
                last = is_over.is_set()
                at_least, page = saved[0], PAGES[turn % len(PAGES)]
                # All at once, so that as many requests wait as there are connections.
                for visitor in visitors:
                    visitor.send(f"GET {page} HTTP/1.1\r\nHost: testserver\r\n\r\n".encode())
                for visitor in visitors:
                    heard = visitor.answer()
                    reads[reader] += 1
                    if heard.status != 200:
                        wrong.append((page, heard.status))
                    elif number_on(heard.body) < at_least:
                        wrong.append((page, at_least, number_on(heard.body)))
                turn += 1
                if last:
                    return
        except BaseException as error:
            wrong.append(repr(error))
        finally:
            for visitor in visitors:
                visitor.socket.close()

    threads = [threading.Thread(target=write), *(threading.Thread(target=read, args=(at,)) for at in range(READERS))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert wrong == []
    assert saved == [SAVES]
    made = [path for path in site.made if path.partition("?")[0] in PAGES]
    # Most came from memory, although it was emptied all the time.
    assert 0 < len(made) < sum(reads)


def test_a_locked_database_keeps_no_ready_page_waiting(site, port):
    factories.make_post(title_en="Count 1.")
    with Connection(port) as visitor:
        for page in PAGES:
            visitor.get(page)
            visitor.get(page)
        made = len(site.made)
        with locked_database(), Connection(port, timeout=2) as other:
            for _ in range(100):
                for page in PAGES:
                    assert (visitor.get(page).status, number_on(other.get(page).body)) == (200, 1)
    assert len(site.made) == made


class locked_database:
    """Another connection that lets nobody else in."""

    def __enter__(self):
        known = connection.settings_dict
        if connection.vendor == "sqlite":
            self.other = sqlite3.connect(known["NAME"], isolation_level=None)
            self.other.execute("BEGIN EXCLUSIVE")
        else:
            self.other = connections["default"].copy()
            self.other.set_autocommit(False)
            with self.other.cursor() as cursor:
                cursor.execute("LOCK TABLE news_post, pages_siteidentity IN ACCESS EXCLUSIVE MODE")

    def __exit__(self, *error):
        self.other.rollback()
        self.other.close()
