"""Which states of translations the matrix is asked for: language, state and age make one condition together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from publishing.plain_text import plain
from translations.models import State, TranslationStatus

WORK = "work"
STATES = [
    (WORK, _("needs work: missing or out of date")),
    (State.MISSING, State.MISSING.label),
    (State.STALE, State.STALE.label),
    (State.FRESH, State.FRESH.label),
]
AGES = [("30", _("more than 30 days")), ("90", _("more than 90 days")), ("365", _("more than a year"))]
NEEDS_WORK = [State.MISSING, State.STALE]


@dataclass(frozen=True)
class Wanted:
    languages: tuple[str, ...]
    language: str = ""
    state: str = ""
    days: int = 0

    @classmethod
    def from_query(cls, query, languages) -> Wanted:
        """What nobody offers counts as not asked for."""
        language, state, days = (query.get(name, "") for name in ("language", "state", "age"))
        return cls(
            languages=tuple(languages),
            language=language if language in languages else "",
            state=state if state in dict(STATES) else "",
            days=int(days) if days in dict(AGES) else 0,
        )

    def narrow(self, items: QuerySet) -> QuerySet:
        """The items that are in the wanted state in the wanted language, or in any."""
        if not (self.language or self.state or self.days):
            return items
        states = NEEDS_WORK if self.state == WORK else [self.state] if self.state else list(State)
        statuses = TranslationStatus.objects.filter(
            language__in=[self.language] if self.language else self.languages, state__in=states
        )
        return items.filter(pk__in=self.of_age(statuses).values("translated"))

    def of_age(self, statuses):
        if not self.days:
            return statuses
        return statuses.filter(since__lt=timezone.now() - timedelta(days=self.days))

    def counts(self, items: QuerySet | None) -> dict[tuple[str, str], int]:
        """{(language, state): number of items}, in every language and state; of all items if none are given."""
        statuses = self.of_age(TranslationStatus.objects.filter(language__in=self.languages))
        if items is not None:
            statuses = statuses.filter(translated__in=items.order_by().values("pk"))
        found = statuses.order_by().values_list("language", "state").annotate(Count("pk"))
        return {(language, state): number for language, state, number in found}


def titled(text: str) -> Q:
    """The items whose title holds a text, in whichever language, accents and capitals apart."""
    return Q(titles__contains=plain(text))


def needing_work(items: QuerySet, language: str) -> QuerySet:
    statuses = TranslationStatus.objects.filter(language=language, state__in=NEEDS_WORK)
    return items.filter(pk__in=statuses.values("translated"))
