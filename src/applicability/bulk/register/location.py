"""Locates a company: by its own columns first, then its address, then its credit code."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from applicability.bulk.register.addresses import AddressMatch
from applicability.bulk.register.credit_codes import Area
from applicability.model.place_notes import place_note, read_as
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

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


@dataclass(frozen=True)
class PlaceClues:
    """What a company's own columns say about its place.

    `certain` are the divisions and zones that they name unambiguously; `city` and `district` are their cells, None if
    empty or absent; `zones` is whether zones or types of zone are listed.
    """

    certain: tuple[str, ...] = ()
    city: str | None = None
    district: str | None = None
    zones: bool = False


@dataclass(frozen=True)
class PlaceFacts:
    """What a column adds: facts, notes with the facts they are about, or the place that it contradicts."""

    gives: tuple[tuple[str, str], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    apart: str | None = None


@dataclass(frozen=True)
class CodePlace:
    """What reading a credit code needs to know: whether any place is stated, and the certain ones."""

    told: bool = False
    places: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceReader:
    """Resolves places with one rulebook; `columns` are the facts that a register can give."""

    rulebook: Rulebook
    columns: Collection[str]
    lang: Lang

    def certain(self, city: str | None, district: str | None, zones: tuple[str, ...]) -> tuple[str, ...]:
        """The divisions and zones that names resolve to unambiguously, each resolved near the ones before."""
        names = [(city, "division"), (district, "division"), *((one, "zone") for one in zones)]
        found: list[str] = []
        for name, kind in names:
            if name is not None and name.strip():
                candidates = self.rulebook.gazetteer.candidates(name, kind, found)
                found += candidates if len(candidates) == 1 else ()
        return tuple(found)

    def by_address(self, told: PlaceClues, address: AddressMatch) -> PlaceFacts:
        """What an address adds to a company's own columns."""
        gazetteer = self.rulebook.gazetteer
        division, certain = address.division, told.certain
        gives: tuple[tuple[str, str], ...] = ()
        if division is not None:
            apart = [one for one in certain if not gazetteer.overlap(division, one)]
            if apart:
                return PlaceFacts(apart=gazetteer.name(apart[0]))
            divisions = [one for one in certain if one in gazetteer.divisions]
            if not divisions:
                gives = self._given("city", division)
            elif (
                told.district is None
                and division not in certain
                and all(gazetteer.lies_in(division, one) for one in divisions)
            ):
                gives = self._given("district", division)
        zones = [
            one  # a zone that is a whole province follows from the province
            for one in address.zones
            if not gazetteer.zones[one].whole and all(gazetteer.overlap(one, other) for other in certain)
        ]
        notes = [(fact, read_as(gazetteer, one).of(self.lang)) for fact, _ in gives for one in address.former]
        if zones and not told.zones:
            names = ("、" if self.lang == "zh" else "; ").join(gazetteer.name(one, self.lang) for one in zones)
            notes.append(("zones", _IN_ZONE.of(self.lang).format(zones=names)))
        return PlaceFacts(gives, tuple(notes))

    def settled(self, told: PlaceClues, learnt: PlaceFacts) -> CodePlace:
        """The company's place after its address is read."""
        now = {"city": told.city, "district": told.district, **dict(learnt.gives)}
        names = told.certain or tuple(one for one in now.values() if one is not None)
        gazetteer = self.rulebook.gazetteer
        return CodePlace(
            bool(names), tuple(one for one in names if one in gazetteer.divisions or one in gazetteer.zones)
        )

    def by_code(self, settled: CodePlace, area: Area) -> PlaceFacts:
        """What the division that issued a credit code adds: the place, or a note that the company has moved."""
        gazetteer, division = self.rulebook.gazetteer, area.division
        code = gazetteer.name(division, self.lang)
        if not settled.told and "city" in self.columns:
            notes = [_FROM_CODE.of(self.lang).format(code=code)]
            if area.former is not None:
                notes.append(read_as(gazetteer, area.former, by_code=True).of(self.lang))
            return PlaceFacts(self._given("city", division), tuple(("city", note) for note in notes))
        apart = next((one for one in settled.places if not gazetteer.overlap(division, one)), None)
        if apart is None:
            return PlaceFacts()
        place = gazetteer.name(apart, self.lang)
        return PlaceFacts(notes=(("city", _MOVED.of(self.lang).format(code=code, place=place)),))

    def own_notes(self, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
        """The notes on a company's own place names, by fact, in order."""
        near: tuple[str, ...] = ()
        notes = []
        for fact, name in names.items():
            found = self.rulebook.gazetteer.candidates(name, "division", near)
            if len(found) == 1:
                note = place_note(self.rulebook.gazetteer, name, found[0], near)
                notes += [] if note is None else [(fact, note.of(self.lang))]
                near = (*near, *found)
        return tuple(notes)

    def _given(self, fact: str, place: str) -> tuple[tuple[str, str], ...]:
        return ((fact, place),) if fact in self.columns else ()
