"""What becomes of a link: into a file of the export from wherever it stands, or away where there is none."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import urlsplit

from iaec_site.static_export.addresses import Places, Target, becomes_a_file, has_no_choices, is_choice
from iaec_site.static_export.file_names import FileNames, public_path

_HOPS = 10


class Linking:
    """Knows all addresses that were met, and once they have all been asked for, what they are.

    `site_url`: the address at which the export will stand, perhaps with a path; what is absolute by its nature (feeds,
    sitemaps, canonical links) begins with it.
    """

    def __init__(self, origin: str, site_url: str, names: FileNames):
        self.places = Places(origin)
        self.names = names
        self.site_url = site_url.rstrip("/")
        # {address: the page that was the first to lead there}, in the order in which they were met
        self.met: dict[str, str] = {}
        self.left_out: dict[str, str] = {}
        self.moved: dict[str, str] = {}
        self.missing: dict[str, str] = {}
        self.is_settled = False
        self._origin = re.compile(
            rf"(?:https?|webcal)://{re.escape(self.places.host)}(?![\w.:-])(?P<rest>(?:[^\s\"'<>\\\x00-\x1f),]|\\u0026)*)",
            re.IGNORECASE,
        )

    def meet(self, address: str, page: str = "") -> None:
        self.met.setdefault(address, page)

    def target(self, link: str, page: str) -> Target | None:
        """Where a link on a page leads if it leads to this site; None for anything else."""
        target = self.places.target(link, page)
        if target is None:
            return None
        if is_choice(target.address) and has_no_choices(path := target.address.partition("?")[0]):
            target = target._replace(address=path)
        if becomes_a_file(target.address):
            self.meet(target.address, page)
        else:
            self.left_out.setdefault(target.address, page)
        return target

    def end_of(self, address: str) -> str | None:
        """Where an address leads in the end; None for what is no part of the export."""
        for _ in range(_HOPS):
            if address not in self.moved:
                is_there = address in self.met and address not in self.missing
                return address if is_there or not self.is_settled else None
            address = self.moved[address]
        return None

    def relative(self, link: str, page: str) -> str | None:
        """The link as it stands in the page's file, or to another site; None for what is no part of the export."""
        target = self.target(link, page)
        if target is None:
            return link
        if not self.is_settled:
            return link
        if urlsplit(link.strip()).scheme == "webcal":
            return self.absolute(link, page)
        end = self.end_of(target.address)
        if end is None:
            return None
        fragment = f"#{target.fragment}" if target.fragment else ""
        if end == page and fragment:
            return fragment
        return relative_path(self.names.path(page), self.names.path(end)) + fragment

    def to_file(self, path: str, page: str) -> str:
        """From a page to a file of the export, or a folder with a slash at its end, that is no page of the site."""
        return relative_path(self.names.path(page), path)

    def absolute(self, link: str, page: str) -> str | None:
        """The same with scheme and host."""
        target = self.target(link, page)
        if target is None or not self.is_settled:
            return link
        end = self.end_of(target.address)
        if end is None:
            return None
        address = f"{self.site_url}/{public_path(self.names.path(end))}"
        if link.lower().startswith("webcal:"):
            address = "webcal" + address[address.index(":") :]
        return address + (f"#{target.fragment}" if target.fragment else "")

    def from_root(self, link: str, page: str) -> str | None:
        """The same from the root of the server, for a page that is shown at any address."""
        found = self.absolute(link, page)
        host = urlsplit(self.site_url)
        start = f"{host.scheme}://{host.netloc}"
        return found.removeprefix(start) if found else found

    def in_text(self, text: str, page: str, *, ampersand: str = "&") -> str:
        """Every whole address of this site within a text. `ampersand` is how the text writes one.

        What leads to no file stays the address that it is on the site, with the new beginning.
        """

        def new(match: re.Match) -> str:
            whole = match[0]
            # The full stop of a sentence, and the asterisk of a pattern.
            end = len(whole.rstrip(".,;:!?*"))
            whole, rest = whole[:end], whole[end:]
            if "{" in whole:
                # A template for a search (OpenSearch, schema.org).
                whole, _, template = whole.partition("?")
                found = self.absolute(whole, page)
                return (found or self.moved_host(whole)) + f"?{template}{rest}"
            plain = whole.replace("\\u0026", "&").replace(ampersand, "&")
            found = self.absolute(plain, page) or self.moved_host(plain)
            return found.replace("&", ampersand) + rest

        return self._origin.sub(new, text)

    def moved_host(self, link: str) -> str:
        match = self._origin.match(link)
        return self.site_url + match["rest"] if match else link


def relative_path(start: str, end: str) -> str:
    """From one file to another, both seen from the folder of the export, as a link says it."""
    here, there = posixpath.dirname(public_path(start) + "x"), public_path(end)
    folder, name = posixpath.split(there)
    way = posixpath.relpath(folder or ".", here or ".")
    way = "" if way == "." else f"{way}/"
    link = way + name
    if not link:
        return "./"
    # “a:b” would begin with a scheme.
    return f"./{link}" if ":" in link.partition("/")[0] else link
