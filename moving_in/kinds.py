"""What a thing of WordPress becomes here: a news post, a page, an event, a file, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

from moving_in.kinds_of_plugins import EVENT_KINDS, WORKINGS
from moving_in.staging import Staging
from moving_in.wxr.records import Item
from publishing.slugs import make_slug

POST, PAGE, EVENT, FILE = "post", "page", "event", "file"
# Categories that mean “this is an event”, in the languages of the site, as slugs.
EVENT_CATEGORIES = frozenset(
    """
    agenda calendar calendario calendrier calendari events event upcoming-events what-s-on eventos evento evenements
    evenement esdeveniments esdeveniment actos actes activitats-agenda encuentros rencontres trobades encontros
    """.split()
)
PUBLIC, SCHEDULED, CLOSED = "public", "scheduled", "closed"
NEVER_TAKEN = frozenset(("trash", "auto-draft"))
# Taxonomies whose terms are read elsewhere, or are WordPress's own.
KNOWN_TAXONOMIES = frozenset("category post_tag language post_translations term_language term_translations".split())
OF_MAP = re.compile(r"(category|network)\s*:\s*([-\w]+)", re.ASCII)


class BadMap(ValueError):
    """A line of --map that says nothing; the text says which."""


@dataclass
class Choices:
    """What the webmaster said of categories: which mean events, and where the others belong.

    `targets` is {slug in WordPress: ("category" | "network", slug here)}; `left_out` are categories whose posts stay
    away, `dropped` those that just fall away.
    """

    events: set[str] = field(default_factory=lambda: set(EVENT_CATEGORIES))
    targets: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    left_out: set[str] = field(default_factory=set)
    dropped: set[str] = field(
        default_factory=lambda: {"uncategorized", "sin-categoria", "non-classe", "sense-categoria"}
    )


def read_map(path: Path, choices: Choices) -> None:
    """Lines of “category of WordPress = what it is here”, several with commas between; “#” begins a comment.

    On the right: `category:SLUG`, `network:SLUG`, `events`, `drop` (the posts come without it) or `leave out`.
    """
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        line = line.partition("#")[0].strip()
        if not line:
            continue
        slug, equals, wanted = (part.strip() for part in line.partition("="))
        if not slug or not equals:
            raise BadMap(f"{path.name}, line {number}: write “category = what it is here”, not “{line}”.")
        for one in wanted.split(","):
            one = one.strip().lower()
            if one == "events":
                choices.events.add(slug)
            elif one == "drop":
                choices.dropped.add(slug)
            elif one == "leave out":
                choices.left_out.add(slug)
            elif match := OF_MAP.fullmatch(one):
                choices.targets.setdefault(slug, []).append((match[1], match[2]))
            else:
                raise BadMap(
                    f"{path.name}, line {number}: “{one}” is none of category:SLUG, network:SLUG, events, drop and "
                    "leave out."
                )


def note_kinds(staging: Staging, choices: Choices) -> None:
    """Write down what each item becomes, and tell of those that become nothing."""
    report, unknown = staging.report, {}
    for item in staging.items():
        staging.use(f"kind:{item.kind or '(none)'}")
        if item.comments:
            report.count("comments, which are not taken over", item.comments)
        becomes = what_it_becomes(item, choices)
        if becomes and item.status in NEVER_TAKEN:
            where = "lies in the trash" if item.status == "trash" else "was never saved"
            report.note("left_out", f"“{item.title}” {where}", item.number)
            becomes = ""
        elif becomes in (POST, EVENT) and not choices.left_out.isdisjoint(item.slugs("category")):
            report.note("left_out", f"“{item.title}” has a category that --map leaves out", item.number)
            becomes = ""
        elif not becomes and item.kind not in WORKINGS:
            unknown.setdefault(item.kind or "(none)", []).append(item.number)
        if becomes:
            staging.set(item.number, becomes=becomes)
    for kind, numbers in sorted(unknown.items()):
        some = ", ".join(map(str, numbers[:10])) + (" …" if len(numbers) > 10 else "")
        report.note("kind", f"{len(numbers)} of the kind “{kind}”: {some}")


def what_it_becomes(item: Item, choices: Choices) -> str:
    if item.kind == "attachment":
        return FILE
    if item.kind == "page":
        return PAGE
    if item.kind in EVENT_KINDS:
        return EVENT
    if item.kind != "post":
        return ""
    slugs = item.slugs("category")
    return EVENT if any(slug in choices.events or make_slug(slug) in choices.events for slug in slugs) else POST


def openness(item: Item) -> str:
    """Who may read it in WordPress. A password makes it closed: there is no such lock here."""
    if item.has_password or item.status not in ("publish", "future"):
        return CLOSED
    return PUBLIC if item.status == "publish" else SCHEDULED
