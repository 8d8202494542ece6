"""Reads XLIFF 2.0 and 2.1 as tools give it back, and believes nothing in it.

XML is read by expat, and a document type declaration ends the reading: without one there are no entities, so none can
grow or fetch anything. Size, depth and number of elements are limited. See docs/decisions/0012-xliff.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from xml.parsers import expat

from django.utils.translation import gettext as _

from translations.digests import digest
from translations.exchange.codes import Markup, put_together
from translations.exchange.units import MAX_SIZE, BrokenMarkup, Returned, Unreadable
from translations.exchange.xliff import NAMESPACE

MAX_DEPTH = 200
MAX_ELEMENTS = 600_000  # five thousand long texts have half as many
NAMESPACES = {NAMESPACE, "urn:oasis:names:tc:xliff:document:2.2"}
IsRich = Callable[[str, str], bool]


@dataclass(slots=True)
class Element:
    name: str  # without the namespace of XLIFF; with their own for others
    attributes: dict[str, str]
    children: list[Element | str] = field(default_factory=list)

    def all(self, *names: str) -> Iterator[Element]:
        return (child for child in self.children if isinstance(child, Element) and child.name in names)

    def first(self, name: str) -> Element | None:
        return next(self.all(name), None)


def read(content: bytes, *, is_rich: IsRich) -> list[Returned]:
    """The texts of a document; `is_rich` says of a kind and a field whether the text is HTML. Raises Unreadable."""
    root = parse(content)
    if root.name != "xliff" or not root.attributes.get("version", "").startswith("2"):
        raise Unreadable(_("This is XML, but not XLIFF 2.0. Ask your tool to save XLIFF version 2.0."))
    languages = root.attributes.get("srcLang", ""), root.attributes.get("trgLang", "")
    found = []
    for file in root.all("file"):
        # Tools may number files anew where one name stands for several; ours are unique.
        found += [returned(unit, file.attributes.get("id", ""), *languages, is_rich) for unit in units_of(file)]
    return found


def parse(content: bytes) -> Element:
    if len(content) > MAX_SIZE:
        raise Unreadable(_("The file is larger than %(count)d MB.") % {"count": MAX_SIZE // 2**20})
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Element("", {})
    inside = [top]
    numbers = count(1)

    def start(name, attributes):
        if len(inside) > MAX_DEPTH:
            raise Unreadable(_("Elements of this file stand more than %(count)d deep.") % {"count": MAX_DEPTH})
        if next(numbers) > MAX_ELEMENTS:
            raise Unreadable(_("This file has more than %(count)d elements.") % {"count": MAX_ELEMENTS})
        namespace, _space, local = name.rpartition(" ")
        element = Element(local if namespace in NAMESPACES else name, attributes)
        inside[-1].children.append(element)
        inside.append(element)

    def refuse(*about):
        raise Unreadable(_("The file has a document type declaration (DOCTYPE). XLIFF has none: it is refused."))

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: inside.pop()
    parser.CharacterDataHandler = lambda text: inside[-1].children.append(text)
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        raise Unreadable(_("This is not well-formed XML: %(error)s.") % {"error": error}) from error
    return next(child for child in top.children if isinstance(child, Element))


def units_of(element: Element) -> Iterator[Element]:
    for child in element.all("unit", "group"):
        if child.name == "unit":
            yield child
        else:
            yield from units_of(child)


def returned(unit: Element, name: str, source_language: str, language: str, is_rich: IsRich) -> Returned:
    field_name, _dot, source_digest = unit.attributes.get("id", "").rpartition(".")
    told = {
        "name": name,
        "field": field_name,
        "source_language": source_language,
        "language": language,
        "digest": source_digest,
    }
    rich = is_rich(name.partition(":")[0], field_name)
    try:
        reader = UnitReader(unit, rich)
        text = reader.target()
        # A tool that lost a segment, or joined other texts to it, would have us write a part for the whole.
        if text and digest(reader.source(), rich) != source_digest:
            raise BrokenMarkup(_("the source in the file is not the one that was exported"))
    except BrokenMarkup as error:
        return Returned(**told, text="", problem=str(error))
    states = {segment.attributes.get("state") for segment in unit.all("segment")}
    return Returned(**told, text=text, reviewed=bool(states) and states <= {"reviewed", "final"})


class UnitReader:
    """Puts the text of a unit together from its segments and from what their codes stand for."""

    def __init__(self, unit: Element, rich: bool):
        self.rich = rich
        self.parts = list(unit.all("segment", "ignorable"))
        self.data = {}
        for original in unit.all("originalData"):
            for data in original.all("data"):
                self.data[data.attributes.get("id")] = "".join(map(character, data.children))
        # What the codes of the source stand for, for those of the target that do not say it themselves.
        self.starts: dict[str | None, str | None] = {}
        self.ends: dict[str | None, str | None] = {}
        for part in self.parts:
            self.learn(part)

    def learn(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element):
                told, key = child.attributes, child.attributes.get("id")
                if child.name in {"pc", "sc", "ph"}:
                    self.starts.setdefault(key, told.get("dataRefStart") or told.get("dataRef"))
                if child.name in {"pc", "ec"}:
                    self.ends.setdefault(told.get("startRef", key), told.get("dataRefEnd") or told.get("dataRef"))
                self.learn(child)

    def source(self) -> str:
        return self.text_of([part.first("source") for part in self.parts])

    def target(self) -> str:
        """ "" where nothing is translated."""
        chosen, done, waiting = [], 0, 0
        for part in self.parts:
            source, target = part.first("source"), part.first("target")
            if target is not None and "order" in target.attributes:
                raise BrokenMarkup(_("its parts are to stand in another order, which cannot be done here"))
            if target is not None and has_words(target):
                done += 1
            elif source is not None and has_words(source):
                waiting += 1
            chosen.append(target if target is not None and target.children else source)
        if done and waiting:
            raise BrokenMarkup(
                _("only %(done)d of its %(all)d parts are translated") % {"done": done, "all": done + waiting}
            )
        return self.text_of(chosen) if done else ""

    def text_of(self, elements: list[Element | None]) -> str:
        pieces = [piece for element in elements if element is not None for piece in self.pieces(element)]
        if self.rich:
            return put_together(pieces)
        if any(isinstance(piece, Markup) for piece in pieces):
            raise BrokenMarkup(_("this text has no markup, but codes came with it"))
        return "".join(pieces)

    def pieces(self, element: Element) -> Iterator[str | Markup]:
        for child in element.children:
            if isinstance(child, str) or child.name == "cp":
                yield character(child)
            elif child.name == "mrk":
                yield from self.pieces(child)
            elif child.name in {"pc", "sc", "ph"}:
                yield self.markup(child, ("dataRefStart", "dataRef"), self.starts, child.attributes.get("id"))
                if child.name == "pc":
                    yield from self.pieces(child)
                    yield self.markup(child, ("dataRefEnd",), self.ends, child.attributes.get("id"))
            elif child.name == "ec":
                key = child.attributes.get("startRef", child.attributes.get("id"))
                yield self.markup(child, ("dataRef",), self.ends, key)
            elif child.name not in {"sm", "em"}:
                raise BrokenMarkup(_("“%(name)s” is no inline element of XLIFF") % {"name": child.name[-60:]})

    def markup(self, code: Element, references: tuple[str, ...], known: dict, key: str | None) -> Markup:
        reference = next((code.attributes[name] for name in references if name in code.attributes), None)
        reference = reference or known.get(key) or known.get(code.attributes.get("copyOf"))
        if reference not in self.data:
            raise BrokenMarkup(_("nothing says what code %(id)s stands for") % {"id": key})
        return Markup(self.data[reference])


def character(child: Element | str) -> str:
    if isinstance(child, str):
        return child
    try:
        found = chr(int(child.attributes["hex"], 16))
        found.encode()  # half of a surrogate pair is no character
    except (KeyError, ValueError, OverflowError):
        raise BrokenMarkup(_("it has a code point that is none")) from None
    return found


def has_words(element: Element) -> bool:
    return any(
        character(child).strip() if isinstance(child, str) or child.name == "cp" else has_words(child)
        for child in element.children
    )
