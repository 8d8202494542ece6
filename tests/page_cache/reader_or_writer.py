"""A process of its own, started by `test_many_processes`: it reads pages, or writes in every way there is.

Each writer has a post of its own whose title counts up. What was committed is noted in a file that all share, after
the write has returned; a page that is asked for after that must not show less. What was rolled back must never show.

The file holds eight bytes for each: what every writer has committed, which writers have finished, which readers have
begun.
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
        return struct.unpack_from(f"={self.writers}Q", self.shared)

    def is_over(self):
        return all(struct.unpack_from(f"={self.writers}Q", self.shared, 8 * self.writers))

    def wait_for_readers(self):
        while not all(struct.unpack_from(f"={self.readers}Q", self.shared, 16 * self.writers)):
            time.sleep(0.05)


def write(number, writes, board):
    from django.core import serializers
    from django.core.management import call_command
    from django.db import connection, transaction

    from news.models import Post

    chance = random.Random(number)
    # The first posts in the order of their keys, one for each writer.
    post = Post.objects.order_by("pk")[number]

    def raw(title):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE news_post SET title_en = %s WHERE id = %s", [title, post.pk])

    def save(title):
        post.title_en = title
        post.save()

    def update(title):
        Post.objects.filter(pk=post.pk).update(title_en=title)

    def bulk(title):
        post.title_en = title
        Post.objects.bulk_create([post], update_conflicts=True, unique_fields=["id"], update_fields=["title_en"])

    def bulk_update(title):
        post.title_en = title
        Post.objects.bulk_update([post], ["title_en"])

    def load(title):
        post.title_en = title
        fixture = Path(f"{sys.argv[8]}.{number}.json")
        fixture.write_text(serializers.serialize("json", [post]))
        call_command("loaddata", fixture, verbosity=0)

    def by_hand(title):
        transaction.set_autocommit(False)
        try:
            update(title)
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
    board.wait_for_readers()
    try:
        for count in range(1, writes + 1):
            chance.choice(ways)(f"Count {number}: {count}.")
            board.put(number, count)
            time.sleep(chance.random() * 0.1)
    finally:
        board.put(board.writers + number, 1)
    return count


def read(number, board):
    from tests.page_cache.asking import Site

    site = Site()
    found = []
    threads = [Thread(target=read_on, args=(site, board, found)) for _ in range(3)]
    site.ask("/en/")
    board.put(2 * board.writers + number, 1)
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    reads, stale = sum(reads for reads, _ in found), [one for _, some in found for one in some]
    return f"{reads} {len(site.made)} {stale[:5]}"


def read_on(site, board, found):
    from django.db import connection

    reads, stale = 0, []
    addresses = ["/en/news/", "/en/", "/en/news/?utm_source=x", "/en/search/?q=count"]
    while not board.is_over():
        address = random.choice(addresses)
        least = board.committed()
        heard = site.ask(address)
        text = re.sub("<[^>]+>", "", heard.body.decode())
        shown = {}
        for number, count in re.findall(r"Count (\d+): (\d+)\.", text):
            shown[int(number)] = min(int(count), shown.get(int(number), int(count)))
        reads += 1
        if heard.status != 200 or "Rolled back" in text or len(shown) != board.writers:
            stale.append((address, heard.status, shown))
        stale += [(address, number, count, least) for number, count in shown.items() if count < least[number]]
    connection.close()
    found.append((reads, stale))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main(*sys.argv[1:9])
