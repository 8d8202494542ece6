"""Lines of iCalendar (RFC 5545, section 3.1): escaped, and folded where they are too long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

LONGEST_LINE = 75  # octets, without the line break
_SURELY_SHORT = LONGEST_LINE // 4  # characters: UTF-8 has at most four octets for one

# U+0085, U+2028 and U+2029 are line breaks to some readers, which would take the rest for a line of its own.
_LINE_BREAKS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# Tab stays: RFC 5545 allows it in texts.
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_NOT_PLAIN_IN_PARAMETERS = re.compile("[:;,^\n]")


def cleaned(text: str) -> str:
    """Without control characters, and with one kind of line break."""
    return text if text.isprintable() else _CONTROLS.sub("", _LINE_BREAKS.sub("\n", text))


def escaped(text: str) -> str:
    """A value of type TEXT."""
    text = cleaned(text)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def parameter(text: str) -> str:
    """The value of a parameter: in marks where it needs them, and what may not stand in them as in RFC 6868."""
    text = cleaned(text)
    needs_marks = _NOT_PLAIN_IN_PARAMETERS.search(text)
    text = text.replace("^", "^^").replace("\n", "^n").replace('"', "^'")
    return f'"{text}"' if needs_marks else text


def folded(lines: Iterable[str]) -> bytes:
    """The lines as they are sent: UTF-8, none longer than 75 octets, no character torn apart, CRLF at each end."""
    return "".join(
        [
            line + "\r\n" if len(line) <= (LONGEST_LINE if line.isascii() else _SURELY_SHORT) else _folded(line)
            for line in lines
        ]
    ).encode()


def _folded(line: str) -> str:
    return "\r\n ".join(_pieces(line.encode())) + "\r\n"


def _pieces(octets: bytes) -> Iterator[str]:
    start, room = 0, LONGEST_LINE
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # in the middle of a character
            end -= 1
        yield octets[start:end].decode()
        start, room = end, LONGEST_LINE - 1  # the space before a folded line counts
    yield octets[start:].decode()
