"""Facts of companies that do not say otherwise: to which rows of a table they apply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, ArrayTable, different
from applicability.bulk.engine.groups import PLACE_TYPES
from applicability.bulk.engine.row_profiles import combinations
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import DerivedFacts
from applicability.bulk.register.columns.interned import filled, nothing
from applicability.bulk.register.columns.latin_names import code_if_alike
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.register.unread_columns import UnreadColumns
from applicability.loading.company.bare_names import is_several, needs_city
from applicability.loading.company.cells import is_unsettled
from applicability.loading.company.levels import CITY, DISTRICT, UNKNOWN
from applicability.loading.company.location import IN_ZONES
from applicability.loading.profile.parts import parts_given, whole_name
from applicability.loading.profile.readable import CONTRADICTIONS, readable_part
from applicability.model.headings import PLACE_LEVELS
from applicability.model.registration import where_registered
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_NOT_SETTLED = Text(
    "还没有定，未按 `{fact}` 的默认值判断；按未填处理",
    "it is not settled yet, so the default for `{fact}` was not taken; taken as missing",
)
_WHEN_SETTLED = Text(
    "核实后填写；要按默认值判断的，清空此格", "fill it in when it is; empty the cell where the default holds"
)
# Statements on a place whose problems are cached.
_REMEMBERED = 1 << 15


class Defaults:
    """The facts given for all companies of a register, keyed by column. Not thread-safe.

    `facts` are the whole facts that they are about, `columns` those of the register. The fact of the place of
    registration stands for the city that is the same: `registered_there` tells that it is given.
    """

    def __init__(
        self, rulebook: Rulebook, plan: ColumnPlan, columns: tuple[str, ...], given: Mapping[str, object]
    ) -> None:
        self._rulebook = rulebook
        self._plan = plan
        self._columns = columns
        self.facts = {whole_name(name)[0] for name in given}
        self.values = {
            name: code_if_alike(rulebook, name, value)
            for name, value in given.items()
            if not where_registered(name, value)
        }
        self.registered_there = len(self.values) < len(given)
        self._apart: BoundedCache[str, frozenset[str]] = BoundedCache(_REMEMBERED)

    def apply_beside(self, rows: int, unread: UnreadColumns) -> dict[str, NDArray[np.bool_]]:
        """The rows to which they apply by what a source could not read: by fact (bool, shape (rows,))."""
        everybody = np.ones(rows, np.bool_)
        applies = dict.fromkeys(self.facts, everybody)
        for fact, lost in unread.may_tell() if self.facts else ():
            for own in (one for one in applies if one == fact or (self._is_place(one) and self._is_place(fact))):
                applies[own] = applies[own].copy()
                applies[own][lost] = False
        return applies

    def unsettled(
        self, table: Any, by_default: Mapping[str, NDArray[np.bool_]], lang: Lang
    ) -> Iterator[tuple[str, Notes]]:
        """The cells that say of a fact that it is not settled yet, so that its default is not taken: by fact."""
        for heading, held in self._plan.holds.items():
            fact = whole_name(held)[0]
            if fact not in by_default:
                continue
            cells = different(table.column(heading))
            own = np.array([*map(is_unsettled, cells.values), False], np.bool_)[cells.places]
            rows = np.flatnonzero(own & by_default[fact])
            if rows.size:
                text = _NOT_SETTLED.of(lang).format(fact=fact)
                note = Note(heading, fact, text, "", _WHEN_SETTLED.of(lang))
                yield fact, Notes(rows, np.zeros(rows.size, np.int32), [note])

    def tell_place(self, columns: Mapping[str, Any], rows: int) -> NDArray[np.bool_]:
        """The rows whose columns tell a place of business by themselves (bool, shape (rows,))."""
        found: NDArray[np.bool_] = np.zeros(rows, np.bool_)
        for name in (CITY, DISTRICT, "zones", IN_ZONES):
            if name in columns:
                cells = different(columns[name])
                found = found | np.array([*(self._tells(name, one) for one in cells.values), False])[cells.places]
        return found

    def against(self, table: ArrayTable, told: DerivedFacts) -> dict[str, set[int]]:
        """The rows that contradict a default, by its fact, or may do so by a cell that cannot be read: they say
        otherwise. A contradiction about a place stands for all of it; an unread district leaves the city.
        """
        place = [one for one in self._columns if self._is_place(one)]
        ours = self.facts
        of_place = {fact for fact in ours if self._is_place(fact)}
        found: dict[str, set[int]] = {}
        for loss in told.losses:
            facts = {whole_name(fact)[0] for fact in loss.facts}
            for fact in sorted(of_place if any(map(self._is_place, facts)) else facts & ours):
                found.setdefault(fact, set()).add(loss.row)
        if of_place:
            which, given = combinations(table.select(place), place)
            unread = [self._not_told(parts_given(one)) for one in given]
            for fact in sorted(of_place):
                finer = fact != CITY
                against = np.array([CITY in one or (finer and DISTRICT in one) for one in unread], np.bool_)
                rows = np.flatnonzero(against[which]).tolist()
                found.setdefault(fact, set()).update(rows, self._unread_levels(table, told.notes))
        return {fact: rows for fact, rows in found.items() if rows}

    def fill_in(self, columns: dict[str, Any], by_default: Mapping[str, NDArray[np.bool_]], rows: int) -> None:
        """Gives them to those rows of a mask that say nothing of them, not even in part."""
        missing = dict(by_default)
        for name, column in columns.items():
            if (fact := whole_name(name)[0]) in missing:
                missing[fact] = missing[fact] & (different(column).places == NONE)
        for name, value in self.values.items():
            places = np.where(missing[whole_name(name)[0]], 0, NONE).astype(np.int32)
            columns[name] = filled(columns.get(name, nothing(rows)), [value], places)

    def _tells(self, name: str, cell: object) -> bool:
        """Whether a cell tells a place by itself, as the name of a district does not, or a list without a zone."""
        gazetteer = self._rulebook.gazetteer
        if name == DISTRICT:
            return not needs_city(gazetteer, cell) and not is_several(gazetteer, cell)
        return name == CITY or (isinstance(cell, list) and any(gazetteer.candidates(str(one), "zone") for one in cell))

    def _unread_levels(self, table: ArrayTable, notes: Notes) -> set[int]:
        """The rows with the city of the defaults beside a province or place of any level that is unknown."""
        left = [one.code == UNKNOWN and self._plan.holds.get(one.column) in PLACE_LEVELS for one in notes.words]
        if CITY not in self.values or not any(left):
            return set()
        cities = different(table.column(CITY))
        ours = np.array([*(one == self.values[CITY] for one in cities.values), False], np.bool_)[cities.places]
        rows = notes.rows[np.array(left, np.bool_)[notes.which]]
        return set(rows[ours[rows]].tolist())

    def _is_place(self, name: str) -> bool:
        fact = self._rulebook.facts.get(whole_name(name)[0])
        return fact is not None and fact.type in PLACE_TYPES

    def _not_told(self, given: Mapping[str, object]) -> frozenset[str]:
        """Which of the city and the district cannot be read of statements on a place; both, if they contradict each
        other.
        """
        key = repr(given)
        if key not in self._apart:
            losses = readable_part(given, self._rulebook).losses
            apart = any(one.problem.code in CONTRADICTIONS for one in losses)
            self._apart[key] = frozenset((CITY, DISTRICT) if apart else (one.fact for one in losses))
        return self._apart[key]
