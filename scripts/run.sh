#!/bin/sh
# `make run`: from a fresh clone to a site that answers. Every step does only what is due.
set -eu
cd "$(dirname "$0")/.."
HOST=${HOST:-127.0.0.1}
PORT=${PORT:-8000}
case $HOST in *:*) address="[${HOST#[}"; address="${address%]}]:$PORT" ;; *) address=$HOST:$PORT ;; esac

# The port first: nobody should wait for an installation and then hear that it was taken.
for python in .venv/bin/python "${PYTHON:-python3}"; do
    if "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        "$python" -m iaec_site.listening "$address" || exit 1
        break
    fi
done

sh scripts/make_venv.sh requirements.lock
.venv/bin/python scripts/compile_messages.py
.venv/bin/python manage.py prepare --trial --address "http://$(echo "$address" | sed 's/^0\.0\.0\.0:/127.0.0.1:/; s/^\[::\]:/[::1]:/')"
# In place of this shell, so that signals reach it.
exec .venv/bin/python manage.py serve "$address"
