#!/bin/sh
# `make lint`: the checks that need no running site. Goes through all, then fails if one did.
set -u
cd "$(dirname "$0")/.."
failed=0

.venv/bin/ruff check . || failed=1
.venv/bin/ruff format --check . || failed=1
git ls-files --cached --others --exclude-standard '*templates/*.html' |
    xargs -r .venv/bin/djade --check --target-version 5.2 || failed=1
# With the tests' settings, so that no database of the developer's is looked at.
.venv/bin/python manage.py makemigrations --check --dry-run --settings tests.settings || failed=1
.venv/bin/python manage.py check --settings tests.settings || failed=1
exit $failed
