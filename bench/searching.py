"""What a search costs among 100,000 items: queries of two words, some rare and some that stand in every tenth text."""

from __future__ import annotations

import random
import statistics
import time
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from news.models import Post
from publishing.models import State
from search import index
from search.finding import find
from search.models import Change

ITEMS, WORDS, QUERIES = 100_000, 5_000, 200
LANGUAGES = ["en", "es", "fr", "ca", "pt"]
SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo bra cle dri flo gru pla".split()


def fill(items=ITEMS):
    """Posts in one language each, with words as frequent as in real texts: the n-th one time in n."""
    dice = random.Random(100_000)  # noqa: S311 - no secret
    words = ["".join(dice.choices(SYLLABLES, k=dice.randint(2, 4))) for _ in range(WORDS)]
    weights = [1 / (number + 1) for number in range(WORDS)]
    for start in range(0, items, 1000):
        posts = []
        for number in range(start, min(start + 1000, items)):
            code = LANGUAGES[number % len(LANGUAGES)]
            text = dice.choices(words, weights, k=60)
            day = date(2010, 1, 1) + timedelta(days=dice.randint(0, 5000))
            posts.append(
                Post(
                    date=day,
                    year=day.year,
                    source_language=code,
                    state=State.PUBLISHED,
                    **{f"title_{code}": " ".join(text[:5]), f"body_{code}": f"<p>{' '.join(text)}</p>"},
                    **{f"slug_{other}": f"searched-{number}-{other}" for other in LANGUAGES},
                )
            )
        with transaction.atomic():
            Post.objects.bulk_create(posts, batch_size=400)
            # Or the index would follow each thousand; here it is built at once, and that is measured.
            Change.objects.all().delete()
    return words


def measure(items=ITEMS, queries=QUERIES):
    """{what: seconds}: building the index, and searches of two words."""
    words = fill(items)
    begin = time.perf_counter()
    for _ in index.rebuild():
        pass
    built = time.perf_counter() - begin
    dice = random.Random(7)  # noqa: S311 - no secret
    times, hits = [], []
    for number in range(queries):
        # Half of them of the hundred most frequent words.
        pool = words[:100] if number % 2 else words
        text = " ".join(dice.sample(pool, 2))
        begin = time.perf_counter()
        found = find(text, LANGUAGES, timezone.now())
        found.hits(found.ids[:10])
        times.append(time.perf_counter() - begin)
        hits.append(found.total)
    times.sort()
    return {
        "built": built,
        "median": statistics.median(times),
        "p90": times[len(times) * 9 // 10],
        "most": times[-1],
        "hits": (statistics.median(hits), max(hits)),
    }
