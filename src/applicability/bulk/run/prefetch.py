"""Work done beside other work: what is needed next is made before it is asked for, and what is left is done behind."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
# Items made ahead: rows, and behind them the end of their piece, which would else hold up the rows of the next.
_AHEAD = 2


def prefetched(items: Iterable[_Item]) -> Generator[_Item, None, None]:
    """The items, the next of which are made in a thread of its own while one is worked on."""
    made = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = deque(pool.submit(next, made, None) for _ in range(_AHEAD))
        while (item := coming.popleft().result()) is not None:
            coming.append(pool.submit(next, made, None))
            yield item


class WriteBehind(Generic[_Result]):
    """Does one thing at a time in a thread of its own while its owner goes on."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1)
        self._last: Future[_Result] | None = None

    def __enter__(self) -> WriteBehind[_Result]:
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.shutdown()

    def then(self, do: Callable[[], _Result] | None) -> Iterator[_Result]:
        """Wait for what was begun before, if anything was, and begin with another; gives what came of the former."""
        last, self._last = self._last, None
        found = None if last is None else last.result()
        if do is not None:
            self._last = self._pool.submit(do)
        if found is not None:
            yield found
