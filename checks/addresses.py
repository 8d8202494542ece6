"""Where an address leads: to a page of the site that the public may see or not, to nothing, or elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import models
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from publishing.former_slugs import had_in_any_language

OTHER_SCHEMES = ("mailto", "tel")


@dataclass(frozen=True)
class PageOf:
    """A URL by whose `key` an item is found."""

    model: type[models.Model]
    key: str = "slug"
    related: tuple[str, ...] = ()


# URL name: what it shows. Names that are not here are lists and the like, which are always there.
PAGES: dict[str, PageOf] = {}
PROBES: dict[str, Callable[[dict], bool]] = {}


def page_of(name: str, model, key: str = "slug", related: Iterable[str] = ()) -> None:
    """Says that the URL of this name shows an item; `related` are rows that decide whether the public may see it."""
    PAGES[name] = PageOf(model, key, tuple(related))


def probe(name: str, is_there: Callable[[dict], bool]) -> None:
    """Says how to find out whether there is something at a URL that shows no item; it is given its arguments."""
    PROBES[name] = is_there


@dataclass
class Target:
    """`kind`: "page", "item" (then `rows` are those that the address may mean), "missing", "staff", "incomplete",
    "inside" (a place in the same text), "elsewhere"."""

    kind: str
    rows: list = field(default_factory=list)


def own_hosts() -> set[str]:
    hosts = {host.strip("[]").lower() for host in settings.ALLOWED_HOSTS if not host.startswith((".", "*"))}
    return hosts | {(urlsplit(settings.SITE_URL).hostname or "").lower()}


def is_external(address: str) -> bool:
    """Whether it leads to another site."""
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and (parts.hostname or "").lower() not in own_hosts()
    except ValueError:
        return False


def targets(addresses: Iterable[str]) -> dict[str, Target]:
    """Of all these addresses, in two queries at most for each kind of item, however many there are."""
    found, wanted = {}, {}
    for address in set(addresses):
        path = path_of(address)
        if isinstance(path, Target):
            found[address] = path
            continue
        target = resolved(path)
        if isinstance(target, Target):
            found[address] = target
        else:
            wanted[address] = target
    for page in {page for page, key in wanted.values()}:
        keys = {address: key for address, (other, key) in wanted.items() if other == page}
        rows = rows_of(page, set(keys.values()))
        for address, key in keys.items():
            found[address] = Target("item", rows[key]) if rows.get(key) else Target("missing")
    return found


def path_of(address: str) -> str | Target:
    """The path on this site, or what else the address is."""
    try:
        parts = urlsplit(address)
        host = (parts.hostname or "").lower()
    except ValueError:
        return Target("incomplete")
    if parts.scheme in OTHER_SCHEMES:
        return Target("elsewhere")
    if host:
        return unquote(parts.path) or "/" if host in own_hosts() else Target("elsewhere")
    if parts.scheme:
        return Target("incomplete")
    if not parts.path:
        return Target("inside")
    return unquote(parts.path) if parts.path.startswith("/") else Target("incomplete")


def resolved(path: str) -> Target | tuple[PageOf, str]:
    """What the site's own URLs say, in the language that the path begins with."""
    if path.startswith(settings.STATIC_URL):
        return Target("page")
    with override(get_language_from_path(path)):
        try:
            match = resolve(path)
        except Resolver404:
            try:
                match = resolve(f"{path}/")  # Django sends on whoever forgets it
            except Resolver404:
                return Target("missing")
    if "admin" in match.namespaces:
        return Target("staff")
    if match.view_name in PROBES:
        return Target("page" if PROBES[match.view_name](match.kwargs) else "missing")
    page = PAGES.get(match.view_name)
    return (page, str(match.kwargs[page.key])) if page else Target("page")


def rows_of(page: PageOf, keys: set[str]) -> dict[str, list]:
    """{key: the items that it may mean}: those that have it now go before those that once had it."""
    rows = page.model._base_manager.select_related(*page.related).order_by("pk")
    columns = own_columns(page)
    lists = {name for name in columns.values() if name}
    condition = models.Q()
    for name in lists:
        condition |= models.Q(**{f"{name}__in": keys})
    found = {}
    for row in rows.filter(condition):
        for value in {str(getattr(row, name)) for name in lists} & keys:
            found.setdefault(value, []).append(row)
    lost = keys - found.keys()
    if lost and hasattr(page.model, "former_slugs"):
        for row in had_in_any_language(rows, lost):
            for key in lost:
                if any(row.had_slug(language, key) for language in columns):
                    found.setdefault(key, []).append(row)
    return found


def own_columns(page: PageOf) -> dict[str, str]:
    """{language: column}, as the model has its slugs; the one column of any other key."""
    return page.model().slug_columns() if page.key == "slug" else {"": page.key}
