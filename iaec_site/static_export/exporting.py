"""The steps of an export, one after the other, into an empty folder."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext, override

from iaec_site import export_folder as folders
from iaec_site.static_export import redirects, search_index
from iaec_site.static_export.asking import Visitor, one_moment
from iaec_site.static_export.checking import ANYWHERE, Broken, Checker
from iaec_site.static_export.crawling import FRONT_DOOR, Crawl, Kept
from iaec_site.static_export.file_names import INDEX, FileNames, public_path
from iaec_site.static_export.linking import Linking, relative_path
from iaec_site.static_export.wording import wording
from pages.models import SiteIdentity
from translations.language_names import own_name
from translations.texts import text_of

# What the manifest calls itself.
FORMAT = "iaec-static-export"
# An address that no item has: slugs have no such sign.
NOT_THERE = "not~there/"


@dataclass
class Outcome:
    """`missing` and `left_out`: {address: a page that leads there}."""

    files: int = 0
    pages: int = 0
    texts_in_search: int = 0
    redirects: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    broken: list[Broken] = field(default_factory=list)


class Export:
    """`on_step(name, done, total)` is told how far it is; the total of what is still being met grows."""

    def __init__(self, target: Path, site_url: str, moment: datetime, on_step: Callable[[str, int, int], None]):
        self.target, self.site_url, self.moment, self.on_step = target, site_url.rstrip("/"), moment, on_step
        self.visitor = Visitor(settings.SITE_URL)
        self.names = FileNames()
        # What the export writes by itself is never given to an address.
        for own in (folders.MANIFEST, ANYWHERE, redirects.NETLIFY, redirects.NGINX, f"{search_index.FOLDER}/x"):
            self.names.claimed(own, own)
        self.linking = Linking(settings.SITE_URL, self.site_url, self.names)
        self.outcome = Outcome()

    def write(self) -> Outcome:
        """Everything, in the state of one moment, with its manifest; then the look over it."""
        with one_moment(self.moment):
            self.words = {code: wording(code, self.moment) for code, _name in settings.LANGUAGES}
            self.crawl = Crawl(self.visitor, self.linking, self.target, self.words)
            self.linking.meet(FRONT_DOOR)
            self.crawl.fetch(self.told("Asking for pages"))
            not_there = self.pages_of_nothing()
            front_door = self.front_door()
            self.crawl.fetch(self.told("Asking for pages"))
            self.crawl.rewrite(self.told("Rewriting links"))
            self.write_own_pages(not_there, front_door)
            self.write_redirects()
            self.outcome.texts_in_search = search_index.write(
                self.target,
                self.moment,
                self.address_in_index,
                lambda code: self.on_step(f"Search index {code}", 0, 1),
            )
        self.outcome.left_out = self.linking.left_out
        # What no page leads to (a security.txt without a contact) nobody misses.
        self.outcome.missing = {address: page for address, page in self.linking.missing.items() if page}
        self.outcome.pages = sum(kept.media_type == "text/html" for kept in self.crawl.kept.values())
        checker = Checker(self.target, self.site_url)
        self.outcome.broken = list(
            checker.broken(lambda done, total: self.on_step("Following all links", done, total))
        )
        self.outcome.files = folders.write_manifest(self.target, FORMAT, self.facts())
        return self.outcome

    def told(self, step: str) -> Callable[[int, int, str], None]:
        return lambda done, total, address: self.on_step(step, done, total)

    def address_in_index(self, url: str) -> str | None:
        target = self.linking.places.target(url)
        end = self.linking.end_of(target.address) if target else None
        return public_path(self.names.path(end)) if end else None

    # Pages that have no address of their own on the site

    def pages_of_nothing(self) -> dict[str, tuple[str, str, Kept]]:
        """{file: (address, page, what is known of it)} of the page for what is not there, in each language."""
        found = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                address = f"{reverse('home')}{NOT_THERE}"
            answer = self.visitor.ask(address)
            kept = Kept(answer.media_type, code, answer.headers.get("content-security-policy", ""))
            text = answer.body.decode()
            self.crawl.page(address, text, kept)  # for what it meets
            found[f"{code}/{ANYWHERE}"] = address, text, kept
            if code == settings.LANGUAGE_CODE:
                found[ANYWHERE] = address, text, kept
        return found

    def front_door(self) -> tuple[str, Kept]:
        site = SiteIdentity.objects.first()
        languages, policy = [], ""
        for code, _name in settings.LANGUAGES:
            with override(code):
                home = reverse("home")
                title = text_of(site, "name").text if site else ""
            languages.append({"code": code, "name": own_name(code), "address": home, "site_name": title})
            policy = policy or self.visitor.ask(home).headers.get("content-security-policy", "")
        whole = self.site_url
        for language in languages:
            language["whole"] = settings.SITE_URL + language["address"]
        with override(settings.LANGUAGE_CODE):
            title = (text_of(site, "name").text if site else "") or urlsplit(whole).netloc
            context = {"languages": languages, "default": settings.LANGUAGE_CODE, "title": title}
            context["canonical"] = settings.SITE_URL + FRONT_DOOR
            text = render_to_string("static_export/front_door.html", context)
        kept = Kept("text/html", settings.LANGUAGE_CODE, policy)
        self.crawl.page(FRONT_DOOR, text, kept)
        return text, kept

    def write_own_pages(self, not_there: dict[str, tuple[str, str, Kept]], front_door: tuple[str, Kept]) -> None:
        text, kept = front_door
        self.crawl.write(self.names.path(FRONT_DOOR), self.crawl.page(FRONT_DOOR, text, kept).encode())
        for file, (address, text, kept) in not_there.items():
            # Shown at any address that is not there, so its links begin at the root.
            self.crawl.write(file, self.crawl.page(address, text, kept, is_anywhere=True).encode())

    # Former addresses

    def write_redirects(self) -> None:
        self.on_step("Former addresses", 0, 1)
        found = redirects.collected(self.visitor, self.linking)
        base = urlsplit(self.site_url).path

        def link(end: str) -> str:
            return f"{base}/{public_path(self.names.path(end))}"

        self.crawl.write(redirects.NETLIFY, redirects.netlify(found, link, base).encode())
        self.crawl.write(redirects.NGINX, redirects.nginx(found, link, base).encode())
        olds = {redirect.old for redirect in found}
        for redirect in found:
            # Servers of files lead from the name of a folder into it.
            if f"{redirect.old}/" not in olds:
                self.write_stub(redirect)
        self.outcome.redirects = len(found)

    def write_stub(self, redirect: redirects.Redirect) -> None:
        path, end = self.names.path(redirect.old), self.names.path(redirect.end)
        if path == end or "?" in redirect.old:
            return
        if end.endswith(INDEX) != path.endswith(INDEX) or not end.endswith(INDEX):
            # A calendar program follows no page.
            (self.target / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.target / end, self.target / path)
            return
        language = self.crawl.kept[redirect.end].language or settings.LANGUAGE_CODE
        canonical = f"{self.site_url}/{public_path(end)}"
        with override(language):
            words = gettext("This page has moved")
        self.crawl.write(path, redirects.stub(relative_path(path, end), canonical, language, words).encode())

    def facts(self) -> dict:
        types = Counter(kept.media_type for kept in self.crawl.kept.values())
        outcome = self.outcome
        return {
            "made_at": self.moment.isoformat(),
            "site": settings.SITE_URL,
            "address": self.site_url,
            "languages": [code for code, _name in settings.LANGUAGES],
            "counts": {
                "answers": dict(sorted(types.items())),
                "redirects": outcome.redirects,
                "texts_in_search": outcome.texts_in_search,
                "choices_left_out": len(outcome.left_out),
                "broken_links": len(outcome.broken),
            },
            "links_to_nothing_on_the_site": dict(sorted(outcome.missing.items())),
            "broken_links": [one._asdict() for one in outcome.broken],
        }
