"""The order of the matrix: what readers meet first needs its translations first.

Which items these are, only the whole site knows. The setting TRANSLATIONS_FIRST_MET names a function that returns
them, tier by tier.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Case, DateTimeField, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Tier:
    """Items of one kind, by a queryset of their keys alone; those of the earliest `by` (a moment) come first."""

    kind: str
    keys: QuerySet
    by: str = ""


ORDER = ["tier", "moment", "-written_at", "-pk"]


def with_order(items: QuerySet) -> QuerySet:
    """Adds what `ORDER` sorts by. One statement: the tiers are looked up within it."""
    tiers = import_string(settings.TRANSLATIONS_FIRST_MET)()
    return items.annotate(
        tier=Case(
            *(When(in_tier(tier), then=Value(number)) for number, tier in enumerate(tiers)),
            default=Value(len(tiers)),
            output_field=IntegerField(),
        ),
        moment=Case(
            *(When(in_tier(tier), then=moment_of(tier)) for tier in tiers if tier.by),
            output_field=DateTimeField(),
        ),
    )


def in_tier(tier):
    # The kind first, as it tells nearly all rows apart; within one `Q`, Django sorts names by the alphabet.
    return Q(kind=tier.kind) & Q(item__in=tier.keys)


def moment_of(tier):
    rows = tier.keys.model._base_manager.order_by().filter(pk=OuterRef("item"))
    return Subquery(rows.values(tier.by)[:1])
