"""One fact that several columns tell, each at its own level: province, city and district, or the levels of a sector.

The finest cell that can be read is the fact. Cells that cannot be true together give nothing, and both are told. A
district is read in its city only, since districts of one name are in many cities, and a merged one may still exist in
another: 江北区 without Chongqing would be Ningbo's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass, replace
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.addresses import AddressDoubt, Addresses, addresses_of
from applicability.loading.company.bare_names import needs_city
from applicability.loading.company.cells import code_of, is_missing, sector_of
from applicability.loading.company.dittos import is_ditto
from applicability.loading.company.zone_names import division_within, is_functional_zone, short_for
from applicability.loading.profile.place_mistakes import ditto, meant_first, zone_elsewhere
from applicability.loading.profile.written import words_of
from applicability.messages import is_meant
from applicability.model.facts import FactDeclaration
from applicability.model.headings import SECTOR_LEVELS
from applicability.model.place_notes import city_around, no_place_note, read_as
from applicability.model.place_spellings import is_any_citys, names_no_place
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.model.similar_places import similar_places
from applicability.text import Text

CITY, DISTRICT = "city", "district"
# The codes of notes on cells that are left out: a district without its city, and a word that is unknown at its level.
LONE, UNKNOWN = "S307", "S308"
_BETWEEN = lazy_pattern(r"[\s/\\|>,，、;；_-]+")
_LONE = Text(
    "`{cell}` 没有写明所在城市，区名各地相同，未采用",
    "`{cell}` is left out: its city is not told, and districts of one name are in many",
)
_IN_ZONE = Text(
    "`{cell}` 是功能区，不是区县，按{place}判断", "`{cell}` is a functional zone and no district: {place} counts"
)
_UNKNOWN = Text("查不到 `{cell}`，未采用", "`{cell}` is unknown and left out")
# … beside the cell that tells the fact.
_INSTEAD = Text("，以 `{heading}`（`{counts}`）为准", ": `{heading}` (`{counts}`) counts")
_CITY_TOO = Text("另填所在城市", "give its city too")
_OR_EMPTY = Text("改正所填，或留空", "correct it, or leave it empty")


@dataclass(frozen=True)
class LevelCell:
    """A cell with the heading of its column, and what that column holds; `means` is how it was read, if it was."""

    heading: str
    holds: str
    cell: object
    means: Text | None = None


@dataclass(frozen=True)
class LevelNote:
    """A note on a cell: its heading, the fact it is about, and the code of what was not read, if anything was not."""

    heading: str
    fact: str
    text: Text
    code: str = ""
    hint: Text | None = None


@dataclass(frozen=True)
class LevelFacts:
    """What the cells of a company tell: each fact with its value and the heading it comes from; notes; and two cells
    that cannot be true together, if there are any.
    """

    gives: Mapping[str, tuple[object, str]]
    notes: tuple[LevelNote, ...] = ()
    apart: tuple[LevelCell, LevelCell] | None = None


def lone_note(heading: str, cell: object) -> LevelNote:
    """That a district is left out for want of its city."""
    return LevelNote(heading, DISTRICT, _said(_LONE, cell), LONE, _CITY_TOO)


def _unknown(
    fact: str, one: LevelCell, counts: tuple[str, str] | None = None, similar: Sequence[str] = ()
) -> LevelNote:
    """That a cell is unknown; `counts` are the heading and the cell that tell the fact in its place, and `similar` are
    names that it may be meant for.
    """
    if isinstance(one.cell, str) and is_ditto(one.cell):
        wrong = ditto(one.cell)
        return LevelNote(one.heading, fact, wrong.what, wrong.code, wrong.mend)
    said = _said(_UNKNOWN, _words(one.cell))
    if counts is not None:
        heading, cell = counts
        zh, en = (own.format(heading=heading, counts=cell) for own in (_INSTEAD.zh, _INSTEAD.en))
        said = Text(said.zh + zh, said.en + en)
    meant = meant_first(similar)
    return LevelNote(one.heading, fact, said, UNKNOWN, Text(meant.zh + _OR_EMPTY.zh, meant.en + _OR_EMPTY.en))


def _said(text: Text, cell: object, place: Text | None = None) -> Text:
    zh, en = (place.zh, place.en) if place is not None else ("", "")
    return Text(text.zh.format(cell=cell, place=zh), text.en.format(cell=cell, place=en))


@dataclass(frozen=True)
class PlaceLevels:
    """Reads the cells of a company's place; with `later` its city may still be told by another column."""

    rulebook: Rulebook
    later: bool = False

    def read(self, cells: Sequence[LevelCell]) -> LevelFacts:
        """The city and the district that the cells tell, from province to district."""
        notes: list[LevelNote] = []
        told: list[LevelCell] = []
        for one in cells:
            if isinstance(one.cell, str) and names_no_place(one.cell):
                fact = DISTRICT if one.holds == DISTRICT else CITY
                notes.append(LevelNote(one.heading, fact, no_place_note(one.cell)))
            elif not is_missing(one.cell):
                told.append(one)
        told = self._behind_former_province(told)
        district = next((one for one in told if one.holds == DISTRICT), None)
        around = [one for one in told if one is not district]
        found, unread, apart = self._resolved(around)
        if apart is not None:
            return LevelFacts({}, tuple(notes), apart)
        if not found:
            return self._without_city(unread, district, notes)
        # Of a city's own cell the reader of the register tells what is wrong with it.
        finest = max((place for _, place in found), key=lambda one: len(self.rulebook.gazetteer.path(one)))
        gives = self._finest(found, district is None)
        for one in unread:
            if self._is_short(one):
                notes.append(self._elsewhere(one, CITY, finest))
            elif one.holds != CITY:
                similar = self._similar(one, tuple(place for _, place in found))
                notes.append(_unknown(CITY, one, self._as_told(found, gives[CITY][1]), similar))
        notes += self._former(found, gives)
        if district is not None:
            self._in_city(district, [place for _, place in found], gives, notes)
        return LevelFacts(gives, tuple(notes))

    def _behind_former_province(self, told: list[LevelCell]) -> list[LevelCell]:
        """The cells, with a place beside the province that it was part of until it became one (四川省, 重庆市) told as
        one cell tells both, which is noted by its year. A city takes the province's name, a district leaves its own.
        """
        gazetteer = self.rulebook.gazetteer
        for at, outer in enumerate(told):
            around = self._places(outer.cell, ()) if outer.holds in ("province", CITY) else ()
            part = gazetteer.moved.get(around[0]) if len(around) == 1 else None
            if part is None:
                continue
            for place, one in enumerate(told[at + 1 :], at + 1):
                own = self._places(one.cell, ())
                if self._any_in(own, around[0]):
                    return told
                name = gazetteer.name(own[0]) if own and str(one.cell).isdecimal() else str(one.cell).strip()
                both = f"{str(outer.cell).strip()}{name}"
                means = self._places(both, ())
                if len(means) == 1 and gazetteer.lies_in(means[0], part.province):
                    if own and one.holds == DISTRICT:
                        today = f"{str(outer.cell).strip()}{gazetteer.name(part.province)}"
                        return [*told[:at], replace(outer, cell=today), *told[at + 1 :]]
                    joined = replace(outer if one.holds == DISTRICT else one, cell=both)
                    return [*told[:at], *told[at + 1 : place], joined, *told[place + 1 :]]
                if own:
                    return told
        return told

    def _as_told(self, found: Sequence[tuple[LevelCell, str]], heading: str) -> tuple[str, str]:
        """A heading with its cell as it is told: a code by the name of its place."""
        cell, place = next((one.cell, place) for one, place in found if one.heading == heading)
        is_code = str(cell) in self.rulebook.gazetteer.divisions
        return heading, self.rulebook.gazetteer.full_name(place) if is_code else str(cell).strip()

    def _resolved(
        self, cells: Sequence[LevelCell]
    ) -> tuple[list[tuple[LevelCell, str]], list[LevelCell], tuple[LevelCell, LevelCell] | None]:
        """The places of cells, each near those before it; the cells that tell none; two that are apart."""
        gazetteer = self.rulebook.gazetteer
        found: list[tuple[LevelCell, str]] = []
        elsewhere: list[LevelCell] = []
        # What may be called so anywhere comes last, and gives way.
        left = sorted(cells, key=self._is_short)
        while left:
            near = tuple(place for _, place in found)
            places = [self._places(one.cell, near) for one in left]
            settled = next((at for at, own in enumerate(places) if len(own) == 1), None)
            if settled is None:
                break
            one, place = left.pop(settled), places[settled][0]
            other = next((each for each in found if not gazetteer.overlap(place, each[1])), None)
            if other is not None and self._is_short(one):
                elsewhere.append(one)
            elif other is not None:
                return found, [*left, *elsewhere], (self._as_meant(*other), self._as_meant(one, place))
            else:
                found.append((one, place))
        # One that may be several places, none of them near, is apart as well.
        for one in left:
            several = self._places(one.cell, tuple(place for _, place in found))
            other = next((each for each in found if not self._any_in(several, each[1])), None)
            if len(several) > 1 and other is not None and not self._is_short(one) and not is_any_citys(str(one.cell)):
                return found, [*(each for each in left if each is not one), *elsewhere], (self._as_meant(*other), one)
        return found, [*left, *elsewhere], None

    def _as_meant(self, one: LevelCell, place: str) -> LevelCell:
        """A cell that contradicts another with the place it means, where it is a code or does not tell its city."""
        gazetteer, said = self.rulebook.gazetteer, str(one.cell)
        around = city_around(gazetteer, place)
        if not said.strip().isdecimal() and (around is None or around.zh in said):
            return one
        return replace(one, means=Text(gazetteer.full_name(place), gazetteer.full_name(place, "en")))

    def _any_in(self, places: Sequence[str], around: str) -> bool:
        """Whether one of some places lies in another or around it."""
        return any(self.rulebook.gazetteer.overlap(place, around) for place in places)

    def _is_short(self, one: LevelCell) -> bool:
        """Whether a cell is the name of a zone in short."""
        return isinstance(one.cell, str) and short_for(self.rulebook.gazetteer, one.cell.strip()) is not None

    def _elsewhere(self, one: LevelCell, fact: str, place: str) -> LevelNote:
        """The note on the name of a zone in short, which lies elsewhere than this place."""
        gazetteer, name = self.rulebook.gazetteer, str(one.cell).strip()
        wrong = zone_elsewhere(gazetteer, name, str(short_for(gazetteer, name)), place)
        return LevelNote(one.heading, fact, wrong.what, wrong.code, wrong.mend)

    def _places(self, cell: object, near: tuple[str, ...]) -> tuple[str, ...]:
        if not isinstance(cell, str | int) or isinstance(cell, bool):
            return ()
        name = str(cell).strip()
        found = self.rulebook.gazetteer.candidates(name, "place", near)
        if not found and not name.isascii():
            read = self._addresses.read(_BETWEEN.sub("", name))
            apart = AddressDoubt.PROVINCE in read.doubts
            found = (
                ()
                if read.division is None or apart or _rest(read.division, self.rulebook.gazetteer, name)
                else (read.division,)
            )
        return found

    @cached_property
    def _addresses(self) -> Addresses:
        return addresses_of(self.rulebook.gazetteer)

    def _finest(self, found: Sequence[tuple[LevelCell, str]], alone: bool) -> dict[str, tuple[object, str]]:
        """The city as it is told, and the district if a place of any level is finer and no column tells it."""
        gazetteer = self.rulebook.gazetteer
        depth = {place: len(gazetteer.path(place)) for _, place in found}
        cities = [one for one in found if one[0].holds == CITY] or [one for one in found if one[0].holds == "province"]
        finest = max(found, key=lambda one: depth[one[1]])
        city = max(cities or [finest], key=lambda one: depth[one[1]])
        if depth[finest[1]] > depth[city[1]] and (not alone or city[0].holds == "province"):
            city = finest
        gives = {CITY: (self._written(*city), city[0].heading)}
        # Suzhou beside Jiangsu is no other city: its code says so.
        if any(one is not city[0] and not self._is_alike(one) for one, _ in found) and self._is_alike(city[0]):
            gives = {CITY: (city[1], city[0].heading)}
        if alone and depth[finest[1]] > depth[city[1]]:
            gives[DISTRICT] = (self._written(*finest, near=(city[1],)), finest[0].heading)
        return gives

    def _is_alike(self, one: LevelCell) -> bool:
        """Whether a cell is the Latin name of several cities."""
        return len(self.rulebook.gazetteer.written_alike(str(one.cell).strip())) > 1

    def _former(
        self, found: Sequence[tuple[LevelCell, str]], gives: Mapping[str, tuple[object, str]]
    ) -> Iterator[LevelNote]:
        """The notes on former divisions that are told by the code of the current one: of others the name tells it."""
        gazetteer = self.rulebook.gazetteer
        for one, place in found:
            fact = next((fact for fact, told in gives.items() if told == (place, one.heading)), None)
            former = gazetteer.former_of(str(one.cell).strip(), place) if fact and one.cell != place else None
            if fact and former is not None:
                yield LevelNote(one.heading, fact, read_as(gazetteer, former))

    def _written(self, one: LevelCell, place: str, near: tuple[str, ...] = ()) -> object:
        """A cell as it is written, if that means the place by itself; else its code."""
        alone = self.rulebook.gazetteer.candidates(str(one.cell).strip(), "place", near)
        return one.cell if alone == (place,) else place

    def _in_city(
        self,
        district: LevelCell,
        near: Sequence[str],
        gives: dict[str, tuple[object, str]],
        notes: list[LevelNote],
    ) -> None:
        """Adds a district as far as it can be read near these places."""
        gazetteer = self.rulebook.gazetteer
        places = self._places(district.cell, tuple(near))
        fits = len(places) == 1 and all(gazetteer.overlap(places[0], one) for one in near)
        name = str(district.cell).strip()
        place = max(near, key=lambda one: len(gazetteer.path(one)))
        if self._has_cities(place) and needs_city(gazetteer, name):
            notes.append(lone_note(district.heading, name))
        elif not fits and short_for(gazetteer, name) is not None:
            notes.append(self._elsewhere(district, DISTRICT, place))
        elif (
            not fits
            and is_functional_zone(name)
            and not gazetteer.candidates(name, "division")
            and division_within(gazetteer, name) is None
        ):
            where = Text(gazetteer.name(place), gazetteer.name(place, "en"))
            meant = is_meant(self._similar(district, tuple(near)))
            notes.append(LevelNote(district.heading, DISTRICT, _said(_IN_ZONE, name, where), hint=meant))
        else:
            # Beside the city's cell it is read near that; a province's may leave it ambiguous.
            city = gazetteer.candidates(str(gives[CITY][0]), "place")
            again = gazetteer.candidates(name, "place", city)
            value = places[0] if fits and again != places else district.cell
            gives[DISTRICT] = (value, district.heading)

    def _has_cities(self, place: str) -> bool:
        """Whether a place is a province with several cities, any of which may have had a district of some name."""
        gazetteer = self.rulebook.gazetteer
        return gazetteer.level(place) == "province" and not gazetteer.is_city(place)

    def _similar(self, one: LevelCell, near: tuple[str, ...]) -> tuple[str, ...]:
        """The names of divisions that an unknown cell may be meant for, near some places."""
        return similar_places(self.rulebook.gazetteer, str(one.cell), near)

    def _without_city(
        self, unread: Sequence[LevelCell], district: LevelCell | None, notes: list[LevelNote]
    ) -> LevelFacts:
        """What is told where no cell beside the district can be read."""
        gives: dict[str, tuple[object, str]] = {}
        if unread:
            # The reader of profiles says what is wrong with it.
            own = next((one for one in unread if one.holds == CITY), unread[0])
            gives[CITY] = (own.cell, own.heading)
            notes += [_unknown(CITY, one, similar=self._similar(one, ())) for one in unread if one is not own]
        if district is not None:
            if needs_city(self.rulebook.gazetteer, district.cell) and (unread or not self.later):
                notes.append(lone_note(district.heading, district.cell))
            else:
                gives[DISTRICT] = (district.cell, district.heading)
        return LevelFacts(gives, tuple(notes))


