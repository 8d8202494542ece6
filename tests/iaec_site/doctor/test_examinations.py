"""Each examination of the doctor, with the very thing broken that it looks at."""

import datetime
import os
import shutil
import socket
import subprocess
import time

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from iaec_site.doctor import of_answers, of_code, of_database, of_machine, of_mail, of_tasks
from iaec_site.doctor.examining import EXAMINATIONS, examine_all, examined
from iaec_site.doctor.findings import Finding, State, in_words, ok
from iaec_site.static_files import MANIFEST, STAMP, static_fingerprint
from iaec_site.workers.models import Heartbeat
from tests.factories import make_post
from tests.iaec_site.doctor.mail_server import mail_server

OK, WARNING, FAILS, SKIPPED = State
is_root = pytest.mark.skipif(shutil.which("unshare") is None or os.geteuid() != 0, reason="mounts need root")


def states(findings):
    return [(one.state, one.what) for one in findings]


def of(examination):
    """Its only finding."""
    (finding,) = examination()
    assert bool(finding.remedy) == (finding.state in {WARNING, FAILS})
    return finding


def test_the_database_answers_takes_changes_and_is_of_this_version(db):
    assert of(of_database.database).found.endswith(" answers")
    assert of(of_database.database_is_writable).state is OK
    assert Heartbeat.objects.count() == 0
    assert of(of_database.migrations) == Finding(OK, "migrations", "all have run")
    assert of(of_database.clock_of_the_database).state is OK


def test_a_database_that_only_reads(db):
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA query_only = 1")
        else:
            cursor.execute("SET TRANSACTION READ ONLY")
    try:
        finding = of(of_database.database_is_writable)
    finally:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA query_only = 0")
    assert finding.state is FAILS
    assert finding.found.startswith("it does not: ")


def test_a_database_that_is_gone(db):
    """The real thing: a port on which nobody listens."""
    pytest.importorskip("psycopg")
    from django.db.backends.postgresql.base import DatabaseWrapper

    where = {"ENGINE": "django.db.backends.postgresql", "HOST": "127.0.0.1", "PORT": "9139"}
    there = {**connection.settings_dict, "NAME": "x", "USER": "ana", "PASSWORD": "hide-me", "OPTIONS": {}, **where}
    before = connections["default"]
    connections["default"] = DatabaseWrapper(there, "default")
    try:
        (finding,) = examined(of_database.database)
    finally:
        connections["default"] = before
    assert (finding.state, finding.what) == (FAILS, "database")
    assert ("9139" in finding.found, "hide-me" in finding.found) == (True, False)


def test_a_migration_that_has_not_run(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'workers'")
    assert of(of_database.migrations).found == "1 have not run: workers.0001_initial"


def test_a_database_of_a_newer_version(db):
    with connection.cursor() as cursor:
        now = timezone.now()
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('news', '9999_later', %s)", [now])
    assert of(of_database.migrations).found == "the database is of a newer version: news.9999_later is not known here"


@pytest.mark.parametrize(
    ("seconds", "state"), [(0.5, OK), (-1.9, OK), (2.5, WARNING), (-19, WARNING), (21, FAILS), (-4000, FAILS)]
)
def test_clocks_that_differ(seconds, state):
    assert of_database.compared("clock", seconds).state is state


def test_files_with_a_clock_of_their_own(settings, tmp_path, monkeypatch):
    settings.VAR_DIR = tmp_path
    assert of(of_machine.clock_of_the_files).state is OK
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() - 30)
    assert of(of_machine.clock_of_the_files).found == "30.0 s ahead of this machine's"


@is_root
def test_a_folder_that_cannot_be_written_to(settings, tmp_path):
    """Root may write anywhere but to a disk that is mounted for reading."""
    folder = tmp_path / "media"
    folder.mkdir()
    settings.MEDIA_ROOT = str(folder)
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "none", str(folder)], capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        found = {one.what: one for one in of_machine.writable_folders()}
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    assert found["folder: storage"].state is FAILS
    assert found["folder: storage"].found == f"{folder}: Read-only file system"
    assert {one.state for what, one in found.items() if what != "folder: storage"} == {OK}
    assert {one.state for one in of_machine.writable_folders()} == {OK}


@is_root
@pytest.mark.parametrize("option", ["size=2m", "nr_inodes=20"])
def test_a_full_disk(settings, tmp_path, option):
    folder = tmp_path / "full"
    folder.mkdir()
    options = f"{option},size=3g" if "nr" in option else option
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "none", str(folder)], capture_output=True).returncode:
        pytest.skip("nothing may be mounted here")
    try:
        if "nr" in option:
            before = of_machine.space_of("x", folder).state
            for number in range(19):
                (folder / str(number)).touch()
        else:
            before = FAILS  # so small a disk has never enough
        after = of_machine.space_of("x", folder)
    finally:
        subprocess.run(["umount", str(folder)], check=True)
    assert (before, after.state) == (OK if "nr" in option else FAILS, FAILS)


