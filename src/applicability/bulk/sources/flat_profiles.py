"""Profiles as rows of cells: findings, limits and parts of facts become columns; a wrong value costs its own column.

Of a key that stands twice in an object with different values neither is read; null or an equal value does not differ.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, overload

from applicability.bulk.engine.arrays import CellTable, UnreadCells
from applicability.bulk.sources.heading_groups import Known
from applicability.bulk.sources.headings import cut
from applicability.errors import Location, Problem
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.parts import BOUNDS
from applicability.model.headings import NAME, ROLES, fact_of
from applicability.model.leaf_kinds import FINDING, LIMITS
from applicability.model.partial import NO, YES
from applicability.text import Text

_FINDINGS = FINDING.removesuffix(".")
_NESTED = (_FINDINGS, LIMITS)
_PARTS = frozenset((YES, NO, *BOUNDS))
# What is read of columns that are texts; a name is shown as it is.
_TEXTS = frozenset(ROLES) - {NAME}
# A column with a cell in fewer rows than one in so many is kept as its cells.
_FEW = 8
# Characters of a value that are told.
_SHOWN = 60
_ONCE = Text("只写一次", "write it once")


class Twice:
    """The different values of a key that stands in an object more than once."""

    def __init__(self, values: Sequence[object]) -> None:
        self.values = values

    def __str__(self) -> str:
        return " / ".join(map(_written, self.values))


def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object from its keys and values, a hook for JSON parsers; `Twice` stands where they differ."""
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    values: dict[str, list[object]] = {}
    for key, value in pairs:
        values.setdefault(key, []).append(value)
    return {key: _agreed(own) for key, own in values.items()}


def _agreed(values: Iterable[object]) -> object:
    """The value that all of some values are, of which some may be missing; else all of them."""
    found: list[object] = []
    for value in values:
        for one in value.values if isinstance(value, Twice) else (value,):
            if one is not None and not any(_same(one, other) for other in found):
                found.append(one)
    return Twice(found) if len(found) > 1 else found[0] if found else None


def _same(one: object, other: object) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return one == other
    return type(one) is type(other) and _written(one) == _written(other)


def _written(value: object) -> str:
    return (
        value.strip() if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    )


# What may be, or hold, the values of a key that stands twice.
_MAY_HOLD = frozenset((Twice, dict, list))
_PLAIN = frozenset((str, int, float, type(None)))


class FlatProfile(NamedTuple):
    """The cells of a profile by column, and the columns that cannot be read, with the reason and what stands there."""

    cells: Mapping[str, object]
    unread: Sequence[tuple[str, Problem, str]] = ()


