"""Several columns that hold one fact: merged row by row, each pair of different cells compared once.

Where one of them has a value, or the others cannot be read, that is the fact; where they read alike, too. Words of a
list are put together. Where they contradict each other nothing is known of the fact, and both sides are told.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, Different, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.row_profiles import profile_of
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, RowLoss, no_origins, together, without
from applicability.bulk.register.columns.list_parts import is_list_part
from applicability.bulk.register.columns.notes import Notes
from applicability.bulk.register.columns.shares import DOUBTED, ShareColumn, ShareDoubt
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.bare_names import address_of
from applicability.loading.company.location import unread_address
from applicability.loading.company.zone_names import elsewhere
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import NotRead
from applicability.model.headings import ADDRESS, COMPANY_TYPE, LEVELS, REGISTERED_ADDRESS
from applicability.model.leaf_kinds import is_statement
from applicability.model.partial import YES
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_REMEMBERED = 1 << 15
# Columns that are read together where there are several.
_TOGETHER = (*LEVELS, REGISTERED_ADDRESS, COMPANY_TYPE)


class _Outcome(Enum):
    """What two cells of one fact come to."""

    FIRST, SECOND, BOTH, APART = range(4)


@dataclass(frozen=True)
class _CellComparison:
    """What two cells come to: what is wrong with the one that is passed over, by its place, and the words of both."""

    outcome: _Outcome
    problems: Sequence[tuple[int, Problem]] = ()
    both: object = None


@dataclass(frozen=True)
class _ReadCell:
    """What a cell reads as, None if nothing of it does; what is wrong with it; the place or sector it tells; and the
    words of a list that can be read.
    """

    facts: object
    problems: tuple[Problem, ...] = ()
    code: str | None = None
    words: tuple[object, ...] = ()


@dataclass(frozen=True)
class MergedColumn:
    """The merged cells, the index of the column that each is of (int32, shape (rows,)), and what was lost of rows."""

    cells: Coded
    sources: Codes
    losses: Sequence[RowLoss]


@dataclass(frozen=True)
class MergedFacts:
    """The columns that were merged, by what they hold; `headings` are those of each. `origins` has for each row the
    facts that another than the first column of theirs tells.
    """

    headings: Mapping[str, tuple[str, ...]]
    merged: Mapping[str, MergedColumn]
    origins: Coded

    @property
    def losses(self) -> list[RowLoss]:
        """What is lost of rows."""
        return [loss for one in self.merged.values() for loss in one.losses]

    def facts(self) -> dict[str, Coded]:
        """The merged columns of facts."""
        return {held: one.cells for held, one in self.merged.items() if held != ADDRESS}

    def table(self, table: Any, columns: Mapping[str, Any]) -> Any:
        """A table in which each cell stands under the heading that it is taken from, and under no other one of its
        fact; `columns` are the facts.
        """
        if not self.merged:
            return table
        own: dict[str, Any] = {}
        for held, one in self.merged.items():
            cells = different(columns.get(held, one.cells))
            for source, heading in enumerate(self.headings[held]):
                own[heading] = Coded(cells.values, np.where(one.sources == source, cells.places, np.int32(NONE)))
        if ADDRESS in self.merged:
            own[self.headings[ADDRESS][0]] = self.merged[ADDRESS].cells
        return TableWith(table, own)


@dataclass(frozen=True)
class TableWith:
    """A table with other columns in place of some of its own."""

    table: Any
    columns: Mapping[str, Any]

    def column(self, name: str) -> Any:
        """The column of that name."""
        return self.columns[name] if name in self.columns else self.table.column(name)


class MergedColumns:
    """Merges the columns of a register that hold one fact; `headings` are theirs, by what they hold."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str]) -> None:
        self._rulebook = rulebook
        held = {one: plan.headings(one) for one in plan.holds.values() if one not in _TOGETHER}
        self.headings: Mapping[str, tuple[str, ...]] = {one: own for one, own in held.items() if len(own) > 1}
        # The facts that are in doubt with an address.
        self._of_address = tuple(name for name in ("city", "district", "zones") if name in facts)
        self._known: BoundedCache[str, _ReadCell] = BoundedCache(_REMEMBERED)

    def read(self, table: Any, by_heading: Mapping[str, Any], rows: int) -> MergedFacts:
        """Merges all of them; `by_heading` are the columns of facts, as they were read."""
        found = {
            held: self._merge(held, [by_heading[one] if one in by_heading else table.column(one) for one in own])
            for held, own in self.headings.items()
        }
        origins = no_origins(rows)
        for held, one in found.items():
            if held != ADDRESS:
                values = [{}, *({held: heading} for heading in self.headings[held][1:])]
                places = np.where(one.cells.places == NONE, np.int32(0), one.sources)
                origins = together(origins, Coded(values, places))
        return MergedFacts(self.headings, found, origins)

    def beside_doubts(
        self, merged: MergedFacts, shares: Mapping[str, ShareColumn], doubts: Mapping[str, tuple[Notes, Any]]
    ) -> tuple[MergedFacts, dict[str, NDArray[np.int64]]]:
        """The merged columns beside cells that may be fractions or percentages, and the rows of those cells that are
        told with it, by heading. `doubts` are the notes on them, each kind with the column of its cells.

        The column that tells the share counts, and that is said; where it is neither number that the cell may be, the
        two contradict each other.
        """
        found, told, origins = dict(merged.merged), dict[str, NDArray[np.int64]](), merged.origins
        for held, headings in merged.headings.items():
            for heading in (one for one in headings if one in doubts):
                notes, column = doubts[heading]
                own, cells = found[held], different(column)
                losses = [*self._doubted(held, shares[heading], heading, own, cells, notes.rows.tolist())]
                apart = np.array([one.row for one in losses if one.facts], np.int64)
                kept = Coded(own.cells.values, own.cells.places.copy())
                kept.places[apart] = NONE
                found[held] = MergedColumn(kept, own.sources, [*own.losses, *losses])
                origins = without(origins, held, apart) if apart.size else origins
                told[heading] = np.array([one.row for one in losses], np.int64)
        return MergedFacts(merged.headings, found, origins), told

    def _doubted(
        self, held: str, share: ShareColumn, heading: str, own: MergedColumn, cells: Different, rows: Sequence[int]
    ) -> Iterator[RowLoss]:
        """What is lost of rows whose cell may be two shares, where another column tells the share."""
        met: dict[tuple[int, int, int], RowLoss | None] = {}
        for row in rows:
            if own.cells.places[row] != NONE:
                key = int(cells.places[row]), int(own.cells.places[row]), int(own.sources[row])
                if key not in met:
                    cell, counts, source = cells.values[key[0]], own.cells.values[key[1]], key[2]
                    met[key] = self._of_doubt(
                        held, share.doubt(cell), (self.headings[held][source], heading), counts, cell
                    )
                if (lost := met[key]) is not None:
                    yield lost._replace(row=row)

    def _of_doubt(
        self, held: str, doubt: ShareDoubt | None, headings: tuple[str, str], counts: object, cell: object
    ) -> RowLoss | None:
        """What is lost by a cell that may be two shares beside the one that counts; None if neither can be read."""
        readings = () if doubt is None else doubt.readings
        outcomes = {self._compared(held, counts, one).outcome for one in readings}
        if doubt is not None and _Outcome.FIRST in outcomes:
            problem = Problem(DOUBTED, Location(headings[1]), doubt.what, doubt.mend)
            return RowLoss(0, problem, instead=(held, headings[0]))
        if outcomes == {_Outcome.APART}:
            return RowLoss(0, _contradicted(headings, (counts, cell)), self._lost(held), beside=headings)
        return None

    def _merge(self, held: str, columns: Sequence[Any]) -> MergedColumn:
        """Merges the columns of what they hold, in the order of their headings."""
        headings = self.headings[held]
        first = different(columns[0])
        values, places = list(first.values), first.places.copy()
        sources = np.zeros(len(places), np.int32)
        open_rows = np.ones(len(places), np.bool_)
        losses: list[RowLoss] = []
        sides: dict[int, tuple[tuple[str, object], ...]] = {}
        for source, column in enumerate(columns[1:], 1):
            other = different(column)
            there = other.places != NONE
            taken = there & (places == NONE) & open_rows
            for row in np.flatnonzero(there & ~open_rows).tolist():
                losses.append(self._third(held, row, sides[row], headings[source], other.values[other.places[row]]))
            both = np.flatnonzero(there & (places != NONE))
            offset = len(values)
            values += other.values
            met, which = distinct_combinations((places[both], other.places[both]))
            results = [self._compared(held, values[one], other.values[two]) for one, two in met]
            joined = {number: len(values) + place for place, number in enumerate(_with_both(results))}
            values += [results[number].both for number in joined]
            for row, number in zip(both.tolist(), which.tolist(), strict=True):
                outcome, problems = results[number].outcome, results[number].problems
                own = headings[int(sources[row])], headings[source]
                cells = values[int(places[row])], other.values[int(other.places[row])]
                if outcome is _Outcome.APART:
                    losses.append(RowLoss(row, _contradicted(own, cells), self._lost(held), beside=own))
                    open_rows[row], places[row] = False, NONE
                    sides[row] = tuple(zip(own, cells, strict=True))
                    continue
                for at, one in problems:
                    # Of a list the words that can be read are taken from both.
                    instead = None if is_list_part(held) else (held, own[1 - at])
                    losses.append(RowLoss(row, replace(one, location=Location(own[at])), instead=instead))
                taken[row] = outcome is _Outcome.SECOND
                places[row] = joined.get(number, places[row])
            places[taken] = other.places[taken] + np.int32(offset)
            sources[taken] = source
        if is_statement(held) and not open_rows.all():
            places[~open_rows] = len(values)
            values.append(str(NotRead.UNKNOWN))
        return MergedColumn(Coded(values, places), sources, losses)

    def _third(self, held: str, row: int, sides: Sequence[tuple[str, object]], heading: str, cell: object) -> RowLoss:
        """What is lost of a row by one more cell of what two contradict each other about: it decides between none."""
        found = [(own, side, self._compared(held, side, cell)) for own, side in sides]
        for own, side, result in found:
            if result.outcome is _Outcome.APART:
                both = own, heading
                return RowLoss(row, _contradicted(both, (side, cell)), self._lost(held), beside=both)
        wrong = [one for _, _, result in found for at, one in result.problems if at == 1]
        if wrong:
            return RowLoss(row, replace(wrong[0], location=Location(heading)), self._lost(held))
        (own, side, _), (other, against, _) = found
        problem = replace(_contradicted((own, other), (side, against)), location=Location(heading))
        return RowLoss(row, problem, self._lost(held), beside=(own, other))

    def _lost(self, held: str) -> tuple[str, ...]:
        return self._of_address if held == ADDRESS else (held,)

    def _compared(self, held: str, one: object, other: object) -> _CellComparison:
        """What two cells come to."""
        first, second = self._read(held, one), self._read(held, other)
        if is_list_part(held) and isinstance(one, list):
            more = [word for word in second.words if word not in one]
            problems = [(1, problem) for problem in second.problems]
            return (
                _CellComparison(_Outcome.BOTH, problems, [*one, *more])
                if more
                else _CellComparison(_Outcome.FIRST, problems)
            )
        finer = first.facts == second.facts or self._lies_in(first, second)
        if finer or (second.facts is None and not is_statement(held)):
            return _CellComparison(_Outcome.FIRST, [(1, problem) for problem in second.problems])
        if (first.facts is None and not is_statement(held)) or self._lies_in(second, first):
            return _CellComparison(_Outcome.SECOND, [(0, problem) for problem in first.problems])
        if (problem := self._elsewhere(other, first.code)) is not None:
            return _CellComparison(_Outcome.FIRST, [(1, problem)])
        if (problem := self._elsewhere(one, second.code)) is not None:
            return _CellComparison(_Outcome.SECOND, [(0, problem)])
        return _CellComparison(_Outcome.APART)

    def _elsewhere(self, cell: object, place: str | None) -> Problem | None:
        """What is wrong with the name of a zone in short that lies elsewhere than the place of the other cell."""
        gazetteer = self._rulebook.gazetteer
        wrong = None if place is None else elsewhere(gazetteer, cell, place)
        return None if wrong is None else Problem(wrong.code, Location(""), wrong.what, wrong.mend)

    def _lies_in(self, one: _ReadCell, other: _ReadCell) -> bool:
        """Whether one cell tells a place or a sector that lies in the one that the other tells."""
        if one.code is None or other.code is None:
            return False
        gazetteer = self._rulebook.gazetteer
        if one.code in gazetteer.divisions and other.code in gazetteer.divisions:
            return gazetteer.lies_in(one.code, other.code)
        return other.code in self._rulebook.sectors.path(one.code)

    def _read(self, held: str, cell: object) -> _ReadCell:
        key = f"{held} {type(cell).__name__} {cell!r}"
        if key not in self._known:
            self._known[key] = self._read_anew(held, cell)
        return self._known[key]

    def _read_anew(self, held: str, cell: object) -> _ReadCell:
        if held == ADDRESS:
            match = address_of(self._rulebook.gazetteer, str(cell))
            if match.division is None:
                wrong = unread_address(self._rulebook.gazetteer, str(cell))
                return _ReadCell(None, (Problem(wrong.code, Location(""), wrong.what, wrong.mend),))
            # A zone beside the division may be another than that of the other address.
            return _ReadCell(match, (), None if match.zones else match.division)
        part = readable_part(profile_of({held: cell}), self._rulebook)
        problems = tuple(loss.problem for loss in part.losses)
        if problems and not part.given:
            return _ReadCell(None, problems)
        facts = read_facts(Profile.of(part.given), self._rulebook)
        type_ = self._rulebook.facts[held].type if held in self._rulebook.facts else ""
        code = None
        if type_ == "place" and len(facts.whereabouts.divisions) == 1:
            (code,) = facts.whereabouts.divisions
        elif type_ == "sector" and isinstance(own := facts.values.get(held), tuple) and len(own) == 1:
            code = str(own[0])
        return _ReadCell(facts, problems, code, _words(part.given.get(whole_name(held)[0])))


def _with_both(results: Sequence[_CellComparison]) -> list[int]:
    """The numbers of those that come to the words of both cells."""
    return [number for number, one in enumerate(results) if one.outcome is _Outcome.BOTH]


def _words(said: object) -> tuple[object, ...]:
    """The words that a list is said to hold, in part."""
    held = said.get(YES) if isinstance(said, Mapping) else None
    return tuple(held) if isinstance(held, (list, tuple)) else ()


def _contradicted(headings: tuple[str, str], cells: tuple[object, object]) -> Problem:
    one, other = ("; ".join(map(str, cell)) if isinstance(cell, list) else str(cell) for cell in cells)
    what = Text(
        f"`{headings[0]}` 列的 `{one}` 与 `{headings[1]}` 列的 `{other}` 矛盾",
        f"`{one}` under `{headings[0]}` cannot be so with `{other}` under `{headings[1]}`",
    )
    return Problem("S312", Location(headings[1]), what, ONE_IS_WRONG)
