"""The columns of a company's place: its own columns, its address, its credit code."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, Coded, Different, different
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray, PairTable
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.addresses import AddressColumn
from applicability.bulk.register.columns.credit_codes import CodeColumn
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    REMEMBERED,
    DerivedFacts,
    Origins,
    RowLoss,
    together,
)
from applicability.bulk.register.columns.interned import (
    InternedColumn,
    cell_of,
    emptied,
    filled,
    filled_heading,
    nothing,
    spread,
)
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note, but_for, one_after_another
from applicability.bulk.register.columns.registered import registered_heading, registered_headings
from applicability.bulk.register.columns.unread_addresses import UnreadAddresses
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.addresses import AddressDoubt, AddressMatch, addresses_of
from applicability.loading.company.bare_names import is_several, needs_city
from applicability.loading.company.levels import CITY
from applicability.loading.company.listed_zones import zones_named
from applicability.loading.company.location import IN_ZONES, CodePlace, PlaceClues, PlaceFacts, PlaceReader
from applicability.loading.profile.mistake import Mistake
from applicability.model.headings import ADDRESS, CREDIT_CODE, REGISTERED_IN
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface, Text

# The facts of a place that an address or a code can give, and those they cannot.
_GIVEN, _LISTED = ("city", "district"), ("zones", IN_ZONES, "zone_types")
# Stands for a column of some zones that says that there are none.
_NO_ZONES = "no zones"
# … and for the name of a place of registration that is not certain by itself.
_LONE = "lone"
# Stands for a cell that names no known place: whichever it is, an address and a code tell the same beside it.
_NO_PLACE = "?"
# The levels of a division that columns tell (`PlaceReader.level`).
_IN_CITY, _IN_DISTRICT = 2, 3
_BESIDE = Text("{what}；以住所写明的功能区为准", "{what}: the zones that the address names count")
_BOTH = Text(
    "`{address}` 列写明在{zones}内，`{heading}` 列没有写：两处所写的功能区都采用，是否还在其他功能区内视为未知",
    "`{address}` names {zones}, which `{heading}` leaves out: the zones of both count, and whether it lies in others "
    "is taken as unknown",
)
_BOTH_MEND = Text(
    "在 `{heading}` 列补上{zones}；有一处写错的，请改正",
    "add {zones} under `{heading}`, or correct the one that is wrong",
)
_COPY = Text("照营业执照填写", "copy the code from the business licence")
_WRITE_CITY = Text(
    "在住所前写出所在省市；企业迁移后代码不变，代码抄错的请改正",
    "write the province and city before the address; a company keeps its code when it moves, and one copied wrongly "
    "should be corrected",
)

_GIVE_CITY = Text(
    "另填企业在哪里办理业务的城市；企业迁移后代码不变，代码抄错的请改正",
    "give the city in which the company does business; a company keeps its code when it moves, and one copied wrongly "
    "should be corrected",
)


class _Learning:
    """The results of deriving place facts from one column, numbered."""

    def __init__(self, heading: str) -> None:
        self._heading = heading
        self._numbers: dict[tuple[PlaceFacts, CodePlace | None], int] = {}
        self._places: dict[str | tuple[str, ...], int] = {}
        self._notes: dict[Note, int] = {}
        self._given = {fact: GrowingArray() for fact in (*_GIVEN, IN_ZONES)}
        self._noted: list[list[int]] = []
        self._origins = Origins(heading)
        self.learnt: list[PlaceFacts] = []

    def number(self, learnt: PlaceFacts, then: CodePlace | None = None) -> int:
        """The number of a result and of the place settled after it."""
        number = self._numbers.setdefault((learnt, then), len(self.learnt))
        if number == len(self.learnt):
            gives = dict(learnt.gives)
            for fact, given in self._given.items():
                given.append(self._places.setdefault(gives[fact], len(self._places)) if fact in gives else NONE)
            notes = [Note(self._heading, *note) for note in learnt.notes]
            self._noted.append([self._notes.setdefault(note, len(self._notes)) for note in notes])
            self._origins.append(gives)
            self.learnt.append(learnt)
        return number

    def given(self, columns: Mapping[str, Any], found: Codes) -> dict[str, Any]:
        """The columns with what was learnt of each row, by its number."""
        places = [list(one) if isinstance(one, tuple) else one for one in self._places]
        own = [fact for fact in self._given if fact in columns]
        return {fact: filled(columns[fact], places, self._given[fact].at(found)) for fact in own}

    def notes(self, found: Codes) -> Notes:
        """The notes on rows."""
        return Notes(*spread(found, self._noted), [*self._notes])

    def origins(self, found: Codes) -> Coded:
        """The origins of rows' facts."""
        return self._origins.at(found)

    def instead(self, found: Codes) -> NDArray[np.int64]:
        """The rows whose zones stand for those that are listed."""
        return np.flatnonzero(np.array([learnt.instead for learnt in self.learnt], np.bool_)[found])

    def joined(self, found: Codes) -> NDArray[np.int64]:
        """The rows to whose zones others are added."""
        return np.flatnonzero(np.array([IN_ZONES in dict(learnt.gives) for learnt in self.learnt], np.bool_)[found])

    def gives(self, found: Codes, fact: str) -> NDArray[np.bool_]:
        """The rows of which a fact was learnt (bool, shape (rows,))."""
        return np.array([fact in dict(learnt.gives) for learnt in self.learnt], np.bool_)[found]

    def in_district(self, found: Codes) -> NDArray[np.bool_]:
        """The rows whose address begins with a district that lies in a city told elsewhere (bool, shape (rows,))."""
        return np.array([learnt.in_district for learnt in self.learnt], np.bool_)[found]

    def beside(self, found: Codes) -> Iterator[tuple[int, PlaceFacts]]:
        """The rows whose address names zones that a list of all of them leaves out, each with what it told."""
        beside = np.array([bool(learnt.beside) for learnt in self.learnt], np.bool_)
        for row in np.flatnonzero(beside[found]).tolist():
            yield row, self.learnt[found[row]]

    def apart(self, found: Codes) -> Iterator[tuple[int, PlaceFacts]]:
        """The contradicted rows, each with a place that contradicts it and the facts that tell such places."""
        apart = np.array([learnt.apart is not None for learnt in self.learnt], np.bool_)
        for row in np.flatnonzero(apart[found]).tolist():
            yield row, self.learnt[found[row]]


