"""What was public in WordPress stays public, unless the checks that every editor's item passes find an error."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import override

from checks.looking import Known, look_at
from moving_in.bundles import Bundle
from moving_in.ledger import Ledger
from moving_in.models import MovedThing
from moving_in.report import Report
from moving_in.values import Values
from pictures.models import Picture

# Whether a linked item is public is for that item to say: both came from the same site, in whatever order.
OF_LINKS = frozenset(("link_not_public", "link_too_early", "link_to_nothing"))


def hold_back(planned: list[tuple[Bundle, Values]], ledger: Ledger, report: Report, *, keep_public: bool) -> None:
    """Say of each item that should be public what readers would stumble over; with an error it stays a draft."""
    items = {}
    for bundle, values in planned:
        if values.may_be_public:
            items[id(values)] = as_planned(bundle, values)
    if not items:
        return
    known = Known(items.values())
    with override("en"):
        for bundle, values in planned:
            if id(values) not in items:
                continue
            errors = [found for found in look_at(items[id(values)], known) if found.is_error]
            reasons = [found.text for found in errors if not leads_to_a_moved_item(found, known)]
            if not reasons:
                continue
            title = items[id(values)].__dict__.get(f"title_{bundle.source_language}", "")
            kept = "stays public (--keep-public)" if keep_public else "is a draft now"
            report.note("refused", f"“{title}” {kept}: {' '.join(dict.fromkeys(reasons))}", bundle.source.number)
            values.may_be_public = keep_public


def as_planned(bundle: Bundle, values: Values):
    """The item as it would be, apart from the row that is written."""
    item = type(bundle.item)()
    item.__dict__.update({name: value for name, value in bundle.item.__dict__.items() if name != "_state"})
    item._state.adding = False
    for name, value in values.columns.items():
        setattr(item, name, value)
    if item.picture_id:
        item.picture = Picture.objects.filter(pk=item.picture_id).first()
    return item


def leads_to_a_moved_item(found, known: Known) -> bool:
    if found.matter not in OF_LINKS:
        return False
    rows = known.target(found.values["address"]).rows
    return any(
        MovedThing.objects.filter(content_type=ContentType.objects.get_for_model(row), object_id=row.pk).exists()
        for row in rows
    )
