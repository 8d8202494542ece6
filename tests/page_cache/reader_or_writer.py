"""A process of its own, started by `test_many_processes`: it reads pages, or writes in every way there is.

Each writer has a post, an event and a network of its own, whose names count up, now one, now another. What was
committed is noted in a file that all share, after the write has returned; a page that is asked for after that must not
show less, whether it is ready, made from parts that are kept, or both. What was rolled back must never show.

The file holds eight bytes for each: what every writer has committed of each of its items, which writers have finished,
which readers have begun.
"""

import os
import random
import re
import struct
import sys
import time
from mmap import mmap
from pathlib import Path
from threading import Thread

import django

# Of each writer: a post, an event, a network.
ITEMS = 3


def main(role, number, folder, database, writers, readers, writes, marks):
    from django.conf import settings
    from django.db import connections

    django.setup()
    settings.VAR_DIR = Path(folder)
    settings.KEEP_BLOCKS = True
    connections["default"].settings_dict["NAME"] = database
    with open(marks, "r+b") as file:
        shared = mmap(file.fileno(), 0)
    board = Board(shared, int(writers), int(readers))
    if role == "writer":
        print(write(int(number), int(writes), board))
    else:
        print(read(int(number), board))


class Board:
    def __init__(self, shared, writers, readers):
        self.shared, self.writers, self.readers = shared, writers, readers

    def put(self, place, value):
        struct.pack_into("=Q", self.shared, 8 * place, value)

    def committed(self):
        return struct.unpack_from(f"={ITEMS * self.writers}Q", self.shared)

    def end(self, writer):
        self.put(ITEMS * self.writers + writer, 1)

    def is_over(self):
        return all(struct.unpack_from(f"={self.writers}Q", self.shared, 8 * ITEMS * self.writers))

    def begin(self, reader):
        self.put((ITEMS + 1) * self.writers + reader, 1)

    def wait_for_readers(self):
        while not all(struct.unpack_from(f"={self.readers}Q", self.shared, 8 * (ITEMS + 1) * self.writers)):
            time.sleep(0.05)


def write(number, writes, board):
    from django.core import serializers
    from django.core.management import call_command
    from django.db import connection, transaction

    from agenda.models import Event
    from networks.models import Network
    from news.models import Post

    chance = random.Random(number)
    # The first in the order of their keys, one for each writer.
    items = [model.objects.order_by("pk")[number] for model in (Post, Event, Network)]
    columns = ["title_en", "title_en", "official_name"]

    def raw(title):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {item._meta.db_table} SET {column} = %s WHERE id = %s", [title, item.pk])

    def save(title):
        setattr(item, column, title)
        item.save()

    def update(title):
        type(item).objects.filter(pk=item.pk).update(**{column: title})

    def bulk(title):
        setattr(item, column, title)
        conflicts = {"update_conflicts": True, "unique_fields": ["id"], "update_fields": [column]}
        type(item).objects.bulk_create([item], **conflicts)

    def bulk_update(title):
        setattr(item, column, title)
        type(item).objects.bulk_update([item], [column])

    def load(title):
        setattr(item, column, title)
        fixture = Path(f"{sys.argv[8]}.{number}.json")
        fixture.write_text(serializers.serialize("json", [item]))
        call_command("loaddata", fixture, verbosity=0)

    def of_several(title):
        with transaction.atomic():
            raw(title)
            Network.objects.filter(pk=items[2].pk).update(order=chance.randint(0, 9))

    def as_part_of_a_query(title):
        with connection.cursor() as cursor:
            table = item._meta.db_table
            chosen = f"WITH chosen AS (SELECT id FROM {table} WHERE id = %s)"
            cursor.execute(
                f"{chosen} UPDATE {table} SET {column} = %s WHERE id IN (SELECT id FROM chosen)", [item.pk, title]
            )

    def by_hand(title):
        transaction.set_autocommit(False)
        try:
            raw(title)  # SQLite would refuse to write after it has read here
            transaction.commit()
        finally:
            transaction.set_autocommit(True)

    def in_parts(title):
        with transaction.atomic():
            try:
                with transaction.atomic():
                    update("Rolled back")
                    raise ZeroDivisionError
            except ZeroDivisionError:
                pass
            raw(title)

    def after_the_commit(title):
        with transaction.atomic():
            transaction.on_commit(lambda: update(title))
            raw(title)

    def rolled_back(title):
        try:
            with transaction.atomic():
                update("Rolled back")
                raise ZeroDivisionError
        except ZeroDivisionError:
            pass
        update(title)

    ways = [raw, save, update, bulk, bulk_update, load, by_hand, in_parts, after_the_commit, rolled_back]
    ways += [of_several, as_part_of_a_query]
    board.wait_for_readers()
    try:
        for count in range(1, writes + 1):
            which = chance.randrange(ITEMS)
            item, column, place = items[which], columns[which], ITEMS * number + which
            chance.choice(ways)(f"Count {place}: {count}.")
            board.put(place, count)
            time.sleep(chance.random() * 0.1)
    finally:
        board.end(number)
    return count


def read(number, board):
    from tests.page_cache.asking import Site

    site = Site()
    found = []
    threads = [Thread(target=read_on, args=(site, board, found)) for _ in range(3)]
    site.ask("/en/")
    board.begin(number)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reads, stale = sum(reads for reads, _ in found), [one for _, some in found for one in some]
    return f"{reads} {len(site.made)} {stale[:5]}"


def read_on(site, board, found):
    from django.db import connection

    reads, stale = 0, []
    addresses = ["/en/news/", "/en/", "/en/news/?utm_source=x", "/en/search/?q=count", "/en/agenda/", "/en/networks/"]
    while not board.is_over():
        address = random.choice(addresses)
        least = board.committed()
        # Half of the time as for somebody who has signed in: from kept parts alone.
        heard = (site.ask if random.random() < 0.5 else site.plain)(address)
        text = re.sub("<[^>]+>", "", heard.body.decode())
        shown = {}
        for number, count in re.findall(r"Count (\d+): (\d+)\.", text):
            shown[int(number)] = min(int(count), shown.get(int(number), int(count)))
        reads += 1
        if heard.status != 200 or "Rolled back" in text or not expected_on(address, board) <= shown.keys():
            stale.append((address, heard.status, shown))
        stale += [(address, number, count, least) for number, count in shown.items() if count < least[number]]
    connection.close()
    found.append((reads, stale))


def expected_on(address, board):
    """Networks and events stand on every page of these, posts on some."""
    seen = {1, 2} if "agenda" in address or "networks" in address else {0, 1, 2}
    return {ITEMS * writer + which for writer in range(board.writers) for which in seen}


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main(*sys.argv[1:9])
