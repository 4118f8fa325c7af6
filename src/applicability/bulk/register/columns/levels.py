"""Columns that tell one fact at several levels: each combination of cells is read once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import NONE, Coded, different, mapped
from applicability.bulk.engine.pair_table import CombinationIndex, GrowingArray
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    REMEMBERED,
    DerivedFacts,
    RowLoss,
    no_origins,
)  # fmt: skip
from applicability.bulk.register.columns.interned import InternedColumn, spread
from applicability.bulk.register.columns.notes import Note, Notes, bounded_note
from applicability.errors import Location, Problem
from applicability.loading.company.bare_names import needs_city
from applicability.loading.company.cells import is_missing, sector_of
from applicability.loading.company.levels import (
    CITY,
    DISTRICT,
    LevelCell,
    LevelFacts,
    LevelNote,
    PlaceLevels,
    SectorLevels,
    lone_note,
)  # fmt: skip
from applicability.model.headings import ADDRESS, CREDIT_CODE, LEVELS, PLACE_LEVELS, ROLES, SECTOR_LEVELS
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_PLACE = ("province", CITY, "division", DISTRICT)
_LevelReader = Callable[[Sequence[LevelCell]], LevelFacts]


class LevelColumns:
    """Reads the columns of one fact's levels; `headings` says what each holds, `gives` are the facts they tell."""

    def __init__(self, read: _LevelReader, headings: Mapping[str, str], gives: Sequence[str], lang: Lang) -> None:
        self._read = read
        self._headings = headings
        self._gives = tuple(gives)
        self._lang = lang
        self._forget()

    def _forget(self) -> None:
        """Drops the cached values."""
        self._cells = [InternedColumn[object](_hashable) for _ in self._headings]
        self._combined = CombinationIndex(len(self._headings))
        self._found: list[LevelFacts] = []
        self._values: dict[str, dict[str, int]] = {fact: {} for fact in self._gives}
        self._told: dict[str, list[object]] = {fact: [] for fact in self._gives}
        self._places = {fact: GrowingArray() for fact in self._gives}
        self._notes: dict[Note, int] = {}
        self._noted: list[list[int]] = []
        self._origins: dict[tuple[tuple[str, str], ...], int] = {}
        self._origin = GrowingArray()

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """The facts that the levels tell. `columns` are the facts that the rows state themselves."""
        if len(self._found) > REMEMBERED:
            self._forget()
        cells = []
        for (heading, holds), kinds in zip(self._headings.items(), self._cells, strict=True):
            several = holds in ROLES or [*self._headings.values()].count(holds) > 1
            own = mapped(table.column(heading), _cell) if several else columns[holds]
            cells.append(kinds.codes(different(own)))
        found = self._combined(cells)
        for parts in self._combined.parts[len(self._found) :]:
            self._add(parts)
        given = {fact: Coded(self._told[fact], self._places[fact].at(found)) for fact in self._gives}
        origins = Coded([dict(one) for one in self._origins] or [{}], self._origin.at(found))
        apart = np.array([one.apart is not None for one in self._found], np.bool_)
        losses = [
            RowLoss(row, _contradicted(one), self._gives, beside=_columns(one))
            for row in np.flatnonzero(apart[found]).tolist()
            for one in (self._found[found[row]],)
        ]
        return DerivedFacts(given, origins, Notes(*spread(found, self._noted), [*self._notes]), losses)

    def _add(self, parts: tuple[int, ...]) -> None:
        """Adds one more combination of cells."""
        told = [
            LevelCell(heading, holds, kinds.of(part) if part else None)
            for (heading, holds), kinds, part in zip(self._headings.items(), self._cells, parts, strict=True)
        ]
        found = self._read(told)
        self._found.append(found)
        for fact in self._gives:
            place = NONE
            if fact in found.gives:
                value = found.gives[fact][0]
                value = list(value) if isinstance(value, tuple) else value
                place = self._values[fact].setdefault(f"{type(value).__name__} {value!r}", len(self._told[fact]))
                if place == len(self._told[fact]):
                    self._told[fact].append(value)
            self._places[fact].append(place)
        own: dict[str, str] = {}
        for heading, holds in self._headings.items():
            if holds in self._gives:
                own.setdefault(holds, heading)
        origin = tuple((fact, heading) for fact, (_, heading) in found.gives.items() if own.get(fact) != heading)
        self._origin.append(self._origins.setdefault(origin, len(self._origins)))
        notes = [short_note(one, self._lang) for one in found.notes]
        self._noted.append([self._notes.setdefault(note, len(self._notes)) for note in notes])


