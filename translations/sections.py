"""Sections of the site, whose lists show everything or, where editors chose so, only what the reader can read."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Exists, Q

from translations.models import TranslatedOnly
from translations.texts import ALL_LANGUAGES, current_language


class SectionQuerySet(models.QuerySet):
    """`section` names the tick box of `TranslatedOnly`, `title` the field without which an item is not translated."""

    section: str
    title = "title"

    def in_language(self, language: str):
        """What has a title in the language."""
        return self.filter(self._has_title(language))

    def listed(self, language: str | None = None):
        """What stands in lists, blocks, calendars and feeds in a language (the page's by default), and is counted.

        Without a query of its own: the database looks at the tick box once for all rows. An item that is left out
        keeps its page.
        """
        ticked = TranslatedOnly.objects.filter(**{self.section: True})
        return self.filter(~Exists(ticked) | self._has_title(language or current_language()))

    def languages_to_read(self) -> list[str]:
        """The languages in which something of this can be read, for a list that has nothing. One query."""
        counts = self.order_by().aggregate(
            **{f"in_{code}": Count("pk", filter=self._has_title(code)) for code in ALL_LANGUAGES}
        )
        return [code for code in ALL_LANGUAGES if counts[f"in_{code}"]]

    def _has_title(self, language: str) -> Q:
        # Neither NULL nor empty, in one comparison.
        return Q(**{f"{self.title}_{language}__gt": ""})
