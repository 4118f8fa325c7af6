"""Where a company is registered, by columns that each tell it at a level of their own: the finest that can be read."""

from __future__ import annotations

from collections.abc import Sequence

from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.addresses import addresses_of
from applicability.loading.company.levels import CITY, DISTRICT, LevelCell, LevelFacts, PlaceLevels
from applicability.model.headings import REGISTERED_ADDRESS, REGISTERED_IN
from applicability.model.rulebook import Rulebook

# The level of a place that a cell is read at; that of the city itself would be another's to tell when it is unread.
_LEVELS = {"registered_province": "province", "registered_district": DISTRICT}


@dataclass(frozen=True)
class RegisteredLevels:
    """Reads the cells of a company's place of registration; an address is given as the division that it begins with."""

    rulebook: Rulebook

    def read(self, cells: Sequence[LevelCell]) -> LevelFacts:
        """The place of registration that the cells tell."""
        told = [LevelCell(one.heading, _LEVELS.get(one.holds, "division"), self._division(one)) for one in cells]
        found = PlaceLevels(self.rulebook).read(told)
        notes = tuple(replace(one, fact=REGISTERED_IN) for one in found.notes)
        if found.apart is not None:
            one, other = (self._shown(own, cells) for own in found.apart)
            return LevelFacts({}, notes, (one, other))
        city, district = found.gives.get(CITY), found.gives.get(DISTRICT)
        if district is None or city is None:
            finest = city or district
            return LevelFacts({} if finest is None else {REGISTERED_IN: finest}, notes)
        return LevelFacts({REGISTERED_IN: (self._alone(district[0], city[0]), district[1])}, notes)

    def _division(self, one: LevelCell) -> object:
        """The cell, or the division that it begins with: people write addresses where a place is asked for."""
        if not isinstance(one.cell, str) or one.holds in (*_LEVELS, REGISTERED_ADDRESS):
            return one.cell
        gazetteer = self.rulebook.gazetteer
        if gazetteer.candidates(one.cell.strip(), "place"):
            return one.cell
        return addresses_of(gazetteer).read(one.cell).division or one.cell

    def _alone(self, district: object, city: object) -> object:
        """A district as it is written, if that means it without its city; else its code."""
        candidates = self.rulebook.gazetteer.candidates
        name = str(district).strip()
        near = candidates(name, "place", candidates(str(city).strip(), "place"))
        return near[0] if len(near) == 1 and candidates(name, "place") != near else district

    def _shown(self, own: LevelCell, cells: Sequence[LevelCell]) -> LevelCell:
        """A cell as it is told: of an address its division by name."""
        held = next(one for one in cells if one.heading == own.heading)
        gazetteer = self.rulebook.gazetteer
        if held.holds != REGISTERED_ADDRESS or str(held.cell) not in gazetteer.divisions:
            return held
        return replace(held, cell=gazetteer.full_name(str(held.cell)))