class PlaceColumns:
    """Reads the place columns of a register; `facts` are those it can give."""

    def __init__(
        self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang, surface: Surface = "terminal"
    ) -> None:
        self._places = PlaceReader(rulebook, frozenset(facts), lang)
        self._facts = tuple(fact for fact in (*_GIVEN, *_LISTED) if fact in facts)
        self._told_of = (*self._facts, REGISTERED_IN) if registered_heading(plan) is not None else self._facts
        self._registered = registered_headings(plan)
        if self._registered:
            self._told_of = (*self._told_of, _LONE)
        if plan.heading(IN_ZONES) is not None:
            self._told_of = (*self._told_of, _NO_ZONES)
        self._address = plan.heading(ADDRESS)
        self._code = plan.heading(CREDIT_CODE)
        self._zones = {fact: plan.heading(fact) or fact for fact in ("zones", IN_ZONES, "zone_types")}
        self._has_list, self._columns = plan.heading("zones") is not None, frozenset(plan.holds)
        self._lang, self._gazetteer = lang, rulebook.gazetteer
        # The rows of the table read last whose address begins with a district that no column tells the city of.
        self.lone: NDArray[np.bool_] = np.zeros(0, np.bool_)
        # … and those whose address names a zone, be it one that no table has.
        self.zoned: NDArray[np.bool_] = np.zeros(0, np.bool_)
        self._addresses = AddressColumn(addresses_of(rulebook.gazetteer))
        label = rulebook.facts[CITY].label if CITY in rulebook.facts else None
        self._unread = UnreadAddresses(rulebook.gazetteer, self._address or "", lang, CITY, label, surface)
        self._codes = CodeColumn(rulebook.gazetteer)
        self._forget()

    def _forget(self) -> None:
        """Drops the cached values."""
        self._worked = 0
        self._addresses.forget()
        self._own = {fact: InternedColumn(_listed if fact in _LISTED else _named) for fact in self._told_of}
        self._combined = CombinationIndex(len(self._told_of))
        self._whereabouts: InternedColumn[PlaceClues] = InternedColumn(lambda told: told)
        self._numbers = GrowingArray()
        self._by_address, self._by_code = _Learning(self._address or ""), _Learning(self._code or "")
        self._settled: InternedColumn[CodePlace] = InternedColumn(lambda settled: settled)
        self._settled_of = GrowingArray()
        self._read_address, self._read_code = PairTable(self._addressed), PairTable(self._coded)

    def read(
        self,
        table: Any,
        columns: Mapping[str, Any],
        rows: int,
        none: NDArray[np.int64] | None = None,
        registered: Coded | None = None,
    ) -> DerivedFacts:
        """The facts that addresses and codes imply. `columns` are the facts that the rows state themselves; in the rows
        `none` a column of some zones says that there are none, and `registered` are the names of places of
        registration that are not certain.
        """
        if self._worked > REMEMBERED:
            self._forget()
        nowhere = np.zeros(rows, np.int32)
        areas, wrong, hashed = nowhere, list[tuple[int, Text]](), None
        if self._code is not None:
            areas, wrong, hashed = self._codes.read(table.column(self._code))
        denying = np.full(rows, NONE, np.int32)
        denying[[] if none is None else none] = 0
        uncertain = nothing(rows) if registered is None else registered
        told = self._told({**columns, _NO_ZONES: Coded([[]], denying), _LONE: uncertain}, rows)
        addresses, unread = nowhere, NO_NOTES
        level = np.array([*map(self._places.level, self._whereabouts.kinds)], np.int8)[told]
        if self._address is not None:
            column = table.column(self._address)
            addresses = self._addresses.read(column)
            kinds = self._addresses.kinds
            addresses, unread = self._unread.read(column, addresses, kinds, level >= _IN_CITY, level >= _IN_DISTRICT)
        learnt = self._read_address(told, addresses)
        coded = self._read_code(self._settled_of.at(learnt), areas)
        found = self._by_address.in_district(learnt) | self._by_code.in_district(coded)
        elsewhere = [*self._by_code.apart(coded)]
        unread = but_for(but_for(unread, np.flatnonzero(found)), np.array([row for row, _ in elsewhere], np.int64))
        kinds_of = self._addresses.kinds.kinds
        lone = np.array([one is not None and bool(one.districts or one.once) for one in kinds_of], np.bool_)
        self.lone = lone[addresses] & ~found if lone.size else np.zeros(rows, np.bool_)
        zoned = [one is not None and bool(one.zones or AddressDoubt.ZONE in one.doubts) for one in kinds_of]
        self.zoned = np.array(zoned, np.bool_)[addresses] if zoned else np.zeros(rows, np.bool_)
        if len(unread):  # a district that the city does not have may be right
            in_city = (level >= _IN_CITY) | self._by_code.gives(coded, CITY)
            unread = self._unread.beside_city(unread, in_city & ~self.lone)
        losses = [RowLoss(row, Problem("S303", Location(str(self._code)), what, _COPY)) for row, what in wrong]
        losses += [
            RowLoss(row, self._contradicted(cell_of(table.column(self._address), row), own), own.against)
            for row, own in self._by_address.apart(learnt)
        ]
        losses += [RowLoss(row, self._not_of_code(table, row, own), own.against) for row, own in elsewhere]
        losses += self._without_zones(table, learnt)
        given = self._by_address.given(columns, learnt)
        noted = [unread, self._by_address.notes(learnt), self._beside(learnt), self._by_code.notes(coded)]
        instead, joined = self._by_address.instead(learnt), self._by_address.joined(learnt)
        for fact, rows_of in (("zones", instead), (IN_ZONES, joined)):
            if rows_of.size and fact in columns:
                noted.insert(0, self._unread_zones(fact, different(columns[fact]), told, learnt, rows_of))
        if instead.size and "zones" in columns:
            given["zones"] = emptied(columns["zones"], instead)
        return DerivedFacts(
            {**given, **self._by_code.given({**columns, **given}, coded)},
            together(self._by_address.origins(learnt), self._by_code.origins(coded)),
            one_after_another(noted, 1),
            losses,
            hashed,
        )

    def _unread_zones(self, fact: str, cells: Different, told: Codes, learnt: Codes, rows: NDArray[np.int64]) -> Notes:
        """The notes on the words of a list of zones that cannot be read, in rows whose address tells zones."""
        words: dict[Note, int] = {}
        found: list[tuple[int, int]] = []
        for row in rows[cells.places[rows] != NONE].tolist():
            for word in _listed(cells.values[cells.places[row]]).names:
                clues = self._whereabouts.of(told[row])
                wrong = self._places.unread_zone(word, clues, self._by_address.learnt[learnt[row]])
                if wrong is not None:
                    note = _unread_note(self._zones[fact], "zones", wrong, _BESIDE, self._lang)
                    found.append((row, words.setdefault(note, len(words))))
        return Notes(*_pairs(found), [*words])

    def _told(self, columns: Mapping[str, Any], rows: int) -> Codes:
        """The number of the place that each row states in its own columns (int32, shape (rows,))."""
        if not self._told_of:
            return np.full(rows, self._whereabouts.number(PlaceClues()), np.int32)
        found = self._combined([kinds.codes(different(columns[fact])) for fact, kinds in self._own.items()])
        for parts in self._combined.parts[len(self._numbers) :]:
            self._numbers.append(self._whereabouts.number(self._of_parts(parts)))
            self._worked += 1
        return self._numbers.at(found)

    def _of_parts(self, parts: Sequence[int]) -> PlaceClues:
        told = {fact: kinds.kinds[part] for (fact, kinds), part in zip(self._own.items(), parts, strict=True)}
        city, district, zones, some = (told.get(fact) or _UNTOLD for fact in (*_GIVEN, "zones", IN_ZONES))
        gazetteer = self._places.rulebook.gazetteer
        if city.told is None and (needs_city(gazetteer, district.name) or is_several(gazetteer, district.name)):
            district = _UNTOLD  # it is read in the city that the address or the code tells
        listed = (*zones.names, *some.names)
        certain = self._places.certain(city.name, district.name, listed)
        cell, within = (_NO_PLACE if self._places.is_unknown(one.name) else one.told for one in (city, district))
        several, short = self._places.several(city.name, listed), self._places.short((city.name, district.name), listed)
        known = self._places.known_zones(zones.names)
        unread = len(known) < len(zones.names) and not some.names
        lists = ((self._places.known_zones, "zones"), (self._places.known_zone_types, "zone_types"))
        every, types = (_read_of(told.get(fact), read) for read, fact in lists)
        zoned = every is not None or types is not None
        words = (told.get("zone_types") or _UNTOLD).names
        typed = bool(types) if types is not None and len(types) == len(words) else None
        known = known if unread or short else ()
        registered = self._places.certain((told.get(REGISTERED_IN) or _UNTOLD).name, None, ())
        return PlaceClues(
            certain, cell, within, several, short, known, unread, zoned, every, typed, some.names, registered,
            told.get(_NO_ZONES) is not None and not some.names, (told.get(_LONE) or _UNTOLD).name,
        )  # fmt: skip

    def _addressed(self, told: int, address: int) -> int:
        self._worked += 1
        found = self._addresses.kinds.of(address) if address else AddressMatch(None, ())
        learnt = self._places.by_address(self._whereabouts.of(told), found)
        settled = self._places.settled(self._whereabouts.of(told), learnt, found)
        number = self._by_address.number(learnt, settled)
        if number == len(self._settled_of):
            self._settled_of.append(self._settled.number(settled))
        return number

    def _coded(self, settled: int, area: int) -> int:
        self._worked += 1
        if not area:
            return self._by_code.number(PlaceFacts())
        return self._by_code.number(self._places.by_code(self._settled.of(settled), self._codes.areas[area]))

    def _without_zones(self, table: Any, learnt: Codes) -> Iterator[RowLoss]:
        """What is lost of rows whose address names zones where a list says that they are in none like these, and of
        those that say otherwise than a default: it counts where a row does not.
        """
        for row, found in self._by_address.beside(learnt):
            fact = found.denied or "zones"
            heading = self._zones[fact]
            if found.denied or not self._has_list:
                cells = (cell_of(table.column(one), row) for one in (self._address, heading) if one in self._columns)
                cell, listed = (*cells, "")[:2]
                names, lost = (
                    zones_named(self._gazetteer, found.beside),
                    ("zones", IN_ZONES) if fact in ("zones", IN_ZONES) else (fact,),
                )
                what = Text(
                    f"`{self._address}` 列的 `{cell}` 写明在{names.zh}内，与 `{heading}` 列的 `{listed}` 矛盾，"
                    "两列所写的功能区均未采用",
                    f"`{cell}` under `{self._address}` names {names.en}, and `{listed}` under `{heading}` denies it: "
                    "the zones of both are left out",
                )
                yield RowLoss(row, Problem("S302", Location(str(self._address)), what, ONE_IS_WRONG), lost)

    def _beside(self, learnt: Codes) -> Notes:
        """The notes on zones that an address names and the list of all zones leaves out: both count."""
        numbers: dict[tuple[str, ...], int] = {}
        rows = [
            (row, numbers.setdefault(found.beside, len(numbers)))
            for row, found in self._by_address.beside(learnt)
            if not found.denied
        ]
        return Notes(*_pairs(rows), [*map(self._both_count, numbers)])

    def _both_count(self, zones: tuple[str, ...]) -> Note:
        names, address = zones_named(self._gazetteer, zones), str(self._address)
        slots = {"address": address, "heading": self._zones["zones"]}
        what, hint = (
            Text(one.zh.format(zones=names.zh, **slots), one.en.format(zones=names.en, **slots))
            for one in (_BOTH, _BOTH_MEND)
        )
        return bounded_note(address, "zones", what, self._lang, "S302", hint.of(self._lang))

    def _contradicted(self, cell: object, learnt: PlaceFacts) -> Problem:
        heading, place, around = str(self._address), learnt.apart, learnt.around
        # 天河区 is all that the other cell says: which city that is in shows which of the two is wrong.
        zh, en = _within(around)
        what = Text(
            f"`{heading}` 列的 `{cell}` 不在另一列所填的{place}{zh}内",
            f"`{cell}` under `{heading}` does not lie in {place}{en}, which another column tells",
        )
        return Problem("S302", Location(heading), what, ONE_IS_WRONG)

    def _registering(self, table: Any, row: int, name: str) -> str:
        """The column of the registration that has this name, or else the first that is filled in."""
        cells = ((one, cell_of(table.column(one), row)) for one in self._registered)
        named = next((one for one, cell in cells if name in str(cell)), None)
        return named or filled_heading(table, self._registered, row) or ""

    def _not_of_code(self, table: Any, row: int, learnt: PlaceFacts) -> Problem:
        """The address begins with a district that does not lie where the credit code was given, or the registration
        tells one.
        """
        code, coded = str(self._code), learnt.coded or Text("", "")
        (zh, en), district = _within(learnt.around), learnt.apart
        if learnt.registered:
            heading = self._registering(table, row, str(district))
            what = Text(
                f"`{heading}` 列的 `{district}`{zh}不在 `{code}` 列的代码的登记地（{coded.zh}）内",
                f"`{district}`{en} under `{heading}` does not lie in {coded.en}, where the code under `{code}` was "
                "given",
            )
            return Problem("S302", Location(heading), what, _GIVE_CITY)
        heading = str(self._address)
        cell = cell_of(table.column(heading), row)
        what = Text(
            f"`{heading}` 列的 `{cell}` 以 `{district}`{zh}开头，与 `{code}` 列的代码的登记地（{coded.zh}）矛盾",
            f"`{cell}` under `{heading}` begins with `{district}`{en}, which does not lie in {coded.en}, where the "
            f"code under `{code}` was given",
        )
        return Problem("S302", Location(heading), what, _WRITE_CITY)


