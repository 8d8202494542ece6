from django.db import migrations

from search.backends import BACKENDS


def shorten_rows(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(BACKENDS["postgresql"].SHORT_ROWS)


class Migration(migrations.Migration):
    """Words are cut to other stems from here on (`search.word_forms`), and on PostgreSQL rows are short; `prepare`
    builds the index anew where a migration is due.
    """

    dependencies = [("search", "0003_changes_that_are_due")]

    operations = [migrations.RunPython(shorten_rows, migrations.RunPython.noop)]
