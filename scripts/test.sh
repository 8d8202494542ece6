#!/bin/sh
# `make test`: brings what the tests need, then runs them all; arguments go on to pytest.
set -eu
cd "$(dirname "$0")/.."

sh scripts/make_venv.sh requirements-dev.lock

has_browser() {
    # The driver is a program of its own, and a small Debian lacks one of its libraries.
    driver=$(.venv/bin/python -c 'import pathlib, playwright; print(pathlib.Path(playwright.__file__).parent)')/driver
    "$driver/node" --version >/dev/null 2>&1 || return 1
    for name in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        command -v "$name" >/dev/null && return 0
    done
    return 1
}
if ! has_browser; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        echo "Installing Chromium for the browser tests …"
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium fonts-liberation libatomic1; } >/dev/null 2>&1 || echo "Chromium could not be installed." >&2
    else
        echo "The browser tests will be skipped. They need: sudo apt-get install chromium libatomic1" >&2
    fi
fi
.venv/bin/python scripts/fetch_test_tools.py
.venv/bin/python scripts/compile_messages.py

status=0
.venv/bin/python -m pytest -n auto "$@" || status=$?
if [ "$status" = 5 ]; then
    echo "No test matches $*." >&2
fi
if [ "$status" = 0 ] && [ "${CI:-}" = true ]; then
    sh scripts/test_on_postgres.sh --if-there "$@" || status=$?
fi
exit "$status"
