"""Fills a database of its own, measures address after address, and prints a table."""

import argparse
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import setup_test_environment, teardown_test_environment

from bench import content, searching
from bench.addresses import ADMIN, DESK, PUBLIC
from bench.desk_content import editor, fill_desk, fill_what_is_left_behind
from bench.measuring import HEAD, cost_of
from bench.serving import measure_serving
from iaec_site.management.commands.prepare import count_rows

ABOUT = "What pages, lists and feeds cost with 20,000 events, in a database made for it and thrown away."


def main():
    parser = argparse.ArgumentParser(prog="bench", description=ABOUT)
    parser.add_argument("part", nargs="?", default="", help="only addresses that contain this")
    parser.add_argument("--translations", action="store_true", help="fill their ledger too, which takes minutes")
    parser.add_argument("--search", action="store_true", help="only searches, among 100,000 items; takes minutes")
    parser.add_argument("--desk", action="store_true", help="20,000 of every kind, and the editors' pages alone")
    parser.add_argument("--serving", action="store_true", help="the server under load, beside nginx; needs wrk")
    parser.add_argument("--items", type=int, default=content.EVENTS, help="how many events (20,000)")
    asked = parser.parse_args()
    content.scale_to(asked.items)
    setup_test_environment(debug=False)
    settings.KEEP_BLOCKS = True  # as in production
    connection.settings_dict["TEST"]["NAME"] = connection.settings_dict["TEST"].get("NAME") or "bench"
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        if asked.search:
            report_searches()
            return
        begin = time.monotonic()
        print(f"Filling a database ({connection.vendor}) …", flush=True)
        content.fill(with_ledger=asked.translations)
        if asked.desk:
            fill_desk()
            fill_what_is_left_behind(editor())
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")  # as it does by itself some minutes after so many rows were written
        count_rows(connection)
        print(f"  done in {time.monotonic() - begin:.0f} s\n", flush=True)
        if asked.serving:
            measure_serving()
            return
        measure(asked.part, [("Desk", DESK)] if asked.desk else [("Public", PUBLIC), ("Admin", ADMIN)])
    finally:
        connection.creation.destroy_test_db(connection.settings_dict["NAME"], verbosity=0)
        teardown_test_environment()


def report_searches():
    print(f"Filling a database with {searching.ITEMS} items ({connection.vendor}) …", flush=True)
    found = searching.measure()
    print(f"index built in {found['built']:.0f} s")
    print(f"hits of a query: median {found['hits'][0]:.0f}, {found['hits'][1]} most")
    for name in ("median", "p90", "most"):
        print(f"{searching.QUERIES} queries of two words, {name}: {found[name] * 1000:.1f} ms")


def measure(part, lists):
    visitor, signed_in = Client(), Client()
    signed_in.force_login(editor())
    for title, addresses in lists:
        client = visitor if title == "Public" else signed_in
        chosen = [address for address in addresses if part in address]
        width = max(map(len, [title, *chosen]))
        print(f"{title:<{width}} {HEAD}")
        for address in chosen:
            print(f"{address:<{width}} {cost_of(client.get, address)}", flush=True)
        print()
