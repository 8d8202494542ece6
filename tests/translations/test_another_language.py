"""The site in a sixth language: one line of settings, the migrations that Django writes, one file of texts.

Tried in a copy of the project with a database that was filled before, as a webmaster would do it.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent.parent
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "var", "tests", "__pycache__", ".hypothesis", "docs")
ITALIAN = r"""
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\n"

msgctxt "address"
msgid "news/"
msgstr "notizie/"

msgid "Agenda"
msgstr "Programma"
"""
CRAWL = r"""
import json, re
from django.test import Client

client, seen, todo, wrong, headings = Client(headers={"host": "localhost"}), set(), ["/it/"], [], []
while todo and len(seen) < 30:
    address = todo.pop(0)
    if address in seen:
        continue
    seen.add(address)
    response = client.get(address, follow=True)
    html = response.content.decode()
    if response.status_code != 200 or '<html lang="it">' not in html:
        wrong.append((address, response.status_code))
    headings += re.findall('<h2 class="board-title" id="agenda-title">(.*?)</h2>', html)
    todo += [link for link in re.findall(r'<a [^>]*href="(/it/[^"#?]*)"', html) if not re.search(r'\.[a-z]+$', link)]
news = "/it/notizie/" in seen
print(json.dumps({"pages": len(seen), "wrong": wrong, "agenda": sorted(set(headings)), "news": news}))
"""


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    return folder


def run(project, *arguments):
    environment = {
        **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")},
        "VAR_DIR": str(project / "var"),
        "DEBUG": "1",
    }
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=project, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_site_with_content_takes_a_sixth_language(project):
    run(project, "migrate", "--verbosity=0")
    run(project, "load_starter_content", "--verbosity=0")

    settings = project / "iaec_site" / "settings.py"
    portuguese = '    ("pt", _("Portuguese")),\n'
    assert portuguese in settings.read_text()
    settings.write_text(settings.read_text().replace(portuguese, portuguese + '    ("it", _("Italian")),\n'))
    texts = project / "locale" / "it" / "LC_MESSAGES"
    texts.mkdir(parents=True)
    (texts / "django.po").write_text(ITALIAN)
    subprocess.run([sys.executable, "scripts/compile_messages.py"], cwd=project, check=True, capture_output=True)
    run(project, "makemigrations", "--verbosity=0")
    run(project, "migrate", "--verbosity=0")

    run(project, "makemigrations", "--check", "--dry-run")
    slugs = (
        "from agenda.models import Event; "
        "print(all(e.slug_it == getattr(e, f'slug_{e.source_language}') for e in Event.objects.all()))"
    )
    assert run(project, "shell", "--verbosity=0", "--command", slugs).strip() == "True"
    found = run(project, "shell", "--verbosity=0", "--command", CRAWL)
    assert found.strip() == '{"pages": 30, "wrong": [], "agenda": ["Programma"], "news": true}'


@pytest.mark.skipif(shutil.which("xgettext") is None, reason="GNU gettext is missing")
def test_a_folder_is_all_that_collecting_its_texts_needs(project):
    folder = project / "locale" / "it" / "LC_MESSAGES"
    folder.mkdir(parents=True)

    run(project, "makemessages", "--locale=it", "--locale=es", "--add-location=file", "--no-wrap")

    italian, spanish = (texts_in(project / "locale" / code / "LC_MESSAGES" / "django.po") for code in ("it", "es"))
    assert italian == spanish
    assert (None, "“more than”") in italian  # in an empty file the quotation marks would be lost


def texts_in(file):
    with file.open("rb") as opened:
        return {(message.context, message.id) for message in read_po(opened) if message.id}
