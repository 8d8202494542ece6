"""Brings in readers who confirmed elsewhere, from a table with a line for each.

Who may be written to is proved line by line: language, day and source of the consent are asked for. Whoever erased
themselves here, complained or cannot be reached stays out; whoever is known already stays as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext

from experiences.models import Theme
from networks.models import Network
from newsletter.addresses import one_spelling
from newsletter.import_tables import Line
from newsletter.models import Movement, Subscriber
from newsletter.models.subscribers import newest_issue
from newsletter.suppression import suppressed_among
from publishing.slugs import languages

# Lines that are written in one go: a writer of SQLite keeps others waiting no longer than that takes.
PORTION = 500
EARLIEST = date(1995, 1, 1)
SEPARATORS = (";", "|")
FREQUENCIES = dict(Subscriber.Frequency.choices)


@dataclass
class Outcome:
    """How a file came in: counts, and who is told of each refused line."""

    refuse: Callable[[int, str, str], None]
    brought_in: int = 0
    known: int = 0
    refused: int = 0
    # Of every address in the file the line of its first appearance, by a short hash: small for any list.
    seen: dict[int, int] = field(default_factory=dict)

    def refuse_line(self, line: Line, reason: str) -> None:
        self.refused += 1
        self.refuse(line.number, line.values.get("email", "")[:254], reason)


@dataclass(frozen=True)
class Candidate:
    line: Line
    subscriber: Subscriber
    networks: frozenset[int]
    themes: frozenset[int]


class Refused(Exception):
    """Why a line is not taken, in the language of whoever brings it in."""


def bring_in(
    lines: Iterable[Line],
    *,
    refuse: Callable[[int, str, str], None],
    dry_run: bool = False,
    after_portion: Callable[[int], None] | None = None,
) -> Outcome:
    """Reads `lines` once, a portion at a time, so that memory does not grow with the file.

    `refuse` is told of each refused line: number, address, reason. `after_portion` is told how many lines were read.
    """
    outcome = Outcome(refuse)
    reader = LineReader()
    lines = iter(lines)
    done = 0
    while portion := list(islice(lines, PORTION)):
        candidates = list(readable(portion, reader, outcome))
        write(candidates, outcome, dry_run=dry_run)
        done += len(portion)
        if after_portion:
            after_portion(done)
    return outcome


def readable(portion: list[Line], reader: LineReader, outcome: Outcome) -> Iterator[Candidate]:
    for line in portion:
        try:
            candidate = reader.read(line)
            key = hash(candidate.subscriber.email.lower())
            first = outcome.seen.setdefault(key, line.number)
            if first != line.number:
                raise Refused(gettext("The same address as in line %(number)d.") % {"number": first})
        except Refused as refused:
            outcome.refuse_line(line, str(refused))
        else:
            yield candidate


def write(candidates: list[Candidate], outcome: Outcome, *, dry_run: bool) -> None:
    """All of a portion or, where somebody signs up at this moment, once more all that is still new."""
    for is_last in (False, False, True):
        try:
            with transaction.atomic():
                new, known, refused = sort_out(candidates)
                if not dry_run:
                    create(new)
                    Movement.record(Movement.Kind.JOINED, newest_issue(), len(new))
        except IntegrityError:
            if is_last:
                raise
            continue
        break
    outcome.brought_in += len(new)
    outcome.known += known
    for candidate, reason in refused:
        outcome.refuse_line(candidate.line, reason)


def sort_out(candidates: list[Candidate]) -> tuple[list[Candidate], int, list[tuple[Candidate, str]]]:
    """Those who are new, how many are readers already, and those who may not come in, with the reason."""
    addresses = [candidate.subscriber.email.lower() for candidate in candidates]
    found = Subscriber.objects.filter(email__lower__in=addresses).values_list("email", "state")
    states = {email.lower(): state for email, state in found}
    suppressed = suppressed_among(addresses)
    reasons = {
        Subscriber.State.PENDING: gettext("Has signed up here and not confirmed yet."),
        Subscriber.State.LEFT: gettext("Has left the list. Only they can come back, by signing up."),
        Subscriber.State.BOUNCED: gettext("Cannot be reached: letters came back."),
    }
    new, known, refused = [], 0, []
    for candidate, address in zip(candidates, addresses, strict=True):
        state = states.get(address)
        if state == Subscriber.State.CONFIRMED:
            known += 1
        elif state is not None:
            refused.append((candidate, reasons[state]))
        elif address in suppressed:
            refused.append((candidate, gettext("Is on the list of addresses that must not be written to.")))
        else:
            new.append(candidate)
    return new, known, refused


def create(candidates: list[Candidate]) -> None:
    Subscriber.objects.bulk_create(candidate.subscriber for candidate in candidates)
    for relation in ("networks", "themes"):
        through = Subscriber._meta.get_field(relation).remote_field.through
        column = f"{through._meta.get_field(relation[:-1]).attname}"
        through.objects.bulk_create(
            through(**{"subscriber_id": candidate.subscriber.pk, column: pk})
            for candidate in candidates
            for pk in getattr(candidate, relation)
        )


class LineReader:
    """Turns a line into a reader, with the site's networks and themes at hand."""

    def __init__(self):
        self.now = timezone.now()
        codes = languages()
        translated = (f"{name}_{code}" for name in ("slug", "name") for code in codes)
        self.networks = names(Network.objects.all(), "acronym", "official_name", *translated)
        self.themes = names(Theme.objects.all(), "key", *(f"name_{code}" for code in codes))

    def read(self, line: Line) -> Candidate:
        """Raises `Refused`."""
        if line.trouble:
            raise Refused(line.trouble)
        value = {name: text.strip() for name, text in line.values.items()}
        state = value.get("state", "")
        if state and state != Subscriber.State.CONFIRMED:
            raise Refused(gettext("Is not confirmed (%(state)s).") % {"state": state[:40]})
        given = consent_moment(value["consent_date"], self.now)
        source = value["consent_source"]
        if not source:
            raise Refused(gettext("Without the source of the consent."))
        if len(source) > 300 or not source.isprintable():
            raise Refused(gettext("The source of the consent is longer than 300 letters, or no single line."))
        frequency = value.get("frequency", "") or Subscriber.Frequency.EACH_ISSUE
        if frequency not in FREQUENCIES:
            raise Refused(gettext("An unknown frequency: %(text)s.") % {"text": frequency[:40]})
        language = language_of(value["language"])
        subscriber = Subscriber(
            email=address_of(value["email"]),
            language=language,
            consent_language=language,
            frequency=frequency,
            state=Subscriber.State.CONFIRMED,
            signed_up_at=given,
            confirmed_at=given,
            imported_at=self.now,
            consent_source=source,
        )
        networks = chosen(value.get("networks", ""), self.networks, gettext("An unknown network: %(text)s."))
        themes = chosen(value.get("themes", ""), self.themes, gettext("An unknown subject: %(text)s."))
        return Candidate(line, subscriber, networks, themes)


