"""Reads a profile into the facts of an entity, or reports every problem in it at once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from applicability.days import today
from applicability.errors import Location, Problem, ProfileError
from applicability.loading.profile.written import narrow, words_of
from applicability.loading.yaml.reader import parse, read_bytes
from applicability.loading.yaml.scalars import is_overlong, read_date, read_decimal, read_truth
from applicability.messages import did_you_mean
from applicability.model.derive import derive
from applicability.model.facts import FactDeclaration, Facts, Investor, NotRead, Value
from applicability.model.former import FactNote
from applicability.model.leaf_kinds import LIMITS
from applicability.model.place_notes import place_note
from applicability.model.places import Whereabouts, fold
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.text import Text

if TYPE_CHECKING:
    from applicability.loading.profile import mistakes
    from applicability.loading.profile.mistakes import Mistake
else:

    class _Mistakes:
        """Loads the error texts lazily, since most profiles need none."""

        def __getattr__(self, name: str) -> Any:
            from applicability.loading.profile import mistakes

            return getattr(mistakes, name)

    mistakes = _Mistakes()

BUILT_IN = ("name", "as_of", "determinations", "limits")


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
    """Reads a profile from a YAML or JSON file of at most 5 MB. Raises ProfileError."""
    data, problems = read_bytes(Path(path), str(path), "P001")
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
    overlong = [name for name, value in profile.facts.items() if is_overlong(value)]
    reader = _Reader(profile.but(**dict.fromkeys(overlong)) if overlong else profile, rulebook, suggestions)
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


def _shown(value: Value) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(part) for part in value))
    return format(value, "f") if isinstance(value, Decimal) else str(value)


@dataclass
class _Reader:
    profile: Profile
    rulebook: Rulebook
    suggestions: bool = True
    problems: list[Problem] = field(default_factory=list)
    notes: list[FactNote] = field(default_factory=list)

    def add(self, place: Location, wrong: Mistake) -> None:
        self.problems.append(Problem(wrong.code, place, wrong.what, wrong.mend))

    def near(self, word: str, known: Callable[[], Iterable[str]]) -> Text | None:
        """A hint with the nearest known words; `known` is called only if suggestions are on."""
        return did_you_mean(word, known()) if self.suggestions else None

    def read(self, as_of: datetime.date | None) -> Facts:
        given, declared = self.profile.facts, self.rulebook.facts
        for key in given:
            if key not in declared and key not in BUILT_IN:
                near = self.near(key, lambda: (*declared, *BUILT_IN))
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
        day = as_of or self.day("as_of") or today()
        return Facts(values, whereabouts, day, self.determinations(), limits=self.limits(), notes=tuple(self.notes))

    # Places ------------------------------------------------------------------------------------------------------

    def whereabouts(self) -> Whereabouts:
        gazetteer = self.rulebook.gazetteer
        zones = self.listed("zones")
        found_zones: list[str] | None = None if zones is None else []
        divisions: list[str] = []
        named: list[str] = []
        # A city disambiguates a district or zone, and a district a zone: read in that order, except that an unambiguous
        # zone helps with an ambiguous city, as 朝阳 with a Beijing zone.
        certain = [places[0] for name in zones or () if len(places := gazetteer.candidates(str(name), "zone")) == 1]
        for fact, written in self.given("place"):
            place = self.place(fact, written, "division", (*divisions, *certain), self.profile.at(fact))
            if place is not None:
                for other in divisions:
                    if not gazetteer.overlap(place, other):
                        self.outside(str(written), place, other, self.profile.at(fact))
                        break
                divisions.append(place)
                named.append(fact)
        for index, name in enumerate(zones or ()):
            here = self.profile.at("zones", index)
            zone = self.place("zones", name, "zone", divisions, here)
            if zone is None:
                continue
            for other in (*divisions, *(found_zones or ())):
                if not gazetteer.overlap(zone, other):
                    self.outside(str(name), zone, other, here)
                    break
            if found_zones is not None:
                found_zones.append(zone)
        return Whereabouts(
            tuple(divisions),
            None if found_zones is None else frozenset(found_zones),
            self.zone_types(),
            tuple(named),
        )

    def given(self, type_: str) -> list[tuple[str, object]]:
        """The facts of a type that the profile gives, in the order of the rulebook."""
        given, declared = self.profile.facts, self.rulebook.facts
        found = [name for name in declared if name in given and declared[name].type == type_]
        return [(name, given[name]) for name in found if given[name] is not None]

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
            if kind == "division" and (note := place_note(gazetteer, name, found[0], near)) is not None:
                self.notes.append(FactNote(fact, note))
            return found[0]
        if found:
            self.add(here, mistakes.several_places(name, [(one, self.full_name(one)) for one in found[:6]]))
            return None
        other = gazetteer.candidates(name, "division" if kind == "zone" else "zone", near)
        if other:
            what = mistakes.no_zone(name) if kind == "zone" else mistakes.no_place(name)
            self.add(here, mistakes.other_place(what, name, kind))
        else:
            unknown = mistakes.unknown_zone if kind == "zone" else mistakes.unknown_place
            self.add(here, unknown(name, self.near(name, lambda: gazetteer.all_names(kind))))
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

    def zone_types(self) -> frozenset[str] | None:
        names = self.listed("zone_types")
        if names is None:
            return None
        found = []
        for index, name in enumerate(names):
            zone_type = self.rulebook.gazetteer.zone_type_of(str(name))
            if zone_type is None:
                known = [
                    n for id, k in self.rulebook.gazetteer.zone_types.items() for n in (id, k.zh, k.en, *k.aliases)
                ]
                self.unknown(mistakes.ZONE_TYPE, str(name), known, self.profile.at("zone_types", index))
            else:
                found.append(zone_type)
        return frozenset(found)

    # Values ------------------------------------------------------------------------------------------------------

    def listed(self, name: str) -> list[object] | None:
        """A list fact as given, a single value as a list of one; None if missing."""
        written = self.profile.facts.get(name)
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
                listed = [(self.profile.at(name, i), word) for i, word in enumerate(self.listed(name) or ())]
                found = [self.choice(declaration, word, place) for place, word in listed]
                if not isinstance(written, (str, int, list, tuple, set, frozenset)) or isinstance(written, bool):
                    return None
                return frozenset(key for key in found if key is not None)
            case "sector":
                return self.sectors(name)
            case "activities":
                return self.activities(name)
            case "investors":
                return self.investors(declaration, written)
        return None

    def number(self, declaration: FactDeclaration, written: object, here: Location) -> Decimal | None:
        name = declaration.name
        percent = declaration.type == "percent"
        text = narrow(written).strip() if isinstance(written, str) else written
        if percent and isinstance(text, str):
            text = text.rstrip("%").rstrip()
        number = read_decimal(text)
        if number is None:
            self.add(here, mistakes.no_number(name, written))
            return None
        low = Decimal(0) if percent else declaration.minimum
        high = Decimal(100) if percent else declaration.maximum
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
        for index, written in enumerate(self.listed(name) or ()):
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

    def activities(self, name: str) -> frozenset[str]:
        found: list[str] = []
        for index, written in enumerate(self.listed(name) or ()):
            activity = self.rulebook.sectors.activity_of(str(written))
            if activity is None and (instead := self.rulebook.sectors.instead_of(str(written))):
                shown = [(one.id, one.label) for one in instead]
                here = self.profile.at(name, index)
                self.add(here, mistakes.word_not_taken(name, str(written), shown))
            elif activity is None:
                items = self.rulebook.sectors.activities.items()
                known = [word for id, one in items for word in (id, one.label.zh, one.label.en, *one.aliases)]
                self.unknown(mistakes.ACTIVITY, str(written), known, self.profile.at(name, index))
            else:
                found.append(activity)
        return frozenset(found)

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
            for key in item:
                if key not in ("origin", "share", "name"):
                    near = self.near(str(key), lambda: ("origin", "share", "name"))
                    self.add(self.profile.key_at(name, index, key), mistakes.unknown_key(str(key), near))
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
        if total > 100:
            self.add(self.profile.at(name), mistakes.shares_over(total))
        return tuple(found)

    def determinations(self) -> dict[str, bool]:
        written = self.profile.facts.get("determinations")
        if written is None:
            return {}
        if not isinstance(written, Mapping):
            self.add(self.profile.at("determinations"), mistakes.no_findings())
            return {}
        found: dict[str, bool] = {}
        known = self.rulebook.judgements
        for key, value in written.items():
            here = self.profile.key_at("determinations", key)
            truth = read_truth(value)
            if key not in known:
                is_limit = key in self.rulebook.limits
                self.add(here, mistakes.unknown_finding(key, is_limit, self.near(str(key), lambda: known)))
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
            elif value is NotRead.UNKNOWN:
                found[str(key)] = None
            elif truth is None:
                self.add(here, mistakes.no_truth(str(key), value))
            else:
                found[str(key)] = truth
        return found
