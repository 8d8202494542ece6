"""Load on a port: wrk asks as fast as it is answered; nginx serves a file of the same bytes beside us."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}
ANY_NUMBER = "request = function() return wrk.format('GET', '{path}' .. math.random(1, {most})) end\n"
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 1024; }}
http {{
  access_log off; keepalive_requests 10000000; open_file_cache max=10; client_body_temp_path {folder};
  server {{
    listen 127.0.0.1:{port}; root {folder};
    location / {{ default_type text/html; add_header Content-Encoding br; }}
  }}
}}
"""


@dataclass(frozen=True)
class Load:
    per_second: float
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds of the server's processor time a request
    errors: int


def load(url: str, pid: int, *, connections=8, seconds=3, random_from: str = "", **how) -> Load:
    """`random_from`: each request is for another address that begins so, with a number up to `most` after it."""
    before = processor_time(pid)
    finished = started(url, connections, seconds, random_from, **how).communicate()[0]
    spent = processor_time(pid) - before
    requests = int(re.search(r"(\d+) requests in", finished)[1])
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", finished)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", finished)
    return Load(
        per_second=requests / seconds,
        p50=percentile(finished, 50),
        p99=percentile(finished, 99),
        cpu=1000 * spent / max(requests, 1),
        errors=(int(refused[1]) if refused else 0) + (sum(map(int, broken.groups())) if broken else 0),
    )


def started(url, connections=8, seconds=3, random_from="", folder=None, most=100_000_000) -> subprocess.Popen:
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", "Accept-Encoding: br"]
    if random_from:
        script = folder / "random.lua"
        script.write_text(ANY_NUMBER.format(path=random_from, most=most))
        command += ["-s", str(script)]
    return subprocess.Popen([*command, url], stdout=subprocess.PIPE, text=True)  # noqa: S603 - a command of our own


def percentile(text: str, percent: int) -> float:
    value, unit = re.search(rf"{percent}%\s+([\d.]+)(us|ms|s)\b", text).groups()
    return float(value) * UNITS[unit]


def processor_time(pid: int) -> float:
    """Seconds of a process and its children, so far."""
    family = [pid]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1]) == pid:
                family.append(int(folder.name))
        except OSError:
            continue
    spent = 0
    for one in family:
        words = Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        spent += int(words[11]) + int(words[12])
    return spent / TICKS


def memory(pid: int) -> float:
    """The proportional share of a process, in MiB."""
    return int(re.search(r"Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text())[1]) / 1024


@contextmanager
def nginx(body: bytes, port: int, folder: Path) -> Iterator[subprocess.Popen | None]:
    """Serves these packed bytes at /page; None where nginx is not installed."""
    program = shutil.which("nginx") or shutil.which("/usr/sbin/nginx")
    if program is None:
        yield None
        return
    (folder / "page").write_bytes(body)
    folder.chmod(0o755)
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port))
    process = subprocess.Popen([program, "-c", str(folder / "nginx.conf")], stderr=subprocess.DEVNULL)  # noqa: S603 - ours
    try:
        wait_for(port)
        yield process
    finally:
        process.terminate()
        process.wait()


def wait_for(port: int, seconds=10) -> None:
    """Until somebody listens there; TimeoutError after some seconds."""
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=0.2).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise TimeoutError(f"nobody listens on port {port}")
