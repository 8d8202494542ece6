"""Two machines (each with a VAR_DIR of its own) on one PostgreSQL and one Redis."""

import subprocess
import sys
import time

import pytest

from tests.admin.forms import as_it_stands
from tests.iaec_site.backup.sites import ROOT
from tests.survival.breakable import Served, new_site, wait_until

FORM, PAGE = "/admin/pages/page/1/change/", "/en/about/"
ENQUEUE = """
import django; django.setup()
from tests.survival.counted import count
for number in range(60):
    count.enqueue(number)
"""
DONE = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
tasks = DBTaskResult.objects.filter(task_path='tests.survival.counted.count')
print(tasks.filter(status='SUCCESSFUL').count(), sorted({len(task.worker_ids) for task in tasks}),
      len({task.worker_ids[0] for task in tasks if task.worker_ids}))
"""


@pytest.fixture
def machines(tmp_path, postgresql, on_postgresql, redis_server):
    if not postgresql.listens():
        postgresql.start()
    sites = [new_site(tmp_path / name, on_postgresql, content=False) for name in ("one", "two")]
    for site in sites:
        site.folder.mkdir()
        site.environment |= {"CACHE_URL": redis_server.url(0), "GENERATION_URL": redis_server.url(1)}
        site.environment["COUNTED_IN"] = str(tmp_path / "counted")
    return sites


def test_a_change_on_one_machine_is_on_the_other_within_a_second(machines):
    with Served(machines[0]) as one, Served(machines[1]) as two:
        one.sign_in()
        late = []
        for number in range(5):
            for _ in range(3):
                assert two.get(PAGE).status == 200
            form = as_it_stands(one.get(FORM)) | {"title_en": f"Change {number}"}
            assert one.post(FORM, form).status == 302
            saved = time.monotonic()
            wait_until(lambda title=f"Change {number}": title in two.get(PAGE).text, "the change", 10)
            late.append(time.monotonic() - saved)

        # Beyond the second, what an answer takes on a busy machine.
        assert sorted(late)[2] < 1.5, late
        # Signed in on one machine is signed in on all.
        two.cookies = one.cookies
        assert two.get("/admin/").status == 200


def test_several_workers_never_do_a_task_twice(machines, tmp_path):
    machines[0].python(ENQUEUE)
    workers = [
        subprocess.Popen(
            [sys.executable, str(ROOT / "manage.py"), "worker"],
            env=site.environment,
            stderr=subprocess.PIPE,
        )
        for site in machines * 2
    ]
    try:
        wait_until(lambda: machines[0].python(DONE).startswith("60 "), "the end of all tasks", 120)
    finally:
        for worker in workers:
            worker.terminate()
            worker.communicate()

    done, attempts, takers = machines[0].python(DONE).split(" ", 2)
    assert (done, attempts) == ("60", "[1]")
    assert int(takers) > 1
    assert sorted((tmp_path / "counted").read_text().split()) == sorted(str(number) for number in range(60))
