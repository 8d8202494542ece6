"""Every item that is public, or will be by itself, looked at in portions."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone

from checks.addresses import is_external
from checks.findings import Finding
from checks.looking import Known, findings_of_several, with_what_checks_read
from checks.models import ExternalAddress, KeptFinding
from publishing.models import Publishable
from publishing.shown_state import ShownState, in_shown_state

PORTION = 100


# Without a state: menu entries and the like; see `always_shown`.
ALWAYS_SHOWN: list[type[models.Model]] = []


def always_shown(*kinds: type[models.Model]) -> None:
    """Says that rows of these models stand on pages without being published, and are to be looked at as well."""
    ALWAYS_SHOWN.extend(kinds)


def checked_models() -> list[type[models.Model]]:
    """Of what is published and taken back."""
    return [model for model in apps.get_models() if issubclass(model, Publishable)]


def looked_at_models() -> list[type[models.Model]]:
    """Of all that readers meet."""
    return [*checked_models(), *ALWAYS_SHOWN]


def portions(model) -> Iterator[list]:
    """The model's public and scheduled items, a few at a time: no more than these are ever in memory."""
    rows = with_what_checks_read(model._base_manager.order_by("pk"))
    if issubclass(model, Publishable):
        rows = rows.filter(in_shown_state(ShownState.PUBLISHED) | in_shown_state(ShownState.SCHEDULED))
    last = 0
    while portion := list(rows.filter(pk__gt=last)[:PORTION]):
        last = portion[-1].pk
        yield portion


def check_site(
    keep: bool = True, after_portion: Callable[[type, int], None] | None = None
) -> Iterator[tuple[models.Model, list[Finding]]]:
    """Yields each item with its findings; with `keep`, the desk's table says the same afterwards."""
    begun = timezone.now()
    for model in looked_at_models():
        for items in portions(model):
            found = findings_of_several(items)
            if keep:
                keep_findings(items, found)
            yield from zip(items, found, strict=True)
            if after_portion:
                after_portion(model, len(items))
    if keep:
        # Of items that were deleted, or taken off the site, since the last time.
        KeptFinding.objects.filter(found_at__lt=begun).delete()


def keep_findings(items, found) -> None:
    """What is known of these items from now on. They are of one model."""
    if not items:
        return
    kind, now = items[0]._meta.label_lower, timezone.now()
    rows = [
        KeptFinding(
            kind=kind,
            item=item.pk,
            title=str(item)[:300],
            severity=one.severity,
            matter=one.matter,
            field=one.field,
            language=one.language,
            values=dict(one.values),
            found_at=now,
        )
        for item, own in zip(items, found, strict=True)
        for one in own
        if one.is_kept
    ]
    with transaction.atomic():
        KeptFinding.objects.filter(kind=kind, item__in=[item.pk for item in items]).delete()
        KeptFinding.objects.bulk_create(rows, batch_size=100)


def note_external_addresses() -> int:
    """Brings the list of addresses on other sites up to date; returns how many there are."""
    linked = set()
    for model in looked_at_models():
        for items in portions(model):
            known = Known(items)
            linked |= {address for item in items for address in known.addresses(item) if is_external(address)}
    linked = {address for address in linked if len(address) <= ExternalAddress._meta.get_field("address").max_length}
    noted = dict(ExternalAddress.objects.values_list("address", "pk"))
    ExternalAddress.objects.bulk_create(
        [ExternalAddress(address=address) for address in sorted(linked - noted.keys())],
        batch_size=100,
        ignore_conflicts=True,
    )
    gone = [pk for address, pk in noted.items() if address not in linked]
    for start in range(0, len(gone), 500):
        ExternalAddress.objects.filter(pk__in=gone[start : start + 500]).delete()
    return len(linked)
