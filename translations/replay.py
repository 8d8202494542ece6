"""How the state of a translation follows from what was written, step by step. No database in here.

A translation is confirmed against the source text of its moment whenever it is itself written, or when somebody
declares that it is still right. It is stale while the source has other words than it had then; a source that gets its
old words back makes it fresh again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from translations.digests import digest
from translations.kinds import Kind
from translations.models import State
from translations.texts import ALL_LANGUAGES

Row = Mapping[str, str | None]


@dataclass(frozen=True)
class Entry:
    """One text of one item in one language. All texts are digests, but `source_before`."""

    text: str = ""
    source: str = ""
    confirmed: str = ""  # the source when the translation was last confirmed
    source_before: str = ""  # the words of that source, kept while the translation is stale
    confirmed_at: datetime | None = None
    since: datetime | None = None  # when the entry came into its state

    @property
    def state(self) -> State | None:
        """None where there is nothing to translate and nothing translated."""
        if not self.text:
            return State.MISSING if self.source else None
        return State.STALE if self.source and self.confirmed != self.source else State.FRESH

    def confirm(self, at: datetime | None) -> Entry:
        """Right for the source as it is now."""
        return replace(self, confirmed=self.source, source_before="", confirmed_at=at, since=at)


NOTHING = Entry()
Entries = dict[tuple[str, str], Entry]  # by field and language


def follow(kind: Kind, entries: Entries, before: Row | None, after: Row, at: datetime | None) -> Entries:
    """The entries after a row was written; `before` is the row as it was, None for a new one or where unknown."""
    source = kind.source_of(after)
    if before and kind.source_of(before) != source:
        entries = with_other_source(kind, entries, kind.source_of(before), source)
    followed = {}
    for field in kind.fields:
        rich = field in kind.rich
        original = digest(after[f"{field}_{source}"], rich)
        for language in ALL_LANGUAGES:
            if language == source:
                continue
            old = entries.get((field, language), NOTHING)
            text = digest(after[f"{field}_{language}"], rich)
            if (old.source, old.text) == (original, text) and not (old.source_before and old.confirmed == original):
                followed[field, language] = old
                continue
            new = replace(old, source=original, text=text)
            if new.text != old.text:
                new = new.confirm(at) if new.text else replace(new, confirmed="", source_before="", confirmed_at=None)
            elif new.confirmed == original:
                new = replace(new, source_before="")
            elif before and old.confirmed == old.source:
                new = replace(new, source_before=before[f"{field}_{source}"] or "")
            if new.state != old.state:
                new = replace(new, since=at)
            followed[field, language] = new
    return followed


def with_other_source(kind: Kind, entries: Entries, old: str, new: str) -> Entries:
    """The entries when another language becomes the source.

    What agreed with the new source's text while that was a translation agrees with it now. The old source text does
    if the new one was fresh.
    """
    turned = {}
    for field in kind.fields:
        leader = entries.get((field, new), Entry())
        led = leader.text
        agrees = leader.state is State.FRESH
        turned[field, old] = Entry(text=leader.source, source=led, confirmed=led if agrees else "")
        for language in ALL_LANGUAGES:
            if language not in (old, new):
                entry = entries.get((field, language), Entry())
                fresh = agrees and entry.state is State.FRESH
                turned[field, language] = replace(entry, source=led, confirmed=led if fresh else "", source_before="")
    return turned
