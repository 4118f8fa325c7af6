"""The columns of a company's registration, and its place of business where the user says that the two are one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, Coded, different, mapped
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.addresses import AddressColumn
from applicability.bulk.register.columns.derived_facts import REMEMBERED, DerivedFacts, Origins, no_origins
from applicability.bulk.register.columns.interned import filled, nothing
from applicability.bulk.register.columns.levels import LevelColumns
from applicability.bulk.register.columns.merged import TableWith
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, but_for, one_after_another
from applicability.bulk.register.columns.unread_addresses import UnreadAddresses
from applicability.loading.company.addresses import AddressMatch, addresses_of
from applicability.loading.company.levels import DISTRICT
from applicability.loading.company.listed_zones import zones_named
from applicability.loading.company.location import IN_ZONES
from applicability.loading.company.registered import RegisteredLevels
from applicability.model.headings import REGISTERED_ADDRESS, REGISTERED_IN, REGISTERED_LEVELS
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

# The roles of columns that tell where a company is registered, that by which it is told first.
REGISTERED = (REGISTERED_IN, "registered_city", REGISTERED_ADDRESS, "registered_district", "registered_province")
_ORDER = (REGISTERED_LEVELS[0], REGISTERED_LEVELS[1], REGISTERED_IN, REGISTERED_LEVELS[2], REGISTERED_ADDRESS)
_CITY = "city"
_LEFT_OUT = Text(
    "注册地址写明在{zones}内；在哪里注册不等于在哪里办理业务，未据此判断",
    "left out: the address of registration names {zones}, and a company need not do business where it is registered",
)
_OUTSIDE = Text(
    "注册地址写明在{zones}之外或附近，未视为在其内",
    "the address of registration says that it is outside or near {zones}, which is not taken as being in it",
)
# … and nothing else tells where the company is registered.
_OUTSIDE_ALONE = Text(
    "注册地址写明在{zones}之外或附近，未视为在其内，也未据此判断是否在当地注册",
    "the address of registration says that it is outside or near {zones}, which is not taken as being in it, nor as "
    "telling whether the company is registered where it does business",
)
_WHOLE = Text("写出省、市、区县的全称", "write the full names of province, city and district")
_GIVE_THEM = Text(
    "在那里办理业务的，在“所在功能区”列另填",
    "if it does business there, give the zones that it is in under “zones” too",
)


class RegisteredColumns:
    """Reads where companies are registered; for some rows that is their city too, and the zones of the address."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang) -> None:
        headings = {heading: role for role in _ORDER for heading in plan.headings(role)}
        self._levels = LevelColumns(RegisteredLevels(rulebook).read, headings, [REGISTERED_IN], lang)
        self._addresses = {
            one: AddressColumn(addresses_of(rulebook.gazetteer)) for one in plan.headings(REGISTERED_ADDRESS)
        }
        self._unread = {one: UnreadAddresses(rulebook.gazetteer, one, lang, REGISTERED_IN) for one in self._addresses}
        self._gazetteer = rulebook.gazetteer
        self._lang: Lang = lang
        self._heading = registered_heading(plan) or ""
        self._columns = registered_headings(plan)
        self._gives = [fact for fact in (_CITY, IN_ZONES) if fact in facts]
        # The names of places of the rows read last by which alone no place of registration is certain.
        self.lone: Coded = Coded([], np.zeros(0, np.int32))
        # By which column those rows tell it, where it is another than the first.
        self.told_by: Coded = no_origins(0)

    def read(
        self, table: Any, columns: Mapping[str, Any], rows: int, here: NDArray[np.bool_] | None = None
    ) -> DerivedFacts:
        """The place of registration, and for the rows of a mask the place of business, where they tell none."""
        own: dict[str, Any] = {}
        zones: dict[str, Any] = {}
        outside: dict[str, Coded] = {}
        lone: dict[str, Coded] = {}
        unread: list[Notes] = []
        for heading, reader in self._addresses.items():
            if len(reader.kinds.kinds) > REMEMBERED:
                reader.forget()
            column, nowhere = table.column(heading), np.zeros(rows, np.bool_)
            codes, noted = self._unread[heading].read(
                column, reader.read(column).astype(np.int32), reader.kinds, nowhere, nowhere
            )
            unread.append(noted)
            kinds = reader.kinds.kinds
            own[heading] = Coded([one.division if one else None for one in kinds], codes)
            outside[heading] = Coded([one.outside if one and one.outside else None for one in kinds], codes)
            begun = [None if one is None else self._begins(one) for one in kinds]
            lone[heading] = Coded(
                begun,
                np.where(
                    [*(one is None for one in begun), True], np.int32(NONE), np.arange(len(begun) + 1, dtype=np.int32)
                )[codes],
            )
            zones[heading] = Coded([[*one.zones] if one and one.zones else None for one in kinds], codes)
        self.lone = self._lone(table, lone, rows)
        found = self._levels.read(TableWith(table, own), {REGISTERED_IN: nothing(rows), **columns}, rows)
        self.told_by = found.origins
        given = dict(found.columns)
        place = different(given[REGISTERED_IN])
        # Where another column tells it, a street adds nothing.
        told_elsewhere = np.flatnonzero(place.places != NONE)
        notes = one_after_another(
            [
                found.notes,
                *(but_for(one, told_elsewhere) for one in unread),
                *self._outside(outside, place.places == NONE),
            ],
            1,
        )
        if here is None or _CITY not in columns:
            notes = one_after_another([notes, self._left_out(zones, columns, np.zeros(rows, np.bool_))], 1)
            return DerivedFacts(given, no_origins(rows), notes, found.losses)
        read = np.array([*map(self._reads, place.values), False], np.bool_)[place.places]
        fills = here & read & (different(columns[_CITY]).places == NONE)
        fills[[loss.row for loss in found.losses]] = False
        given[_CITY] = filled(columns[_CITY], place.values, np.where(fills, place.places, np.int32(NONE)))
        told = np.zeros(rows, np.bool_)
        # Beside a district that the company names itself, a zone of the registration may be another place.
        alone = fills & (different(columns[DISTRICT]).places == NONE) if DISTRICT in columns else fills
        if IN_ZONES in columns:
            for column in zones.values():
                listed = np.array([one is not None for one in column.values], np.bool_)[column.places]
                more = alone & listed & (different(columns[IN_ZONES]).places == NONE) & ~told
                given[IN_ZONES] = filled(
                    given.get(IN_ZONES, columns[IN_ZONES]), column.values, np.where(more, column.places, np.int32(NONE))
                )
                told |= more
        notes = one_after_another([notes, self._left_out(zones, columns, told)], 1)
        origins = Origins(self._heading)
        for facts in ((), (_CITY,), (_CITY, IN_ZONES)):
            origins.append(facts)
        return DerivedFacts(given, origins.at(fills.astype(np.int32) + told), notes, found.losses)

    def _lone(self, table: Any, begun: Mapping[str, Coded], rows: int) -> Coded:
        """The name of a place that the first column of a row which has one tells, or that its address begins with."""
        found: Any = nothing(rows)
        for heading in reversed(self._columns):  # what is filled in later stands in place of what was before
            own = begun[heading] if heading in begun else mapped(table.column(heading), self._named)
            cells = different(own)
            found = filled(found, cells.values, cells.places)
        cells = different(found)
        return Coded(cells.values, cells.places)

    def _named(self, cell: object) -> str | None:
        """The cell, if it is the name of a place."""
        name = cell.strip() if isinstance(cell, str) else ""
        return name if name and self._gazetteer.candidates(name, "division") else None

    def _begins(self, address: AddressMatch) -> str | None:
        """The name of the district that an address begins with, without its city."""
        return self._gazetteer.name(address.districts[0]) if address.districts else address.once or None

    def _left_out(self, zones: Mapping[str, Coded], columns: Mapping[str, Any], used: NDArray[np.bool_]) -> Notes:
        """Notes on the zones that addresses of registration name, but for those of `used` rows: a company need not do
        business where it is registered. A zone that the row lists itself is not left out.
        """
        parts = []
        listed = [different(columns[name]) for name in ("zones", IN_ZONES) if name in columns]
        for heading, column in zones.items():
            rows = np.flatnonzero(np.array([*map(bool, column.values), False], np.bool_)[column.places] & ~used)
            if not rows.size:
                continue
            met, which = distinct_combinations([column.places[rows], *(one.places[rows] for one in listed)])
            words: dict[Note, int] = {}
            of = []
            for own, *others in met:
                held = (one.values[at] for one, at in zip(listed, others, strict=True) if at != NONE)
                names = [str(name) for cell in held for name in (cell if isinstance(cell, list) else [cell])]
                known = {place for name in names for place in self._gazetteer.candidates(name, "zone")}
                left = [one for one in cast("Sequence[str]", column.values[own] or ()) if one not in known]
                of.append(words.setdefault(self._zones_note(heading, left), len(words)) if left else NONE)
            numbers = np.array(of, np.int32)[which]
            parts.append(Notes(rows[numbers != NONE], numbers[numbers != NONE], [*words]))
        return one_after_another(parts, 1) if parts else NO_NOTES

    def _outside(self, outside: Mapping[str, Coded], alone: NDArray[np.bool_]) -> Iterator[Notes]:
        """Notes on the zones that addresses of registration say they are outside or near; `alone` are the rows of which
        nothing else tells the registration.
        """
        for heading, column in outside.items():
            rows = np.flatnonzero(np.array([*map(bool, column.values), False], np.bool_)[column.places])
            if rows.size:
                words = [self._outside_note(heading, one, alone=of) for one in column.values for of in (False, True)]
                yield Notes(rows, (column.places[rows] * 2 + alone[rows]).astype(np.int32), words)

    def _outside_note(self, heading: str, zones: object, *, alone: bool) -> Note:
        names = zones_named(self._gazetteer, zones if isinstance(zones, tuple) else ()).of(self._lang)
        said, hint = (_OUTSIDE_ALONE, _WHOLE.of(self._lang)) if alone else (_OUTSIDE, "")
        return Note(heading, REGISTERED_IN if alone else "zones", said.of(self._lang).format(zones=names), "", hint)

    def _zones_note(self, heading: str, zones: Sequence[str]) -> Note:
        named = ("、" if self._lang == "zh" else "; ").join(self._gazetteer.name(one, self._lang) for one in zones)
        return Note(heading, "zones", _LEFT_OUT.of(self._lang).format(zones=named), "", _GIVE_THEM.of(self._lang))

    def _reads(self, cell: object) -> bool:
        """Whether a cell tells one place; of any other it is told why it does not, where the registration is read."""
        return isinstance(cell, str | int) and len(self._gazetteer.candidates(str(cell).strip(), "place")) == 1


def registered_heading(plan: ColumnPlan) -> str | None:
    """The heading of the column by which it is told where companies are registered."""
    return next(iter(registered_headings(plan)), None)


def registered_headings(plan: ColumnPlan) -> tuple[str, ...]:
    """The headings of the columns that tell where companies are registered, that by which it is told first."""
    return tuple(heading for role in REGISTERED for heading in plan.headings(role))


def registered_columns(
    rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang
) -> RegisteredColumns | None:
    """The reader of the columns of registration; None where a register has none."""
    there = REGISTERED_IN in rulebook.facts and registered_heading(plan) is not None
    return RegisteredColumns(rulebook, plan, facts, lang) if there else None
