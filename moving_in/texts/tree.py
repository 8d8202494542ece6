"""Any HTML as a small tree: parsed as browsers do, by the cleaner of rich texts with a wider list of tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import nh3

from publishing.rich_text import ATTRIBUTES, TAGS

VOID = frozenset("br hr img source embed".split())
READ = TAGS | {
    *"h1 h5 h6 div section article header footer aside main nav center font big small strike del ins dl dt dd".split(),
    *"address details summary iframe video audio source embed object q kbd samp tt var mark label form".split(),
}
DEEPEST = 60  # what lies deeper is read as if the tags around it were not there
_READER = nh3.Cleaner(
    tags=READ,
    attributes={
        **ATTRIBUTES,
        "*": {"lang", "dir", "class", "align"},
        "img": {"src", "alt", "width", "height", "data-src", "data-lazy-src", "data-orig-file"},
        "iframe": {"src", "title", "data-src"},
        **{tag: {"src"} for tag in ("video", "audio", "source", "embed")},
        "object": {"data"},
    },
    clean_content_tags={"script", "style", "template", "noscript", "textarea", "select", "title"},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,
)


@dataclass
class Node:
    tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Node | str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Node]:
        """Elements within, in their order."""
        found = []
        for child in self.children:
            if isinstance(child, Node):
                if child.tag in tags:
                    found.append(child)
                found += child.all(*tags)
        return found

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text() for child in self.children)


class _Builder(HTMLParser):
    """Of cleaned HTML: each element that begins ends, in the right order, and values stand in double quotes."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.root = Node()
        self.open: list[Node] = [self.root]

    def handle_starttag(self, tag, attrs):
        node = Node(tag, {name: value or "" for name, value in attrs})
        is_deep = len(self.open) > DEEPEST
        if not is_deep:
            self.open[-1].children.append(node)
        if tag not in VOID:
            # Too deep: the end tag finds its place, and what is within belongs to the last that counts.
            self.open.append(self.open[-1] if is_deep else node)

    def handle_endtag(self, tag):
        if tag not in VOID and len(self.open) > 1:
            self.open.pop()

    def handle_data(self, data):
        self.open[-1].children.append(data)


def tree_of(html: str) -> Node:
    builder = _Builder()
    builder.feed(_READER.clean(html))
    builder.close()
    return builder.root
