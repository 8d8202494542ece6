"""What answers are made with: cache, the number of the content, the search index."""

from __future__ import annotations

import secrets
from collections.abc import Iterator

from django.conf import settings
from django.core.cache import cache
from django.db import DEFAULT_DB_ALIAS

from iaec_site.doctor.findings import Finding, fails, ok, warning
from iaec_site.page_cache.generation import generation
from iaec_site.page_cache.several_machines import shared_generation
from search import change_log
from search.index import number_of_items
from search.models import Change, IndexRow


def cache_answers() -> Iterator[Finding]:
    kind = settings.CACHES["default"]["BACKEND"].rpartition(".")[2]
    key, value = f"doctor-{secrets.token_hex(8)}", secrets.token_hex(8)
    try:
        cache.set(key, value, 10)
        came_back = cache.get(key)
        cache.delete(key)
    except Exception as error:  # of whatever client
        yield fails("cache", f"{kind}: {type(error).__name__}: {error}", "Start Redis, or correct CACHE_URL.")
        return
    if came_back != value:
        yield fails(
            "cache", f"{kind} does not give back what was put in", "Look at Redis' maxmemory, or at CACHE_URL."
        )
    else:
        yield ok("cache", f"{kind} keeps and gives back")


def number_of_the_content() -> Iterator[Finding]:
    what = "ready pages"
    if not settings.PAGE_CACHE_MB:
        yield warning(what, "none are kept: PAGE_CACHE_MB is 0", "Leave it out of .env, unless memory is very short.")
        return
    try:
        here = generation()
    except OSError as error:
        yield fails(
            what, f"the memory that processes share: {error.strerror}", "Let VAR_DIR be written to by the site."
        )
        return
    words = f"the content has the number {here.number} on this machine"
    shared = shared_generation()
    if shared.is_shared:
        try:
            number, _ = shared.read()
        except Exception as error:  # of whatever client
            yield fails(
                what, f"GENERATION_URL: {type(error).__name__}: {error}", "Start what it names, or correct it."
            )
            return
        words += f", {number} for all machines"
    yield ok(what, words)


def search_index() -> Iterator[Finding]:
    what, remedy = "search index", "python manage.py rebuild_search"
    items, rows = number_of_items(), IndexRow.objects.count()
    if lost := change_log.missing(DEFAULT_DB_ALIAS):
        yield fails(what, f"{len(lost)} triggers are missing: it does not hear of changes", remedy)
    elif items and not rows:
        yield fails(what, f"it is empty, and there are {items} items", remedy)
    elif waiting := Change.objects.waiting().count():
        yield ok(what, f"{rows} texts of {items} items; the next search takes up {waiting} changes")
    else:
        yield ok(what, f"{rows} texts of {items} items")
