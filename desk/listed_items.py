"""What the lists of the admin look for, kept narrow: the searched texts of each item, and the languages of its title.

An item weighs up to a hundred kilobytes in five languages. To look for a word in a table of them, or for what has no
Catalan title, a database reads them all. So the texts that an admin searches (`search_fields`) stand in a table of
their own, one row an item. Triggers write it, in the transaction of the change and whatever made it.

Triggers cannot spell a text without accents: SQLite's know no function of ours where another program writes. They
mark the row instead. Such a row is found as well; who searches next spells it.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own models and columns

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

from django.contrib import admin
from django.db import DatabaseError, connections, models, transaction
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan
from modeltranslation.translator import translator

from desk.models import ListedItem
from publishing.plain_text import HoldsPlainly, Plain, plain, plain_in_sql
from publishing.search_columns import PLAINLY, columns_of, is_translated
from publishing.slugs import languages
from publishing.triggers import EVENTS, has_columns, remove_triggers

PREFIX = "listed_in_"
TABLE = ListedItem._meta.db_table
# So many rows are spelled before a search; of a large import the next ones wait for the next search.
MOST_TO_SPELL = 1000


@dataclass(frozen=True)
class ListedKind:
    """A model whose items are listed: the columns that are searched, and those of its title by language."""

    model: type[models.Model]
    columns: tuple[str, ...]
    titles: dict[str, str]

    @property
    def name(self) -> str:
        return self.model._meta.label_lower

    @property
    def watched(self) -> list[str]:
        return list(dict.fromkeys([*self.columns, *self.titles.values()]))


@cache
def listed_kinds() -> dict[str, ListedKind]:
    """{name: kind} of what has texts in several languages and an admin that looks for words in them."""
    found = (kind_of(model, own.search_fields) for model, own in admin.site._registry.items())
    return {kind.name: kind for kind in found if kind}


def kind_of(model, search_fields) -> ListedKind | None:
    if model not in translator.get_registered_models() or model._meta.proxy:
        return None
    columns = [column for path in search_fields if "__" not in path for column in columns_of(model, path)]
    own = tuple(column.removesuffix(PLAINLY) for column in columns if column.endswith(PLAINLY))
    title = title_field(model)
    titles = {code: f"{title}_{code}" for code in languages()} if is_translated(model, title) else {}
    return ListedKind(model, own, titles) if own or titles else None


def title_field(model):
    """The field that names an item of this model or, for an item, of its model."""
    return getattr(model, "title_field", "title")


def holding(model, word: str) -> models.Exists:
    """The condition for items of a listed model that hold a word in one of their searched texts."""
    word = plain(word)
    spelled = models.Q(is_plain=True) & models.Q(GreaterThan(StrIndex(models.F("text"), models.Value(word)), 0))
    waiting = models.Q(is_plain=False) & models.Q(HoldsPlainly(models.F("text"), word))
    return models.Exists(rows_of(model).filter(spelled | waiting, item=models.OuterRef("pk")))


def lacking_title(model, language: str) -> models.Q:
    """The condition for items of a listed model that have no title in a language."""
    return ~models.Exists(rows_of(model).filter(having_title(language), item=models.OuterRef("pk")))


def having_title(language: str) -> models.Q:
    return models.Q(languages__contains=f" {language} ")


def rows_of(model) -> models.QuerySet[ListedItem]:
    return ListedItem.objects.filter(kind=model._meta.label_lower)


def spell(model) -> None:
    """Spell what was written since somebody last looked; one query where there is nothing.

    Rows that somebody is writing at this moment are left alone, so nobody waits for anybody. A database that takes
    no more (a full disk) keeps nobody from searching.
    """
    waiting = rows_of(model).filter(is_plain=False)
    if not waiting.exists():
        return
    try:
        with transaction.atomic():
            taken = waiting.order_by("pk").select_for_update(skip_locked=True)[:MOST_TO_SPELL]
            ListedItem.objects.filter(pk__in=list(taken.values_list("pk", flat=True)), is_plain=False).update(
                text=Plain(models.F("text")), is_plain=True
            )
    except DatabaseError:
        return


def install(using: str) -> None:
    """Make the triggers anew, and all rows what they should be: a migration may have written without triggers."""
    remove(using)
    connection = connections[using]
    kinds = listed_kinds()
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if TABLE not in tables:
            return
        for kind in kinds.values():
            table = kind.model._meta.db_table
            if table in tables and has_columns(connection, cursor, table, kind.watched):
                for statement in [*WORDS[connection.vendor](kind, connection), *filling(kind, connection)]:
                    cursor.execute(statement)
    ListedItem.objects.using(using).exclude(kind__in=kinds).delete()


remove = partial(remove_triggers, PREFIX)


def filling(kind: ListedKind, connection) -> list[str]:
    quote = connection.ops.quote_name
    table, key = quote(kind.model._meta.db_table), quote(kind.model._meta.pk.column)
    text, codes = searched_text(kind, connection, ""), titled_languages(kind, connection, "")
    differs = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}[connection.vendor]
    return [
        f"DELETE FROM {TABLE} WHERE kind = '{kind.name}' AND item NOT IN (SELECT {key} FROM {table})",
        f"INSERT INTO {TABLE} (kind, item, text, languages, is_plain)"
        f" SELECT '{kind.name}', {key}, {plain_in_sql(text, connection.vendor)}, {codes}, TRUE FROM {table} WHERE TRUE"
        f" {IN_PLACE} WHERE {TABLE}.text {differs} excluded.text OR {TABLE}.languages <> excluded.languages"
        f" OR NOT {TABLE}.is_plain",
    ]


IN_PLACE = (
    "ON CONFLICT (kind, item) DO UPDATE"
    " SET text = excluded.text, languages = excluded.languages, is_plain = excluded.is_plain"
)


def searched_text(kind, connection, row):
    """The texts of a row, a line each. `row` says whose columns: "NEW." in a trigger."""
    columns = [f"{row}{connection.ops.quote_name(column)}" for column in kind.columns]
    if connection.vendor == "postgresql":
        return f"concat_ws(chr(10), {', '.join(columns or ['NULL'])})"
    return " || char(10) || ".join(f"coalesce({column}, '')" for column in columns) or "''"


def titled_languages(kind, connection, row):
    quote = connection.ops.quote_name
    titled = (f"CASE WHEN {row}{quote(name)} > '' THEN ' {code} ' ELSE '' END" for code, name in kind.titles.items())
    return " || ".join(titled) or "''"


def written_row(kind, connection):
    key = f"NEW.{connection.ops.quote_name(kind.model._meta.pk.column)}"
    text, codes = searched_text(kind, connection, "NEW."), titled_languages(kind, connection, "NEW.")
    return (
        f"INSERT INTO {TABLE} (kind, item, text, languages, is_plain)"
        f" VALUES ('{kind.name}', {key}, {text}, {codes}, FALSE) {IN_PLACE}"
    )


def in_words_of_sqlite(kind: ListedKind, connection) -> list[str]:
    quote = connection.ops.quote_name
    columns = [quote(column) for column in kind.watched]
    differs = " OR ".join(f"OLD.{column} IS NOT NEW.{column}" for column in columns)
    acts = {
        "insert": ("", "", written_row(kind, connection)),
        "update": (f" OF {', '.join(columns)}", f" WHEN {differs}", written_row(kind, connection)),
        "delete": ("", "", gone_row(kind, quote)),
    }
    table = kind.model._meta.db_table
    return [
        f"CREATE TRIGGER {quote(f'{PREFIX}{table}_{event}')} AFTER {event.upper()}{of} ON {quote(table)}{when}"
        f" BEGIN {act}; END"
        for event, (of, when, act) in ((event, acts[event]) for event in EVENTS)
    ]


def in_words_of_postgresql(kind: ListedKind, connection) -> list[str]:
    quote = connection.ops.quote_name
    columns = [quote(column) for column in kind.watched]
    old, new = (f"ROW({', '.join(f'{which}.{column}' for column in columns)})" for which in ("OLD", "NEW"))
    acts = {
        "insert": ("", "", written_row(kind, connection)),
        "update": (
            f" OF {', '.join(columns)}",
            f" WHEN ({old} IS DISTINCT FROM {new})",
            written_row(kind, connection),
        ),
        "delete": ("", "", gone_row(kind, quote)),
    }
    table = kind.model._meta.db_table
    statements = []
    for event in EVENTS:
        of, when, act = acts[event]
        name = quote(f"{PREFIX}{table}_{event}")
        statements += [
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {act}; RETURN NULL; END $$",
            f"CREATE TRIGGER {name} AFTER {event.upper()}{of} ON {quote(table)} FOR EACH ROW{when}"
            f" EXECUTE FUNCTION {name}()",
        ]
    return statements


def gone_row(kind, quote):
    return f"DELETE FROM {TABLE} WHERE kind = '{kind.name}' AND item = OLD.{quote(kind.model._meta.pk.column)}"


WORDS = {"sqlite": in_words_of_sqlite, "postgresql": in_words_of_postgresql}
