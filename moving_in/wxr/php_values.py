"""Serialised values of PHP, as far as WordPress needs them: arrays, numbers, texts, true, false and null.

Objects (O, C, E) and references (R, r) are refused: nothing that is read here has any, and a text that asks for them
is up to something. Lengths of texts are bytes of UTF-8.
"""

from __future__ import annotations

import re

LONGEST = 256 * 1024  # bytes
DEEPEST = 16
MOST_VALUES = 10_000
_SCALAR = re.compile(rb"(?:i:(-?\d{1,19})|d:(-?(?:\d[\d.eE+-]{0,40}|INF|NAN))|b:([01])|(N));")
_LENGTH = re.compile(rb"([sa]):(\d{1,9}):")


class NotPhp(ValueError):
    """No serialised value, or one that is not read here."""


def read_php(text: str):
    """The value; an array becomes a dict. Raises NotPhp."""
    data = text.strip().encode(errors="replace")
    if len(data) > LONGEST:
        raise NotPhp("It is too long.")
    reader = _Reader(data)
    value = reader.value(0)
    if reader.at != len(data):
        raise NotPhp("There is something behind its end.")
    return value


class _Reader:
    def __init__(self, data: bytes):
        self.data = data
        self.at = 0
        self.values = 0

    def value(self, depth: int):
        self.values += 1
        if depth > DEEPEST or self.values > MOST_VALUES:
            raise NotPhp("It is too large or lies too deep.")
        if match := _SCALAR.match(self.data, self.at):
            self.at = match.end()
            integer, decimal, boolean, _null = match.groups()
            try:
                if integer is not None:
                    return int(integer)
                if decimal is not None:
                    return float(decimal)
            except ValueError:
                raise NotPhp("A number that is none.") from None
            return boolean == b"1" if boolean is not None else None
        match = _LENGTH.match(self.data, self.at)
        if match is None:
            raise NotPhp(f"Byte {self.at} begins no value that is read here.")
        self.at = match.end()
        return self.text(int(match[2])) if match[1] == b"s" else self.array(int(match[2]), depth)

    def text(self, length: int) -> str:
        start, end = self.at + 1, self.at + 1 + length
        if self.data[self.at : start] != b'"' or self.data[end : end + 2] != b'";':
            raise NotPhp(f"The text at byte {self.at} has not the length that it says.")
        self.at = end + 2
        return self.data[start:end].decode(errors="replace")

    def array(self, count: int, depth: int) -> dict:
        self.expect(b"{")
        found = {}
        for _ in range(count):
            key = self.value(depth + 1)
            if isinstance(key, bool) or not isinstance(key, int | str):
                raise NotPhp("A key of an array is neither number nor text.")
            found[key] = self.value(depth + 1)
        self.expect(b"}")
        return found

    def expect(self, mark: bytes) -> None:
        if self.data[self.at : self.at + 1] != mark:
            raise NotPhp(f"Byte {self.at} should be {mark.decode()}.")
        self.at += 1
