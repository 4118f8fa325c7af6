"""Writes one file from many pieces, in order, while later pieces are still being processed."""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from applicability.bulk.output.pieces import tables

# Writes tables of one schema.
Write = Callable[[Iterable[Any]], None]
Done = Callable[[int], None]


class _Abandoned(Exception):
    """The run ends before all pieces are done: what was written of them is discarded."""


@contextlib.contextmanager
def write_in_order(state: Path, form: str, write: Write) -> Iterator[Done]:
    """Yields `done(number)`, to call when a piece is complete; all lines are written when the block ends.

    A thread writes the pieces from 0 on as they become complete. If the block fails, `write` gets an exception from its
    tables; if writing fails, the next `done()` re-raises the error.
    """
    coming: queue.SimpleQueue[int | _Abandoned | None] = queue.SimpleQueue()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write, _in_order(state, form, coming))

        def done(number: int) -> None:
            if writing.done():
                writing.result()
            coming.put(number)

        try:
            yield done
        except BaseException:
            coming.put(_Abandoned())
            with contextlib.suppress(_Abandoned):
                writing.result()
            raise
        coming.put(None)
        writing.result()


def _in_order(state: Path, form: str, coming: queue.SimpleQueue[int | _Abandoned | None]) -> Iterator[Any]:
    waiting: set[int] = set()
    number = 0
    while (piece := coming.get()) is not None:
        if isinstance(piece, _Abandoned):
            raise piece
        waiting.add(piece)
        while number in waiting:
            waiting.remove(number)
            yield from tables(state, [number], form)
            number += 1
    yield from tables(state, sorted(waiting), form)
