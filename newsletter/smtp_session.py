"""Handing one letter to the mail server, and what is known afterwards (RFC 5321).

`smtplib.sendmail` reports a connection that broke before the end of the letter and one that broke after it with the
same error. The difference is the one between "send again" and "nobody knows", so the steps are taken one by one here.
"""

from __future__ import annotations

import re
import select
import smtplib
import socket
import ssl
from dataclasses import dataclass
from enum import Enum

# Whoever has taken the whole letter may think about it for longer than about anything else.
PATIENCE_AFTER_THE_DOT = 120.0  # seconds; the standard asks for ten minutes, which no sender's turn lasts here
DOTS = re.compile(rb"(?m)^\.")


class Fate(Enum):
    TAKEN = "taken"
    REFUSED = "refused"  # this letter or this reader, for good
    LATER = "later"  # this letter or this reader, for now
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class Answer:
    fate: Fate
    text: str = ""
    # Nothing more can be sent over this connection.
    is_over: bool = False


class ServerAway(Exception):
    """The mail server takes no letter at all for now; nothing of the present one went out."""


class ConnectionLost(ServerAway):
    """The connection was gone before the letter began: servers close those that were idle or have carried enough."""


class ServerRefuses(Exception):
    """The mail server takes no letter of ours for good (sign-in, sender, relaying): a person has to look."""


def hand_over(server: smtplib.SMTP, sender: str, recipient: str, message: bytes) -> Answer:
    """Give a message (CRLF line ends) to an open connection.

    Raises ServerAway or ServerRefuses where the fault does not lie with the letter or its reader.
    """
    try:
        server.ehlo_or_helo_if_needed()
        code, reply = server.mail(sender, [f"size={len(message)}"] if server.has_extn("size") else [])
    except OSError as error:
        server.close()
        raise ConnectionLost(in_words(error)) from error
    check_sender(code, reply)
    try:
        code, reply = server.rcpt(recipient)
        if code not in (250, 251):
            return refusal(server, code, reply)
        code, reply = server.docmd("DATA")
        if code != 354:
            return refusal(server, code, reply)
        body = DOTS.sub(b"..", message)
        server.send(body if body.endswith(b"\r\n") else body + b"\r\n")
        if has_closed(server.sock):
            raise smtplib.SMTPServerDisconnected("Connection closed in the middle of the letter")
    except OSError as error:  # smtplib's own errors are of this kind, too
        # The dot that ends the letter was not sent: the server must not deliver what it has (RFC 5321, 4.1.1.4).
        server.close()
        return Answer(Fate.LATER, in_words(error), is_over=True)
    return after_the_dot(server)


def has_closed(connection: socket.socket) -> bool:
    """Whether the end of the connection, or its breaking, has been heard of so far; no waiting."""
    readable, _writable, _broken = select.select([connection], [], [], 0)
    if not readable or isinstance(connection, ssl.SSLSocket):  # which has no peeking
        return False
    return not connection.recv(1, socket.MSG_PEEK)


def after_the_dot(server: smtplib.SMTP) -> Answer:
    try:
        server.sock.settimeout(max(PATIENCE_AFTER_THE_DOT, server.timeout or 0))
        server.send(b".\r\n")
        code, reply = server.getreply()
        server.sock.settimeout(server.timeout)
    except OSError as error:
        server.close()
        return Answer(Fate.UNCERTAIN, in_words(error), is_over=True)
    if 200 <= code < 300:
        return Answer(Fate.TAKEN, said(code, reply))
    if 400 <= code < 600:
        return refusal(server, code, reply, is_reset=True)
    server.close()  # no answer that the standard knows
    return Answer(Fate.UNCERTAIN, said(code, reply), is_over=True)


def check_sender(code: int, reply: bytes) -> None:
    if code == 250:
        return
    if code >= 500:
        raise ServerRefuses(said(code, reply))
    raise ServerAway(said(code, reply))


def refusal(server: smtplib.SMTP, code: int, reply: bytes, *, is_reset: bool = False) -> Answer:
    """A 4xx or 5xx about this letter. After it the connection is ready for the next one, or over."""
    if code == 421:  # the server closes the connection, whatever the letter was
        server.close()
        return Answer(Fate.LATER, said(code, reply), is_over=True)
    is_over = False
    if not is_reset:
        try:
            is_over = server.rset()[0] != 250
        except OSError:
            is_over = True
        if is_over:
            server.close()
    return Answer(Fate.REFUSED if 500 <= code < 600 else Fate.LATER, said(code, reply), is_over)


def said(code: int, reply: bytes) -> str:
    """ "550 5.1.1 No such user", on one line; addresses are left out, as the row outlives its reader."""
    words = " ".join(reply.decode("utf-8", "replace").split())
    return re.sub(r"<?[^\s<>]+@[^\s<>]+>?", "…", f"{code} {words}")[:300]


def in_words(error: OSError) -> str:
    return re.sub(r"<?[^\s<>]+@[^\s<>]+>?", "…", " ".join(str(error).split()) or type(error).__name__)[:300]
