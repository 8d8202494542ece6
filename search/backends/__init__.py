"""Where the terms lie and are looked for: FTS5 on SQLite, a tsvector on PostgreSQL.

Both get the same terms and the same question (`search.query.Question`) and answer with numbers of rows. Neither
ranks: their own formulas differ. What stands first is decided in `search.finding`, by which part of a document holds
the words, and by dates.
"""

from __future__ import annotations

from django.db import connection

from search.backends import postgresql, sqlite

BACKENDS = {"sqlite": sqlite, "postgresql": postgresql}


def backend():
    """The module for the database in use; both have the same functions."""
    return BACKENDS[connection.vendor]
