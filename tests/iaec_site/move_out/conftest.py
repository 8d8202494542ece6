import json
import shutil

import pytest

from tests.iaec_site.backup.sites import Site

# A site with every relation in use, in a state that has a past: former addresses, drafts, readers, an account.
CONTENT = r"""
import json, django
django.setup()
from django.core.management import call_command
call_command("prepare", verbosity=0, stdout=open("/dev/null", "w"))
from django.contrib.auth import get_user_model
from agenda.models import Event
from moving_in.models import OldAddress
from search import index
from tests import factories
from translations import ledger
from tests.pictures.factories import drawn, picture_bytes
from tests.iaec_site.public_site import make_site

items = make_site()
# Years of empty months would be exported, too.
Event.objects.filter(last_year__lt=2030).delete()
for number in range(30):
    factories.make_post(title_en=f"Report {number}", teaser_en="A report", body_en="<p>Text</p>")
factories.make_post(
    state="draft", title_en="Unpublished «words» here", body_en="<p>one &amp; two</p>",
    picture=factories.make_picture(file=picture_bytes(image=drawn(700, 500))),
)
factories.make_post(title_en="Educating cities meet", title_es="Las ciudades educadoras se reúnen")
factories.make_event(
    title_en="Reading in libraries", title_es="Lectura en las bibliotecas", date="2030-06-01",
    body_en='<p>See <a href="/en/nothing-there/">this</a> and <a href="/en/news/?category=x&year=2024">that</a>.</p>',
)
items["post"].slug_en = "another-address"
items["post"].save()
items["network"].slug_en = "another-network"
items["network"].save()
items["series"].slug_es = "otra-serie"
items["series"].save()
OldAddress.objects.create(address="/2019/05/report", leads_to="/en/news/")
OldAddress.objects.create(address="/?p=7", item=items["post"], language="en")
factories.make_subscriber(email="reader@example.org")
get_user_model().objects.create_user("editor-of-turin", "editor@example.org", "x" * 12)
index.refresh()
ledger.refresh()
print(json.dumps({name: item.pk for name, item in items.items()}))
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """With `items`: {name: key}, as `tests.iaec_site.public_site` calls them. Nobody may change it."""
    site = Site(tmp_path_factory.mktemp("site to leave"))
    site.items = json.loads(site.python(CONTENT).splitlines()[-1])
    return site


@pytest.fixture(scope="session")
def copy(site):
    """The folder of an export, and in `said` what the command said."""
    target = Copy(site.folder / "served" / "a copy")
    target.folder.parent.mkdir()
    target.said = site.manage("export_static", target.folder)
    return target


class Copy:
    def __init__(self, folder):
        self.folder = folder

    def text(self, path):
        return (self.folder / path).read_text(encoding="utf-8")

    def paths(self, pattern="*"):
        return sorted(
            path.relative_to(self.folder).as_posix() for path in self.folder.rglob(pattern) if path.is_file()
        )


# A few pages, for what is looked at more than once.
FEW = r"""
import django
django.setup()
from django.core.management import call_command
call_command("prepare", verbosity=0, stdout=open("/dev/null", "w"))
from tests import factories
factories.make_site_identity()
factories.make_post(title_en="One", teaser_en="First")
"""


@pytest.fixture(scope="session")
def small_site(site, tmp_path_factory):
    folder = tmp_path_factory.mktemp("small site")
    # Static files are the same, and take long to collect.
    shutil.copytree(site.folder / "static", folder / "static")
    shutil.copy(site.folder / "static.stamp", folder)
    small = Site(folder)
    small.python(FEW)
    return small
