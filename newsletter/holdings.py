"""What an issue can hold: the kinds of items, the section where each belongs, and whom it concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db import models

from agenda.models import Event
from editions.models import Edition
from experiences.models import Experience, FocusIssue
from networks.models import Network
from news.models import Post
from newsletter.models import IssuePart
from pages.models import Page
from publications.models import Publication
from translations.texts import columns

Section = IssuePart.Section
SECTIONS = list(Section)


@dataclass(frozen=True)
class Holding:
    """One kind of item. `words` is the text below its title; `networks` and `themes` are lookups that lead to them.

    `left_in_database` are texts that no letter shows, `beside` the rows that it reads with an item. `most` is how many
    new ones a proposal takes: whoever puts two hundred records into the bank in one week does not want them all in a
    letter. 0 for what only an editor adds.
    """

    model: type[models.Model]
    section: Section
    words: str
    networks: str = ""
    themes: str = ""
    title: str = "title"
    most: int = 12
    only_of_networks: bool = False
    left_in_database: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()

    @property
    def content_type(self) -> ContentType:
        return ContentType.objects.get_for_model(self.model)

    def public(self, at=None) -> models.QuerySet:
        """What readers may see at a moment (now by default), with what a letter reads of it."""
        rows = self.model.objects.published(at).select_related(*self.beside)
        return rows.defer(*columns(*self.left_in_database))

    def section_for(self, networks: Iterable[int]) -> Section:
        """What a network itself brings stands among the networks' own; dates and experiences stay together."""
        return Section.NETWORKS if networks and self.section == Section.NEWS else self.section


HOLDINGS = [
    Holding(
        Event, Section.DATES, "summary", "network", left_in_database=("body",), beside=("city", "network", "picture")
    ),
    Holding(Post, Section.NEWS, "teaser", "networks", left_in_database=("body",), beside=("picture",)),
    Holding(
        FocusIssue,
        Section.FOCUS,
        "summary",
        themes="experience__themes",
        most=3,
        title="experience__title",
        beside=("experience__city", "experience__picture"),
    ),
    Holding(
        Experience,
        Section.BANK,
        "summary",
        themes="themes",
        most=6,
        left_in_database=("body",),
        beside=("city", "picture", "focus_issue"),
    ),
    Holding(
        Page,
        Section.NEWS,
        "teaser",
        "network",
        most=6,
        # The association's own are its imprint and the like.
        only_of_networks=True,
        left_in_database=("body",),
        beside=("network", "picture"),
    ),
    Holding(Publication, Section.PUBLICATIONS, "summary", "networks", most=6, beside=("picture", "series")),
    # Its dates are in the agenda.
    Holding(Edition, Section.NEWS, "theme", most=0, beside=("series", "host_city", "picture")),
    Holding(Network, Section.NETWORKS, "description", "pk", title="name", most=3, beside=("picture",)),
]


def holding_of(model) -> Holding:
    return next(holding for holding in HOLDINGS if holding.model is model)


def by_content_type() -> dict[int, Holding]:
    return {holding.content_type.pk: holding for holding in HOLDINGS}


def public_items(parts: Iterable[IssuePart], at=None) -> dict[int, models.Model]:
    """{part's id: its item}, of those whose item readers may see. One query for each kind that occurs."""
    wanted = defaultdict(dict)
    for part in parts:
        wanted[part.content_type_id][part.object_id] = part.pk
    holdings, found = by_content_type(), {}
    for kind, pks in wanted.items():
        if kind in holdings:
            found |= {pks[item.pk]: item for item in holdings[kind].public(at).filter(pk__in=list(pks))}
    return found


def linked(holding: Holding, path: str, pks: Iterable[int]) -> dict[int, frozenset[int]]:
    """{item's id: ids of its networks or themes}, for those that have any. One query, none without a path."""
    if not path:
        return {}
    found = defaultdict(set)
    rows = models.QuerySet(holding.model).filter(pk__in=list(pks)).exclude(**{path: None}).order_by()
    for pk, other in rows.values_list("pk", path):
        found[pk].add(other)
    return {pk: frozenset(others) for pk, others in found.items()}


def in_order(parts: Iterable[IssuePart]) -> list[IssuePart]:
    """By section, and within each as the editor put them."""
    return sorted(parts, key=lambda part: (SECTIONS.index(part.section), part.order, part.pk))
