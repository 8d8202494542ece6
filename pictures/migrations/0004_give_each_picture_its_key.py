from django.db import migrations

import pictures.models


def give_keys(apps, schema_editor):
    Picture = apps.get_model("pictures", "Picture")
    for key in Picture.objects.filter(key=None).values_list("pk", flat=True).iterator():
        Picture.objects.filter(pk=key).update(key=pictures.models.new_key())


class Migration(migrations.Migration):

    dependencies = [
        ('pictures', '0003_keys_former_files_and_uses_in_texts'),
    ]

    operations = [migrations.RunPython(give_keys, migrations.RunPython.noop)]
