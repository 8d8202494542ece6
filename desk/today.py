"""Today at a glance: what stands above the tasks on the front page of the admin.

An app adds a block in its own module `today`; autodiscovery reads these. A block asks the same number of queries for
any number of items, shows what the person may see and nothing else, and leads to the work with one click. Where there
is nothing to say, it is None.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import get_language, gettext, ngettext

from checks.findings import Severity
from checks.models import KeptFinding
from checks.site import checked_models
from desk.findings_admin import findings_shown_to
from desk.models import WorkingCopy
from desk.scope import shown_rows
from publishing.admin_address import admin_address
from publishing.date_text import date_text
from publishing.dates import EdtfDate
from publishing.models import State
from publishing.shown_state import ShownState, in_shown_state, moment_text
from publishing.slugs import languages

MOST_LINES = 5
# My drafts are looked for among what I did last; beyond that, they are hardly in my mind.
MOST_ACTS = 300


@dataclasses.dataclass(frozen=True)
class Line:
    """`text` is what is clicked on; `count` stands before it, `note` behind it. `tone` is "error" or "soon"."""

    text: str
    address: str
    count: int | None = None
    note: str = ""
    language: str = ""
    tone: str = ""


@dataclasses.dataclass(frozen=True)
class Block:
    """Lines about one thing. `kind` is "work" for counts of what waits, "items" for a few items by name."""

    key: str
    title: str
    lines: list[Line]
    kind: str = "items"
    more: str = ""
    more_text: str = ""


BlockOf = Callable[[HttpRequest], Block | None]
BLOCKS: dict[int, BlockOf] = {}


def block_of_today(place: int):
    """Registers a block; the lowest place comes first."""

    def register(block: BlockOf) -> BlockOf:
        if place in BLOCKS:
            raise ValueError(f"Two blocks at {place}: {BLOCKS[place].__module__}, {block.__module__}")
        BLOCKS[place] = block
        return block

    return register


def today(request) -> dict:
    """{"date": "3 May 2025", "work": […], "items": […]}"""
    found = [block(request) for place, block in sorted(BLOCKS.items())]
    found = [block for block in found if block and block.lines]
    kinds = {kind: [block for block in found if block.kind == kind] for kind in ("work", "items")}
    return {"date": date_text(EdtfDate.from_days(localdate()), get_language() or settings.LANGUAGE_CODE), **kinds}


def admin_for(model) -> admin.ModelAdmin | None:
    return admin.site._registry.get(model)


def changeable_admins(request) -> list[admin.ModelAdmin]:
    """Of what can be published, those kinds that the person may change."""
    admins = [admin_for(model) for model in checked_models()]
    return [own for own in admins if own is not None and own.has_change_permission(request)]


# --- items by name, of all kinds in one query ---


def named_rows(request, admins: Iterable, condition: Callable[[type], Q], moment: str, latest_first=False) -> list:
    """[(kind, pk, moment, source language, a title for each language), …], a few of all these kinds together."""
    parts = []
    for own in admins:
        titles = {f"named_{code}": F(name) for code, name in title_lookups(own.model).items()}
        rows = shown_rows(request, own).filter(condition(own.model)).order_by()
        rows = rows.annotate(
            named_kind=Value(own.model._meta.label_lower),
            named_at=F(moment),
            named_in=source_lookup(own.model),
            **titles,
        )
        parts.append(rows.values_list("named_kind", "pk", "named_at", "named_in", *titles))
    if not parts:
        return []
    first, *others = parts
    order = "-named_at" if latest_first else "named_at"
    return list((first.union(*others, all=True) if others else first).order_by(order)[:MOST_LINES])


def title_lookups(model) -> dict[str, str]:
    """{language: the column that names an item in it}; a related one where an item borrows its texts."""
    names = {field.name for field in model._meta.concrete_fields}
    title = getattr(model, "title_field", "title")
    if f"{title}_{languages()[0]}" in names:
        return {code: f"{title}_{code}" for code in languages()}
    if title in names:
        return dict.fromkeys(languages(), title)
    other = next(field for field in model._meta.concrete_fields if field.one_to_one)
    return {code: f"{other.name}__{name}" for code, name in title_lookups(other.related_model).items()}


def source_lookup(model):
    """The language that an item was first written in; "" where its name is no text to translate."""
    if any(field.name == "source_language" for field in model._meta.concrete_fields):
        return F("source_language")
    return Value("")


def line_of(row, tone: str = "") -> Line:
    """A row of `named_rows`, in the editor's language if it has a title in it."""
    kind, pk, moment, source, *titles = row
    by_language = dict(zip(languages(), titles, strict=True))
    language = next((code for code in (get_language(), source, *languages()) if by_language.get(code)), "")
    model = apps.get_model(kind)
    return Line(
        text=by_language.get(language) or gettext("(no title)"),
        language=language if len(set(titles)) > 1 else "",
        address=admin_address(kind, pk),
        note=f"{capfirst(model._meta.verbose_name)} · {moment_text(moment)}",
        tone=tone,
    )


