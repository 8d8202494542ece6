"""What is told of the site behind the server, from rows as the site itself writes them."""

import os
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from entrance.models import TrailEntry
from iaec_site.metrics.of_site import families_of_the_database, families_of_the_machine
from iaec_site.workers.models import Heartbeat
from newsletter.models import Delivery, Letter
from tests.factories import make_issue, make_subscriber


def told(families):
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


def task(status, **when):
    now = timezone.now()
    moments = {"enqueued_at": now, "run_after": now} | when
    one = DBTaskResult.objects.create(args_kwargs={"args": [], "kwargs": {}}, task_path="a.b", status=status)
    DBTaskResult.objects.filter(pk=one.pk).update(**moments)


def test_tasks_by_state_and_the_one_that_waits_longest(db):
    now, hour = timezone.now(), timedelta(hours=1)
    assert told(families_of_the_database())[("iaec_tasks_longest_wait_seconds",)] == 0
    task("READY", enqueued_at=now - 5 * hour, run_after=now - 2 * hour)
    task("READY", enqueued_at=now - 5 * hour, run_after=now + 2 * hour)  # for later: does not wait
    task("FAILED")
    task("SUCCESSFUL")
    task("SUCCESSFUL")
    found = told(families_of_the_database())
    assert {key[1]: value for key, value in found.items() if key[0] == "iaec_tasks"} == {
        "ready": 2,
        "running": 0,
        "failed": 1,
        "successful": 2,
    }
    assert found[("iaec_tasks_longest_wait_seconds",)] == pytest.approx(7200, abs=60)


def test_workers_alive_and_the_latest_sign_of_life(db):
    assert told(families_of_the_database())[("iaec_worker_last_seen_timestamp_seconds",)] == 0
    now = timezone.now()
    for number, age in enumerate((timedelta(0), timedelta(hours=1))):
        Heartbeat.objects.create(worker_id=str(number), host="", process=1, started_at=now, seen_at=now - age)
    found = told(families_of_the_database())
    assert found[("iaec_workers",)] == 1
    assert found[("iaec_worker_last_seen_timestamp_seconds",)] == pytest.approx(now.timestamp(), abs=1)


def test_letters_of_the_newsletter_by_what_became_of_them(db):
    issue = make_issue(number=7, state="sending")
    letter = Letter.objects.create(issue=issue, language="en", parts_digest="x")
    for state, attempts in (("queued", 0), ("queued", 2), ("sent", 1), ("sent", 1), ("refused", 1)):
        Delivery.objects.create(
            issue=issue,
            subscriber=make_subscriber(),
            letter=letter,
            state=state,
            attempts=attempts,
            due_at=timezone.now(),
        )
    found = told(families_of_the_database())
    letters = {key[1]: value for key, value in found.items() if key[0] == "iaec_newsletter_letters" and value}
    assert letters == {"queued": 2, "sent": 2, "refused": 1}
    assert found[("iaec_newsletter_letters", "uncertain")] == 0
    assert found[("iaec_newsletter_letters_deferred",)] == 1
    issues = {key[1]: value for key, value in found.items() if key[0] == "iaec_newsletter_issues"}
    assert issues == {"approved": 0, "sending": 1, "paused": 0}


def test_the_entrance_within_the_last_hour(db):
    for act in ("locked", "failed", "failed", "signed-in", "signed-out"):
        TrailEntry.objects.create(act=act, actor="ana")
    found = told(families_of_the_database())
    entrance = {key[1]: value for key, value in found.items() if key[0] == "iaec_sign_ins_last_hour"}
    assert entrance == {"signed_in": 1, "failed": 2, "wrong_code": 0, "locked": 1}


def test_the_newest_backup(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "BACKUP_DIR", tmp_path / "none")
    assert told(families_of_the_machine())[("iaec_backup_last_timestamp_seconds",)] == 0
    monkeypatch.setattr(settings, "BACKUP_DIR", tmp_path)
    (tmp_path / "site-20261130T021500Z.tar").write_bytes(b"x" * 7)
    (tmp_path / "site-20261129T021500Z.tar").write_bytes(b"x" * 9)
    (tmp_path / "site-20261201T021500Z.tar.unfinished").write_bytes(b"x")
    found = told(families_of_the_machine())
    assert found[("iaec_backup_last_timestamp_seconds",)] == 1796004900  # 2026-11-30 02:15 UTC
    assert (found[("iaec_backup_last_size_bytes",)], found[("iaec_backup_archives",)]) == (7, 2)
    disk = os.statvfs(settings.VAR_DIR)
    assert found[("iaec_disk_size_bytes", "VAR_DIR")] == disk.f_blocks * disk.f_frsize
