import os
import shutil
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.iaec_site.backup.sites import CONTENT, Site

ADDRESS = "postgres://postgres@127.0.0.1:5432"


@pytest.fixture(scope="session")
def original(tmp_path_factory):
    """A site on SQLite with all kinds of content. Nobody may change it."""
    site = Site(tmp_path_factory.mktemp("original"))
    site.number_that_is_gone = int(site.python(CONTENT).splitlines()[-1])
    return site


@pytest.fixture(scope="session")
def archive(original):
    return original.back_up()


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory):
    """An SQLite database with tables alone, to be copied: making them takes most of a test's time."""
    site = Site(tmp_path_factory.mktemp("empty"))
    site.manage("migrate", "--verbosity", "0")
    return site.folder / "site.sqlite3"


@pytest.fixture
def empty_site(tmp_path, empty_file):
    shutil.copy(empty_file, tmp_path / "site.sqlite3")
    return Site(tmp_path)


@pytest.fixture
def copied(tmp_path, original):
    """The original once more, to be changed."""
    shutil.copytree(original.folder, tmp_path / "copied")
    return Site(tmp_path / "copied")


@pytest.fixture(scope="session")
def server():
    """A connection to the PostgreSQL of the tests; what it was used to make goes at the end."""
    base = os.environ.get("DATABASE_URL", "")
    address = base.rpartition("/")[0] if base.startswith("postgres") else ADDRESS
    try:
        connection = psycopg.connect(f"{address}/postgres".replace("postgres://", "postgresql://"), autocommit=True)
    except psycopg.OperationalError as error:
        pytest.skip(f"No PostgreSQL answers: {error}")
    connection.address, connection.made = address, []
    yield connection
    for name in connection.made:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    connection.close()


def new_database(server, template="template0"):
    name = f"backup_test_{uuid4().hex[:12]}"
    server.made.append(name)
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template)))
    return f"{server.address}/{name}"


@pytest.fixture(scope="session")
def on_postgresql(server, archive, tmp_path_factory):
    """The original, restored into a PostgreSQL that had not even tables. Nobody may change it."""
    site = Site(tmp_path_factory.mktemp("on_postgresql"), new_database(server))
    site.said = site.manage("restore", archive)
    return site
