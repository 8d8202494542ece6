from django.db import migrations, models

import pictures.models


class Migration(migrations.Migration):

    dependencies = [
        ('pictures', '0004_give_each_picture_its_key'),
    ]

    operations = [
        migrations.AlterField(
            model_name='picture',
            name='key',
            field=models.CharField(default=pictures.models.new_key, editable=False, max_length=16, unique=True),
        ),
    ]
