import os
import socket
import sys

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import Error as DatabaseError
from django.db import connections
from django.utils.crypto import get_random_string

from iaec_site.listening import join_address, split_address, why_not
from iaec_site.processes import Process, Supervisor
from iaec_site.stranded_tasks import give_back_tasks_of
from iaec_site.tidying import tidy_up

WILDCARDS = {"0.0.0.0", "::"}  # noqa: S104 - compared with, not bound


class Command(BaseCommand):
    help = "Serves the site and works off its background tasks, until Ctrl-C or SIGTERM."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", help="host:port; default from HOST and PORT, else 127.0.0.1:8000")

    def handle(self, *, address, **options):
        if address is None:
            address = join_address(os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8000"))
        try:
            host, port = split_address(address)
        except ValueError as error:
            raise CommandError(str(error)) from None
        if reason := why_not(host, port):
            raise CommandError(reason)

        self.worker_id = f"serve-{get_random_string(12)}"
        self.tidy_up()
        environment = child_environment(host, port)
        python = [sys.executable, "-u"]
        server = Process(
            "web server",
            [*python, "-m", "iaec_site.web_server", host, str(port)],
            folder=settings.BASE_DIR,
            environment=environment,
        )
        worker = Process(
            "background worker",
            [*python, "manage.py", "worker", "--worker-id", self.worker_id],
            folder=settings.BASE_DIR,
            environment=environment,
            before_revival=self.clear_up_behind_the_worker,
        )
        # While the site is being maintained background tasks wait.
        processes = [server] if settings.READ_ONLY else [server, worker]
        supervisor = Supervisor(processes, say=self.say, every_hour=self.tidy_up, drain_seconds=settings.DRAIN_SECONDS)
        code = supervisor.run(lambda: self.announce_once_it_answers(host, port))
        if code:
            sys.exit(code)
        self.say("Stopped.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()

    def announce_once_it_answers(self, host, port):
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not bound
        try:
            socket.create_connection((host, port), timeout=0.2).close()
        except OSError:
            return False
        self.say(
            f"The site is at http://{join_address(host, port)}/ and its editors' entrance at "
            f"http://{join_address(host, port)}/{settings.ADMIN_PATH} (Ctrl-C stops it)."
        )
        return True

    def clear_up_behind_the_worker(self):
        """What it was killed at goes on with the next one, without waiting for the hourly look at what is stranded."""
        try:
            give_back_tasks_of(self.worker_id)
        except DatabaseError as error:
            self.say(f"Could not give the worker's tasks back: {error}")
        finally:
            connections.close_all()

    def tidy_up(self):
        """At the start and every hour. The site may outlive its database for a while; the next hour tries again."""
        try:
            count = tidy_up()
        except DatabaseError as error:
            self.say(f"Could not tidy up: {error}")
        else:
            if count:
                self.say(f"{count} interrupted background tasks go back into the queue.")
        finally:
            connections.close_all()


def child_environment(host, port):
    environment = dict(os.environ)
    environment["DJANGO_SETTINGS_MODULE"] = os.environ.get("DJANGO_SETTINGS_MODULE", "iaec_site.settings")
    environment["DEBUG"] = "0"
    if not settings.PRODUCTION:
        # Whoever tries the site from another machine gets pages instead of "Bad Request".
        names = "*" if host in WILDCARDS else f"localhost,127.0.0.1,[::1],{host}"
        environment.setdefault("ALLOWED_HOSTS", names)
        environment.setdefault("SITE_URL", f"http://{join_address('127.0.0.1' if host in WILDCARDS else host, port)}")
    return environment
