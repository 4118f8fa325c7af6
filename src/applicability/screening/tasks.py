"""One row group as a task: the same for a process beside this one and for a machine of a cluster."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from applicability.errors import Problem, ProfileError
from applicability.screening import results
from applicability.screening.job import Job
from applicability.screening.parquet import Group, Layout, ParquetSource, group_rows
from applicability.screening.results import Target
from applicability.screening.sources import Piece
from applicability.screening.worker import Worker

# The worker of one job in this process: what it has learnt serves its next tasks.
_WORKERS: dict[str, Worker] = {}


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


def do(order: Order, group: Group) -> tuple[Problem, ...]:
    """Screen a row group into the folder of the run; returns what it could not read, if that ends the run."""
    if order.key not in _WORKERS:
        _WORKERS.clear()
        _WORKERS[order.key] = Worker(order.job)
    finish = results.parts_of(order.target, order.job)
    try:
        piece = Piece(group.number, group_rows(group, order.layout))
        list(_WORKERS[order.key].do([piece], order.state, finish))
    except ProfileError as error:
        return error.problems
    finally:
        pa.default_memory_pool().release_unused()  # what one piece took, another process may need
    return ()
