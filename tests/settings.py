"""The site's settings, made quick and cut off from this machine. The database: a temporary file, or DATABASE_URL's."""

import atexit
import os
import shutil
import tempfile
from importlib.util import find_spec

# Each process of pytest-xdist reads this anew and so has a folder of its own.
_folder = tempfile.mkdtemp(prefix="site-tests-")
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

# `make test-postgres` names a Redis; each process of pytest-xdist has a database of it to itself.
_redis, _number = os.environ.get("TEST_REDIS_URL"), os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")

# Set before the site's settings are read: what stands in a developer's .env gives way to these.
os.environ.update(
    VAR_DIR=_folder,
    SECRET_KEY="only-for-tests",
    PRODUCTION="0",
    HTTPS="0",
    DEBUG="0",
    ADMIN_PATH="admin",
    # Tests search more often than people do; tests/entrance/test_search_limit.py sets it.
    SEARCHES_PER_MINUTE="0",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SITE_URL="http://testserver",
    CSRF_TRUSTED_ORIGINS="",
    CACHE_URL=f"{_redis}/{int(_number) % 16}" if _redis else "locmemcache://",
    GENERATION_URL="",
    STORAGE_URL="",
    READ_ONLY="0",
    METRICS_LISTEN="",
    EMAIL_URL="memorymail://",
    DEFAULT_FROM_EMAIL="newsletter@testserver",
    BOUNCE_ADDRESS="",
    BOUNCE_MAILBOX_URL="",
    # An extra; tests of it are left out where it is not installed.
    BOUNCE_WEBHOOKS="mailgun,postmark,sendgrid,amazon_ses" if find_spec("anymail") else "",
    ANYMAIL_WEBHOOK_SECRET="provider:long-enough-for-tests",
    ANYMAIL_MAILGUN_WEBHOOK_SIGNING_KEY="signs-for-tests",
    CHECK_EXTERNAL_LINKS="0",
    CHECK_PRIVATE_ADDRESSES="0",
)
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_folder}/site.sqlite3")

from iaec_site.settings import *  # noqa: E402, F403 - the environment has to come first
from iaec_site.settings import DATABASES, STORAGES, VAR_DIR  # noqa: E402

# A file rather than memory: the browser's requests come in on other threads, and an SQLite in
# memory would be one connection for all of them, with one transaction.
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "tests.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
# Lasting connections would keep PostgreSQL from dropping the test database.
DATABASES["default"]["CONN_MAX_AGE"] = 0

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []}}
# Nothing is collected for tests: the files come from where they lie, by their own names.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir()

# Tests look at how pages are made, many of them within one transaction: see tests/page_cache/test_kept_blocks.py.
KEEP_BLOCKS = False
