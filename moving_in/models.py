"""What came from another site: which thing there became which item here, and where its old addresses lead."""

from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from moving_in.address_keys import LONGEST_KEY, key_of
from publishing.rich_text import ADDRESS_OF_OURS


class MovedThing(models.Model):
    """A thing of another site and the item that it became. By it, a second run finds again what the first one made.

    Posts that are translations of one another become one item: each of them has a row, with its language.
    """

    class Kind(models.TextChoices):
        POST = "post", _("post")
        TERM = "term", _("term")
        FILE = "file", _("file")

    site = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind)
    name = models.CharField(max_length=400)  # "123", "category/news", "2019/05/school.jpg"
    language = models.CharField(max_length=10, choices=settings.LANGUAGES)
    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+")
    object_id = models.PositiveBigIntegerField()
    # {column: digest} of what the import wrote: a column that differs from it was edited since.
    written = models.JSONField(default=dict)
    # Whether all of it is here: an import that was killed goes on with what is not.
    is_finished = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["site", "kind", "name"], name="moved_thing_once")]
        indexes = [models.Index(fields=["content_type", "object_id"], name="moved_things_of_an_item")]

    def __str__(self):
        return f"{self.site}: {self.kind} {self.name}"


class OldAddress(models.Model):
    """An address of a site that moved in here. Where nothing else answers, it redirects for good."""

    address = models.CharField(
        _("old address"),
        max_length=LONGEST_KEY,
        unique=True,
        help_text=_("Without the name of the site: “/2019/05/open-day/” or “/?p=123”."),
    )
    leads_to = models.CharField(
        _("leads to"),
        max_length=500,
        blank=True,
        help_text=_("An address of this site that begins with “/”, for example “/en/news/”."),
    )
    # Or to an item, whatever its address is by then.
    content_type = models.ForeignKey(ContentType, models.CASCADE, null=True, editable=False, related_name="+")
    object_id = models.PositiveBigIntegerField(null=True, editable=False)
    item = GenericForeignKey("content_type", "object_id")
    language = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, blank=True, editable=False)

    class Meta:
        verbose_name = _("old address")
        verbose_name_plural = _("old addresses")
        ordering = ["address"]
        constraints = [
            models.CheckConstraint(
                name="old_address_leads_somewhere",
                condition=(~models.Q(leads_to="") & models.Q(object_id__isnull=True))
                | (models.Q(leads_to="") & models.Q(object_id__isnull=False, content_type__isnull=False)),
            )
        ]
        indexes = [models.Index(fields=["content_type", "object_id"], name="old_addresses_of_an_item")]

    def __str__(self):
        return self.address

    def clean(self):
        self.address = self.address and spelled_once(self.address)
        if self.leads_to:
            self.leads_to = of_this_site(self.leads_to)
            self.refuse_chain()
            self.content_type = self.object_id = None
            self.language = ""
        elif self.object_id is None:
            raise ValidationError({"leads_to": _("Say where it leads to.")})

    def refuse_chain(self):
        """One step, no circles."""
        key = key_of(self.leads_to)
        if key == self.address or OldAddress.objects.filter(address=key).exclude(pk=self.pk).exists():
            raise ValidationError({"leads_to": _("This is an old address itself: write the one that it leads to.")})


def spelled_once(address: str) -> str:
    """An old address as it is looked up, without the name of its site; ValidationError for one that cannot be."""
    key = key_of(address)
    if key is None:
        raise ValidationError(
            {"address": _("Write an address that begins with “/”, of at most %(most)d characters.") % {"most": 400}}
        )
    return key


def of_this_site(address: str) -> str:
    """An address of ours from its “/”; ValidationError for one that leads away: redirects are no way to others."""
    address = address.strip()
    parts = urlsplit(address)
    own = urlsplit(settings.SITE_URL)
    if parts.scheme in ("http", "https") and parts.netloc.lower() == own.netloc.lower():
        address = address[address.index(parts.netloc) + len(parts.netloc) :] or "/"
    if not ADDRESS_OF_OURS.fullmatch(address):
        raise ValidationError({"leads_to": _("Only addresses of this site are possible; they begin with one “/”.")})
    return address
