"""Sites of their own, and the real commands in processes of their own: what a webmaster gets is what is compared."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps

ROOT = Path(__file__).resolve().parents[3]
# Made anew in each database, and so not the same.
NOT_COMPARED = "page_cache search desk.listeditem experiences.tableversion experiences.recordchange sessions".split()
# Starter content, a picture in its sizes, a document, an account, history, a deleted row, and values at the edges.
CONTENT = r"""
import datetime, django
django.setup()
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection
call_command("migrate", verbosity=0)
call_command("load_starter_content", verbosity=0)
import reversion
from django.contrib.auth import get_user_model
from news.models import Post
from tests.factories import make_document, make_picture
user = get_user_model().objects.create_superuser("ana", "ana@example.org", "a long password")
make_picture(title="A square")
make_document()
with reversion.create_revision():
    reversion.set_user(user)
    post = Post.objects.first()
    post.title_en = "Line one\nline two\ttab \\N back\\slash “quotes” 🎈 \u2028 ' \" ; --"
    post.title_pt = ""
    post.title_ca = None
    post.save()
from django_tasks_db.models import DBTaskResult
from django.contrib.sessions.models import Session
end = datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC)
Session.objects.create(session_key="k" * 32, session_data="x", expire_date=end)
DBTaskResult.objects.create(
    args_kwargs={"args": [1, 1.5, -0.25, 1e15, True, None, "é\u0001🎈", 2**70], "kwargs": {"b": {}, "a": [[]]}},
    task_path="a.b", backend_name="default", status="SUCCESSFUL", priority=-100,
    run_after=datetime.datetime(1, 1, 1, tzinfo=datetime.UTC),
    started_at=datetime.datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=datetime.UTC),
    finished_at=datetime.datetime(2026, 3, 29, 1, 30, tzinfo=datetime.UTC),
    exception_class_path="", traceback="",
)
from experiences.models import Theme
last = Theme.objects.create(name_en="Gone", key="gone")
print(last.pk)
last.delete()
"""


class Site:
    """A folder of its own; SQLite in it unless an address of PostgreSQL is given."""

    def __init__(self, folder, database=None):
        self.folder = Path(folder)
        self.database = database or f"sqlite:///{self.folder}/site.sqlite3"
        kept = {name: value for name, value in os.environ.items() if name not in {"ALLOWED_HOSTS", "SITE_URL"}}
        self.environment = kept | {
            "DJANGO_SETTINGS_MODULE": "iaec_site.settings",
            "DATABASE_URL": self.database,
            "VAR_DIR": str(self.folder),
            "PYTHONPATH": str(ROOT),
        }

    @property
    def media(self):
        return self.folder / "media"

    @property
    def archives(self):
        return sorted((self.folder / "backups").glob("site-*.tar*"))

    def command(self, *arguments):
        return [sys.executable, str(ROOT / "manage.py"), *map(str, arguments)]

    def try_to(self, *arguments, **more):
        environment = self.environment | more
        return subprocess.run(self.command(*arguments), env=environment, capture_output=True, text=True, timeout=900)

    def manage(self, *arguments, **more):
        """What a command says. It has to succeed, and to say nothing on its stderr."""
        done = self.try_to(*arguments, **more)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def start(self, *arguments):
        return subprocess.Popen(self.command(*arguments), env=self.environment, stdout=subprocess.PIPE, text=True)

    def python(self, script):
        done = subprocess.run(
            [sys.executable, "-c", script], env=self.environment, capture_output=True, text=True, timeout=900
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout.strip()

    def back_up(self, *arguments):
        self.manage("backup", *arguments)
        return self.archives[-1]

    def rows(self):
        """Every row of every model as Django's own serializer writes it, which knows nothing of backups."""
        items = json.loads(self.manage("dumpdata", "--all", *(f"--exclude={name}" for name in NOT_COMPARED)))
        for item in items:
            for field in apps.get_model(item["model"])._meta.many_to_many:
                if field.name in item["fields"]:
                    item["fields"][field.name].sort()  # a set, read in any order
        return items

    def files(self):
        paths = [path for path in sorted(self.media.rglob("*")) if path.is_file()]
        return {str(path.relative_to(self.media)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}

    def next_number(self):
        """The number that the next theme gets."""
        return int(
            self.python(
                "import django; django.setup()\n"
                "from django.db import transaction\nfrom experiences.models import Theme\n"
                "with transaction.atomic():\n"
                "    print(Theme.objects.create(name_en='Next', key='next').pk); transaction.set_rollback(True)"
            )
        )


def assert_same(site, other):
    assert other.rows() == site.rows()
    assert other.files() == site.files()
    # Also where the index and its triggers were made anew.
    said = other.manage("rebuild_search", "--check")
    assert said.endswith(
        "0 texts in the index differ from them, 0 are of items that are gone; 0 triggers are missing.\n"
    )
