"""Figures for Prometheus: counted as things happen in this process, and read from rows when asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from threading import Lock
from time import monotonic

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from newsdesk.errors import StoreError
from newsdesk.model import Fetched, Listing
from presswatch import __version__
from scheduler.collecting import Seen
from scheduler.digesting import Drawn
from scheduler.sending import Sent
from scheduler.service import Service
from storage.census import Counts

disable_created_metrics()  # type: ignore[no-untyped-call]  # a second series for each counter, which nobody asks for

_FRESH = 15.0  # seconds for which counted rows are told again instead of being counted anew
_SECONDS = (0.1, 0.5, 1, 5, 15, 60, 300, 900)

_OF_ROWS = {
    "articles": "Articles that are kept.",
    "stories": "Stories that are known.",
    "digests": "Digests that were drawn up.",
    "subscriptions": "Subscriptions that have not ended.",
    "leads_waiting": "Leads that wait to be followed.",
    "sources_in_trouble": "Sources that could not be read when last visited.",
    "slots_open": "Times for digests that are due and not complete, or yet to come.",
}


class Metrics:
    """An observer of the service that counts. Counters begin at nought with the process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._visits = self._counter("visits", "Visits to sources.", "outcome")
        self._leads = self._counter("leads", "Leads that were followed.", "outcome")
        self._filed = self._counter("articles_filed", "Articles that were read.", "outcome")
        self._drawn = self._counter("digests_drawn", "Digests drawn up with something to tell.")
        self._messages = self._counter("messages", "Messages handed to the relay.", "outcome")
        self._failures = self._counter("job_failures", "Runs of a job that failed.", "job")
        self._seconds = Histogram(
            "presswatch_job_seconds",
            "How long a job took.",
            ["job"],
            buckets=_SECONDS,
            registry=self.registry,
        )

    def watch(self, service: Service) -> None:
        """Tell of this service's rows and jobs too."""
        self.registry.register(_Rows(service))

    def text(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self.registry)

    def seen(self, seen: Seen) -> None:
        if isinstance(seen, Listing):
            well = "not-modified" if seen.not_modified else "ok"
            self._visits.labels(seen.problem.code if seen.problem else well).inc()
        elif isinstance(seen, Fetched):
            self._leads.labels(seen.problem.code if seen.problem else "ok").inc()
        else:
            relevant = "kept" if seen.assessment.relevant else "dropped"
            self._leads.labels("duplicate" if seen.outcome in ("same", "copy") else relevant).inc()
            self._filed.labels(seen.outcome).inc()

    def done(self, job: str, result: object, seconds: float) -> None:
        self._seconds.labels(job).observe(seconds)
        if isinstance(result, Sent):
            self._messages.labels("accepted").inc(result.accepted)
            self._messages.labels("failed").inc(result.failed)
            self._messages.labels("put-off").inc(max(0, len(result.errors) - result.failed))
        elif isinstance(result, list):
            self._drawn.inc(sum(isinstance(each, Drawn) for each in result))

    def failed(self, job: str, seconds: float) -> None:
        self._seconds.labels(job).observe(seconds)
        self._failures.labels(job).inc()

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"presswatch_{name}", words, labels, registry=self.registry)


class _Rows(Collector):
    """What rows and pulses say at the moment of asking."""

    def __init__(self, service: Service) -> None:
        self._service, self._lock = service, Lock()
        self._counts: Counts | None = None
        self._counted_at = -_FRESH

    def collect(self) -> Iterator[Metric]:
        yield _gauge("info", "The version that runs.", "version", {__version__: 1.0})
        yield _gauge("sources", "Sources that are watched.", value=len(self._service.house.sources))
        ended = {each.name: each.succeeded_at for each in self._service.pulses.values()}
        last = {name: at.timestamp() for name, at in ended.items() if at}
        yield _gauge("job_last_success_timestamp_seconds", "When a job last ended well.", "job", last)
        counts = self._fresh()
        yield _gauge("database_up", "Whether the database answers.", value=counts is not None)
        if counts is None:
            return
        told = asdict(counts)
        for name, words in _OF_ROWS.items():
            yield _gauge(name, words, value=told[name])
        yield _gauge("deliveries", "Messages by state.", "state", counts.deliveries)

    def _fresh(self) -> Counts | None:
        with self._lock:
            if monotonic() - self._counted_at >= _FRESH:
                try:
                    with self._service.house.store.read() as tx:
                        self._counts = tx.census.counts()
                except StoreError:
                    self._counts = None
                self._counted_at = monotonic()
            return self._counts


def _gauge(
    name: str, words: str, label: str = "", values: Mapping[str, float] | None = None, value: float = 0.0
) -> GaugeMetricFamily:
    """One value, or one for each value of a label."""
    family = GaugeMetricFamily(f"presswatch_{name}", words, labels=[label] if label else [])
    for each, number in ({"": value} if values is None else values).items():
        family.add_metric([each] if label else [], float(number))
    return family
