"""The words of documents, read while nobody waits."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from publications.documents import Document, DocumentText, TextState
from publications.pdf_reading import Unreadable, text_in


@task()
def read_text(document_id: int) -> None:
    """Once: run again it does nothing. Search follows in the transaction that keeps the words."""
    document = Document.objects.filter(pk=document_id, text_state=TextState.WAITING).first()
    if document is None:
        return
    try:
        with default_storage.open(document.file.name) as file:
            text = text_in(file.read())
        state = TextState.FOUND if text else TextState.NONE
    except (FileNotFoundError, Unreadable):
        text, state = "", TextState.FAILED
    with transaction.atomic():
        if Document.objects.filter(pk=document_id, text_state=TextState.WAITING).update(text_state=state) and text:
            DocumentText.objects.update_or_create(document_id=document_id, defaults={"text": text})


def read_what_was_left(most: int = 20) -> int:
    """Documents whose task was lost; some of them each hour. Returns how many."""
    an_hour_ago = timezone.now() - timedelta(hours=1)
    left = Document.objects.filter(text_state=TextState.WAITING, created_at__lt=an_hour_ago).order_by("pk")
    found = list(left.values_list("pk", flat=True)[:most])
    for document_id in found:
        read_text.enqueue(document_id)
    return len(found)
