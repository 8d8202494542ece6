"""Editorial pages, the menu, the home page's highlights and the site's identity."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.targets import ITEM_FIELDS, Targeted, TargetedQuerySet
from publishing.date_field import EdtfField
from publishing.former_slugs import former_slugs_index
from publishing.models import Publishable, PublishedQuerySet, State
from publishing.rich_text import RichTextField
from publishing.slugs import Sluggable, slug_constraints
from translations.models import Translated
from translations.texts import languages_of, original_language, text_of


class Page(Sluggable, Translated, Publishable):
    key = models.SlugField(
        _("key"),
        unique=True,
        null=True,
        blank=True,
        help_text=_("Only for pages that the site itself links to: “privacy”, “accessibility”, “contact”…"),
    )
    title = models.CharField(_("title"), max_length=200)
    teaser = models.TextField(_("teaser"), blank=True, help_text=_("One or two sentences above the text."))
    body = RichTextField(_("text"), blank=True)
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="pages", verbose_name=_("picture")
    )
    network = models.ForeignKey(
        "networks.Network",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="pages",
        verbose_name=_("network"),
        help_text=_("Whose editors may change it; empty: the secretariat’s alone."),
    )

    class Meta(Publishable.Meta):
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["pk"]
        constraints = [*Publishable.Meta.constraints, *slug_constraints("page")]
        indexes = [former_slugs_index("page")]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("pages:page_detail", kwargs={"slug": self.slug})

    @property
    def cover(self):
        return {"seed": f"page-{self.pk}"}


class MenuItem(Targeted, Translated):
    label = models.CharField(_("label"), max_length=80)
    in_main = models.BooleanField(_("main menu"), default=True)
    in_quick = models.BooleanField(_("quick links"), default=False, help_text=_("Beside the agenda on every page."))
    in_footer = models.BooleanField(_("foot of the page"), default=False)
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name=_("below")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = TargetedQuerySet.as_manager()
    title_field = "label"

    class Meta(Targeted.Meta):
        verbose_name = _("menu entry")
        verbose_name_plural = _("menu")
        ordering = ["order", "pk"]
        constraints = [
            *Targeted.Meta.constraints,
            models.CheckConstraint(
                name="menu_entry_not_below_itself",
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
            ),
        ]

    def __str__(self):
        return self.label

    def clean(self):
        if self.parent_id and (self.parent_id == self.pk or self.parent.parent_id or self.has_entries_below()):
            raise ValidationError({"parent": _("The menu has two levels: choose an entry of the first.")})

    def has_entries_below(self):
        return self.pk is not None and self.children.exists()


class HighlightQuerySet(PublishedQuerySet, TargetedQuerySet):
    pass


class Highlight(Targeted, Translated, Publishable):
    """A promoted link of the home page; “show from” and “show until” are its dates."""

    label = models.CharField(_("label"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    picture = models.ForeignKey(
        "pictures.Picture",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="highlights",
        verbose_name=_("picture"),
    )

    objects = HighlightQuerySet.as_manager()
    title_field = "label"

    class Meta(Publishable.Meta):
        verbose_name = _("highlight")
        verbose_name_plural = _("highlights")
        ordering = ["order", "pk"]
        constraints = [*Publishable.Meta.constraints, *Targeted.Meta.constraints]

    def __str__(self):
        return self.label


class FrontPageProposal(Targeted):
    """“This belongs on the front page”: a network editor says so of an item, the secretariat decides."""

    class Decision(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")

    reason = models.TextField(
        _("why"), blank=True, help_text=_("What makes it worth everybody’s attention, and until when.")
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"), default=timezone.now)
    decision = models.CharField(_("decision"), max_length=10, choices=Decision, default=Decision.WAITING)
    answer = models.TextField(_("answer"), blank=True, help_text=_("The proposer reads this."))
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    highlight = models.ForeignKey(Highlight, models.SET_NULL, null=True, related_name="+", verbose_name=_("highlight"))

    objects = TargetedQuerySet.as_manager()

    class Meta(Targeted.Meta):
        verbose_name = _("proposal for the front page")
        verbose_name_plural = _("proposals for the front page")
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            *Targeted.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=[name], condition=models.Q(decision="waiting"), name=f"one_waiting_proposal_per_{name}"
                )
                for name in ITEM_FIELDS
            ),
        ]

    def __str__(self):
        return str(self.target_item)

    def approve(self, user, answer=""):
        """A highlight with the item's title and picture, after those that there are. Returns it."""
        item = self.target_item
        last = Highlight.objects.aggregate(last=models.Max("order"))["last"] or 0
        labels = {
            f"label_{code}": text_of(item, getattr(item, "title_field", "title"), code).text
            for code in languages_of(item)
        }
        self.highlight = Highlight.objects.create(
            **{code: label[:120] for code, label in labels.items()},
            **{name: getattr(self, name) for name in ITEM_FIELDS},
            source_language=original_language(item),
            picture=getattr(item, "picture", None),
            order=last + 10,
            state=State.PUBLISHED,
        )
        self.decide(self.Decision.APPROVED, user, answer)
        return self.highlight

    def decline(self, user, answer=""):
        self.decide(self.Decision.DECLINED, user, answer)

    def decide(self, decision, user, answer):
        self.decision, self.decided_by, self.decided_at, self.answer = decision, user, timezone.now(), answer
        self.save()


