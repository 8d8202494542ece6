"""Everything about readers, as tables in one ZIP: to take along, or to answer an authority.

Secrets are left out: the tokens of links, which would let whoever has the file act for the readers.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import BinaryIO

from django.db.models import Prefetch

from experiences.models import Theme
from networks.models import Network
from newsletter.models import Bounce, ConsentText, Delivery, Subscriber, Suppressed
from publishing.open_data import csv_lines
from publishing.slugs import languages

PORTION = 1000
BETWEEN = "; "
READERS = (
    *("email", "state", "language", "frequency", "networks", "themes", "consent_date", "consent_source"),
    *("consent_version", "consent_language", "source_page", "confirmed_at", "left_at", "imported_at", "soft_bounces"),
)


def write_export(file: BinaryIO, after_portion: Callable[[int], None] | None = None) -> dict[str, int]:
    """Writes the ZIP, a row at a time; returns how many rows each table has.

    `after_portion` is told how many readers are written. `readers.csv` is a file that `import_subscribers` takes.
    """
    codes = languages()
    tables = {
        "readers.csv": (READERS, counted(readers(), after_portion)),
        "consent_texts.csv": (
            ("version", "created_at", *(f"text_{code}" for code in codes)),
            (
                (consent.version, moment(consent.created_at), *(getattr(consent, f"text_{code}") for code in codes))
                for consent in ConsentText.objects.all()
            ),
        ),
        "deliveries.csv": (
            ("email", "issue", "state", "changed_at", "attempts", "answer"),
            moments(
                Delivery.objects.order_by("pk").values_list(
                    "subscriber__email", "issue__number", "state", "changed_at", "attempts", "answer"
                )
            ),
        ),
        "bounces.csv": (
            ("email", "issue", "kind", "at", "status", "report"),
            moments(
                Bounce.objects.order_by("pk").values_list(
                    "subscriber__email", "issue__number", "kind", "at", "status", "report"
                )
            ),
        ),
        "suppressed.csv": (
            ("digest", "reason", "at"),
            moments(Suppressed.objects.order_by("pk").values_list("digest", "reason", "at")),
        ),
    }
    counts = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, (columns, rows) in tables.items():
            with archive.open(name, "w") as table:
                counts[name] = -1  # the header
                for line in csv_lines(columns, rows):
                    table.write(line)
                    counts[name] += 1
    return counts


def readers() -> Iterator[tuple]:
    rows = Subscriber.objects.select_related("consent").order_by("pk")
    rows = rows.prefetch_related(
        Prefetch("networks", Network.objects.only("source_language", *(f"slug_{code}" for code in languages()))),
        Prefetch("themes", Theme.objects.only("key")),
    )
    for row in rows.iterator(chunk_size=PORTION):
        consent = row.consent.version if row.consent else ""
        yield (
            row.email,
            row.state,
            row.language,
            row.frequency,
            BETWEEN.join(getattr(network, f"slug_{network.source_language}") for network in row.networks.all()),
            BETWEEN.join(theme.key for theme in row.themes.all()),
            moment(row.signed_up_at),
            # What an import asks for: where the proof is, in the words of the table.
            row.consent_source or f"{row.source_path} ({consent})",
            consent,
            row.consent_language,
            row.source_path,
            moment(row.confirmed_at),
            moment(row.left_at),
            moment(row.imported_at),
            row.soft_bounces,
        )


def moments(rows) -> Iterator[tuple]:
    for row in rows.iterator(chunk_size=PORTION):
        yield tuple(moment(value) if isinstance(value, datetime) else value for value in row)


def moment(value: datetime | None) -> str:
    return value.isoformat() if value else ""


def counted(rows: Iterable[tuple], after_portion: Callable[[int], None] | None) -> Iterator[tuple]:
    number = 0
    for number, row in enumerate(rows, 1):
        yield row
        if after_portion and number % PORTION == 0:
            after_portion(number)
    if after_portion:
        after_portion(number)
