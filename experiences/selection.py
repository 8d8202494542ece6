"""The choice that a visitor makes in the bank, as it stands in an address: `?q=school&theme=culture&sdg=4&country=ES`.

The page, its feeds and its downloads all start from here, so that each of them holds just what the others do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from urllib.parse import urlencode

from django.http import Http404
from django.utils.translation import gettext

from experiences.bitsets import places, union
from experiences.facet_index import FACETS, FacetIndex, Value
from experiences.text_search import LONGEST, records_with
from networks.countries import country_names
from networks.models import City, Network
from publishing import clock
from publishing.former_slugs import had_in_any_language
from publishing.slugs import SLUG, one_by_slug
from translations.models import TranslatedOnly
from translations.texts import ALL_LANGUAGES, current_language

YEAR = re.compile(r"[12][0-9]{3}")
CARDS, TABLE = "cards", "table"


@dataclass(frozen=True)
class ExperienceSelection:
    """Of each facet, any of the values chosen; all facets have to hold, and so does the text."""

    text: str = ""
    chosen: Mapping[str, tuple[Value, ...]] = field(default_factory=dict)
    view: str = CARDS

    @property
    def parts(self) -> int:
        """Of how many parts the choice is made."""
        return sum(map(len, self.chosen.values())) + bool(self.text)

    def without(self, name: str, value: Value | None = None) -> ExperienceSelection:
        """The choice without a value of a facet, or without the facet."""
        rest = tuple(one for one in self.chosen.get(name, ()) if value is not None and one.key != value.key)
        others = {facet: values for facet, values in self.chosen.items() if facet != name}
        return replace(self, chosen=others | ({name: rest} if rest else {}))

    def query(self, language: str | None = None) -> dict[str, str | list[str]]:
        """The choice as parameters of an address in a language, in one spelling only.

        `{"q": "school", "theme": ["culture"], "sdg": ["4", "11"]}`
        """
        found: dict[str, str | list[str]] = {"q": self.text} if self.text else {}
        for name in FACETS:
            if self.chosen.get(name):
                found[name] = [address_value(value, language) for value in self.chosen[name]]
        return found

    def address(self, path: str, **more) -> str:
        """A path with the choice, in the page's language; `more` are further parameters. The view is one."""
        view = {"view": self.view} if self.view != CARDS else {}
        query = urlencode(self.query() | view | more, doseq=True)
        return f"{path}?{query}" if query else path

    def data_address(self, path: str, **more) -> str:
        """The same for what has no view: feeds and downloads."""
        return replace(self, view=CARDS).address(path, **more)


@dataclass
class Result:
    """What a choice leads to at a moment: as a set, in order, and counted."""

    index: FacetIndex
    selection: ExperienceSelection
    at: object = None
    language: str = ""

    def __post_init__(self):
        self.at = self.at or clock.now()
        self.language = self.language or current_language()

    @cached_property
    def _found(self) -> Sequence[int]:
        return records_with(self.selection.text, self.index, self.at)

    @cached_property
    def in_all_languages(self) -> int:
        """What is visible and holds the text, facets and the editors' tick box left aside."""
        bits = self.index.visible(self.at)
        return bits & self.index.bits_of(self._found) if self.selection.text else bits

    @cached_property
    def _base(self) -> int:
        if not TranslatedOnly.objects.filter(bank=True).exists():
            return self.in_all_languages
        return self.in_all_languages & self.index.records.languages[self.language]

    @cached_property
    def _of_facets(self) -> dict[str, int]:
        return {name: union(value.bits for value in values) for name, values in self.selection.chosen.items()}

    @cached_property
    def bits(self) -> int:
        return self.but_for("")

    def but_for(self, facet: str) -> int:
        """The result as it would be if nothing were chosen in a facet: what its values are counted among."""
        bits = self._base
        for name, chosen in self._of_facets.items():
            if name != facet:
                bits &= chosen
        return bits

    @property
    def count(self) -> int:
        return self.bits.bit_count()

    @property
    def is_ranked(self) -> bool:
        return bool(self.selection.text)

    @cached_property
    def pks(self) -> list[int]:
        """In the order of the list: the newest first, or for a text the best match."""
        if not self.is_ranked:
            return self.newest
        chosen = set(self.newest)
        return [pk for pk in self._found if pk in chosen]

    @cached_property
    def newest(self) -> list[int]:
        pks = self.index.records.pks
        return [pks[place] for place in places(self.bits)]

    def languages_to_read(self) -> list[str]:
        """The languages in which something of the choice can be read, for a list that has nothing."""
        bits = self.in_all_languages
        for chosen in self._of_facets.values():
            bits &= chosen
        return [code for code in ALL_LANGUAGES if bits & self.index.records.languages[code]]


