"""From the tree of a WordPress text to the HTML that rich texts here are made of.

What is a block there and has no name here (a column, a cover, a button) gives its contents; what stands bare becomes a
paragraph. Pictures become those of the library, players and frames become links, and links into the old site lead to
what their pages became.
"""

from __future__ import annotations

import re
from html import escape
from typing import Protocol
from urllib.parse import urlsplit

from moving_in.texts.tree import Node, tree_of
from publishing.rich_text import clean_html

BLOCKS = frozenset(
    "p h1 h2 h3 h4 h5 h6 ul ol li blockquote hr figure table pre dl dt dd div section article aside header footer "
    "main nav center address details summary iframe video audio embed object form figcaption caption".split()
)
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h4", "h5": "h4", "h6": "h4"}
RENAMED = {
    **dict.fromkeys(("strike", "del"), "s"),
    **dict.fromkeys(("kbd", "samp", "tt", "var"), "code"),
    "ins": "u",
}
INLINE = frozenset("strong b em i u s sub sup code cite".split())
SIDES = {"alignleft": "align-left", "alignright": "align-right", "aligncenter": "align-center"}
SIDES |= {side: side for side in ("align-left", "align-right", "align-center")}
BARE_ADDRESS = re.compile(r"https?://[^\s<>\"]{4,500}")


class Surroundings(Protocol):
    """What a text cannot know by itself."""

    def link(self, address: str) -> str:
        """Where a link leads from here; "" where it leads to nothing any more."""

    def picture(self, address: str, alt: str = "") -> tuple[str, str] | None:
        """(address, alternative text) of a picture of the library, or None. `alt` is that of the text."""

    def note(self, subject: str, text: str) -> None: ...


def rich_text(html: str, around: Surroundings) -> str:
    """Cleaned HTML for a rich text field."""
    return clean_html("\n".join(_Writer(around).flow(tree_of(html).children)))


