"""Caches of bounded size."""

from __future__ import annotations

import functools
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

K = TypeVar("K")
V = TypeVar("V")
P = ParamSpec("P")


class BoundedCache(dict[K, V]):
    """A dict of at most `limit` entries, cleared when full. Its pickle is empty.

    >>> known = BoundedCache(2)
    >>> for name in "abc":
    ...     known[name] = 1
    >>> known
    {'c': 1}
    """

    __slots__ = ("limit",)

    def __init__(self, limit: int) -> None:
        self.limit = limit

    def __setitem__(self, key: K, value: V) -> None:
        if len(self) >= self.limit:
            self.clear()
        super().__setitem__(key, value)

    def __reduce__(self) -> tuple[type[BoundedCache[K, V]], tuple[int]]:
        return type(self), (self.limit,)


class RecentCache(Generic[K, V]):
    """At most `limit` entries, of which the one used longest ago goes first. Thread-safe.

    >>> known = RecentCache(2)
    >>> known.put("a", 1), known.put("b", 2), known.get("a"), known.put("c", 3)
    (None, None, 1, None)
    >>> [known.get(name) for name in "abc"]
    [1, None, 3]
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._entries)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self._entries)!r})"

    def get(self, key: K) -> V | None:
        """The value of a key, which counts as used; None where it is not known, or no longer."""
        with self._lock:
            if key not in self._entries:
                return None
            self._entries.move_to_end(key)
            return self._entries[key]

    def put(self, key: K, value: V) -> None:
        """Remember the value of a key."""
        with self._lock:
            self._entries[key] = value
            self._entries.move_to_end(key)
            if len(self._entries) > self._limit:
                self._entries.popitem(last=False)


def remembered(
    limit: int,
) -> Callable[[Callable[Concatenate[Any, P], V]], Callable[Concatenate[Any, P], V]]:
    """A method of an object that does not change, whose answers the object keeps: at most `limit`, by the arguments,
    which are given by their places.

    >>> class Numbers:
    ...     @remembered(100)
    ...     def square(self, number: int) -> int:
    ...         print("worked out")
    ...         return number * number
    >>> numbers = Numbers()
    >>> numbers.square(3), numbers.square(3)
    worked out
    (9, 9)
    """

    def keep(method: Callable[Concatenate[Any, P], V]) -> Callable[Concatenate[Any, P], V]:
        name = f"_answers_of_{method.__name__}"

        def answer(self: Any, /, *asked: P.args, **named: P.kwargs) -> V:
            if named:  # not by its place, and so not known
                return method(self, *asked, **named)
            own = self.__dict__
            known: BoundedCache[object, V] | None = own.get(name)
            if known is None:
                known = own[name] = BoundedCache(limit)
            try:
                return known[asked]
            except KeyError:
                found = known[asked] = method(self, *asked, **named)
                return found

        functools.update_wrapper(answer, method)
        return answer

    return keep
