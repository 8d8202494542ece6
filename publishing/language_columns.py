"""A language that joins the site: its address columns are filled before the database insists on them.

`makemigrations` finds the new columns by itself, and the constraints that no address is empty and none stands twice.
Between the two, items that were there before need an address in the new language: that of the language they were
written in, until somebody gives them a title of its own.
"""

import re

from django.db.migrations import AddConstraint, AddField, AddIndex, RunPython

from publishing.former_slugs import numbered

SLUG_COLUMN = re.compile(r"slug_([a-z]{2}(?:_[a-z]+)?)")


class FillSlugs(RunPython):
    """Gives every row of a model an address in a language, in a migration."""

    def __init__(self, model_name, language):
        self.model_name, self.language = model_name, language
        super().__init__(self.fill, RunPython.noop)

    def deconstruct(self):
        return type(self).__name__, [self.model_name, self.language], {}

    def describe(self):
        return f"Give every {self.model_name} an address in {self.language}"

    def fill(self, apps, schema_editor):
        model = apps.get_model(self.app_label, self.model_name)
        rows = model._base_manager.using(schema_editor.connection.alias)
        column = f"slug_{self.language}"
        taken = set(rows.exclude(**{column: None}).values_list(column, flat=True))
        known = [field.name for field in model._meta.concrete_fields if SLUG_COLUMN.fullmatch(field.name)]
        changed = []
        for row in rows.filter(**{column: None}).order_by("pk"):
            source = getattr(row, f"slug_{getattr(row, 'source_language', '')}", None)
            slug = source or next(filter(None, (getattr(row, name) for name in known)))
            slug = next(candidate for candidate in numbered(slug) if candidate not in taken)
            taken.add(slug)
            setattr(row, column, slug)
            changed.append(row)
        model._base_manager.using(schema_editor.connection.alias).bulk_update(changed, [column], batch_size=200)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        self.app_label = app_label
        super().database_forwards(app_label, schema_editor, from_state, to_state)


def with_filled_slugs(operations):
    """The operations of a migration with new address columns filled as soon as all columns are there."""
    fills = [
        FillSlugs(operation.model_name, match[1])
        for operation in operations
        if isinstance(operation, AddField) and (match := SLUG_COLUMN.fullmatch(operation.name))
    ]
    if not fills or any(isinstance(operation, FillSlugs) for operation in operations):
        return operations
    late = [operation for operation in operations if isinstance(operation, AddConstraint | AddIndex)]
    early = [operation for operation in operations if operation not in late]
    return [*early, *fills, *late]
