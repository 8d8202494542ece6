"""Which tables have changed since somebody last looked: the database itself notes it, whatever wrote.

Counting what the bank offers means reading a hundred thousand rows, so each process keeps what it read
(`experiences.facet_index`) and has to know at every request whether it still holds. A flag that code has to set is
forgotten by `QuerySet.update`, by `through.objects`, by a line of SQL; so triggers give a table another version at
each write, within the same transaction. Versions are random, not counted: a transaction that is rolled back, or a
backup that is restored, never brings back the number that stood for other rows.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own tables

from __future__ import annotations

from functools import partial
from uuid import uuid4

from django.apps import apps
from django.db import connections

from publishing.triggers import EVENTS, remove_triggers

PREFIX = "version_of_"
VERSIONS = "experiences_tableversion"
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
)


def watched() -> list[str]:
    """Names of the tables that have a version."""
    return [apps.get_model(name)._meta.db_table for name in MODELS]


def install(using: str) -> None:
    """Make the triggers of every watched table anew; of those that are there, while somebody migrates a part."""
    remove(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if VERSIONS not in tables:
            return
        for table in watched():
            if table in tables:
                for statement in WORDS[connection.vendor](table):
                    cursor.execute(statement)
        # Nobody noted what was written while no trigger was there.
        cursor.execute(f"DELETE FROM {VERSIONS}")
        new = [(table, uuid4().hex) for table in watched() if table in tables]
        cursor.executemany(f'INSERT INTO {VERSIONS} ("name", version) VALUES (%s, %s)', new)


remove = partial(remove_triggers, PREFIX)


def in_words_of_sqlite(table):
    """Not `INSERT OR REPLACE`: of a statement that says `OR IGNORE`, as Django's `add` does, the trigger's own words
    about conflicts are passed over, and nothing would be noted.
    """
    version = "hex(randomblob(12))"
    for event in EVENTS:
        yield (
            f'CREATE TRIGGER "{PREFIX}{table}_{event}" AFTER {event.upper()} ON "{table}" BEGIN'
            f" UPDATE {VERSIONS} SET version = {version} WHERE name = '{table}';"
            f" INSERT INTO {VERSIONS} (\"name\", version) SELECT '{table}', {version}"
            f" WHERE NOT EXISTS (SELECT 1 FROM {VERSIONS} WHERE name = '{table}'); END"
        )


def in_words_of_postgresql(table):
    """Before the rows are locked: two writers wait for each other here, and do not hold what the other needs next."""
    yield (
        f"CREATE OR REPLACE FUNCTION {PREFIX}table() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
        f' INSERT INTO {VERSIONS} ("name", version) VALUES (TG_ARGV[0], gen_random_uuid()::text)'
        ' ON CONFLICT ("name") DO UPDATE SET version = EXCLUDED.version; RETURN NULL; END $$'
    )
    yield (
        f'CREATE TRIGGER "{PREFIX}{table}" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}"'
        f" FOR EACH STATEMENT EXECUTE FUNCTION {PREFIX}table('{table}')"
    )


WORDS = {"sqlite": in_words_of_sqlite, "postgresql": in_words_of_postgresql}
