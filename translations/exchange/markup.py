"""Whether rich text that came back may be stored as it is. What cleaning would change is refused, not mended."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

from django.utils.translation import gettext as _

from publishing.rich_text import clean_html
from translations.exchange.units import BrokenMarkup

_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())


class Events(HTMLParser):
    """A text as tags and words, the same however entities, quotes and capitals are written."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        if self.open:
            raise BrokenMarkup(_("<%(tag)s> is never closed") % {"tag": self.open[-1]})

    def handle_starttag(self, tag, attributes):
        self.found.append(("tag", tag))
        # Cleaning writes its own `rel` on links.
        self.found += sorted(
            ("attribute", f'{name}="{value or ""}"') for name, value in attributes if (tag, name) != ("a", "rel")
        )
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if tag in _VOID:
            return
        if not self.open or self.open.pop() != tag:
            raise BrokenMarkup(_("</%(tag)s> closes nothing") % {"tag": tag})
        self.found.append(("end", tag))

    def handle_data(self, data):
        if self.found and self.found[-1][0] == "words":
            data = self.found.pop()[1] + data
        self.found.append(("words", data))

    def handle_comment(self, data):
        self.found.append(("other", _("a comment")))

    handle_decl = handle_pi = unknown_decl = handle_comment


def accepted(text: str) -> str:
    """The text as it will be stored; raises BrokenMarkup where that would say anything else than was delivered."""
    cleaned = clean_html(text)
    if cleaned == text:
        return cleaned
    delivered, kept = Events(text).found, Events(cleaned).found
    if delivered != kept:
        lost = list((Counter(delivered) - Counter(kept)).elements())
        names = [name for what, name in lost if what in {"tag", "attribute", "other"}]
        if names:
            raise BrokenMarkup(_("this site does not take: %(names)s") % {"names": ", ".join(names)[:200]})
        raise BrokenMarkup(_("its elements do not fit into each other"))
    return cleaned