class LoneDistricts:
    """Leaves out districts whose city no column tells, where an address or a code could have told it."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang) -> None:
        self._gazetteer = rulebook.gazetteer
        self._heading = plan.heading(DISTRICT) if _later(plan) and DISTRICT in facts else None
        self._lang = lang
        self._known: dict[str, bool] = {}

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """The districts that have their city, or need none; notes on the others."""
        if self._heading is None:
            return DerivedFacts({}, no_origins(rows))
        district, city = different(columns[DISTRICT]), different(columns[CITY])
        lone = np.array([*map(self._needs_city, district.values), False], np.bool_)
        left = lone[district.places] & (city.places == NONE)
        if not left.any():
            return DerivedFacts({}, no_origins(rows))
        at = np.flatnonzero(left)
        said = (lone_note(self._heading, one) for one in district.values)
        words = [short_note(one, self._lang) for one in said]
        kept = Coded(district.values, np.where(left, np.int32(NONE), district.places))
        return DerivedFacts({DISTRICT: kept}, no_origins(rows), Notes(at, district.places[at], words))

    def _needs_city(self, cell: object) -> bool:
        key = repr(cell)
        if key not in self._known:
            if len(self._known) > REMEMBERED:
                self._known.clear()
            self._known[key] = needs_city(self._gazetteer, cell)
        return self._known[key]


def level_columns(
    rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang, defaults: Collection[str] = ()
) -> tuple[LevelColumns, ...]:
    """The readers of the levels that a register has; none for a fact that one column tells.

    Beside the other levels of a place the city may be one of the `defaults`, by their facts.
    """
    found = []
    place = _ordered(plan, _PLACE, CITY if CITY in defaults else "")
    held = set(place.values())
    if CITY in facts and (held & {*PLACE_LEVELS, DISTRICT}):
        gives = [fact for fact in (CITY, DISTRICT) if fact in facts]
        found.append(LevelColumns(PlaceLevels(rulebook, _later(plan)).read, place, gives, lang))
    elif DISTRICT in facts and DISTRICT in held:
        found.append(LevelColumns(PlaceLevels(rulebook, _later(plan)).read, place, [DISTRICT], lang))
    levels = {fact for level, fact in LEVELS.items() if level in SECTOR_LEVELS}
    for fact in sorted(levels & set(facts)):
        own = _ordered(plan, (*SECTOR_LEVELS, fact))
        if set(own.values()) - {fact}:
            found.append(LevelColumns(SectorLevels(rulebook, rulebook.facts[fact]).read, own, [fact], lang))
    return tuple(found)


def _later(plan: ColumnPlan) -> bool:
    """Whether another column may tell the city."""
    return plan.heading(ADDRESS) is not None or plan.heading(CREDIT_CODE) is not None


def _ordered(plan: ColumnPlan, holds: Sequence[str], default: str = "") -> dict[str, str]:
    """The columns of these levels in this order, by heading; that of a default without one by its name."""
    return {heading: one for one in holds for heading in plan.headings(one) or ((one,) if one == default else ())}


def short_note(one: LevelNote, lang: Lang) -> Note:
    """A note as it is told: a cell in it may be long, or hold a person's number."""
    hint = "" if one.hint is None else one.hint.of(lang)
    return bounded_note(one.heading, one.fact, one.text, lang, one.code, hint)


def _cell(cell: object) -> object:
    return None if is_missing(cell) else sector_of(cell.strip() if isinstance(cell, str) else cell)


def _hashable(cell: object) -> object:
    return tuple(map(str, cell)) if isinstance(cell, list) else cell if isinstance(cell, str | int) else str(cell)


def _contradicted(found: LevelFacts) -> Problem:
    assert found.apart is not None
    one, other = found.apart
    first, second = _as_read(one), _as_read(other)
    what = Text(
        f"`{one.heading}` 列的 `{_shown(one.cell)}`{first.zh}与 `{other.heading}` 列的 `{_shown(other.cell)}`"
        f"{second.zh}矛盾",
        f"`{_shown(one.cell)}` under `{one.heading}`{first.en} cannot be so with `{_shown(other.cell)}` under "
        f"`{other.heading}`{second.en}",
    )
    return Problem("S305", Location(other.heading), what, ONE_IS_WRONG)


def _columns(found: LevelFacts) -> tuple[str, ...]:
    """The columns that contradict each other."""
    return tuple(one.heading for one in found.apart or ())


def _as_read(one: LevelCell) -> Text:
    """How a cell was read, behind it."""
    return Text(" ", "") if one.means is None else Text(f"（读作{one.means.zh}）", f" (read as {one.means.en})")


def _shown(cell: object) -> str:
    return "; ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell)
