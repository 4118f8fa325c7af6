"""Screens the pieces of a Parquet source on a Spark cluster, one task per piece.

A task writes its piece to the run's folder, which every machine must see, and renames it when complete; so what a lost
machine had not finished is redone by another, and the result is assembled from the same pieces, byte for byte. Python,
applicability and pyarrow must be on every machine.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import Any

from applicability.bulk.job import Job, Summary
from applicability.bulk.output.pieces import finished
from applicability.bulk.output.results import Target
from applicability.bulk.run import tasks
from applicability.bulk.run.screening import Pieces
from applicability.bulk.sources.parquet import ParquetSource, RowGroupRange
from applicability.bulk.sources.source import Source, fault, missing
from applicability.errors import EngineError, Location, Problem, ProfileError
from applicability.lazy_dataclass import replace
from applicability.messages import first_line
from applicability.text import Text


def pieces_on(master: str, session: Callable[[str], Any] | None = None) -> Pieces:
    """The function that screens pieces on the cluster of that master. `session` makes the Spark session.

    Raises ProfileError for a source that is not Parquet, EngineError where Spark is not installed or does not start.
    """

    def pieces(
        source: Source, job: Job, target: Target, state: Path, done: frozenset[int]
    ) -> Generator[tuple[int, Summary], None, None]:
        if not isinstance(source, ParquetSource):
            hint = Text("先转换名册，或不用 --engine", "convert the register first, or leave out --engine")
            raise fault("--engine spark", Text("集群只读 Parquet", "a cluster reads Parquet"), hint)
        left = source.left(done)
        if not left:
            return
        spark = (session or _session)(master)
        try:
            order = spark.sparkContext.broadcast(tasks.order_of(source, job, target, state))
            groups = [replace(one, path=str(Path(one.path).resolve())) for one in left]
            asked = spark.sparkContext.parallelize(groups, len(groups)).map(functools.partial(_do, order))
            yield from _as_they_come(asked.collect, state, set(done))
        finally:
            spark.stop()

    return pieces


def _as_they_come(
    collect: Callable[[], list[tuple[Problem, ...]]], state: Path, seen: set[int]
) -> Iterator[tuple[int, Summary]]:
    """The number and summary of each piece as its file appears, while the tasks run."""
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(collect)
        while not wait([running], timeout=0.5).done:
            yield from _new(state, seen)
        if problems := next(filter(None, running.result()), None):
            raise ProfileError(problems)
    yield from _new(state, seen)


def _new(state: Path, seen: set[int]) -> Iterator[tuple[int, Summary]]:
    for number, own in finished(state).items():
        if number not in seen:
            seen.add(number)
            yield number, own


def _do(order: Any, group: RowGroupRange) -> tuple[Problem, ...]:
    """Runs one task; the order was broadcast to every machine."""
    return tasks.do(order.value, group)


def _session(master: str) -> Any:
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise missing("pyspark", "spark") from None
    # Spark would start any `python3`; workers need this version and this environment.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    try:
        return (
            SparkSession.builder.master(master)
            .appName("applicability screen")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .getOrCreate()
        )
    except Exception as error:  # Spark, Java and the network each raise their own errors
        words = first_line(error)
        what = Text(f"Spark 无法启动：“{words}”", f"Spark does not start: {words}")
        hint = Text("是否装有 Java，主节点是否在运行？", "is Java installed, and the master running?")
        raise EngineError([Problem("E009", Location(master), what, hint)]) from None