def test_backups_by_age_and_wholeness(settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "backups"
    assert of(of_machine.backups).state is WARNING
    settings.PRODUCTION = True
    assert of(of_machine.backups).state is FAILS
    settings.BACKUP_DIR.mkdir()
    now = datetime.datetime.now(datetime.UTC)
    for hours, content, state in [(100, b"x", FAILS), (30, b"x", WARNING), (2, b"x", OK), (1, b"", FAILS)]:
        moment = now - datetime.timedelta(hours=hours)
        (settings.BACKUP_DIR / f"site-{moment:%Y%m%dT%H%M%SZ}.tar").write_bytes(content)
        assert of(of_machine.backups).state is state
    left = settings.BACKUP_DIR / "site-20200101T000000Z.tar.unfinished"
    left.touch()
    assert len(list(of_machine.backups())) == 1  # it may be in the making
    os.utime(left, (0, 0))
    assert states(of_machine.backups())[1:] == [(WARNING, "backup")]


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "127.0.0.1", "ana", "hide-me"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

    def at(port):
        settings.EMAIL_PORT = port
        return of(of_mail.mail)

    return at


def test_a_mail_server_that_lets_us_in_gets_no_letter(smtp):
    with mail_server() as (port, said):
        finding = smtp(port)
    assert finding == ok("mail", f"127.0.0.1:{port} answers and lets us in")
    assert said == ["ehlo", "auth", "noop", "quit"]


def test_a_mail_server_that_refuses_the_password(smtp):
    with mail_server(auth="535 wrong password for ana@example.org") as (port, _):
        smtp(port)
        (finding,) = examined(of_mail.mail)
    assert finding.state is FAILS
    assert "535" in finding.found
    assert ("hide-me" in finding.found, "ana@example.org" in finding.found) == (False, False)


def test_a_mail_server_that_is_not_there(smtp):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert smtp(port).found == f"127.0.0.1:{port}: [Errno 111] Connection refused"


def test_a_mail_server_that_says_nothing(smtp, monkeypatch):
    monkeypatch.setattr(of_mail, "PATIENCE", 0.5)
    with mail_server(greeting=None) as (port, _):
        assert smtp(port).state is FAILS


def test_mail_that_stays_here(settings):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", "/var/x"
    assert of(of_mail.mail) == ok("mail", "letters become files in /var/x")
    settings.PRODUCTION = True
    assert of(of_mail.mail).state is FAILS


def beat(worker_id, seconds_ago, **fields):
    now = timezone.now()
    moment = now - datetime.timedelta(seconds=seconds_ago)
    Heartbeat.objects.create(worker_id=worker_id, host="east", process=1, started_at=now, seen_at=moment, **fields)


def test_workers_by_their_signs_of_life(db):
    assert states(of_tasks.workers()) == [(FAILS, "worker")]
    beat("one", 3)
    assert of(of_tasks.workers) == ok("worker", "one on east (3 s ago)")
    beat("two", 4000)
    assert [(one.state, one.found) for one in of_tasks.workers()] == [
        (OK, "one on east (3 s ago)"),
        (WARNING, "two on east was last heard of 67 min ago"),
    ]
    Heartbeat.objects.filter(pk="two").update(seen_at=timezone.now() - datetime.timedelta(days=8))
    Heartbeat.objects.forget_the_lost()
    beat("three", 1, task="news.tasks.x", task_since=timezone.now() - datetime.timedelta(hours=1))
    assert states(of_tasks.workers()) == [(OK, "worker"), (WARNING, "worker")]


def make_task(**fields):
    now = timezone.now()
    fields = {"status": "READY", "run_after": now, **fields}
    return DBTaskResult.objects.create(
        args_kwargs={}, task_path="a.b", backend_name="default", exception_class_path="", traceback="", **fields
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, [OK, OK, OK]),
        ({"late": 11}, [WARNING, OK, OK]),
        ({"late": 61}, [FAILS, OK, OK]),
        # As the backend stores a task that nobody put off.
        ({"late": 61, "run_after": None}, [FAILS, OK, OK]),
        ({"late": 0, "run_after": None}, [OK, OK, OK]),
        ({"status": "RUNNING", "started_at": 5}, [OK, OK, OK]),
        ({"status": "RUNNING", "started_at": 16}, [OK, WARNING, OK]),
        ({"status": "FAILED", "finished_at": 60}, [OK, OK, WARNING]),
        ({"status": "FAILED", "finished_at": 25 * 60}, [OK, OK, OK]),
        ({"status": "SUCCESSFUL", "finished_at": 1}, [OK, OK, OK]),
    ],
    ids=str,
)
def test_tasks_that_wait_are_cut_off_or_failed(db, fields, expected):
    def ago(minutes):
        return timezone.now() - datetime.timedelta(minutes=minutes)

    late = fields.pop("late", 0)
    task = make_task(**{name: ago(value) if name.endswith("_at") else value for name, value in fields.items()})
    DBTaskResult.objects.filter(pk=task.pk).update(enqueued_at=ago(late))
    if "run_after" not in fields:
        DBTaskResult.objects.filter(pk=task.pk).update(run_after=ago(late))
    assert [one.state for one in of_tasks.tasks()] == expected


