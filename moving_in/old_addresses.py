"""Writes down where old addresses lead, and never over what a webmaster wrote there."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models

from moving_in.address_keys import host_and_path, key_of
from moving_in.models import OldAddress
from moving_in.report import Report
from moving_in.wxr.records import Item


class OldAddresses:
    def __init__(self, report: Report):
        self.report = report
        self.waiting: dict[str, tuple[OldAddress, int]] = {}

    def add(self, item: models.Model, language: str, keys: list[str], number: int) -> None:
        """They lead to an item, in one of its languages."""
        content_type = ContentType.objects.get_for_model(item)
        for key in filter(leads_from, keys):
            row = OldAddress(address=key, content_type=content_type, object_id=item.pk, language=language)
            self.wait(row, number)

    def add_path(self, key: str, path: str) -> None:
        """It leads to a page of this site that is no item: a list, a feed."""
        if leads_from(key) and key != path.rstrip("/"):
            self.wait(OldAddress(address=key, leads_to=path), 0)

    def wait(self, row: OldAddress, number: int) -> None:
        other = self.waiting.setdefault(row.address, (row, number))[0]
        if target(other) != target(row) and number:
            self.report.note("address", f"{row.address} leads to another item of the export already", number)

    def write(self) -> None:
        """Those that were added since the last time; two queries."""
        waiting, self.waiting = self.waiting, {}
        keys, known = list(waiting), {}
        for start in range(0, len(keys), 500):
            known |= {row.address: row for row in OldAddress.objects.filter(address__in=keys[start : start + 500])}
        for key, (row, number) in waiting.items():
            if key in known and target(known[key]) != target(row) and number:
                self.report.note("address", f"{key} leads to something else here", number)
        new = [row for key, (row, _number) in waiting.items() if key not in known]
        OldAddress.objects.bulk_create(new, ignore_conflicts=True, batch_size=200)
        if new:
            self.report.count("old addresses that lead here now", len(new))


def leads_from(key: str) -> bool:
    """The old home page is the new one."""
    return bool(key) and key != "/" and len(key) <= 400


def target(row: OldAddress) -> tuple:
    return row.leads_to, row.content_type_id, row.object_id


def site_name(address: str) -> str:
    """ "example.org/blog" of "https://www.example.org/blog/": the same whether it had https at the time or not."""
    host, path = host_and_path(address)
    return f"{host.removeprefix('www.') or 'wordpress'}{path.rstrip('/')}"[:200]


def host_of(address: str) -> str:
    return host_and_path(address)[0].removeprefix("www.")


def old_keys(item: Item) -> list[str]:
    """Every address that a post had: by its number, its link, those before it, and the one that never changes."""
    keys = [f"/?p={item.number}"]
    for address in (item.link, item.guid):
        # A copied post keeps the number of the first in its guid.
        if address.startswith(("http://", "https://", "/")) and (key := key_of(address)) and "/?p=" not in key:
            keys.append(key)
    path = host_and_path(item.link)[1].rstrip("/")
    if item.name and path:
        above = path.rpartition("/")[0]
        keys += [key for slug in item.meta.get("_wp_old_slug", "").split() if (key := key_of(f"{above}/{slug}/"))]
    return [key for key in dict.fromkeys(keys) if key != "/"]
