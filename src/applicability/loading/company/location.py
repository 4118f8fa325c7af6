"""Locates a company: by its own columns first, then its address, then its credit code."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.addresses import AddressDoubt, AddressMatch
from applicability.loading.company.credit_codes import Area
from applicability.loading.company.dittos import is_ditto
from applicability.loading.company.listed_zones import list_without, zones_beside, zones_named, zones_together
from applicability.loading.company.parts_apart import parts_apart
from applicability.loading.company.zone_names import short_for
from applicability.loading.profile.mistake import Mistake
from applicability.loading.profile.place_mistakes import ditto, no_place_in_cell, zone_elsewhere
from applicability.loading.profile.read_places import several_zones, unknown_zone
from applicability.model.partial import YES
from applicability.model.place_notes import city_around, place_note, read_as
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_MOVED = Text(
    "信用代码由{code}的登记机关赋予，所填地点为{place}；按所填地点判断",
    "the credit code was given in {code}, and the place told is {place}; the place told is what counts",
)
_FROM_CODE = Text(
    "地点取自信用代码（{code}）；代码不说明区县，企业迁移后也不变，请核实",
    "the place is that of the credit code ({code}), which tells no district; a company keeps its code when it moves, "
    "so confirm it",
)
_SETTLED = Text("`{cell}` 可以指多个地方，据此取{place}", "`{cell}` names several places; by this it is {place}")
_IN_DISTRICT = Text(
    "`{district}` 未写明所在城市，按另一列（{around}）取{place}，请核实",
    "`{district}` stands without its city: by another column ({around}) it is {place}, so confirm it",
)
_IN_ZONE = Text(
    "住所写明在{zones}内；其他功能区视为未知",
    "the address names {zones}; whether it lies in other zones as well is taken as unknown",
)
_OF_TYPES = Text(
    "住所写明在{zones}内；是否还在其他类型的功能区内，以所填的功能区类型为准",
    "the address names {zones}; whether it lies in zones of other types as well is what the types of zone given say",
)
_OUTSIDE = Text(
    "住所写明在{zones}之外或附近，未视为在其内",
    "the address says that it is outside or near {zones}, which is not taken as being in it",
)
_DOUBTS = {
    AddressDoubt.FURTHER: (
        "city",
        Text("住所写有不止一处，只读取了第一处", "the address names more than one place, of which the first was read"),
    ),
    AddressDoubt.ZONE: (
        "zones",
        Text(
            "住所写有功能区，但看不出是名录中的哪一个，未据此判断",
            "the address names a zone, and not which of those listed it is: left out",
        ),
    ),
    AddressDoubt.SHORT: (
        "district",
        Text(
            "住所只写了简称，只据此读取城市；区县未读取",
            "the address has short names, which tell the city alone and no district",
        ),
    ),
    AddressDoubt.PROVINCE: (
        "city",
        Text(
            "住所开头的省与其后的直辖市不相符，按直辖市判断；省名若对，请改正其余部分",
            "the address begins with a province that the municipality behind it does not lie in: read as the "
            "municipality; if the province is right, correct the rest",
        ),
    ),
}
_NO_SUCH_DISTRICT = Text(
    "住所以 `{district}` 开头，所填城市没有这个区，未采用",
    "the address begins with `{district}`, which is no district of the city told: left out",
)
# The zones that an address names: it lies in these, and perhaps in others.
IN_ZONES = f"zones.{YES}"


@dataclass(frozen=True)
class PlaceClues:
    """What a company's own columns say about its place.

    `certain` are the divisions and zones that they name unambiguously; `city` and `district` are their cells, None if
    empty or absent; `several` are the places that the city's cell may mean, if they are several; `short` are those of
    `certain` that are told by the name of a zone in short, by it; `unread` is whether zones are listed of which some
    are unknown, and `known` are the others if that is so or some are short; `zones` is whether zones or types of zone
    are listed of which something can be read; `listed` are the zones of a list of all, None where nothing is read of
    it; `typed` is whether types of zone are listed, all of which can be read, False where that says that there are
    none; `some` are zones that it is in, perhaps among others, and `registered` the place of its registration, or
    `lone` the name of a place of it that by itself is not certain. With `none` a column of such zones says that there
    are none, which tells nothing by itself.
    """

    certain: tuple[str, ...] = ()
    city: str | None = None
    district: str | None = None
    several: tuple[str, ...] = ()
    short: tuple[tuple[str, str], ...] = ()
    known: tuple[str, ...] = ()
    unread: bool = False
    zones: bool = False
    listed: tuple[str, ...] | None = None
    typed: bool | None = None
    some: tuple[str, ...] = ()
    registered: tuple[str, ...] = ()
    none: bool = False
    lone: str | None = None


@dataclass(frozen=True)
class PlaceFacts:
    """What a column adds: facts, notes with the facts they are about, or the place that it contradicts.

    `around` is the city of that place, if it is a district and known for certain. `against` are the facts that tell
    places which it contradicts, and `lost` are those places. With `instead` the zones
    that it gives stand for those that are listed, as far as these could be read; `elsewhere` are the names of zones in
    short that lie elsewhere than the place that it tells, each with the place it stands for, and that place. `beside`
    are zones that it names and a list of all of them does not; `denied` is that list, `zones` or `zone_types`, where it
    has none like these, or the column of some zones where that says none. With `in_district` an address begins with a
    district of the city that another column tells. `coded` is the place of a credit code in which the district does not
    lie that an address begins with, or, if it is `registered`, that a column of the registration tells: `apart`.
    """

    gives: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    apart: str | None = None
    around: Text | None = None
    against: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    instead: bool = False
    elsewhere: tuple[tuple[str, str, str], ...] = ()
    beside: tuple[str, ...] = ()
    denied: str = ""
    in_district: bool = False
    coded: Text | None = None
    registered: bool = False


@dataclass(frozen=True)
class CodePlace:
    """What reading a credit code needs to know: whether any place is stated, and the certain ones that count; the
    city's cell and the places that it may mean, if they are several. With `short` the places are only told by names of
    zones in short. `district` is the name of one that the address begins with, and of which no city is told, and
    `lone` that of such a place of the registration.
    """

    told: bool = False
    places: tuple[str, ...] = ()
    city: str | None = None
    several: tuple[str, ...] = ()
    short: bool = False
    district: str | None = None
    lone: str | None = None


@dataclass(frozen=True)
class PlaceReader:
    """Resolves places with one rulebook; `columns` are the facts that a register can give."""

    rulebook: Rulebook
    columns: Collection[str]
    lang: Lang

    def certain(self, city: str | None, district: str | None, zones: tuple[str, ...]) -> tuple[str, ...]:
        """The divisions and zones that names stand for, as far as they are certain: each read near the ones before, and
        all near the zones that can be only one.
        """
        gazetteer = self.rulebook.gazetteer
        found: list[str] = []
        for name in (city, district):
            if name is not None and name.strip():
                candidates = gazetteer.candidates(name, "place", (*found, *self._alone(zones)))
                found += candidates if len(candidates) == 1 else ()
        for name in zones:
            candidates = gazetteer.candidates(name, "zone", found)
            found += candidates if len(candidates) == 1 else ()
        return tuple(found)

    def several(self, city: str | None, zones: tuple[str, ...]) -> tuple[str, ...]:
        """The places that the name of a city may mean; none where it is certain or unknown."""
        found = self.rulebook.gazetteer.candidates(city or "", "place", self._alone(zones))
        return found if len(found) > 1 else ()

    def _alone(self, zones: Iterable[str]) -> tuple[str, ...]:
        """The zones of those names that can be only one."""
        found = (self.rulebook.gazetteer.candidates(name, "zone") for name in zones)
        return tuple(places[0] for places in found if len(places) == 1)

    def short(self, names: Iterable[str | None], zones: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
        """The names of zones in short among those of places and of zones, each with the place that it stands for."""
        gazetteer = self.rulebook.gazetteer
        found = [(name, "zone") for name in zones] + [(name.strip(), "place") for name in names if name is not None]
        return tuple(
            (name, place)
            for name, kind in found
            if short_for(gazetteer, name) is not None
            for place in gazetteer.candidates(name, kind)
        )

    def unread_zone(self, word: str, told: PlaceClues, learnt: PlaceFacts) -> Mistake | None:
        """What is wrong with a word for a zone beside an address; None if it can be read."""
        gazetteer = self.rulebook.gazetteer
        for name, zone, place in learnt.elsewhere:
            if name == word and zone in gazetteer.zones:
                return zone_elsewhere(gazetteer, name, zone, place)
        given = [place for fact, place in learnt.gives if fact in ("city", "district") and isinstance(place, str)]
        near = given or [one for one in told.certain if one in gazetteer.divisions]
        found = gazetteer.candidates(word, "zone", near)
        if len(found) > 1:
            return several_zones(gazetteer, word, found, near)
        if found:
            return None
        return ditto(word) if is_ditto(word) else unknown_zone(self.rulebook, word, near, none=False)

    def level(self, told: PlaceClues | None) -> int:
        """How finely a company's own columns tell its division: 0 not, 1 a province, 2 a city, 3 a district."""
        gazetteer = self.rulebook.gazetteer
        divisions = [one for one in told.certain if one in gazetteer.divisions] if told is not None else []
        levels = (3 if gazetteer.level(one) == "county" else 2 if gazetteer.is_city(one) else 1 for one in divisions)
        return max(levels, default=0)

    def known_zones(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words that are zones."""
        return tuple(one for one in words if self.rulebook.gazetteer.candidates(one, "zone"))

    def known_zone_types(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words that are types of zone."""
        return tuple(one for one in words if self.rulebook.gazetteer.zone_type_of(one) is not None)

    def is_unknown(self, name: str | None) -> bool:
        """Whether a name, read by itself, stands for no division."""
        return name is not None and bool(name.strip()) and not self.rulebook.gazetteer.candidates(name, "place", ())

    def by_address(self, told: PlaceClues, address: AddressMatch) -> PlaceFacts:
        """What an address adds to a company's own columns."""
        gazetteer = self.rulebook.gazetteer
        if address.districts and address.division is None and not told.certain and told.registered:
            found = self._of_district(gazetteer.name(address.districts[0]), told.registered[0])
            if found is not None:
                return found
        division, certain = address.division or self._in_city(told, address), told.certain
        elsewhere: tuple[tuple[str, str, str], ...] = ()
        gives: tuple[tuple[str, str | tuple[str, ...]], ...] = ()
        if division is not None:
            # Any city may have what is called so in short: it is another that is meant.
            elsewhere = tuple((name, one, division) for name, one in told.short if not gazetteer.overlap(division, one))
            meant = tuple(dict.fromkeys(place for _, place, _ in elsewhere))
            certain = tuple(one for one in certain if one not in meant)
            apart = [one for one in certain if not gazetteer.overlap(division, one)]
            # Where the address is left out as well, nothing is left that the name in short could be read beside.
            short = self._telling(told, meant) if meant else ()
            if apart:
                against = self._telling(told, (*apart, *meant))
                around = city_around(gazetteer, apart[0])
                return PlaceFacts(apart=gazetteer.name(apart[0]), around=around, against=against, lost=(*apart, *meant))
            if self._is_elsewhere(told.district, division, certain):
                return PlaceFacts(apart=told.district, against=_each_once("district", *short), lost=meant)
            divisions = [one for one in certain if one in gazetteer.divisions]
            fits = [one for one in told.several if gazetteer.overlap(one, division)]
            if told.several and not fits:
                return PlaceFacts(apart=told.city, against=_each_once("city", *short), lost=meant)
            if len(fits) == 1 and division in gazetteer.path(fits[0])[1:]:
                return PlaceFacts(self._given("city", fits[0]), self._settled(str(told.city), fits[0]))
            # A cell that names no known district tells no more than an empty one; its note says what counts instead.
            passed_over = told.district is not None and told.district.strip() in {name for name, _, _ in elsewhere}
            untold = told.district is None or passed_over or self.is_unknown(told.district)
            if not divisions:
                gives = self._given("city", division)
                if untold and told.district is not None and gazetteer.level(division) == "county":
                    gives += self._given("district", division)
            elif untold and division not in certain and all(gazetteer.lies_in(division, one) for one in divisions):
                gives = self._given("district", division)
        zones = [
            one  # a zone that is a whole province follows from the province
            for one in address.zones
            if not gazetteer.zones[one].whole and all(gazetteer.overlap(one, other) for other in certain)
        ]
        zones = zones_together(gazetteer, zones, division)
        notes = [(fact, read_as(gazetteer, one).of(self.lang)) for fact, _ in gives[:1] for one in address.former]
        passed = {name for name, _, _ in elsewhere}
        instead = bool(zones) and (told.unread or not passed.isdisjoint(told.known))
        added = zones if instead else [one for one in zones if one not in certain]
        denied = "" if instead else list_without(gazetteer, added, told.listed, told.typed)
        denied = denied or (IN_ZONES if added and told.none and not instead else "")
        listed = [one for one in certain if one in gazetteer.zones] if told.listed and not instead else []
        beside = zones_beside(gazetteer, added, listed) if listed else []
        if added and not denied and (instead or beside or told.listed is None):
            known, instead = told.known if instead else told.listed or (), instead or bool(beside)
            added = beside or added
            if not beside:
                said = _OF_TYPES if told.typed else _IN_ZONE
                notes.append(("zones", said.of(self.lang).format(zones=zones_named(gazetteer, added).of(self.lang))))
            read = (*self.known_zones(told.some), *known)
            near = (*((division,) if division is not None else ()), *certain)
            kept = [one for one in read if one not in passed and len(gazetteer.candidates(one, "zone", near)) == 1]
            gives += ((IN_ZONES, (*kept, *added)),) if IN_ZONES in self.columns else ()
        notes += self._doubts(told, address, division, zoned=bool(zones or told.zones or told.some))
        if address.outside:
            notes.append(
                ("zones", _OUTSIDE.of(self.lang).format(zones=zones_named(gazetteer, address.outside).of(self.lang)))
            )
        named = tuple(added) if denied else tuple(beside)
        return PlaceFacts(
            gives, tuple(notes), instead=instead and not denied, elsewhere=elsewhere, beside=named, denied=denied
        )

    def _is_elsewhere(self, district: str | None, division: str, near: Iterable[str]) -> bool:
        """Whether all districts of that name, which are several, lie elsewhere than the division of an address."""
        gazetteer = self.rulebook.gazetteer
        found = gazetteer.candidates(district or "", "place", near)
        return len(found) > 1 and not any(gazetteer.overlap(division, one) for one in found)

    def _of_district(self, district: str, around: str) -> PlaceFacts | None:
        """What the name of a district tells beside the place of a code or a registration; None if it is none there."""
        gazetteer = self.rulebook.gazetteer
        city = gazetteer.city_of(gazetteer.areas(around)[0])
        found = [one for one in gazetteer.candidates(district, "division", (city,)) if gazetteer.lies_in(one, city)]
        if len(found) != 1 or found[0] == city or "city" not in self.columns:
            return None
        names = gazetteer.name(city, self.lang), gazetteer.full_name(found[0], self.lang)
        notes = [_IN_DISTRICT.of(self.lang).format(district=district, around=names[0], place=names[1])]
        former = gazetteer.former_of(district, found[0])
        notes += [] if former is None else [read_as(gazetteer, former).of(self.lang)]
        return PlaceFacts((("city", found[0]),), tuple(("city", note) for note in notes), in_district=True)

    def _in_city(self, told: PlaceClues, address: AddressMatch) -> str | None:
        """The district that an address begins with by its bare name, where other columns tell its city."""
        gazetteer = self.rulebook.gazetteer
        around = [one for one in told.certain if one in gazetteer.divisions]
        fits = [one for one in address.districts if any(gazetteer.lies_in(one, own) for own in around)]
        return fits[0] if len(fits) == 1 else None

    def _doubts(
        self, told: PlaceClues, address: AddressMatch, division: str | None, *, zoned: bool
    ) -> list[tuple[str, str]]:
        """The notes on what an address says beside the place that is read."""
        gazetteer = self.rulebook.gazetteer
        # An address that tells no place is noted as that, unless its district is told anyway.
        left = {AddressDoubt.ZONE} if zoned or (division is None and told.district is None) else set()
        left |= {AddressDoubt.SHORT} if told.district is not None else set()
        notes = [
            (fact, said.of(self.lang)) for doubt, (fact, said) in _DOUBTS.items() if doubt in {*address.doubts} - left
        ]
        cities = [one for one in told.certain if one in gazetteer.divisions]
        if address.districts and division is None and cities:
            said = _NO_SUCH_DISTRICT.of(self.lang)
            notes.append(("district", said.format(district=gazetteer.name(address.districts[0]))))
        return notes

    def _telling(self, told: PlaceClues, apart: Collection[str]) -> tuple[str, ...]:
        """The facts whose cells name these places: a city stays where only the district in it is another."""
        gazetteer = self.rulebook.gazetteer
        near: list[str] = []
        found: list[str] = []
        for fact, name in (("city", told.city), ("district", told.district)):
            places = gazetteer.candidates(name, "place", near) if name is not None and name.strip() else ()
            if len(places) == 1:
                near += places
                found += [fact] if places[0] in apart else []
        # Those that zones name beside the cells, which may name the same.
        if any((Counter(told.certain) - Counter(near))[one] for one in apart):
            found += ["zones", IN_ZONES]
        return tuple(found)

    def settled(self, told: PlaceClues, learnt: PlaceFacts, address: AddressMatch) -> CodePlace:
        """Where a company stands once its address is read: where its own columns and the address agree that it does."""
        given = {fact: place for fact, place in learnt.gives if isinstance(place, str)}
        now = {"city": told.city, "district": told.district, **given}
        elsewhere = {place for _, place, _ in learnt.elsewhere}
        certain = tuple(one for one in told.certain if one not in elsewhere)
        names = certain or tuple(one for one in now.values() if one is not None)
        gazetteer = self.rulebook.gazetteer
        places = [
            one for one in names if one not in learnt.lost and (one in gazetteer.divisions or one in gazetteer.zones)
        ]
        if not names:
            # A code tells no more than where a company was registered once.
            lone = gazetteer.name(address.districts[0]) if address.districts else address.once or None
            registered = told.lone if not told.registered else None
            return CodePlace(bool(told.registered), told.registered, district=lone, lone=registered)
        # Places that contradict each other are told as that, and none of them counts.
        together = all(gazetteer.overlap(one, other) for one, other in itertools.combinations(places, 2))
        several = told.several if "city" not in given and learnt.apart is None else ()
        city = told.city if several else None
        short = bool(places) and set(places) <= {one for _, one in told.short}
        return CodePlace(True, tuple(places) if together else (), city, several, short)

    def by_code(self, settled: CodePlace, area: Area) -> PlaceFacts:
        """What the city that issued a credit code adds: the place, or a note that the company has moved."""
        gazetteer, division = self.rulebook.gazetteer, area.division
        code = gazetteer.name(division, self.lang)
        elsewhere = settled.short and not any(gazetteer.overlap(division, one) for one in settled.places)
        # Whoever is registered elsewhere has moved since, or one of the two is wrong.
        if settled.lone is not None and (apart := self._not_of_code(settled.lone, area, ("city",))) is not None:
            return replace(apart, registered=True)
        if settled.district is not None:
            if (found := self._of_district(settled.district, division)) is not None:
                return found
            apart = None if settled.told else self._not_of_code(settled.district, area, ("city", "district"))
            if apart is not None:
                return apart
        if (not settled.told or elsewhere) and "city" in self.columns:
            notes = [_FROM_CODE.of(self.lang).format(code=code)]
            if area.former is not None:
                notes.append(read_as(gazetteer, area.former, by_code=True).of(self.lang))
            return PlaceFacts(self._given("city", division), tuple(("city", note) for note in notes))
        fits = [one for one in settled.several if gazetteer.overlap(one, division)]
        if len(fits) == 1:
            return PlaceFacts(self._given("city", fits[0]), self._settled(str(settled.city), fits[0]))
        other = next((one for one in settled.places if not gazetteer.overlap(division, one)), None)
        if other is None:
            return PlaceFacts()
        place = gazetteer.name(other, self.lang)
        return PlaceFacts(notes=(("city", _MOVED.of(self.lang).format(code=code, place=place)),))

    def _not_of_code(self, name: str, area: Area, against: tuple[str, ...]) -> PlaceFacts | None:
        """The contradiction of a name of places with the code of another; None where one of them may lie there."""
        gazetteer, division = self.rulebook.gazetteer, area.division
        named = gazetteer.candidates(name, "division")
        if not named or any(gazetteer.overlap(one, division) for one in named):
            return None
        around = city_around(gazetteer, named[0]) if len(named) == 1 else None
        coded = Text(gazetteer.name(division), gazetteer.name(division, "en"))
        return PlaceFacts(apart=name, around=around, against=against, coded=coded)

    def _settled(self, cell: str, place: str) -> tuple[tuple[str, str], ...]:
        """The notes on the name of several places, of which this one is meant."""
        gazetteer = self.rulebook.gazetteer
        notes = [_SETTLED.of(self.lang).format(cell=cell.strip(), place=gazetteer.full_name(place, self.lang))]
        former = gazetteer.former_of(cell, place)
        notes += [] if former is None else [read_as(gazetteer, former).of(self.lang)]
        return tuple(("city", note) for note in notes)

    def own_notes(
        self, names: Mapping[str, str], zones: Iterable[str] = (), *, listed: bool = False
    ) -> tuple[tuple[str, str], ...]:
        """The notes on a company's own place names, by fact, in order; `zones` are those that it names, and `listed`
        is whether it does so, or says that there are none.
        """
        near = self._alone(zones)
        notes = []
        for fact, name in names.items():
            found = self.rulebook.gazetteer.candidates(name, "place", near)
            if len(found) == 1:
                note = place_note(self.rulebook.gazetteer, name, found[0], near, listed=listed)
                notes += [] if note is None else [(fact, note.of(self.lang))]
                near = (*near, *found)
        return tuple(notes)

    def _given(self, fact: str, place: str) -> tuple[tuple[str, str], ...]:
        return ((fact, place),) if fact in self.columns else ()


def _each_once(*facts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(facts))


def unread_address(gazetteer: Gazetteer, cell: str) -> Mistake:
    """What is wrong with an address that tells no place."""
    return ditto(cell) if is_ditto(cell) else parts_apart(gazetteer, cell) or no_place_in_cell(cell)
