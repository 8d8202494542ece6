"""Texts as XLIFF 2.0 (OASIS Standard, 5 August 2014; references are to its sections).

- A document has one source and one target language (4.2.2.2). An item is a `<file>`, a text of it a `<unit>`.
- A unit's id is the field and the digest of its source, "title.3f2a…": tools drop notes and attributes that they
  do not know, but an id is what they find a unit by. The import tells by it whether the source has moved on.
- Rich text is divided: a `<segment>` for each paragraph, an `<ignorable>` for the markup between (4.2.2.6). Markup is
  `<pc>` and `<ph>`, and what it stands for is in `<originalData>` (4.7), so a translator changes words only.
- A missing text is "initial". One that is out of date comes with its present translation as "translated" with the
  sub-state "iaec:stale", and with the source that it was made for in a note. Whoever finds it right all the same
  makes it "reviewed" or "final", and the import confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext as _

from publishing.text_words import words_of
from translations.exchange.codes import Code, Node, Part, divided_alike, number, parts_of, whole
from translations.exchange.units import Outgoing, lines_alike

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
# What XML 1.0 has no way to write, but as <cp hex="…"/>.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def build(texts: Iterable[Outgoing], *, source_language: str, language: str, in_one: bool = False) -> bytes:
    """A document of texts, all of them of these two languages, those of an item one after the other.

    `in_one` leaves each text in one segment, for tools that know only one segment a unit.
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff xmlns="{NAMESPACE}" version="2.0" srcLang="{source_language}" trgLang="{language}">',
    ]
    for name, group in groupby(texts, key=lambda text: text.name):
        several = list(group)
        lines.append(f' <file id="{name}" original={attribute(several[0].title)}>')
        lines += notes({"type": several[0].kind_name, "title": several[0].title}, "  ")
        for text in several:
            lines += unit(text, in_one)
        lines.append(" </file>")
    return "\n".join([*lines, "</xliff>", ""]).encode()


def unit(text: Outgoing, in_one: bool) -> Iterator[str]:
    source, target = divided(text, in_one)
    yield f'  <unit id="{text.field}.{text.digest}" name={attribute(text.field)} xml:space="preserve">'
    told = {"field": text.field_name, "previous-source": words_of(text.previous_source, text.rich)}
    if text.max_length:
        told["length"] = _("At most %(count)d characters.") % {"count": text.max_length}
    yield from notes(told, "   ")
    data: dict[str, str] = {}
    body = list(segments(text, source, target, data))
    if data:
        yield "   <originalData>"
        yield from (f'    <data id="{key}">{characters(markup)}</data>' for markup, key in data.items())
        yield "   </originalData>"
    yield from body
    yield "  </unit>"


def divided(text: Outgoing, in_one: bool) -> tuple[Sequence[Part], Sequence[Part]]:
    """Source and target in parts that answer each other; no parts of a target where there is none."""
    if not text.rich:
        target = [plain(text.translation)] if text.translation else []
        return [plain(text.source)], target
    source = parts_of(text.source)
    if in_one or not source:
        source = whole(text.source)
    target: Sequence[Part] = []
    if text.translation:
        target = whole(text.translation) if in_one else parts_of(text.translation)
        if not divided_alike(source, target):
            source, target = whole(text.source), whole(text.translation)
    number(source, target)
    return source, target


def plain(text: str) -> Part:
    return Part([lines_alike(text)], has_words=True)


def segments(text: Outgoing, source: Sequence[Part], target: Sequence[Part], data: dict[str, str]) -> Iterator[str]:
    state = {"missing": "initial", "stale": "translated", "fresh": "final"}[text.state]
    sub_state = ' subState="iaec:stale"' if text.state == "stale" else ""
    for at, part in enumerate(source):
        original = f"    <source>{inline(part.nodes, data)}</source>"
        if not part.has_words:
            yield from ("   <ignorable>", original, "   </ignorable>")
            continue
        yield f'   <segment id="s{at + 1}" state="{state}"{sub_state}>'
        yield original
        if target:
            yield f"    <target>{inline(target[at].nodes, data)}</target>"
        yield "   </segment>"


def inline(nodes: Iterable[Node], data: dict[str, str]) -> str:
    return "".join(characters(lines_alike(node)) if isinstance(node, str) else code(node, data) for node in nodes)


def code(node: Code, data: dict[str, str]) -> str:
    """`data` gets what the code stands for: {markup: its id}."""
    start = data.setdefault(node.start, f"d{len(data) + 1}")
    kind = "" if node.type == "other" else f' type="{node.type}"'
    if node.end is None:
        return f'<ph id="{node.id}" dataRef="{start}"{kind} disp={attribute(node.start)}/>'
    end = data.setdefault(node.end, f"d{len(data) + 1}")
    return (
        f'<pc id="{node.id}" dataRefStart="{start}" dataRefEnd="{end}"{kind}'
        f" dispStart={attribute(node.start)} dispEnd={attribute(node.end)}>{inline(node.children, data)}</pc>"
    )


def notes(told: dict[str, str], margin: str) -> Iterator[str]:
    yield f"{margin}<notes>"
    for category, text in told.items():
        if text:
            yield f'{margin} <note category="{category}">{escape(_NOT_IN_XML.sub("", text))}</note>'
    yield f"{margin}</notes>"


def characters(text: str) -> str:
    return _NOT_IN_XML.sub(lambda found: f'<cp hex="{ord(found[0]):04X}"/>', escape(text))


def attribute(text: str) -> str:
    return quoteattr(_NOT_IN_XML.sub("", text))
