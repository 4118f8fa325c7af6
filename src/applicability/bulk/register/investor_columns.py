"""Columns of investors side by side (投资方1, 国别1, 出资比例1, 投资方2 …), read as the list of investors.

An investor is read whole or not at all: of one whose origin or share cannot be read the share is unknown, as of
whoever is not listed, and that is noted. Bare shares of one company that come to 1 are fractions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, cast

import numpy as np

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, ArrayTable, CellColumn, CellTable, Coded, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    DerivedFacts,
    Origin,
    RowLoss,
    together,
    without,
)
from applicability.bulk.register.columns.interned import cell_of, emptied, spread
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note, by_row
from applicability.bulk.sources.source import names_of
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, replace
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing
from applicability.loading.company.share_values import Share
from applicability.loading.company.shares import shares_of
from applicability.loading.yaml.scalars import read_decimal
from applicability.model.headings import plain
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_REMEMBERED = 1 << 15
_WHO = r"(?:投资方|投资者|投资人|股东|出资方|出资人|合资方|investor|shareholder|partner)"
_PLACE = r"(?:国别(?:\(地区\)|/地区)?|国籍|国家(?:\(地区\)|/地区|或地区)?|来源地|所在国|country|nationality|origin)"
_SHARE = r"(?:(?:出资|持股|投资|股权|认缴(?:出资)?)?(?:比例|占比)|股比|share|shareholding|stake|ownership)"
_NAMED = lazy_pattern(rf"(?P<lead>.*?){_WHO}(?:名称|姓名|name)?(?P<number>[1-9][0-9]?)(?:名称|姓名|name)?")
_ORIGIN = lazy_pattern(
    rf"(?P<lead>.*?)(?P<who>{_WHO})?(?:(?P<before>[1-9][0-9]?)的?{_PLACE}|{_PLACE}(?P<behind>[1-9][0-9]?))"
)
_HELD = lazy_pattern(
    rf"(?P<lead>.*?)(?P<who>{_WHO})?(?:(?P<before>[1-9][0-9]?)的?{_SHARE}|{_SHARE}(?P<behind>[1-9][0-9]?))"
)
_NO_ORIGIN = Text(
    "{column} 的来源地 `{cell}` 认不出，这一方未采用",
    "the origin `{cell}` of {column} is unknown: this investor is left out",
)
_NO_SHARE = Text(
    "{column} 的比例 `{cell}` 读不出，这一方未采用",
    "the share `{cell}` of {column} cannot be read: this investor is left out",
)
_DOUBT = Text(
    "{column} 的比例 `{cell}` 可能是小数也可能是百分数，各投资方均未采用",
    "the share `{cell}` of {column} may be a fraction or a percentage: no investor is read",
)
_MEND_ORIGIN = Text("写国家或地区，如香港", "write a country or region, such as Hong Kong")
_SIGN = Text("写明百分号，如 `30%`", "write the percent sign, such as `30%`")
# The fact that types give as well as investors.
_SHARE_FACT = "foreign_share"
_ALL = Text(
    "`{column}` 列的 `{cell}` 表明全部股权由一方持有，而所列投资者合计持有{held}%",
    "`{cell}` under `{column}` says that one side holds everything, but the investors listed hold {held} % together",
)


@dataclass(frozen=True)
class InvestorColumns:
    """The headings of one investor: of the origin and of the share."""

    origin: str
    share: str


def investor_columns(headings: Sequence[str]) -> tuple[InvestorColumns, ...]:
    """The investors that headings number, each with its origin and its share; none where a column of one lacks."""
    found: dict[tuple[str, int], dict[str, str]] = {}
    named: set[tuple[str, int]] = set()
    for heading in headings:
        text = plain(heading)
        if (name := _NAMED.fullmatch(text)) is not None:
            named.add((name["lead"], int(name["number"])))
            continue
        for kind, pattern in (("origin", _ORIGIN), ("share", _HELD)):
            if (own := pattern.fullmatch(text)) is not None:
                key = own["lead"], int(own["before"] or own["behind"])
                if own["who"]:
                    named.add(key)
                if found.setdefault(key, {}).setdefault(kind, heading) != heading:
                    found[key]["twice"] = heading
                break
    whole = (own for key, own in sorted(found.items()) if key in named and own.keys() == {"origin", "share"})
    return tuple(InvestorColumns(own["origin"], own["share"]) for own in whole)


@dataclass(frozen=True)
class ListedInvestors:
    """What columns of investors tell of rows beside the fact itself: the notes, and which column gives the fact."""

    notes: Notes
    origins: Coded

    def with_facts(self, told: DerivedFacts) -> DerivedFacts:
        """What other columns tell, with this before it."""
        return replace(told, notes=by_row(self.notes, told.notes), origins=together(self.origins, told.origins))

    def against_types(
        self, table: Any, facts: ArrayTable, told: DerivedFacts, fact: str, types: Sequence[str]
    ) -> tuple[ArrayTable, DerivedFacts]:
        """The facts without those of rows whose type says that one side holds all, where its investors were all read
        and hold less; `types` are the headings of the types.
        """
        share = facts.columns.get(_SHARE_FACT)
        by_type = np.array([cast("Origin", one).get(_SHARE_FACT) in types for one in told.origins.values], np.bool_)
        if share is None or not by_type.any():
            return facts, told
        shares, investors = different(share), different(facts.columns[fact])
        less = np.array([*(_held(one) < 100 for one in investors.values), False], np.bool_)
        rows = by_type[told.origins.places] & less[investors.places] & (shares.places != NONE)
        rows[self.notes.rows] = False
        columns, origins, losses = {**facts.columns}, told.origins, [*told.losses]
        found = [
            row for row in np.flatnonzero(rows).tolist() if read_decimal(shares.values[shares.places[row]]) is not None
        ]
        for row in found:
            heading = cast("Origin", told.origins.values[told.origins.places[row]])[_SHARE_FACT]
            cell, held = cell_of(table.column(heading), row), f"{_held(investors.values[investors.places[row]]):f}"
            what = Text(*(own.format(cell=cell, column=heading, held=held) for own in (_ALL.zh, _ALL.en)))
            losses.append(RowLoss(row, Problem("S301", Location(heading), what, ONE_IS_WRONG), (_SHARE_FACT, fact)))
        for name in (_SHARE_FACT, fact):
            columns[name] = emptied(columns[name], np.array(found, np.int64))
            origins = without(origins, name, np.array(found, np.int64))
        return ArrayTable(columns, facts.num_rows), replace(told, origins=origins, losses=losses)


def _held(listed: object) -> Decimal:
    """What listed investors hold together; all, where one of their shares is not told."""
    shares = (
        [read_decimal(one.get("share")) for one in listed if isinstance(one, Mapping)]
        if isinstance(listed, list)
        else []
    )
    return Decimal(100) if None in shares or not shares else sum((one for one in shares if one is not None), Decimal(0))


class InvestorReader:
    """Adds the list of investors, which is the `fact`, to the tables of one register."""

    def __init__(self, rulebook: Rulebook, columns: Sequence[InvestorColumns], lang: Lang) -> None:
        fact = investors_fact(rulebook)
        assert fact is not None
        self.fact, self.heading = fact, columns[0].origin
        self._origins = rulebook.facts[fact].by_name
        self._shares = shares_of(rulebook)
        self._columns, self._lang = columns, lang
        self._headings = [heading for one in columns for heading in (one.origin, one.share)]
        self._known: BoundedCache[str, tuple[list[object] | None, tuple[Note, ...]]] = BoundedCache(_REMEMBERED)

    def headings_with(self, headings: Sequence[str]) -> tuple[str, ...]:
        """The headings of a register with the fact in place of those of investors."""
        return (*(one for one in headings if one not in self._headings), self.fact)

    def read(self, table: Any) -> tuple[Any, ListedInvestors]:
        """The table with the fact in a column of its own, and what is told of that."""
        columns = [different(table.column(heading)) for heading in self._headings]
        together, which = distinct_combinations([one.places for one in columns])
        values: list[object] = []
        of_value, words, noted = [], dict[Note, int](), []
        for own in together:
            cells = [None if at == NONE else one.values[at] for one, at in zip(columns, own, strict=True)]
            listed, notes = self._of(cells)
            of_value.append(NONE if listed is None else len(values))
            values += [] if listed is None else [listed]
            noted.append([words.setdefault(note, len(words)) for note in notes])
        numbers = which.astype(np.int32)
        at = np.array(of_value, np.int32)[numbers]
        origins = Coded([{self.fact: self.heading}, {}], np.where(at == NONE, 1, 0).astype(np.int32))
        told = ListedInvestors(Notes(*spread(numbers, noted), [*words]) if words else NO_NOTES, origins)
        held = [None if place == NONE else values[place] for place in at.tolist()]
        if isinstance(table, CellTable):
            return replace(table, columns={**table.columns, self.fact: held}), told
        own_columns = {name: table.column(name) for name in names_of(table)}
        return ArrayTable({**own_columns, self.fact: CellColumn(held)}, table.num_rows), told

    def _of(self, cells: Sequence[object]) -> tuple[list[object] | None, tuple[Note, ...]]:
        key = repr(cells)
        if key not in self._known:
            self._known[key] = self._anew(cells)
        return self._known[key]

    def _anew(self, cells: Sequence[object]) -> tuple[list[object] | None, tuple[Note, ...]]:
        notes: list[Note] = []
        found: list[tuple[InvestorColumns, str, Share, object]] = []
        for at, columns in enumerate(self._columns):
            origin, cell = cells[2 * at], cells[2 * at + 1]
            if is_missing(origin) and is_missing(cell):
                continue
            if is_missing(origin) or (known := self._origins.get(fold(str(origin).strip()))) is None:
                notes.append(self._note(columns.origin, _NO_ORIGIN, origin, "P107", _MEND_ORIGIN))
                continue
            share = None if is_missing(cell) else self._shares.read(cell)
            if not isinstance(share, Share) or share.bound:
                notes.append(self._note(columns.share, _NO_SHARE, cell, "P102", _SIGN))
                continue
            found.append((columns, known, share, cell))
        bare = [share for _, _, share, _ in found if not share.percent]
        fractions = len(found) > 1 and len(bare) == len(found) and sum(one.number for one in bare) == 1
        doubted = next((one for one in found if one[2].small and not fractions), None)
        if doubted is not None:
            return None, (*notes, self._note(doubted[0].share, _DOUBT, doubted[3], "S306", _SIGN))
        listed: list[object] = [
            {"origin": origin, "share": (share.times(100) if fractions else share).written}
            for _, origin, share, _ in found
        ]
        return listed or None, tuple(notes)

    def _note(self, column: str, said: Text, cell: object, code: str, mend: Text | None = None) -> Note:
        shown = "" if cell is None else str(cell).strip()
        told = Text(*(own.format(column=f"`{column}`", cell=shown) for own in (said.zh, said.en)))
        return bounded_note(column, self.fact, told, self._lang, code, "" if mend is None else mend.of(self._lang))


def investors_of(
    rulebook: Rulebook, headings: Sequence[str], mapping: Mapping[str, str]
) -> tuple[InvestorColumns, ...]:
    """The numbered investors of a register; none if it lists them itself, or a mapping says what the columns hold."""
    fact = investors_fact(rulebook)
    if fact is None or fact in headings or fact in mapping.values():
        return ()
    return tuple(one for one in investor_columns(headings) if one.origin not in mapping and one.share not in mapping)


def investors_fact(rulebook: Rulebook) -> str | None:
    """The fact that lists investors, if the rulebook has one."""
    return next((name for name, one in rulebook.facts.items() if one.type == "investors"), None)
