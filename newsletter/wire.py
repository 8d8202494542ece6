"""A letter as it goes over the wire (RFC 5322, MIME), encoded once for all readers who get the same one.

Into the finished bytes go, for each reader, the address, the moment, the name of the message and two tokens. A token
may stand in the middle of a quoted-printable line, so each is put on a line of its own between soft line breaks
(RFC 2045, 6.7): the lines around it stay as they were counted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.quoprimime import body_encode
from email.utils import format_datetime, parseaddr
from hashlib import blake2b
from urllib.parse import urlsplit

from django.conf import settings

from newsletter.models import Letter
from newsletter.placeholders import LEAVE_TOKEN, PREFERENCES_TOKEN
from newsletter.reader_links import one_click_headers

# One less than the standard allows: a soft line break may have to follow.
LINE = 75
TOKENS = re.compile(f"({LEAVE_TOKEN}|{PREFERENCES_TOKEN})")
# What may stand in a header as the address of a reader. The form asks for more; this keeps a header in one piece.
ADDRESS = re.compile(r"[!-~]+@[!-~]+")
TOKEN = re.compile(r"[-_A-Za-z0-9]{22,64}")


class Unwritable(ValueError):
    """An address or a token that cannot stand in a letter."""


@dataclass(frozen=True)
class Wire:
    """The bytes of a letter, in pieces; between them goes what belongs to one reader."""

    head: bytes
    leave_address: tuple[str, str]
    body: tuple[bytes, ...]

    def filled(self, *, to: str, message_id: str, leave_token: str, preferences_token: str, at: datetime) -> bytes:
        """The message for one reader, with CRLF line ends. Raises Unwritable for what would break a header."""
        if not ADDRESS.fullmatch(to) or not TOKEN.fullmatch(leave_token) or not TOKEN.fullmatch(preferences_token):
            raise Unwritable("The address or a token holds signs that a header can't.")
        leave_url = leave_token.join(self.leave_address)
        head = [f"To: {to}", f"Message-ID: {message_id}", f"Date: {format_datetime(at)}"]
        head += [f"{name}: {value}" for name, value in one_click_headers(leave_url).items()]
        tokens = {LEAVE_TOKEN.encode(): leave_token.encode(), PREFERENCES_TOKEN.encode(): preferences_token.encode()}
        body = b"".join(tokens.get(piece, piece) for piece in self.body)
        return "\r\n".join(head).encode("ascii") + b"\r\n" + self.head + b"\r\n" + body


def wire_of(letter: Letter, *, leave_url: str) -> Wire:
    """Encode a rendered letter. `leave_url` is the address to leave by, with LEAVE_TOKEN in it."""
    before, after = leave_url.split(LEAVE_TOKEN)
    boundary = "=_" + blake2b(f"{letter.text}\0{letter.html}".encode(), digest_size=16).hexdigest()
    parts = [part(boundary, "plain", letter), part(boundary, "html", letter), [f"--{boundary}--\r\n".encode()]]
    return Wire(
        head=common_headers(letter, boundary),
        leave_address=(before, after),
        body=tuple(piece for pieces in parts for piece in pieces),
    )


def common_headers(letter: Letter, boundary: str) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"] = sender_header()
    message["Subject"] = letter.subject
    message["List-Id"] = f"{list_name()} <newsletter.{urlsplit(settings.SITE_URL).hostname}>"
    message["Precedence"] = "bulk"
    # Holiday notices of Exchange, which does not look at the line above.
    message["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    message["Content-Language"] = letter.language
    message["MIME-Version"] = "1.0"
    headers = message.as_bytes().rstrip(b"\r\n")
    return headers + f'\r\nContent-Type: multipart/alternative; boundary="{boundary}"\r\n'.encode()


def sender_header():
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    return Address(display_name=name, addr_spec=address)


def list_name() -> str:
    """The name of the sender, as far as a header can carry it in plain letters."""
    name = parseaddr(settings.DEFAULT_FROM_EMAIL)[0]
    return f'"{name}"' if name.isascii() and name.isprintable() and '"' not in name and name else "Newsletter"


def part(boundary: str, kind: str, letter: Letter) -> list[bytes]:
    head = (
        f"--{boundary}\r\nContent-Type: text/{kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: quoted-printable\r\nContent-Language: {letter.language}\r\n\r\n"
    )
    return [head.encode(), *quoted_printable(letter.html if kind == "html" else letter.text), b"\r\n"]


def quoted_printable(text: str) -> list[bytes]:
    """The text in pieces; every second one is a token's name, alone on its line."""
    pieces: list[bytes] = []
    for number, piece in enumerate(TOKENS.split(text)):
        if number % 2:
            pieces += [b"=\r\n", piece.encode(), b"=\r\n"]
        elif piece:
            octets = piece.encode().decode("latin-1")
            pieces.append(body_encode(octets, maxlinelen=LINE, eol="\r\n").encode("ascii"))
    return pieces
