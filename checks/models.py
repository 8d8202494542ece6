"""What the weekly check found, and what other sites answered. Nobody writes these rows by hand."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from checks.findings import Finding, Severity


class KeptFinding(models.Model):
    """A finding in an item that is public, or will be. `kind` and `item` name it: "agenda.event", 12."""

    kind = models.CharField(_("type"), max_length=60)
    item = models.BigIntegerField()
    title = models.CharField(_("title"), max_length=300)
    severity = models.CharField(_("weight"), max_length=6, choices=Severity)
    matter = models.CharField(max_length=40)
    field = models.CharField(max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=5, blank=True, choices=settings.LANGUAGES)
    values = models.JSONField(default=dict)
    found_at = models.DateTimeField(_("found"))

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings of the checks")
        ordering = ["-severity", "kind", "item", "pk"]
        indexes = [
            models.Index(fields=["kind", "item"], name="finding_by_item"),
            models.Index(fields=["severity", "kind", "item"], name="finding_by_severity"),
        ]

    def __str__(self):
        return self.finding.text

    @property
    def finding(self) -> Finding:
        return Finding(self.matter, Severity(self.severity), self.kind, self.field, self.language, self.values)


class ExternalAddress(models.Model):
    """A page of another site that some item links to, and what was answered when it was last asked for."""

    address = models.CharField(max_length=2000, unique=True)
    checked_at = models.DateTimeField(null=True, db_index=True)
    status = models.PositiveSmallIntegerField(null=True)
    # In English, as other machines say it: "404 Not Found", "no answer in time"; "" where all is well.
    problem = models.CharField(max_length=200, blank=True)

    def __str__(self):
        return self.address


class SiteCheck(models.Model):
    """The one row that says when the whole site is looked at next, and when that was done last."""

    due_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.due_at:%Y-%m-%d}"
