"""Originals that an earlier version kept among the renditions, where whoever knew the name was served them."""

import logging
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from pictures.renditions import ORIGINALS

logger = logging.getLogger(__name__)


def move_old_originals(pictures) -> int:
    """Of these pictures (a queryset); returns how many were moved. What is moved already stays where it is."""
    old = pictures.exclude(file="").exclude(file__startswith=f"{ORIGINALS}/")
    names = set(old.order_by().values_list("file", flat=True))
    return sum(moved(pictures, name) for name in sorted(names))


def moved(pictures, name: str) -> bool:
    """Copied first, removed when the database knows the new place: whatever stops it, no picture is without a file."""
    new = str(PurePosixPath(ORIGINALS, *PurePosixPath(name).parts[1:]))
    try:
        if not default_storage.exists(new):
            with default_storage.open(name) as file:
                new = default_storage.save(new, file)
    except OSError:
        logger.exception("The original %s could not be moved to where it is not served", name)
        return False
    with transaction.atomic():
        pictures.filter(file=name).update(file=new)
        as_text = pictures.annotate(as_text=Cast("renditions", TextField()))
        if not as_text.filter(Q(as_text__contains=f'"{name}"')).exists():
            transaction.on_commit(lambda: removed(name))
    return True


def removed(name):
    try:
        default_storage.delete(name)
    except OSError:
        logger.exception("The original %s was moved, but the file that is served could not be removed", name)
