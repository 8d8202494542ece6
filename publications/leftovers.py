"""The file of a deleted document goes a month later: until then the document can be recovered from the history."""

from __future__ import annotations

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from publications.documents import Document, GivenUpFile

logger = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=30)


def remove_given_up_files(kept_for: timedelta = KEPT_FOR) -> int:
    """Remove what was given up longer ago than that; returns how many files went."""
    removed = 0
    for given_up in GivenUpFile.objects.filter(since__lte=timezone.now() - kept_for):
        if not Document.objects.filter(file=given_up.name).exists():
            try:
                default_storage.delete(given_up.name)
            except OSError:
                logger.exception("The file %s of a deleted document could not be removed", given_up.name)
                continue
            removed += 1
        given_up.delete()
    return removed
