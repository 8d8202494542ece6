"""Letters of the desk to its editors, one function each; subject, text and HTML are templates in `desk/mail/`."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import override

from desk import working_copies
from desk.form_run import sentences
from desk.letters_to_staff import language_for
from desk.models import Failure
from publishing.admin_address import admin_address
from publishing.letters import letter


def copy_failed(copy) -> EmailMultiAlternatives:
    """A scheduled working copy could not go public: to whoever scheduled it, in their language."""
    language = language_for(copy.scheduled_by, otherwise=copy.scheduled_in)
    model = copy.content_type.model_class()
    with override(language):
        context = {"copy": copy, "kind": capfirst(model._meta.verbose_name), "errors": errors_in_words(copy)}
    return letter(
        "desk/mail/copy_failed",
        to=copy.scheduled_by.email,
        language=language,
        links={"address": settings.SITE_URL + address_of(copy, model)},
        **context,
    )


def errors_in_words(copy) -> list[str]:
    """What is wrong with it now; nothing where the reason is another one."""
    if copy.failure != Failure.INVALID or (item := working_copies.item_of(copy)) is None:
        return []
    run = working_copies.run_of(copy, copy.scheduled_by, item)
    return [] if run.is_valid() else [strip_tags(line) for line in sentences(run.errors())]


def address_of(copy, model) -> str:
    """Of the page where it is compared and published by hand; of the list, where its item is gone."""
    if copy.failure == Failure.ITEM_GONE:
        return admin_address(model)
    return admin_address(model, copy.object_id, "working_copy")
