"""What a text of one post links to and shows, as it is found here."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urljoin, urlsplit

from django.utils.translation import override

from moving_in.address_keys import key_of, keys_to_try
from moving_in.leading import address_of
from moving_in.ledger import Ledger
from moving_in.media import Media
from moving_in.models import MovedThing, OldAddress
from moving_in.report import Report
from moving_in.staging import Staging
from moving_in.wxr.records import Item

KEPT_SCHEMES = ("mailto:", "tel:")
ATTACHMENT = re.compile(r"/\?attachment_id=(\d{1,18})")


class Neighbourhood:
    """All texts of an import share it: where old addresses lead, each looked up once while it is remembered."""

    def __init__(self, hosts: set[str], staging: Staging, ledger: Ledger, media: Media):
        self.hosts = hosts
        self.staging = staging
        self.ledger = ledger
        self.media = media
        self.place_of = lru_cache(20_000)(self._place_of)

    def is_of_old_site(self, address: str) -> bool:
        host = (urlsplit(address).hostname or "").lower().removeprefix("www.")
        return host in self.hosts

    def _place_of(self, key: str, language: str) -> str:
        """The path here of an old address; "" for one that leads nowhere. `language` is that of who links to it."""
        for one in keys_to_try(key):
            number = int(one.removeprefix("/?p=")) if one.startswith("/?p=") else self.staging.at_address(one)
            thing = self.ledger.thing(MovedThing.Kind.POST, str(number)) if number else None
            found = self.ledger.item(thing) if thing else None
            if found is not None:
                with override(thing.language):
                    return found.get_absolute_url()
            if (row := OldAddress.objects.filter(address=one).first()) and (
                place := address_of(row, only_public=False)
            ):
                return place
        return ""


class OfPost:
    """The surroundings of one text: see `moving_in.texts.markup.Surroundings`."""

    def __init__(self, near: Neighbourhood, item: Item, language: str, *, is_public: bool):
        self.near = near
        self.item = item
        self.language = language
        self.is_public = is_public

    @property
    def report(self) -> Report:
        return self.near.staging.report

    def note(self, subject: str, text: str) -> None:
        self.report.note(subject, text, self.item.number)

    def link(self, address: str) -> str:
        address = address.strip()
        if address.startswith(KEPT_SCHEMES):
            return address
        try:
            address = urljoin(self.item.link, address)
            parts = urlsplit(address)
            is_old = self.near.is_of_old_site(address)
        except ValueError:
            self.note("link", f"{address} is no address")
            return ""
        if parts.scheme not in ("http", "https") or not parts.netloc:
            self.note("link", f"{address} is no address of the web")
            return ""
        if not is_old:
            return address
        if found := self.near.media.document_at(address, self.language, is_public=self.is_public):
            return found
        if picture := self.near.media.picture_at(address, self.language):
            return picture.library_address
        key = key_of(address)
        if key == "/":
            return f"/{self.language}/"
        if key and (found := self.near.place_of(key, self.language)):
            return found
        self.note("link", f"{address}: the words stay, the link is gone")
        return ""

    def picture(self, address: str, alt: str = "") -> tuple[str, str] | None:
        if match := ATTACHMENT.fullmatch(address):
            attachment = self.near.staging.item(int(match[1]))
            address = attachment.file_address if attachment else ""
        try:
            address = urljoin(self.item.link, address)
        except ValueError:
            return None
        found = self.near.media.picture_at(address, self.language, alt)
        return (found.library_address, found.alt_in(self.language)) if found else None


class Silent:
    """For a text that is only looked at: nothing is taken over, linked or told."""

    def link(self, address: str) -> str:
        return address

    def picture(self, address: str, alt: str = "") -> None:
        return None

    def note(self, subject: str, text: str) -> None:
        pass
