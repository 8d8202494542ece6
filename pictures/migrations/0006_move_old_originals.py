from django.db import migrations

from pictures.old_originals import move_old_originals


def move(apps, schema_editor):
    move_old_originals(apps.get_model("pictures", "Picture").objects.all())


class Migration(migrations.Migration):

    dependencies = [
        ("pictures", "0005_key_is_needed_and_unique"),
    ]

    operations = [migrations.RunPython(move, migrations.RunPython.noop)]
