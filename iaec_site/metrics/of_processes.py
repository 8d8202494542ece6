"""Families of metrics about the processes that count: processor time, memory, open files, and what a worker did."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from prometheus_client import ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from iaec_site.metrics.of_tasks import OUTCOMES, SECONDS
from iaec_site.metrics.shared_counts import Counted

ROLES = ("web", "worker")


def families_of_processes(living: Iterable[Counted], sums: Counter[str]) -> Iterator[Metric]:
    running = GaugeMetricFamily(
        "iaec_processes", "Processes of this machine that serve (web) or do tasks (worker).", labels=["role"]
    )
    numbers = Counter(one.role for one in living)
    for role in ROLES:
        running.add_metric([role], numbers[role])
    yield running
    yield from merged(living)
    tasks = CounterMetricFamily(
        "iaec_worker_tasks", "Background tasks that the workers of this machine did.", labels=["outcome"]
    )
    for outcome in OUTCOMES:
        tasks.add_metric([outcome], sums[f"tasks:{outcome}"])
    yield tasks
    yield CounterMetricFamily(
        "iaec_worker_task_seconds", "Time that the workers of this machine spent on tasks.", value=sums[SECONDS]
    )


def merged(living: Iterable[Counted]) -> Iterable[Metric]:
    """What prometheus_client reads of one process in /proc, for each of ours."""
    families: dict[str, Metric] = {}
    for one in living:
        labels = {"role": one.role, "pid": str(one.process)}
        for family in ProcessCollector(namespace="iaec", pid=lambda one=one: one.process, registry=None).collect():
            ours = families.setdefault(family.name, Metric(family.name, family.documentation, family.type))
            for sample in family.samples:
                ours.add_sample(sample.name, labels, sample.value)
    return families.values()
