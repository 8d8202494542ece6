"""What makes an item translatable. The ledger of translations will have its tables here."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Translated(models.Model):
    source_language = models.CharField(
        _("written in"),
        max_length=5,
        choices=settings.LANGUAGES,
        default=settings.LANGUAGE_CODE,
        help_text=_("The language in which this item was first written; the others are translations of it."),
    )

    class Meta:
        abstract = True
