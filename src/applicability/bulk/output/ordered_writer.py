"""One file of many pieces, written in their order while later pieces are still being done."""

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
    """The pieces end before all are done: what was written of them is to be forgotten."""


@contextlib.contextmanager
def write_in_order(state: Path, form: str, write: Write) -> Iterator[Done]:
    """Gives what is called with the number of each piece that is done; the lines are written when the block ends.

    A thread writes piece after piece from 0 on, as far as they are done. If the block fails, or a piece could not be
    written, `write` hears of it as an exception from its tables, and whoever is in the block from the next call on.
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
