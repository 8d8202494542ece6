"""Collects static files beside those in use and puts them in their place one by one.

The version that still serves goes on asking for its own files, and so do pages in the browsers of visitors: there is
no moment without them, and those of the version before stay until the next one.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.management.commands.collectstatic import Command as Collectstatic
from django.core.files.storage import storages
from django.core.management import call_command

STAMP = "static.stamp"
MANIFEST = "staticfiles.json"


def collect_static_files() -> None:
    target = Path(settings.STATIC_ROOT)
    fresh = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    command = Collectstatic()
    command.storage = storages.create_storage({**settings.STORAGES["staticfiles"], "OPTIONS": {"location": fresh}})
    call_command(command, verbosity=0, interactive=False)

    former = names_with_digest(target)
    names = sorted(path.relative_to(fresh) for path in fresh.rglob("*") if path.is_file())
    # The manifest last: whoever reads it finds what it names.
    for name in sorted(names, key=lambda name: str(name) == MANIFEST):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        os.replace(fresh / name, target / name)
    shutil.rmtree(fresh)
    keep = {str(name) for name in names} | former
    for path in list(target.rglob("*")):
        if path.is_file() and str(path.relative_to(target)) not in keep:
            path.unlink()


def names_with_digest(folder: Path) -> set[str]:
    """What pages of the version that was collected there ask for, packed forms included."""
    try:
        paths = json.loads((folder / MANIFEST).read_text())["paths"].values()
    except (OSError, ValueError, KeyError, AttributeError):
        return set()
    return {f"{path}{ending}" for path in paths for ending in ("", ".gz", ".br")}


def static_fingerprint() -> str:
    """Of the files' contents, not their times: a fresh checkout has new times and the same files."""
    digest = hashlib.sha256()
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    for finder in get_finders():
        for path, storage in finder.list(ignored):
            digest.update(path.encode() + b"\0")
            with storage.open(path) as file:
                digest.update(hashlib.sha256(file.read()).digest())
    # Another version of the compressor may write other files from the same sources.
    lock = settings.BASE_DIR / "requirements.lock"
    digest.update(lock.read_bytes() if lock.exists() else b"")
    digest.update(repr(settings.STORAGES["staticfiles"]).encode())
    return digest.hexdigest()
