import datetime

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from iaec_site.stranded_tasks import give_back_stranded_tasks, give_back_tasks_of


def make_task(**values):
    values = {
        "args_kwargs": {"args": [], "kwargs": {}},
        "task_path": "no.such.task",
        "run_after": timezone.now(),
        **values,
    }
    return DBTaskResult.objects.create(**values)


@pytest.mark.django_db
def test_only_tasks_that_run_for_too_long_go_back_into_the_queue():
    minutes_ago = {minutes: timezone.now() - datetime.timedelta(minutes=minutes) for minutes in (14, 16)}
    stranded = make_task(status="RUNNING", started_at=minutes_ago[16])
    busy = make_task(status="RUNNING", started_at=minutes_ago[14])
    done = make_task(status="SUCCESSFUL", started_at=minutes_ago[16])

    assert give_back_stranded_tasks() == 1

    assert dict(DBTaskResult.objects.values_list("pk", "status")) == {
        stranded.pk: "READY",
        busy.pk: "RUNNING",
        done.pk: "SUCCESSFUL",
    }
    assert DBTaskResult.objects.ready().get() == stranded


@pytest.mark.django_db
def test_what_a_dead_worker_was_at_goes_back_at_once():
    now = timezone.now()
    its_own = make_task(status="RUNNING", started_at=now, worker_ids=["dead"])
    taken_up_since = make_task(status="RUNNING", started_at=now, worker_ids=["dead", "alive"])
    done = make_task(status="SUCCESSFUL", started_at=now, worker_ids=["dead"])

    assert give_back_tasks_of("dead") == 1

    assert dict(DBTaskResult.objects.values_list("pk", "status")) == {
        its_own.pk: "READY",
        taken_up_since.pk: "RUNNING",
        done.pk: "SUCCESSFUL",
    }
