"""A publication as search engines read it: schema.org's CreativeWork with its files, as a dict for JSON-LD."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from publications.models import Publication, PublicationFile
from publishing.dates import parse_edtf
from publishing.structured_data import SCHEMA, without_gaps
from translations.texts import text_of


def publication_data(
    publication: Publication,
    files: list[PublicationFile],
    *,
    url: str,
    publisher: str,
    home: str,
    absolute: Callable[[str], str],
) -> dict[str, Any]:
    """Only what is known is said: a date to the day, the month or the year. Addresses are whole ones."""
    title = text_of(publication, "title")
    return without_gaps(
        {
            "@context": SCHEMA,
            "@type": "CreativeWork",
            "name": title.text,
            "description": text_of(publication, "summary").text,
            "url": url,
            "datePublished": machine_date(publication.date),
            "inLanguage": [file.language for file in files],
            "isPartOf": {"@type": "CreativeWorkSeries", "name": text_of(publication.series, "name").text}
            if publication.series
            else None,
            "publisher": {"@type": "Organization", "name": publisher, "url": home} if publisher else None,
            "image": absolute(publication.picture.url_of(publication.picture.fallback)) if publication.picture else "",
            "encoding": [
                {
                    "@type": "MediaObject",
                    "contentUrl": absolute(file.get_absolute_url()),
                    "encodingFormat": "application/pdf",
                    "inLanguage": file.language,
                    "contentSize": str(file.document.size),
                    "sha256": file.document.digest,
                }
                for file in files
            ],
        }
    )


def machine_date(edtf: str) -> str:
    """ISO 8601 of a single day, month or year; "" for what schema.org has no way to say."""
    if not edtf:
        return ""
    known = parse_edtf(edtf)
    plain = known.end is None and not known.approximate and known.precision in ("day", "month", "year")
    return known.edtf if plain else ""
