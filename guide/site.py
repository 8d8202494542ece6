"""A site of its own for the guide: fresh, in a folder that is gone afterwards, at the moment of the guide."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START = 30  # seconds until it has to answer


@contextlib.contextmanager
def fresh_site(port: int) -> Iterator[str]:
    """Its address. Starter content and the people of the guide are in it; letters become files."""
    with tempfile.TemporaryDirectory() as folder:
        make_site(Path(folder))
        with serving(Path(folder), port) as address:
            yield address


def make_site(folder: Path) -> None:
    for words in (
        ("prepare",),
        ("load_starter_content", "--verbosity", "0"),
        ("shell", "--verbosity", "0", "-c", "from guide.beginning import make_people; make_people()"),
    ):
        if command(folder, "http://127.0.0.1", *words).wait():
            sys.exit(f"The site for the guide could not be made: “{words[0]}” failed.")


@contextlib.contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    address = f"http://127.0.0.1:{port}"
    with (folder / "log").open("wb") as log:
        running = [
            command(folder, address, "runserver", "--noreload", f"127.0.0.1:{port}", stdout=log, stderr=log),
            command(folder, address, "worker", stdout=log, stderr=log),
        ]
        try:
            wait_for(f"{address}/robots.txt", running[0])
            yield address
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.wait()


def command(folder: Path, address: str, *words: str, **options) -> subprocess.Popen:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "LD_LIBRARY_PATH") if name in os.environ}
    # Nothing of the developer's own .env: a picture must not depend on it, nor a letter leave the machine.
    away = dict.fromkeys(("DATABASE_URL", "STORAGE_URL", "CACHE_URL", "EMAIL_URL"), "")
    own = {"PRODUCTION": "0", "VAR_DIR": str(folder), "SITE_URL": address, "PAGE_CACHE_MB": "0"}
    program = [sys.executable, "-m", "guide.frozen", *words]
    return subprocess.Popen(program, cwd=ROOT, env=kept | away | own, **options)  # noqa: S603 -- our own commands


def wait_for(address: str, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=1):  # noqa: S310 -- our own
                return
        except OSError:
            time.sleep(0.2)
    sys.exit(f"The site for the guide does not answer at {address}. Is the port taken? PORT=… chooses another.")
