"""Which events, in which order, and what follows from a change of many rows at once."""

from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from agenda.indexes import LONG, ByHand, IsLong
from publishing import clock
from publishing.models import PublishedQuerySet
from translations.sections import SectionQuerySet
from translations.texts import columns

# The columns from which others are derived: see `Event.fill_dates` and `Event.fill_wording`.
DECIDES_THE_DATES = {"date", "start_time", "end_time", "timezone", "city", "city_id"}
TEXTS = ("title", "theme", "summary", "body")
DECIDES_THE_WORDING = {*TEXTS, *columns(*TEXTS)}


class EventQuerySet(SectionQuerySet, PublishedQuerySet):
    """Coming and past meet at the latest possible end: "autumn 2025" is coming until the last of November is over."""

    section = "agenda"

    def in_order(self):
        """By first instant, exact before vague; dates to be announced come last."""
        return self.order_by("starts_at", "vagueness", "ends_at", "pk")

    def upcoming(self, at=None):
        return self.filter(ends_at__gt=at or clock.now()).in_order()

    def next_ones(self, count):
        """The first of `upcoming`, without passing over all that is past, as a list with choices has to."""
        now = clock.now()
        shown = self.published(now).listed()
        begin_soon = shown.filter(starts_at__gt=now - LONG).upcoming(now)[:count]
        still_on = shown.filter(IsLong(), starts_at__lte=now - LONG, ends_at__gt=now)
        still_on = still_on.order_by(ByHand("starts_at"), "vagueness", "ends_at", "pk")[:count]
        return self.filter(Q(pk__in=begin_soon.values("pk")) | Q(pk__in=still_on.values("pk"))).in_order()[:count]

    def past(self, at=None):
        """The latest first."""
        return self.filter(ends_at__lte=at or clock.now()).order_by("-ends_at", "-pk")

    def in_year(self, year):
        """Events that touch a calendar year, in order."""
        return self.filter(first_year__lte=year, last_year__gte=year).in_order()

    def between(self, first, last):
        """Events that may touch the days from `first` to `last` (dates, both included, by the events' own clocks)."""
        return self.filter(earliest__lte=last, latest__gte=first).in_order()

    def years(self):
        """Calendar years that events touch, newest first."""
        spans = self.exclude(first_year=None).order_by().values_list("first_year", "last_year").distinct()
        return sorted({year for first, last in spans for year in range(first, last + 1)}, reverse=True)

    def for_cards(self):
        """Everything the card template reads; what it does not print stays in the database."""
        return self.select_related("city").only(
            *columns("title", "theme", "summary", "slug"),
            *"source_language kind status mode place ordinal".split(),
            *"date start_time end_time timezone earliest latest ends_at".split(),
            *"city__slug city__timezone city__latitude city__name city__part_of".split(),
            *columns("exonym", prefix="city__"),
        )

    def for_calendar(self):
        """What feeds say of an event, as named tuples: see `agenda.feed_entries`.

        Models, or the fallbacks of modeltranslation, would take longer than all the rest of a feed of a thousand.
        """
        return self.rewrite(False).values_list(
            *columns("title", "theme", "summary", "slug"),
            *"uid sequence created_at updated_at source_language kind status mode place country".split(),
            *"date start_time end_time timezone earliest latest vagueness".split(),
            *"city__name city__part_of city__timezone city__latitude city__longitude".split(),
            *columns("exonym", prefix="city__"),
            named=True,
        )

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        for event in objs:
            event.fill_derived()
        return super().bulk_create(objs, *args, **kwargs)

    def update(self, **values):
        """As always, and calendars hear of it: the sequence number and the moment of the last change rise.

        Columns that follow from others are worked out anew, row by row.
        """
        values.setdefault("sequence", F("sequence") + 1)
        values.setdefault("updated_at", timezone.now())
        dates, wording = DECIDES_THE_DATES & values.keys(), DECIDES_THE_WORDING & values.keys()
        if not (dates or wording):
            return super().update(**values)
        with transaction.atomic(using=self.db):
            changed = list(self.values_list("pk", flat=True))
            count = super().update(**values)
            events = models.QuerySet(self.model, using=self.db).filter(pk__in=changed)
            if dates:
                derive(
                    events.select_related("city").only(
                        *DECIDES_THE_DATES - {"city_id"},
                        *("country", "city__timezone", "city__latitude", "city__country"),
                    ),
                    self.model.fill_dates,
                )
            if wording:
                derive(events.only(*columns(*TEXTS)), self.model.fill_wording)
        return count

    update.alters_data = True


def derive(events, fill):
    """Fill columns of each row by a method that returns their names."""
    names = set()
    for event in events:
        names = fill(event)
    if names:
        # Not through `EventQuerySet.update`: nothing that calendars should hear of.
        models.QuerySet(events.model, using=events.db).bulk_update(events, names, batch_size=500)
