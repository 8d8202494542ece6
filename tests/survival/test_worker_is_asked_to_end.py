"""A real worker, asked to end in the middle of a task: it finishes that one, begins no other, and ends well."""

import contextlib
import os
import signal
import socket
import subprocess
import threading

from tests.newsletter.smtp_sink import Sink
from tests.survival.breakable import wait_until

TWO_LETTERS = """
import django; django.setup()
from newsletter.models import ConsentText
from newsletter.sending import send_letter
from tests.factories import make_subscriber
for name in ("eva", "ivo"):
    subscriber = make_subscriber(email=f"{name}@example.org", consent=ConsentText.objects.get())
    send_letter.enqueue("welcome", subscriber.pk)
"""
STATES = """
import django; django.setup()
from django_tasks_db.models import DBTaskResult
tasks = DBTaskResult.objects.filter(task_path__contains='send_letter').order_by('enqueued_at')
print([str(task.status) for task in tasks])
"""


def pump(source, target):
    with contextlib.suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)


def test_a_worker_finishes_its_task_and_begins_no_other(tmp_path, copied):
    site = copied(tmp_path, options="")
    site.python(TWO_LETTERS)
    log = tmp_path / "worker.log"
    with Sink() as sink, socket.create_server(("127.0.0.1", 0)) as silent, log.open("w") as output:
        environment = site.environment | {"EMAIL_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}"}
        worker = subprocess.Popen(site.command("worker", "--worker-id", "one"), env=environment, stderr=output)
        try:
            silent.settimeout(60)
            conversation, _ = silent.accept()  # the first letter waits for a greeting
            worker.send_signal(signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                worker.wait(3)
            assert (worker.poll(), site.python(STATES)) == (None, "['RUNNING', 'READY']")

            with conversation, socket.create_connection(("127.0.0.1", sink.port)) as there:
                threads = [
                    threading.Thread(target=pump, args=pair) for pair in [(conversation, there), (there, conversation)]
                ]
                for thread in threads:
                    thread.start()
                assert worker.wait(60) == 0, log.read_text()
                for thread in threads:
                    thread.join(10)
        finally:
            if worker.poll() is None:
                os.kill(worker.pid, signal.SIGKILL)
                worker.wait()
        assert site.python(STATES) == "['SUCCESSFUL', 'READY']"
        assert [recipient for recipient, _ in sink.letters] == ["eva@example.org"]

        # The next worker of this name takes up where it ended.
        environment["EMAIL_URL"] = f"smtp://127.0.0.1:{sink.port}"
        with subprocess.Popen(site.command("worker", "--worker-id", "one"), env=environment) as worker:
            wait_until(lambda: len(sink.letters) == 2, "the other letter")
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(30) == 0
        assert site.python(STATES) == "['SUCCESSFUL', 'SUCCESSFUL']"