def address_value(value: Value, language: str | None = None) -> str:
    if isinstance(value.item, Network):
        return getattr(value.item, f"slug_{language or current_language()}")
    return value.key


def read_selection(query, index: FacetIndex, at=None) -> ExperienceSelection:
    """The choice that a query (a QueryDict) names. Empty parameters count as not there, unknown ones are passed over.

    Raises Http404 for a value that names nothing: an answer without that part of the choice would be a wrong one.
    """
    view = query.get("view", "").strip() or CARDS
    if view not in (CARDS, TABLE):
        raise Http404
    chosen = {}
    for name in FACETS:
        asked = dict.fromkeys(text.strip() for text in query.getlist(name))
        values = {value.key: value for text in asked if text for value in [find_value(index, name, text, at)]}
        if values:
            chosen[name] = in_order(index, name, values)
    return ExperienceSelection(text=typed(query.get("q", "")), chosen=chosen, view=view)


def typed(text: str) -> str:
    """What somebody looks for, in one line; characters that are none are dropped, and what no form would take."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text[:LONGEST]).split())


def in_order(index: FacetIndex, name: str, values: dict[str, Value]) -> tuple[Value, ...]:
    """As the facet has them, so that two spellings of one choice are one; what it may not have, by key."""
    order = {key: number for number, key in enumerate(index.values[name])}
    by_key = name in ("city", "country", "year")
    return tuple(
        sorted(values.values(), key=lambda value: (0 if by_key else order.get(value.key, len(order)), value.key))
    )


def find_value(index: FacetIndex, name: str, text: str, at) -> Value:
    values = index.values[name]
    if name == "network":
        return network_value(values, text, at)
    if text in values and not (name == "city" and is_secret(values[text], at)):
        return values[text]
    # What nothing in the bank has is an empty choice all the same.
    if (name == "country" and text in country_names("en")) or (name == "year" and YEAR.fullmatch(text)):
        return Value(text, text, 0)
    if name == "city" and SLUG.fullmatch(text):
        value = values.get(text.lower()) or values.get(slug_now(text.lower()))
        if value and not is_secret(value, at):
            return value
    raise Http404


def slug_now(former: str) -> str | None:
    """The address of the city that once had this one."""
    once = had_in_any_language(City.objects.order_by("pk"), [former])
    return next((city.slug for city in once if city.had_slug("", former)), None)


def is_secret(city: Value, at) -> bool:
    """A city that is no more than a draft; where a published record names it, everybody knows it."""
    return not city.bits and not city.item.is_public(at)


def network_value(values: dict[str, Value], slug: str, at) -> Value:
    """By its address in any language, or a former one: an address that was shared goes on."""
    public = [value for value in values.values() if value.item.is_public(at)]
    here = f"slug_{current_language()}"
    for value in public:
        if getattr(value.item, here) == slug:
            return value
    network = one_by_slug(Network.objects.published(at), slug)
    if network is None or str(network.pk) not in values:
        raise Http404
    return values[str(network.pk)]


def title_of(words: list[str]) -> str:
    """ "Bank of Experiences", "Bank of Experiences: Culture, Spain"."""
    if not words:
        return gettext("Bank of Experiences")
    return gettext("Bank of Experiences: %(choice)s") % {"choice": ", ".join(words)}
