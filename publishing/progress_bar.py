"""What a person before a terminal sees while a command works: a bar, and how long it will still take."""

import shutil
import time


class ProgressBar:
    """Written over itself on a terminal, nothing anywhere else. `stream` is a command's `stderr`."""

    def __init__(self, stream, total):
        self.stream = stream
        self.total = max(total, 1)
        self.is_shown = bool(stream) and stream.isatty()
        self.began = time.monotonic()
        self.first = None

    def show(self, done, note=""):
        """`done` of the total; time left is told once there is something to reckon it from."""
        if not self.is_shown:
            return
        # What was done before this command began says nothing about its speed.
        self.first = done if self.first is None else self.first
        width = max(10, min(40, columns() - 50))
        filled = min(width, width * done // self.total)
        line = f"{'█' * filled}{'░' * (width - filled)} {done} / {self.total}  {self.time_left(done)}{note}"
        self.write(line[: columns() - 1].ljust(columns() - 1))

    def time_left(self, done):
        gone = time.monotonic() - self.began
        if gone < 1 or done <= self.first:
            return ""
        minutes, seconds = divmod(round(gone * (self.total - done) / (done - self.first)), 60)
        return f"{minutes}:{seconds:02} left  "

    def clear(self):
        if self.is_shown:
            self.write(" " * (columns() - 1) + "\r")

    def write(self, line):
        self.stream.write(f"\r{line}", ending="")
        self.stream.flush()


def columns():
    return shutil.get_terminal_size().columns
