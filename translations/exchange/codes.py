"""Rich text as a translator's tool wants it: paragraphs of words, with markup as codes that nobody can mistype.

`parts_of` takes apart what `publishing.rich_text.clean_html` made: every element closed, every value in double quotes.
Descriptions of pictures and titles of links are words too. `<img src="/a" alt="A river">` becomes a pair of codes,
`<img src="/a" alt="` and `">`, around them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from translations.exchange.units import BrokenMarkup

_TAG = re.compile(r"""<(?:[^>"]|"[^"]*")*>""")
_NAME = re.compile(r"</?([a-z0-9]+)")
_ATTRIBUTE = re.compile(r"""\s(?P<name>[a-z-]+)="(?P<value>[^"]*)\"""")
_VOID = frozenset("br hr img".split())
_BLOCKS = frozenset(
    "p h2 h3 h4 ul ol li blockquote hr pre figure figcaption table caption thead tbody tfoot tr th td".split()
)
_TYPES = dict.fromkeys("strong b em i u s sub sup".split(), "fmt") | {"a": "link", "img": "image"}


@dataclass
class Code:
    """A piece of markup that stands alone, or a pair around other nodes."""

    start: str
    end: str | None = None  # None: it stands alone
    children: list[Node] = field(default_factory=list)
    id: int = 0

    @property
    def tag(self) -> str:
        found = _NAME.match(self.start)
        return found[1] if found else ""

    @property
    def type(self) -> str:
        return _TYPES.get(self.tag, "other")


Node = str | Code


@dataclass
class Part:
    """A stretch of a text: words to translate, or the markup between two such."""

    nodes: list[Node]
    has_words: bool


def tree_of(source: str) -> list[Node]:
    root: list[Node] = []
    open_codes: list[tuple[Code, list[Node]]] = []
    here, at = root, 0
    for tag in _TAG.finditer(source):
        add_text(here, source[at : tag.start()])
        at = tag.end()
        name = _NAME.match(tag[0])
        if not name:
            raise BrokenMarkup(_("“%(tag)s” is no tag") % {"tag": tag[0][:40]})
        if tag[0].startswith("</"):
            if not open_codes or open_codes[-1][0].tag != name[1]:
                raise BrokenMarkup(_("</%(tag)s> closes nothing") % {"tag": name[1]})
            open_codes.pop()[0].end = tag[0]
            here = open_codes[-1][1] if open_codes else root
        elif name[1] in _VOID:
            here.append(with_words(tag[0], None))
        else:
            outer = with_words(tag[0], "")
            # Its end tag is filled in when that is found.
            here.append(outer)
            open_codes.append((outer, outer.children))
            here = outer.children
    add_text(here, source[at:])
    if open_codes:
        raise BrokenMarkup(_("<%(tag)s> is never closed") % {"tag": open_codes[-1][0].tag})
    return root


def add_text(nodes: list[Node], text: str) -> None:
    if text:
        nodes.append(html.unescape(text))


def with_words(tag: str, end: str | None) -> Code:
    """A tag as codes: the words in its attributes stand in a pair of their own, first thing in the element."""
    attributes = _ATTRIBUTE.finditer(tag)
    found = next((one for one in attributes if one["name"] in {"alt", "title"} and one["value"]), None)
    if not found:
        return Code(tag, end)
    words: list[Node] = [html.unescape(found["value"])]
    first, last = found.span("value")
    if end is None:
        return Code(tag[:first], tag[last:], words)
    return Code(tag[: found.start()], end, [Code(tag[found.start() : first], tag[last:], words)])


def parts_of(source: str) -> list[Part]:
    """A text in parts: one for each paragraph, heading, cell and so on, one for the markup between two of these."""
    parts: list[Part] = []
    run: list[Node] = []
    for node in pieces(tree_of(source)):
        if isinstance(node, Part):
            finish(parts, run)
            run = []
            add_part(parts, node)
        else:
            run.append(node)
    finish(parts, run)
    return parts


def whole(source: str) -> list[Part]:
    """A text in one part, for what cannot be divided alike in two languages."""
    return [Part(tree_of(source), has_words=True)]


def pieces(nodes: Iterable[Node]) -> Iterator[Node | Part]:
    for node in nodes:
        if isinstance(node, Code) and is_structure(node):
            children = node.children
            first = children[0] if children else None
            start = [Code(node.start)]
            if isinstance(first, Code) and not first.start.startswith("<"):
                # The element's own words come out of its start tag.
                yield Part([*start, Code(first.start)], has_words=False)
                yield Part(first.children, has_words=True)
                start, children = [Code(first.end)], children[1:]
            yield Part(start, has_words=False)
            yield from pieces(children)
            if node.end:
                yield Part([Code(node.end)], has_words=False)
        else:
            yield node


def is_structure(node: Code) -> bool:
    return node.tag in _BLOCKS or any(isinstance(child, Code) and is_structure(child) for child in node.children)


def finish(parts: list[Part], run: list[Node]) -> None:
    if run:
        add_part(parts, Part(run, has_words=bool("".join(texts(run)).strip())))


def add_part(parts: list[Part], part: Part) -> None:
    if not part.has_words and parts and not parts[-1].has_words:
        parts[-1].nodes.extend(part.nodes)
    else:
        parts.append(part)


def texts(nodes: Iterable[Node]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, str):
            yield node
        else:
            yield from texts(node.children)


def codes_in(nodes: Iterable[Node]) -> Iterator[Code]:
    for node in nodes:
        if isinstance(node, Code):
            yield node
            yield from codes_in(node.children)


def divided_alike(source: Sequence[Part], target: Sequence[Part]) -> bool:
    """Whether two texts are the same but for what stands in their paragraphs."""
    return len(source) == len(target) and all(
        one.has_words == other.has_words and (one.has_words or one.nodes == other.nodes)
        for one, other in zip(source, target, strict=True)
    )


def number(source: Sequence[Part], target: Sequence[Part] = ()) -> None:
    """Give each code its number; the target's codes that the source has too get the same."""
    free: dict[tuple[str, str | None], list[int]] = {}
    last = 0
    for part in source:
        for code in codes_in(part.nodes):
            code.id = last = last + 1
            free.setdefault((code.start, code.end), []).append(last)
    for part in target:
        for code in codes_in(part.nodes):
            same = free.get((code.start, code.end))
            if same:
                code.id = same.pop(0)
            else:
                code.id = last = last + 1


@dataclass(frozen=True)
class Markup:
    """Markup in a text that came back, as against its words."""

    text: str


def put_together(pieces: Iterable[str | Markup]) -> str:
    """HTML from words and markup; raises BrokenMarkup where a code stands within another one's words."""
    found, in_words_of_tag = [], False
    for piece in pieces:
        if isinstance(piece, str):
            found.append(html.escape(piece, quote=True))
            continue
        if in_words_of_tag and not piece.text.startswith('"'):
            raise BrokenMarkup(_("a code stands within the description of a picture or the title of a link"))
        if not in_words_of_tag and piece.text.startswith('"'):
            raise BrokenMarkup(_("a description of a picture or a title of a link lost its place"))
        # Every value stands in two quotes; between words and their codes one of them is open.
        in_words_of_tag ^= piece.text.count('"') % 2 == 1
        found.append(piece.text)
    return "".join(found)
