"""Which statements change content."""

import re

import pytest
from django.apps import apps
from django.db import connection

from iaec_site.page_cache.statements import (
    ANY,
    NOT_CONTENT,
    Effect,
    effect_of,
    tables_read,
    tables_written,
    told_tables,
)

NOTHING = """
SELECT 1
 select * from news_post
(SELECT 1) UNION (SELECT 2)
SELECT * FROM news_post WHERE id = 1 FOR UPDATE
SAVEPOINT "s1"
ROLLBACK TO SAVEPOINT "s1"
BEGIN IMMEDIATE
PRAGMA foreign_keys
INSERT INTO "django_session" VALUES (1)
INSERT OR IGNORE INTO "search_change" ("kind") VALUES ('update news_post')
update "auth_user" set "last_login" = 1
DELETE FROM "django_tasks_database_dbtaskresult" WHERE id IN (1)
UPDATE "public"."newsletter_subscriber" SET state = 'left'
WITH a AS (SELECT 1) SELECT * FROM a
WITH a AS (SELECT 1 FOR UPDATE) SELECT * FROM a
WITH a AS (SELECT 1 FOR NO KEY UPDATE) SELECT * FROM a
EXPLAIN SELECT 1
""".strip().splitlines()
ROWS = """
INSERT INTO "news_post" ("title") VALUES ('a')
INSERT INTO news_post SELECT * FROM django_session
INSERT OR REPLACE INTO news_post VALUES (1)
REPLACE INTO news_post VALUES (1)
-- a word\\nUPDATE news_post SET title_en = 'x'
/* a word */ UPDATE ONLY public.news_post SET title_en = 'x'
UPDATE `news_post` SET title_en = 'x'
DELETE FROM ONLY news_post
TRUNCATE "django_session", "news_post"
WITH a AS (SELECT 1) UPDATE news_post SET title_en = 'x'
WITH a AS (DELETE FROM news_post RETURNING *) INSERT INTO django_session SELECT * FROM a
SELECT 1; UPDATE news_post SET title_en = 'x'
UPDATE django_session SET a = ';'; DELETE FROM news_post
INSERT INTO something_new VALUES (1)
MERGE INTO news_post USING x ON 1 = 1 WHEN MATCHED THEN DELETE
EXPLAIN ANALYZE UPDATE news_post SET title_en = 'x'
INSERT INTO news_post VALUES (1) ON CONFLICT (id) DO UPDATE SET title_en = 'x'
""".strip().splitlines()
OTHER = """
ALTER TABLE news_post ADD COLUMN a
CREATE TABLE a (b)
DROP TABLE news_post
CALL something()
DO $$ BEGIN PERFORM something(); END $$
COPY news_post FROM STDIN
""".strip().splitlines()


@pytest.mark.parametrize("sql", NOTHING)
def test_what_changes_no_content(sql):
    assert effect_of(sql) is Effect.NONE


@pytest.mark.parametrize("sql", ROWS)
def test_what_writes_rows_of_content(sql):
    assert effect_of(sql.replace("\\n", "\n")) is Effect.ROWS


@pytest.mark.parametrize("sql", OTHER)
def test_what_may_change_anything(sql):
    assert effect_of(sql) is Effect.OTHER


