"""Keeps the listening socket, and the processes that serve at it.

The socket outlives each of them: while one is replaced, connections wait in it or go to the others. On SIGHUP each
process is replaced by one of the code and settings that are there now, and the old one goes when the new one serves.
One that does not come up leaves the old one in its place.

Only the standard library: this process stays as it is when the site is upgraded.
"""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable

from iaec_site.web_server.sockets import tell_systemd

START_SECONDS = 120  # that a process may take until it serves
# … and from the signal to its end, beyond DRAIN_SECONDS; the requests in hand have ten of them.
STOP_SECONDS = 30
FIRST_PAUSE, LONGEST_PAUSE, STEADY_AFTER = 1.0, 60.0, 60.0


class Child:
    """One process that serves, from the moment it is started.

    It says over a pipe when it serves: of how many processes, and how many seconds it goes on for load balancers once
    it is asked to end. Only it knows the settings.
    """

    drain_seconds = 0

    def __init__(self, listening: list[socket.socket], folder: str, number: int):
        self.number = number
        self.started_at = time.monotonic()
        self.pipe, said = os.pipe()
        # Nothing is ever written to it: its end tells the child that the keeper was killed.
        lives, self.keeps = os.pipe()
        descriptors = [said, lives, *(one.fileno() for one in listening)]
        command = [sys.executable, "-u", "-m", "iaec_site.web_server.process", str(number)]
        self.process = subprocess.Popen(  # noqa: S603 - the command is our own, no shell
            [*command, *map(str, descriptors)], cwd=folder, pass_fds=descriptors, stdin=subprocess.DEVNULL
        )
        os.close(said)
        os.close(lives)

    def wait_until_it_serves(self, is_over: Callable[[], bool]) -> int:
        """How many processes the settings want; 0 if it died, took too long, or `is_over` meanwhile."""
        give_up_at = self.started_at + START_SECONDS
        try:
            while time.monotonic() < give_up_at and not is_over():
                if select.select([self.pipe], [], [], 0.1)[0]:
                    # Nothing where it died; and one of a version before says the first number alone.
                    wanted, self.drain_seconds, *_ = [*map(int, os.read(self.pipe, 40).split()), 0, 0]
                    return wanted
            return 0
        finally:
            os.close(self.pipe)

    def has_ended(self) -> bool:
        if self.process.poll() is None:
            return False
        if self.keeps >= 0:
            os.close(self.keeps)
            self.keeps = -1
        return True

    def ask_to_end(self) -> None:
        self.process.terminate()
        self.kill_at = time.monotonic() + self.drain_seconds + STOP_SECONDS

    def kill_if_late(self) -> None:
        if time.monotonic() > self.kill_at:
            self.process.kill()


class Keeper:
    def __init__(self, listening: list[socket.socket], folder: str):
        self.listening = listening
        self.folder = folder
        self.serving: list[Child] = []
        self.retiring: list[Child] = []
        self.is_ending = False
        self.is_to_replace = False
        self.pause, self.start_again_at = FIRST_PAUSE, 0.0

    def run(self) -> int:
        """The exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self.note_end)
        signal.signal(signal.SIGHUP, self.note_replacing)
        try:
            if not self.start_the_first():
                return 0 if self.is_ending else 1
            tell_systemd("READY=1")
            while not self.is_ending:
                if self.is_to_replace:
                    self.is_to_replace = False
                    self.replace_all()
                self.look_after()
                time.sleep(0.1)
            return 0
        finally:
            tell_systemd("STOPPING=1")
            self.end_all()

    def note_end(self, number, frame):
        self.is_ending = True

    def note_replacing(self, number, frame):
        self.is_to_replace = True

    def start(self, number: int) -> tuple[Child, int]:
        child = Child(self.listening, self.folder, number)
        return child, child.wait_until_it_serves(lambda: self.is_ending)

    def start_the_first(self) -> bool:
        child, wanted = self.start(0)
        self.serving.append(child)
        return wanted > 0 and self.add_until(wanted)

    def add_until(self, wanted: int) -> bool:
        while len(self.serving) < wanted:
            child, is_there = self.start(len(self.serving))
            self.serving.append(child)
            if not is_there:
                return False
        return True

    def replace_all(self) -> None:
        wanted = 0
        for place, old in enumerate(self.serving):
            new, wanted = self.start(old.number)
            if not wanted:
                if not self.is_ending:
                    say("The new version of the web server does not start; the old one goes on.")
                    tell_systemd("STATUS=The last reload failed; the version before goes on.")
                new.process.kill()
                self.retire(new)
                return
            self.serving[place] = new
            self.retire(old)
        for one in self.serving[wanted:]:
            self.retire(one)
        del self.serving[wanted:]
        self.add_until(wanted)
        say("The web server was replaced by one of the code and settings that are there now.")
        tell_systemd("STATUS=Replaced by the version that is there now.")

    def retire(self, child: Child) -> None:
        child.ask_to_end()
        self.retiring.append(child)

    def look_after(self) -> None:
        for child in self.retiring:
            child.kill_if_late()
        self.retiring = [child for child in self.retiring if not child.has_ended()]
        dead = next((place for place, child in enumerate(self.serving) if child.has_ended()), None)
        if dead is None:
            return
        child, now = self.serving[dead], time.monotonic()
        if not self.start_again_at:
            if now - child.started_at >= STEADY_AFTER:
                self.pause = FIRST_PAUSE
            say(f"A web server process ended (exit code {child.process.returncode}); again in {self.pause:.0f} s.")
            self.start_again_at = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        elif now >= self.start_again_at:
            self.start_again_at = 0.0
            self.serving[dead], _ = self.start(child.number)

    def end_all(self) -> None:
        everyone = self.serving + self.retiring
        for child in everyone:
            if not child.has_ended():
                child.ask_to_end()
        while any(not child.has_ended() for child in everyone):
            for child in everyone:
                if not child.has_ended():
                    child.kill_if_late()
            time.sleep(0.05)


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
