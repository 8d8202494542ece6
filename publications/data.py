"""Publications as rows for programs: what a download says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Prefetch

from networks.models import Network
from publications.models import Publication
from translations.data_lists import addresses_of, texts_of_field

COLUMNS = (
    *("url", "title", "title_language", "summary", "summary_language", "series", "number", "date", "year"),
    *("networks", "edition", "file_languages", "file_urls", "source_language", "updated"),
)


def rows_of(publications):
    """With all that is said of them, of networks and editions only what is public."""
    return (
        publications.select_related("series", "edition__series")
        .with_files()
        .prefetch_related(Prefetch("networks", Network.objects.published()))
    )


def publication_facts(
    publication: Publication,
    address: Callable[[str, str], str],
    absolute: Callable[[str], str],
    language: str,
) -> dict[str, Any]:
    """`date` is EDTF, as known; `files` are in JSON alone: language (BCP 47), address, bytes, pages and SHA-256."""
    files = publication.files_in_order
    edition = publication.edition
    return {
        **addresses_of(publication, address, language),
        "title": texts_of_field(publication, "title"),
        "summary": texts_of_field(publication, "summary"),
        "series": publication.series.slug if publication.series else "",
        "number": publication.number,
        "date": publication.date,
        "year": publication.year,
        "networks": [network.slug for network in publication.networks.all()],
        "edition": absolute(edition.get_absolute_url()) if edition and edition.is_public() else "",
        "file_languages": [file.language for file in files],
        "file_urls": [absolute(file.get_absolute_url()) for file in files],
        "files": [
            {
                "language": file.language,
                "url": absolute(file.get_absolute_url()),
                "media_type": "application/pdf",
                "bytes": file.document.size,
                "pages": file.document.pages,
                "sha256": file.document.digest,
                "version": file.version,
                "since": file.changed_at.isoformat(timespec="seconds"),
            }
            for file in files
        ],
        "source_language": publication.source_language,
        "updated": max(
            filter(None, [publication.updated_at, publication.publish_at, *(file.changed_at for file in files)])
        ).isoformat(timespec="seconds"),
    }
