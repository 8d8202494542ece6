"""READ_ONLY=1: everything is read, nothing is written, and afterwards all goes on by itself."""

import json
import time

import pytest

from tests.admin.forms import as_it_stands
from tests.survival.breakable import Served, wait_until
from tests.survival.test_sqlite_in_trouble import FORM, PAGE, prepared, sign_up

TASK = """
import django; django.setup()
from newsletter.models import ConsentText, Subscriber
from newsletter.sending import send_letter
reader = Subscriber.objects.create(email='eva@example.org', language='en', consent=ConsentText.objects.first())
send_letter.enqueue('confirmation', reader.pk)
"""
STATES = """
import django; django.setup()
from django.contrib.sessions.models import Session
from django_tasks_db.models import DBTaskResult
from newsletter.models import Subscriber
print([str(DBTaskResult.objects.get(task_path__contains='send_letter').status), Subscriber.objects.count()])
"""


@pytest.fixture
def site(tmp_path, copied):
    return copied(tmp_path)


def test_the_site_is_read_and_every_writing_request_is_refused(site):
    with Served(site) as served:
        form, reader = prepared(served), sign_up(served)
        cookies = served.cookies
    # Used so long ago that this would be noted.
    site.python(
        "import django; django.setup()\nfrom django.contrib.sessions.backends.db import SessionStore\n"
        f"session = SessionStore({cookies['sessionid']!r})\nsession['entrance_seen'] -= 3600\nsession.save()"
    )
    site.python(TASK)

    with Served(site, READ_ONLY="1") as served:
        with served.visitor():
            read = ["/en/", PAGE, "/fr/", "/en/search/?q=text", "/en/agenda.ics", "/sitemap.xml", "/en/newsletter/"]
            assert {path: served.get(path).status for path in read} == dict.fromkeys(read, 200)
            signed_up = served.post("/en/newsletter/subscribe/", reader)
            webhook = served.ask("POST", "/webhooks/postmark/tracking/", b"{}", {"Content-Type": "application/json"})
            entered = served.post("/admin/login/", {"username": "ana", "password": "correct horse battery"})
        served.cookies = cookies
        desk = [served.get(path).status for path in ("/admin/", "/admin/news/post/", FORM, "/admin/pictures/picture/")]
        refused = served.post(FORM, form | {"title_en": "Typed with care"})
        hostile = served.post(FORM, {"title_en": "Sent by another site"}, Origin="https://evil.example")
        workers = served.children("worker")

    assert (signed_up.status, signed_up.headers["retry-after"], "being maintained" in signed_up.text) == (
        503,
        "300",
        True,
    )
    assert "eva@example.org" in signed_up.text
    assert (webhook.status, entered.status) == (503, 503)
    assert "correct horse" not in entered.text
    assert desk == [200] * 4
    assert (refused.status, "being maintained" in refused.text, "Typed with care" in refused.text) == (503, True, True)
    assert (hostile.status, "Sent by another site" in hostile.text) == (503, False)
    assert workers == []
    assert json.loads(site.python(STATES).splitlines()[-1].replace("'", '"')) == ["READY", 1]

    with Served(site) as served:
        served.cookies = cookies
        assert served.post(FORM, form | {"title_en": "After it"}).status == 302
        wait_until(lambda: "SUCCESSFUL" in site.python(STATES), "the task that waited")


def test_a_view_that_writes_all_the_same_cannot(site):
    script = (
        "import os; from iaec_site import wsgi\n"
        "from django.db import DatabaseError\nfrom news.models import Post\n"
        "try:\n    Post.objects.update(title_en='Written')\nexcept DatabaseError as error:\n    print(error)\n"
        "print(Post.objects.filter(title_en='Written').count())"
    )
    site.environment["READ_ONLY"] = "1"
    assert site.python(script).splitlines()[-2:] == ["attempt to write a readonly database", "0"]


def test_a_worker_of_its_own_waits_quietly(site):
    site.environment["READ_ONLY"] = "1"
    worker = site.start("worker")
    time.sleep(5)
    still = worker.poll()
    worker.terminate()
    worker.wait(20)

    assert (still, worker.stdout.read()) == (None, "")


def test_a_form_of_the_desk_is_there_to_be_read(site):
    with Served(site) as served:
        prepared(served)
        cookies = served.cookies
    with Served(site, READ_ONLY="1") as served:
        served.cookies = cookies
        assert as_it_stands(served.get(FORM))["title_en"] == ["About"]
