"""What makes an item translatable, and the ledger: which of its texts are missing, fresh or stale in each language.

The ledger's rows follow from the content. Nobody writes them but `translations.ledger`.
"""

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


class TranslatedOnly(models.Model):
    """The sections whose lists leave out what is not in the page's language: one row, or none. See `sections`."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    agenda = models.BooleanField(_("agenda"), default=False)
    news = models.BooleanField(_("news"), default=False)
    focus_experience = models.BooleanField(_("Focus Experience"), default=False)
    bank = models.BooleanField(_("Bank of Experiences"), default=False)
    publications = models.BooleanField(_("publications"), default=False)

    class Meta:
        verbose_name = _("what lists show")
        verbose_name_plural = _("what lists show")
        constraints = [models.CheckConstraint(name="translated_only_is_single", condition=models.Q(singleton=True))]

    def __str__(self):
        return str(self._meta.verbose_name)


class State(models.TextChoices):
    """Declared from what needs a translator most."""

    MISSING = "missing", _("missing")
    STALE = "stale", _("out of date")
    FRESH = "fresh", _("up to date")


class Change(models.Model):
    """A change of a translated text, written by a trigger of the database: see `translations.change_log`."""

    kind = models.CharField(max_length=60)
    item = models.BigIntegerField()
    event = models.CharField(max_length=6)
    at = models.DateTimeField()
    before = models.JSONField(null=True)

    def __str__(self):
        return f"{self.event} of {self.kind} {self.item}"


class TranslatedItem(models.Model):
    """An item that has texts, as the ledger knows it. `kind` and `item` name it: "agenda.event", 12."""

    kind = models.CharField(_("type"), max_length=60)
    item = models.BigIntegerField()
    title = models.CharField(_("title"), max_length=300)
    # In each language, a line each, as `publishing.plain_text` spells them: what a search looks through.
    titles = models.TextField(default="", editable=False)
    source_language = models.CharField(_("written in"), max_length=5, choices=settings.LANGUAGES)
    written_at = models.DateTimeField(_("first seen"))

    class Meta:
        verbose_name = _("translated item")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["kind", "item"], name="translated_item_once")]

    def __str__(self):
        return self.title


class TranslationStatus(models.Model):
    """An item in one language: what is worst among its texts, and how many of them."""

    translated = models.ForeignKey(TranslatedItem, models.CASCADE, related_name="statuses")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    state = models.CharField(_("state"), max_length=7, choices=State)
    texts = models.PositiveSmallIntegerField()
    missing = models.PositiveSmallIntegerField()
    stale = models.PositiveSmallIntegerField()
    since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("translation")
        verbose_name_plural = _("translations")
        constraints = [models.UniqueConstraint(fields=["translated", "language"], name="translation_status_once")]
        # Everything that the matrix and its counts ask for.
        indexes = [models.Index(fields=["language", "state", "since", "translated"], name="translation_by_state")]

    def __str__(self):
        return f"{self.translated}, {self.language}: {self.state}"


class TranslationEntry(models.Model):
    """One text of an item in one language. Texts are kept as digests: see `translations.digests`."""

    translated = models.ForeignKey(TranslatedItem, models.CASCADE, related_name="entries")
    language = models.CharField(_("language"), max_length=5, choices=settings.LANGUAGES)
    field = models.CharField(max_length=60)
    state = models.CharField(_("state"), max_length=7, choices=State)
    text = models.CharField(max_length=20, blank=True)
    source = models.CharField(max_length=20, blank=True)
    confirmed = models.CharField(max_length=20, blank=True)
    source_before = models.TextField(blank=True)
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    since = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("translated text")
        verbose_name_plural = _("translated texts")
        constraints = [
            models.UniqueConstraint(fields=["translated", "language", "field"], name="translation_entry_once")
        ]

    def __str__(self):
        return f"{self.translated}, {self.field}, {self.language}: {self.state}"


class TranslatorLanguages(models.Model):
    """Who has such a row sees and writes these languages only."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="translator_languages",
        verbose_name=_("user"),
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        help_text=_(
            "The languages into which this person translates. The others are not shown to them in the list of "
            "translations. Who has no entry here sees all."
        ),
    )

    class Meta:
        verbose_name = _("translator")
        verbose_name_plural = _("translators")

    def __str__(self):
        return f"{self.user} ({', '.join(self.languages)})"
