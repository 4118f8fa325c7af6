"""One piece as a task, for a local process or a machine of a cluster."""

from __future__ import annotations

from pathlib import Path

from applicability.bulk.job import Job
from applicability.bulk.output import results
from applicability.bulk.output.results import Target
from applicability.bulk.run.worker import Worker
from applicability.bulk.sources.parquet import Layout, ParquetSource, RowGroupRange, RowGroups
from applicability.bulk.sources.source import Piece
from applicability.errors import Problem, ProfileError
from applicability.lazy_dataclass import dataclass

# The current job's worker and open file in this process; their caches serve the next tasks.
_WORKERS: dict[str, tuple[Worker, RowGroups]] = {}


@dataclass(frozen=True)
class Order:
    """What every task of a run needs; its paths are absolute."""

    key: str
    job: Job
    target: Target
    state: Path
    layout: Layout


def order_of(source: ParquetSource, job: Job, target: Target, state: Path) -> Order:
    """The order for the tasks of a run."""
    key = job.fingerprint(source.identity or {}, target.format)
    path = target.path.resolve() if target.path is not None else None
    own = Target(path, target.format, target.folder)
    return Order(key, job, own, state.resolve(), source.layout)


def do(order: Order, group: RowGroupRange) -> tuple[Problem, ...]:
    """Screens a piece into the run's folder; returns the problems that end the run, if any."""
    if order.key not in _WORKERS:
        _WORKERS.clear()
        _WORKERS[order.key] = Worker(order.job), RowGroups(order.layout)
    worker, row_groups = _WORKERS[order.key]
    finish = results.parts_of(order.target, order.job)
    try:
        list(worker.do([Piece(group.number, row_groups.rows(group))], order.state, finish))
    except ProfileError as error:
        return error.problems
    return ()
