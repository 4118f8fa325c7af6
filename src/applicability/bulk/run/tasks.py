"""One piece as a task: the same for a process beside this one and for a machine of a cluster."""

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

# What does one job in this process: what its worker has learnt serves the next tasks, as does the file that is open.
_WORKERS: dict[str, tuple[Worker, RowGroups]] = {}


@dataclass(frozen=True)
class Order:
    """What every task of a run must know; its paths are whole ones."""

    key: str
    job: Job
    target: Target
    state: Path
    layout: Layout


def order_of(source: ParquetSource, job: Job, target: Target, state: Path) -> Order:
    """What the tasks of a run must know."""
    key = job.fingerprint(source.identity or {}, target.format)
    path = target.path.resolve() if target.path is not None else None
    own = Target(path, target.format, target.folder)
    return Order(key, job, own, state.resolve(), source.layout)


def do(order: Order, group: RowGroupRange) -> tuple[Problem, ...]:
    """Screen a piece into the folder of the run; returns what it could not read, if that ends the run."""
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
