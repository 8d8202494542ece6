"""The real command, with a real web server and a real worker, in a folder of its own."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from pathlib import Path

import pytest

from iaec_site.listening import split_address

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="looks at processes in /proc")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The environment of a site of its own, its database ready. The mark finds its processes again."""
    folder = tmp_path_factory.mktemp("served")
    environment = {
        **{name: value for name, value in os.environ.items() if name not in {"ALLOWED_HOSTS", "SITE_URL"}},
        "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
        "DATABASE_URL": f"sqlite:///{folder}/site.sqlite3",
        "VAR_DIR": str(folder),
        "TEST_MARK": uuid.uuid4().hex,
    }
    manage(environment, "migrate", "--verbosity", "0").check_returncode()
    yield environment
    for process in processes_of(environment):
        os.kill(process, signal.SIGKILL)


def manage(environment, *arguments):
    return subprocess.run(
        [sys.executable, ROOT / "manage.py", *arguments], env=environment, capture_output=True, text=True, timeout=120
    )


def processes_of(environment):
    """Process ids by what they do: `iaec_site.web_server`, `worker`, `serve`, or the empty string."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if environment["TEST_MARK"].encode() in (folder / "environ").read_bytes():
                words = (folder / "cmdline").read_bytes().decode().split("\0")
                if words != [""]:  # one that has ended and waits for its parent has none
                    found[int(folder.name)] = next(
                        (w for w in words if w in {"iaec_site.web_server", "worker", "serve"}), ""
                    )
        except OSError:
            continue
    return found


def wait_until(condition, what, seconds=30):
    give_up_at = time.monotonic() + seconds
    while time.monotonic() < give_up_at:
        if result := condition():
            return result
        time.sleep(0.1)
    raise AssertionError(f"waited {seconds} s in vain: {what}")


def front_door_of(port):
    """Where `/` sends a visitor: an answer of Django's that needs no content and no collected files."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", "/", headers={"Accept-Language": "ca"})
        return connection.getresponse().getheader("Location")
    except OSError:
        return None
    finally:
        connection.close()


class Served:
    def __init__(self, environment):
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]
        self.environment = environment
        self.process = subprocess.Popen(
            [sys.executable, ROOT / "manage.py", "serve", f"127.0.0.1:{self.port}"],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def names(self):
        return sorted(set(filter(None, processes_of(self.environment).values())))

    def wait_until_complete(self):
        wait_until(lambda: front_door_of(self.port), "an answer")
        wait_until(lambda: self.names() == ["iaec_site.web_server", "serve", "worker"], "server and worker")


@pytest.fixture
def served(site):
    served = Served(site)
    yield served
    served.process.kill()
    served.process.wait()
    for process in processes_of(site):
        os.kill(process, signal.SIGKILL)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_every_process(served, number):
    served.wait_until_complete()
    assert front_door_of(served.port) == "/ca/"

    served.process.send_signal(number)
    output, _ = served.process.communicate(timeout=30)

    assert served.process.returncode == 0, output
    assert processes_of(served.environment) == {}
    assert output.rstrip().endswith("Stopped.")


def test_a_killed_process_comes_back(served):
    served.wait_until_complete()
    for line in served.process.stdout:
        if line.startswith("The site is at "):
            break
    before = processes_of(served.environment)

    for process, name in before.items():
        if name in {"worker", "iaec_site.web_server"}:
            os.kill(process, signal.SIGKILL)

    wait_until(lambda: len(set(processes_of(served.environment)) - set(before)) >= 2, "two new processes")
    served.wait_until_complete()
    assert front_door_of(served.port) == "/ca/"


def test_a_taken_port_gets_one_clear_line(site):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        run = manage(site, "serve", f"127.0.0.1:{port}")

    assert run.returncode == 1
    assert run.stdout == ""
    assert run.stderr.strip() == (
        f"CommandError: Port {port} on 127.0.0.1 is taken by another program. "
        f"Choose another: make run PORT={port % 65535 + 1}"
    )


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("127.0.0.1:8000", ("127.0.0.1", 8000)),
        ("[::1]:8001", ("::1", 8001)),
        ("8002", ("127.0.0.1", 8002)),
        ("example.org:65535", ("example.org", 65535)),
    ],
)
def test_an_address_is_host_and_port(address, expected):
    assert split_address(address) == expected


@pytest.mark.parametrize("address", ["127.0.0.1", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:0", "127.0.0.1:65536"])
def test_what_is_not_a_port_is_refused(address):
    with pytest.raises(ValueError, match="is not a port"):
        split_address(address)
