from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty media folder; static files by their plain names."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    return settings.MEDIA_ROOT


@pytest.fixture
def stored(media):
    """What stands in the storage now, as names."""

    def names():
        return sorted(path.relative_to(media).as_posix() for path in Path(media).rglob("*") if path.is_file())

    return names
