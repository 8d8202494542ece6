"""What the person in front of the terminal sees: a bar while it works, a table at the end."""

from starter_content.loading import Outcome

WIDTH = 32
HEADINGS = {
    Outcome.ADDED: "added",
    Outcome.UPDATED: "updated",
    Outcome.UNCHANGED: "unchanged",
    Outcome.KEPT: "kept because edited",
}


class Progress:
    """A bar on a terminal, one line per file elsewhere, nothing at all without `out`."""

    def __init__(self, out, total):
        self.out = out
        self.total = total
        self.done = 0
        self.file = None
        self.bar = ""
        self.is_terminal = bool(out and out.isatty())

    def advance(self, file):
        """One more item is done."""
        before, self.done = self.done * 100 // self.total, self.done + 1
        percent = self.done * 100 // self.total
        if not self.out:
            return
        if self.is_terminal and (percent > before or file != self.file):
            bar = "#" * (WIDTH * self.done // self.total)
            self.bar = f"[{bar:<{WIDTH}}] {percent:>3} %  {file:<18}"
            self.write(f"\r{self.bar}")
        elif not self.is_terminal and file != self.file:
            self.write(f"Loading {file} …\n")
        self.file = file

    def finish(self):
        """Leaves an empty line for what comes next."""
        if self.is_terminal:
            self.write("\r" + " " * len(self.bar) + "\r")

    def write(self, text):
        self.out.write(text, ending="")
        self.out.flush()


def closing_table(totals):
    """The lines of the table: what became of the items of each file."""
    widths = {outcome: max(len(heading), 6) for outcome, heading in HEADINGS.items()}
    left = max(len("file"), *(len(file) for file in totals)) if totals else 5

    def line(name, cells):
        return f"{name:<{left}}" + "".join(f"  {cells[outcome]:>{width}}" for outcome, width in widths.items())

    total = {outcome: sum(counter[outcome] for counter in totals.values()) for outcome in HEADINGS}
    lines = [line("file", HEADINGS), *(line(file, counter) for file, counter in totals.items()), line("total", total)]
    return "\n".join(lines)
