"""What visitors get from the server: ready pages beside nginx, pages that are not ready, and both at once."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from django.conf import settings
from django.db import connection

from bench import content
from bench.addresses import YEAR
from bench.desk_load import measure_desk
from bench.load import Load, load, memory, nginx, started
from news.models import Post

ROUNDS, CHANGES = 5, 10
HOME = "/en/"
# With a number behind it: another page each time.
NOT_READY = {
    "home page": None,
    "list": "/en/agenda/?when=all&page=",
    "detail": "/en/agenda/meeting-{}-en/",
    "search": "/en/search/?q=meeting+",
    "archive": f"/en/agenda/?year={YEAR}&page=",
    "feed": "/en/agenda.atom",
}


def measure_serving() -> None:
    if shutil.which("wrk") is None:
        sys.exit("wrk is missing, which asks for the pages. Install it with: apt-get install wrk")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        site = Server(PAGE_CACHE_MB="64")
        stack.enter_context(site.running())
        print(f"start-up to the first page   {site.start_up * 1000:8.0f} ms")
        body = site.get(HOME)
        port = free_port()
        beside = stack.enter_context(nginx(body, port, folder))
        ready, other, mixed = [], [], []
        for _ in range(ROUNDS):
            if beside is not None:
                other.append(load(f"http://127.0.0.1:{port}/page", beside.pid))
            ready.append(load(site.url(HOME), site.pid))
            slow = started(site.url("/"), 2, 4, NOT_READY["list"], folder)
            mixed.append(load(site.url(HOME), site.pid))
            slow.communicate()
        show("nginx, a file of the bytes", other)
        show("ready home page", ready, other)
        show("the same beside slow pages", mixed, other)
        print(f"memory of the process        {memory(site.pid):8.0f} MiB")
        seen = [visible_after(site, number) for number in range(CHANGES)]
        print(f"a change is seen after       {median(seen):8.1f} ms ({min(seen):.1f}–{max(seen):.1f})")
        measure_desk(site, HOME)
    bare = Server(PAGE_CACHE_MB="0")
    with bare.running(), tempfile.TemporaryDirectory() as name:
        for title, begin in NOT_READY.items():
            path = begin.format(77) if begin else HOME
            is_counted = path.endswith(("=", "+"))
            bare.get(path + ("1" if is_counted else ""))
            asked = {"random_from": path, "folder": Path(name)} if is_counted else {}
            if title == "list":
                # Beyond the last page there is no other one.
                asked["most"] = content.EVENTS // 25
            rounds = [load(bare.url("/" if is_counted else path), bare.pid, connections=2, **asked) for _ in range(3)]
            show(f"{title}, not ready", rounds)


def show(title: str, rounds: list[Load], beside: list[Load] = ()) -> None:
    if not rounds:
        print(f"{title:<28} not installed")
        return
    per_second = [one.per_second for one in rounds]
    line = f"{title:<28} {median(per_second):8,.0f}/s ({min(per_second):,.0f}–{max(per_second):,.0f})"
    line += f"  CPU {median(one.cpu for one in rounds):.4f} ms  p99 {median(one.p99 for one in rounds):.2f} ms"
    if beside:
        ratios = [mine.per_second / other.per_second for mine, other in zip(rounds, beside, strict=True)]
        line += f"  × nginx {median(ratios):.2f}"
    errors = sum(one.errors for one in rounds)
    print(line + (f"  ERRORS {errors}" if errors else ""), flush=True)


class Server:
    """The web server with the database that was filled, in a process of its own."""

    def __init__(self, **environment):
        self.port = free_port()
        self.environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
            "DATABASE_URL": address_of_the_database(),
            "VAR_DIR": str(settings.VAR_DIR),
            "ALLOWED_HOSTS": "127.0.0.1",
            "DEBUG": "0",
            "LOG_LEVEL": "ERROR",
            **environment,
        }

    @contextmanager
    def running(self) -> Iterator[None]:
        if not (settings.VAR_DIR / "static" / "staticfiles.json").exists():
            manage = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
            subprocess.run(manage, env=self.environment, cwd=settings.BASE_DIR, check=True)  # noqa: S603 - ours
        command = [sys.executable, "-m", "iaec_site.web_server", "127.0.0.1", str(self.port)]
        begun = time.monotonic()
        process = subprocess.Popen(command, env=self.environment, cwd=settings.BASE_DIR)  # noqa: S603 - ours
        self.pid = process.pid
        try:
            while not self.answers():
                time.sleep(0.02)
            self.start_up = time.monotonic() - begun
            yield
        finally:
            process.terminate()
            process.wait()

    def answers(self) -> bool:
        try:
            return bool(self.get(HOME))
        except OSError:
            return False

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def get(self, path: str, encoding="br") -> bytes:
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            asking.request("GET", path, headers={"Accept-Encoding": encoding})
            return asking.getresponse().read()
        finally:
            asking.close()


def visible_after(site: Server, number: int) -> float:
    """Milliseconds between a change's commit and the page that shows it."""
    title = f"Changed for the {number}. time"
    newest = Post.objects.published().newest_first()[:1].values_list("pk", flat=True)
    key = newest[0]
    Post.objects.filter(pk=key).update(title_en=title)
    begun = time.perf_counter()
    while title.encode() not in site.get(HOME, "identity"):
        pass
    return (time.perf_counter() - begun) * 1000


def address_of_the_database() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    return f"postgres://{known['USER']}:{known['PASSWORD']}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]
