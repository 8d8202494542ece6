"""What is counted about requests, and where each number stands in a plain list.

A list, because ready pages cost 0.02 ms: adding to three of its places and looking twice at the clock costs 0.3 µs, a
counter and a histogram of prometheus_client that several processes share cost 4 µs. Only the event loop's thread adds.
"""

from __future__ import annotations

from bisect import bisect_left

# How an answer came about.
KINDS = ("ready", "stale", "waited", "made", "individual", "file", "health", "refused")
READY, STALE, WAITED, MADE, INDIVIDUAL, FILE, HEALTH, REFUSED = range(len(KINDS))
METHODS = ("GET", "HEAD", "POST", "other")
CLASSES = ("2xx", "3xx", "4xx", "5xx")
# Upper ends in seconds: ready pages take some tens of microseconds, pages in the making milliseconds.
BUCKETS = (
    *(20e-6, 50e-6, 100e-6, 250e-6, 500e-6, 0.001, 0.0025, 0.005, 0.01),
    *(0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0),
)

# For each kind: numbers of answers by method and class, then by bucket (the last has no end), then their seconds.
BUCKETS_AT = len(METHODS) * len(CLASSES)
SECONDS_AT = BUCKETS_AT + len(BUCKETS) + 1
PER_KIND = SECONDS_AT + 1

# What the server itself refused, by the status that it gave; and who got no answer at all.
REASONS = {
    400: "not_http",
    408: "slow_body",
    413: "large_body",
    414: "long_address",
    431: "long_head",
    503: "queue_full",
    507: "no_room",
}
SLOW_HEAD, GONE, SLOW_READER = "slow_head", "gone", "slow_reader"

# Such a name of a number is that of a state, which ends with its process; all others go on counting.
STATE = "now:"
STATES = ("in_django", "queued", "queue_limit", "connections", "outage", "cache_answers", "cache_bytes", "cache_limit")
EVICTED = "evicted"

NAMES: tuple[str, ...] = (
    *(
        name
        for kind in KINDS
        for name in (
            *(f"answers:{kind}:{method}:{one}" for method in METHODS for one in CLASSES),
            *(f"buckets:{kind}:{end}" for end in (*BUCKETS, "inf")),
            f"seconds:{kind}",
        )
    ),
    *(f"refusals:{reason}" for reason in (*REASONS.values(), SLOW_HEAD, GONE, SLOW_READER)),
    EVICTED,
    *(f"{STATE}{name}" for name in STATES),
)
PLACE = {name: place for place, name in enumerate(NAMES)}
METHOD_AT = {name: number * len(CLASSES) for number, name in enumerate(METHODS)}
OTHER_AT = METHOD_AT["other"]


def count_answer(counts: list[float], kind: int, method: str, status: int, seconds: float) -> None:
    """`status` of HTTP, from 200 on. `ReadyPagesProtocol.answer_ready` has the same in its own lines."""
    start = kind * PER_KIND
    counts[start + METHOD_AT.get(method, OTHER_AT) + status // 100 - 2] += 1
    counts[start + BUCKETS_AT + bisect_left(BUCKETS, seconds)] += 1
    counts[start + SECONDS_AT] += seconds


def count_refusal(counts: list[float], reason: str) -> None:
    counts[PLACE[f"refusals:{reason}"]] += 1
