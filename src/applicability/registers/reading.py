"""The rows of a register as facts, with what was derived from which column, and where columns contradict each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from applicability.errors import Location, Problem
from applicability.model.headings import ADDRESS, COMPANY_TYPE, CREDIT_CODE, NAME, Wording
from applicability.model.rulebook import Rulebook
from applicability.model.text import Lang, Text
from applicability.registers import credit_codes
from applicability.registers.addresses import Addresses, Found
from applicability.registers.cells import Cells
from applicability.registers.plan import Plan

# Facts that an address or a code can tell. Zones it cannot: a list of them is complete, and an address names the one
# that it is known by, so the zones beside it would be taken for "not in them".
_TOLD = ("city", "district")
_PLACES = (*_TOLD, "zones")
_MOVED = Text(
    "信用代码由{code}的登记机关赋予，所填地点为{place}；按所填地点判断",
    "the credit code was given in {code}, and the place told is {place}; the place told is what counts",
)
_FROM_CODE = Text(
    "地点取自信用代码（{code}）；企业迁移后代码不变，请核实",
    "the place is that of the credit code ({code}); a company keeps its code when it moves, so confirm it",
)
_IN_ZONE = Text(
    "住所写明{zones}；功能区须列全方可判断，未据此填写",
    "the address names {zones}; a list of zones counts as complete, so none is taken from an address: list them all",
)
_FRACTION = Text("{share}按百分之{share}读取", "{share} is read as {share} percent")


@dataclass(frozen=True)
class Note:
    """Something to know of a company, which is no mistake: its row, the column it comes from, and what it is about."""

    row: int
    column: str
    fact: str
    text: str


def fraction(cell: object) -> str | None:
    """What a cell says, if that is a number above 0 and below 1 without a percent sign; else None."""
    if cell is None or isinstance(cell, bool) or not isinstance(cell, (str, float, int, Decimal)):
        return None
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    try:
        return text if 0 < Decimal(text) < 1 else None
    except InvalidOperation:
        return None


@dataclass
class Facts:
    """Rows as columns of facts. `origins` tell for each row which facts come from a column that is not their own."""

    columns: dict[str, list[object]]
    origins: list[dict[str, str]]
    notes: list[Note] = field(default_factory=list)
    rejects: dict[int, list[Problem]] = field(default_factory=dict)

    def reject(self, row: int, column: str, code: str, message: str, hint: str) -> None:
        """Set a row apart."""
        self.rejects.setdefault(row, []).append(Problem(code, Location(column), message, hint))


class RegisterReader:
    """Reads the rows of registers with one plan of columns."""

    def __init__(self, rulebook: Rulebook, plan: Plan, lang: Lang = "en") -> None:
        self._rulebook = rulebook
        self._plan = plan
        self._lang = lang
        self._addresses = Addresses(rulebook.gazetteer)
        self._places: dict[tuple[object, ...], tuple[str | None, ...]] = {}
        own = [held for held in plan.holds.values() if held in rulebook.facts]
        self.cells = {fact: Cells(rulebook, rulebook.facts[fact]) for fact in own}
        told = dict.fromkeys(
            held for held in plan.holds.values() if held not in (NAME, CREDIT_CODE, COMPANY_TYPE, ADDRESS)
        )
        if plan.heading(ADDRESS) or plan.heading(CREDIT_CODE):
            told |= dict.fromkeys(fact for fact in _TOLD if fact in rulebook.facts)
        if plan.heading(COMPANY_TYPE):
            given = (fact for one in rulebook.headings.types for fact in (*one.gives, *one.settles))
            told |= dict.fromkeys(given)
        order = [*rulebook.facts]
        # The columns of facts that the rows come to, in the order of the rulebook.
        self.facts = tuple(sorted(told, key=lambda one: order.index(one) if one in order else len(order)))

    def read(self, columns: Mapping[str, Sequence[object]], rows: int) -> Facts:
        """The facts of some rows, given as cells by heading."""
        found = Facts({fact: [None] * rows for fact in self.facts}, [{} for _ in range(rows)])
        for heading, held in self._plan.holds.items():
            if held in self.cells:
                read = self.cells[held].read
                found.columns[held] = [read(cell) for cell in columns[heading]]
            elif held in found.columns:
                found.columns[held] = [None if cell == "" else cell for cell in columns[heading]]
        self._shares(columns, found)
        self._types(columns, found)
        self._standings(columns, found)
        return found

    def _cells_of(self, columns: Mapping[str, Sequence[object]], role: str) -> tuple[str, Sequence[object]] | None:
        heading = self._plan.heading(role)
        return None if heading is None else (heading, columns[heading])

    def _shares(self, columns: Mapping[str, Sequence[object]], found: Facts) -> None:
        heading = self._plan.heading("foreign_share")
        for row, cell in enumerate(columns[heading] if heading else ()):
            if (share := fraction(cell)) is not None:
                found.notes.append(self.small_share(row, share))

    def small_share(self, row: int, share: str) -> Note:
        """That a share below one, which may be meant as a fraction, is read as it is written."""
        heading = self._plan.heading("foreign_share") or "foreign_share"
        return Note(row, heading, "foreign_share", _FRACTION.of(self._lang).format(share=share))

    def _note(self, found: Facts, row: int, column: str, fact: str, text: Text, **slots: str) -> None:
        found.notes.append(Note(row, column, fact, text.of(self._lang).format(**slots)))

    # Company types ---------------------------------------------------------------------------------------------------

    def _types(self, columns: Mapping[str, Sequence[object]], found: Facts) -> None:
        told = self._cells_of(columns, COMPANY_TYPE)
        if told is None:
            return
        heading, cells = told
        known: dict[str, tuple[Wording, ...]] = {}
        for row, cell in enumerate(cells):
            if isinstance(cell, str) and cell.strip():
                if cell not in known:
                    known[cell] = self._wordings(cell)
                for wording in known[cell]:
                    self._said(found, row, heading, cell, wording)

    def _wordings(self, cell: str) -> tuple[Wording, ...]:
        """The wordings that a type holds, each with the facts that no earlier one has settled."""
        text = "".join(unicodedata.normalize("NFKC", cell).split())
        settled: set[str] = set()
        found = []
        for wording in self._rulebook.headings.types:
            if any(unicodedata.normalize("NFKC", words) in text for words in wording.holds):
                facts = {*wording.gives, *wording.settles}
                if not facts <= settled:
                    found.append(wording)
                settled |= facts
        return tuple(found)

    def _said(self, found: Facts, row: int, heading: str, cell: str, wording: Wording) -> None:
        for fact, value in wording.gives.items():
            given = found.columns[fact][row]
            if given is None:
                found.columns[fact][row] = value
                found.origins[row][fact] = heading
            elif fact == "foreign_share" and _number(given) not in (None, _number(value)):
                self._contradicted(found, row, heading, cell, fact, given)
        for fact, values in wording.excludes.items():
            given = found.columns[fact][row] if fact in found.columns else None
            if given is not None and _number(given) in {_number(value) for value in values}:
                self._contradicted(found, row, heading, cell, fact, given)
        if wording.note is not None and all(found.columns[fact][row] is None for fact in wording.settles):
            found.notes.append(Note(row, heading, wording.settles[0], wording.note.of(self._lang)))

    def _contradicted(self, found: Facts, row: int, heading: str, cell: str, fact: str, given: object) -> None:
        own = self._plan.heading(fact) or fact
        message = f"`{cell}` under `{heading}` cannot be so with `{given}` under `{own}`"
        found.reject(row, own, "S301", message, "one of the two is wrong: correct it")

    # Places ----------------------------------------------------------------------------------------------------------

    def _standings(self, columns: Mapping[str, Sequence[object]], found: Facts) -> None:
        codes, addresses = self._cells_of(columns, CREDIT_CODE), self._cells_of(columns, ADDRESS)
        areas = self._areas(codes, found) if codes else []
        if codes is None and addresses is None:
            return
        told = [found.columns.get(fact) for fact in _PLACES]
        rows = len(found.origins)
        for row in range(rows):
            city, district, zones = (None if column is None else column[row] for column in told)
            area = areas[row] if areas else None
            own = self._told(city, district, zones)
            if addresses is not None and isinstance(cell := addresses[1][row], str) and cell.strip():
                self._from_address(found, row, addresses[0], cell, own)
            self._from_code(found, row, codes[0] if codes else "", area, own)

    def _told(self, city: object, district: object, zones: object) -> tuple[str, ...]:
        """The divisions and zones that a row tells in columns of their own, as far as their names are certain."""
        key = (str(city), str(district), str(zones))
        if key not in self._places:
            gazetteer = self._rulebook.gazetteer
            names = [(city, "division"), (district, "division")]
            names += [(one, "zone") for one in zones] if isinstance(zones, list) else []
            found: list[str] = []
            for name, kind in names:
                if isinstance(name, str) and name.strip():
                    candidates = gazetteer.candidates(name, kind, found)
                    found += candidates if len(candidates) == 1 else ()
            if len(self._places) > 100_000:
                self._places.clear()
            self._places[key] = tuple(found)
        return tuple(one for one in self._places[key] if one is not None)

    def _from_address(self, found: Facts, row: int, heading: str, cell: str, own: tuple[str, ...]) -> None:
        told: Found = self._addresses.read(cell)
        gazetteer = self._rulebook.gazetteer
        if told.division is not None:
            apart = [one for one in own if not gazetteer.overlap(told.division, one)]
            if apart:
                place = gazetteer.name(apart[0])
                message = f"`{cell}` under `{heading}` does not lie in {place}, which another column tells"
                found.reject(row, heading, "S302", message, "one of the two is wrong: correct it")
                return
            finer = all(gazetteer.lies_in(told.division, one) for one in own if one in gazetteer.divisions)
            if not any(one in gazetteer.divisions for one in own):
                self._give(found, row, "city", told.division, heading)
            elif finer and told.division not in own and self._empty(found, row, "district"):
                self._give(found, row, "district", told.division, heading)
        zones = [
            one  # that a whole province is a zone follows from the province
            for one in told.zones
            if not gazetteer.zones[one].whole and all(gazetteer.overlap(one, other) for other in own)
        ]
        if zones and all(found.columns[fact][row] is None for fact in ("zones", "zone_types") if fact in found.columns):
            names = ("、" if self._lang == "zh" else "; ").join(gazetteer.name(one, self._lang) for one in zones)
            self._note(found, row, heading, "zones", _IN_ZONE, zones=names)

    def _from_code(self, found: Facts, row: int, heading: str, area: str | None, own: tuple[str, ...]) -> None:
        if area is None:
            return
        gazetteer = self._rulebook.gazetteer
        told = own or tuple(
            str(value)
            for fact in ("city", "district")
            if fact in found.columns and (value := found.columns[fact][row]) is not None
        )
        certain = [one for one in told if one in gazetteer.divisions or one in gazetteer.zones]
        if not told and self._empty(found, row, "city"):
            self._give(found, row, "city", area, heading)
            self._note(found, row, heading, "city", _FROM_CODE, code=gazetteer.name(area, self._lang))
        elif any(not gazetteer.overlap(area, one) for one in certain):
            place = gazetteer.name(next(one for one in certain if not gazetteer.overlap(area, one)), self._lang)
            self._note(found, row, heading, "city", _MOVED, code=gazetteer.name(area, self._lang), place=place)

    def _areas(self, told: tuple[str, Sequence[object]], found: Facts) -> list[str | None]:
        """Where each row's code was given; a code that is none sets its row apart."""
        heading, cells = told
        areas: list[str | None] = []
        for row, cell in enumerate(cells):
            area = None
            if cell is not None and str(cell).strip():
                try:
                    area = credit_codes.place(credit_codes.read(str(cell)), self._rulebook.gazetteer)
                except ValueError as error:
                    found.reject(row, heading, "S303", str(error), "copy the code from the business licence")
            areas.append(area)
        return areas

    def _empty(self, found: Facts, row: int, fact: str) -> bool:
        return fact in found.columns and found.columns[fact][row] is None

    def _give(self, found: Facts, row: int, fact: str, value: object, heading: str) -> None:
        if fact in found.columns:
            found.columns[fact][row] = value
            found.origins[row][fact] = heading


def _number(value: object) -> float | None:
    try:
        return float(str(value))
    except ValueError:
        return None
