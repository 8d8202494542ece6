"""What providers of mail tell about letters, by webhook.

django-anymail, an extra, receives it, checks who sends it and brings all providers' words into one form: see
docs/decisions/0028. Without that package nothing of this is loaded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from django.utils import timezone

from newsletter.bounces import Report, take
from newsletter.models import Bounce
from newsletter.return_address import delivery_of
from newsletter.status_codes import STATUS, kind_of

# Providers' own words for a failure that may pass, in the fields where they say which kind it was.
FIELDS_OF_KIND = {"Type", "bounceType", "severity", "event", "type", "bounce_type", "bounce_class", "status"}
PASSING = re.compile(r"soft|transient|temporary|blocked|deferral", re.IGNORECASE)
FOR_GOOD = {"invalid", "bounced"}


def take_event(sender, event, esp_name, **kwargs):
    """Receiver of anymail's signal `tracking`: one event about one letter to one address.

    A provider tries again where this raises. What it tells twice has the same name and counts once.
    """
    report = report_of(event, esp_name)
    if report is not None:
        take(report)


def report_of(event, esp_name: str) -> Report | None:
    kind = kind_of_event(event)
    if kind is None or not event.recipient:
        return None
    at = event.timestamp if event.timestamp and timezone.is_aware(event.timestamp) else timezone.now()
    told = json.dumps(event.esp_event, default=str, sort_keys=True) if event.esp_event else ""
    # A provider's own number of the event, which may be about several addresses; else what it said, with the moment.
    name = event.event_id or f"{event.message_id} {event.timestamp or told}"
    return Report(
        kind,
        # By our own sign, where the provider gives back a header or a return path of the letter.
        delivery_of(f"{event.message_id} {told}"),
        email=event.recipient,
        status=status[0] if (status := status_of(event)) else "",
        text=event.mta_response or event.description or event.reject_reason or "",
        # A clock that goes fast must not make a report newer than the present sign-up.
        at=min(at, timezone.now()),
        name=f"{esp_name} {event.event_type} {event.recipient.lower()} {name}",
    )


def kind_of_event(event) -> str | None:
    """None for what changes nothing: sent, delivered, still trying, answered by a machine."""
    if event.event_type in ("complained", "unsubscribed"):
        return Bounce.Kind.COMPLAINT
    if event.event_type not in ("bounced", "rejected"):
        return None
    if event.reject_reason == "spam" and event.event_type == "rejected":
        return Bounce.Kind.SOFT
    if status := status_of(event):
        return kind_of(status)
    said = dict(fields_of(event.esp_event))
    if any(PASSING.search(str(said[name])) for name in FIELDS_OF_KIND & set(said)) or said.get("hard_bounce") is False:
        return Bounce.Kind.SOFT
    return Bounce.Kind.HARD if event.reject_reason in FOR_GOOD else Bounce.Kind.SOFT


def fields_of(told) -> Iterator[tuple[str, object]]:
    """What a provider's event says, by name; some put it into a part of its own, as SES does into "bounce"."""
    if isinstance(told, dict):
        for name, value in told.items():
            yield from fields_of(value)
            yield name, value


def status_of(event) -> re.Match | None:
    """The enhanced status code in what the reader's mail server answered."""
    return STATUS.search(event.mta_response or "")
