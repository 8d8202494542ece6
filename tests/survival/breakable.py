"""Servers of their own that may be killed, and a site that is served beside them, spoken to over HTTP."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager, suppress
from http.cookies import SimpleCookie
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlencode

import psycopg
import pytest

from tests.admin.forms import as_it_stands
from tests.iaec_site.backup.sites import ROOT, Site

CONTENT = """
import django
django.setup()
from tests.factories import make_consent_text, make_editor, make_page, make_post, make_site_identity
make_site_identity(); make_consent_text()
make_editor(username="ana", password="correct horse battery")
for number in range(4):
    make_post(title_en=f"Post {number}", slug_en=f"post-{number}", body_en=f"<p>Text {number}</p>")
make_page(title_en="About", slug_en="about", body_en="<p>Old</p>")
"""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def wait_until(condition, what, seconds=60):
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def children_of(process):
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has just ended
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == process:
                found.append(int(folder.name))
    return found


class PostgreSQL:
    """A cluster in a folder of its own, run by a user who is not root, as PostgreSQL asks for."""

    def __init__(self, folder):
        programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not programs:
            pytest.skip("PostgreSQL's programs are missing: apt-get install postgresql")
        self.programs = programs[-1].parent
        self.as_user = []
        self.folder = Path(folder) / "cluster"
        if os.geteuid() == 0:
            self.as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
            self.folder.mkdir(mode=0o700)
            shutil.chown(self.folder, "nobody")
        self.port = free_port()
        self.do("initdb", "--pgdata", self.folder, "--username=site", "--auth=trust", "--encoding=UTF8", "--no-sync")
        self.process = None
        self.start()

    def do(self, name, *arguments):
        done = subprocess.run(
            [*self.as_user, self.programs / name, *arguments], capture_output=True, text=True, cwd="/", timeout=120
        )
        assert done.returncode == 0, done.stderr

    def start(self):
        self.process = subprocess.Popen(
            [
                *(*self.as_user, self.programs / "postgres", "-D", self.folder, "-p", str(self.port)),
                *("-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}"),
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
            start_new_session=True,
        )
        wait_until(self.answers, "PostgreSQL")

    def kill(self):
        """As a machine does that loses its power: all of it at once."""
        for process in [self.process.pid, *children_of(self.process.pid)]:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        self.process.wait()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def url(self, name="postgres"):
        return f"postgres://site@127.0.0.1:{self.port}/{name}"

    def connect(self, name="postgres"):
        return psycopg.connect(self.url(name).replace("postgres:", "postgresql:", 1), autocommit=True)

    def answers(self):
        try:
            self.connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def say(self, *statements, name="postgres"):
        with self.connect(name) as connection:
            for statement in statements:
                connection.execute(statement)


class Redis:
    def __init__(self):
        if shutil.which("redis-server") is None:
            pytest.skip("Redis is missing: apt-get install redis-server")
        self.port = free_port()
        self.start()

    def start(self):
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd="/",
        )
        wait_until(self.listens, "Redis")

    def kill(self):
        self.process.kill()
        self.process.wait()

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def url(self, number=0):
        return f"redis://127.0.0.1:{self.port}/{number}"


@contextmanager
def folder_for_others():
    """Where another user may come in: pytest keeps its folders to their owner, and sees to it at each start."""
    with tempfile.TemporaryDirectory(prefix="survival-") as folder:
        os.chmod(folder, 0o755)
        yield Path(folder)


@contextmanager
def room(folder, size):
    """A file system of so many bytes, if this machine lets us have one."""
    folder.mkdir(parents=True, exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(folder)], capture_output=True, text=True
    )
    if made.returncode:
        pytest.skip(f"no file system can be mounted here: {made.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


class Heard(SimpleNamespace):
    """`status`, `headers` with names in lower case, `text`; `content` as Django's own answers have it."""

    @property
    def content(self):
        return self.text.encode()

    @property
    def is_stale(self):
        return self.headers.get("cache-status") == "site; hit; detail=stale"


class Served:
    """A site with its web server and its worker, for as long as the block lasts."""

    def __init__(self, site, *, heeds_permissions=False, **more):
        self.site, self.port = site, free_port()
        self.environment = site.environment | {"LOG_LEVEL": "WARNING", **more}
        # Root may do everything unless it gives that up.
        give_up = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
        self.command = [
            *(give_up if heeds_permissions else []),
            sys.executable,
            str(ROOT / "manage.py"),
            "serve",
            f"127.0.0.1:{self.port}",
        ]
        self.log = site.folder / "serve.log"
        self.cookies = {}

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *error):
        self.stop()

    def start(self):
        with self.log.open("a") as log:
            self.process = subprocess.Popen(self.command, env=self.environment, stdout=log, stderr=log)
        wait_until(lambda: self.process.poll() is not None or self.answers(), "an answer of the site", 120)
        assert self.process.poll() is None, self.said()

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def said(self):
        return self.log.read_text()

    def answers(self):
        try:
            return self.get("/robots.txt").status in (200, 503)
        except (OSError, http.client.HTTPException):
            return False

    def children(self, word):
        """The processes of `serve` whose command line holds a word."""
        return [one for one in children_of(self.process.pid) if word in Path(f"/proc/{one}/cmdline").read_text()]

    def get(self, path, **headers):
        return self.ask("GET", path, None, headers)

    def post(self, path, data, **headers):
        body = urlencode(data, doseq=True)
        given = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self.ask("POST", path, body, given | headers)

    def ask(self, method, path, body, headers):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=90)
        try:
            if self.cookies:
                headers = {"Cookie": "; ".join(f"{name}={text}" for name, text in self.cookies.items()), **headers}
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for line in answer.headers.get_all("Set-Cookie") or ():
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
            names = {name.lower(): text for name, text in answer.headers.items()}
            return Heard(status=answer.status, headers=names, text=answer.read().decode(errors="replace"))
        finally:
            connection.close()

    def sign_in(self):
        form = as_it_stands(self.get("/admin/login/"))
        answer = self.post("/admin/login/", form | {"username": "ana", "password": "correct horse battery"})
        assert answer.status == 302, answer.text

    @contextmanager
    def visitor(self):
        """Without the editor's cookies."""
        kept, self.cookies = self.cookies, {}
        try:
            yield self
        finally:
            self.cookies = kept


def new_site(folder, database=None, content=True):
    site = Site(folder, database)
    site.environment |= {"DJANGO_SETTINGS_MODULE": "tests.survival.settings", "SECRET_KEY": "only-for-tests"}
    if content:
        site.manage("migrate", "--verbosity", "0")
        site.python(CONTENT)
    return site
