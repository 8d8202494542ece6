#!/bin/sh
# Writes requirements.lock and requirements-dev.lock. The second keeps to the versions of the first.
# Made with the oldest Python that we support, so that nothing in them is too new for it.
set -eu
cd "$(dirname "$0")/.."
export CUSTOM_COMPILE_COMMAND="make lock"

compile() {
    .venv/bin/python -m piptools compile --quiet --strip-extras --no-allow-unsafe --annotation-style line \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@"
}

if .venv/bin/python -c 'import sys; sys.exit(sys.version_info[:2] == (3, 11))'; then
    echo "Lock files are made with Python 3.11: PYTHON=python3.11 make clean lock" >&2
    exit 1
fi
compile --output-file requirements.lock requirements.txt "$@"
compile --constraint requirements.lock --output-file requirements-dev.lock requirements-dev.txt "$@"
