#!/bin/sh
# Lets systemd run the site: `make install-service`, as root, in /srv/iaec/site. Run it again after an upgrade of the
# units; what is there and right stays as it is. SYSTEMD=folder writes the units there and starts nothing.
set -eu

units=${SYSTEMD:-/etc/systemd/system}
home=$(pwd -P)
place=${PLACE:-/srv/iaec/site}

fail() { echo "$1" >&2; exit 1; }

if [ -z "${SYSTEMD:-}" ]; then
    [ "$(id -u)" = 0 ] || fail "This has to be run as root: sudo make install-service"
    [ -d /run/systemd/system ] || fail "systemd does not run here. Start the site with: python manage.py serve"
    [ "$(readlink -f "$place")" = "$home" ] || fail "The units look for the site in $place; this is $home. See docs/deploy.md."
    id iaec >/dev/null 2>&1 || adduser --system --group --home /var/lib/iaec --no-create-home iaec
    [ -f .env ] || fail "There is no .env yet. Copy .env.example and set what docs/deploy.md names."
    chgrp iaec .env && chmod 640 .env
    runuser -u iaec -- test -r manage.py -a -r iaec_site/settings.py -a -x .venv/bin/python || fail \
        "The user iaec may not read the code in $home. Let it: chmod -R go+rX $home"
fi
mkdir -p "$units"
for unit in deploy/iaec-*; do
    name=${unit#deploy/}
    if cmp -s "$unit" "$units/$name"; then
        echo "as it was  $name"
    else
        install -m 644 "$unit" "$units/$name"
        echo "written    $name"
    fi
done
[ -z "${SYSTEMD:-}" ] || exit 0
systemctl daemon-reload
systemctl enable --now iaec-web.socket iaec-web.service iaec-worker.service iaec-hourly.timer iaec-backup.timer \
    iaec-doctor.timer
systemctl --no-pager --lines=0 status iaec-web.service iaec-worker.service || true
