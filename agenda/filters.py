"""What can be chosen among the events that are published, and the addresses to which each choice leads."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext

from agenda.models import Event
from agenda.selection import EventSelection, When, address_of, slug_of
from networks.countries import country_name, sorted_countries
from networks.models import Network
from publishing.collation import collation_key
from publishing.options import Option
from publishing.prepared import prepared
from translations.texts import columns, current_language


@dataclass(frozen=True)
class Way:
    """A link to another choice; `count` are the events that it leads to, where somebody counted."""

    label: str
    address: str
    current: bool = False
    language: str = ""
    count: int | None = None


def events_on_the_list():
    """Exactly what readers may see: an event that is scheduled for next week does not announce itself in the form."""
    return Event.objects.published().listed().order_by()


# A query for each field: an index knows its own, and combinations are many.
VALUES_THAT_OCCUR = {
    field: prepared(lambda field=field: events_on_the_list().values_list(field, flat=True).distinct())
    for field in ("kind", "mode", "country")
}


@prepared
def networks_with_events():
    with_events = Exists(events_on_the_list().filter(network=OuterRef("pk")))
    names = ("official_name", "official_language", *columns("slug"))
    return Network.objects.published().filter(with_events).only(*names)


class EventFilter:
    """The form, the chips and the tabs of a page that shows a choice of events.

    Offers kinds, modes, networks and countries that a published event has, and the `years` that it is given; whatever
    is chosen already is offered too. Four queries, made when a template first asks.
    """

    def __init__(self, selection: EventSelection, address: str, *, years: list[int] | None = None, at=None):
        self.selection, self.address, self.at = selection, address, at
        self.known_years = years

    @cached_property
    def kinds(self):
        return self._of_choices(Event.Kind, "kind", self.selection.kinds)

    @cached_property
    def modes(self):
        return self._of_choices(Event.Mode, "mode", self.selection.modes)

    def _of_choices(self, choices, field, chosen):
        existing = {*VALUES_THAT_OCCUR[field]()}
        return [
            Option(value, str(label), value in chosen)
            for value, label in choices.choices
            if value in existing or value in chosen
        ]

    @cached_property
    def networks(self):
        chosen = self.selection.network
        found = networks_with_events()
        if chosen and chosen not in found:
            found.append(chosen)
        found.sort(key=lambda network: collation_key(network.official_name))
        return [
            Option(slug_of(network, None), network.official_name, network == chosen, network.official_language)
            for network in found
        ]

    @cached_property
    def countries(self):
        chosen, existing = self.selection.country, {*VALUES_THAT_OCCUR["country"]()}
        return [
            Option(code, name, code == chosen)
            for code, name in sorted_countries(current_language())
            if code in existing or code == chosen
        ]

    @cached_property
    def years(self):
        if self.known_years is None:
            return []
        chosen = self.selection.year
        years = sorted({*self.known_years, *([chosen] if chosen else [])}, reverse=True)
        return [Option(str(year), str(year), year == chosen) for year in years]

    @property
    def when(self):
        """What the form carries along besides its fields: "past" or "all" where that is not a matter of course."""
        return self.selection.query().get("when", "")

    @cached_property
    def _parts(self):
        """[(field, what the field is without it, [(value, label, language), …]), …] of what is chosen."""
        chosen = self.selection
        network, country, year = chosen.network, chosen.country, chosen.year
        parts = [
            ("kinds", (), [(kind, str(Event.Kind(kind).label), "") for kind in chosen.kinds]),
            ("modes", (), [(mode, str(Event.Mode(mode).label), "") for mode in chosen.modes]),
            ("network", None, network and [(network, network.official_name, network.official_language)]),
            ("country", "", country and [(country, country_name(country), "")]),
            ("year", None, year and [(year, str(year), "")]),
        ]
        return [part for part in parts if part[2]]

    @cached_property
    def chips(self):
        """Each value of the choice, with the address of the page without it."""
        return [
            Way(label, self._address_of(self._without(field, nothing, value)), language=language)
            for field, nothing, values in self._parts
            for value, label, language in values
        ]

    def _without(self, field, nothing, value):
        chosen = getattr(self.selection, field)
        rest = tuple(other for other in chosen if other != value) if isinstance(chosen, tuple) else nothing
        return changed(self.selection, **{field: rest})

    def _address_of(self, selection):
        return address_of(self.address, selection)

    @property
    def clear_address(self):
        return self._address_of(cleared(self.selection))

    @cached_property
    def tabs(self):
        labels = {
            When.COMING: gettext("Coming"),
            When.PAST: gettext("Past"),
            When.ALL: gettext("All"),
        }
        return [
            Way(label, self._address_of(replace(self.selection, when=when)), when == self.selection.when)
            for when, label in labels.items()
        ]

    @cached_property
    def ways_out(self):
        """For a choice that leads to nothing: each single part without which there are events, and how many.

        One query for each part of the choice; no page with events asks.
        """
        parts = list(self._parts)
        if self.selection.when != When.ALL:
            parts.append(("when", When.ALL, [(None, str(When(self.selection.when).label), "")]))
        ways = []
        for field, nothing, values in parts:
            wider = changed(self.selection, **{field: nothing})
            count = wider.events(self.at).count()
            if count:
                label, language = ", ".join(label for _, label, _ in values), values[0][2]
                ways.append(Way(label, self._address_of(wider), language=language, count=count))
        return ways


def changed(selection, **changes):
    """The choice with other parts. A year shows all of itself; when it goes, so does "all", unless that was asked."""
    new = replace(selection, **changes)
    if "when" in changes or selection.when != selection.when_by_default:
        return new
    return replace(new, when=new.when_by_default)


def cleared(selection):
    return changed(selection, kinds=(), modes=(), network=None, country="", year=None)


def undated(selection):
    """The choice without its dates, for a page that has dates of its own."""
    return replace(selection, when=When.COMING, year=None)


def parts_of(selection):
    """Of how many values the choice is made: one kind in one country are two."""
    return sum(len(value) if isinstance(value, list) else 1 for value in selection.query().values())
