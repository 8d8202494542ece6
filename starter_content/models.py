"""What the starter content put where, so that loading it again touches nothing that an editor changed or removed."""

from django.contrib.contenttypes.models import ContentType
from django.db import models


class LoadedItem(models.Model):
    file = models.CharField(max_length=40)
    item_id = models.CharField(max_length=120)
    content_type = models.ForeignKey(ContentType, models.CASCADE)
    object_id = models.PositiveBigIntegerField()
    # Digest of the item in the file, and of the row as it was written: a row that differs was edited since.
    source_digest = models.CharField(max_length=64)
    row_digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["file", "item_id"], name="one_record_per_starter_item")]

    def __str__(self):
        return f"{self.file}: {self.item_id}"
