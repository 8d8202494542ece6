"""New migrations let the old version of the site go on serving while they run: see docs/decisions/0043."""

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

# What was there when this rule began. Later ones have to keep to it.
BEFORE = {
    "agenda": "0005_find_former_slugs_by_index",
    "checks": "0001_what_checks_find",
    "desk": "0004_letters_to_staff",
    "editions": "0005_special_mentions",
    "entrance": "0001_who_came_in",
    "experiences": "0007_index_of_the_editors_list",
    "invitations": "0001_invitations",
    "networks": "0004_find_former_slugs_by_index",
    "news": "0004_index_of_the_editors_list",
    "newsletter": "0005_count_who_came_and_went",
    "page_cache": "0001_shared_generation",
    "pages": "0004_publications_as_targets",
    "pictures": "0006_move_old_originals",
    "publications": "0001_initial",
    "search": "0004_more_forms_of_words",
    "starter_content": "0001_initial",
    "translations": "0005_lists_of_translated_publications",
}
# {"app.name": why the version before does not mind}
ALLOWED: dict[str, str] = {}

OURS = {label for label in BEFORE if label != "page_cache"} | {"iaec_site"}
BREAKS = (migrations.RemoveField, migrations.RenameField, migrations.RenameModel, migrations.DeleteModel)


def trouble_with(operation):
    """Why the version before this one would fail after an operation; None if it would not."""
    if isinstance(operation, migrations.SeparateDatabaseAndState):
        return next(filter(None, map(trouble_with, operation.database_operations)), None)
    if isinstance(operation, (*BREAKS, migrations.AlterModelTable)):
        return f"{operation.describe()}: the version before still reads it; stop using it now, remove it in the next"
    field = getattr(operation, "field", None)
    is_demanding = field is not None and not field.null and field.db_default is NOT_PROVIDED
    if isinstance(operation, migrations.AddField) and is_demanding and not isinstance(field, models.ManyToManyField):
        return f"{operation.describe()}: the version before writes rows without it; give it a db_default"
    if isinstance(operation, migrations.AlterField) and is_demanding and not operation.preserve_default:
        return f"{operation.describe()}: the version before may write NULL into it"
    return None


def new_migrations():
    ours = {config.label for config in apps.get_app_configs() if config.name.partition(".")[0] in OURS}
    for (label, name), migration in sorted(MigrationLoader(None).disk_migrations.items()):
        if label in ours and name > BEFORE.get(label, "") and f"{label}.{name}" not in ALLOWED:
            yield migration


def test_the_version_before_can_serve_with_the_new_tables():
    found = {
        str(migration): trouble
        for migration in new_migrations()
        for operation in migration.operations
        # A table that is new is nobody's yet.
        if (trouble := trouble_with(operation))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("operation", "is_safe"),
    [
        (migrations.RemoveField("post", "title"), False),
        (migrations.RenameField("post", "title", "heading"), False),
        (migrations.DeleteModel("Post"), False),
        (migrations.AddField("post", "views", models.IntegerField(default=0)), False),
        (migrations.AddField("post", "views", models.IntegerField(db_default=0)), True),
        (migrations.AddField("post", "views", models.IntegerField(null=True)), True),
        (migrations.AddField("post", "cities", models.ManyToManyField("networks.City")), True),
        (migrations.AddIndex("post", models.Index(fields=["title"], name="by_title")), True),
        (migrations.SeparateDatabaseAndState([migrations.DeleteModel("Post")], []), False),
        (migrations.SeparateDatabaseAndState([], [migrations.RemoveField("post", "title")]), True),
    ],
)
def test_what_is_refused(operation, is_safe):
    assert (trouble_with(operation) is None) == is_safe
