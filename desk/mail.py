"""Letters of the desk to its editors, one function each; subject and text are templates in `desk/mail/`."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.template import Context
from django.template.loader import get_template
from django.utils.html import strip_tags
from django.utils.text import capfirst
from django.utils.translation import override

from desk import working_copies
from desk.form_run import sentences
from desk.models import Failure
from publishing.admin_address import admin_address


def copy_failed(copy) -> EmailMessage:
    """A scheduled working copy could not go public: to whoever scheduled it, in the language of their desk."""
    language = copy.scheduled_in or settings.LANGUAGE_CODE
    model = copy.content_type.model_class()
    with override(language):
        context = {
            "copy": copy,
            "kind": capfirst(model._meta.verbose_name),
            "errors": errors_in_words(copy),
            "address": settings.SITE_URL + address_of(copy, model),
        }
        subject = " ".join(plain("desk/mail/copy_failed_subject.txt", context).split())
        text = plain("desk/mail/copy_failed.txt", context)
    return EmailMessage(
        subject,
        text,
        to=[copy.scheduled_by.email],
        # No holiday notices back, please (RFC 3834).
        headers={"Auto-Submitted": "auto-generated", "Content-Language": language},
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


def plain(template_name, context) -> str:
    """Without the escapes of HTML, which a reader of plain text would see."""
    return get_template(template_name).template.render(Context(context, autoescape=False)).strip() + "\n"
