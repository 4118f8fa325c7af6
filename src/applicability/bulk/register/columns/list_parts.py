"""Columns that name some words of a list, such as the zones that a company is in, perhaps among others.

What they name is in the list, and the rest of it stays unknown. Beside a column that tells the whole list they add
nothing where that has their words; else the two contradict each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.engine.row_profiles import profile_of
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    DerivedFacts,
    RowLoss,
    no_origins,
)  # fmt: skip
from applicability.bulk.register.columns.interned import cell_of, emptied, filled
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, replace
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.messages import type_of_zone
from applicability.model.headings import plain
from applicability.model.partial import YES
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_NONE_OF_THEM = Text(
    "`{heading}` 列只写明其中一部分，填“无”的未据此判断",
    "left out: `{heading}` tells only some of them, and “none” there is not that there are none at all",
)
_COUNTS = Text("；以 `{column}` 列为准，不必填写", "; `{column}` counts, with nothing to fill in")
_ADD_THE_WHOLE = Text(
    "全都不在、都没有的，在“{label}”列填“无”（没有这一列的另加）；有的，写明有哪些",
    "if there are none at all, write “none” under “{label}”, a column to add if it is not there; else write which",
)
# Who stands in a zone that the list lacks is not in none.
_ADD_THE_ZONES = Text(
    "都不在任何功能区的，在“{label}”列填“无”（没有这一列的另加）；在名录没有的功能区内的，{typed}；其余写明有哪些",
    "if it is in no zone at all, write “none” under “{label}”, a column to add if it is not there; where it is in one "
    "that is not in the list, {typed}; else write which",
)
# Headings under which no zone of any kind may be left out.
_ANY_ZONE = lazy_pattern(r"功能区|^(?:zonename|nameofzone)$")
_REMEMBERED = 1 << 15
# Characters of a cell that are told.
_SHOWN = 200
# The facts near which the words of a list are read.
_NEAR = ("city", "district")


class _Agreement(Enum):
    """What a list and some words of it come to."""

    SAME, MORE, APART = range(3)


@dataclass(frozen=True)
class _ListComparison:
    """What a list and some words of it come to, the list with those words, and what cannot be read of the words."""

    outcome: _Agreement
    both: Sequence[object] = ()
    problems: tuple[Problem, ...] = ()


def is_of_any_zone(heading: str) -> bool:
    """Whether a heading asks for zones of any kind: 功能区 does, 园区 and 自贸片区 do not.

    >>> is_of_any_zone("所属功能区"), is_of_any_zone("园区")
    (True, False)
    """
    return _ANY_ZONE.search(plain(heading)) is not None


def is_list_part(held: str) -> bool:
    """Whether a column names some words of a list."""
    return whole_name(held)[1] == YES


def without_none(rulebook: Rulebook, heading: str, held: str, column: Any, lang: Lang) -> tuple[Any, Notes]:
    """A column of some words of a list without its empty lists, which tell nothing of the others; notes on those."""
    own = different(column)
    empty = np.array([*(isinstance(one, list) and not one for one in own.values), False], np.bool_)[own.places]
    rows = np.flatnonzero(empty)
    if not rows.size:
        return column, NO_NOTES
    fact = whole_name(held)[0]
    text = _NONE_OF_THEM.of(lang).format(heading=heading)
    types = [one.label for one in rulebook.facts.values() if one.type == "zone_types"]
    typed = [type_of_zone(one).of(lang) for one in types]
    asked = _ADD_THE_ZONES if types and rulebook.facts[fact].type == "zones" else _ADD_THE_WHOLE
    hint = asked.of(lang).format(label=rulebook.facts[fact].label.of(lang), typed="".join(typed))
    return emptied(column, rows), Notes(rows, np.zeros(len(rows), np.int32), [Note(heading, fact, text, hint=hint)])


def beside_whole(notes: Notes, whole: Any, told: NDArray[np.bool_], heading: str, lang: Lang) -> Notes:
    """The notes of `without_none` beside the column of the whole list; `told` says of each note whether that column
    tells the list in its row (bool): where it is “none” too nothing is left to be said, else that it counts.
    """
    own = different(whole)
    rows = own.places[notes.rows]
    if not told.any():
        return notes
    empty = np.array([*(isinstance(one, list) and not one for one in own.values), False], np.bool_)[rows]
    said = _COUNTS.of(lang).format(column=clean(heading))
    words = [*notes.words, *(replace(one, text=f"{one.text}{said}", hint="") for one in notes.words)]
    which = np.where(told, notes.which + len(notes.words), notes.which).astype(np.int32)
    kept = ~(told & empty)
    return Notes(notes.rows[kept], which[kept], words)


class ListParts:
    """Compares the columns that tell a list whole with those that name some words of it."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan) -> None:
        held = plan.first_headings
        self._rulebook, self._headings = rulebook, held
        self._parts = [one for one in held if is_list_part(one) and whole_name(one)[0] in held]
        self._known: BoundedCache[str, _ListComparison] = BoundedCache(_REMEMBERED)

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """The lists with what is added to them, and the parts that are left to be told."""
        given: dict[str, Any] = {}
        losses: list[RowLoss] = []
        for part in self._parts:
            fact = whole_name(part)[0]
            names = [*(one for one in _NEAR if one in columns), fact, part]
            cells = [different(columns[one]) for one in names]
            both = np.flatnonzero((cells[-1].places != NONE) & (cells[-2].places != NONE))
            if not both.size:
                continue
            met, which = distinct_combinations([one.places[both] for one in cells])
            told = [
                {name: one.values[at] for name, one, at in zip(names, cells, own, strict=True) if at != NONE}
                for own in met
            ]
            results = [self._compared(fact, part, one) for one in told]
            added = np.full(rows, NONE, np.int32)
            for row, number in zip(both.tolist(), which.tolist(), strict=True):
                found = results[number]
                # Beside a list that is read whole a word that is not read leaves nothing open.
                instead = (fact, self._headings[fact]) if found.outcome is _Agreement.SAME else None
                losses += [RowLoss(row, one, instead=instead, settled=instead is not None) for one in found.problems]
                if found.outcome is _Agreement.APART:
                    losses.append(RowLoss(row, self._apart(table, row, (fact, part), told[number]), (fact, part)))
                elif found.outcome is _Agreement.MORE:
                    added[row] = number
            given[fact] = filled(columns[fact], [one.both for one in results], added)
            given[part] = emptied(columns[part], both)
        return DerivedFacts(given, no_origins(rows), NO_NOTES, losses)

    def _compared(self, fact: str, part: str, told: Mapping[str, object]) -> _ListComparison:
        key = f"{part} {told!r}"
        if key not in self._known:
            self._known[key] = self._anew(fact, part, told)
        return self._known[key]

    def _anew(self, fact: str, part: str, told: Mapping[str, object]) -> _ListComparison:
        near = {name: told[name] for name in _NEAR if name in told}
        whole, some = _listed(told[fact]), _listed(told[part])
        words = readable_part({**near, **profile_of({part: some})}, self._rulebook)
        problems = tuple(
            Problem(one.problem.code, Location(self._headings[part]), one.problem.what, one.problem.mend)
            for one in words.losses
            if one.fact == fact
        )
        said = words.given.get(fact)
        more = _listed(said.get(YES)) if isinstance(said, Mapping) else []
        if any(one.fact == fact for one in readable_part({**near, fact: whole}, self._rulebook).losses):
            return _ListComparison(_Agreement.MORE, [*whole, *more], problems)  # what is left of it is known in part
        same = self._read({**near, fact: [*whole, *more]}) == self._read({**near, fact: whole})
        return _ListComparison(_Agreement.SAME if same else _Agreement.APART, (), problems)

    def _read(self, given: Mapping[str, object]) -> tuple[object, frozenset[str]]:
        """What a profile tells: its values, and the zones that it names, with those around them."""
        facts = read_facts(Profile.of(readable_part(given, self._rulebook).given), self._rulebook)
        around = (self._rulebook.gazetteer.around(one) for one in facts.whereabouts.zones or ())
        return facts.values, frozenset().union(*around)

    def _apart(self, table: Any, row: int, held: tuple[str, str], told: Mapping[str, object]) -> Problem:
        one, other = (self._headings[name] for name in held)
        whole, some = (_as_written(table, self._headings[name], row, told[name]) for name in held)
        what = Text(
            f"`{other}` 列的 `{some}` 不在 `{one}` 列的 `{whole}` 之中",
            f"`{some}` under `{other}` is not among `{whole}` under `{one}`",
        )
        return Problem("S312", Location(other), what, ONE_IS_WRONG)


def _as_written(table: Any, heading: str, row: int, told: object) -> str:
    """A list as its register has it, so that what is quoted can be found there."""
    cell = cell_of(table.column(heading), row)
    written = cell.strip() if isinstance(cell, str) else ""
    return written[:_SHOWN] or "; ".join(map(str, _listed(told))) or "[]"


def _listed(cell: object) -> list[object]:
    return list(cell) if isinstance(cell, (list, tuple)) else [] if cell is None else [cell]
