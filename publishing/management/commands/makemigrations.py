from django.core.management.commands import makemigrations

from publishing.language_columns import with_filled_slugs


class Command(makemigrations.Command):
    """Django's own, which knows that address columns of a new language have to be filled."""

    def write_migration_files(self, changes, *args, **kwargs):
        for migrations in changes.values():
            for migration in migrations:
                # A table that is only being made has no rows to fill.
                if not migration.initial:
                    migration.operations = with_filled_slugs(migration.operations)
        return super().write_migration_files(changes, *args, **kwargs)
