"""The choice that a visitor makes among events, as it stands in an address: `?kind=deadline&network=…&year=2026`.

The page, its feeds, its calendar and the letter all start from here, so that each of them shows just what the others
do.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db import models
from django.http import Http404
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from agenda.models import Event
from networks.countries import country_name, country_names
from networks.models import Network
from publishing import clock
from publishing.slugs import one_by_slug
from translations.texts import Text, current_language

YEAR = re.compile(r"[12][0-9]{3}")


class When(models.TextChoices):
    COMING = "coming", _("coming")
    PAST = "past", _("past")
    ALL = "all", _("coming and past")


@dataclass(frozen=True)
class EventSelection:
    """Kinds and modes are any of those named; the rest must all hold."""

    when: str = When.COMING
    kinds: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    network: Network | None = None
    country: str = ""
    year: int | None = None

    def events(self, at=None):
        """The events of this choice that the page lists at a moment (aware datetime, now by default), in its order:
        the next first, of past ones the latest first.
        """
        return self.events_of_all_languages(at).listed()

    def events_of_all_languages(self, at=None):
        """The same, whether or not the agenda leaves out what is not translated."""
        at = at or clock.now()
        return self.ordered(self.narrowed(Event.objects.published(at)), at)

    def narrowed(self, events):
        """The choice without its "coming" or "past"."""
        if self.kinds:
            events = events.filter(kind__in=self.kinds)
        if self.modes:
            events = events.filter(mode__in=self.modes)
        if self.network:
            events = events.filter(network=self.network)
        if self.country:
            events = events.filter(country=self.country)
        if self.year:
            events = events.in_year(self.year)
        return events

    def ordered(self, events, at):
        if self.when == When.COMING:
            return events.upcoming(at)
        return events.past(at) if self.when == When.PAST else events.in_order()

    @property
    def is_filtered(self):
        return self != EventSelection()

    @property
    def when_by_default(self):
        """A year is shown as a whole; without one, what is over is left out."""
        return When.ALL if self.year else When.COMING

    def query(self, language=None):
        """The choice as parameters of an address in a language, in one spelling only; defaults are left out.

        `{"kind": ["congress", "meeting"], "network": "delice", "year": 2026}`
        """
        values = {
            "when": "" if self.when == self.when_by_default else str(self.when),
            "kind": list(self.kinds),
            "mode": list(self.modes),
            "network": slug_of(self.network, language) if self.network else "",
            "country": self.country,
            "year": self.year,
        }
        return {name: value for name, value in values.items() if value}

    @property
    def texts(self):
        """The choice in words, each `Text` in its language: a network has its name in one of its own."""
        here = current_language()
        words = [*(Event.Kind(kind).label for kind in self.kinds), *(Event.Mode(mode).label for mode in self.modes)]
        parts = [Text(str(word), here) for word in words]
        if self.network:
            parts.append(Text(self.network.official_name, self.network.official_language))
        if self.country:
            parts.append(Text(country_name(self.country), here))
        if self.year:
            parts.append(Text(str(self.year), here))
        if self.when != self.when_by_default:
            parts.append(Text(str(When(self.when).label), here))
        return parts

    @property
    def words(self):
        """The choice in words, for titles that carry no markup: ["Deadline", "Italy", "2026"]."""
        return [part.text for part in self.texts]

    @property
    def title(self):
        """ "Agenda", "Agenda: Deadline, Italy, 2026"."""
        return agenda_of(*self.words)


def address_of(path, selection, **more):
    """A path with the choice, in the page's language and in its one spelling; `more` are further parameters."""
    query = urlencode(selection.query() | more, doseq=True)
    return f"{path}?{query}" if query else path


def agenda_of(*words):
    if not words:
        return gettext("Agenda")
    return gettext("Agenda: %(choice)s") % {"choice": ", ".join(words)}


def read_selection(query):
    """The choice that a query (a QueryDict) names. Empty parameters count as not there, unknown ones are passed over.

    Raises Http404 for a value that names nothing: an answer without that part of the choice would be a wrong one.
    """
    year = one_of(query, "year", lambda text: YEAR.fullmatch(text) is not None)
    selection = EventSelection(
        kinds=many_of(query, "kind", Event.Kind),
        modes=many_of(query, "mode", Event.Mode),
        network=one_by_slug(Network.objects.published(), query.get("network", "").strip()),
        country=one_of(query, "country", country_names("en").__contains__),
        year=int(year) if year else None,
    )
    when = one_of(query, "when", When.values.__contains__) or selection.when_by_default
    return replace(selection, when=When(when))


def one_of(query, name, is_known):
    value = query.get(name, "").strip()
    if value and not is_known(value):
        raise Http404
    return value


def many_of(query, name, choices):
    """In the order of the choices, so that two spellings of one choice are one."""
    values = {value.strip() for value in query.getlist(name)} - {""}
    if values - set(choices.values):
        raise Http404
    return tuple(value for value in choices.values if value in values)


def slug_of(network, language):
    with override(language or current_language()):
        return network.slug
