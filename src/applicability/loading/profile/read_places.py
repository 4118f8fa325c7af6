"""Reads where an entity is: its divisions, zones and types of zone, and the place of registration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from applicability.errors import SIMILAR, Location
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.dittos import is_ditto
from applicability.loading.company.parts_apart import parts_apart
from applicability.loading.company.zone_names import division_within, is_functional_zone
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.read_words import WordReader
from applicability.loading.profile.similar_words import one_sign_apart
from applicability.messages import is_meant
from applicability.model.facts import Value
from applicability.model.former import FactNote
from applicability.model.partial import NO
from applicability.model.place_notes import no_place_note, place_note
from applicability.model.place_spellings import is_any_citys, names_no_place
from applicability.model.places import Gazetteer, Whereabouts, fold
from applicability.model.registration import pilot_or_city, registrations, with_registration
from applicability.model.rulebook import Rulebook
from applicability.model.similar_places import similar_places
from applicability.model.similar_zones import areas_of_zone, similar_zones, zones_holding
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.loading.profile.mistake import Mistake

# Names in Latin letters share many of these by chance: “Atlantis” is no Lanxi.
_SIMILAR_LATIN = 0.75
# Cities that are named where a short name differs from theirs in one sign.
_MOST_CITIES = 3
# Zones that are named where a name may mean several.
_MOST_ZONES = 6


# Answers to a question that a column of zones may seem to ask.
_NO = frozenset(("否", "不在", "不是", "不属于", "no", "n"))


def unknown_zone(rulebook: Rulebook, name: str, near: Iterable[str], *, none: bool = True) -> Mistake:
    """What is wrong with a word of a register that is no zone; `near` are places that its company stands in, and `none`
    is whether it may stand in no zone.
    """
    gazetteer, near = rulebook.gazetteer, tuple(near)
    types = next((one.label for one in rulebook.facts_of("zone_types")), Text("", ""))
    zones = next((one.label for one in rulebook.facts_of("zones")), None)
    if fold(name) in _NO and none and zones is not None:
        return mistakes.no_for_none_in_register(name, zones, types)
    if areas := areas_of_zone(gazetteer, name, near):
        named = [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in areas[:_MOST_ZONES]]
        kind = gazetteer.zone_types[gazetteer.zones[areas[0]].types[0]]
        return mistakes.zone_by_areas_in_register(name, named, types, Text(kind.zh, kind.en))
    return mistakes.unknown_zone_in_register(name, similar_zones(rulebook.gazetteer, name, near), types)


def several_zones(gazetteer: Gazetteer, name: str, found: Sequence[str], near: Sequence[str]) -> Mistake:
    """What is wrong with a word of a register that may mean several zones; `near` are places that its company tells."""
    names = [Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in found[:_MOST_ZONES]]
    cities = {gazetteer.city_of(area) for one in found for area in gazetteer.areas(one)}
    other = next((one for one in near if not any(gazetteer.overlap(one, zone) for zone in found)), None)
    if other is None or len(cities) != 1:
        return mistakes.several_zones_in_register(name, names)
    there, here = (Text(gazetteer.name(one), gazetteer.name(one, "en")) for one in (*cities, other))
    return mistakes.several_zones_in_register(name, names, (there, here))


@dataclass
class WhereaboutsReader(WordReader):
    """Reads the places of one profile."""

    def whereabouts(self) -> Whereabouts:
        gazetteer = self.rulebook.gazetteer
        zones, no_zones = self.words("zones")
        found_zones: list[str] | None = None if zones is None else []
        divisions: list[str] = []
        named: list[str] = []
        # A city settles which district or zone a shared name means, a district which zone: read in that order, but let
        # a zone that can be only one help to read an ambiguous city, as 朝阳 with a Beijing zone does.
        every = [gazetteer.candidates(str(name), "zone") for _, name in zones or ()]
        certain = [places[0] for places in every if len(places) == 1]
        told = self.given("place")
        for at, (fact, written) in enumerate(told):
            later = (one for _, other in told[at + 1 :] for one in self.alone(other))
            place = self.place(fact, written, "place", (*divisions, *certain), self.profile.at(fact), later)
            if place is not None:
                for other in divisions:
                    if not gazetteer.overlap(place, other):
                        self.outside(str(written), place, other, self.profile.at(fact))
                        break
                divisions.append(place)
                named.append(fact)
        self.divisions = divisions
        for here, name in zones or ():
            zone = self.place("zones", name, "zone", divisions, here)
            if zone is None or zone in (found_zones or ()):  # nothing new, however often it is said
                continue
            for other in (*divisions, *(found_zones or ())):
                if not gazetteer.overlap(zone, other):
                    self.outside(str(name), zone, other, here)
                    break
            if found_zones is not None:
                found_zones.append(zone)
        others = [self.place("zones", name, "zone", divisions, here) for here, name in no_zones or ()]
        types, no_types = self.zone_types()
        found = Whereabouts(
            tuple(divisions),
            None if found_zones is None else frozenset(found_zones),
            types,
            tuple(named),
            None if no_zones is None else frozenset(zone for zone in others if zone is not None),
            no_types,
        )
        if no_zones or no_types:
            for no, place in gazetteer.ruled_out(found):
                name = "zones" if no in gazetteer.zones else "zone_types"
                follows = None if no == place else Text(gazetteer.name(place), gazetteer.name(place, "en"))
                wrong = mistakes.yes_and_no(name, gazetteer.name(no), follows)
                self.add(self.profile.at(name, NO), wrong)
        return found

    def lists_zones(self) -> bool:
        """Whether the profile says in which zones it stands."""
        return any(self.profile.facts.get(one.name) is not None for one in self.rulebook.facts_of("zones"))

    def own_note(self, name: str, place: str, near: Iterable[str]) -> Text | None:
        """The note on a name that was read as a place near others."""
        return place_note(self.rulebook.gazetteer, name, place, near, listed=self.lists_zones())

    def given(self, type_: str) -> list[tuple[str, object]]:
        """The facts of a type that the profile gives, in the order of the rulebook."""
        given = self.profile.facts
        found = [one.name for one in self.rulebook.facts_of(type_) if given.get(one.name) is not None]
        return [(name, given[name]) for name in found if not self.left_out(name)]

    def left_out(self, fact: str) -> bool:
        """Whether a place only says that its level is left out, as 市辖区 does: it is noted, and nothing is told."""
        written = self.profile.facts[fact]
        if not isinstance(written, str) or not names_no_place(written):
            return False
        self.notes.append(FactNote(fact, no_place_note(written)))
        return True

    def place(
        self,
        fact: str,
        written: object,
        kind: str,
        near: tuple[str, ...] | list[str],
        here: Location,
        later: Iterable[str] = (),
    ) -> str | None:
        """The place of a name near some places; `later` are those that are told after it."""
        gazetteer = self.rulebook.gazetteer
        if not isinstance(written, (str, int)) or isinstance(written, bool):
            self.add(here, mistakes.no_name(fact))
            return None
        name = str(written).strip()
        found = gazetteer.candidates(name, kind, near)
        if len(found) == 1:
            if kind == "place" and (note := self.own_note(name, found[0], near)) is not None:
                self.notes.append(FactNote(fact, note))
            return found[0]
        if found:
            other = self.none_in(name, found, (*near, *later)) if kind == "place" else None
            if other is not None:
                around = [self.full_name(one, name) for one in found[:6]]
                self.add(here, mistakes.outside(name, gazetteer.name(other), around))
                return None
            if kind == "zone" and not self.suggestions:
                self.add(here, several_zones(gazetteer, name, found, near))
                return None
            several = mistakes.several_zones if kind == "zone" else mistakes.several_places
            self.add(here, several(name, [(one, self.full_name(one, name)) for one in found[:6]]))
            return None
        self.add(here, self.unknown_name(name, kind, near))
        return None

    def alone(self, written: object) -> tuple[str, ...]:
        """The place that a name means by itself; none if it may mean several."""
        found = self.rulebook.gazetteer.candidates(written.strip(), "place") if isinstance(written, str) else ()
        return found if len(found) == 1 else ()

    def none_in(self, name: str, found: Iterable[str], near: Iterable[str]) -> str | None:
        """The place in which none of those lies that a name may mean; None for a name that any city has."""
        overlap = self.rulebook.gazetteer.overlap
        apart = (one for one in near if not any(overlap(place, one) for place in found))
        return None if is_any_citys(name) else next(apart, None)

    def unknown_name(self, name: str, kind: str, near: tuple[str, ...] | list[str]) -> Mistake:
        """What is wrong with a name that no place of a kind has."""
        gazetteer = self.rulebook.gazetteer
        if is_ditto(name):
            return mistakes.ditto(name)
        if (said := gazetteer.parts_of(name, "zone" if kind == "zone" else "division")) is not None:
            several = mistakes.several_zones if kind == "zone" else mistakes.several_places
            every = dict.fromkeys(part[0][0] for part in said)
            return several(name, [(one, self.full_name(one)) for one in every])
        if gazetteer.candidates(name, "division" if kind == "zone" else "zone", near):
            what = mistakes.no_zone(name) if kind == "zone" else mistakes.no_place(name)
            other = "zone" if kind == "zone" else "division"
            if not self.suggestions:
                return mistakes.other_place_in_register(what, other)
            return mistakes.other_place(what, name, other)
        if self.suggestions and kind == "zone" and (areas := areas_of_zone(gazetteer, name, near)):
            return mistakes.several_zones(name, [(one, self.full_name(one)) for one in areas[:_MOST_ZONES]])
        if not self.suggestions:
            if kind == "zone":
                return unknown_zone(self.rulebook, name, near)
            if (within := division_within(gazetteer, name)) is not None:
                return mistakes.place_within_in_register(name, within)
            if (apart := parts_apart(gazetteer, name)) is not None:
                return apart
            if is_functional_zone(name):
                return mistakes.zone_for_place_in_register(name, similar_zones(self.rulebook.gazetteer, name, near))
            return mistakes.unknown_place_in_register(name, similar_places(gazetteer, name, near))
        if kind != "zone" and self.suggests:
            zones = zones_holding(gazetteer, name)
            if zones:
                return mistakes.part_of_zones(name, [Text(gazetteer.name(z), gazetteer.name(z, "en")) for z in zones])
        unknown = mistakes.unknown_zone if kind == "zone" else mistakes.unknown_place
        known = partial(gazetteer.all_names, "zone" if kind == "zone" else "division")
        near_ = self.near(name, known, _SIMILAR_LATIN if name.isascii() else SIMILAR)
        if near_ is None and kind != "zone" and self.suggests:
            cities = (gazetteer.name(code).removesuffix("市") for code in gazetteer.divisions if code.endswith("00"))
            near_ = is_meant(one_sign_apart(name, cities)[:_MOST_CITIES])
        return unknown(name, near_)

    def full_name(self, place: str, written: str | None = None) -> list[str]:
        """The names of a place from the province down; the last with the former one that is written, if that is it."""
        gazetteer = self.rulebook.gazetteer
        if place in gazetteer.zones:
            return [gazetteer.name(place)]
        former = None if written is None else gazetteer.former_of(written, place)
        names = [gazetteer.name(code) for code in reversed(gazetteer.path(place))]
        return names if former is None else [*names[:-1], f"{names[-1]}（{former.zh}）"]

    def outside(self, written: str, place: str, other: str, here: Location) -> None:
        gazetteer = self.rulebook.gazetteer
        around = [self.full_name(area) for area in gazetteer.areas(place)]
        former = None if place in gazetteer.zones else gazetteer.former_of(written, place)
        shown = gazetteer.name(place) if former is None else former.zh
        self.add(here, mistakes.outside(shown, gazetteer.name(other), around))

    def zone_types(self) -> tuple[frozenset[str] | None, frozenset[str] | None]:
        """The types of zone that it names, and those that it says it is in none of; None where it says nothing."""
        yes, no = self.words("zone_types")
        return self.known_words(yes, self.zone_type), self.known_words(no, self.zone_type)

    def zone_type(self, here: Location, word: str) -> str | None:
        found = self.rulebook.gazetteer.zone_type_of(word)
        if found is None:
            known = [n for id, k in self.rulebook.gazetteer.zone_types.items() for n in (id, k.zh, k.en, *k.aliases)]
            self.unknown("zone_types", word, known, here)
        return found

    def registration(self, name: str, written: object) -> str | None:
        """The place of registration: a division, or a zone that no division is called as."""
        # It may lie in another district than the place of business, of a name that other cities have too.
        near = tuple(pilot_or_city(self.rulebook, one) for one in self.divisions)
        kind = "division"
        if isinstance(written, str) and not self.rulebook.gazetteer.candidates(written.strip(), kind, near):
            kind = "zone" if self.rulebook.gazetteer.candidates(written.strip(), "zone", near) else kind
        return self.place(name, written, kind, near, self.profile.at(name))

    def registered(self, values: dict[str, Value], whereabouts: Whereabouts) -> dict[str, Value]:
        """The values with what follows from the place of registration."""
        found = with_registration(values, whereabouts, self.rulebook)
        for one in registrations(self.rulebook):
            held, follows = values.get(one.settles), found.get(one.settles)
            if one.name in values and follows is None and held is not None:
                found[one.settles] = held  # it says more than the place does
                del found[one.name]
            elif held is not None and held != follows:
                wrong = mistakes.contradicted(one.settles, str(held), str(follows), mistakes.REGISTERED)
                self.add(self.profile.at(one.settles), wrong)
        return found
