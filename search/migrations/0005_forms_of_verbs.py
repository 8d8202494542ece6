from django.db import migrations


class Migration(migrations.Migration):
    """Words are cut to other stems from here on (`search.word_forms`); `prepare` builds the index anew where a
    migration is due.
    """

    dependencies = [("search", "0004_more_forms_of_words")]

    operations = []
