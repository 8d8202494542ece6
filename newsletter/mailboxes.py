"""The mailbox in which reports about letters arrive, by one address: IMAP, POP3, Maildir or mbox.

All give the same: each message once, oldest first, with a way to delete it. What nobody deletes stays, marked as seen
where the mailbox knows such marks, and is not given again; POP3 knows none.
"""

from __future__ import annotations

import imaplib
import mailbox
import poplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

TIMEOUT = 30
# In one go; the next hour brings the rest.
MOST = 5000
# No report is larger, unless it gives back the whole letter with all its pictures; those are left for people.
LARGEST = 2 * 1024 * 1024
# poplib gives up the whole mailbox at a line of more than 2048 bytes, which anybody could send.
poplib._MAXLINE = LARGEST

Message = tuple[bytes, Callable[[], None]]


class Unusable(Exception):
    """The address names no mailbox, or the mailbox cannot be opened."""


def messages(url: str) -> Iterator[Message]:
    """(raw message, delete it) of the mailbox at `url`, not more than MOST.

    Raises `Unusable`. What was deleted is gone when the iteration ends, however it ends.
    """
    parts = urlsplit(url)
    readers = {
        "imap": imap,
        "imaps": imap,
        "pop3": pop3,
        "pop3s": pop3,
        "maildir": maildir,
        "mbox": mbox,
    }
    if parts.scheme not in readers:
        raise Unusable(f"BOUNCE_MAILBOX_URL begins with one of: {', '.join(f'{name}://' for name in readers)}")
    if not parts.hostname and parts.scheme not in ("maildir", "mbox"):
        raise Unusable("BOUNCE_MAILBOX_URL names no server.")
    try:
        yield from readers[parts.scheme](parts)
    except (OSError, imaplib.IMAP4.error, poplib.error_proto, mailbox.Error, ValueError) as error:
        # The address itself holds a password; the errors of these protocols do not.
        raise Unusable(f"The mailbox on {parts.hostname or parts.path} cannot be read: {error}") from error


def imap(parts) -> Iterator[Message]:
    secure = parts.scheme == "imaps"
    context = {"ssl_context": ssl.create_default_context()} if secure else {}
    server = imaplib.IMAP4_SSL if secure else imaplib.IMAP4
    with server(parts.hostname, parts.port or (993 if secure else 143), timeout=TIMEOUT, **context) as box:
        if not secure and "STARTTLS" in box.capabilities:
            box.starttls(ssl.create_default_context())
        box.login(unquote(parts.username or ""), unquote(parts.password or ""))
        folder = unquote(parts.path.lstrip("/")) or "INBOX"
        status, answer = box.select('"' + folder.replace("\\", "\\\\").replace('"', '\\"') + '"')
        if status != "OK":
            raise Unusable(f"The mailbox has no folder {folder}: {answer}")
        try:
            _status, found = box.uid("SEARCH", "UNSEEN", "UNDELETED", "SMALLER", str(LARGEST))
            for uid in (found[0] or b"").split()[:MOST]:
                _status, answer = box.uid("FETCH", uid.decode(), "(BODY.PEEK[])")
                raw = next((item[1] for item in answer if isinstance(item, tuple)), None)
                if raw is not None:
                    yield raw, lambda uid=uid: box.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Deleted)")
                # Only now: whoever dies before reads it again.
                box.uid("STORE", uid.decode(), "+FLAGS.SILENT", "(\\Seen)")
        finally:
            # Also takes away what was marked.
            with suppress(imaplib.IMAP4.error, OSError):
                box.close()


def pop3(parts) -> Iterator[Message]:
    secure = parts.scheme == "pop3s"
    if secure:
        box = poplib.POP3_SSL(parts.hostname, parts.port or 995, timeout=TIMEOUT, context=ssl.create_default_context())
    else:
        box = poplib.POP3(parts.hostname, parts.port or 110, timeout=TIMEOUT)
    try:
        if not secure:
            # Servers need not know CAPA; those that do not know it know no STLS either.
            with suppress(poplib.error_proto):
                if "STLS" in box.capa():
                    box.stls(ssl.create_default_context())
        box.user(unquote(parts.username or ""))
        box.pass_(unquote(parts.password or ""))
        sizes = [line.split() for line in box.list()[1]]
        # The newest: what people leave lying at the beginning must not keep reports away.
        for number, size in sizes[-MOST:]:
            if int(size) <= LARGEST:
                raw = b"\r\n".join(box.retr(int(number))[1]) + b"\r\n"
                yield raw, lambda number=number: box.dele(int(number))
    finally:
        # Only QUIT takes away what was deleted.
        with suppress(poplib.error_proto, OSError):
            box.quit()
        box.close()


def maildir(parts) -> Iterator[Message]:
    """Files in `new` and `cur`; what was seen has an S behind ":2," in its name (https://cr.yp.to/proto/maildir.html)."""
    folder = Path(unquote(parts.path))
    if not (folder / "new").is_dir() or not (folder / "cur").is_dir():
        raise Unusable(f"{folder} is no Maildir.")
    unseen = [
        file
        for place in ("new", "cur")
        for file in (folder / place).iterdir()
        if not file.name.startswith(".") and "S" not in file.name.partition(":2,")[2]
    ]
    for file in sorted(unseen, key=lambda file: file.name)[:MOST]:
        with suppress(FileNotFoundError):  # another program was quicker
            if file.stat().st_size <= LARGEST:
                yield file.read_bytes(), file.unlink
            if file.exists():
                name, _, flags = file.name.partition(":2,")
                file.rename(folder / "cur" / f"{name}:2,{''.join(sorted({*flags, 'S'}))}")


@contextmanager
def locked(box):
    box.lock()
    try:
        yield
    finally:
        try:
            box.flush()
        finally:
            box.unlock()
            box.close()


def mbox(parts) -> Iterator[Message]:
    file = Path(unquote(parts.path))
    if not file.is_file():
        raise Unusable(f"{file} is no file.")
    box = mailbox.mbox(file, factory=None, create=False)
    with locked(box):
        for key in sorted(box.keys())[: MOST * 10]:
            message = box.get_message(key)
            if "R" in message.get_flags():
                continue
            raw = box.get_bytes(key)
            if len(raw) <= LARGEST:
                yield raw, lambda key=key: box.discard(key)
            if key in box:
                message.add_flag("R")
                box[key] = message
