"""Looks at items: what every check of theirs finds. A check is a function of an item and of what is known about it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable
from functools import cached_property

from django.db import models
from django.utils import timezone

from checks.addresses import Target, is_external, targets
from checks.findings import Finding, Severity
from checks.markup import Markup, read_markup
from checks.models import ExternalAddress
from checks.namesakes import namesakes
from checks.texts import rich_texts, written_addresses

Check = Callable[[models.Model, "Known"], Iterable[Finding]]
CHECKS: list[tuple[type[models.Model], Check]] = []
# Rows beside an item that its checks read: whoever fetches many items fetches these with them.
RELATED: dict[type[models.Model], list[str]] = {}


def publication_check(*kinds: type[models.Model], reads: Iterable[str] = ()):
    """Registers a check for items of these models (any model, abstract ones too); `reads` names related rows."""

    def register(check: Check) -> Check:
        for model in kinds or (models.Model,):
            CHECKS.append((model, check))
            RELATED.setdefault(model, []).extend(reads)
        return check

    return register


class Known:
    """What checks need beside the item: asked of the database once for all items that are looked at together."""

    def __init__(self, items: Iterable[models.Model], now: datetime.datetime | None = None):
        self.items = list(items)
        self.now = now or timezone.now()
        self._markup: dict[str, Markup] = {}

    def markup(self, html: str) -> Markup:
        if html not in self._markup:
            self._markup[html] = read_markup(html)
        return self._markup[html]

    def shows_from(self, item) -> datetime.datetime:
        """The moment at which an item is on the site, if it is to be published."""
        return max(self.now, getattr(item, "publish_at", None) or self.now)

    def target(self, address: str) -> Target:
        return self._targets.get(address) or Target("elsewhere")

    @cached_property
    def _targets(self):
        return targets(address for item in self.items for address in self.addresses(item))

    def addresses(self, item) -> set[str]:
        """Everything that an item links to or shows."""
        found = {address for column, address in written_addresses(item)}
        for _column, html in rich_texts(item):
            markup = self.markup(html)
            found |= {link.address for link in markup.links if link.address}
            found |= {image.address for image in markup.images if image.address}
        return found

    def answer(self, address: str) -> ExternalAddress | None:
        """What another site said when it was last asked, if it was nothing good."""
        return self._bad_answers.get(address)

    @cached_property
    def _bad_answers(self):
        outside = {address for item in self.items for address in self.addresses(item) if is_external(address)}
        rows = ExternalAddress.objects.exclude(problem="").filter(address__in=outside) if outside else ()
        return {row.address: row for row in rows}

    def namesakes(self, item) -> list[str]:
        """The languages in which another item of the kind has the same title."""
        return self._namesakes.get(id(item), [])

    @cached_property
    def _namesakes(self):
        return namesakes(self.items)


def findings(item, now=None) -> list[Finding]:
    """Of one item, errors first; as it is in memory, saved or not."""
    return findings_of_several([item], now)[0]


def findings_of_several(items, now=None) -> list[list[Finding]]:
    """Of each of the items, in as many queries as for one."""
    items = list(items)
    known = Known(items, now)
    return [look_at(item, known) for item in items]


def look_at(item, known: Known) -> list[Finding]:
    found = [one for kind, check in CHECKS if isinstance(item, kind) for one in check(item, known)]
    unique = {one.key: one for one in found}
    return sorted(unique.values(), key=lambda one: one.severity != Severity.ERROR)


def with_what_checks_read(rows: models.QuerySet) -> models.QuerySet:
    """Whole rows, and those beside them that checks ask for."""
    related = {name for model, names in RELATED.items() if issubclass(rows.model, model) for name in names}
    there = {field.name for field in rows.model._meta.concrete_fields if field.is_relation}
    return rows.select_related(*sorted(name for name in related if name.partition("__")[0] in there))
