"""What the forms of lists offer to choose."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Option:
    """A value as it stands in an address, and its name; `language` is that of the name, "" that of the page."""

    value: str
    label: str
    chosen: bool = False
    language: str = ""