def copies_in_reach(request, admins) -> QuerySet:
    """Working copies of the items that the person may change."""
    kinds = ContentType.objects.get_for_models(*(own.model for own in admins))
    wanted = Q(pk__in=[])
    for own in admins:
        rows = shown_rows(request, own)
        part = Q(content_type=kinds[own.model])
        wanted |= part & Q(object_id__in=rows.values("pk")) if rows.query.where else part & Q(object_id__isnull=False)
    return WorkingCopy.objects.filter(wanted).defer("data").select_related("content_type")


def line_of_copy(copy, note: str, tone: str = "", page: str = "change") -> Line:
    """One that was begun and never saved has no item, and comes back on the page that adds one."""
    model = copy.content_type.model_class()
    if copy.object_id is None:
        address = f"{admin_address(model, page='add')}?begun={copy.pk}"
    else:
        address = admin_address(model, copy.object_id, page)
    return Line(
        copy.title or gettext("(no title)"), address, note=f"{capfirst(model._meta.verbose_name)} · {note}", tone=tone
    )


@block_of_today(45)
def failed_copies(request) -> Block | None:
    """Changes that were to go public by themselves and could not; who scheduled them has a letter, too."""
    failed = copies_in_reach(request, changeable_admins(request)).exclude(failure="").order_by("-publish_at", "-pk")
    lines = [
        line_of_copy(copy, moment_text(copy.publish_at), tone="error", page="working_copy")
        for copy in failed[:MOST_LINES]
    ]
    return Block("failed_copies", gettext("Could not be published"), lines)


@block_of_today(50)
def my_drafts(request) -> Block | None:
    """The drafts that the person worked on, the last changed first, and working copies that they saved last.

    The drafts are known from the log of the admin.
    """
    admins = changeable_admins(request)
    kinds = {
        kind.pk: model for model, kind in ContentType.objects.get_for_models(*(own.model for own in admins)).items()
    }
    acts = LogEntry.objects.filter(user=request.user, content_type__in=kinds).exclude(action_flag=DELETION)
    touched: dict[type, set[int]] = {}
    for kind, key in acts.order_by("-action_time", "-pk").values_list("content_type", "object_id")[:MOST_ACTS]:
        if key and key.isdecimal():
            touched.setdefault(kinds[kind], set()).add(int(key))
    rows = named_rows(
        request,
        admins,
        # For a kind without any, a condition that the database answers without looking; `pk__in=()` would leave out
        # the part, and with it the first one, which names the columns.
        lambda model: Q(state=State.DRAFT, pk__in=touched.get(model) or [0]),
        moment="updated_at",
        latest_first=True,
    )
    mine = copies_in_reach(request, admins) | WorkingCopy.objects.filter(object_id=None, content_type__in=kinds)
    copies = list(mine.filter(changed_by=request.user).order_by("-changed_at", "-pk")[:MOST_LINES])
    # The copy of a draft is what was typed last in it.
    copied = {(copy.content_type.model_class()._meta.label_lower, copy.object_id) for copy in copies}
    lines = [(row[2], line_of(row)) for row in rows if (row[0], row[1]) not in copied]
    lines += [(copy.changed_at, line_of_copy(copy, said_of_copy(copy))) for copy in copies]
    lines.sort(key=lambda line: line[0], reverse=True)
    return Block("drafts", gettext("My drafts"), [line for _moment, line in lines[:MOST_LINES]])


def said_of_copy(copy) -> str:
    """What became of it so far, and when."""
    if copy.failure:
        return gettext("changes could not be published")
    if copy.publish_at:
        return gettext("changes scheduled for %(moment)s") % {"moment": moment_text(copy.publish_at)}
    if copy.object_id is None:
        return gettext("begun on %(moment)s, not complete yet") % {"moment": moment_text(copy.changed_at)}
    return gettext("changes not public, %(moment)s") % {"moment": moment_text(copy.changed_at)}


@block_of_today(60)
def scheduled_next(request) -> Block | None:
    """What will show by itself, the next first."""
    rows = named_rows(
        request,
        changeable_admins(request),
        lambda model: in_shown_state(ShownState.SCHEDULED),
        moment="publish_at",
    )
    return Block("scheduled", gettext("Showing next"), [line_of(row) for row in rows])


@block_of_today(30)
def failing_checks(request) -> Block | None:
    """How many errors and pieces of advice the checks know of."""
    own = admin_for(KeptFinding)
    if not own.has_view_permission(request):
        return None
    counts = dict(findings_shown_to(request).order_by().values_list("severity").annotate(Count("pk")))
    address = admin_address(KeptFinding)
    lines = []
    if errors := counts.get(Severity.ERROR, 0):
        text = ngettext("error that readers meet", "errors that readers meet", errors)
        lines.append(Line(text, f"{address}?severity=error", count=errors, tone="error"))
    if advice := counts.get(Severity.ADVICE, 0):
        text = ngettext("piece of advice", "pieces of advice", advice)
        lines.append(Line(text, f"{address}?severity=advice", count=advice))
    return Block("checks", gettext("Checks"), lines, kind="work")
