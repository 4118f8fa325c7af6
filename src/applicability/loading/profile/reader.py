"""Reads a profile into the facts of an entity, or reports every problem in it at once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING

from applicability.days import today
from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.profile.keys import BUILT_IN, in_facts
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.parts import parts_said
from applicability.loading.profile.written import is_none, is_unknown, narrow, words_of
from applicability.loading.yaml.reader import parse, read_bytes
from applicability.loading.yaml.scalars import is_overlong, read_date, read_decimal, read_truth
from applicability.messages import did_you_mean
from applicability.model.derive import WHOLE, derive
from applicability.model.facts import FactDeclaration, Facts, Investor, Value
from applicability.model.former import FactNote
from applicability.model.headings import plain
from applicability.model.leaf_kinds import LIMITS
from applicability.model.partial import NO, YES, Interval, PartialSet, as_written, interval_of
from applicability.model.place_notes import no_place_note, place_note
from applicability.model.place_spellings import names_no_place
from applicability.model.places import Whereabouts, fold
from applicability.model.profile import Profile
from applicability.model.registration import registrations, with_registration
from applicability.model.rulebook import Rulebook
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.loading.profile.mistakes import Mistake

_PlacedWords = list[tuple[Location, object]]


def profile_of_bytes(data: bytes, shown: str) -> Profile:
    """A profile from the bytes of a YAML or JSON file. Raises ProfileError."""
    tree, problems = parse(data, shown, "P")
    if tree is None:
        raise ProfileError(problems)
    if not isinstance(tree.data, dict):
        code, what, mend = mistakes.no_mapping()
        raise ProfileError([Problem(code, tree.at(), what, mend)])
    return Profile.of(tree.data, shown, tree.places, tree.keys)


def load_profile(path: str | os.PathLike[str]) -> Profile:
    """Read a profile from a YAML or JSON file of at most 5 MB. Raises ProfileError."""
    data, problems = read_bytes(path, str(path), "P001")
    if data is None:
        raise ProfileError(problems)
    return profile_of_bytes(data, str(path))


def read_facts(
    profile: Profile, rulebook: Rulebook, as_of: datetime.date | None = None, *, suggestions: bool = True
) -> Facts:
    """The facts of a profile, given and derived.

    `as_of` overrides the profile's own day; without either it is today in Beijing. Raises ProfileError with every
    problem: unknown keys, wrong types, unknown or ambiguous names, contradictions. Without `suggestions` hints do not
    name the nearest known words, which take most of the time for a bad profile.
    """
    told = in_facts(profile, rulebook)
    profile = told.profile
    overlong = [name for name, value in profile.facts.items() if is_overlong(value)]
    reader = _Reader(profile.but(**dict.fromkeys(overlong)) if overlong else profile, rulebook, suggestions)
    reader.problems += told.problems
    reader.notes += told.notes
    for name in overlong:
        reader.add(profile.at(name), mistakes.overlong_number(name))
    facts = reader.read(as_of)
    if not reader.problems:
        facts, clashes = derive(facts, rulebook)
        for clash in clashes:
            held, follows = _shown(clash.held), _shown(clash.follows)
            wrong = mistakes.contradicted(clash.fact, held, follows, clash.derivation.reason)
            reader.add(profile.at(clash.fact), wrong)
    if reader.problems:
        raise ProfileError(sorted(reader.problems, key=lambda p: (p.location.line, p.location.column)))
    return facts


def problems_of(fact: str, value: object, rulebook: Rulebook) -> tuple[Problem, ...]:
    """What is wrong with one fact by itself, which is no place; sooner than `read_facts` tells, without suggestions.

    Empty does not mean that a profile with nothing else can be read: what follows from the fact is left out.
    """
    if is_overlong(value):
        return (Problem((wrong := mistakes.overlong_number(fact)).code, Location(fact), wrong.what, wrong.mend),)
    reader = _Reader(Profile.of({fact: value}), rulebook, suggestions=False)
    reader.value(rulebook.facts[fact], value)
    return tuple(reader.problems)


def _shown(value: Value) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(part) for part in value))
    written = as_written(value)
    if isinstance(written, Mapping):
        said = {key: f"[{', '.join(one)}]" if isinstance(one, list) else one for key, one in written.items()}
        return f"{{{', '.join(f'{key}: {one}' for key, one in said.items())}}}"
    return str(written)


@dataclass
class _Reader:
    profile: Profile
    rulebook: Rulebook
    suggestions: bool = True
    problems: list[Problem] = field(default_factory=list)
    notes: list[FactNote] = field(default_factory=list)
    divisions: list[str] = field(default_factory=list)

    def add(self, place: Location, wrong: Mistake) -> None:
        self.problems.append(Problem(wrong.code, place, wrong.what, wrong.mend))

    def near(self, word: str, known: Callable[[], Iterable[str]]) -> Text | None:
        """A hint with the nearest known words; `known` is called only if suggestions are on."""
        return did_you_mean(word, known()) if self.suggestions else None

    def read(self, as_of: datetime.date | None) -> Facts:
        given, declared = self.profile.facts, self.rulebook.facts
        for key in given:
            if key not in declared and key not in BUILT_IN:
                near = self.near(key, partial(self.keys_like, key))
                self.add(self.profile.key_at(key), mistakes.unknown_fact(key, near))
        whereabouts = self.whereabouts()
        values: dict[str, Value] = {}
        for name in (name for name in declared if name in given):
            declaration, written = declared[name], given[name]
            if written is None or declaration.type in ("place", "zones", "zone_types"):
                continue
            value = self.value(declaration, written)
            if value is not None:
                values[name] = value
        values = self.registered(values, whereabouts)
        day = as_of or self.day("as_of") or today()
        return Facts(values, whereabouts, day, self.determinations(), limits=self.limits(), notes=tuple(self.notes))

    def keys_like(self, key: str) -> tuple[str, ...]:
        """The keys that a wrong one may have been meant for: in Chinese if it is."""
        own = (*self.rulebook.facts, *BUILT_IN)
        return own if key.isascii() else (*own, *self.rulebook.headings.words)

    # Places ------------------------------------------------------------------------------------------------------

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
        for fact, written in self.given("place"):
            place = self.place(fact, written, "place", (*divisions, *certain), self.profile.at(fact))
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
            if zone is None:
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

    def given(self, type_: str) -> list[tuple[str, object]]:
        """The facts of a type that the profile gives, in the order of the rulebook."""
        given, declared = self.profile.facts, self.rulebook.facts
        found = [name for name in declared if name in given and declared[name].type == type_]
        return [(name, given[name]) for name in found if given[name] is not None and not self.left_out(name)]

    def left_out(self, fact: str) -> bool:
        """Whether a place only says that its level is left out, as 市辖区 does: it is noted, and nothing is told."""
        written = self.profile.facts[fact]
        if not isinstance(written, str) or not names_no_place(written):
            return False
        self.notes.append(FactNote(fact, no_place_note(written)))
        return True

    def place(
        self, fact: str, written: object, kind: str, near: tuple[str, ...] | list[str], here: Location
    ) -> str | None:
        gazetteer = self.rulebook.gazetteer
        if not isinstance(written, (str, int)) or isinstance(written, bool):
            self.add(here, mistakes.no_name(fact))
            return None
        name = str(written).strip()
        found = gazetteer.candidates(name, kind, near)
        if len(found) == 1:
            if kind == "place" and (note := place_note(gazetteer, name, found[0], near)) is not None:
                self.notes.append(FactNote(fact, note))
            return found[0]
        if found:
            several = mistakes.several_zones if kind == "zone" else mistakes.several_places
            self.add(here, several(name, [(one, self.full_name(one)) for one in found[:6]]))
            return None
        other = gazetteer.candidates(name, "division" if kind == "zone" else "zone", near)
        if other:
            what = mistakes.no_zone(name) if kind == "zone" else mistakes.no_place(name)
            self.add(here, mistakes.other_place(what, name, "zone" if kind == "zone" else "division"))
        else:
            unknown = mistakes.unknown_zone if kind == "zone" else mistakes.unknown_place
            self.add(
                here,
                unknown(name, self.near(name, lambda: gazetteer.all_names("zone" if kind == "zone" else "division"))),
            )
        return None

    def full_name(self, place: str) -> list[str]:
        gazetteer = self.rulebook.gazetteer
        if place in gazetteer.zones:
            return [gazetteer.name(place)]
        return [gazetteer.name(code) for code in reversed(gazetteer.path(place))]

    def outside(self, written: str, place: str, other: str, here: Location) -> None:
        gazetteer = self.rulebook.gazetteer
        around = self.full_name(gazetteer.areas(place)[0])
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
            self.unknown(mistakes.ZONE_TYPE, word, known, here)
        return found

    def registration(self, name: str, written: object) -> str | None:
        """The place of registration: a division, or a zone that no division is called as."""
        near = tuple(self.divisions)
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

    # Values ------------------------------------------------------------------------------------------------------

    def words(self, name: str) -> tuple[_PlacedWords | None, _PlacedWords | None]:
        """The words of a list with where they stand, and those that it says are not in it.

        None where it is missing, and in the second place where the list is complete.
        """
        written = self.profile.facts.get(name)
        if not isinstance(written, Mapping) or name not in self.rulebook.facts:
            listed = self.listed(name, written)
            return None if listed is None else [(self.profile.at(name, i), one) for i, one in enumerate(listed)], None
        said = self.parts(self.rulebook.facts[name], written)
        found = {part: self.listed(name, one) or [] for part, one in said.items()}
        yes, no = (
            [(self.profile.at(name, part, i), one) for i, one in enumerate(found.get(part, ()))] for part in (YES, NO)
        )
        return yes, no

    def parts(self, declaration: FactDeclaration, written: Mapping[object, object]) -> dict[str, object]:
        """The parts of a fact that is known in part."""
        said, wrong = parts_said(self.profile, declaration, written, self.near)
        for place, mistake in wrong:
            self.add(place, mistake)
        return said

    def known_words(
        self, words: _PlacedWords | None, read: Callable[[Location, str], str | None]
    ) -> frozenset[str] | None:
        """What words stand for; None where nothing is said."""
        if words is None:
            return None
        found = [read(here, str(word)) for here, word in words]
        return frozenset(one for one in found if one is not None)

    def several(self, name: str, read: Callable[[Location, str], str | None]) -> frozenset[str] | PartialSet:
        """A list fact as facts hold it."""
        yes, no = self.words(name)
        held = self.known_words(yes, read) or frozenset()
        if no is None:
            return held
        outside: frozenset[str] = frozenset()
        for here, word in no:
            found = read(here, str(word))
            if found is not None:
                without = self.rulebook.sectors.closed_down((found,)) if name == "activities" else frozenset((found,))
                outside |= without
                if without & held:
                    self.add(here, mistakes.yes_and_no(name, str(word)))
        return PartialSet(held, outside)

    def listed(self, name: str, written: object) -> list[object] | None:
        """A list fact as given: one word stands for a list of one; None where it is missing."""
        if written is None or name not in self.rulebook.facts:
            return None
        if isinstance(written, (list, tuple, set, frozenset)):
            return list(written)
        if isinstance(written, str) and written.strip():
            return list(words_of(self.rulebook, self.rulebook.facts[name], written.strip()))
        if isinstance(written, (str, int)) and not isinstance(written, bool):
            return [written]
        self.add(self.profile.at(name), mistakes.no_list(name))
        return None

    def unknown(self, kind: Text, word: str, known: list[str], here: Location) -> None:
        self.add(here, mistakes.unknown_word(kind, word, self.near(word, lambda: known)))

    def value(self, declaration: FactDeclaration, written: object) -> Value | None:
        name, here = declaration.name, self.profile.at(declaration.name)
        match declaration.type:
            case "percent" | "number" if isinstance(written, Mapping):
                return self.bounds(declaration, written)
            case "percent" | "number":
                return self.number(declaration, written, here)
            case "date":
                return self.day(name)
            case "boolean":
                truth = read_truth(written)
                if truth is None:
                    self.add(here, mistakes.no_truth(name, written))
                return None if truth is None else "true" if truth else "false"
            case "choice":
                return self.choice(declaration, written, here)
            case "choices":
                return self.several(name, lambda place, word: self.choice(declaration, word, place))
            case "sector":
                return self.sectors(name)
            case "activities":
                return self.several(name, self.activity)
            case "investors":
                return self.investors(declaration, written)
            case "registration":
                return self.registration(name, written)
        return None

    def bounds(self, declaration: FactDeclaration, written: Mapping[object, object]) -> Interval | Decimal | None:
        """The numbers that keep to all bounds, and to the range of the fact."""
        name, said = declaration.name, self.parts(declaration, written)
        read = [(key, self.number(declaration, one, self.profile.at(name, key))) for key, one in said.items()]
        known = [(key, limit) for key, limit in read if limit is not None]
        low, high = declaration.ends
        found = interval_of(known).meet(Interval(low, False, high, False))
        if found.empty:
            shown = ", ".join(f"{key}: {limit:f}" for key, limit in known)
            self.add(self.profile.at(name), mistakes.no_number_within(name, f"{{{shown}}}"))
        return found.value if len(known) == len(read) and known and not found.empty else None

    def number(self, declaration: FactDeclaration, written: object, here: Location) -> Decimal | None:
        name = declaration.name
        percent = declaration.type == "percent"
        text = narrow(written).strip() if isinstance(written, str) else written
        if percent and isinstance(text, str):
            text = "0" if is_none(text) else text.rstrip("%").rstrip()
        number = read_decimal(text)
        if number is None:
            self.add(here, mistakes.no_number(name, written))
            return None
        low, high = declaration.ends
        if (low is not None and number < low) or (high is not None and number > high):
            unit = Text("百分比", "percent") if percent else declaration.unit or Text("", "")
            self.add(here, mistakes.out_of_range(name, written, low, high, unit))
            return None
        return number

    def day(self, name: str) -> datetime.date | None:
        written = self.profile.facts.get(name)
        if written is None:
            return None
        day = read_date(written)
        if day is None:
            self.add(self.profile.at(name), mistakes.no_date(name, written))
        return day

    def choice(self, declaration: FactDeclaration, written: object, here: Location) -> str | None:
        found = declaration.by_name.get(fold(written)) if isinstance(written, str) else None
        if found is None and (instead := declaration.instead_of(str(written))):
            shown = [(one.key, one.label) for one in instead]
            self.add(here, mistakes.word_not_taken(declaration.name, str(written), shown))
        elif found is None:
            known = [
                word for key, value in declaration.values.items() for word in (key, value.label.zh, *value.aliases)
            ]
            near = self.near(str(written), lambda: known)
            values = [f"`{key}` {value.label.zh}" for key, value in declaration.values.items()]
            self.add(here, mistakes.unknown_value(declaration.name, str(written), near, values))
        return found

    def sectors(self, name: str) -> tuple[str, ...] | None:
        sectors = self.rulebook.sectors
        found: list[str] = []
        for index, written in enumerate(self.listed(name, self.profile.facts.get(name)) or ()):
            here = self.profile.at(name, index)
            word = str(written)
            codes = sectors.sectors_of(word)
            if len(codes) == 1:
                found.append(codes[0])
            elif codes:
                shown = [sectors.named(code) for code in codes]
                self.add(here, mistakes.several_sectors(word, shown, sectors.around(codes)))
            elif (odds := sectors.at_odds(word)) is not None:
                self.add(here, mistakes.sector_at_odds(word, *map(sectors.named, odds)))
            else:
                near = sectors.near(word) if self.suggestions else ()
                self.add(here, mistakes.unknown_sector(word, near))
        return tuple(found) or None

    def activity(self, here: Location, word: str) -> str | None:
        sectors = self.rulebook.sectors
        found = sectors.activity_of(word)
        if found is None and (instead := sectors.instead_of(word)):
            self.add(here, mistakes.word_not_taken("activities", word, [(one.id, one.label) for one in instead]))
        elif found is None:
            near = self.near(word, lambda: sectors.activity_words)
            self.add(here, mistakes.unknown_word(mistakes.ACTIVITY, word, near))
        return found

    def investors(self, declaration: FactDeclaration, written: object) -> tuple[Investor, ...] | None:
        name = declaration.name
        if not isinstance(written, (list, tuple)):
            self.add(self.profile.at(name), mistakes.no_investors(name))
            return None
        found: list[Investor] = []
        for index, item in enumerate(written):
            here = self.profile.at(name, index)
            if not isinstance(item, Mapping):
                self.add(here, mistakes.no_investor())
                continue
            item = self.investor_keys(item, index)
            for key in map(str, item):
                if key not in ("origin", "share", "name"):
                    near = self.near(key, lambda: ("origin", "share", "name"))
                    self.add(self.profile.key_at(name, index, key), mistakes.unknown_key(key, near))
            if item.get("origin") is None:
                self.add(here, mistakes.no_origin())
                continue
            origin = self.choice(declaration, item.get("origin"), self.profile.at(name, index, "origin"))
            share = item.get("share")
            number = (
                None if share is None else read_decimal(narrow(share).rstrip("% ") if isinstance(share, str) else share)
            )
            if share is not None and (number is None or not 0 <= number <= 100):
                self.add(self.profile.at(name, index, "share"), mistakes.no_share(share))
            if origin is not None:
                found.append(Investor(origin, number))
        total = sum((one.share for one in found if one.share is not None), Decimal(0))
        if total > WHOLE:
            self.add(self.profile.at(name), mistakes.shares_over(total))
        if total == WHOLE:
            for index, one in enumerate(found):
                if one.share is None:
                    self.add(self.profile.at(name, index), mistakes.nothing_left(name))
        return tuple(found)

    def investor_keys(self, item: Mapping[object, object], index: int) -> Mapping[object, object]:
        """An investor with its keys in the words of the program."""
        found: dict[object, object] = {}
        first: dict[object, object] = {}
        for key, value in item.items():
            name = self.rulebook.by_key.get(plain(key), key) if isinstance(key, str) else key
            if (other := first.setdefault(name, key)) != key:
                self.add(self.profile.key_at("investors", index, str(key)), mistakes.key_twice(str(other), str(key)))
            found.setdefault(name, value)
        return found

    def determinations(self) -> dict[str, bool | None]:
        """What authorities have found on each judgement."""
        written = self.profile.facts.get("determinations")
        if written is None:
            return {}
        if not isinstance(written, Mapping):
            self.add(self.profile.at("determinations"), mistakes.no_findings())
            return {}
        found: dict[str, bool | None] = {}
        known = self.rulebook.judgements
        for key, value in written.items():
            here = self.profile.key_at("determinations", key)
            truth = read_truth(value)
            if key not in known:
                is_limit = key in self.rulebook.limits
                self.add(here, mistakes.unknown_finding(key, is_limit, self.near(str(key), lambda: known)))
            elif is_unknown(value):
                found[str(key)] = None
            elif truth is None:
                self.add(here, mistakes.no_truth(str(key), value))
            else:
                found[str(key)] = truth
        return found

    def limits(self) -> dict[str, bool | None]:
        """Whether uses keep each limit."""
        written = self.profile.facts.get(LIMITS)
        if written is None:
            return {}
        if not isinstance(written, Mapping) or not written:
            self.add(self.profile.at(LIMITS), mistakes.no_limits())
            return {}
        found: dict[str, bool | None] = {}
        known = self.rulebook.limits
        for key, value in written.items():
            here = self.profile.key_at(LIMITS, key)
            truth = read_truth(value)
            if key not in known:
                is_finding = key in self.rulebook.judgements
                self.add(here, mistakes.unknown_limit(key, is_finding, self.near(str(key), lambda: known)))
            elif is_unknown(value):
                found[str(key)] = None
            elif truth is None:
                self.add(here, mistakes.no_truth(str(key), value))
            else:
                found[str(key)] = truth
        return found