def test_every_table_that_is_no_content_exists():
    """A renamed one would become content, and each visit of an editor make all pages anew."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}

    assert NOT_CONTENT - tables == set()


WRITTEN = {
    """INSERT INTO "news_post" ("title") VALUES ('a; b')""": {ANY},
    'INSERT INTO "news_post" ("title") VALUES (%s)': {"news_post"},
    "INSERT OR REPLACE INTO News_Post VALUES (1)": {"news_post"},
    'UPDATE "public"."news_post" SET title_en = %s': {"news_post"},
    "UPDATE news_post SET title_en = (SELECT label FROM pages_menuitem)": {"news_post"},
    "DELETE FROM ONLY news_post": {"news_post"},
    "INSERT INTO news_post VALUES (1) ON CONFLICT (id) DO UPDATE SET title_en = 'x'": {"news_post"},
    "/* a word */ UPDATE news_post SET title_en = 'x'": {ANY},
    "UPDATE a_view SET title_en = 'x'": {ANY},
    "WITH a AS (SELECT 1) UPDATE news_post SET title_en = 'x'": {ANY},
    "WITH a AS (DELETE FROM news_post RETURNING *) INSERT INTO pages_page SELECT * FROM a": {ANY},
    "UPDATE news_post SET title_en = 'x'; DELETE FROM pages_page": {ANY},
    "MERGE INTO news_post USING x ON 1 = 1 WHEN MATCHED THEN DELETE": {ANY},
    'TRUNCATE "pages_page", "news_post"': {ANY},
    "DROP TABLE news_post": {ANY},
    "INSERT INTO search_indexrow VALUES (1)": {"search_indexrow"},
}
READ = {
    "SELECT 1": set(),
    'SAVEPOINT "s1"': set(),
    'SELECT "news_post"."id" FROM "news_post" WHERE "news_post"."title_en" = %s': {"news_post"},
    'SELECT * FROM public.news_post p LEFT OUTER JOIN "pictures_picture" T4 ON T4.id = p.picture_id': {
        "news_post",
        "pictures_picture",
    },
    '(SELECT 1 FROM "news_post") UNION ALL (SELECT 1 FROM "agenda_event")': {"news_post", "agenda_event"},
    'SELECT 1 FROM (SELECT id FROM "news_post" LIMIT 1) x': {"news_post"},
    "SELECT EXISTS(SELECT 1 FROM news_post) FROM Pages_Page": {"news_post", "pages_page"},
    "SELECT EXTRACT(YEAR FROM news_post.date) FROM news_post": {"news_post"},
    "SELECT 'FROM nowhere' FROM news_post -- FROM nowhere": {"news_post"},
    "SELECT 1 FROM news_post, pages_page": {ANY},
    "SELECT 1 FROM news_post AS p, a_view": {ANY},
    "SELECT 1 FROM news_post JOIN a_view ON 1 = 1": {ANY},
    "SELECT 1 FROM (news_post JOIN a_view ON 1 = 1)": {ANY},
    "SELECT 1 FROM a_function(2)": {ANY},
    "SELECT 1 FROM news_post; SELECT 1 FROM a_view": {ANY},
    "SELECT 1 FROM search_indexrow": {ANY},
    "SELECT version FROM experiences_tableversion": {ANY},
    "SELECT 1 FROM experiences_recordchange": {ANY},
    "WITH a AS (SELECT 1 FROM news_post) SELECT 1 FROM a": {ANY},
    "UPDATE news_post SET title_en = 'x' RETURNING id": {ANY},
    "PREPARE a AS SELECT 1 FROM news_post": {ANY},
}


@pytest.mark.parametrize("sql", WRITTEN)
def test_which_tables_a_statement_writes_to(sql):
    assert tables_written(sql) == WRITTEN[sql]


@pytest.mark.parametrize("sql", READ)
def test_which_tables_a_statement_reads(sql):
    assert tables_read(sql) == READ[sql]


TRIGGERS = {
    "sqlite": "SELECT sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": ("SELECT prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal"),
}
WRITES = re.compile(r"\b(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM|TRUNCATE)\s+\"?(\w+)", re.IGNORECASE)


@pytest.mark.django_db
def test_no_trigger_writes_to_a_table_whose_changes_are_told_by_statements():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERS[connection.vendor])
        bodies = [re.split(r"\bBEGIN\b", sql, maxsplit=1)[-1] for (sql,) in cursor.fetchall()]
    written = {table.lower() for body in bodies for table in WRITES.findall(body)}

    assert {"search_change", "experiences_recordchange", "translations_change"} <= written
    assert written & told_tables() == set()


CASCADES = {
    "postgresql": "SELECT conrelid::regclass::text FROM pg_constraint WHERE contype = 'f' AND confdeltype <> 'a'",
    "sqlite": (
        "SELECT one.name FROM sqlite_master AS one JOIN pragma_foreign_key_list(one.name) AS foreign_key"
        " WHERE one.type = 'table' AND foreign_key.on_delete <> 'NO ACTION'"
    ),
}


@pytest.mark.django_db
def test_the_database_deletes_no_row_of_content_by_itself():
    with connection.cursor() as cursor:
        cursor.execute(CASCADES[connection.vendor])
        assert {table for (table,) in cursor.fetchall()} & told_tables() == set()
