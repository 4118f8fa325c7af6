"""The origins of investors beside the foreign share: whoever is abroad holds some of it, and nobody else does.

The reader of profiles takes each by itself; where two columns of a register say so, one of them is wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.company_types import TypeColumns
from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, RowLoss
from applicability.bulk.register.columns.interned import cell_of, filled_heading
from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem
from applicability.identity import masked
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.parts import parts_given, whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import Value
from applicability.model.headings import COMPANY_TYPE
from applicability.model.partial import NO, Interval
from applicability.model.places import fold
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

_REMEMBERED = 1 << 12
_SHOWN = 60
_LISTED = Text(
    "所列投资者来自{from_}，与 `{share}` 列的 `{held}` 矛盾",
    "the investors listed are from {from_}, which cannot be so with `{held}` under `{share}`",
)
# Stands for what a row does not tell.
_UNTOLD = -1
_AGAINST = Text(
    "`{origins}` 列的 `{from_}` 与 `{share}` 列的 `{held}` 矛盾",
    "`{from_}` under `{origins}` cannot be so with `{held}` under `{share}`",
)


class OriginColumns:
    """Finds the rows whose investors and whose foreign share contradict each other; `columns` are the register's."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], share: str, origins: str) -> None:
        self._rulebook, self._share, self._origins = rulebook, share, origins
        self._investors = next(one for one in rulebook.facts.values() if one.type == "investors")
        every = (share, origins, self._investors.name)
        self._of = {one: [own for own in facts if whole_name(own)[0] == one] for one in every}
        self._headings = {one: [own for own, held in plan.holds.items() if whole_name(held)[0] == one] for one in every}
        self._lost = tuple(dict.fromkeys((share, origins, *self._of[share], *self._of[origins])))
        self._columns = frozenset(plan.holds)
        self._types = plan.headings(COMPANY_TYPE)
        self._left_out = next(one.leave_out for one in rulebook.derivations if one.gives == share)
        self._known: BoundedCache[str, bool | None] = BoundedCache(_REMEMBERED)

    def losses(
        self, table: Any, columns: Mapping[str, Any], rows: int, types: TypeColumns | None = None
    ) -> Iterator[RowLoss]:
        """What is lost of such rows: both facts; and who invests, of those whose type has no investor from abroad."""
        held = self._told(columns, rows, self._share, self._holds_some)
        abroad = self._told(columns, rows, self._origins, self._from_abroad)
        for row in np.flatnonzero(((held == 0) & (abroad == 1)) | ((held == 1) & (abroad == 0))).tolist():
            share, origins = (self._heading(table, fact, row) for fact in (self._share, self._origins))
            from_, says = (
                self._written(table, columns, fact, heading, row)
                for fact, heading in ((self._origins, origins), (self._share, share))
            )
            yield self._loss(row, share, origins, (from_, says), self._lost)
        if types is None:
            return
        listed = self._told(columns, rows, self._investors.name, self._lists_abroad)
        domestic = types.only(self._share) & (held == _UNTOLD)
        for fact, said in ((self._origins, abroad), (self._investors.name, listed)):
            for row in np.flatnonzero(domestic & (said == 1)).tolist():
                kind, heading = types.heading(table, row), self._heading(table, fact, row)
                told = (self._written(table, columns, fact, heading, row), _as_text(cell_of(table.column(kind), row)))
                yield self._loss(row, kind, heading, told, (*self._of[fact],))

    def _loss(self, row: int, share: str, origins: str, told: tuple[Text, ...], facts: tuple[str, ...]) -> RowLoss:
        """What is lost of a row; `told` are the cells of both columns."""
        from_, held = told
        said = _LISTED if origins == self._investors.name else _AGAINST
        slots = {"origins": clean(origins), "share": clean(share)}
        what = Text(
            said.zh.format(from_=from_.zh, held=held.zh, **slots), said.en.format(from_=from_.en, held=held.en, **slots)
        )
        # The columns of investors are named where they stand.
        beside = () if origins == self._investors.name else (origins,)
        return RowLoss(row, Problem("P106", Location(share), what, ONE_IS_WRONG), facts, beside=beside)

    def _written(self, table: Any, columns: Mapping[str, Any], fact: str, heading: str, row: int) -> Text:
        """A cell as its register has it; of a list of investors where they come from."""
        if heading in self._columns and fact != self._investors.name:
            return _as_text(cell_of(table.column(heading), row))
        cell = cell_of(columns[fact], row)
        if not isinstance(cell, list):
            return _as_text(cell)
        words = [str(one.get("origin")) if isinstance(one, Mapping) else str(one) for one in cell]
        keys = [self._investors.by_name.get(fold(one)) for one in words]
        names = [self._investors.values[one].label for one in keys if one is not None]
        return Text("、".join(one.zh for one in names), ", ".join(one.en for one in names))

    def _heading(self, table: Any, fact: str, row: int) -> str:
        """The column that tells a fact of a row: its own, or that of a type."""
        own = self._headings[fact]
        told = any(not is_missing(cell_of(table.column(one), row)) for one in own)
        return filled_heading(table, own if told or fact != self._share else self._types, row) or fact

    def _told(
        self, columns: Mapping[str, Any], rows: int, fact: str, read: Callable[[Mapping[str, object]], bool | None]
    ) -> NDArray[np.int8]:
        """What the rows tell of a fact (int8, shape (rows,)): 1 or 0 for what `read` finds, -1 for neither."""
        cells = {name: different(columns[name]) for name in self._of[fact]}
        if not cells:
            return np.full(rows, _UNTOLD, np.int8)
        met, which = distinct_combinations([one.places for one in cells.values()])
        found = []
        for own in met:
            given = {name: one.values[at] for (name, one), at in zip(cells.items(), own, strict=True) if at != NONE}
            key = repr(given)
            if key not in self._known:
                self._known[key] = read(given) if given else None
            said = self._known[key]
            found.append(_UNTOLD if said is None else int(said))
        return np.array(found or [_UNTOLD], np.int8)[which]

    def _value(self, fact: str, given: Mapping[str, object]) -> Value | None:
        part = readable_part(parts_given(given), self._rulebook).given
        return read_facts(Profile.of(part), self._rulebook, suggestions=False).values.get(fact)

    def _holds_some(self, given: Mapping[str, object]) -> bool | None:
        """Whether somebody abroad holds some; None where that is left open."""
        share = self._value(self._share, given)
        if isinstance(share, Interval):
            some = share.meet(Interval(low=Decimal(0), low_open=True))
            return False if some.empty else None if share.holds(Decimal(0)) else True
        return share != 0 if isinstance(share, Decimal) else None

    def _from_abroad(self, given: Mapping[str, object]) -> bool | None:
        """Whether an investor is from abroad, be it from one of several places (境外); None where that is left open."""
        cells = (one for name, one in given.items() if whole_name(name)[1] != NO)
        words = [str(word) for cell in cells for word in (cell if isinstance(cell, list) else [cell])]
        keys = [self._investors.by_name.get(fold(word.strip())) for word in words]
        places = [frozenset(self._investors.values[one].may_be) or {one} for one in keys if one is not None]
        if any(self._left_out.isdisjoint(one) for one in places):
            return True
        whole = isinstance(self._value(self._origins, given), frozenset)
        return False if whole and all(self._left_out.issuperset(one) for one in places) else None

    def _lists_abroad(self, given: Mapping[str, object]) -> bool | None:
        """Whether a list of investors has one from abroad; None where that is left open."""
        listed = given.get(self._investors.name)
        held = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
        return self._from_abroad({self._origins: [one.get("origin") for one in held]}) if held else None


def _as_text(cell: object) -> Text:
    shown = masked(str(cell).strip())[:_SHOWN]
    return Text(shown, shown)


def origin_columns(rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str]) -> OriginColumns | None:
    """What compares the two in a register; None where one of them has no column."""
    by_kind = {one.kind: one.gives for one in rulebook.derivations}
    share, origins = by_kind.get("total"), by_kind.get("origins")
    own = {whole_name(held)[0] for held in plan.holds.values()}
    told = {whole_name(one)[0] for one in facts}
    investors = next((one.name for one in rulebook.facts.values() if one.type == "investors"), "")
    there = share in told and not own.isdisjoint((origins, investors))
    return OriginColumns(rulebook, plan, facts, share, origins) if there and share and origins else None
