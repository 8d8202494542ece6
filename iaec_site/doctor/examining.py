"""Makes all examinations at once, each in a thread of its own and within a limit of time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, InterfaceError, connections

from iaec_site.doctor import of_address, of_answers, of_code, of_database, of_machine, of_mail, of_metrics, of_tasks
from iaec_site.doctor.findings import Finding, fails
from iaec_site.masking import masked

SECONDS = 20
EXAMINATIONS: tuple[Callable, ...] = (
    of_database.database,
    of_database.database_is_writable,
    of_database.migrations,
    of_machine.writable_folders,
    of_machine.disk_space,
    of_machine.backups,
    of_mail.mail,
    of_tasks.workers,
    of_tasks.tasks,
    of_address.own_address,
    of_metrics.metrics,
    of_database.clock_of_the_database,
    of_machine.clock_of_the_files,
    of_code.static_files,
    of_code.translations,
    of_answers.cache_answers,
    of_answers.number_of_the_content,
    of_answers.search_index,
    of_code.safe_settings,
)


def examined(examination: Callable) -> list[Finding]:
    """What one of them found; what breaks is a finding, too. Secrets are taken out."""
    what = examination.__name__.replace("_", " ")
    findings = []
    try:
        for finding in examination():
            findings.append(finding)  # one by one: what was found before it broke stays
    except (DatabaseError, InterfaceError) as error:
        findings.append(
            fails(what, f"the database: {first_line(error)}", "Start the database, or correct DATABASE_URL.")
        )
    except Exception as error:
        findings.append(
            fails(what, f"{type(error).__name__}: {first_line(error)}", "Tell the developers of the site.")
        )
    return [Finding(one.state, one.what, masked(one.found), masked(one.remedy)) for one in findings]


def first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), "")


def examine_all(
    examinations=EXAMINATIONS, seconds: float = SECONDS, progress: Callable[[int], None] = lambda done: None
) -> list[Finding]:
    """In the order of the list. Whatever takes longer than it may counts as failing and is left behind."""
    found: dict[int, list[Finding]] = {}

    def look(number: int, examination: Callable) -> None:
        try:
            found[number] = examined(examination)
        finally:
            connections.close_all()  # those of this thread

    threads = [threading.Thread(target=look, args=one, daemon=True) for one in enumerate(examinations)]
    for thread in threads:
        thread.start()
    give_up_at = time.monotonic() + seconds
    while len(found) < len(threads) and time.monotonic() < give_up_at:
        progress(len(found))
        time.sleep(0.1)
    progress(len(found))
    known = dict(found)
    return [
        finding
        for number, one in enumerate(examinations)
        for finding in known.get(number) or [took_too_long(one, seconds)] * (number not in known)
    ]


def took_too_long(examination: Callable, seconds: float) -> Finding:
    what = examination.__name__.replace("_", " ")
    return fails(what, f"no result within {seconds:.0f} s", "Something does not answer; see what else fails.")
