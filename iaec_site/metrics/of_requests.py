"""Families of metrics about requests and ready pages, from what the processes of the web server have counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.utils import floatToGoString

from iaec_site.metrics.counting import (
    BUCKETS,
    CLASSES,
    EVICTED,
    GONE,
    KINDS,
    METHODS,
    REASONS,
    SLOW_HEAD,
    SLOW_READER,
    STATE,
)
from iaec_site.page_cache.generation import generation

# Kinds that only a question for a page can have.
READING_ONLY = ("ready", "stale", "waited", "made", "file", "health")
STATES = (
    ("in_django", "iaec_http_requests_in_django", "Requests that Django is answering now."),
    ("queued", "iaec_http_requests_queued", "Requests that wait for one of the threads in which Django answers."),
    ("queue_limit", "iaec_http_requests_queued_max", "Requests that may wait; further ones are refused with 503."),
    ("connections", "iaec_http_connections", "Open connections to the web server."),
    ("outage", "iaec_http_stale_processes", "Processes that show stale pages because the database does not answer."),
    ("cache_answers", "iaec_page_cache_entries", "Ready answers in the memory of all processes together."),
    ("cache_bytes", "iaec_page_cache_bytes", "The most that these answers take in all their encodings."),
    ("cache_limit", "iaec_page_cache_max_bytes", "Memory that they may take (PAGE_CACHE_MB in each process)."),
)


def families_of_requests(sums: Counter[str]) -> Iterator[Metric]:
    """`sums` over all processes, by the names of `counting.NAMES`."""
    yield answers(sums)
    yield seconds(sums)
    refusals = CounterMetricFamily(
        "iaec_http_refusals", "Requests and connections that the server itself refused or gave up.", labels=["reason"]
    )
    for reason in (*REASONS.values(), SLOW_HEAD, GONE, SLOW_READER):
        refusals.add_metric([reason], sums[f"refusals:{reason}"])
    yield refusals
    for name, full_name, words in STATES:
        yield GaugeMetricFamily(full_name, words, value=sums[STATE + name])
    yield CounterMetricFamily(
        "iaec_page_cache_evictions", "Ready answers that made room for others.", value=sums[EVICTED]
    )
    yield GaugeMetricFamily(
        "iaec_content_generation",
        "The number of the content, which rises with each change.",
        value=generation().number,
    )


def answers(sums: Counter[str]) -> Metric:
    family = CounterMetricFamily(
        "iaec_http_requests",
        "Answers: ready (from memory), stale (the same while the database does not answer), made (by Django for "
        "everybody), waited (for one that was being made), individual (by Django for one visitor or editor), file "
        "(static or uploaded), health, refused (by the server itself).",
        labels=["kind", "method", "status"],
    )
    for kind in KINDS:
        for method in METHODS:
            for status in CLASSES:
                number = sums[f"answers:{kind}:{method}:{status}"]
                # Zeros are told, too: of a series that begins with 1 Prometheus does not see that it rose.
                if number or kind not in READING_ONLY or method in ("GET", "HEAD"):
                    family.add_metric([kind, method, status], number)
    return family


def seconds(sums: Counter[str]) -> Metric:
    family = HistogramMetricFamily(
        "iaec_http_request_duration_seconds",
        "Time from the head of a request to its answer handed to the system; waiting for a thread included.",
        labels=["kind"],
    )
    ends = [*(floatToGoString(end) for end in BUCKETS), "+Inf"]
    for kind in KINDS:
        numbers = accumulate(sums[f"buckets:{kind}:{end}"] for end in (*BUCKETS, "inf"))
        family.add_metric([kind], list(zip(ends, numbers, strict=True)), sums[f"seconds:{kind}"])
    return family