class _Writer:
    def __init__(self, around: Surroundings):
        self.around = around

    # Blocks

    def flow(self, children) -> list[str]:
        """Blocks, whatever stands among them; inline contents between two of them become a paragraph."""
        out: list[str] = []
        run: list[str] = []

        def close():
            text = "".join(run).strip()
            run.clear()
            text = re.sub(r"^(?:<br>\s*)+|(?:\s*<br>)+$", "", text)
            if text:
                out.append(f"<p>{text}</p>")

        for child in children:
            if isinstance(child, str) or not is_block(child):
                run.append(self.inline(child))
            else:
                close()
                out += self.block(child)
        close()
        return out

    def block(self, node: Node) -> list[str]:
        tag = node.tag
        match tag:
            case "p" if not any(is_block(child) for child in node.children if isinstance(child, Node)):
                return self.paragraph(node)
            case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
                text = self.inlines(node.children).strip()
                return [f"<{HEADINGS[tag]}{kept(node)}>{text}</{HEADINGS[tag]}>"] if text else []
            case "ul" | "ol":
                return self.list(node)
            case "blockquote":
                inside = "".join(self.flow(node.children))
                return [f"<blockquote{kept(node)}>{inside}</blockquote>"] if inside else []
            case "pre":
                return [f"<pre{kept(node)}>{escape(node.text(), quote=False)}</pre>"] if node.text().strip() else []
            case "hr":
                return ["<hr>"]
            case "figure":
                return self.figure(node)
            case "table":
                return [self.table(node)]
            case "dt" | "summary":
                text = self.inlines(node.children).strip()
                return [f"<p><strong>{text}</strong></p>"] if text else []
            case "iframe" | "video" | "audio" | "embed" | "object":
                return self.player(node)
            case "form":
                self.around.note("text", "a form")
                return self.flow(node.children)
        return self.flow(node.children)

    def paragraph(self, node: Node) -> list[str]:
        written = node.text().strip()
        if BARE_ADDRESS.fullmatch(written) and not node.all("a", "img"):
            return self.linked(written)
        return [re.sub(r"^<p>", f"<p{kept(node)}>", one) for one in self.flow(node.children)]

    def list(self, node: Node) -> list[str]:
        figures = node.all("figure")
        if figures and any("gallery" in name for name in node.classes):
            return [one for figure in figures for one in self.figure(figure)]
        items = []
        for child in node.children:
            if isinstance(child, str):
                if child.strip():
                    items.append(escape(child.strip(), quote=False))
            elif child.tag == "li":
                items.append(self.contents(child))
            else:
                items.append("".join(self.block(child) if is_block(child) else [self.inline(child)]))
        start = node.attributes.get("start", "")
        start = f' start="{start}"' if node.tag == "ol" and start.isdigit() and len(start) < 6 else ""
        items = [f"<li>{item}</li>" for item in items if item]
        return [f"<{node.tag}{start}{kept(node)}>{''.join(items)}</{node.tag}>"] if items else []

    def contents(self, node: Node) -> str:
        """Of a list's item or a table's cell: words alone stay words."""
        children = [child for child in node.children if not isinstance(child, str) or child.strip() or len(child) == 1]
        if not any(isinstance(child, Node) and is_block(child) for child in children):
            return self.inlines(node.children).strip()
        blocks = self.flow(children)
        if blocks and blocks[0].startswith("<p>") and all(one.startswith(("<ul", "<ol")) for one in blocks[1:]):
            blocks[0] = blocks[0][3:-4]
        return "".join(blocks)

    def figure(self, node: Node) -> list[str]:
        inner = node.all("figure")
        if inner:
            captions = [child for child in node.children if isinstance(child, Node) and child.tag == "figcaption"]
            found = [one for figure in inner if not figure.all("figure") for one in self.figure(figure)]
            return found + [one for caption in captions for one in self.flow(caption.children)]
        words = node.all("figcaption")
        caption = " ".join(filter(None, (self.inlines(one.children).strip() for one in words)))
        rest = without(node.children, "figcaption")
        images = [image for child in rest if isinstance(child, Node) for image in child.all("img") + own_image(child)]
        if not images:
            blocks = self.flow(rest)
            return blocks + ([f"<p>{caption}</p>"] if caption else [])
        pictures = [markup for image in images if (markup := self.image(image))]
        if not pictures:
            return [f"<p>{caption}</p>"] if caption else []
        classes = [*node.classes, *(name for image in images for name in image.classes)]
        side = next((SIDES[name] for name in classes if name in SIDES), "")
        side = f' class="{side}"' if side else ""
        told = f"<figcaption>{caption}</figcaption>" if caption else ""
        return [f"<figure{side}>{''.join(pictures)}{told}</figure>"]

    def table(self, node: Node) -> str:
        out = [f"<table{kept(node)}>"]
        for child in node.children:
            if isinstance(child, Node):
                out.append(self.part_of_table(child))
        return "".join([*out, "</table>"])

    def part_of_table(self, node: Node) -> str:
        if node.tag in ("td", "th", "caption"):
            spans = {
                name: node.attributes[name] for name in ("scope", "colspan", "rowspan") if node.attributes.get(name)
            }
            marks = "".join(f' {name}="{escape(value)}"' for name, value in spans.items())
            return f"<{node.tag}{marks}>{self.contents(node)}</{node.tag}>"
        if node.tag in ("thead", "tbody", "tfoot", "tr"):
            inside = "".join(self.part_of_table(child) for child in node.children if isinstance(child, Node))
            return f"<{node.tag}>{inside}</{node.tag}>"
        return ""

    def player(self, node: Node) -> list[str]:
        names = ("src", "data-src", "data")
        places = [node, *node.all("source", "embed")]
        address = next(
            (place.attributes[name] for place in places for name in names if place.attributes.get(name)), ""
        )
        if not address:
            return []
        self.around.note("text", f"a player or frame became a link: {address}")
        return self.linked(watchable(address), node.attributes.get("title", ""))

    def linked(self, address: str, words: str = "") -> list[str]:
        leads = self.around.link(address)
        if not leads:
            return []
        shown = words.strip() or re.sub(r"^https?://(www\.)?", "", address)
        return [f'<p><a href="{escape(leads)}">{escape(shown, quote=False)}</a></p>']

    # Within a line

    def inlines(self, children) -> str:
        return "".join(self.inline(child) for child in children)

    def inline(self, node: Node | str) -> str:
        if isinstance(node, str):
            return escape(node, quote=False)
        tag = RENAMED.get(node.tag, node.tag)
        if tag == "br":
            return "<br>"
        if tag == "img":
            return self.image(node)
        if tag in BLOCKS:  # within a heading or a cell
            return " ".join(self.inlines(node.children).split()) + " "
        inside = self.inlines(node.children)
        if tag == "a":
            return self.anchor(node, inside)
        if not inside.strip():
            return inside
        if tag == "q":
            return f"“{inside}”"
        if tag == "abbr" and node.attributes.get("title"):
            return f'<abbr title="{escape(node.attributes["title"])}">{inside}</abbr>'
        if tag in INLINE:
            return f"<{tag}{kept(node)}>{inside}</{tag}>"
        if tag == "span" and kept(node):
            return f"<span{kept(node)}>{inside}</span>"
        return inside

    def anchor(self, node: Node, inside: str) -> str:
        address = node.attributes.get("href", "").strip()
        if not address or address.startswith("#") or not inside.strip():
            return inside
        if node.all("img") and self.around.picture(address):
            return inside  # to the large form of the picture that it shows; the page has it
        leads = self.around.link(address)
        if not leads:
            return inside
        title = f' title="{escape(node.attributes["title"])}"' if node.attributes.get("title") else ""
        return f'<a href="{escape(leads)}"{title}>{inside}</a>'

    def image(self, node: Node) -> str:
        names = ("data-orig-file", "data-src", "data-lazy-src", "src")
        addresses = [node.attributes[name] for name in names if node.attributes.get(name)]
        for address in addresses:
            alt = " ".join(node.attributes.get("alt", "").split())[:300]
            if found := self.around.picture(address, alt):
                source, of_library = found
                alt = alt or of_library
                width = node.attributes.get("width", "")
                width = f' width="{width}"' if width.isdigit() and len(width) < 5 else ""
                return f'<img src="{escape(source)}" alt="{escape(alt)}"{width}>'
        if addresses:
            self.around.note("picture", addresses[-1])
        return ""


def is_block(node: Node) -> bool:
    """Whether an element is a block, or a link around one."""
    if node.tag in BLOCKS:
        return True
    return bool(node.all(*BLOCKS))


def own_image(node: Node) -> list[Node]:
    return [node] if node.tag == "img" else []


def without(children, tag: str) -> list:
    return [child for child in children if isinstance(child, str) or child.tag != tag]


def kept(node: Node) -> str:
    """The language and direction of a part."""
    return "".join(
        f' {name}="{escape(node.attributes[name])}"' for name in ("lang", "dir") if node.attributes.get(name)
    )


def watchable(address: str) -> str:
    """The page of a film rather than the frame around it."""
    if address.startswith("//"):
        address = f"https:{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host, place = (parts.hostname or "").removeprefix("www."), parts.path.rpartition("/")[2]
    if host in ("youtube.com", "youtube-nocookie.com") and parts.path.startswith("/embed/"):
        return f"https://www.youtube.com/watch?v={place}"
    if host == "player.vimeo.com" and place.isdigit():
        return f"https://vimeo.com/{place}"
    return address