class SiteIdentity(Translated):
    """Who we are and how to reach us: one row, on every page."""

    singleton = models.BooleanField(default=True, editable=False, unique=True)
    name = models.CharField(_("name"), max_length=200)
    acronym = models.CharField(_("acronym"), max_length=20)
    tagline = models.CharField(_("tagline"), max_length=200, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)
    official_languages = models.JSONField(
        _("official languages"), default=list, blank=True, help_text=_("Language codes.")
    )
    movement_started = EdtfField(_("movement started"), blank=True)
    association_founded = EdtfField(_("association founded"), blank=True)
    charter_proclaimed = EdtfField(_("Charter proclaimed"), blank=True)
    charter_revised = models.JSONField(_("Charter revised"), default=list, blank=True, help_text=_("List of dates."))
    unesco_agreement = EdtfField(_("agreement with UNESCO"), blank=True)
    seat_city = models.ForeignKey(
        "networks.City", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("seat")
    )
    street = models.CharField(_("street"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("website"), blank=True)

    title_field = "name"

    class Meta:
        verbose_name = _("site identity")
        verbose_name_plural = _("site identity")
        constraints = [
            models.CheckConstraint(name="site_identity_is_single", condition=models.Q(singleton=True)),
        ]

    def __str__(self):
        return self.name

    @property
    def postal_address(self) -> str:
        """On one line: “Avinyó, 15, 08002 Barcelona, Spain”."""
        city = self.seat_city
        town = " ".join(filter(None, [self.postal_code, city.name if city else ""]))
        return ", ".join(filter(None, [self.street, town, city.country_name if city else ""]))


class SocialLink(models.Model):
    class Platform(models.TextChoices):
        X = "x", "X"
        INSTAGRAM = "instagram", "Instagram"
        YOUTUBE = "youtube", "YouTube"
        FACEBOOK = "facebook", "Facebook"
        LINKEDIN = "linkedin", "LinkedIn"
        BLUESKY = "bluesky", "Bluesky"
        MASTODON = "mastodon", "Mastodon"

    site = models.ForeignKey(SiteIdentity, models.CASCADE, related_name="social_links")
    platform = models.CharField(_("platform"), max_length=20, choices=Platform)
    label = models.CharField(_("label"), max_length=80)
    url = models.URLField(_("address"), blank=True, help_text=_("Empty: the name is shown without a link."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("social link")
        verbose_name_plural = _("social links")
        ordering = ["order", "pk"]

    def __str__(self):
        return f"{self.get_platform_display()}: {self.label}"


class MemberCount(models.Model):
    """How many cities and countries a source gave at some time; always shown with its date."""

    site = models.ForeignKey(SiteIdentity, models.CASCADE, related_name="member_counts")
    as_of = EdtfField(_("as of"))
    cities = models.PositiveIntegerField(_("cities"))
    countries = models.PositiveIntegerField(_("countries"), null=True, blank=True)
    at_least = models.BooleanField(_("“more than”"), default=False)

    class Meta:
        verbose_name = _("member count")
        verbose_name_plural = _("member counts")
        ordering = ["-as_of"]
        constraints = [models.UniqueConstraint(fields=["site", "as_of"], name="one_member_count_per_date")]

    def __str__(self):
        return f"{self.as_of}: {self.cities}"
