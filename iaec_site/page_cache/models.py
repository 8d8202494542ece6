"""The number that several machines share, if they share one."""

from django.db import models


class SharedGeneration(models.Model):
    """One row, made by the migration: see `page_cache.several_machines`."""

    number = models.BigIntegerField(default=0)

    def __str__(self):
        return str(self.number)
