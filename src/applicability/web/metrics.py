"""What a service counts, for Prometheus: requests by route and status, how long they took, how many are under way."""

from __future__ import annotations

import os
import time

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

MEDIA_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)
# Where the workers of one service put their counts together; `applicability serve` sets it for several workers.
_SHARED = "PROMETHEUS_MULTIPROC_DIR"


class Metrics:
    """The counts of one application. With several workers each tells those of all."""

    def __init__(self, digest: str) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "applicability_requests", "Requests by route and status.", ("method", "route", "status"),
            registry=self.registry,
        )  # fmt: skip
        self._seconds = Histogram(
            "applicability_request_seconds", "Time from the first byte of a request to the last of its answer.",
            ("route",), buckets=_SECONDS, registry=self.registry,
        )  # fmt: skip
        self._busy = Gauge(
            "applicability_requests_under_way", "Requests under way.", registry=self.registry,
            multiprocess_mode="livesum",
        )  # fmt: skip
        self.companies = Counter(
            "applicability_batch_companies", "Companies decided in batches.", registry=self.registry
        )
        started = Gauge(
            "applicability_start_time_seconds", "When the service was made.", ("rulebook",), registry=self.registry,
            multiprocess_mode="max",
        )  # fmt: skip
        started.labels(digest[:12]).set(time.time())

    def begun(self) -> None:
        """A request has come."""
        self._busy.inc()

    def ended(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request has been answered; a status of 0 says that it was not."""
        self._busy.dec()
        known = method if method in ("GET", "HEAD", "POST", "DELETE", "OPTIONS") else "other"
        self._requests.labels(known, route, str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def text(self) -> bytes:
        """All counts, as Prometheus reads them."""
        if _SHARED in os.environ:
            shared = CollectorRegistry()
            MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
            return generate_latest(shared)
        return generate_latest(self.registry)
