"""Senders and mail servers that are killed in the middle, as whole processes; every letter is counted."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from newsletter import issue_states
from newsletter.models import Delivery, Issue
from tests import factories

READERS = 150
State = Delivery.State


def free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def database_url():
    """Of the test database, for a process of its own."""
    given = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{given['NAME']}"
    sign_in = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
    return f"postgres://{sign_in}@{given['HOST']}:{given['PORT'] or 5432}/{given['NAME']}"


class Scene:
    """A mail server and senders, each a process that can be killed."""

    def __init__(self, folder: Path):
        self.port = free_port()
        self.journal = folder / "journal"
        self.journal.touch()
        self.processes = []
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
            "DATABASE_URL": database_url(),
            "VAR_DIR": str(folder),
            "EMAIL_URL": f"smtp://127.0.0.1:{self.port}",
            "EMAIL_TIMEOUT": "5",
            # So that kills find it at work.
            "NEWSLETTER_PER_SECOND": "150",
        }

    def start(self, *command):
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=settings.BASE_DIR,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.processes.append(process)
        return process

    def mail_server(self):
        process = self.start("-m", "tests.newsletter.smtp_sink", str(self.port), str(self.journal))
        for _attempt in range(200):
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return process
            time.sleep(0.05)
        raise AssertionError("The mail server does not come up.")

    def sender(self):
        return self.start("manage.py", "send_newsletter")

    def taken(self):
        """How often the mail server took a letter to each address."""
        return Counter(line.split()[0] for line in self.journal.read_text().splitlines())

    def wait_for_letters(self, number, process, seconds=60):
        """Until the server has taken so many, or the sender has ended."""
        ends = time.monotonic() + seconds
        while sum(self.taken().values()) < number and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.02)


@contextmanager
def scene(folder):
    scene = Scene(folder)
    try:
        yield scene
    finally:
        for process in scene.processes:
            process.kill()
            process.wait()


def an_issue(readers=READERS):
    consent = factories.make_consent_text()
    for number in range(readers):
        factories.make_subscriber(email=f"r{number}@example.org", consent=consent)
    issue = factories.make_issue(factories.make_post(), state=Issue.State.APPROVED)
    issue_states.start(issue)
    return issue


def check_the_books(issue, taken):
    """Nobody twice, nobody left out; what is called sent was taken, and what is waiting or refused was not."""
    rows = dict(Delivery.objects.filter(issue=issue).values_list("subscriber__email", "state"))
    assert len(rows) == READERS
    assert set(taken.values()) <= {1}
    assert {email for email, state in rows.items() if state == State.SENT} <= taken.keys()
    assert taken.keys() <= {email for email, state in rows.items() if state in {State.SENT, State.UNCERTAIN}}
    assert set(rows.values()) <= {State.SENT, State.UNCERTAIN}
    return Counter(rows.values())


@pytest.mark.django_db(transaction=True)
def test_senders_killed_at_any_moment_send_nothing_twice_and_leave_nobody_out(tmp_path):
    issue = an_issue()
    chance = random.Random(issue.pk)
    kills = 4
    with scene(tmp_path) as scene_:
        scene_.mail_server()
        for number in range(kills):
            process = scene_.sender()
            scene_.wait_for_letters((number + 1) * READERS // (kills + 1), process)
            time.sleep(chance.random() / 50)
            process.send_signal(signal.SIGKILL)
            process.wait()
        assert scene_.sender().wait(timeout=120) == 0
        counts = check_the_books(issue, scene_.taken())

    issue.refresh_from_db()
    assert issue.state == Issue.State.SENT
    # A kill leaves at most the one letter in doubt that was being handed over.
    assert counts[State.UNCERTAIN] <= kills


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_killed_in_the_middle_is_waited_for(tmp_path):
    issue = an_issue()
    with scene(tmp_path) as scene_:
        server = scene_.mail_server()
        process = scene_.sender()
        scene_.wait_for_letters(READERS // 2, process)
        server.kill()
        server.wait()
        time.sleep(0.3)
        scene_.mail_server()
        # What was put off in the middle is due in a minute; nobody waits for that here.
        scene_.wait_for_letters(READERS - 1, process)
        process.kill()
        process.wait()
        Delivery.objects.filter(state=State.QUEUED).update(due_at=issue.started_at)
        assert scene_.sender().wait(timeout=120) == 0
        counts = check_the_books(issue, scene_.taken())

    assert counts[State.UNCERTAIN] <= 2


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_share_no_letter(tmp_path):
    issue = an_issue()
    with scene(tmp_path) as scene_:
        scene_.mail_server()
        senders = [scene_.sender() for _number in range(3)]
        for process in senders:
            process.wait(timeout=120)
        counts = check_the_books(issue, scene_.taken())

    assert counts == {State.SENT: READERS}
