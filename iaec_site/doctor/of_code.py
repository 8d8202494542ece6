"""What was made from the code (static files, catalogues), and how the site is set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core import checks

from iaec_site.doctor.findings import Finding, fails, ok, skipped, warning
from iaec_site.static_files import MANIFEST, STAMP, static_fingerprint


def static_files() -> Iterator[Finding]:
    stamp = settings.VAR_DIR / STAMP
    manifest = Path(settings.STATIC_ROOT) / MANIFEST
    if not stamp.exists() or not manifest.exists():
        yield fails("static files", f"none were collected in {settings.STATIC_ROOT}", "python manage.py prepare")
    elif stamp.read_text() != static_fingerprint():
        yield fails("static files", "those collected are of another version", "python manage.py prepare")
    else:
        yield ok("static files", f"collected in {settings.STATIC_ROOT}, of this version")


def translations() -> Iterator[Finding]:
    sources = sorted(settings.BASE_DIR.glob("locale*/*/LC_MESSAGES/*.po"))
    due = [
        source.relative_to(settings.BASE_DIR)
        for source in sources
        if not source.with_suffix(".mo").exists() or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    if due:
        yield fails(
            "interface texts",
            f"{len(due)} of {len(sources)} catalogues are not compiled, or older than their source: {due[0]}",
            "python scripts/compile_messages.py, then restart the site",
        )
    else:
        yield ok("interface texts", f"{len(sources)} catalogues are compiled")


def safe_settings() -> Iterator[Finding]:
    """Django's own list (`check --deploy`)."""
    if not settings.PRODUCTION:
        yield skipped("settings", "PRODUCTION is off: this is no site for the public")
        return
    found = [one for one in checks.run_checks(include_deployment_checks=True) if not one.is_silenced()]
    for one in found:
        say = fails if one.level >= checks.ERROR else warning
        yield say("settings", f"{one.id}: {one.msg.split('. ')[0]}", one.hint or "python manage.py check --deploy")
    if not found:
        yield ok("settings", "`check --deploy` has nothing to say")
