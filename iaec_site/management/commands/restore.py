import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext

from iaec_site.backup import encryption, filling, manifest
from iaec_site.backup.files import UNPACKING, placing_in, remove_unpacked, storage_folder
from iaec_site.backup.folder import locked
from iaec_site.backup.members import NotAnArchive
from iaec_site.backup.reading import Unpacked
from newsletter.issue_states import hold_all


class Command(BaseCommand):
    help = (
        "Makes the site that an archive of `manage.py backup` holds, in the database and the storage that are set, "
        "after all of it was verified. Stop the site first. Whatever stops this command, the old site stays whole."
    )
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("archive", type=Path)
        parser.add_argument("--check", action="store_true", help="only verify the archive")
        parser.add_argument("--overwrite", action="store_true", help="take the place of the site that is there")
        parser.add_argument(
            "--identity",
            default=settings.BACKUP_IDENTITY,
            help="the file with the private key for archives of age; default: BACKUP_IDENTITY",
        )

    def handle(self, *, archive, check, overwrite, identity, **options):
        storage = storage_folder()
        with locked(storage, f"Another restore is going on in {storage}."):
            if not (check or overwrite) and (table := filling.rows_of_a_site()):
                raise CommandError(
                    f"The database holds a site, or something else, already ({table}). --overwrite puts the archive "
                    "in its place; make a backup first."
                )
            remove_unpacked(storage)
            with tempfile.TemporaryDirectory(prefix=UNPACKING, dir=storage) as scratch:
                try:
                    unpacked = self.verified(archive, Path(scratch), identity)
                except NotAnArchive as error:
                    raise CommandError(f"{archive} is not taken: {error}.") from error
                except OSError as error:
                    raise CommandError(f"{archive} cannot be read: {error}") from error
                if not check:
                    self.restore(unpacked, storage, overwrite)

    def verified(self, archive, scratch, identity):
        self.say(f"Reading and verifying {archive} …")
        unpacked = Unpacked(scratch)
        with encryption.decrypted(archive, identity) as stream:
            unpacked.unpack(stream)
        unpacked.verify()
        made = unpacked.manifest
        rows = sum(entry.rows for entry in made.tables)
        self.say(
            f"The archive is whole: {made.address} as of {made.made_at}, {rows} rows of {len(made.tables)} tables and "
            f"{made.files.count} files."
        )
        return unpacked

    def restore(self, unpacked, storage, overwrite):
        self.say("Preparing the tables …")
        filling.make_tables()
        placing = placing_in(storage)
        placing.place(unpacked.files())
        if placing.differing and not overwrite:
            raise CommandError(
                f"The storage has {len(placing.differing)} files with other content, {placing.differing[0][0]} for "
                "one. --overwrite replaces them."
            )
        # Before the database refers to them.
        os.sync()
        self.say("Writing the rows …")
        entries = unpacked.manifest.tables
        given = filling.Filling(say=self.say, stream=self.stderr).fill(
            unpacked.rows,
            {entry.name: entry.last_number for entry in entries},
            sum(entry.rows for entry in entries),
            left_out=manifest.NOT_IN_ARCHIVES,
            afterwards=lambda: self.hold_the_newsletter(unpacked.manifest.made_at),
        )
        if overwrite:
            placing.finish()
        self.say(
            f"Restored and compared: {sum(rows for rows, digest in given.values())} rows, {len(placing.names)} files. "
            "Everybody signs in anew."
        )

    def hold_the_newsletter(self, made_at):
        """Who got a letter after the backup was made is not known here, and nobody gets one twice."""
        with translation.override(settings.LANGUAGE_CODE):
            why = gettext("The site comes from a backup of %(moment)s. Who got the letter since then is not known.")
            held = hold_all(why % {"moment": made_at})
        if held:
            self.say(f"{held} issues of the newsletter that were to be sent wait for somebody to look at them.")

    def say(self, line):
        self.stdout.write(line)
        self.stdout.flush()