class ProfileFlattener:
    """Makes rows of profiles: each finding of an authority, each limit and each part of a fact is a column of its own.

    `known` says what a heading is known as; without it, whatever looks like parts of a fact is.
    """

    def __init__(self, known: Known | None = None) -> None:
        self._known = known
        self._met: dict[str, str | None] = {}

    def flat(self, profile: Mapping[str, object]) -> FlatProfile:
        """The row of a profile."""
        odd = [name for name, held in profile.items() if type(held) not in _PLAIN]
        found = dict(profile)
        nested = [(name, role, found.pop(name)) for name in profile if (role := self._nested(name)) is not None]
        if not odd and not nested:
            return FlatProfile(found)
        unread: list[tuple[str, Problem, str]] = []
        for name in odd:
            held = found.get(name)
            if isinstance(held, Mapping) and (role := self._in_parts(name, held)) is not None:
                del found[name]
                for part, value in held.items():
                    _put(found, f"{role}.{part}", value)
            elif isinstance(held, (Mapping, list, bool)) and self._role(name) in _TEXTS:
                unread.append((name, Problem("P102", Location(name), *_no_text(name)), _written(held)))
        for name, role, held in nested:
            for one in held.values if isinstance(held, Twice) else (held,):
                if isinstance(one, Mapping):
                    for key, value in one.items():
                        _put(found, f"{role}.{key}", value)
                elif one is not None:
                    wrong = mistakes.no_limits() if role == LIMITS else mistakes.no_findings()
                    unread.append((role, Problem(wrong.code, Location(name), wrong.what, wrong.mend), _written(one)))
        for name, value in found.items():
            if type(value) in _MAY_HOLD and (twice := next(_twice(name, value), None)) is not None:
                unread.append((name, _contradicted(name, *twice), str(twice[1])))
                found[name] = str(value) if isinstance(value, Twice) else _written(value)
        return FlatProfile(found, unread) if unread else FlatProfile(found)

    def _nested(self, name: str) -> str | None:
        """Whether a key holds limits or findings, and which; None for any other."""
        if name in _NESTED:
            return name
        role = self._role(name)
        return role if role in _NESTED else None

    def _in_parts(self, name: str, held: Mapping[str, object]) -> str | None:
        """The fact of which a value tells parts; None for any other value."""
        if not held or not _PARTS.issuperset(held):
            return None
        role = fact_of(self._role(name) or name)
        return role if self._known is None or all(self._role(f"{role}.{part}") for part in held) else None

    def _role(self, name: str) -> str | None:
        if name not in self._met:
            self._met[name] = self._known(name) if self._known is not None else None
        return self._met[name]


def _put(found: dict[str, object], name: str, value: object) -> None:
    found[name] = _agreed((found[name], value)) if name in found else value


def _twice(key: str, value: object) -> Iterator[tuple[str, Twice]]:
    """The keys in a value that have several, and the values."""
    if isinstance(value, Twice):
        yield key, value
    elif isinstance(value, dict):
        for own, held in value.items():
            yield from _twice(str(own), held)
    elif isinstance(value, list):
        for held in value:
            if type(held) in _MAY_HOLD:
                yield from _twice(key, held)


def _no_text(name: str) -> tuple[Text, Text]:
    return (
        Text(f"`{name}` 应为一段文字", f"`{name}` is a text"),
        Text("写作带引号的文字", "write it as a text in quotes"),
    )


def _contradicted(name: str, key: str, twice: Twice) -> Problem:
    shown = [f"`{cut(_written(one), _SHOWN)}`" for one in twice.values[:3]]
    zh, en = "、".join(shown), " and ".join(shown)
    what = Text(f"`{key}` 写了不止一次，各不相同：{zh}", f"`{key}` stands more than once with different values, {en}")
    return Problem("S311", Location(name), what, _ONCE)


class FewCells(Sequence[object]):
    """A column of which most cells are empty: profiles may have keys of their own, each in a column of its own."""

    def __init__(self, told: Mapping[int, object], length: int) -> None:
        self._told, self._length = told, length

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, place: int) -> object: ...

    @overload
    def __getitem__(self, place: slice) -> list[object]: ...

    def __getitem__(self, place: int | slice) -> object:
        found = range(self._length)[place]
        return self._told.get(found) if isinstance(found, int) else [*map(self._told.get, found)]

    def __iter__(self) -> Iterator[object]:
        return map(self._told.get, range(self._length))


def mixed(always: Sequence[str], rows: Sequence[FlatProfile]) -> CellTable:
    """A table of profiles with different keys; `always` are columns of every batch."""
    told: dict[str, dict[int, object]] = {name: {} for name in always}
    for place, row in enumerate(rows):
        for name, value in row.cells.items():
            told.setdefault(name, {})[place] = value
    columns: dict[str, Sequence[object]] = {
        name: [*map(own.get, range(len(rows)))] if len(own) * _FEW > len(rows) else FewCells(own, len(rows))
        for name, own in told.items()
    }
    unread = [
        UnreadCells(place, (name,), problem, words)
        for place, row in enumerate(rows)
        for name, problem, words in row.unread
    ]
    return CellTable(columns, len(rows), always, unread)
