"""A bar that moves by itself with every row."""

from __future__ import annotations

from publishing.progress_bar import ProgressBar


class RowsDone:
    """Called once for each of `total` rows; drawn at every hundredth of the way at most."""

    def __init__(self, stream, total: int):
        self.bar = ProgressBar(stream, total)
        self.every = max(1, total // 400)
        self.done = 0

    def __call__(self) -> None:
        self.done += 1
        if self.done % self.every == 0:
            self.bar.show(self.done)

    def clear(self) -> None:
        self.bar.clear()
