"""Texts as people type them into a search box: “evora” finds “Évora”, “area” finds “ÀREA”, in every language.

A lookup that both databases know: `filter(title_ca__holds_plainly="area")`. SQLite lends it a function of ours, since
its own `LIKE` knows no capitals but those of ASCII; PostgreSQL has what it takes, without an extension that a host may
not offer. It makes the text of every row plain anew: what is looked through often is kept plain (`desk.listed_items`).
"""

from __future__ import annotations

import unicodedata

from django.db import models
from django.db.backends.signals import connection_created

# What Unicode does not take apart; a middle dot and the forms of apostrophes make no difference either.
SPELLED = {"æ": "ae", "œ": "oe", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "·": "", "’": "'", "‘": "'"}
_TABLE = str.maketrans(SPELLED) | dict.fromkeys(range(0x300, 0x370))


def plain(text: str | None) -> str | None:
    """In small letters and without accents; NULL stays NULL."""
    if text is None or text.isascii():
        return text and text.lower()
    if "\n" in text:  # most lines of a text with a few accents have none
        return "\n".join(plain(line) for line in text.split("\n"))
    return unicodedata.normalize("NFKD", text).lower().translate(_TABLE)


def plain_in_sql(text: str, vendor: str) -> str:
    """`plain` of a text that is said in the words of a database."""
    if vendor == "sqlite":
        return f"plain({text})"
    text = f"lower(regexp_replace(normalize({text}, NFKD), '[\u0300-\u036f]', '', 'g'))"
    for letter, spelled in SPELLED.items():
        text = f"replace({text}, '{letter}', '{spelled.replace(chr(39), chr(39) * 2)}')"
    return text


class Plain(models.Func):
    """`plain` of a column, by the database."""

    arity = 1
    output_field = models.TextField()

    def as_sql(self, compiler, connection, **context):
        text, params = compiler.compile(self.source_expressions[0])
        return plain_in_sql(text, connection.vendor), params


@models.CharField.register_lookup
@models.TextField.register_lookup
class HoldsPlainly(models.Lookup):
    """Whether a text holds another one, whatever their accents and capitals."""

    lookup_name = "holds_plainly"

    def get_prep_lookup(self):
        return plain(str(self.rhs))

    def as_sql(self, compiler, connection):
        column, column_params = self.process_lhs(compiler, connection)
        position = {"sqlite": "instr", "postgresql": "strpos"}[connection.vendor]
        return f"{position}({plain_in_sql(column, connection.vendor)}, %s) > 0", [*column_params, self.rhs]


class Together(models.Func):
    """Several texts as one, each on a line of its own, to look into all of them at once; NULL is an empty text.

    To make a text plain costs more than to look into it, so one long text is several times as quick as ten short ones.
    """

    output_field = models.TextField()

    def as_sqlite(self, compiler, connection, **context):
        return self.compiled(compiler, " || char(10) || ".join(["coalesce(%s, '')"] * len(self.source_expressions)))

    def as_postgresql(self, compiler, connection, **context):
        return self.compiled(compiler, f"concat_ws(chr(10), {', '.join(['%s'] * len(self.source_expressions))})")

    def compiled(self, compiler, template):
        texts, params = [], []
        for expression in self.source_expressions:
            text, own = compiler.compile(expression)
            texts.append(text)
            params += own
        return template % tuple(texts), params


def lend_function(connection, **kwargs):
    """To each new connection, from `connection_created`."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("plain", 1, plain, deterministic=True)


connection_created.connect(lend_function, dispatch_uid="publishing.plain_text")
