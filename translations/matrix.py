"""What the matrix shows: items by languages, with a link for each cell, and the counts above it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
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
    return [
        MatrixRow(
            title=item.title,
            language=item.source_language,
            kind=capfirst(kinds()[item.kind].model._meta.verbose_name) if item.kind in kinds() else item.kind,
            href=change_address(item),
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
    kind = kinds().get(item.kind)
    if kind is None or admin_of(kind) is None:
        return ""
    return reverse(f"admin:{kind.model._meta.app_label}_{kind.model._meta.model_name}_change", args=[item.item])


def page_address(pk, language, query=""):
    address = reverse("admin:translations_translateditem_translate", args=[pk, language])
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
