"""What the index keeps beside the words: texts for snippets, addresses, the time in which a row may be seen.

The words themselves lie where the database looks for them: see `search.backends`.
"""

from django.db import models
from django.utils import timezone


class IndexRowQuerySet(models.QuerySet):
    def shown_at(self, moment):
        return self.filter(
            models.Q(shown_from=None) | models.Q(shown_from__lte=moment),
            models.Q(shown_until=None) | models.Q(shown_until__gt=moment),
        )


class IndexRow(models.Model):
    """One public item in one language. Its number says more: see `search.row_ids`.

    Only what the public may see, now or from a moment that is set, has rows.
    """

    id = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=60)
    item = models.BigIntegerField()
    language = models.CharField(max_length=8)
    shown_from = models.DateTimeField(null=True)
    shown_until = models.DateTimeField(null=True)
    title_key = models.CharField(max_length=200, db_index=True)
    url = models.CharField(max_length=500)
    date = models.CharField(max_length=40)
    title = models.TextField()
    lead = models.TextField()
    body = models.TextField()

    objects = IndexRowQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kind", "item"], name="index_row_of_item")]

    def __str__(self):
        return f"{self.kind} {self.item} ({self.language}): {self.title}"

    def is_shown_at(self, moment):
        """The same as `shown_at()`, for a row in memory."""
        return (self.shown_from is None or self.shown_from <= moment) and (
            self.shown_until is None or self.shown_until > moment
        )


class ChangeQuerySet(models.QuerySet):
    def waiting(self):
        """What the index has to follow now: by the machine's clock, which no look at another day sets."""
        return self.filter(models.Q(due=None) | models.Q(due__lte=timezone.now()))

    def ahead(self):
        return self.filter(due__gt=timezone.now())


class Change(models.Model):
    """A row that something wrote to since the index was last brought up to date; written by the database itself.

    With a moment (`due`) it is a row that will become public by itself then, which changes what others tell of it.
    """

    kind = models.CharField(max_length=60)
    item = models.BigIntegerField()
    due = models.DateTimeField(null=True, db_index=True)

    objects = ChangeQuerySet.as_manager()

    def __str__(self):
        return f"{self.kind} {self.item}"


class Word(models.Model):
    """A word that stands in the index, for “did you mean”. What is offered is looked for first: see
    `search.spelling`. So a word that is no longer public does no harm here.
    """

    language = models.CharField(max_length=8)
    word = models.CharField(max_length=40)
    # A word with one or two wrong letters mostly has the first or the last three right.
    head = models.CharField(max_length=3, db_index=True)
    tail = models.CharField(max_length=3, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["word", "language"], name="search_word_once")]

    def __str__(self):
        return f"{self.word} ({self.language})"
