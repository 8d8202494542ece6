"""The mail server stopped, Redis killed, the worker killed in the middle of a task."""

import os
import re
import signal
import socket

import pytest

from tests.newsletter.smtp_sink import Sink
from tests.survival.breakable import Redis, Served, free_port, wait_until
from tests.survival.test_sqlite_in_trouble import FORM, PAGE, prepared, sign_up

# What is to be tried again later is tried now.
NOW = """
import django; django.setup()
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
print(DBTaskResult.objects.filter(status='READY', run_after__gt=timezone.now()).update(run_after=timezone.now()))
"""
TASKS = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
tasks = DBTaskResult.objects.filter(task_path__contains='send_letter')
print([(str(task.status), len(task.worker_ids)) for task in tasks])
"""


@pytest.fixture
def site(tmp_path, copied):
    return copied(tmp_path)


def test_mail_is_gone_and_comes_back(site):
    port = free_port()
    with Served(site, EMAIL_URL=f"smtp://127.0.0.1:{port}") as served:
        thanks = served.post("/en/newsletter/subscribe/", sign_up(served))
        assert (thanks.status, thanks.headers["location"]) == (303, "/en/newsletter/thanks/")
        wait_until(lambda: "('SUCCESSFUL', 1), ('READY', 0)" in swapped(site.python(TASKS)), "a second attempt")
        with Sink(port) as sink:
            assert site.python(NOW) == "1"
            wait_until(lambda: sink.letters, "the letter")
            wait_until(lambda: "READY" not in site.python(TASKS), "the end of the task")
            assert [recipient for recipient, _ in sink.letters] == ["eva@example.org"]


def swapped(said):
    """The newest task last."""
    return f"[{', '.join(sorted(re.findall(r'[(][^)]*[)]', said), reverse=True))}]"


def test_a_worker_killed_in_the_middle_of_a_task(site):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with Served(site, EMAIL_URL=f"smtp://127.0.0.1:{port}") as served:
            served.post("/en/newsletter/subscribe/", sign_up(served))
            silent.settimeout(60)
            conversation, _ = silent.accept()  # and nothing is said
            assert swapped(site.python(TASKS)) == "[('RUNNING', 1)]"
            [worker] = served.children("worker")
            os.kill(worker, signal.SIGKILL)
            conversation.close()
            silent.close()
            with Sink(port) as sink:
                wait_until(lambda: sink.letters, "the letter")
                wait_until(lambda: swapped(site.python(TASKS)) == "[('SUCCESSFUL', 2)]", "the end of the task")
                assert [recipient for recipient, _ in sink.letters] == ["eva@example.org"]


def test_redis_is_killed_and_comes_back(site, redis_server: Redis):
    more = {"CACHE_URL": redis_server.url(0), "GENERATION_URL": redis_server.url(1)}
    site.environment |= more
    with Served(site) as served:
        form = prepared(served)
        feed = served.get("/en/news.atom")
        assert "last-modified" in feed.headers

        redis_server.kill()

        with served.visitor():
            assert [served.get(path).status for path in (PAGE, "/fr/", "/en/news.atom")] == [200] * 3
        assert served.post(FORM, form | {"title_en": "While it was gone"}).status == 302
        with served.visitor():
            page = served.get(PAGE)
            assert (page.is_stale, "While it was gone" in page.text) == (False, True)

        redis_server.start()

        with served.visitor():
            assert "While it was gone" in served.get(PAGE).text
        site.python(
            "import django; django.setup()\nfrom pages.models import Page\nPage.objects.update(title_en='Back')"
        )
        with served.visitor():
            wait_until(lambda: "Back" in served.get(PAGE).text, "the change of another process", 2)
