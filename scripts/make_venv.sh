#!/bin/sh
# Makes .venv and installs a lock file into it, when that is due: sh scripts/make_venv.sh requirements.lock
set -eu
cd "$(dirname "$0")/.."
lock=$1

find_python() {
    # A name may exist and yet not run (version managers put such stand-ins in the path), so each is tried.
    for candidate in ${PYTHON:-python3 python3.13 python3.12 python3.11}; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$candidate"
            return
        fi
    done
}

if ! .venv/bin/python -c '' 2>/dev/null; then
    python=$(find_python)
    if [ -z "$python" ]; then
        found=$("${PYTHON:-python3}" -V 2>/dev/null || true)
        echo "Python 3.11 or newer is needed (here: ${found:-none}). Debian 12, Ubuntu 24.04 and newer have it: apt-get install python3 python3-venv" >&2
        exit 1
    fi
    if ! "$python" -c 'import venv, ensurepip' 2>/dev/null; then
        version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
        echo "Python's venv module is missing. Install it with: apt-get install python$version-venv" >&2
        exit 1
    fi
    echo "Making a virtual environment in .venv with $("$python" -V) …"
    "$python" -m venv --clear .venv
fi

# A copy of what was installed says whether anything is due.
installed=.venv/installed-$lock
if ! cmp -s "$lock" "$installed"; then
    echo "Installing what $lock names (a minute or so, only when it changed) …"
    .venv/bin/python -m pip install -qq --disable-pip-version-check --requirement "$lock"
    cp "$lock" "$installed"
fi
