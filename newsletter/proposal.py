"""What an issue could hold: the new public items of a period, section by section, for the editor to keep or drop."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone

from agenda.models import Event
from experiences.models import FocusIssue
from news.models import Post
from newsletter.digest import issues_before
from newsletter.holdings import HOLDINGS, Holding, Section, holding_of, linked
from newsletter.models import Issue, IssuePart
from newsletter.newly_public import newly_public
from translations.texts import original_language

WEEKS_AHEAD = 12
# Where there is no issue yet.
FIRST_PERIOD = timedelta(days=31)
NEWEST_FIRST = {Post: ["-date", "-pk"], FocusIssue: ["-number"]}


def since_last_issue(now: datetime | None = None, audience: str = Issue.Audience.EVERYBODY) -> datetime:
    """Until when the last issue for these readers had gathered its items; a month ago where there is none."""
    last = issues_before(audience).values_list("period_end", "started_at").first()
    if last is None:
        return (now or timezone.now()) - FIRST_PERIOD
    return last[0] or last[1]


def propose(issue: Issue, *, weeks_ahead: int = WEEKS_AHEAD) -> list[IssuePart]:
    """Add a part for each item that is new in the issue's period, and for the next dates. Returns the added parts.

    Left out: what the issue holds already, kept or dropped, and what an earlier issue brought to the same readers,
    except for dates. The same number of queries for any number of items.
    """
    end = issue.period_end or timezone.now()
    start = issue.period_start or since_last_issue(end, issue.audience)
    there = set(issue.parts.values_list("content_type_id", "object_id"))
    earlier = IssuePart.objects.filter(issue__in=issues_before(issue.audience).order_by(), is_kept=True)
    brought = set(earlier.values_list("content_type_id", "object_id"))
    added = []
    for holding in filter(lambda holding: holding.most, HOLDINGS):
        is_dates = holding.model is Event
        items = next_dates(end, weeks_ahead) if is_dates else newest_first(holding, newly_public(holding, start, end))
        kind = holding.content_type.pk
        taken = there if is_dates else there | brought
        items = [item for item in items if (kind, item.pk) not in taken][: holding.most]
        added += parts_of(issue, holding, items)
    added = without_doubles(added)
    number_parts(issue, added)
    return IssuePart.objects.bulk_create(added)


def next_dates(moment: datetime, weeks: int) -> models.QuerySet:
    """Events and deadlines that begin within so many weeks, or are going on; what was called off is no date."""
    events = holding_of(Event).public(moment).exclude(status=Event.Status.CANCELLED)
    return events.upcoming(moment).filter(starts_at__lte=moment + timedelta(weeks=weeks))


def newest_first(holding: Holding, rows: models.QuerySet) -> models.QuerySet:
    return rows.order_by(*NEWEST_FIRST.get(holding.model, ["-pk"]))


def parts_of(issue: Issue, holding: Holding, items: list) -> list[IssuePart]:
    """Unsaved rows, in the items' order. One query for the networks of all of them."""
    networks = linked(holding, holding.networks, [item.pk for item in items])
    return [
        IssuePart(
            issue=issue,
            section=holding.section_for(networks.get(item.pk, ())),
            content_type=holding.content_type,
            object_id=item.pk,
            item=item,
            source_language=original_language(item),
        )
        for item in items
    ]


def without_doubles(parts: list[IssuePart]) -> list[IssuePart]:
    """A record that a Focus Experience features stands there, and not in the bank as well."""
    featured = {part.item.experience_id for part in parts if part.section == Section.FOCUS}
    return [part for part in parts if not (part.section == Section.BANK and part.object_id in featured)]


def number_parts(issue: Issue, parts: list[IssuePart]) -> None:
    """After those that each section has already, in tens, so that a number in between moves a part."""
    rows = issue.parts.order_by().values_list("section").annotate(models.Max("order"))
    last = dict(rows)
    for part in parts:
        last[part.section] = part.order = last.get(part.section, 0) + 10


def add_item(issue: Issue, item: models.Model) -> IssuePart:
    """Put one item into the issue; one that was dropped is kept again. Two at once make one part."""
    holding = holding_of(type(item))
    [part] = parts_of(issue, holding, [item])
    number_parts(issue, [part])
    part, made = IssuePart.objects.get_or_create(
        issue=issue,
        content_type=holding.content_type,
        object_id=item.pk,
        defaults={"section": part.section, "order": part.order, "source_language": part.source_language},
    )
    if not made and not part.is_kept:
        IssuePart.objects.filter(pk=part.pk).update(is_kept=True)
        part.is_kept = True
    return part
