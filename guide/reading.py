"""Reads the guide: its pages in the order of their table of contents, its labels, and the steps of its walks.

A walk is a numbered list below a comment that says who walks and where they begin:

    <!-- walk: marta at /admin/ -->
    1. Press **Events**. In **Title [en]** write `Open day`.

What is done with a label is said by the verb before it; without one the label has to be there, no more:

    press, open     click on it; “press **A**, then **B**” means both
    tick            tick the box of this name
    write           type what stands in `code` into the field named last
    choose          choose what stands in `code` in the field named last
    upload          give the file named in `code` to the field named last
    close           "close the tab": back to the one before

A picture that follows directly on something pressed shows the page just before, with the button marked; any other
shows the page as it is then, with what was named since the last picture. One whose name ends in "-whole.png" shows all
that is in the window, and nothing marked.
"""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "edit"
CONTENTS = FOLDER / "README.md"

WALK = re.compile(r"<!-- walk: (?P<person>[a-z]+)(?: at (?P<address>\S+))? -->")
ITEM = re.compile(r"\d+\. ")
PIECE = re.compile(
    r"!\[[^\]]*\]\((?P<picture>[^)\s]+)\)|\*\*(?P<label>.+?)\*\*|`(?P<code>[^`]+)`"
    r"|(?P<verb>\b(?:press|open|tick|write|choose|upload)\b)|(?P<close>\bclose the (?:tab|window)\b)"
    r"|(?P<then>\bthen\b)|(?P<password>\byour password\b)",
    re.IGNORECASE,
)
WHOLE = "-whole.png"
CLICKS = {"press", "open", "tick"}
FILLS = {"write", "choose", "upload"}


@dataclasses.dataclass(frozen=True)
class Act:
    """`kind` is a verb, or see, password, close, picture; `field` is what is filled."""

    kind: str
    what: str = ""
    field: str = ""


@dataclasses.dataclass(frozen=True)
class Step:
    page: str
    line: int
    acts: list[Act]

    def __str__(self) -> str:
        return f"docs/edit/{self.page}, line {self.line}"


@dataclasses.dataclass(frozen=True)
class Walk:
    """`address` is None where the walk goes on from where the one before ended."""

    page: str
    line: int
    person: str
    address: str | None
    steps: list[Step]


def pages() -> list[Path]:
    """The pages that the table of contents links to, in its order."""
    names = re.findall(r"\]\((?:\./)?([\w-]+\.md)\)", CONTENTS.read_text())
    return [FOLDER / name for name in dict.fromkeys(names)]


def walks() -> list[Walk]:
    """All of them, in the order of the guide."""
    return [walk for page in pages() for walk in walks_of(page)]


def walks_of(page: Path) -> list[Walk]:
    found: list[Walk] = []
    is_open, item, begin = False, "", 0

    def end_item() -> None:
        nonlocal item
        if item:
            found[-1].steps.append(Step(page.name, begin, acts_of(item)))
        item = ""

    for number, line in enumerate([*page.read_text().splitlines(), "# end"], start=1):
        if match := WALK.fullmatch(line.strip()):
            end_item()
            found.append(Walk(page.name, number, match["person"], match["address"], []))
            is_open = True
        elif is_open and ITEM.match(line):
            end_item()
            item, begin = line, number
        elif item and (line.startswith("   ") or not line.strip()):
            item += "\n" + line
        elif line.strip():
            end_item()
            is_open = is_open and not found[-1].steps
    return found


def acts_of(text: str) -> list[Act]:
    """What somebody does who follows this text."""
    acts: list[Act] = []
    verb = field = ""
    for match in PIECE.finditer(" ".join(text.split())):
        if match["verb"]:
            verb = match["verb"].lower()
        elif match["then"]:
            verb = acts[-1].kind if acts and acts[-1].kind in CLICKS else verb
        elif match["close"]:
            acts.append(Act("close"))
        elif match["password"]:
            acts.append(Act("password", field=field))
        elif match["picture"]:
            acts.append(Act("picture", match["picture"]))
        elif label := match["label"]:
            acts.append(Act(verb if verb in CLICKS else "see", label))
            field, verb = label, "" if verb in CLICKS else verb
        elif verb in FILLS:
            acts.append(Act(verb, match["code"], field))
            verb = ""
    return acts


def labels_of(page: Path) -> list[tuple[int, str]]:
    """[(line, label)]: everything bold, in the walks and beside them."""
    text = page.read_text()
    return [
        (text.count("\n", 0, match.start()) + 1, " ".join(match[1].split()))
        for match in re.finditer(r"\*\*(.+?)\*\*", text, re.DOTALL)
    ]


def pictures_of(page: Path) -> list[tuple[str, str]]:
    """[(alternative text, path)]"""
    return re.findall(r"!\[([^\]]*)\]\(([^)\s]+)\)", page.read_text())
