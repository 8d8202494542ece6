from django.db import migrations, models


def make_row(apps, schema_editor):
    apps.get_model("page_cache", "SharedGeneration").objects.using(schema_editor.connection.alias).create(number=0)


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="SharedGeneration",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.RunPython(make_row, migrations.RunPython.noop),
    ]
