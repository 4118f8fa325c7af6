"""From a profile as written to the facts of an entity, or to every problem in it at once."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from applicability.errors import Location, Problem, ProfileError, suggest
from applicability.loading.scalars import read_date, read_decimal, read_truth
from applicability.loading.strict_yaml import parse, read_bytes
from applicability.model.derive import derive
from applicability.model.facts import FactDeclaration, Facts, Investor, Value
from applicability.model.places import Standing, fold
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook

BUILT_IN = ("name", "as_of", "determinations")


def profile_of_bytes(data: bytes, shown: str) -> Profile:
    """A profile of the bytes of a YAML or JSON file. Raises ProfileError."""
    tree, problems = parse(data, shown, "P")
    if tree is None:
        raise ProfileError(problems)
    if not isinstance(tree.data, dict):
        hint = "write one fact a line, such as `city: 天津`; `applicability init` makes a profile to start from"
        raise ProfileError([Problem("P011", tree.at(), "a profile is a mapping of facts", hint)])
    return Profile.of(tree.data, shown, tree.places, tree.keys)


def load_profile(path: str | Path) -> Profile:
    """Read a profile from a YAML or JSON file of at most 5 MB. Raises ProfileError."""
    data, problems = read_bytes(Path(path), str(path), "P001")
    if data is None:
        raise ProfileError(problems)
    return profile_of_bytes(data, str(path))


def read_facts(
    profile: Profile, rulebook: Rulebook, as_of: datetime.date | None = None, *, suggestions: bool = True
) -> Facts:
    """The facts of a profile, with all that follows from them. `as_of` overrides the profile's own; today if neither.

    Raises ProfileError with every problem: unknown keys, wrong types, unknown or ambiguous names, contradictions.
    Without `suggestions` hints do not name the nearest known words, which take most of the time of a bad profile.
    """
    reader = _Reader(profile, rulebook, suggestions)
    facts = reader.read(as_of)
    if not reader.problems:
        facts, clashes = derive(facts, rulebook)
        for clash in clashes:
            held, follows = _shown(clash.held), _shown(clash.follows)
            hint = f"{clash.derivation.reason.zh} / {clash.derivation.reason.en}"
            message = f"`{clash.fact}` is given as `{held}`, but `{follows}` follows from the rest"
            reader.add("P106", profile.at(clash.fact), message, hint)
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

    def add(self, code: str, place: Location, message: str, hint: str = "") -> None:
        self.problems.append(Problem(code, place, message, hint))

    def suggest(self, word: str, known: Callable[[], Iterable[str]]) -> str:
        """A hint naming the nearest known words; `known` is asked only if it is wanted."""
        return suggest(word, known()) if self.suggestions else ""

    def read(self, as_of: datetime.date | None) -> Facts:
        given, declared = self.profile.facts, self.rulebook.facts
        for key in given:
            if key not in declared and key not in BUILT_IN:
                near = self.suggest(key, lambda: (*declared, *BUILT_IN))
                hint = near or "`applicability facts` lists what a profile may say"
                self.add("P101", self.profile.key_at(key), f"unknown fact `{key}`", hint)
        standing = self.standing()
        values: dict[str, Value] = {}
        for name in (name for name in declared if name in given):
            declaration, written = declared[name], given[name]
            if written is None or declaration.type in ("place", "zones", "zone_types"):
                continue
            value = self.value(declaration, written)
            if value is not None:
                values[name] = value
        day = as_of or self.day("as_of") or datetime.date.today()
        return Facts(values, standing, day, self.determinations())

    # Places ------------------------------------------------------------------------------------------------------

    def standing(self) -> Standing:
        gazetteer = self.rulebook.gazetteer
        zones = self.listed("zones")
        found_zones: list[str] | None = None if zones is None else []
        divisions: list[str] = []
        named: list[str] = []
        # A city settles which district or zone a shared name means, a district which zone: read in that order, but let
        # a zone that can be only one help to read an ambiguous city, as 朝阳 with a Beijing zone does.
        certain = [places[0] for name in zones or () if len(places := gazetteer.candidates(str(name), "zone")) == 1]
        for fact, written in self.given("place"):
            place = self.place(fact, written, "division", (*divisions, *certain), self.profile.at(fact))
            if place is not None:
                for other in divisions:
                    if not gazetteer.overlap(place, other):
                        self.outside(fact, place, other, self.profile.at(fact))
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
                    self.outside("zones", zone, other, here)
                    break
            if found_zones is not None:
                found_zones.append(zone)
        return Standing(
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
            self.add("P102", here, f"`{fact}` takes a name or a code", "write it as one text, such as `天津`")
            return None
        name = str(written).strip()
        found = gazetteer.candidates(name, kind, near)
        if len(found) == 1:
            return found[0]
        if found:
            choices = ", ".join(f"`{place}` {'/'.join(self.full_name(place))}" for place in found[:6])
            self.add("P104", here, f"`{name}` names several places", f"write one code, or add the city: {choices}")
            return None
        what = "zone" if kind == "zone" else "place"
        other = gazetteer.candidates(name, "division" if kind == "zone" else "zone", near)
        if other:
            key = "zones" if kind == "division" else "city` or `district"
            hint = f"`{name}` goes under `{key}`"
        else:
            hint = (
                self.suggest(name, lambda: gazetteer.all_names(kind))
                or f"`applicability places {name[:2]}` searches the table"
            )
            if kind == "zone":
                hint = (
                    hint.rstrip("?")
                    + ("? " if hint.endswith("?") else ". ")
                    + "A zone that is not in the table can be given by its type, under `zone_types`"
                )
        self.add("P103", here, f"unknown {what} `{name}`", hint)
        return None

    def full_name(self, place: str) -> list[str]:
        gazetteer = self.rulebook.gazetteer
        if place in gazetteer.zones:
            return [gazetteer.name(place)]
        return [gazetteer.name(code) for code in reversed(gazetteer.path(place))]

    def outside(self, fact: str, place: str, other: str, here: Location) -> None:
        gazetteer = self.rulebook.gazetteer
        around = " / ".join(self.full_name(gazetteer.areas(place)[0]))
        message = f"`{gazetteer.name(place)}` does not lie in `{gazetteer.name(other)}`"
        self.add("P105", here, message, f"it lies in {around}: correct the one that is wrong")

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
                self.unknown("zone type", str(name), known, self.profile.at("zone_types", index))
            else:
                found.append(zone_type)
        return frozenset(found)

    # Values ------------------------------------------------------------------------------------------------------

    def listed(self, name: str) -> list[object] | None:
        """A list fact as given: one word stands for a list of one; None where it is missing."""
        written = self.profile.facts.get(name)
        if written is None or name not in self.rulebook.facts:
            return None
        if isinstance(written, (list, tuple, set, frozenset)):
            return list(written)
        if isinstance(written, (str, int)) and not isinstance(written, bool):
            return [written]
        self.add("P102", self.profile.at(name), f"`{name}` takes a list", "write `[a, b]`, or `[]` for none")
        return None

    def unknown(self, what: str, word: str, known: list[str], here: Location) -> None:
        hint = self.suggest(word, lambda: known) or "`applicability facts` lists the words"
        self.add("P107", here, f"unknown {what} `{word}`", hint)

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
                    self.add(
                        "P102", here, f"`{name}`: `{written}` is neither true nor false", "write `true` or `false`"
                    )
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
        text = written.strip().rstrip("%％").rstrip() if percent and isinstance(written, str) else written
        number = read_decimal(text)
        if number is None:
            hint = "write plain digits, such as `50` or `33.4`"
            self.add("P102", here, f"`{name}`: `{written}` is not a number", hint)
            return None
        low = Decimal(0) if percent else declaration.minimum
        high = Decimal(100) if percent else declaration.maximum
        if (low is not None and number < low) or (high is not None and number > high):
            limits = f"from {low} to {high}" if high is not None and low is not None else f"at least {low}"
            what = "percent" if percent else declaration.unit.en if declaration.unit else ""
            self.add("P108", here, f"`{name}`: {written} is out of range", f"a number {limits} ({what})")
            return None
        return number

    def day(self, name: str) -> datetime.date | None:
        written = self.profile.facts.get(name)
        if written is None:
            return None
        day = read_date(written)
        if day is None:
            self.add("P102", self.profile.at(name), f"`{name}`: `{written}` is not a date", "write `2026-01-31`")
        return day

    def choice(self, declaration: FactDeclaration, written: object, here: Location) -> str | None:
        found = declaration.by_name.get(fold(written)) if isinstance(written, str) else None
        if found is None:
            known = [
                word for key, value in declaration.values.items() for word in (key, value.label.zh, *value.aliases)
            ]
            hint = self.suggest(str(written), lambda: known)
            if not hint:
                shown = [f"`{key}` {value.label.zh}" for key, value in declaration.values.items()]
                more = f" …, see `applicability facts {declaration.name}`" if len(shown) > 8 else ""
                hint = "one of " + ", ".join(shown[:8]) + more
            self.add("P107", here, f"`{declaration.name}`: unknown value `{written}`", hint)
        return found

    def sectors(self, name: str) -> tuple[str, ...] | None:
        sectors = self.rulebook.sectors
        found: list[str] = []
        for index, written in enumerate(self.listed(name) or ()):
            here = self.profile.at(name, index)
            codes = sectors.sectors_of(str(written))
            if len(codes) == 1:
                found.append(codes[0])
            elif codes:
                shown = ", ".join(f"`{code}` {sectors.codes[code].zh}" for code in codes)
                self.add("P104", here, f"`{written}` names several sectors", f"write one code: {shown}")
            else:
                known = [word for sector in sectors.codes.values() for word in (sector.code, sector.zh)]
                self.unknown("GB/T 4754-2017 sector", str(written), known, here)
        return tuple(found) or None

    def activities(self, name: str) -> frozenset[str]:
        found: list[str] = []
        for index, written in enumerate(self.listed(name) or ()):
            activity = self.rulebook.sectors.activity_of(str(written))
            if activity is None:
                items = self.rulebook.sectors.activities.items()
                known = [word for id, one in items for word in (id, one.label.zh, one.label.en, *one.aliases)]
                self.unknown("activity", str(written), known, self.profile.at(name, index))
            else:
                found.append(activity)
        return frozenset(found)

    def investors(self, declaration: FactDeclaration, written: object) -> tuple[Investor, ...] | None:
        name = declaration.name
        if not isinstance(written, (list, tuple)):
            hint = "write `investors: [{origin: singapore, share: 50}]`"
            self.add("P102", self.profile.at(name), f"`{name}` takes a list of investors", hint)
            return None
        found: list[Investor] = []
        for index, item in enumerate(written):
            here = self.profile.at(name, index)
            if not isinstance(item, Mapping):
                self.add(
                    "P102", here, "an investor has an `origin` and a `share`", "write `{origin: singapore, share: 50}`"
                )
                continue
            for key in item:
                if key not in ("origin", "share", "name"):
                    hint = self.suggest(str(key), lambda: ("origin", "share", "name"))
                    self.add("P101", self.profile.key_at(name, index, key), f"unknown key `{key}`", hint)
            if item.get("origin") is None:
                self.add("P102", here, "an investor needs an `origin`", "write `{origin: singapore, share: 50}`")
                continue
            origin = self.choice(declaration, item.get("origin"), self.profile.at(name, index, "origin"))
            share = item.get("share")
            number = None if share is None else read_decimal(share.rstrip("%％ ") if isinstance(share, str) else share)
            if share is not None and (number is None or not 0 <= number <= 100):
                place = self.profile.at(name, index, "share")
                self.add("P108", place, f"`share`: {share} is not a share", "a number from 0 to 100 (percent)")
            if origin is not None:
                found.append(Investor(origin, number))
        total = sum((one.share for one in found if one.share is not None), Decimal(0))
        if total > 100:
            self.add("P106", self.profile.at(name), f"the shares add up to {total}", "they can be at most 100 together")
        return tuple(found)

    def determinations(self) -> dict[str, bool]:
        written = self.profile.facts.get("determinations")
        if written is None:
            return {}
        if not isinstance(written, Mapping):
            hint = "write `determinations: {22.specific-area: true}`"
            self.add("P102", self.profile.at("determinations"), "`determinations` is a mapping", hint)
            return {}
        found: dict[str, bool] = {}
        known = self.rulebook.judgements
        for key, value in written.items():
            here = self.profile.key_at("determinations", key)
            truth = read_truth(value)
            if key not in known:
                hint = self.suggest(str(key), lambda: known) or "`applicability show ROW` names the judgements of a row"
                self.add("P109", here, f"no row leaves `{key}` to an authority", hint)
            elif truth is None:
                self.add("P102", here, f"`{key}`: `{value}` is neither true nor false", "write `true` or `false`")
            else:
                found[str(key)] = truth
        return found
