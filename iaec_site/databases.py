"""Settings of a database by its address, the same for the one that serves and the one that a site moves to."""

from __future__ import annotations

from pathlib import Path

import environ


def database_settings(url: str, default: Path) -> dict:
    """As Django's DATABASES wants them: of `url`, else of an SQLite file. Raises what environ does of a bad one."""
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
    if url:
        settings = environ.Env.db_url_config(url)
    settings |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock at the start of a transaction: two writers wait for each
        # other instead of failing with "database is locked".
        settings["OPTIONS"] = {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
            ),
        }
    return settings
