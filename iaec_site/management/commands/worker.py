import logging
import socket

from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from iaec_site.stranded_tasks import give_back_tasks_of
from iaec_site.workers.beating import BeatingWorker


class Command(BaseCommand):
    help = (
        "Does background tasks until SIGTERM or Ctrl-C, which lets the task in hand come to its end. "
        "Several may run, on one machine or on several."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument(
            "--worker-id",
            help="a name that no other worker has; what an earlier worker of this name was killed at is done again",
        )
        parser.add_argument("--interval", type=float, default=1, help="seconds between looks for a task; default 1")

    def handle(self, *, worker_id, interval, **options):
        # One line for each task that begins and ends, whatever LOG_LEVEL says.
        logging.getLogger("django_tasks").setLevel(logging.INFO)
        if worker_id:
            give_back_tasks_of(worker_id)
        worker = BeatingWorker(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=interval,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=(worker_id or f"{socket.gethostname()[:40]}-{get_random_string(12)}")[:64],
        )
        worker.configure_signals()
        worker.run()
