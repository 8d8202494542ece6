"""Which tables have changed since somebody last looked: the database itself notes it, whatever wrote.

Counting what the bank offers means reading a hundred thousand rows, so each process keeps what it read
(`experiences.facet_index`) and has to know at every request whether it still holds. A flag that code has to set is
forgotten by `QuerySet.update`, by `through.objects`, by a line of SQL; so triggers give a table another version at
each write, within the same transaction. Versions are random, not counted: a transaction that is rolled back, or a
backup that is restored, never brings back the number that stood for other rows.

Of the tables about single records it is noted, too, which ones a write concerned: the last `KEPT` of them. Whoever
knows a version that stands in these notes has to look only at what follows it; whoever does not reads all anew. A
table's notes are in the order of their transactions: a writer holds its row of versions until the end.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own tables

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.apps import apps
from django.db import connections
from django.db.models import Subquery

from experiences.models import RecordChange
from publishing.triggers import EVENTS, remove_triggers

PREFIX = "version_of_"
VERSIONS = "experiences_tableversion"
CHANGES = "experiences_recordchange"
KEPT = 500
# A note of a statement that may have written nothing, and of one that concerned every record.
NONE, ALL = 0, -1
# Whatever the facets, their counts and the downloads of the bank are made from.
MODELS = (
    "experiences.Experience",
    "experiences.Experience_themes",
    "experiences.Experience_target_groups",
    "experiences.Experience_sdgs",
    "experiences.Experience_charter_principles",
    "experiences.FocusIssue",
    "experiences.Theme",
    "experiences.TargetGroup",
    "experiences.Sdg",
    "experiences.CharterPart",
    "experiences.CharterPrinciple",
    "networks.City",
    "networks.Membership",
    "networks.Network",
    # For what texts of the bank are found by: see `experiences.text_search`.
    "search.IndexRow",
)


# A note of the version that a table still has is never old: somebody knows the table as of then.
IS_OLD = f"id <= (SELECT max(id) FROM {CHANGES}) - {KEPT} AND version NOT IN (SELECT version FROM {VERSIONS})"
# Of these also which record: the column that says so.
KEYS = {
    "experiences.Experience": "id",
    "experiences.Experience_themes": "experience_id",
    "experiences.Experience_target_groups": "experience_id",
    "experiences.Experience_sdgs": "experience_id",
    "experiences.Experience_charter_principles": "experience_id",
}


def records_changed(table: str, known: str, now: str) -> set[int] | None:
    """Keys of the records that were written to between two versions; None where the notes do not tell. One query."""
    notes = RecordChange.objects.filter(name=table)
    begin = notes.filter(version=known).order_by("-id").values("id")[:1]
    found = list(notes.filter(id__gte=Subquery(begin)).order_by("id").values_list("version", "record"))
    records = {record for version, record in found if version != known}
    if ALL in records or now not in {version for version, record in found}:
        return None
    return records - {NONE}


def watched() -> list[str]:
    """Names of the tables that have a version."""
    return [apps.get_model(name)._meta.db_table for name in MODELS]


def install(using: str) -> None:
    """Make the triggers of every watched table anew; of those that are there, while somebody migrates a part."""
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if not {VERSIONS, CHANGES} <= {*tables}:
            return
        keys = {apps.get_model(name)._meta.db_table: key for name, key in KEYS.items()}
        for table in watched():
            if table in tables:
                for statement in WORDS[connection.vendor](table, keys.get(table)):
                    cursor.execute(statement)
        # Nobody noted what was written while no trigger was there.
        cursor.execute(f"DELETE FROM {VERSIONS}")
        cursor.execute(f"DELETE FROM {CHANGES}")
        new = [(table, uuid4().hex) for table in watched() if table in tables]
        cursor.executemany(f'INSERT INTO {VERSIONS} ("name", version) VALUES (%s, %s)', new)
        noted = [(table, version, NONE) for table, version in new if table in keys]
        cursor.executemany(f'INSERT INTO {CHANGES} ("name", version, record) VALUES (%s, %s, %s)', noted)


remove = partial(remove_triggers, PREFIX)


def in_words_of_sqlite(table, key):
    """Not `INSERT OR REPLACE`: of a statement that says `OR IGNORE`, as Django's `add` does, the trigger's own words
    about conflicts are passed over, and nothing would be noted.
    """
    version = "hex(randomblob(12))"
    concerned = {"insert": ["NEW"], "update": ["NEW", "OLD"], "delete": ["OLD"]}
    for event in EVENTS:
        notes = "".join(
            f' INSERT INTO {CHANGES} ("name", version, record)'
            f" SELECT '{table}', version, {row}.{key} FROM {VERSIONS} WHERE \"name\" = '{table}';"
            for row in (concerned[event] if key else ())
        )
        if notes:
            notes += f" DELETE FROM {CHANGES} WHERE {IS_OLD};"
        yield (
            f'CREATE TRIGGER "{PREFIX}{table}_{event}" AFTER {event.upper()} ON "{table}" BEGIN'
            f" UPDATE {VERSIONS} SET version = {version} WHERE name = '{table}';"
            f" INSERT INTO {VERSIONS} (\"name\", version) SELECT '{table}', {version}"
            f" WHERE NOT EXISTS (SELECT 1 FROM {VERSIONS} WHERE name = '{table}');{notes} END"
        )


def in_words_of_postgresql(table, key):
    """Before the rows are locked: two writers wait for each other here, and do not hold what the other needs next."""
    yield (
        f"CREATE OR REPLACE FUNCTION {PREFIX}table() RETURNS trigger LANGUAGE plpgsql AS $$"
        " DECLARE made text := gen_random_uuid()::text; BEGIN"
        f' INSERT INTO {VERSIONS} ("name", version) VALUES (TG_ARGV[0], made)'
        ' ON CONFLICT ("name") DO UPDATE SET version = EXCLUDED.version;'
        " IF TG_NARGS > 1 THEN"
        f' INSERT INTO {CHANGES} ("name", version, record) VALUES'
        f" (TG_ARGV[0], made, CASE WHEN TG_OP = 'TRUNCATE' THEN {ALL} ELSE {NONE} END);"
        f' DELETE FROM {CHANGES} WHERE "name" = TG_ARGV[0] AND {IS_OLD};'
        " END IF; RETURN NULL; END $$"
    )
    arguments = f"'{table}', '{key}'" if key else f"'{table}'"
    yield (
        f'CREATE TRIGGER "{PREFIX}{table}" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}table({arguments})"
    )
    if not key:
        return
    rows = {"insert": ["NEW"], "update": ["NEW", "OLD"], "delete": ["OLD"]}
    for event in EVENTS:
        name = f"{PREFIX}{table}_{event}"
        notes = "".join(
            f' INSERT INTO {CHANGES} ("name", version, record)'
            f" SELECT '{table}', version, {row}.{key} FROM {VERSIONS} WHERE \"name\" = '{table}';"
            for row in rows[event]
        )
        yield (
            f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN{notes} RETURN NULL; END $$'
        )  # fmt: skip
        yield (
            f'CREATE TRIGGER "{name}" AFTER {event.upper()} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()'
        )  # fmt: skip


WORDS = {"sqlite": in_words_of_sqlite, "postgresql": in_words_of_postgresql}
