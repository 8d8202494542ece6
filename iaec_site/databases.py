"""Settings of a database by its address, the same for the one that serves and the one that a site moves to."""

from __future__ import annotations

from pathlib import Path

import environ

CONNECT_SECONDS = 5
LOCK_SECONDS = 20


def database_settings(url: str, default: Path) -> dict:
    """As Django's DATABASES wants them: of `url`, else of an SQLite file. Raises what environ does of a bad one."""
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(default)}
    if url:
        settings = environ.Env.db_url_config(url)
    settings |= {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock at the start of a transaction: two writers wait for each
        # other instead of failing with "database is locked".
        chosen = settings.get("OPTIONS", {})
        settings["OPTIONS"] = {
            "timeout": LOCK_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=2000;"
            ),
        } | chosen
    elif settings["ENGINE"] == "django.db.backends.postgresql":
        # Nobody waits for ever for a machine that is away, nor for a lock.
        patience = {"connect_timeout": CONNECT_SECONDS, "options": f"-c lock_timeout={LOCK_SECONDS}s"}
        settings["OPTIONS"] = patience | settings.get("OPTIONS", {})
    return settings
