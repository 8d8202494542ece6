"""Pages of a site of 20,000 items ask as much of the database as those of one with 1,000."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from agenda.models import Event
from news.models import Post
from tests import factories

FEW, MANY = 1_000, 20_000
YEAR = timezone.localdate().year
# With how much more the database may do for each further item that is over: lists of what is coming pass over these in
# an index, at some hundredths of a microsecond each. The agenda beside every page passes over those of forty days, one
# in twenty here.
PAGES = {
    "/en/": 2,
    "/en/agenda/": 20,
    "/en/agenda/?page=2": 20,
    "/en/agenda/?when=past": 0,
    "/en/agenda/?when=past&page=3": 0,
    "/en/agenda/gathering-7/": 2,
    "/en/agenda/gathering-7.ics": 0,
    "/en/agenda.atom": 20,
    "/en/news/": 2,
    "/en/news/?page=2": 2,
    "/en/news/account-7/": 2,
    "/en/news.atom": 0,
}
# What is looked for once after a change and kept: how many a list has, what can be chosen, when something appears.
ONCE_FOR_A_CHANGE = re.compile(r"SELECT (COUNT|DISTINCT)|SELECT .* FROM \"news_category\"|SELECT MIN\(")
# Instructions of SQLite's machine or rows of PostgreSQL's nodes: a deeper index, another place in a page of it.
ROUGHLY = {"sqlite": 400, "postgresql": 60}


def copies_of(model, first, last, changed):
    """Rows like the oldest one, with the numbers `n`; `changed` is SQL by column."""
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = {field.column: quote(field.column) for field in model._meta.concrete_fields if not field.primary_key}
    values = [changed.get(column, f"one.{name}") for column, name in columns.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH RECURSIVE numbers(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM numbers WHERE n < {last - 1})"
            f" INSERT INTO {table} ({', '.join(columns.values())}) SELECT {', '.join(values)}"
            f" FROM numbers, (SELECT * FROM {table} ORDER BY id LIMIT 1) AS one"
        )


def fill(first, last):
    """Three quarters are over; each thousand has its rows on the same thousand days."""
    days = "((n % 1000) - 750)"
    if connection.vendor == "sqlite":
        uid, moment = "lower(hex(randomblob(16)))", "datetime('now', {} || ' days')"
        day = "date('now', {} || ' days')"
    else:
        uid, moment = "gen_random_uuid()", "now() + {} * interval '1 day'"
        day = "(now() + {} * interval '1 day')::date"
    dates = {"starts_at": moment.format(days), "ends_at": moment.format(f"({days} + 1)")}
    dates |= {"earliest": day.format(days), "latest": day.format(days), "uid": uid}
    copies_of(Event, first, last, dates | slugs("gathering"))
    copies_of(Post, first, last, {"date": day.format("(-(n % 1000))")} | slugs("account"))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {Event._meta.db_table}, {Post._meta.db_table}")


def slugs(word):
    return {f"slug_{code}": f"'{word}-' || n" for code in ("en", "es", "fr", "ca", "pt")}


class Asked:
    """The statements of a visit, each with how much the database did for it."""

    def __init__(self, client):
        self.client = client
        self.statements = []

    def __call__(self, execute, sql, params, *rest):
        self.statements.append([sql, params, 0])
        return execute(sql, params, *rest)

    def step(self):
        if self.statements:
            self.statements[-1][2] += 1

    def work_of(self, address):
        """How many statements, and the work of those that are not kept until a change."""
        self.statements = []
        is_sqlite = connection.vendor == "sqlite"
        if is_sqlite:
            connection.connection.set_progress_handler(self.step, 1)
        try:
            with connection.execute_wrapper(self):
                assert self.client.get(address).status_code == 200
        finally:
            if is_sqlite:
                connection.connection.set_progress_handler(None, 0)
        each_time = [one for one in self.statements if not ONCE_FOR_A_CHANGE.match(one[0].lstrip("( "))]
        work = sum(steps if is_sqlite else rows_read(sql, params) for sql, params, steps in each_time)
        return len(self.statements), work


def rows_read(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}", params)
        plans, read = [cursor.fetchone()[0][0]["Plan"]], 0
    while plans:
        plan = plans.pop()
        plans += plan.get("Plans", [])
        if "Scan" in plan["Node Type"]:
            read += plan["Actual Loops"] * (plan["Actual Rows"] + plan.get("Rows Removed by Filter", 0))
    return read


@pytest.mark.django_db
def test_pages_ask_as_much_of_twenty_thousand_items_as_of_a_thousand(client):
    factories.make_site_identity()
    factories.make_event(title_en="Meeting", date="2020-01-01")
    factories.make_post(title_en="Report")
    asked = Asked(client)
    fill(0, FEW)
    for address in PAGES:
        client.get(address)
    before = {address: asked.work_of(address) for address in PAGES}
    fill(FEW, MANY)

    after = {address: asked.work_of(address) for address in PAGES}

    assert (Event.objects.count(), Post.objects.count()) == (MANY + 1, MANY + 1)
    assert {address: queries for address, (queries, _) in after.items()} == {
        address: queries for address, (queries, _) in before.items()
    }
    over = 3 * (MANY - FEW) // 4
    grown = {
        address: (before[address][1], work)
        for address, (_, work) in after.items()
        if work > 1.2 * before[address][1] + ROUGHLY[connection.vendor] + PAGES[address] * over
    }
    assert grown == {}
