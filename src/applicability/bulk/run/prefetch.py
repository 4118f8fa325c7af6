"""Threads for reading ahead and writing behind."""

from __future__ import annotations

import contextlib
from collections import deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# Items made ahead: rows, and then the end marker of their piece, which would otherwise delay the next piece's rows.
_AHEAD = 2


def prefetched(items: Generator[_Item, None, None]) -> Generator[_Item, None, None]:
    """The items; the next ones are made in another thread while one is processed.

    To be closed, and closes `items` in its turn. Left to the garbage collector, which runs in any thread at any
    moment, the end of a thread could wait for a lock that this very thread holds: this deadlocked once, when the
    collector ran while a thread was being started.
    """
    with contextlib.closing(items), ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, items, None) for _ in range(_AHEAD))
        try:
            while (item := coming.popleft().result()) is not None:
                coming.append(pool.submit(next, items, None))
                yield item
        finally:
            for one in coming:
                one.cancel()


class WriteBehind(Generic[_Result]):
    """Runs one task at a time in a background thread."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[_Result] | None = None

    def __enter__(self) -> WriteBehind[_Result]:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown()

    def then(self, do: Callable[[], _Result] | None) -> Iterator[_Result]:
        """Waits for the previous task, yields its result if any, and starts the next."""
        last, self._last = self._last, None
        found = None if last is None else last.result()
        if do is not None:
            self._last = self._pool.submit(do)
        if found is not None:
            yield found
