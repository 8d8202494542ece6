"""The processes of a running site: the web server, and the worker for background tasks beside it.

Each stands in a session of its own. So Ctrl-C reaches this process alone, which then ends the
others in order; and what a killed web server leaves behind (its own children) can be ended with
it, as one group.
"""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

FIRST_PAUSE = 1.0  # seconds before a dead process is started again; doubled at each further death
LONGEST_PAUSE = 60.0
STEADY_AFTER = 60.0  # a process that lived this long has earned the short pause again
TIME_TO_FINISH = 20.0  # a background task may finish its work; then it is cut off and comes back later


class Process:
    def __init__(
        self,
        name: str,
        command: list[str],
        *,
        folder: Path,
        environment: dict[str, str],
        before_revival: Callable[[], None] | None = None,
    ):
        """`before_revival` is called before a process that died is started again, to clear up behind it."""
        self.name = name
        self.before_revival = before_revival
        self.command = command
        self.folder = folder
        self.environment = environment
        self.running: subprocess.Popen | None = None
        self.started_at = 0.0
        self.start_again_at = 0.0
        self.pause = FIRST_PAUSE

    def start(self):
        self.started_at = time.monotonic()
        self.running = subprocess.Popen(  # noqa: S603 - the commands are our own, no shell
            self.command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def signal_group(self, number: int):
        if self.running:
            # The group may outlive its leader, so it is asked for even when the leader has gone.
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, number)

    def has_ended(self) -> bool:
        return self.running is None or self.running.poll() is not None


class Supervisor:
    """Keeps processes alive until a signal says to end. `run` returns the exit code."""

    def __init__(
        self,
        processes: list[Process],
        *,
        say: Callable[[str], None],
        every_hour: Callable[[], None],
        drain_seconds: float = 0,
    ):
        """`drain_seconds`: for so long the web server goes on before it begins to end."""
        self.time_to_finish = TIME_TO_FINISH + drain_seconds
        self.processes = processes
        self.say = say
        self.every_hour = every_hour
        self.ending = False
        self.impatient = False

    def ask_to_end(self, number, frame):
        self.impatient = self.ending  # the second Ctrl-C does not wait
        self.ending = True

    def run(self, when_ready: Callable[[], bool]) -> int:
        """`when_ready` is asked until it says yes; a process that dies before that is not started again."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.ask_to_end)
        ready = False
        next_hour = time.monotonic() + 3600
        try:
            for process in self.processes:
                process.start()
            while not self.ending:
                for process in self.processes:
                    if process.has_ended() and not self.revive(process, ready):
                        return 1
                if time.monotonic() >= next_hour:
                    next_hour += 3600
                    self.every_hour()
                ready = ready or when_ready()
                time.sleep(0.2)
            return 0
        finally:
            self.end_all()

    def revive(self, process: Process, ready: bool) -> bool:
        now = time.monotonic()
        if process.running:
            code = process.running.returncode
            process.signal_group(signal.SIGKILL)  # what it left behind would hold the port
            process.running = None
            if not ready:
                self.say(f"The {process.name} ended while starting (exit code {code}); see above.")
                return False
            if now - process.started_at >= STEADY_AFTER:
                process.pause = FIRST_PAUSE
            self.say(f"The {process.name} ended (exit code {code}); starting it again in {process.pause:.0f} s.")
            process.start_again_at = now + process.pause
            process.pause = min(process.pause * 2, LONGEST_PAUSE)
        elif now >= process.start_again_at:
            if process.before_revival:
                process.before_revival()
            process.start()
        return True

    def end_all(self):
        # Only the leader is asked: the web server tells its own children.
        for process in self.processes:
            if not process.has_ended():
                process.running.terminate()
        give_up_at = time.monotonic() + self.time_to_finish
        while not self.impatient and time.monotonic() < give_up_at:
            if all(process.has_ended() for process in self.processes):
                break
            time.sleep(0.05)
        for process in self.processes:
            process.signal_group(signal.SIGKILL)
            if process.running:
                process.running.wait()
