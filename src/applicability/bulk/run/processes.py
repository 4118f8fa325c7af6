"""Screens the pieces of a Parquet source in several processes; other sources can only be read sequentially."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Collection, Generator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from pathlib import Path

from applicability.bulk.job import Job, Summary
from applicability.bulk.output.pieces import finished
from applicability.bulk.output.results import Target
from applicability.bulk.run import screening, tasks
from applicability.bulk.run.allocation import economical
from applicability.bulk.sources.parquet import ParquetSource, RowGroupRange
from applicability.bulk.sources.source import Source
from applicability.errors import EngineError, Location, Problem, ProfileError
from applicability.text import Text

# Rows per process below which its start-up and cold caches cost more than it saves.
_WORTH = 2_000_000
# Rows below which two processes do not pay, since one already uses two cores.
_WORTH_TWO = 20_000_000
_ORDERS: list[tasks.Order] = []


def pieces_in(processes: int | None = None) -> screening.Pieces:
    """The function that screens pieces in that many processes; by default as many as the cores and the rows justify."""

    def pieces(
        source: Source, job: Job, target: Target, state: Path, done: frozenset[int]
    ) -> Generator[tuple[int, Summary], None, None]:
        several = 1
        if isinstance(source, ParquetSource):
            groups = source.left(done)
            several = min(len(groups), processes or worth(groups))
        if several < 2 or not isinstance(source, ParquetSource):
            yield from screening.pieces_here(source, job, target, state, done)
            return
        order = tasks.order_of(source, job, target, state)
        context = multiprocessing.get_context("spawn")
        waiting: deque[tuple[RowGroupRange, Future[tuple[Problem, ...]]]] = deque()
        left = iter(groups)
        try:
            with ProcessPoolExecutor(several, context, _begin, (order,)) as pool:
                while True:
                    # Few are queued at a time, so that a run that ends early waits for little.
                    for group in islice(left, 2 * several - len(waiting)):
                        waiting.append((group, pool.submit(_do, group)))
                    if not waiting:
                        return
                    group, running = waiting.popleft()
                    if problems := running.result():
                        raise ProfileError(problems)
                    source.passed(group)
                    yield group.number, finished(state, group.number)[group.number]
        except BrokenProcessPool:
            what = Text("一个进程自行退出", "a process ended by itself")
            hint = Text(
                "内存是否够用？`--processes 1` 不另开进程",
                "was there enough memory? `--processes 1` does without further processes",
            )
            raise EngineError([Problem("E010", Location("screen"), what, hint)]) from None

    return pieces


def worth(groups: Collection[RowGroupRange]) -> int:
    """How many processes the remaining pieces justify: from one to the machine's cores."""
    rows = sum(group.rows for group in groups)
    several = min(os.cpu_count() or 1, rows // _WORTH)
    return several if several > 2 or rows >= _WORTH_TWO else 1


def _begin(order: tasks.Order) -> None:
    """Initialises a process. Interrupts are handled by the parent process only."""
    gc.disable()  # as in the parent process
    economical()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ORDERS[:] = [order]


def _do(group: RowGroupRange) -> tuple[Problem, ...]:
    return tasks.do(_ORDERS[0], group)
