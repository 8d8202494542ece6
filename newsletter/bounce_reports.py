"""Reads reports about letters: "could not be delivered" (RFC 3464) and "this is spam" (RFC 5965).

Only reports in the standards' own form count, and only those that bear the sign of a letter of ours. Whatever else
comes to a mailbox (holiday notices, free texts of old servers, answers of people) is no report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes, message_from_string
from email.message import Message
from email.policy import compat32

from newsletter.bounces import Report
from newsletter.models import Bounce
from newsletter.return_address import delivery_of
from newsletter.status_codes import STATUS, kind_of

MAX_PARTS = 50
MAX_HEADER = 2000
# Where the servers on the way leave the address that a report was sent to.
ADDRESSED_TO = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Apparently-To")
# What the letter said of itself.
SIGNS_OF_LETTER = ("Message-ID", "Return-Path", "Return-path", "X-Sender")
RELATED = ("In-Reply-To", "References")
COMPLAINTS = {"abuse", "fraud", "opt-out", "opt-out-list"}


def read_report(raw: bytes) -> Report | None:
    """What a message of the mailbox reports about a letter of ours; None where it is no such report."""
    message = message_from_bytes(raw, policy=compat32)
    if message.get_content_type() != "multipart/report":
        return None
    parts = list(limited(message))
    kinds = {part.get_content_type(): part for part in reversed(parts)}
    for kind in ("message/delivery-status", "message/global-delivery-status"):
        if kind in kinds:
            return read_delivery_status(kinds[kind], delivery_named_in(message, parts))
    if "message/feedback-report" in kinds:
        return read_feedback(kinds["message/feedback-report"], message, parts)
    return None


def read_delivery_status(part: Message, delivery_id: int | None) -> Report | None:
    """RFC 3464: a block about the message, then one for each recipient, of whom our letters have one."""
    blocks = fields_of(part)
    if delivery_id is None:
        delivery_id = first_delivery(header(block, "Original-Envelope-Id") for block in blocks[:1])
    if delivery_id is None:
        return None
    for block in blocks:
        # "delayed" says that the server still tries; "delivered", "relayed" and "expanded" are no failures.
        if header(block, "Action").strip().lower() != "failed":
            continue
        diagnostic = header(block, "Diagnostic-Code")
        status = STATUS.search(header(block, "Status")) or STATUS.search(diagnostic)
        if status is None:
            continue
        kind = kind_of(status)
        return Report(kind, delivery_id, status=status[0], text=diagnostic.partition(";")[2] or diagnostic)
    return None


def read_feedback(part: Message, message: Message, parts: list[Message]) -> Report | None:
    """RFC 5965. Providers often take the reader's address out; the letter's own signs stay."""
    blocks = fields_of(part)
    kind = next((header(block, "Feedback-Type") for block in blocks), "").strip().lower()
    if kind not in COMPLAINTS:
        return None
    delivery_id = delivery_named_in(message, parts) or first_delivery(
        header(block, "Original-Mail-From") for block in blocks
    )
    if delivery_id is None:
        return None
    return Report(Bounce.Kind.COMPLAINT, delivery_id, status=kind[:20], text=header(blocks[0], "User-Agent"))


def delivery_named_in(message: Message, parts: list[Message]) -> int | None:
    """By the address that the report came to, by the letter in it, by what it answers."""
    return (
        first_delivery(header(message, name) for name in ADDRESSED_TO)
        or first_delivery(header(original, name) for original in originals(parts) for name in SIGNS_OF_LETTER)
        or first_delivery(header(message, name) for name in RELATED)
    )


def originals(parts: list[Message]) -> Iterator[Message]:
    """The letter that is given back: whole, or its header alone."""
    for part in parts:
        kind = part.get_content_type()
        if kind in ("message/rfc822", "message/global", "message/global-headers") and part.is_multipart():
            yield part.get_payload(0)
        elif kind == "text/rfc822-headers":
            yield message_from_string(text_of(part), policy=compat32)


def fields_of(part: Message) -> list[Message]:
    """The blocks of fields of a machine-readable part.

    Python takes `message/delivery-status` apart by itself; of the other kinds it takes the first block for a header
    and the rest for the text below it.
    """
    blocks = part.get_payload()[:MAX_PARTS] if part.is_multipart() else [part]
    for text in re.split(r"\r?\n\r?\n", text_of(blocks[-1])):
        if text.strip() and len(blocks) < MAX_PARTS:
            blocks.append(message_from_string(text.lstrip(), policy=compat32))
    return blocks


def text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""


def limited(message: Message) -> Iterator[Message]:
    """The parts of the report itself, not those of the letter that is given back."""
    payload = message.get_payload()
    yield from (part for part in (payload[:MAX_PARTS] if isinstance(payload, list) else []))


def header(message: Message, name: str) -> str:
    """All of its values; whatever is wrong with their encoding stays as it is."""
    return " ".join(str(value)[:MAX_HEADER] for value in message.get_all(name, [])[:MAX_PARTS])


def first_delivery(texts) -> int | None:
    return next((number for text in texts if (number := delivery_of(text)) is not None), None)