def _within(around: Text | None) -> tuple[str, str]:
    """The city of a district, behind its name, where it is certain."""
    return ("", "") if around is None else (f"（在{around.zh}）", f" (in {around.en})")


@dataclass(frozen=True)
class _Own:
    """A place cell: as text, as a name if it is one, and as the names of a list."""

    told: str | None = None
    name: str | None = None
    names: tuple[str, ...] = ()


_UNTOLD = _Own()


def _read_of(told: _Own | None, read: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[str, ...] | None:
    """The words of a list that can be read; None where it is not told, or none of its words can be."""
    known = () if told is None else read(told.names)
    return known if told is not None and (known or not told.names) else None


def _unread_note(heading: str, fact: str, wrong: Mistake, said: Text, lang: Lang) -> Note:
    """The note on a cell, or a word of one, that cannot be read."""
    hint = "" if wrong.mend is None else wrong.mend.of(lang)
    told = Text(said.zh.format(what=wrong.what.zh), said.en.format(what=wrong.what.en))
    return bounded_note(heading, fact, told, lang, wrong.code, hint)


def _pairs(found: Sequence[tuple[int, int]]) -> tuple[NDArray[np.int64], Codes]:
    rows, which = zip(*found, strict=True) if found else ((), ())
    return np.array(rows, np.int64), np.array(which, np.int32)


def _named(cell: object) -> _Own:
    return _Own(str(cell), cell if isinstance(cell, str) else None)


def _listed(cell: object) -> _Own:
    return _Own(names=tuple(one for one in cell if isinstance(one, str)) if isinstance(cell, list) else (str(cell),))
