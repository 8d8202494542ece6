"""Which addresses of the site become files.

A path does. Of the addresses with a query, those pages do that are linked and of which there are as many as there are
items: the pages of a list, and one choice from it (`?theme=childhood`). Of two or more choices at once there are more
than anybody could keep, and they grow with each facet; only the pairs that one table of the site leads to are taken.
Feeds, calendars and data are had of the whole list. Months have no choice: there would be one for each of them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.translation import override

# Which part of a list is shown: no choice of what is in it.
PARTS = frozenset({"page", "p", "when", "tentative"})
# As a table, which the whole list is to be had as.
VIEW = "view"
# What the table of principles and goals leads to.
PAIRS = (frozenset({"principle", "sdg"}),)
# Every choice of the bank has a table of principles and goals, whose figures are choices again; every month of the
# agenda, too, could be had of each kind, network and country.
WITHOUT_CHOICE = frozenset({"experiences:experience_matrix", "agenda:event_month"})
# Words that somebody types have no end.
TYPED = "q"
# What stands in a path as it is.
SAFE = "/~!$&'()*+,;=:@-._"


class Target(NamedTuple):
    """Where a link leads: an address of this site in its one spelling, and the place in it; "" for none."""

    address: str
    fragment: str


def normal(path: str, query: str = "") -> str:
    """The one spelling of an address: parameters in order, empty ones and the first page left out."""
    path = quote(unquote(path, errors="surrogateescape"), safe=SAFE, errors="surrogateescape")
    pairs = sorted({pair for pair in parse_qsl(query) if pair not in {("page", "1"), ("p", "1")}})
    return f"{path}?{urlencode(pairs)}" if pairs else path


def parameters_of(address: str) -> list[tuple[str, str]]:
    return parse_qsl(address.partition("?")[2])


def becomes_a_file(address: str) -> bool:
    """Whether an address in its one spelling is among those that are kept."""
    names = [name for name, _ in parameters_of(address)]
    choices = [name for name in names if name not in PARTS]
    if TYPED in names or len(names) != len(set(names)):
        return False
    if not address.partition("?")[0].endswith("/"):
        return not choices
    return len(choices) <= 1 or frozenset(choices) in PAIRS


def is_choice(address: str) -> bool:
    """Whether a page shows some of a list, chosen by what is in it."""
    return any(name not in PARTS and name != VIEW for name, _ in parameters_of(address))


@lru_cache(10_000)
def has_no_choices(path: str) -> bool:
    """Whether a page stands in for every choice of itself."""
    language = path.split("/")[1]
    try:
        # An address is found in the language that is active, which here is any.
        with override(language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE):
            return resolve(unquote(path)).view_name in WITHOUT_CHOICE
    except Resolver404:
        return False


class Places:
    """Tells the site's own addresses from others. `origin` is where it answers: scheme and host."""

    def __init__(self, origin: str):
        self.origin = origin
        self.host = urlsplit(origin).netloc.lower()

    def target(self, link: str, base: str = "/") -> Target | None:
        """Where a link on the page at `base` leads; None for other sites, mail, and what is no address."""
        try:
            parts = urlsplit(urljoin(self.origin + base, link.strip()))
        except ValueError:
            return None
        if parts.scheme not in {"http", "https", "webcal"} or parts.netloc.lower() != self.host:
            return None
        return Target(normal(parts.path or "/", parts.query), parts.fragment)
