"""Renditions that take too long to be made while an editor waits."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task

from pictures.files import files_removed_on_error, store
from pictures.models import Picture
from pictures.renditions import encode_further

MADE_LATER = ("avif",)


@task()
def complete_renditions(picture_id: int) -> None:
    """Make what a picture still lacks. Run twice it does nothing; a file replaced meanwhile has a task of its own."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None or not picture.file or is_complete(picture):
        return
    try:
        with default_storage.open(picture.file.name) as original:
            made = encode_further(original.read())
    except FileNotFoundError:
        # Replaced or deleted while this waited; if not, nothing can be made of it.
        return
    with files_removed_on_error(), transaction.atomic():
        present = Picture.objects.select_for_update().filter(pk=picture_id, file=picture.file.name)
        renditions = present.values_list("renditions", flat=True).first()
        if renditions is None:
            return
        for format_name, group in made.items():
            renditions[format_name] = [{**each.as_json(), "name": store(each)} for each in group]
        # Not `save`: what an editor has changed meanwhile stays, and the time of the last change with it.
        present.update(renditions=renditions)


def is_complete(picture: Picture) -> bool:
    return all(picture.renditions.get(format_name) for format_name in MADE_LATER)


def incomplete_pictures():
    """Pictures that lack renditions, oldest first."""
    missing = Q()
    for format_name in MADE_LATER:
        missing |= Q(**{f"renditions__{format_name}__isnull": True})
    return Picture.objects.filter(missing).exclude(file="").order_by("pk")


def take_up_what_was_left(most: int = 50) -> int:
    """Tasks that failed (a full disk) or were never made (a bulk import) are tried again, some of them each hour."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    left = list(incomplete_pictures().filter(created_at__lt=an_hour_ago).values_list("pk", flat=True)[:most])
    for picture_id in left:
        complete_renditions.enqueue(picture_id)
    return len(left)
