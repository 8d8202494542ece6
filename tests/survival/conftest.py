import shutil

import pytest

from tests.survival.breakable import PostgreSQL, Redis, folder_for_others, new_site


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A site on SQLite with some content, to be copied."""
    return new_site(tmp_path_factory.mktemp("survival"))


@pytest.fixture
def copied(template):
    """Copies its database to a folder; returns the site there."""

    def copy(folder, name="site.sqlite3", options="?timeout=2"):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(template.folder / "site.sqlite3", folder / name)
        return new_site(folder, f"sqlite:///{folder}/{name}{options}", content=False)

    return copy


@pytest.fixture(scope="session")
def postgresql():
    with folder_for_others() as folder:
        server = PostgreSQL(folder)
        yield server
        if server.listens():
            server.kill()


@pytest.fixture(scope="session")
def on_postgresql(postgresql, tmp_path_factory):
    """The address of a database with some content."""
    postgresql.say("CREATE DATABASE site")
    new_site(tmp_path_factory.mktemp("on-postgresql"), postgresql.url("site"))
    return postgresql.url("site")


@pytest.fixture
def redis_server():
    server = Redis()
    yield server
    server.kill()
