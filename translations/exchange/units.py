"""What goes out to translators and what comes back, whatever the format of the file."""

from __future__ import annotations

from dataclasses import dataclass

MAX_SIZE = 20 * 1024 * 1024


class Unreadable(Exception):
    """A file that cannot be read at all. Its text is for people."""


class BrokenMarkup(Exception):
    """A text whose markup does not fit together. Its text is for people."""


@dataclass(frozen=True)
class Outgoing:
    """One text that a translator is asked for."""

    kind: str  # "agenda.event"
    kind_name: str  # "event"
    item: int
    title: str
    field: str
    field_name: str
    rich: bool
    max_length: int | None
    source_language: str
    source: str
    language: str
    state: str  # of `translations.models.State`
    translation: str
    previous_source: str  # the words that a stale translation was made for
    digest: str  # of the source: `translations.digests.digest`

    @property
    def name(self) -> str:
        return f"{self.kind}:{self.item}"


@dataclass(frozen=True)
class Returned:
    """One text as it comes back. What the file says is not believed before `translations.exchange.arrival` looked."""

    name: str  # "agenda.event:12"
    field: str
    source_language: str
    language: str
    digest: str  # of the source that the translator had
    text: str  # "" where nothing was translated
    reviewed: bool = False  # somebody vouches for the text as it is
    problem: str = ""  # why the text cannot be taken


def lines_alike(text: str) -> str:
    """Line ends as XML and spreadsheets keep them. Of a text's characters this is all that a round trip may change."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
