"""Events and deadlines, with dates as exact or as vague as they really are."""

import datetime
import re
import uuid

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F
from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from agenda.dates import EventDate
from agenda.indexes import INDEX_FOR_EDITORS, INDEX_OF_LONG_ONES, INDEXES_FOR_READERS
from agenda.querysets import DECIDES_THE_WORDING, TEXTS, EventQuerySet
from agenda.tenses import notes_on
from networks.countries import country_choices, country_name
from publishing import clock
from publishing.date_field import EdtfField
from publishing.date_text import date_text
from publishing.dates import parse_edtf
from publishing.former_slugs import former_slugs_index
from publishing.models import Publishable
from publishing.rich_text import RichTextField
from publishing.slugs import SLUG_LENGTH, Sluggable, make_slug, slug_constraints
from translations.models import Translated
from translations.texts import ALL_LANGUAGES

# Stands for the end of a date to be announced: it is never over, and comes last.
NEVER = datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC)

# Columns of the house, and those of translated fields that hold the text of whichever language was active last.
NOT_FOR_READERS = {
    *("id", "uid", "sequence", "created_at", "updated_at", "former_slugs", "worded_as_coming"),
    *(*TEXTS, "slug"),
}


class Event(Sluggable, Translated, Publishable):
    class Kind(models.TextChoices):
        MEETING = "meeting", _("Meeting")
        CONGRESS = "congress", _("Congress")
        ASSEMBLY = "assembly", _("Assembly")
        INTERNATIONAL_DAY = "international_day", _("International Day")
        DEADLINE = "deadline", _("Deadline")
        TRAINING = "training", _("Training")
        ONLINE = "online", _("Online event")
        OTHER = "other", _("Event")

    class Mode(models.TextChoices):
        IN_PERSON = "in_person", _("in person")
        ONLINE = "online", _("online")
        HYBRID = "hybrid", _("in person and online")
        MEMBER_CITIES = "member_cities", _("in every member city")

    class Status(models.TextChoices):
        CONFIRMED = "confirmed", pgettext_lazy("event", "confirmed")
        POSTPONED = "postponed", pgettext_lazy("event", "postponed")
        CANCELLED = "cancelled", pgettext_lazy("event", "cancelled")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind, default=Kind.MEETING)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.CONFIRMED)
    title = models.CharField(_("title"), max_length=200)
    theme = models.CharField(
        _("theme"), max_length=300, blank=True, help_text=_("As printed, with its own quotation marks if it has any.")
    )
    summary = models.TextField(_("summary"), blank=True, help_text=_("One or two sentences."))
    body = RichTextField(_("text"), blank=True)
    date = EdtfField(_("date"))
    start_time = models.TimeField(_("starts at"), null=True, blank=True)
    end_time = models.TimeField(_("ends at"), null=True, blank=True)
    timezone = models.CharField(
        _("time zone"), max_length=60, blank=True, help_text=_("IANA name; empty: the city’s, else the secretariat’s.")
    )
    # What the date means, in the place where the event is held. Derived at every save: see `fill_dates`.
    earliest = models.DateField(editable=False, null=True)
    latest = models.DateField(editable=False, null=True)
    first_year = models.PositiveSmallIntegerField(editable=False, null=True)
    last_year = models.PositiveSmallIntegerField(editable=False, null=True)
    starts_at = models.DateTimeField(editable=False)
    ends_at = models.DateTimeField(editable=False)
    vagueness = models.PositiveSmallIntegerField(editable=False)
    # By which words the texts speak of the event as coming, for the editors of past ones: see `agenda.tenses`.
    worded_as_coming = models.CharField(_("worded as coming"), max_length=200, editable=False, default="")
    place = models.CharField(_("place"), max_length=200, blank=True, help_text=_("As it should be printed."))
    city = models.ForeignKey(
        "networks.City", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("city")
    )
    country = models.CharField(
        _("country"),
        max_length=2,
        blank=True,
        choices=country_choices,
        help_text=_("That of the city, if one is chosen."),
    )
    mode = models.CharField(_("how it is held"), max_length=20, blank=True, choices=Mode)
    network = models.ForeignKey(
        "networks.Network", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("network")
    )
    edition = models.ForeignKey(
        "editions.Edition", models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("edition")
    )
    ordinal = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Within its series of meetings.")
    )
    url = models.URLField(_("source"), blank=True, help_text=_("Page on which the facts can be read."))
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="events", verbose_name=_("picture")
    )

    # By these, calendars know the event again and hear of its changes (RFC 5545, UID and SEQUENCE).
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            *Publishable.Meta.constraints,
            *slug_constraints("event"),
            models.CheckConstraint(name="event_end_not_before_start", condition=models.Q(ends_at__gte=F("starts_at"))),
            models.CheckConstraint(
                name="event_latest_not_before_earliest",
                condition=models.Q(earliest__isnull=True)
                | models.Q(latest__isnull=True)
                | models.Q(latest__gte=F("earliest")),
            ),
        ]
        indexes = [
            *INDEXES_FOR_READERS,
            INDEX_OF_LONG_ONES,
            INDEX_FOR_EDITORS,
            former_slugs_index("event"),
            # The editors' lists of what needs attention: few rows, found without reading all.
            models.Index(fields=["earliest", "ends_at"], condition=models.Q(vagueness__gt=0), name="event_vague"),
            models.Index(fields=["ends_at"], condition=~models.Q(worded_as_coming=""), name="event_worded_as_coming"),
        ]

    def __str__(self):
        return f"{self.title} ({self.date_in_words()})"

    def date_in_words(self):
        try:
            return date_text(parse_edtf(self.date), get_language() or settings.LANGUAGE_CODE)
        except ValueError:
            return self.date  # as somebody typed it, in a form that is not saved yet

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        derived = self.fill_dates()
        # The texts of a row out of a list are not even fetched; publishing it must not fetch each.
        if fields is None or not DECIDES_THE_WORDING.isdisjoint(fields):
            derived |= self.fill_wording()
        if fields is not None:
            fields = {*fields, *derived}
        if self.differs_from_stored(fields):
            self.sequence += 1
        if fields is not None:
            kwargs["update_fields"] = {*fields, "sequence", "updated_at"}
        super().save(*args, **kwargs)

    def fill_derived(self):
        return self.fill_dates() | self.fill_wording()

    def fill_wording(self):
        """Note by which words the texts speak of the event as coming; returns the names of the columns filled."""
        self.worded_as_coming = notes_on(
            {code: [getattr(self, f"{field}_{code}") for field in TEXTS] for code in ALL_LANGUAGES}
        )
        return {"worded_as_coming"}

    def fill_dates(self):
        """Fill what follows from the date and its place; returns the names of those columns."""
        known = self.event_date()
        earliest, latest = known.when.earliest(known.southern), known.when.latest(known.southern)
        derived = {
            "earliest": earliest,
            "latest": latest,
            "first_year": earliest and earliest.year,
            "last_year": latest and latest.year,
            "starts_at": known.starts_at or NEVER,
            "ends_at": known.ends_at or NEVER,
            "vagueness": known.when.vagueness,
            "country": self.city.country if self.city_id else self.country,
        }
        for name, value in derived.items():
            setattr(self, name, value)
        return {*derived}

    def differs_from_stored(self, names=None):
        """Whether something that readers can see differs from the row in the database; `names` are columns to look at.

        Takes over the row's sequence number, which another process may have raised meanwhile.
        """
        if not self.pk:
            return False
        fields = [
            field
            for field in self._meta.concrete_fields
            if field.name not in NOT_FOR_READERS
            and field.attname not in self.get_deferred_fields()
            and (names is None or field.name in names)
        ]
        stored = (
            Event._base_manager.filter(pk=self.pk).values("sequence", *(field.attname for field in fields)).first()
        )
        if stored is None:
            return False
        self.sequence = stored["sequence"]
        # None and "" are both "no text"; an empty slug is about to be filled.
        return any(
            (field.to_python(getattr(self, field.attname)) or None) != (stored[field.attname] or None)
            for field in fields
            if not (field.name.startswith("slug_") and not getattr(self, field.attname))
        )

    def get_absolute_url(self):
        return reverse("agenda:event_detail", kwargs={"slug": self.slug})

    def clean(self):
        try:
            parse_edtf(self.date)
        except ValueError:
            return  # said at the field itself
        try:
            self.event_date()
        except ValueError as error:
            raise ValidationError({"date": str(error)}) from error

    def event_date(self):
        """The date as a value; raises ValueError where date, times and time zone do not go together."""
        return EventDate(
            when=parse_edtf(self.date),
            time_zone=self.timezone or (self.city.timezone if self.city_id else "") or settings.TIME_ZONE,
            start_time=as_time(self.start_time),
            end_time=as_time(self.end_time),
            southern=bool(self.city_id and self.city.is_southern),
        )

    def slug_source(self, language):
        """The title with its year: an International Day is held every year under the same title."""
        title = super().slug_source(language)
        year = self.date[:4]
        if not title or not year.isdigit() or re.search(r"\b[12]\d{3}\b", title):
            return title
        return f"{title[: SLUG_LENGTH - 5]} {year}"

    def free_slug(self, slug, language):
        """A network that meets twice a year under the same title meets in two places; only then comes a number."""
        free = super().free_slug(slug, language)
        place = make_slug(self.city.name if self.city_id else self.place)
        if free == slug or not place:
            return free
        return super().free_slug(make_slug(f"{slug}-{place}"), language)

    @property
    def cover(self):
        return {"seed": self.city.slug if self.city_id else self.kind, "variant": f"event-{self.pk}"}

    @property
    def country_name(self):
        return country_name(self.country) if self.country else ""

    @property
    def is_deadline(self):
        return self.kind == self.Kind.DEADLINE

    @property
    def is_over(self):
        return self.ends_at <= clock.now()

    @property
    def as_of_now(self):
        """What changes in how it is shown, beside the day, although nobody changes it: see `publishing.kept`."""
        is_over = self.is_over
        return is_over, None if is_over or not self.is_deadline else self.event_date().days_left(clock.now())


def mode_of(event):
    """How an event is held (a value of `Event.Mode`), also where nobody chose it but the kind says it; "" if unknown.

    Takes a row of `for_calendar()` as well.
    """
    return event.mode or (Event.Mode.ONLINE if event.kind == Event.Kind.ONLINE else "")


def is_followed_from_afar(event):
    """Whether people in other time zones take part; takes what `mode_of` does."""
    return mode_of(event) in (Event.Mode.ONLINE, Event.Mode.HYBRID)


def as_time(value):
    """A model that was not read back yet may still hold the text that it was given."""
    return datetime.time.fromisoformat(value) if isinstance(value, str) and value else value or None
