"""Which statements change content."""

import pytest
from django.apps import apps

from iaec_site.page_cache.statements import NOT_CONTENT, Effect, effect_of

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
