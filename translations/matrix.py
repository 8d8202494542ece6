"""What the matrix shows: items by languages, with a link for each cell, and the counts above it."""

from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils.text import capfirst

from translations.kinds import kinds
from translations.models import State
from translations.rights import admin_of

# Told by sign and word; colour only repeats them.
SIGNS = {State.MISSING: "○", State.STALE: "◐", State.FRESH: "●"}


@dataclass(frozen=True)
class Cell:
    code: str
    language: str
    state: str = ""  # "" where there is nothing to translate
    label: str = ""
    sign: str = ""
    is_source: bool = False
    href: str = ""
    open: int = 0  # how many texts need work, of how many
    texts: int = 0
    since: object = None


@dataclass(frozen=True)
class MatrixRow:
    title: str
    language: str
    kind: str
    href: str
    cells: list[Cell]


def columns(languages):
    return [(code, name) for code, name in settings.LANGUAGES if code in languages]


def rows(items, languages, query):
    """`query` is the list's own, which the links carry on, so that "save and next" stays within it."""
    named = {name: capfirst(kind.model._meta.verbose_name) for name, kind in kinds().items()}
    change = change_addresses()
    return [
        MatrixRow(
            title=item.title,
            language=item.source_language,
            kind=named.get(item.kind, item.kind),
            href=change(item),
            cells=cells(item, languages, query),
        )
        for item in items
    ]


def cells(item, languages, query):
    statuses = {status.language: status for status in item.statuses.all()}
    found = []
    for code, name in columns(languages):
        status = statuses.get(code)
        if code == item.source_language:
            found.append(Cell(code, name, is_source=True))
        elif status is None:
            found.append(Cell(code, name))
        else:
            state = State(status.state)
            found.append(
                Cell(
                    code,
                    name,
                    state=state.value,
                    label=state.label,
                    sign=SIGNS[state],
                    href=page_address(item.pk, code, query),
                    open=status.missing + status.stale,
                    texts=status.texts,
                    since=status.since,
                )
            )
    return found


def change_address(item):
    """The item's own form; "" where it has none."""
    return change_addresses()(item)


def change_addresses():
    """A function that gives the address of an item's form. The router is asked once a kind, and not for each row."""

    @cache
    def around(name):
        kind = kinds().get(name)
        if kind is None or admin_of(kind) is None:
            return None
        opts = kind.model._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[0]).rsplit("0", 1)

    def address(item):
        parts = around(item.kind)
        return f"{parts[0]}{item.item}{parts[1]}" if parts else ""

    return address


@cache
def list_address(script_prefix):
    """The matrix itself. `script_prefix` is where the site stands on its server; every address begins with it."""
    return reverse("admin:translations_translateditem_changelist")


def page_address(pk, language, query=""):
    """The translator's page. It stands below the list; the router is asked once, as a matrix has hundreds of them."""
    address = f"{list_address(get_script_prefix())}{pk}/{language}/"
    return f"{address}?{query}" if query else address


def carried(query, **changes):
    """The list's filters and search as the query of a link; its page number stays behind."""
    query = query.copy()
    for name in ("p", "all"):
        query.pop(name, None)
    for name, value in changes.items():
        query[name] = value
    return query.urlencode()


def count_table(counts, languages, query):
    """[(code, language, [(state, sign, number, link)])]"""

    def entry(code, state):
        link = carried(query, language=code, state=state.value)
        return state, SIGNS[state], counts.get((code, state), 0), f"?{link}"

    return [(code, name, [entry(code, state) for state in State]) for code, name in columns(languages)]
