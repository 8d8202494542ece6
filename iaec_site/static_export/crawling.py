"""Asks for everything that can be reached from the sitemap and the home pages, and keeps it as files."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from iaec_site.static_export.asking import HTTP_OK, Answer, Visitor
from iaec_site.static_export.file_names import ENDINGS
from iaec_site.static_export.html_pages import PageRewriter
from iaec_site.static_export.linking import Linking
from iaec_site.static_export.plain_formats import links_of_style, refolded
from iaec_site.static_export.wording import Wording

# Types in which whole addresses of the site stand, and how each writes “&”.
TEXTS = {
    "application/xml": "&amp;",
    "application/atom+xml": "&amp;",
    "application/opensearchdescription+xml": "&amp;",
    "application/json": "&",
    "application/feed+json": "&",
    "text/plain": "&",
    "text/csv": "&",
    "text/calendar": "&",
}
# Addresses that no page shows as a link.
ALONE = ("/robots.txt", "/sitemap.xml", "/.well-known/security.txt")
FRONT_DOOR = "/"
BAD_REQUEST, BROKEN = 400, 500


class SiteBroke(Exception):
    """A page that cannot be made. The message is for the webmaster."""


class Kept(NamedTuple):
    media_type: str
    language: str
    policy: str


def seeds() -> Iterable[str]:
    yield from ALONE
    for code, _name in settings.LANGUAGES:
        with override(code):
            yield reverse("home")
            yield reverse("search")


class Crawl:
    """`folder` is where files are written. `words` are the texts of the copy, by language."""

    def __init__(self, visitor: Visitor, linking: Linking, folder: Path, words: dict[str, Wording]):
        self.visitor, self.linking, self.folder, self.words = visitor, linking, folder, words
        self.kept: dict[str, Kept] = {}
        self.done = 0

    def fetch(self, on_page: Callable[[int, int, str], None]) -> None:
        """Ask for all there is and was not asked for yet, breadth first; answers lie in their files as they came.

        `on_page(done, met so far, address)`. Raises SiteBroke for a page that the site cannot make.
        """
        for seed in seeds():
            self.linking.meet(seed)
        while self.done < len(self.linking.met):
            for address in list(self.linking.met)[self.done :]:
                self.take(address, self.visitor.ask(address))
                self.done += 1
                on_page(self.done, len(self.linking.met), address)

    def take(self, address: str, answer: Answer) -> None:
        linking = self.linking
        if answer.status == BAD_REQUEST:
            raise SiteBroke(
                f"{address} answers 400. Is the host of SITE_URL ({settings.SITE_URL}) among ALLOWED_HOSTS?"
            )
        if answer.status >= BROKEN:
            raise SiteBroke(
                f"{address} answers {answer.status}: the site cannot make this page "
                f"(linked from {linking.met[address] or 'the sitemap'}). Its log says why."
            )
        if answer.leads_to:
            target = linking.target(answer.leads_to, address)
            if target is not None and address != FRONT_DOOR:
                linking.moved[address] = target.address
                return
        if address == FRONT_DOOR:
            return  # made by the export itself
        if answer.status != HTTP_OK:
            linking.missing[address] = linking.met[address]
            return
        self.kept[address] = Kept(
            answer.media_type,
            answer.headers.get("content-language", ""),
            answer.headers.get("content-security-policy", ""),
        )
        self.write(self.path_of(address), answer.body)
        # The same reading as later, for what it meets.
        self.rewritten(address, answer.body)

    def path_of(self, address: str) -> str:
        """An answer whose address has no ending gets the one that its type has."""
        path = address.partition("?")[0]
        if not path.endswith("/") and "." not in path.rpartition("/")[2]:
            ending = ENDINGS.get(self.kept[address].media_type, "")
            self.linking.names.give_ending(address, ending)
        return self.linking.names.path(address)

    def write(self, path: str, body: bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(body)

    def rewrite(self, on_page: Callable[[int, int, str], None]) -> None:
        """Once everything is known: links in all files lead to files."""
        self.linking.is_settled = True
        for number, address in enumerate(self.kept, 1):
            file = self.folder / self.linking.names.path(address)
            body = file.read_bytes()
            new = self.rewritten(address, body)
            if new != body:
                file.write_bytes(new)
            on_page(number, len(self.kept), address)

    def rewritten(self, address: str, body: bytes) -> bytes:
        kept = self.kept[address]
        if kept.media_type == "text/html":
            return self.page(address, body.decode(), kept).encode()
        if kept.media_type == "text/css":
            self.note_links_of_style(address, body.decode())
            return body
        if kept.media_type in TEXTS:
            ampersand = TEXTS[kept.media_type]
            if kept.media_type == "text/calendar":
                return refolded(body, lambda text: self.linking.in_text(text, address))
            return self.linking.in_text(body.decode(), address, ampersand=ampersand).encode()
        return body

    def page(self, address: str, text: str, kept: Kept, *, is_anywhere: bool = False) -> str:
        words = self.words.get(kept.language) or self.words[settings.LANGUAGE_CODE]
        rewriter = PageRewriter(self.linking, address, words, policy=kept.policy, is_anywhere=is_anywhere)
        rewriter.feed(text)
        return rewriter.text

    def note_links_of_style(self, address: str, text: str) -> None:
        """Links between static files are relative, and stay so: all of them lie as they do on the site."""
        for link in links_of_style(text):
            self.linking.target(link, address)
