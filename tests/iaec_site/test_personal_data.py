"""Every personal datum is known, and goes when its term is over; shown by travelling in time."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from axes.models import AccessAttempt
from django.apps import apps
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django_tasks_db.models import DBTaskResult

from desk.models import DraftLink
from entrance.models import Count, SignIn, TrailEntry
from iaec_site.management.commands.serve import Command as Serve
from iaec_site.personal_data import DATA, as_table
from invitations.models import Invitation
from newsletter.models import Subscriber
from tests.factories import make_consent_text, make_editor, make_post, make_subscriber

HERE = Path(__file__).parent
LONG_AGO, NOW = datetime(2026, 1, 1, 12, tzinfo=UTC), datetime(2029, 1, 1, 12, tzinfo=UTC)


def classified():
    """{model: fields}, personal or not."""
    known = {}
    for line in (HERE / "impersonal_fields.txt").read_text().replace("\n  ", " ").splitlines():
        model, _, fields = line.partition(": ")
        known.setdefault(model, set()).update(fields.split())
    for one in DATA:
        known.setdefault(one.model, set()).update(one.fields.split())
    return known


def without_language(name):
    stem, _, code = name.rpartition("_")
    return stem if stem and code in dict(settings.LANGUAGES) else name


def test_every_field_is_known_to_be_personal_or_not():
    found = {
        model._meta.label: {without_language(field.name) for field in model._meta.concrete_fields}
        for model in apps.get_models()
        if not model._meta.proxy and model.__module__.partition(".")[0] != "tests"
    }
    # A new field: add it to iaec_site/personal_data.py, with its term, or to impersonal_fields.txt.
    known = classified()
    assert {label: left for label, fields in found.items() if (left := fields - known.get(label, set()))} == {}


def test_what_is_known_exists():
    for label, fields in classified().items():
        there = {without_language(field.name) for field in apps.get_model(label)._meta.concrete_fields}
        assert (label, fields - there) == (label, set())


def test_the_documentation_has_the_same_table():
    assert as_table() in (HERE.parents[1] / "docs" / "privacy.md").read_text()


def make_all(number):
    """A row of each datum whose term ends by itself, as of this moment; returns them."""
    now = datetime.now(UTC)
    user = make_editor(username=f"editor-{number}")
    post = make_post()
    kind = ContentType.objects.get_for_model(post)
    reader = make_subscriber(consent=make_consent_text(), signed_up_at=now, ip_hash="f" * 64)
    pending = make_subscriber(consent=make_consent_text(), state="pending", confirmed_at=None, signed_up_at=now)
    session = Session.objects.create(session_key=f"s{number}", session_data="x", expire_date=now + timedelta(days=14))
    made = [
        pending,
        session,
        SignIn.objects.create(user=user, session_key=f"s{number}", seen_at=now),
        AccessAttempt.objects.create(username="ana", failures_since_start=1, get_data="", post_data=""),
        Count.objects.create(key=f"{number}" * 64, number=1, ends_at=now + timedelta(hours=1)),
        TrailEntry.objects.create(act="signed-in", actor="ana"),
        Invitation.objects.create(email=f"{number}@example.org", role=Group.objects.first(), invited_by=user),
        DraftLink.objects.create(
            content_type=kind, object_id=str(post.pk), token_hash=f"{number}" * 64, made_by=user, expires_at=now
        ),
        LogEntry.objects.create(user=user, content_type=kind, object_id=post.pk, action_flag=CHANGE, action_time=now),
        DBTaskResult.objects.create(
            task_path="a.b",
            backend_name="default",
            status="SUCCESSFUL",
            args_kwargs={"args": ["eva@example.org"], "kwargs": {}},
            finished_at=now,
            run_after=now,
            exception_class_path="",
            traceback="",
        ),
    ]
    return reader, made


def said(capsys):
    """(exit code, lines of the data whose term was broken)."""
    try:
        call_command("personal_data")
        code = 0
    except SystemExit as left:
        code = left.code
    lines = capsys.readouterr().out.splitlines()
    return code, [line[30:] for line in lines if (number := line[20:28].strip()).isdigit() and int(number)]


@pytest.mark.django_db(transaction=True)
def test_what_is_over_goes_and_is_missed_if_it_stays(capsys, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    Group.objects.get_or_create(name="Editors")
    with time_machine.travel(LONG_AGO, tick=False):
        old_reader, old = make_all(1)
        assert said(capsys) == (0, [])
    with time_machine.travel(NOW, tick=False):
        new_reader, new = make_all(2)
        code, broken = said(capsys)
        # All of these but the browser, whose session is still there, and the hash of who confirmed.
        assert (code, len(broken)) == (1, len(old) - 1 + 1)

        Serve().tidy_up()

        assert said(capsys) == (0, [])
        assert [type(row).__name__ for row in old if type(row)._base_manager.filter(pk=row.pk).exists()] == []
        assert [type(row).__name__ for row in new if not type(row)._base_manager.filter(pk=row.pk).exists()] == []
        hashes = dict(Subscriber.objects.values_list("pk", "ip_hash"))
        assert (hashes[old_reader.pk], hashes[new_reader.pk]) == ("", "f" * 64)
