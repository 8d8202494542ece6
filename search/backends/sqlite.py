"""FTS5. Terms come ready-made, so its tokenizer only splits them at spaces."""
# ruff: noqa: S608 - what is put into statements here are names of our own, and questions made of ASCII terms alone

from __future__ import annotations

from django.db import connection

from search.analysed import TIMED
from search.row_ids import ITEMS, KIND, YEAR

CREATE = "CREATE VIRTUAL TABLE search_text USING fts5(title, lead, body, words, tokenize = 'ascii', columnsize = 0)"
DROP = "DROP TABLE search_text"
COLUMNS = {"title": "{title}", "lead": "{title lead}", "all": ""}


def lock() -> None:
    """Transactions that write come one after the other anyway."""


def insert(rows, terms) -> None:
    type(rows[0]).objects.bulk_create(rows, batch_size=60)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT OR REPLACE INTO search_text (rowid, title, lead, body, words) VALUES (%s, %s, %s, %s, %s)",
            [(row.id, *map(" ".join, parts(one))) for row, one in zip(rows, terms, strict=True)],
        )


def parts(terms):
    return terms.title, terms.lead, terms.body, terms.words


def differing(rows, terms) -> set[int]:
    """Numbers of rows whose terms are not these."""
    stored = {}
    with connection.cursor() as cursor:
        for row in rows:
            cursor.execute("SELECT title, lead, body, words FROM search_text WHERE rowid = %s", [row.id])
            stored[row.id] = cursor.fetchone()
    return {row.id for row, one in zip(rows, terms, strict=True) if stored[row.id] != tuple(map(" ".join, parts(one)))}


def expression(question, where: str) -> str:
    """The question in FTS5's own language."""
    columns = COLUMNS[where]

    def phrase(terms):
        text = f'"{" ".join(terms)}"'
        return f"{columns} : {text}" if columns else text

    def begins(term):
        return f'{{words}} : "{term}" *'

    def either(clause):
        found = [phrase(terms) for terms in clause.phrases]
        found += [begins(term) for term in (clause.beginnings_in_title if where == "title" else clause.beginnings)]
        return f"({' OR '.join(found)})"

    alternatives = []
    for one in question.languages:
        text = " AND ".join(either(clause) for clause in one.wanted)
        unwanted = " OR ".join(f'"{" ".join(terms)}"' for clause in one.unwanted for terms in clause.phrases)
        alternatives.append(f"(({text}) NOT ({unwanted}))" if unwanted else f"({text})")
    return " OR ".join(alternatives)


def source(question, where, now, kind, year) -> tuple[str, list]:
    """A statement that gives the numbers of all rows that answer and may be seen."""
    text = expression(question, where)
    narrowed, params = narrowing(kind, year)
    statement = (
        f"SELECT rowid AS id FROM search_text WHERE search_text MATCH %s{narrowed}"
        " UNION ALL SELECT search_indexrow.id FROM search_text CROSS JOIN search_indexrow"
        f" ON search_indexrow.id = search_text.rowid WHERE search_text MATCH %s{narrowed}"
        " AND (shown_from IS NULL OR shown_from <= %s) AND (shown_until IS NULL OR shown_until > %s)"
    )
    moment = connection.ops.adapt_datetimefield_value(now)
    # "NOT" binds closer than "OR".
    return statement, [
        f'({text}) NOT "{TIMED}"', *params, f'({text}) AND "{TIMED}"', *params, moment, moment,
    ]  # fmt: skip


def narrowing(kind, year):
    statement, params = "", []
    if year is not None:
        statement += " AND search_text.rowid BETWEEN %s AND %s"
        params += [year << YEAR, (year + 1 << YEAR) - 1]
    if kind is not None:
        statement += f" AND (search_text.rowid >> {KIND}) & 31 = %s"
        params.append(kind)
    return statement, params


def found(question, where, now, *, kind=None, year=None, limit, start=0) -> list[int]:
    """Numbers of rows, the latest date first."""
    statement, params = source(question, where, now, kind, year)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM ({statement}) ORDER BY id DESC LIMIT %s OFFSET %s", [*params, limit, start])
        return [number for (number,) in cursor.fetchall()]


def items(question, where, kind) -> set[int]:
    """Keys of all items of a kind that answer, whether or not they may be seen."""
    narrowed, params = narrowing(kind, None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT rowid & {ITEMS} FROM search_text WHERE search_text MATCH %s{narrowed}",
            [expression(question, where), *params],
        )
        return {key for (key,) in cursor.fetchall()}


def counts(question, now) -> dict[tuple[int, int], int]:
    """{(year, kind): number of rows}"""
    statement, params = source(question, "all", now, None, None)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id >> {YEAR}, (id >> {KIND}) & 31, count(*) FROM ({statement}) GROUP BY 1, 2", params)
        return {(year, kind): number for year, kind, number in cursor.fetchall()}
