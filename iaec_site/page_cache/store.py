"""Where answers wait: so many bytes, the least recently used go first, and newcomers have to prove themselves.

What is asked for the first time stands in a small part of its own and moves to the large one when it is asked for
again. So a flood of addresses that nobody asks for twice, found or not, drives out nothing but itself. What is not
found never moves.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from urllib.parse import parse_qsl

from django.conf import settings

from iaec_site.page_cache.answers import Answer

NEWCOMERS = 8  # their part of the memory: an eighth
LARGEST = 32  # the most that a single answer may take: one in so many parts
MOST_READ_SETS = 64
LONGEST_ADDRESS = 2000

Page = tuple[str, str | None, str, str]  # scheme, host, path, language that the browser asks for (where it matters)


class Store:
    """`size` in bytes, for all answers together."""

    def __init__(self, size: int):
        self.size = size
        self.proven = Part(size - size // NEWCOMERS)
        self.newcomers = Part(size // NEWCOMERS)
        self.lock = threading.Lock()
        # Which parameters pages read, as far as seen: a few sets for the whole site.
        self.read_sets: frozenset[frozenset[str]] = frozenset()

    @property
    def evicted(self) -> int:
        """How many answers have made room for others."""
        return self.proven.evicted + self.newcomers.evicted

    @property
    def taken(self) -> tuple[int, int]:
        """Answers that are kept, and their bytes."""
        proven, newcomers = self.proven, self.newcomers
        return len(proven.answers) + len(newcomers.answers), proven.taken + newcomers.taken

    def find(self, page: Page, query: str) -> Answer | None:
        """The answer for an address, however it spells the parameters that its page does not read.

        A page whose answer was made while it looked at some parameters only would look at the same again and find
        the same: any address with these, and whatever else, has this answer.
        """
        answer = self.get((page, query))
        if answer is not None or not query:
            return answer
        parameters = parsed(query)
        if parameters is None:
            return None
        for read in (frozenset(), *self.read_sets):
            wanted = spelling(parameters, read)
            answer = self.get((page, wanted))
            if answer and answer.read is not None and spelling(parameters, answer.read) == wanted:
                return answer
        return None

    def get(self, key) -> Answer | None:
        proven = self.proven.answers
        answer = proven.get(key)
        if answer is not None:
            with suppress(KeyError):  # another thread may just have removed it
                proven.move_to_end(key)
            return answer
        answer = self.newcomers.answers.get(key)
        if answer is not None and answer.status[0] != "4":
            with self.lock:
                if self.newcomers.pop(key) is not None:
                    self.proven.put(key, answer)
        return answer

    def put(self, page: Page, query: str, answer: Answer) -> None:
        if answer.size * LARGEST > self.size:
            return
        parameters = parsed(query) if query else ()
        if answer.read is not None and (parameters is None or not self.knows(answer.read)):
            answer.read = None
        key = (page, query if answer.read is None else spelling(parameters, answer.read))
        with self.lock:
            part = self.proven if key in self.proven.answers else self.newcomers
            part.put(key, answer)

    def knows(self, read: frozenset[str]) -> bool:
        if read and read not in self.read_sets:
            if len(self.read_sets) >= MOST_READ_SETS:
                return False
            self.read_sets |= {read}
        return True


class Part:
    def __init__(self, size: int):
        self.size = size
        self.taken = 0
        self.evicted = 0
        self.answers: OrderedDict = OrderedDict()

    def put(self, key, answer: Answer) -> None:
        self.pop(key)
        self.answers[key] = answer
        self.taken += answer.size
        while self.taken > self.size:
            _, oldest = self.answers.popitem(last=False)
            self.taken -= oldest.size
            self.evicted += 1

    def pop(self, key) -> Answer | None:
        answer = self.answers.pop(key, None)
        if answer is not None:
            self.taken -= answer.size
        return answer


def parsed(query: str) -> list[tuple[str, str]] | None:
    """As Django reads a query; None for what it refuses."""
    try:
        return parse_qsl(
            query, keep_blank_values=True, encoding="utf-8", max_num_fields=settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
        )
    except ValueError:
        return None


def spelling(parameters, read: frozenset[str]) -> str | tuple[tuple[str, str], ...]:
    """What a page that reads some parameters sees of all. "" if it sees none, the address without any."""
    return tuple(sorted((one for one in parameters if one[0] in read), key=lambda one: one[0])) or ""