def _rest(division: str, gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name goes on after the division that it begins with: then it may be finer than was read."""
    official = gazetteer.divisions[division].zh
    return not _BETWEEN.sub("", name).endswith((official, official[:-1]))


@dataclass(frozen=True)
class SectorLevels:
    """Reads the cells of a company's sector, from section to class."""

    rulebook: Rulebook
    declaration: FactDeclaration

    def read(self, cells: Sequence[LevelCell]) -> LevelFacts:
        """The sector that the finest readable cell tells."""
        fact = self.declaration.name
        sectors = self.rulebook.sectors
        told = [one for one in cells if not is_missing(one.cell)]
        found: list[tuple[LevelCell, tuple[str, ...], object]] = []
        unread: list[LevelCell] = []
        for one in told:
            codes, value = self._codes(one, [code for _, own, _ in found for code in own])
            if not codes:
                unread.append(one)
                continue
            for other, own, _ in found:
                if not any(sectors.related(code, each) for code in codes for each in own):
                    return LevelFacts({}, (), (self._as_read(other, own), self._as_read(one, codes)))
            found.append((one, codes, value))
        if not found:
            first = next(reversed(unread), None)
            gives = {} if first is None else {fact: (_passed(first.cell), first.heading)}
            return LevelFacts(gives, tuple(_unknown(fact, one) for one in unread[:-1]))
        # Of equally fine cells a code of its own column goes first.
        finest = max(found, key=lambda one: (max(len(sectors.path(code)) for code in one[1]), one[0].holds == fact))
        counts = finest[0].heading, _words(finest[0].cell)
        notes = [_unknown(fact, one, counts) for one in unread if one.holds != fact]
        return LevelFacts({fact: (finest[2], finest[0].heading)}, tuple(notes))

    def _as_read(self, one: LevelCell, codes: Sequence[str]) -> LevelCell:
        """A cell with the sectors that it was read as."""
        named = [self.rulebook.sectors.named(code) for code in codes]
        zh = "、".join(f"{one.code} {one.zh}" for one in named)
        en = "; ".join(f"{one.code} {one.en}" for one in named)
        return replace(one, means=Text(zh, en))

    def _codes(self, one: LevelCell, coarser: Sequence[str]) -> tuple[tuple[str, ...], object]:
        """The codes that a cell tells, and the cell as a profile would state it; none if a word of it is unknown."""
        sectors = self.rulebook.sectors
        codes: list[str] = []
        written: list[str] = []
        digits = _DIGITS_OF.get(one.holds)
        for listed in self._listed(one.cell):
            word = listed if digits is None else str(code_of(listed))
            alone = found = sectors.sectors_of(word)
            if digits is not None:
                found = self._at_level(word, found, digits)
            elif one.holds == SECTOR_LEVELS[0] and self._is_everyday(word, found):
                found = tuple(dict.fromkeys(map(sectors.section, found)))
            if len(found) > 1 and coarser:
                found = tuple(code for code in found if any(sectors.related(code, each) for each in coarser))
            if len(found) != 1:
                return (), None
            codes.append(found[0])
            written.append(word if alone == found else found[0])
        return tuple(codes), written

    def _is_everyday(self, word: str, found: Sequence[str]) -> bool:
        """Whether a word is neither a code nor the name of a sector: under a heading of sections 信息技术 is the whole
        section, whichever part of it the word means elsewhere.
        """
        named = [self.rulebook.sectors.named(code) for code in found]
        names = {name.casefold() for one in named for name in (one.zh, one.en)}
        return not any(letter.isdigit() for letter in word) and word.strip().casefold() not in names

    def _listed(self, cell: object) -> list[str]:
        if isinstance(cell, (list, tuple)):
            return [str(one) for one in cell]
        return words_of(self.rulebook, self.declaration, str(sector_of(cell)).strip())

    def _at_level(self, word: str, found: tuple[str, ...], digits: int) -> tuple[str, ...]:
        """The codes of a word in a column of codes of one length: a number may have lost its leading zero."""
        sectors = self.rulebook.sectors
        if re.fullmatch(r"[0-9]+", word) and len(word) == digits - 1 and sectors.catalogue.find(f"0{word}") is not None:
            return tuple(dict.fromkeys((*found, f"0{word}")))
        exact = tuple(code for code in sectors.catalogue.codes_of(word) if len(code) == digits)
        return exact if len(exact) == 1 else found


_DIGITS_OF = {"sector_division": 2, "sector_group": 3, "sector_class": 4}


def _passed(cell: object) -> object:
    return list(cell) if isinstance(cell, tuple) else cell


def _words(cell: object) -> str:
    return "; ".join(map(str, cell)) if isinstance(cell, (list, tuple)) else str(cell)
