"""Notes on companies that name their place by the name or code of a former division, or by a zone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import emptied, spread
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.loading.company.address_patterns import ends_as_zone
from applicability.loading.company.addresses import AddressDoubt, addresses_of
from applicability.loading.company.location import IN_ZONES, PlaceReader
from applicability.model.headings import LEVELS, PLACE_LEVELS
from applicability.model.place_notes import no_place_note, zone_note
from applicability.model.place_spellings import names_no_place
from applicability.model.places import Gazetteer, fold
from applicability.model.rulebook import Rulebook
from applicability.text import Lang

# Names that are cached from one batch to the next.
_REMEMBERED = 1 << 15


class FormerNames:
    """Makes the notes of a register; `facts` are those its columns can give."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang) -> None:
        self._former = rulebook.gazetteer.former
        self._places = PlaceReader(rulebook, frozenset(facts), lang)
        # The place itself may be told by a column of any level.
        levels = {LEVELS[held]: heading for held, heading in plan.first_headings.items() if held in PLACE_LEVELS}
        self._headings = {**levels, **plan.first_headings}
        # A district is resolved within its city, which an address may have given.
        self._facts = [fact for fact, one in rulebook.facts.items() if one.type == "place" and fact in facts]
        self._own = [fact for fact in self._facts if fact in self._headings]
        # … and a name of several in the zones that it lies in.
        self._zones = [name for name in ("zones", IN_ZONES) if name in facts]
        self._known: dict[str | int, bool] = {}

    def notes(self, columns: dict[str, Any], rows: int) -> Notes:
        """The notes on the rows of a table of facts; replaces the columns it reads by coded ones."""
        if not self._own:
            return NO_NOTES
        told = {fact: different(columns[fact]) for fact in (*self._facts, *self._zones)}
        columns |= {fact: Coded(found.values, found.places) for fact, found in told.items()}
        asked = np.zeros(rows, np.bool_)
        for fact in self._own:
            former = np.array([*map(self._is_former, told[fact].values), False], np.bool_)
            if former.any():
                asked |= former[told[fact].places]
        some = np.flatnonzero(asked)
        if not some.size:
            return NO_NOTES
        together, numbers = distinct_combinations([found.places[some] for found in told.values()])
        words: dict[Note, int] = {}
        noted = []
        for cells in together:
            told_here = zip(told.items(), cells, strict=True)
            held = {fact: found.values[place] for (fact, found), place in told_here if place != NONE}
            names = {fact: str(held[fact]) for fact in self._facts if fact in held}
            zones = [str(one) for fact in self._zones for one in _listed(held.get(fact))]
            listed = any(fact in held for fact in self._zones)
            notes = [
                Note(self._headings[fact], fact, text)
                for fact, text in self._places.own_notes(names, zones, listed=listed)
                if fact in self._own
            ]
            noted.append([words.setdefault(note, len(words)) for note in notes])
        at, which = spread(numbers.astype(np.int32), noted)
        return Notes(some[at], which, [*words])

    def _is_former(self, name: object) -> bool:
        """Whether any former division has this name or code, or a zone that is no division."""
        if not isinstance(name, str | int):
            return False
        known = self._known.get(name)
        if known is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            former = bool(self._former.named(fold(str(name)))) or self._has_former(str(name))
            known = self._known[name] = former or self._is_zone(str(name))
        return known

    def _has_former(self, name: str) -> bool:
        """Whether a name ends in that of a former division, behind that of a place around it."""
        gazetteer = self._places.rulebook.gazetteer
        found = gazetteer.candidates(name, "division")
        return len(found) == 1 and gazetteer.former_of(name, found[0]) is not None

    def _is_zone(self, name: str) -> bool:
        gazetteer = self._places.rulebook.gazetteer
        return not gazetteer.candidates(name, "division") and bool(gazetteer.candidates(name, "place"))


def _listed(cell: object) -> list[object]:
    return cell if isinstance(cell, list) else []


def with_city_of_zone(gazetteer: Gazetteer, heading: str, column: Any, lang: Lang) -> tuple[Any, Notes]:
    """A column of cities with the city in place of a known city and a zone that no table has: 西安国际港务区; notes."""
    own = different(column)
    read = [_city_of_zone(gazetteer, one) for one in own.values]
    if not any(read):
        return column, NO_NOTES
    rows = np.flatnonzero(np.array([*(one is not None for one in read), False], np.bool_)[own.places])
    words = [
        Note(heading, "city", "" if place is None else zone_note(gazetteer, str(one), place).of(lang))
        for one, place in zip(own.values, read, strict=True)
    ]
    values = [one if place is None else place for one, place in zip(own.values, read, strict=True)]
    return Coded(values, own.places), Notes(rows, own.places[rows].astype(np.int32), words)


def _city_of_zone(gazetteer: Gazetteer, cell: object) -> str | None:
    name = cell.strip() if isinstance(cell, str) else ""
    if name.isascii() or not ends_as_zone(name) or gazetteer.candidates(name, "place"):
        return None
    found = addresses_of(gazetteer).read(name)
    return None if found.zones or found.former or AddressDoubt.PROVINCE in found.doubts else found.division


def without_no_place(heading: str, fact: str, column: Any, lang: Lang) -> tuple[Any, Notes]:
    """A column of places without the cells that only say that a level is left out (市辖区); notes on those."""
    own = different(column)
    left = [isinstance(one, str) and names_no_place(one) for one in own.values]
    if not any(left):
        return column, NO_NOTES
    rows = np.flatnonzero(np.array([*left, False], np.bool_)[own.places])
    words = [Note(heading, fact, no_place_note(str(one)).of(lang)) for one in own.values]
    return emptied(column, rows), Notes(rows, own.places[rows].astype(np.int32), words)