def test_static_files_of_another_version(settings, tmp_path):
    settings.VAR_DIR, settings.STATIC_ROOT = tmp_path, tmp_path / "static"
    assert of(of_code.static_files).state is FAILS
    settings.STATIC_ROOT.mkdir()
    (settings.STATIC_ROOT / MANIFEST).write_text("{}")
    (tmp_path / STAMP).write_text(static_fingerprint())
    assert of(of_code.static_files).state is OK
    (tmp_path / STAMP).write_text("another")
    assert of(of_code.static_files).found == "those collected are of another version"


def test_catalogues_that_are_not_compiled(settings, tmp_path):
    assert of(of_code.translations).state is OK
    settings.BASE_DIR = tmp_path
    source = tmp_path / "locale" / "es" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True)
    source.touch()
    assert of(of_code.translations).state is FAILS
    source.with_suffix(".mo").touch()
    assert of(of_code.translations).state is OK
    os.utime(source.with_suffix(".mo"), (0, 0))
    assert of(of_code.translations).state is FAILS


def test_settings_that_are_not_safe(settings):
    assert of(of_code.safe_settings).state is SKIPPED
    settings.PRODUCTION = True
    settings.SECRET_KEY = "short"
    found = {one.found.split(":")[0] for one in of_code.safe_settings()}
    assert {"security.W009", "security.W008", "security.W010"} <= found  # the tests serve without https


def test_a_cache_that_is_gone(settings):
    assert of(of_answers.cache_answers).state is OK
    pytest.importorskip("redis")
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://ana:hide-me@127.0.0.1:9139/0",
        }
    }
    (finding,) = examined(of_answers.cache_answers)
    assert (finding.state, "hide-me" in finding.found) == (FAILS, False)


def test_the_number_of_the_content(db, settings):
    assert of(of_answers.number_of_the_content).state is OK
    settings.PAGE_CACHE_MB = 0
    assert of(of_answers.number_of_the_content).state is WARNING


def test_a_number_that_machines_share_and_nobody_reads(db, settings):
    from iaec_site.page_cache.several_machines import shared_generation

    pytest.importorskip("redis")
    settings.GENERATION_URL = "redis://:hide-me@127.0.0.1:9139/1"
    shared_generation.cache_clear()
    try:
        (finding,) = examined(of_answers.number_of_the_content)
    finally:
        shared_generation.cache_clear()
    assert (finding.state, "hide-me" in finding.found) == (FAILS, False)


def test_a_search_index_that_is_empty_or_deaf(db):
    from search import change_log
    from search.models import IndexRow

    make_post()
    call_command("rebuild_search", verbosity=0)
    assert of(of_answers.search_index).state is OK
    IndexRow.objects.all().delete()
    assert of(of_answers.search_index).found.startswith("it is empty")
    with connection.cursor() as cursor:
        name = sorted(change_log.missing.__globals__["name_of"](one, "insert") for one in change_log.watched())[0]
        table = name.removeprefix("search_of_").removesuffix("_insert")
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert of(of_answers.search_index).found == "1 triggers are missing: it does not hear of changes"


def hangs():
    time.sleep(30)
    yield ok("never", "said")


def breaks():
    yield ok("first", "said")
    raise RuntimeError("for postgres://ana:hide-me@db/site")


def test_what_hangs_or_breaks_keeps_nothing_else_from_being_said():
    heard = []
    begun = time.monotonic()
    found = examine_all((hangs, breaks, of_code.translations), 1, heard.append)
    assert time.monotonic() - begun < 10
    assert states(found) == [(FAILS, "hangs"), (OK, "first"), (FAILS, "breaks"), (OK, "interface texts")]
    assert found[2].found == "RuntimeError: for postgres://***@db/site"
    assert heard[-1] == 2


def test_every_examination_is_made():
    """A function that yields findings and stands in no list would look after nothing."""
    from iaec_site.doctor import of_address, of_metrics

    modules = [of_address, of_answers, of_code, of_database, of_machine, of_mail, of_metrics, of_tasks]
    inner = {"through_the_proxy", "redirected_to_https"}
    there = {
        thing
        for module in modules
        for name, thing in vars(module).items()
        if getattr(thing, "__module__", "") == module.__name__
        and "Iterator" in str(getattr(thing, "__annotations__", {}).get("return", ""))
        and name not in inner
    }
    assert set(EXAMINATIONS) == there


@pytest.mark.parametrize(
    ("seconds", "words"), [(5, "5 s"), (130, "2 min"), (7300, "2 h"), (90_000, "25 h"), (200_000, "2 days")]
)
def test_lengths_of_time_in_words(seconds, words):
    assert in_words(seconds) == words
