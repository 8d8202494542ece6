"""“Did you mean”: the word of the index that is nearest to one that nothing has.

Words come from the index and are only offered if the search then finds something that the visitor may see: nothing
that is not public shows through.
"""

from __future__ import annotations

import re

from django.db.models import Q

from search.analysis import fold
from search.backends import backend
from search.models import Word
from search.query import Part, Query, parse, question

MAX_WORDS_LOOKED_AT = 4
MAX_CANDIDATES = 3000
OFFERED = 3


def did_you_mean(query: Query, languages: list[str], now) -> str:
    """The query with its wrong words put right, "" where nothing better is known. `languages`: the page's first."""
    corrected = query.text
    unknown = [part for part in single_words(query) if not stands_somewhere(part, languages, now)]
    for part in unknown:
        word = part.words[0]
        for candidate in nearest(word, languages):
            if stands_somewhere(Part((candidate,)), languages, now):
                corrected = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)\*?", lambda _, new=candidate: new, corrected)
                break
        else:
            return ""
    if not unknown or not backend().found(question(parse(corrected), languages), "all", now, limit=1):
        return ""
    return corrected


def single_words(query: Query) -> list[Part]:
    parts = [Part((word,)) for part in query.wanted for word in part.words]
    return [part for part in parts if len(fold(part.words[0])) >= 4][:MAX_WORDS_LOOKED_AT]


def stands_somewhere(part: Part, languages: list[str], now) -> bool:
    asked = question(Query("", (part,)), languages)
    return bool(asked) and bool(backend().found(asked, "all", now, limit=1))


def nearest(word: str, languages: list[str]) -> list[str]:
    """Words at the least distance, those of the page's language first."""
    folded = fold(word)
    allowed = 1 if len(folded) < 6 else 2
    rows = Word.objects.filter(Q(head=folded[:3]) | Q(tail=folded[-3:]), language__in=languages)
    found = []
    for language, candidate in rows.values_list("language", "word").order_by("pk")[:MAX_CANDIDATES]:
        other = fold(candidate)
        if abs(len(other) - len(folded)) <= allowed and other != folded:
            steps = distance(folded, other, allowed)
            if steps <= allowed:
                found.append((steps, languages.index(language), abs(len(other) - len(folded)), candidate))
    return list(dict.fromkeys(candidate for *_, candidate in sorted(found)))[:OFFERED]


def distance(one: str, other: str, most: int) -> int:
    """How many letters were left out, added, mistaken or swapped; `most` + 1 for more than `most`."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        row = [i]
        for j, another in enumerate(other, 1):
            steps = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != another))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == another:
                steps = min(steps, before_last[j - 2] + 1)
            row.append(steps)
        if min(row) > most:
            return most + 1
        before_last, last = last, row
    return last[-1]
