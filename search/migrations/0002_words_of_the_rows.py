from django.db import migrations

from search.backends import BACKENDS


def create(apps, schema_editor):
    schema_editor.execute(BACKENDS[schema_editor.connection.vendor].CREATE)


def drop(apps, schema_editor):
    schema_editor.execute(BACKENDS[schema_editor.connection.vendor].DROP)


class Migration(migrations.Migration):
    """Where the words lie, each database's own way, unknown to Django: see `search.backends`."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
