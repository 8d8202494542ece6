"""Everything that is kept about one reader, for whoever asks what that is (GDPR, articles 15 and 20)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from newsletter.models import Subscriber
from translations.texts import text_of


def data_of(subscriber: Subscriber) -> dict[str, Any]:
    """As JSON takes it: names in the language of the page, moments in ISO 8601 with their zone."""
    return {
        "email": subscriber.email,
        "state": subscriber.state,
        "language": subscriber.language,
        "frequency": subscriber.frequency,
        "networks": [text_of(network, "name").text for network in subscriber.networks.all()],
        "themes": [text_of(theme, "name").text for theme in subscriber.themes.all()],
        "consent": consent_of(subscriber),
        "signed_up_at": moment(subscriber.signed_up_at),
        "confirmed_at": moment(subscriber.confirmed_at),
        "left_at": moment(subscriber.left_at),
        "letters_in_a_row_that_came_back": subscriber.soft_bounces,
        "letters": [
            {
                "issue": delivery.issue.number,
                "state": delivery.state,
                "at": moment(delivery.changed_at),
                "answer_of_the_mail_server": delivery.answer,
            }
            for delivery in subscriber.deliveries.select_related("issue").only(
                "state", "changed_at", "answer", "issue__number"
            )
        ],
        "bounces": [
            {"kind": bounce.kind, "at": moment(bounce.at), "status": bounce.status, "report": bounce.report}
            for bounce in subscriber.bounces.all()
        ],
    }


def consent_of(subscriber: Subscriber) -> dict[str, Any]:
    consent = subscriber.consent
    return {
        "version": consent.version if consent else None,
        "text": getattr(consent, f"text_{subscriber.consent_language}", None) if consent else None,
        "language": subscriber.consent_language,
        "page": subscriber.source_path,
        # Where it was given elsewhere.
        "source": subscriber.consent_source,
        "imported_at": moment(subscriber.imported_at),
        # Of the address that the form was sent from: deleted after 30 days.
        "ip_hash": subscriber.ip_hash,
    }


def moment(value: datetime | None) -> str | None:
    return value.isoformat() if value else None
