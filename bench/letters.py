"""What an issue of the newsletter costs, and whether every letter is counted when senders and mail servers are killed.

    python -m bench.letters queueing --readers 100000
    python -m bench.letters speed --readers 20000
    python -m bench.letters kills --readers 20000 --kills 40

In a database made for it and thrown away: SQLite, or an empty one of PostgreSQL that DATABASE_URL names.
Letters go to a mail server of our own on this machine. `kills` ends with 1 where a letter went twice, or nobody knows
of it; the other two print and judge nothing.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent
AT_ONCE = 5000
LANGUAGES = ("en", "es", "fr", "ca", "pt")


class Scene:
    """A mail server and senders, each a process of its own that can be killed."""

    def __init__(self, folder: Path, port: int):
        self.folder, self.port, self.journal = folder, port, folder / "journal"
        self.journal.touch()
        self.processes: list[subprocess.Popen] = []

    def start(self, *command: str) -> subprocess.Popen:
        log = (self.folder / "log").open("ab")
        process = subprocess.Popen([sys.executable, *command], cwd=ROOT, stdout=log, stderr=log)  # noqa: S603 - our own
        self.processes.append(process)
        return process

    def mail_server(self) -> subprocess.Popen:
        process = self.start("-m", "tests.newsletter.smtp_sink", str(self.port), str(self.journal))
        while True:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return process
            time.sleep(0.05)

    def sender(self) -> subprocess.Popen:
        return self.start("manage.py", "send_newsletter", "-v0")

    def taken(self) -> Counter:
        """How often the mail server took a letter to each address."""
        return Counter(line.split()[0] for line in self.journal.read_text().splitlines())

    def close(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["queueing", "speed", "kills"])
    parser.add_argument("--readers", type=int, default=20_000)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--port", type=int, default=9025, help="of the mail server, on this machine")
    parser.add_argument("--seed", type=int, default=1, help="of the moments at which is killed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="letters-") as name:
        folder = Path(name)
        os.environ["DJANGO_SETTINGS_MODULE"] = "iaec_site.settings"
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder}/bench.sqlite3")
        os.environ |= {"VAR_DIR": name, "EMAIL_URL": f"smtp://127.0.0.1:{options.port}", "EMAIL_TIMEOUT": "5"}
        django.setup()
        issue = prepare(options.readers)
        scene = Scene(folder, options.port)
        try:
            return {"queueing": measure_queueing, "speed": measure_speed, "kills": kill_at_random}[options.what](
                issue, scene, options
            )
        finally:
            scene.close()


def prepare(readers: int):
    """An issue that begins, and so many readers in five languages, half of whom chose networks."""
    from django.core.management import call_command
    from django.utils import timezone

    from newsletter import issue_states
    from newsletter.models import ConsentText, Issue, Subscriber
    from tests import factories

    call_command("migrate", verbosity=0)
    consent = ConsentText.objects.create(version="bench", text_en="Yes.")
    networks = [factories.make_network() for _number in range(4)]
    chosen = Subscriber.networks.through
    for start in range(0, readers, AT_ONCE):
        rows = Subscriber.objects.bulk_create(
            Subscriber(
                email=f"r{number}@example.org",
                language=LANGUAGES[number % len(LANGUAGES)],
                consent=consent,
                consent_language="en",
                state="confirmed",
                confirmed_at=timezone.now(),
            )
            for number in range(start, min(start + AT_ONCE, readers))
        )
        chosen.objects.bulk_create(
            chosen(subscriber_id=row.pk, network_id=networks[row.pk % 4].pk) for row in rows if row.pk % 2
        )
    posts = [factories.make_post() for _number in range(6)]
    for post, network in zip(posts, networks, strict=False):
        post.networks.add(network)
    issue = factories.make_issue(*posts, state=Issue.State.APPROVED)
    issue_states.start(issue)
    return issue


def measure_queueing(issue, scene, options) -> int:
    from newsletter.models import Delivery, Letter
    from newsletter.queueing import queue

    before, wall, cpu = peak(), time.monotonic(), time.process_time()
    for _number in queue(issue):
        pass
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    letters, deliveries = Letter.objects.count(), Delivery.objects.count()
    print(f"{deliveries} deliveries, {letters} letters: {cpu:.1f} s CPU, {wall:.1f} s; peak {before} -> {peak()} MB")
    return 0


def measure_speed(issue, scene, options) -> int:
    """Of the sender alone: the mail server is another process."""
    scene.mail_server()
    wall = time.monotonic()
    process = scene.sender()
    _pid, _status, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # it was waited for already
    wall = time.monotonic() - wall
    sent = sum(scene.taken().values())
    cpu = usage.ru_utime + usage.ru_stime
    print(
        f"{sent} letters in {wall:.1f} s, {sent / wall:.0f} a second; CPU of the sender {cpu:.1f} s, "
        f"{cpu / max(sent, 1) * 1000:.2f} ms a letter; peak {usage.ru_maxrss // 1024} MB"
    )
    return 0


def kill_at_random(issue, scene, options) -> int:
    """Now and then the sender or the mail server is killed and replaced, a sender by two who both want its turn."""
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    server, sender = scene.mail_server(), scene.sender()
    killed, begun = Counter(), time.monotonic()
    while (state := state_of(issue)) == "sending":
        # Spread over all letters, so that the last ones are not sent in peace.
        if sum(killed.values()) < options.kills * len(scene.taken()) / options.readers:
            time.sleep(chance.random() / 5)
            if chance.random() < 0.3:
                kill(server)
                killed["mail server"] += 1
                time.sleep(chance.random())
                server = scene.mail_server()
            else:
                kill(sender)
                killed["sender"] += 1
                scene.sender()
        if sender.poll() is not None:
            sender = scene.sender()
        time.sleep(0.3)
    print(f"{state} after {time.monotonic() - begun:.0f} s; killed: {dict(killed)}")
    return check_the_books(issue, scene.taken(), options.readers)


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


def state_of(issue) -> str:
    issue.refresh_from_db(fields=["state"])
    return issue.state


def check_the_books(issue, taken: Counter, readers: int) -> int:
    """What the site believes, letter by letter, against what the mail server took."""
    from newsletter.models import Delivery

    rows = dict(Delivery.objects.filter(issue=issue).values_list("subscriber__email", "state"))
    found = {
        "readers without a delivery": readers - len(rows),
        "letters taken twice": sum(count > 1 for count in taken.values()),
        "called sent, never taken": sum(state == "sent" and email not in taken for email, state in rows.items()),
        "taken, called neither sent nor uncertain": sum(
            rows.get(email) not in ("sent", "uncertain") for email in taken
        ),
        "neither sent nor uncertain": sum(state not in ("sent", "uncertain") for state in rows.values()),
    }
    uncertain = [email for email, state in rows.items() if state == "uncertain"]
    print(f"deliveries: {dict(Counter(rows.values()))}; the server took {sum(taken.values())} letters")
    print(f"of the uncertain ones, {sum(email in taken for email in uncertain)} were taken")
    for what, count in found.items():
        print(f"{what}: {count}")
    return int(any(found.values()))


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.exit(main())
