from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connection, connections

from iaec_site.backup import filling, rows
from iaec_site.backup.tables import all_tables
from iaec_site.databases import database_settings


class Command(BaseCommand):
    help = (
        "Copies the site's database into another, empty one, SQLite to PostgreSQL or back, and compares every row. "
        "Stop the site first; afterwards set DATABASE_URL to the new address. The old database stays as it is."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--to", metavar="URL", required=True, help="as in postgres://user:password@host:5432/name")

    def handle(self, *, to, **options):
        old = connections.databases[DEFAULT_DB_ALIAS]
        new = self.settings_of(to, old)
        with rows.snapshot(old) as source:
            filling.refuse_other_version(filling.applied_migrations(source), "The database")
            connection.close()
            # From here on the new database is the site's: triggers, search index and the rest act on it.
            del connections[DEFAULT_DB_ALIAS]
            connections.databases[DEFAULT_DB_ALIAS] = new
            try:
                self.copy(source)
            except OperationalError as error:
                raise CommandError(f"The new database does not answer: {error}") from error

    def settings_of(self, url, old):
        if "://" not in url:
            raise CommandError(f"“{url}” is no address of a database, as in postgres://user:password@host:5432/name.")
        try:
            new = connections.configure_settings({DEFAULT_DB_ALIAS: database_settings(url, settings.VAR_DIR)})
        except (ValueError, KeyError, ImproperlyConfigured) as error:
            raise CommandError(f"“{url}” is no address of a database: {error}") from error
        new = new[DEFAULT_DB_ALIAS]
        place = ("ENGINE", "NAME", "HOST", "PORT")
        if [new.get(name) for name in place] == [old.get(name) for name in place]:
            raise CommandError("That is the database which the site has already.")
        return new

    def copy(self, source):
        if table := filling.rows_of_a_site():
            raise CommandError(f"The new database is not empty ({table}).")
        self.say("Preparing the tables …")
        filling.make_tables()
        tables = all_tables()
        self.say("Copying the rows …")
        number = sum(rows.count(source, table) for table in tables)
        last_numbers = {table.name: rows.last_number(source, table) for table in tables if table.is_counted}
        given = filling.Filling(say=self.say, stream=self.stderr).fill(
            lambda table: rows.rows(source, table), last_numbers, number
        )
        width = max(map(len, given))
        for name, (number, _digest) in given.items():
            self.say(f"{name:<{width}} {number:>8}  the same")
        total = sum(number for number, _digest in given.values())
        self.say(f"{'total':<{width}} {total:>8}\nSet DATABASE_URL to the new address, and start the site.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
