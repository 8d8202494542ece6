"""The editions of a series as rows for programs: what a download says of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from editions.models import Edition, Figure, Recognition
from translations.data_lists import texts_of_field

FIGURES = tuple(Figure.Kind.values)
# Not more than what the page of an edition says of the cities; by the names of its parts.
RECOGNISED = {
    "winners": Recognition.Kind.WINNER,
    "finalists": Recognition.Kind.FINALIST,
    "distinguished": Recognition.Kind.DISTINGUISHED,
    "mentions": Recognition.Kind.MENTION,
}
COLUMNS = (
    *("url", "ordinal", "year", "title", "title_language", "theme", "theme_language", "status", "date"),
    *("host_city", "country", "call_opened", "deadline", "decision", "ceremony_date", "ceremony_city"),
    *(f"figure_{kind}" for kind in FIGURES),
    *("figures_at_least", *RECOGNISED, "source", "source_language", "updated"),
)


def rows_of(editions):
    """Newest first, with their figures and the cities that were recognised."""
    return (
        editions.newest_first()
        .select_related("series", "host_city", "ceremony_city")
        .prefetch_related("figures", "recognitions__city")
    )


def edition_facts(edition: Edition, absolute: Callable[[str], str]) -> dict[str, Any]:
    """`date` is EDTF. Cities have their own names; `figures_at_least` names the figures that are a lower bound."""
    figures = {figure.kind: figure for figure in edition.figures.all()}
    recognitions = list(edition.recognitions.all())
    return {
        "url": absolute(edition.get_absolute_url()),
        "ordinal": edition.ordinal,
        "year": edition.year,
        "title": texts_of_field(edition, "title"),
        "theme": texts_of_field(edition, "theme"),
        "status": edition.status,
        "date": edition.date,
        "host_city": edition.host_city.name if edition.host_city else "",
        "country": edition.country or (edition.host_city.country if edition.host_city else ""),
        "call_opened": day(edition.call_opened),
        "deadline": day(edition.deadline),
        "decision": day(edition.decision),
        "ceremony_date": day(edition.ceremony_date),
        "ceremony_city": edition.ceremony_city.name if edition.ceremony_city else "",
        **{f"figure_{kind}": figures[kind].value if kind in figures else None for kind in FIGURES},
        "figures_at_least": [kind for kind, figure in figures.items() if figure.at_least],
        **{name: [one.city.name for one in recognitions if one.kind == kind] for name, kind in RECOGNISED.items()},
        "source": edition.url,
        "source_language": edition.source_language,
        "updated": edition.updated_at.isoformat(timespec="seconds"),
    }


def day(value) -> str:
    return value.isoformat() if value else ""
