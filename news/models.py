"""News posts and their categories."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing.date_field import EdtfField, YearField
from publishing.former_slugs import former_slugs_index
from publishing.models import Publishable, PublishedQuerySet
from publishing.rich_text import RichTextField
from publishing.slugs import Sluggable, slug_constraints
from translations.models import Translated
from translations.sections import SectionQuerySet
from translations.texts import columns


class Category(Sluggable, Translated):
    name = models.CharField(_("name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    title_field = "name"

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["order", "pk"]
        constraints = slug_constraints("category")
        indexes = [former_slugs_index("category")]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("news:category_detail", kwargs={"slug": self.slug})


class PostQuerySet(SectionQuerySet, PublishedQuerySet):
    section = "news"

    def newest_first(self):
        return self.order_by("-date", "-pk")

    def in_year(self, year):
        return self.filter(year=year)

    def years(self):
        """Calendar years that have posts, newest first."""
        return list(self.order_by("-year").values_list("year", flat=True).distinct())

    # In both, the first condition follows from the second; by it an index is entered where the post stands.
    def newer_than(self, post):
        """Posts that stand before it in the list, the nearest first."""
        newer = models.Q(date__gt=post.date) | models.Q(date=post.date, pk__gt=post.pk)
        return self.filter(newer, date__gte=post.date).order_by("date", "pk")

    def older_than(self, post):
        """Posts that stand after it in the list, the nearest first."""
        older = models.Q(date__lt=post.date) | models.Q(date=post.date, pk__lt=post.pk)
        return self.filter(older, date__lte=post.date).newest_first()

    def for_links(self):
        return self.only(*columns("title", "slug"), "source_language")

    def for_cards(self):
        """Everything the card template reads; the long texts stay in the database."""
        return (
            self.select_related("picture")
            .prefetch_related("categories")
            .only(*columns("title", "teaser", "slug"), *"source_language date date_edtf picture".split())
        )

    def for_feed(self):
        """Everything that a feed says; no more of a text than lists show."""
        return self.prefetch_related("categories").only(
            *columns("title", "teaser", "slug"),
            *"source_language date publish_at created_at updated_at".split(),
        )


class Post(Sluggable, Translated, Publishable):
    title = models.CharField(_("title"), max_length=200)
    teaser = models.TextField(_("teaser"), blank=True, help_text=_("One or two sentences, shown in lists."))
    body = RichTextField(_("text"), blank=True)
    date = models.DateField(_("date"), help_text=_("Sorts the news."))
    year = YearField(of="date")
    date_edtf = EdtfField(
        _("date as known"), blank=True, help_text=_("Only where the day is not sure, for example “about April 2017”.")
    )
    date_confirmed = models.BooleanField(_("date is confirmed"), default=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="posts", verbose_name=_("categories"))
    networks = models.ManyToManyField("networks.Network", blank=True, related_name="posts", verbose_name=_("networks"))
    cities = models.ManyToManyField("networks.City", blank=True, related_name="posts", verbose_name=_("cities"))
    editions = models.ManyToManyField("editions.Edition", blank=True, related_name="posts", verbose_name=_("editions"))
    events = models.ManyToManyField("agenda.Event", blank=True, related_name="posts", verbose_name=_("events"))
    experiences = models.ManyToManyField(
        "experiences.Experience", blank=True, related_name="posts", verbose_name=_("experiences")
    )
    focus_issue = models.ForeignKey(
        "experiences.FocusIssue",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="posts",
        verbose_name=_("presents the Focus Experience"),
    )
    sdgs = models.ManyToManyField("experiences.Sdg", blank=True, related_name="posts", verbose_name=_("SDGs"))
    video_url = models.URLField(
        _("video"), blank=True, help_text=_("Linked, not embedded: no request goes to another site by itself.")
    )
    picture = models.ForeignKey(
        "pictures.Picture", models.SET_NULL, null=True, blank=True, related_name="posts", verbose_name=_("picture")
    )

    objects = PostQuerySet.as_manager()

    class Meta(Publishable.Meta):
        verbose_name = _("news post")
        verbose_name_plural = _("news posts")
        ordering = ["-date", "-pk"]
        constraints = [*Publishable.Meta.constraints, *slug_constraints("post")]
        indexes = [
            models.Index(fields=["-date", "-id"], condition=models.Q(state="published"), name="post_newest"),
            models.Index(fields=["-date", "-id"], name="post_desk"),
            models.Index(fields=["-year"], condition=models.Q(state="published"), name="post_years"),
            former_slugs_index("post"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("news:post_detail", kwargs={"slug": self.slug})

    @property
    def cover(self):
        category = next(iter(self.categories.all()), None)
        return {"seed": f"post-{self.pk}", "palette": f"category-{category.pk}" if category else None}
