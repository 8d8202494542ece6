"""A column of type tsvector in the table of rows, which Django does not see, with a GIN index.

No text search configuration and no dictionary of the server's has a say: the terms are written as lexemes.
"""
# ruff: noqa: S608 - what is put into statements here are names of our own, and questions made of ASCII terms alone

from __future__ import annotations

from collections import defaultdict

from django.db import connection

from search.row_ids import ITEMS, KIND, YEAR

CREATE = (
    "ALTER TABLE search_indexrow ADD COLUMN terms tsvector;"
    " CREATE INDEX search_terms ON search_indexrow USING gin (terms) WITH (fastupdate = off)"
)
DROP = "ALTER TABLE search_indexrow DROP COLUMN terms"
# So that the rows that are looked through are short: texts and terms lie apart, and are read where they are shown.
SHORT_ROWS = "ALTER TABLE search_indexrow SET (toast_tuple_target = 128)"
WEIGHTS = {"title": "A", "lead": "AB", "all": ""}
# The index does not know weights: to ask for one reads the terms of each row. So a term of the title, or of title and
# lead, stands a second and third time under a mark of its own.
MARKS = {"title": "a", "lead": "b"}
LAST_PLACE = 16_383
# Between the parts, so that no phrase runs from one into the next.
GAP = 5
LOCK = 7_226_013  # a number of our own among the server's advisory locks


def lock() -> None:
    """One at a time brings the index up to date."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def insert(rows, terms) -> None:
    fields = rows[0]._meta.concrete_fields
    columns = ", ".join(field.column for field in fields)
    values = ", ".join(["%s"] * len(fields))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO search_indexrow ({columns}, terms) VALUES ({values}, %s::tsvector)",
            [
                (*(getattr(row, field.attname) for field in fields), vector(one))
                for row, one in zip(rows, terms, strict=True)
            ],
        )


def vector(terms) -> str:
    """The terms as a literal of type tsvector."""
    places = defaultdict(list)
    place = 0
    for weight, part in (("A", terms.title), ("B", terms.lead), ("C", terms.body)):
        for term in part:
            place += 1
            if len(places[term]) < 255:  # more than that the type does not keep
                places[term].append(f"{min(place, LAST_PLACE)}{weight}")
        place += GAP
    lexemes = [f"'{term}':{','.join(at)}" for term, at in places.items()]
    words = {*terms.words} - {*places}
    words |= {marked(term, "title") for term in terms.title}
    words |= {marked(term, "lead") for term in (*terms.title, *terms.lead)}
    return " ".join([*lexemes, *(f"'{word}'" for word in sorted(words))])


def marked(term: str, where: str) -> str:
    """ "ensschool" as a term of the title: "enaschool" (see `search.analysed.mark`)."""
    return f"{term[:2]}{MARKS[where]}{term[3:]}"


def differing(rows, terms) -> set[int]:
    """Numbers of rows whose terms are not these."""
    wrong = set()
    with connection.cursor() as cursor:
        for row, one in zip(rows, terms, strict=True):
            cursor.execute("SELECT terms = %s::tsvector FROM search_indexrow WHERE id = %s", [vector(one), row.id])
            if cursor.fetchone() != (True,):
                wrong.add(row.id)
    return wrong


def expression(question, where: str) -> str:
    """The question in PostgreSQL's own language."""
    weights = WEIGHTS[where]

    def phrase(terms, weights):
        if weights and len(terms) == 1:
            return f"('{marked(terms[0], where)}')"
        label = f":{weights}" if weights else ""
        lexemes = " <-> ".join(f"'{term}'{label}" for term in terms)
        return f"({lexemes})"

    def either(clause):
        found = [phrase(terms, weights) for terms in clause.phrases]
        beginnings = clause.beginnings_in_title if where == "title" else clause.beginnings
        found += [f"'{term}':*" for term in beginnings]
        return f"({' | '.join(found)})"

    alternatives = []
    for one in question.languages:
        text = " & ".join(either(clause) for clause in one.wanted)
        unwanted = " | ".join(phrase(terms, "") for clause in one.unwanted for terms in clause.phrases)
        alternatives.append(f"(({text}) & !({unwanted}))" if unwanted else f"({text})")
    return " | ".join(alternatives)


def source(question, where, now, kind, year) -> tuple[str, list]:
    """A statement that gives the numbers of all rows that answer and may be seen."""
    statement = (
        "SELECT id FROM search_indexrow WHERE terms @@ %s::tsquery"
        " AND (shown_from IS NULL OR shown_from <= %s) AND (shown_until IS NULL OR shown_until > %s)"
    )
    params = [expression(question, where), now, now]
    if year is not None:
        statement += " AND id BETWEEN %s AND %s"
        params += [year << YEAR, (year + 1 << YEAR) - 1]
    if kind is not None:
        statement += f" AND (id >> {KIND}) & 31 = %s"
        params.append(kind)
    return statement, params


def found(question, where, now, *, kind=None, year=None, limit, start=0) -> list[int]:
    """Numbers of rows, the latest date first."""
    statement, params = source(question, where, now, kind, year)
    with connection.cursor() as cursor:
        # Materialized, or the planner may walk the primary key backwards and read the whole table for a rare word.
        cursor.execute(
            f"WITH hits AS MATERIALIZED ({statement}) SELECT id FROM hits ORDER BY id DESC LIMIT %s OFFSET %s",
            [*params, limit, start],
        )
        return [number for (number,) in cursor.fetchall()]


def items(question, where, kind) -> set[int]:
    """Keys of all items of a kind that answer, whether or not they may be seen."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT id & {ITEMS} FROM search_indexrow"
            f" WHERE terms @@ %s::tsquery AND (id >> {KIND}) & 31 = %s",
            [expression(question, where), kind],
        )
        return {key for (key,) in cursor.fetchall()}


def counts(question, now) -> dict[tuple[int, int], int]:
    """{(year, kind): number of rows}"""
    statement, params = source(question, "all", now, None, None)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT id >> {YEAR}, (id >> {KIND}) & 31, count(*) FROM ({statement}) AS hits GROUP BY 1, 2", params
        )
        return {(year, kind): number for year, kind, number in cursor.fetchall()}
