"""Indexes by which the public lists of events are found, however many events there are."""

from datetime import timedelta

from django.db import models

LONG = timedelta(days=40)


class IsLong(models.Func):
    """Whether an event takes longer than a bit less than `LONG`: in words that its index is made of, too.

    Few are, and only these may have begun before yesterday's month and still be on. A bit less, as SQLite reckons in
    fractions of days.
    """

    output_field = models.BooleanField()
    template = "(julianday(%(expressions)s)) > 39"
    arg_joiner = ") - julianday("

    def __init__(self, *moments, **extra):
        super().__init__(*(moments or ("ends_at", "starts_at")), **extra)

    def as_postgresql(self, compiler, connection, **extra):
        template = "(%(expressions)s) > interval '39 days'"
        return self.as_sql(compiler, connection, template=template, arg_joiner=" - ", **extra)


class ByHand(models.Func):
    """A column to put rows in order by that were found otherwise: SQLite is not to read an index in this order."""

    template = "(+%(expressions)s)"
    arity = 1

    def as_postgresql(self, compiler, connection, **extra):
        return self.as_sql(compiler, connection, template="%(expressions)s", **extra)


CHOICES = ("kind", "mode", "network", "country")
YEARS = ("first_year", "last_year")
DAYS = ("earliest", "latest")
VISIBILITY = ("publish_at", "withdraw_at", "state")


def for_readers(*fields, name):
    """An index of what is published that answers by itself whether readers may see a row: see `publishing.visible`.

    A row has texts in five languages. To look into each of 20,000 took ten times as long as all the rest. SQLite needs
    the state as well, though it is the same in the whole index.
    """
    return models.Index(fields=[*fields, *VISIBILITY], condition=models.Q(state="published"), name=name)


# In the orders and by the choices of the agenda. `ends_at` tells coming from past.
INDEXES_FOR_READERS = [
    for_readers("starts_at", "vagueness", "ends_at", "id", *CHOICES, *YEARS, *DAYS, name="event_in_order"),
    for_readers("ends_at", "id", *CHOICES, name="event_by_end"),
    for_readers(*YEARS, name="event_years"),
    for_readers("kind", "ends_at", name="event_kinds"),
    for_readers("mode", "ends_at", name="event_modes"),
    for_readers("country", "ends_at", name="event_countries"),
    for_readers("network", "ends_at", name="event_networks"),
    for_readers("city", "ends_at", name="event_cities"),
]
# Those that are still on although they began long ago.
INDEX_OF_LONG_ONES = models.Index(
    fields=["ends_at", "starts_at", "id", *VISIBILITY],
    condition=models.Q(IsLong(), state="published"),
    name="event_long",
)
# The admin's list, drafts included, with what its filters ask for.
INDEX_FOR_EDITORS = models.Index(
    fields=[*("starts_at", "id", "ends_at", "kind", "status", "network"), *VISIBILITY], name="event_desk"
)