def address_of(text: str) -> str:
    try:
        return one_spelling(text)
    except ValidationError:
        raise Refused(gettext("No complete e-mail address.")) from None


def language_of(text: str) -> str:
    if not text:
        raise Refused(gettext("Without a language."))
    code = text.lower().replace("_", "-")
    known = dict(settings.LANGUAGES)
    for wanted in (code, code.partition("-")[0]):
        if wanted in known:
            return wanted
    raise Refused(gettext("A language that the site does not have: %(text)s.") % {"text": text[:40]})


def consent_moment(text: str, now: datetime) -> datetime:
    """A day or a moment in ISO 8601; a day counts from its beginning, a moment without a zone by UTC."""
    if not text:
        raise Refused(gettext("Without the date of the consent."))
    try:
        day, moment = parse_date(text), None
        if day is None:
            moment = parse_datetime(text)
            day = moment and moment.date()
    except ValueError:
        day = None
    if day is None:
        raise Refused(gettext("The date is not written like 2026-11-30: %(text)s.") % {"text": text[:40]})
    moment = moment or datetime.combine(day, time.min)
    moment = moment if timezone.is_aware(moment) else moment.replace(tzinfo=UTC)
    if day < EARLIEST or moment > now:
        raise Refused(gettext("No such consent can have been given on %(text)s.") % {"text": text[:40]})
    return moment


def names(items, *fields) -> dict[str, int]:
    """Everything that an item may be called in a table, in lower case; what two are called, neither is."""
    found: dict[str, int | None] = {}
    for pk, *texts in items.values_list("pk", *fields):
        for text in {text.casefold() for text in texts if text}:
            found[text] = pk if found.get(text, pk) == pk else None
    return {text: pk for text, pk in found.items() if pk is not None}


def chosen(text: str, known: dict[str, int], unknown: str) -> frozenset[int]:
    for separator in SEPARATORS[1:]:
        text = text.replace(separator, SEPARATORS[0])
    found = set()
    for name in filter(None, map(str.strip, text.split(SEPARATORS[0]))):
        if name.casefold() not in known:
            raise Refused(unknown % {"text": name[:80]})
        found.add(known[name.casefold()])
    return frozenset(found)
