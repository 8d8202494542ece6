"""The site's search as files: which items have a word, for a script that knows no grammar.

The site cuts words to stems (`search.analysis`). Here every form of a word that stands in a text of the site is
written down with its stem, and every stem with its items; so the script finds “cities” for “city” by looking both up.
What is written nowhere on the site in this form is looked for by how it begins.

    search-index/<language>/index.json       words that say nothing in a query, kinds of items, names of the shards
    search-index/<language>/<shard>.json     {"words": {form: stem}, "stems": {stem: [numbers]}} of one beginning
    search-index/<language>/items-<n>.json   {number: [title, address, kind, date, text]} of a hundred items

An item has one number in all languages, and items are numbered in the order in which the site's search shows them. In
the list of a stem stands, for each item, four times its number and the place of the word (0: all of the title, 1: in
the title, 2: in the lead, 3: elsewhere), each as the difference from the one before.
"""

from __future__ import annotations

import json
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import override

from publishing.templatetags.date_tags import edtf_text
from search.analysis import forms_of, joined, plain_words, words_in
from search.finding import place_in_time
from search.kinds import Document, SearchKind, kinds
from search.models import IndexRow
from search.row_ids import RowId, unpack, when
from search.snippets import cut
from search.stop_words import STOP_WORDS

FOLDER = "search-index"
WHOLE_TITLE, IN_TITLE, IN_LEAD, ELSEWHERE = range(4)
PLACES = 4
ITEMS_PER_FILE = 100
AT_ONCE = 100
_TWO = re.compile("[a-z0-9]{2}")
_ONE = re.compile("[a-z0-9]")


def shard_of(word: str) -> str:
    """The name of the file in which a word stands."""
    if _TWO.match(word):
        return word[:2]
    return f"{word}_" if _ONE.fullmatch(word) else "other"


def numbers(moment: datetime) -> dict[tuple[str, int], int]:
    """{(kind, key of the item): number} of all that the public may see, in the order of the search."""
    found = {}
    for row in IndexRow.objects.shown_at(moment).values_list("pk", "kind", "item").iterator():
        one = unpack(row[0])._replace(language=0)
        found[row[1], row[2]] = RowId(*one).packed
    today = when(localdate(moment))
    order = sorted(found, key=lambda item: place_in_time(found[item], unpack(found[item]), today))
    return {item: number for number, item in enumerate(order)}


def documents(kind: SearchKind, keys: list[int], language: str) -> Iterator[tuple[int, Document]]:
    keys = sorted(keys)
    for start in range(0, len(keys), AT_ONCE):
        some = keys[start : start + AT_ONCE]
        for item in kind.rows().filter(pk__in=some).order_by("pk"):
            for document in kind.documents(item):
                if document.language == language:
                    yield item.pk, document


class Postings:
    """Which items have a word, in one language."""

    def __init__(self, language: str):
        self.language = language
        self.forms: dict[str, str] = {}
        self.stems: dict[str, array] = defaultdict(lambda: array("Q"))

    def add(self, number: int, document: Document) -> None:
        places: dict[str, int] = {}
        title = f"{document.title} {document.other_names}"
        self.note(title, IN_TITLE, places)
        if len(places) == 1 and not document.other_names:
            places = dict.fromkeys(places, WHOLE_TITLE)
        self.note(f"{document.lead} {document.names}", IN_LEAD, places)
        self.note(document.body, ELSEWHERE, places)
        for term, place in places.items():
            self.stems[term].append(number * PLACES + place)

    def note(self, text: str, place: int, places: dict[str, int]) -> None:
        for word in words_in(text):
            for form, term in forms_of(word, self.language):
                self.forms[form] = term
                places.setdefault(term, place)
            if whole := joined(word, self.language):
                self.forms["".join(plain_words(word)).replace("'", "")] = whole
                places.setdefault(whole, ELSEWHERE)

    def shards(self) -> dict[str, dict]:
        found: dict[str, dict] = defaultdict(lambda: {"words": {}, "stems": {}})
        for form, term in sorted(self.forms.items()):
            found[shard_of(form)]["words"][form] = term
        for term, places in sorted(self.stems.items()):
            found[shard_of(term)]["stems"][term] = differences(sorted(places))
        return dict(sorted(found.items()))


def differences(ascending: list[int]) -> list[int]:
    return [here - before for before, here in zip([0, *ascending], ascending, strict=False)]


def write(folder: Path, moment: datetime, address: Callable[[str], str | None], on_language: Callable) -> int:
    """Write the index of every language; returns the number of texts in it.

    `address(url)`: where the page of an item is, seen from the folder of the export; None for one that is no part.
    """
    order, count = numbers(moment), 0
    by_kind: dict[str, list[int]] = defaultdict(list)
    for kind, key in order:
        by_kind[kind].append(key)
    for language, _name in settings.LANGUAGES:
        on_language(language)
        postings, items = Postings(language), {}
        with override(language):
            for kind in kinds().values():
                for key, document in documents(kind, by_kind[kind.name], language):
                    if (found := address(document.url)) is not None:
                        number = order[kind.name, key]
                        items[number] = described(kind, document, found)
                        postings.add(number, document)
            write_language(folder / FOLDER / language, postings, items)
        count += len(items)
    return count


def described(kind: SearchKind, document: Document, address: str) -> list:
    date = edtf_text(document.edtf) if document.edtf else ""
    return [document.title, address, kind.number, date, cut(document.lead or document.body, 0)]


def write_language(folder: Path, postings: Postings, items: dict[int, list]) -> None:
    folder.mkdir(parents=True)
    shards = postings.shards()
    for name, shard in shards.items():
        put(folder / f"{name}.json", shard)
    files: dict[int, dict] = defaultdict(dict)
    for number in sorted(items):
        files[number // ITEMS_PER_FILE][number] = items[number]
    for name, some in files.items():
        put(folder / f"items-{name}.json", some)
    about = {
        "stop": sorted(STOP_WORDS.get(postings.language, ())),
        "kinds": {kind.number: str(kind.label) for kind in kinds().values()},
        "shards": list(shards),
        "itemsPerFile": ITEMS_PER_FILE,
    }
    put(folder / "index.json", about)


def put(path: Path, content: dict) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")
