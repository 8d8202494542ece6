from django.db import migrations


class Migration(migrations.Migration):
    """Nothing to change in tables: words are cut to other stems from here on (`search.word_forms`), and `prepare`
    builds the index anew where a migration is due.
    """

    dependencies = [("search", "0003_changes_that_are_due")]

    operations = []
