"""Indexes by which the bank is read, however many records it has.

Each answers by itself, so that no row with its texts in five languages is looked into. The state stands first although
it is the same in all of an index: SQLite, which misjudges how wide the rows are, would rather read the table else.
"""

from django.conf import settings
from django.db import models

PUBLISHED = models.Q(state="published")
# What `experiences.facet_index` asks of every record.
FACTS = ("publish_at", "withdraw_at", "city", "country", "started", "award_year")

INDEXES = [
    models.Index(fields=["state", "-id", *FACTS], condition=PUBLISHED, name="experience_list"),
    *(
        models.Index(
            fields=["state", "-id", f"title_{code}"],
            condition=PUBLISHED & models.Q(**{f"title_{code}__gt": ""}),
            name=f"experience_in_{code}",
        )
        for code, _name in settings.LANGUAGES
    ),
    # The editors' list, drafts included: the countries that occur, and the counts of its filters.
    models.Index(fields=["country", "state", "publish_at", "withdraw_at"], name="experience_desk"),
]
