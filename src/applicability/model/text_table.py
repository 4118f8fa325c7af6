"""A large table as one text: it is read from the cache at once, and a row of it only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Generic, TypeVar, overload

T = TypeVar("T")
V = TypeVar("V")

# Rows that are looked for in the text, before all of it is read: then whoever asks is no single check.
_LOOKED_UP = 200


class PackedTable(Mapping[str, V], Generic[V]):
    """Rows by their key, in order; it does not change. `make` is what turns the text of a row into its value.

    >>> table = PackedTable.of({"a": ("x", "y"), "b": ()}, " ".join, lambda key, row: tuple(row.split()))
    >>> table["a"], list(table), "c" in table
    (('x', 'y'), ['a', 'b'], False)
    """

    __slots__ = ("_make", "_met", "_text", "_whole")

    def __init__(self, text: str, make: Callable[[str, str], V]) -> None:
        self._text, self._make = text, make
        self._met: dict[str, V | None] = {}  # None: there is no such row
        self._whole: dict[str, V] | None = None

    @classmethod
    def of(cls, rows: Mapping[str, V], told: Callable[[V], str], make: Callable[[str, str], V]) -> Mapping[str, V]:
        """The rows as such a table; as they are, where one of them could not be read from it again."""
        lines = {key: told(value) for key, value in rows.items()}
        if any("\n" in key + row or "\t" in key + row or make(key, row) != rows[key] for key, row in lines.items()):
            return rows
        return cls("\n" + "".join(f"{key}\t{row}\n" for key, row in lines.items()), make)

    def __getitem__(self, key: str) -> V:
        found = self._row(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._row(key) is not None

    @overload
    def get(self, key: str) -> V | None: ...
    @overload
    def get(self, key: str, default: V) -> V: ...
    @overload
    def get(self, key: str, default: T) -> V | T: ...
    def get(self, key: str, default: V | T | None = None) -> V | T | None:
        """The row of a key, else `default`: most names that are looked up are in no row, and raise nothing."""
        found = self._row(key)
        return default if found is None else found

    def _row(self, key: str) -> V | None:
        if self._whole is not None:
            return self._whole.get(key)
        if key not in self._met:
            if len(self._met) >= _LOOKED_UP:
                return self._read().get(key)
            self._met[key] = self._find(key)
        return self._met[key]

    def _find(self, key: str) -> V | None:
        start = self._text.find(f"\n{key}\t")
        if start < 0 or "\n" in key or "\t" in key:
            return None
        start += len(key) + 2
        return self._make(key, self._text[start : self._text.index("\n", start)])

    def _read(self) -> dict[str, V]:
        if self._whole is None:
            rows = (line.partition("\t") for line in self._text[1:-1].split("\n")) if len(self._text) > 1 else ()
            self._whole = {key: self._make(key, row) for key, _, row in rows}
        return self._whole

    def __iter__(self) -> Iterator[str]:
        return iter(self._read())

    def __len__(self) -> int:
        return len(self._read())

    def __reduce__(self) -> tuple[type[PackedTable[V]], tuple[str, Callable[[str, str], V]]]:
        return type(self), (self._text, self._make)
