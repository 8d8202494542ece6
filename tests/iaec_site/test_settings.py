import json
import os
import re
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format

from iaec_site.secret_key import local_secret_key

ROOT = Path(__file__).resolve().parents[2]
NEEDED = ("SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL", "SITE_URL", "DEFAULT_FROM_EMAIL")
SHOW = """
import json
from iaec_site import settings
shown = {name: str(getattr(settings, name)) for name in ("VAR_DIR", "MEDIA_ROOT", "EMAIL_FILE_PATH")}
print(json.dumps(shown | {"DATABASE": settings.DATABASES["default"]["NAME"]}))
"""


def run(*arguments, **variables):
    """Python with the site's settings, and of the environment only what is given (empty: the default)."""
    unset = dict.fromkeys((*NEEDED, "DATABASE_URL", "STORAGE_URL", "VAR_DIR"), "")
    environment = os.environ | unset | {"DJANGO_SETTINGS_MODULE": "iaec_site.settings"} | variables
    environment["PYTHONPATH"] = str(ROOT)
    return subprocess.run([sys.executable, *arguments], cwd="/", env=environment, capture_output=True, text=True)


def paths(**variables):
    shown = run("-c", SHOW, SECRET_KEY="only-for-tests", **variables)
    assert shown.stderr == ""
    return json.loads(shown.stdout)


# Read elsewhere: by `manage.py serve` and the Makefile, and by anymail under names of its own.
READ_ELSEWHERE = {"HOST", "PORT", "ANYMAIL_WEBHOOK_SECRET"}


def test_every_variable_that_the_settings_read_is_explained_and_no_other():
    source = (ROOT / "iaec_site" / "settings.py").read_text()
    read = set(re.findall(r"""env\.\w+\(\s*"([A-Z_]+)""", source)) | set(NEEDED)
    explained = re.findall(r"^#?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.M)

    assert sorted(explained) == sorted(read | READ_ELSEWHERE)


# What systemd and terminals say to programs; and by what Django finds its settings.
OF_THE_SYSTEM = {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "NO_COLOR", "DJANGO_SETTINGS_MODULE"}


def test_the_settings_alone_read_the_environment():
    """What is read elsewhere would be missing from the list above."""
    folders = [
        path.parent for path in ROOT.glob("*/__init__.py") if path.parent.name not in {"tests", "bench", "guide"}
    ]
    texts = [path.read_text() for folder in folders for path in folder.rglob("*.py")]
    pattern = re.compile(r"""os\.(?:environ(?:\.\w+\(|\[)|getenv\()"(\w+)""")
    names = {name for text in texts for name in pattern.findall(text)}

    assert "LISTEN_PID" in names
    assert names - READ_ELSEWHERE - OF_THE_SYSTEM == set()


@pytest.mark.parametrize("missing", [NEEDED, *((name,) for name in NEEDED)], ids=", ".join)
def test_production_does_not_start_without_what_it_needs(tmp_path, missing):
    given = dict.fromkeys(set(NEEDED) - set(missing), "smtp://example.org")
    result = run(ROOT / "manage.py", "check", PRODUCTION="1", VAR_DIR=str(tmp_path), **given)

    assert result.returncode != 0
    assert f"these variables are missing: {', '.join(missing)}." in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_relative_folder_starts_from_the_folder_of_the_site():
    assert paths(VAR_DIR="var") == paths() == paths(VAR_DIR="./docs/../var")
    assert paths(VAR_DIR="var") == {
        "VAR_DIR": f"{ROOT}/var",
        "MEDIA_ROOT": f"{ROOT}/var/media",
        "EMAIL_FILE_PATH": f"{ROOT}/var/mail",
        "DATABASE": f"{ROOT}/var/site.sqlite3",
    }


@pytest.mark.parametrize("name", ["two words", "a#b", "50%20", "what?", "ñ;x"])
def test_a_folder_may_have_any_name(tmp_path, name):
    folder = f"{tmp_path}/{name}"

    assert paths(VAR_DIR=folder) == {
        "VAR_DIR": folder,
        "MEDIA_ROOT": f"{folder}/media",
        "EMAIL_FILE_PATH": f"{folder}/mail",
        "DATABASE": f"{folder}/site.sqlite3",
    }


@pytest.mark.parametrize(
    ("url", "folder"),
    [
        ("file:///srv/media", "/srv/media"),
        ("file:///srv/two%20words/a%23b/50%25", "/srv/two words/a#b/50%"),
        ("file:///srv/two words;x", "/srv/two words;x"),
    ],
)
def test_the_storage_is_a_folder_written_as_a_url(url, folder):
    assert paths(STORAGE_URL=url)["MEDIA_ROOT"] == folder


@pytest.mark.parametrize("url", ["ftp://bucket", "file://server/media", "/srv/media", "file:///srv/a#b", "file:media"])
def test_a_storage_that_is_no_folder_is_refused(url):
    result = run("-c", SHOW, SECRET_KEY="only-for-tests", STORAGE_URL=url)

    assert f"“{url}” is none." in result.stderr


def test_the_secret_key_is_made_once_for_its_owner(tmp_path):
    folder = tmp_path / "var"
    key = local_secret_key(folder)

    assert len(key) == 50
    assert local_secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
    assert [path.name for path in folder.iterdir()] == ["secret_key"]


def test_an_empty_secret_key_is_replaced(tmp_path):
    (tmp_path / "secret_key").write_text("\n")

    key = local_secret_key(tmp_path)

    assert (len(key), local_secret_key(tmp_path)) == (50, key)


def test_a_start_that_ends_midway_leaves_no_empty_key(tmp_path):
    """Killed while it makes the key: whatever comes before that has happened."""
    killed = (
        "import os, pathlib\n"
        "def kill(*arguments, **options):\n"
        "    os._exit(9)\n"
        "import django.core.management.utils as utils\n"
        "utils.get_random_secret_key = kill\n"
        "from iaec_site import settings\n"
    )

    assert run("-c", killed, VAR_DIR=str(tmp_path)).returncode == 9
    assert not (tmp_path / "secret_key").exists()
    assert len(local_secret_key(tmp_path)) == 50


def test_english_dates_are_british():
    """Django's own “en” reads 03/10/2025 as the tenth of March."""
    with translation.override("en"):
        assert forms.DateField().clean("03/10/2025") == date(2025, 10, 3)
        assert date_format(date(2025, 10, 3)) == "3 October 2025"
