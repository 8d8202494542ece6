import uuid

from django.db import migrations, models
from django.db.models import F

import networks.countries


def name_every_event(apps, schema_editor):
    events = apps.get_model("agenda", "Event")._base_manager.using(schema_editor.connection.alias)
    nameless = list(events.only("pk"))
    for event in nameless:
        event.uid = uuid.uuid4()
    events.bulk_update(nameless, ["uid"], batch_size=500)


def take_country_from_city(apps, schema_editor):
    events = apps.get_model("agenda", "Event")._base_manager.using(schema_editor.connection.alias)
    astray = list(events.exclude(city=None).exclude(country=F("city__country")).select_related("city"))
    for event in astray:
        event.country = event.city.country
    events.bulk_update(astray, ["country"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("agenda", "0001_initial"),
    ]

    operations = [
        migrations.AddField("event", "sequence", models.PositiveIntegerField(default=0, editable=False)),
        # A default is worked out once for all rows, so each gets its own name before names must differ.
        migrations.AddField("event", "uid", models.UUIDField(null=True, editable=False)),
        migrations.RunPython(name_every_event, migrations.RunPython.noop),
        migrations.AlterField("event", "uid", models.UUIDField(default=uuid.uuid4, unique=True, editable=False)),
        migrations.AlterField(
            "event",
            "country",
            models.CharField(
                "country",
                max_length=2,
                blank=True,
                choices=networks.countries.country_choices,
                help_text="That of the city, if one is chosen.",
            ),
        ),
        migrations.RunPython(take_country_from_city, migrations.RunPython.noop),
        migrations.AddIndex(
            "event",
            models.Index(
                fields=["kind", "mode", "network", "country"],
                condition=models.Q(state="published"),
                name="event_choices",
            ),
        ),
    ]
