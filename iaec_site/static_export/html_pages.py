"""A page of the site as a file: its links lead to files, and nothing in it needs a server.

Everything that is not changed stays as it was, letter by letter. A link to what is no part of the export becomes text;
a form becomes links (`choices.py`), or a sentence where it sends something; what is to be said of the copy is put in.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser

from iaec_site.static_export.addresses import has_no_choices, is_choice
from iaec_site.static_export.choices import Choices
from iaec_site.static_export.linking import Linking
from iaec_site.static_export.wording import Wording

LINKS = frozenset({"href", "src", "action", "formaction", "poster", "data", "cite", "background", "xlink:href"})
LISTS_OF_LINKS = frozenset({"srcset", "imagesrcset"})
# These say the page's own address, or that of what stands for it, to who has the page from somewhere else.
SAY_WHERE = frozenset({"canonical", "alternate"})
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Suggestions come from the server; the script asks nobody here.
SUGGESTIONS = "search-suggestions"
# The boxes below a list that lead to the same as a feed, a calendar or a table.
OF_A_RESULT = frozenset({"take-along", "subscribe"})
# Where the script of the search page finds its index.
SEARCH_FOLDER = "data-search-in-copy"
_SPACES = re.compile(r"\s+")
_LISTS = re.compile(r'<select\b[^>]*\bid="([^"]+)"')
# What a policy in a page cannot say (CSP3, section 3.3), and what would send a page without https to an address with.
_ONLY_IN_A_HEADER = ("frame-ancestors", "report-uri", "report-to", "sandbox", "upgrade-insecure-requests")


def policy_for_a_page(policy: str) -> str:
    parts = (part.strip() for part in policy.split(";"))
    return "; ".join(part for part in parts if part and not part.startswith(_ONLY_IN_A_HEADER))


def tag_of(name: str, attributes: list[tuple[str, str | None]], end: str = "") -> str:
    said = "".join(f" {key}" if value is None else f' {key}="{in_quotes(value)}"' for key, value in attributes)
    return f"<{name}{said}{end}>"


def in_quotes(value: str) -> str:
    return html.escape(value, quote=False).replace('"', "&quot;")


class PageRewriter(HTMLParser):
    """Reads a page once. `page` is its address; `text` afterwards the page as it is to be written."""

    def __init__(self, linking: Linking, page: str, wording: Wording, *, policy: str = "", is_anywhere: bool = False):
        super().__init__(convert_charrefs=False)
        self.linking, self.page, self.wording, self.policy = linking, page, wording, policy
        # The page for what is not there is shown at any depth, so its links begin at the root.
        self.is_anywhere = is_anywhere
        self.parts: list[str] = []
        self.waiting: list[str] = []
        self.dropped_until = ""
        self.depth = 0
        self.emptied_links: list[str] = []
        self.choices: Choices | None = None
        self.after_next_end: dict[str, str] = {}
        self.lists: frozenset[str] = frozenset()

    def feed(self, data):
        self.lists = frozenset(_LISTS.findall(data))
        super().feed(data)

    @property
    def text(self) -> str:
        self.close()
        self.flush()
        return "".join(self.parts)

    def link(self, value: str, *, whole: bool = False) -> str | None:
        if whole or (self.is_anywhere and self.linking.is_settled):
            return self.linking.absolute(value, self.page) if whole else self.linking.from_root(value, self.page)
        return self.linking.relative(value, self.page)

    # What comes out

    def put(self, markup: str) -> None:
        self.flush()
        self.parts.append(markup)

    def flush(self) -> None:
        """Text waits for its end: an address in it is cut where the reader of the page meets “&amp;”."""
        if self.waiting:
            text = "".join(self.waiting)
            self.waiting = []
            if not self.dropped_until:
                self.parts.append(self.linking.in_text(text, self.page, ampersand="&amp;") if "://" in text else text)

    # What comes in

    def handle_starttag(self, tag, attrs):
        self.start(tag, attrs, "")

    def handle_startendtag(self, tag, attrs):
        self.start(tag, attrs, "/")

    def start(self, tag, attrs, end):
        if self.dropped_until:
            self.depth += tag == self.dropped_until and not end
            return
        named = dict(attrs)
        if self.is_useless(tag, named):
            self.drop(tag)
            return
        if tag == "form" and self.replaced_form(named):
            return
        if self.choices and (instead := self.choices.start(tag, named)) is not None:
            self.put(instead)
            return
        self.put_before(tag, named)
        markup = self.changed(tag, attrs, named, end)
        if markup is not None:
            self.put(markup)
        self.put_after(tag, named)

    def is_useless(self, tag, named) -> bool:
        """Whether something with all that is in it has no sense in the copy."""
        classes = set((named.get("class") or "").split())
        if tag == "script" and SUGGESTIONS in (named.get("src") or ""):
            return True
        if "search-advice" in classes:
            return True  # of phrases, which the script does not know
        if classes & OF_A_RESULT and is_choice(self.page):
            return True  # feeds and data are had of the whole list
        if tag == "details" and "filter" in classes and has_no_choices(self.page):
            return True
        # Another view of a choice, which would be a tab that leads nowhere.
        return "tab" in classes and "href" in named and self.link(named["href"]) is None

    def drop(self, tag) -> None:
        self.flush()
        self.dropped_until, self.depth = tag, 1

    def changed(self, tag, attrs, named, end) -> str | None:
        """The tag with its links; None where nothing of it is to be there."""
        relations = set((named.get("rel") or "").split())
        # A feed is found from wherever the page lies; the page's own address is the one that it shall have.
        is_whole = tag == "link" and bool(relations & SAY_WHERE) and "type" not in named
        new: list[tuple[str, str | None]] = []
        for key, value in attrs:
            if value is None or (key in {"data-suggestions", "data-label"} and "data-suggestions" in named):
                if value is None:
                    new.append((key, value))
                continue
            if key == SEARCH_FOLDER:
                new.append((key, self.linking.to_file(f"{value.strip('/')}/", self.page)))
            elif key in LINKS and not value.startswith("#"):
                link = self.link(value, whole=is_whole)
                if link is None and tag == "a":
                    return self.emptied(named)
                if link is None:
                    return None
                new.append((key, link))
            elif key in LISTS_OF_LINKS:
                new.append((key, self.list_of_links(value)))
            elif key == "content" and "://" in value:
                new.append((key, self.linking.in_text(value, self.page)))
            else:
                new.append((key, value))
        if tag == "a" and not end:
            self.emptied_links.append("a")
        return self.get_starttag_text() if new == attrs else tag_of(tag, new, end)

    def list_of_links(self, value: str) -> str:
        candidates = []
        for candidate in filter(None, (part.strip() for part in value.split(","))):
            link, _, size = _SPACES.sub(" ", candidate).partition(" ")
            if (link := self.link(link)) is not None:
                candidates.append(f"{link} {size}".strip())
        return ", ".join(candidates)

    def emptied(self, named) -> str:
        """A link that leads nowhere here is the text that it was."""
        self.emptied_links.append("span")
        kept = {"class", "lang", "id", "aria-current"}
        return tag_of("span", [(key, value) for key, value in named.items() if key in kept])

    def replaced_form(self, named) -> bool:
        """Whether a form is not to be there as it is. What sends something has nobody to send it to."""
        if (named.get("method") or "get").lower() == "post":
            self.put(self.wording.no_sending)
            self.drop("form")
            return True
        target = self.linking.places.target(named.get("action") or "", self.page)
        if target is not None and target.address == self.wording.search_address:
            return False
        self.choices = Choices(named, target.address if target else self.page, self.link, self.wording, self.lists)
        self.put(self.choices.begin())
        return True

    def handle_endtag(self, tag):
        if self.dropped_until:
            self.depth -= tag == self.dropped_until
            if not self.depth:
                self.waiting = []
                self.dropped_until = ""
            return
        if self.choices:
            instead = self.choices.end(tag)
            if tag == "form":
                self.choices = None
            if instead is not None:
                self.put(instead)
                return
        if tag == "a" and self.emptied_links:
            self.put(f"</{self.emptied_links.pop()}>")
        elif tag == "main":
            self.put(self.end_of_main() + "</main>")
        else:
            self.put(f"</{tag}>")
        if tag in self.after_next_end:
            self.put(self.after_next_end.pop(tag))

    def handle_data(self, data):
        if self.choices and self.choices.is_mute:
            self.choices.text(data)
        else:
            self.waiting.append(data)

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def handle_comment(self, data):
        if not self.dropped_until:
            self.put(f"<!--{data}-->")

    def handle_decl(self, decl):
        self.put(f"<!{decl}>")

    # What is said of the copy

    def put_before(self, tag, named) -> None:
        classes = (named.get("class") or "").split()
        if tag == "p" and "footer-end" in classes:
            self.put(self.wording.frozen)
        elif tag == "div" and "agenda" in classes:
            self.put(self.wording.as_of)

    def put_after(self, tag, named) -> None:
        if tag == "meta" and "charset" in named and self.policy:
            policy = policy_for_a_page(self.policy)
            self.put("\n  " + tag_of("meta", [("http-equiv", "Content-Security-Policy"), ("content", policy)]))
        elif tag == "h2" and "board-title" in (named.get("class") or "").split():
            self.after_next_end["h2"] = self.wording.as_of

    def end_of_main(self) -> str:
        if self.page != self.wording.search_address:
            return ""
        inner = PageRewriter(self.linking, self.page, self.wording)
        inner.feed(self.wording.search)
        return inner.text
