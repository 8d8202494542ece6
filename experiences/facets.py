"""What the page of the bank offers: values with what they would lead to, and ways to drop what is chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from experiences.facet_index import FACETS, Value
from experiences.models import CharterPrinciple, Sdg
from experiences.selection import ExperienceSelection, Result, address_value
from networks.countries import country_name
from networks.models import City, Network
from publishing.collation import collation_key
from translations.language_names import name_here
from translations.texts import Text, current_language, text_of, title_field

LABELS = {
    "theme": _("Theme"),
    "target_group": _("Target group"),
    "sdg": _("Sustainable Development Goal"),
    "principle": _("Charter principle"),
    "country": _("Country"),
    "city": _("City"),
    "network": _("Network"),
    "year": _("Year"),
    "language": _("Language"),
}
HINTS = {
    "year": _("in which it began or won an award"),
    "language": _("in which it can be read"),
}
# Of these there can be hundreds: what leads to most stands first, all else behind a press.
LONG = ("country", "city", "network", "year")
FIRST = 8
# Open without a press; whatever is chosen in is open too.
OPEN = ("theme",)


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    language: str
    count: int
    chosen: bool


@dataclass(frozen=True)
class Facet:
    """`options` are shown at once, `more` behind a press."""

    name: str
    label: str
    hint: str
    options: list[Option]
    more: list[Option]
    chosen: int

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or self.name in OPEN

    @property
    def more_are_chosen(self) -> bool:
        return any(option.chosen for option in self.more)


@dataclass(frozen=True)
class Chip:
    """A part of the choice, with the address of the page without it."""

    facet: str
    label: str
    language: str
    address: str
    count: int = 0


class FacetForm:
    """The form beside a result, and the chips above it. No query."""

    def __init__(self, result: Result, address: str):
        self.result, self.address = result, address
        self.selection = result.selection

    @cached_property
    def facets(self) -> list[Facet]:
        found = [self._facet(name) for name in FACETS]
        return [facet for facet in found if facet.options]

    def _facet(self, name: str) -> Facet:
        among = self.result.but_for(name)
        chosen = {value.key: value for value in self.selection.chosen.get(name, ())}
        options = []
        # What is chosen is offered whatever the index has of it.
        for value in (self.result.index.values[name] | chosen).values():
            count = (value.bits & among).bit_count()
            if (count and self._is_offered(value)) or value.key in chosen:
                text = label_of(value, name)
                options.append(Option(address_value(value), text.text, text.language, count, value.key in chosen))
        shown, more = arranged(name, options)
        return Facet(name, str(LABELS[name]), str(HINTS.get(name, "")), shown, more, len(chosen))

    def _is_offered(self, value: Value) -> bool:
        return not isinstance(value.item, Network) or value.item.is_public(self.result.at)

    @cached_property
    def chips(self) -> list[Chip]:
        chips = []
        if self.selection.text:
            wider = self._without_text
            chips.append(Chip("", f"“{self.selection.text}”", current_language(), wider.address(self.address)))
        for name in FACETS:
            for value in self.selection.chosen.get(name, ()):
                text = label_of(value, name)
                wider = self.selection.without(name, value)
                chips.append(Chip(str(LABELS[name]), text.text, text.language, wider.address(self.address)))
        return chips

    @property
    def _without_text(self) -> ExperienceSelection:
        return ExperienceSelection(chosen=self.selection.chosen, view=self.selection.view)

    @property
    def clear_address(self) -> str:
        return ExperienceSelection(view=self.selection.view).address(self.address)

    @cached_property
    def views(self) -> list[dict]:
        """The same result as cards and as a table."""
        choice = {"text": self.selection.text, "chosen": self.selection.chosen}
        return [
            {
                "label": label,
                "current": self.selection.view == view,
                "address": ExperienceSelection(**choice, view=view).address(self.address),
            }
            for view, label in (("cards", _("Cards")), ("table", _("Table")))
        ]

    @cached_property
    def ways_out(self) -> list[Chip]:
        """For a choice that leads to nothing: each facet without which there is something, and how much."""
        ways = []
        for name, values in self.selection.chosen.items():
            count = self.result.but_for(name).bit_count()
            if count:
                texts = [label_of(value, name) for value in values]
                address = self.selection.without(name).address(self.address)
                words = ", ".join(text.text for text in texts)
                ways.append(Chip(str(LABELS[name]), words, texts[0].language, address, count))
        if self.selection.text and self.selection.chosen:
            wider = Result(self.result.index, self._without_text, self.result.at, self.result.language)
            if wider.count:
                address = self._without_text.address(self.address)
                ways.append(Chip("", f"“{self.selection.text}”", current_language(), address, wider.count))
        return ways


def arranged(name: str, options: list[Option]) -> tuple[list[Option], list[Option]]:
    """In the vocabulary's own order; names by the alphabet, of which those that lead to most go first."""
    if name in ("country", "city", "network"):
        options = sorted(options, key=lambda option: collation_key(option.label))
    if name not in LONG or len(options) <= FIRST + 2:
        return options, []
    by_weight = (lambda option: (not option.chosen,)) if name == "year" else by_count
    first = {id(option) for option in sorted(options, key=by_weight)[:FIRST]}
    return (
        [option for option in options if id(option) in first],
        [option for option in options if id(option) not in first],
    )


def by_count(option: Option) -> tuple:
    return not option.chosen, -option.count


def label_of(value: Value, name: str) -> Text:
    """What a value is called on the page, in the language that it really is in."""
    item, here = value.item, current_language()
    makers: dict[str, Callable[[], Text]] = {
        "country": lambda: Text(country_name(item), here),
        "language": lambda: Text(name_here(item), here),
        "year": lambda: Text(item, here),
    }
    if name in makers:
        return makers[name]()
    if isinstance(item, City):
        return Text(str(item), here)
    if isinstance(item, Network):
        return Text(item.official_name, item.official_language)
    text = text_of(item, title_field(item))
    if isinstance(item, Sdg | CharterPrinciple):
        return Text(f"{item.number}. {text.text}", text.language)
    return text


def texts_of(selection: ExperienceSelection) -> list[Text]:
    """The choice in words, each in its language."""
    here = current_language()
    typed = [Text(f"“{selection.text}”", here)] if selection.text else []
    return typed + [label_of(value, name) for name in FACETS for value in selection.chosen.get(name, ())]
