#!/bin/sh
# The suite without the browser on PostgreSQL. With --if-there, a missing server is told, not failed on.
set -eu
cd "$(dirname "$0")/.."
if_there=
if [ "${1:-}" = --if-there ]; then
    if_there=yes
    shift
fi
export DATABASE_URL="${DATABASE_URL:-postgres://postgres@127.0.0.1:5432/postgres}"

answers() {
    .venv/bin/python -c '
import os, sys, psycopg
try:
    psycopg.connect(os.environ["DATABASE_URL"], connect_timeout=3).close()
except psycopg.OperationalError as error:
    sys.exit(str(error).strip())'
}
if ! answers 2>/dev/null && [ "${CI:-}" = true ] && command -v pg_ctlcluster >/dev/null; then
    # Debian's server is installed but not running, as on a machine without an init system.
    for version in $(ls /etc/postgresql 2>/dev/null); do
        pg_ctlcluster --skip-systemctl-redirect "$version" main start || true
    done
    sleep 2
fi
if ! answers; then
    echo "No PostgreSQL answers at the address in DATABASE_URL (default: postgres on 127.0.0.1:5432, no password)." >&2
    [ -n "$if_there" ] && exit 0
    exit 1
fi
# The cache in Redis, too, where one answers.
redis="${TEST_REDIS_URL:-redis://127.0.0.1:6379}"
redis_answers() {
    .venv/bin/python -c 'import sys, redis; redis.Redis.from_url(sys.argv[1], socket_timeout=3).ping()' "$redis" 2>/dev/null
}
if ! redis_answers && [ "${CI:-}" = true ] && command -v redis-server >/dev/null; then
    redis-server --bind 127.0.0.1 --port 6379 --save "" --daemonize yes >/dev/null
    sleep 1
fi
if redis_answers; then
    export TEST_REDIS_URL="$redis"
    echo "The same tests on PostgreSQL and Redis:"
else
    echo "No Redis answers at $redis: the cache stays in memory." >&2
    echo "The same tests on PostgreSQL:"
fi
status=0
.venv/bin/python -m pytest -n auto -m "not browser" "$@" || status=$?
# Arguments that select browser tests only leave nothing to run here.
[ "$status" = 5 ] && exit 0
exit "$status"
