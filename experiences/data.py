"""The records of the bank as rows for programs: what a download holds, in all languages that there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from experiences.bitsets import places
from experiences.facet_index import FACETS, FacetIndex
from experiences.models import Experience, FocusIssue
from experiences.selection import address_value
from networks.models import Network
from translations.data_lists import address_maker, texts_of_field
from translations.texts import ALL_LANGUAGES, Text, columns, text_of

# Records read at a time while a file is sent.
BATCH = 500
TEXTS = ("title", "summary", "slug")
CSV_COLUMNS = (
    *("url", "title", "title_language", "summary", "summary_language", "city", "country", "started", "award_year"),
    *("themes", "target_groups", "sdgs", "charter_principles", "networks", "languages", "source_language"),
    *("focus_issue", "updated"),
)
FOCUS_COLUMNS = (
    *("number", "url", "title", "title_language", "summary", "summary_language", "city", "country", "published"),
    "record_url",
)


@dataclass(frozen=True)
class RecordData:
    """A record with all that is said of it in a download."""

    row: object
    facets: dict[str, list[str]]
    issue: int | None
    addresses: dict[str, str]

    @property
    def languages(self) -> list[str]:
        return [code for code in ALL_LANGUAGES if getattr(self.row, f"title_{code}")]

    @property
    def updated(self) -> str:
        """A record that was scheduled changed when it appeared."""
        return max(filter(None, [self.row.updated_at, self.row.publish_at])).isoformat(timespec="seconds")

    def text(self, field: str, language: str) -> Text:
        return text_of(self.row, field, language)

    def as_json(self, language: str) -> dict:
        row, facets = self.row, self.facets
        return {
            "url": self.addresses[language],
            "urls": {code: self.addresses[code] for code in self.languages},
            "title": {code: getattr(row, f"title_{code}") for code in self.languages},
            "summary": {code: text for code in ALL_LANGUAGES if (text := getattr(row, f"summary_{code}"))},
            "source_language": row.source_language,
            "city": {"name": row.city__name, "slug": row.city__slug}
            if row.city__name
            else {"name": row.city_name, "slug": None},
            "country": row.country,
            "started": row.started or None,
            "award_year": row.award_year,
            "themes": facets["theme"],
            "target_groups": facets["target_group"],
            "sdgs": [int(number) for number in facets["sdg"]],
            "charter_principles": [int(number) for number in facets["principle"]],
            "networks": facets["network"],
            "focus_issue": self.issue,
            "updated": self.updated,
        }

    def as_csv(self, language: str) -> list:
        row, facets = self.row, self.facets
        title, summary = self.text("title", language), self.text("summary", language)
        return [
            *(self.addresses[language], *title, summary.text, summary.language if summary.text else ""),
            *(row.city__name or row.city_name, row.country, row.started, row.award_year),
            *(facets[name] for name in ("theme", "target_group", "sdg", "principle", "network")),
            *(self.languages, row.source_language, self.issue, self.updated),
        ]


def records_of(
    index: FacetIndex, pks: list[int], language: str, absolute: Callable[[str], str], at: datetime
) -> Iterator[RecordData]:
    """The records of these keys in this order, read in batches: three queries for each."""
    address = address_maker(absolute, "experiences:experience_detail")
    for start in range(0, len(pks), BATCH):
        batch = pks[start : start + BATCH]
        rows = {row.pk: row for row in read_rows(batch, at)}
        facets = facets_of(index, batch, language, at)
        issues = dict(
            FocusIssue.objects.published(at).filter(experience__in=batch).values_list("experience", "number")
        )
        for pk in batch:
            if pk in rows:
                addresses = {code: address(code, getattr(rows[pk], f"slug_{code}")) for code in ALL_LANGUAGES}
                yield RecordData(rows[pk], facets[pk], issues.get(pk), addresses)


def read_rows(pks: list[int], at: datetime):
    return (
        Experience.objects.rewrite(False)
        .published(at)
        .filter(pk__in=pks)
        .order_by()
        .values_list(
            *columns(*TEXTS),
            *"pk source_language city_name country started award_year updated_at publish_at".split(),
            *("city__name", "city__slug"),
            named=True,
        )
    )


def facets_of(index: FacetIndex, pks: list[int], language: str, at: datetime) -> dict[int, dict[str, list[str]]]:
    """{record: {facet: its values as addresses have them}}, from the index."""
    place_of = index.records.place_of
    found = {pk: {name: [] for name in FACETS} for pk in pks}
    wanted = {place_of[pk]: found[pk] for pk in pks if pk in place_of}
    if not wanted:
        return found
    first, last = min(wanted), max(wanted)
    window = (1 << (last - first + 1)) - 1
    for name in ("theme", "target_group", "sdg", "principle", "network"):
        for value in index.values[name].values():
            if isinstance(value.item, Network) and not value.item.is_public(at):
                continue
            key = address_value(value, language)
            for place in places(value.bits >> first & window):
                if place + first in wanted:
                    wanted[place + first][name].append(key)
    return found


def focus_facts(issue: FocusIssue, absolute: Callable[[str], str]) -> dict[str, Any]:
    record = issue.experience
    return {
        "number": issue.number,
        "url": absolute(issue.get_absolute_url()),
        "title": texts_of_field(record, "title"),
        "summary": texts_of_field(record, "summary"),
        "source_language": record.source_language,
        "city": record.place_name,
        "country": record.country,
        "published": issue.published,
        "record_url": absolute(record.get_absolute_url()),
    }
