"""Files that no picture refers to any more are removed, but not at once.

A page in somebody's cache, a letter that was sent and an item that is brought back from the history still want them.
So a picture that is replaced or deleted notes its files (`FormerFile`, in the same transaction), and a month later
they go, unless a picture has the same content by then: equal files are kept once.
"""

import logging
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from pictures.models import FormerFile, Picture

logger = logging.getLogger(__name__)
KEPT_FOR = timedelta(days=30)


def remove_leftovers(kept_for: timedelta = KEPT_FOR) -> int:
    """Remove what was given up longer ago than that; returns how many files went."""
    old = FormerFile.objects.filter(since__lte=timezone.now() - kept_for)
    return sum(removed(name) for name in list(old.values_list("name", flat=True)))


def removed(name: str) -> bool:
    """The row stays locked until the file is gone: `store` waits for it before it takes a file for there."""
    with transaction.atomic():
        former = FormerFile.objects.select_for_update().filter(name=name).first()
        if former is None:
            return False
        unused = not is_in_use(name)
        if unused:
            try:
                default_storage.delete(name)
            except OSError:
                logger.exception("The file %s, which no picture uses any more, could not be removed", name)
                return False
        former.delete()
        return unused


def is_in_use(name: str) -> bool:
    """Whether any picture shows this file. Names are made from content, so two pictures may share one."""
    as_text = Picture.objects.annotate(as_text=Cast("renditions", TextField()))
    return as_text.filter(Q(file=name) | Q(as_text__contains=f'"{name}"')).exists()
