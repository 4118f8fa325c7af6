"""Reads a profile into the facts of an entity, or reports every problem in it at once."""

from __future__ import annotations

import datetime
import os
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from applicability.days import today
from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.keys import BUILT_IN, in_facts, key_of
from applicability.loading.profile.lazy_mistakes import mistakes
from applicability.loading.profile.read_values import ValueReader
from applicability.loading.profile.written import is_unknown
from applicability.loading.yaml.reader import parse, read_bytes
from applicability.loading.yaml.scalars import is_overlong, is_unbounded, read_truth
from applicability.model.derive import derive
from applicability.model.facts import Facts, Value
from applicability.model.leaf_kinds import LIMITS
from applicability.model.partial import as_written
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook

if TYPE_CHECKING:
    from applicability.loading.profile.mistakes import Mistake


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
    profile, beyond = _readable(profile, rulebook)
    told = in_facts(profile, rulebook)
    reader = _Reader(told.profile, rulebook, suggestions)
    reader.problems += [*beyond, *told.problems]
    reader.notes += told.notes
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
    if (wrong := _beyond_reading(fact, value)) is not None:
        return (Problem(wrong.code, Location(fact), wrong.what, wrong.mend),)
    reader = _Reader(Profile.of({fact: value}), rulebook, suggestions=False)
    reader.value(rulebook.facts[fact], value)
    return tuple(reader.problems)


def _readable(profile: Profile, rulebook: Rulebook) -> tuple[Profile, list[Problem]]:
    """The profile without what a program can give and no file: keys that are no text, values without end."""
    beyond, problems = [], []
    for key, value in profile.facts.items():
        if not isinstance(key, str):
            here, wrong = profile.key_at(key), mistakes.no_text_key()
        else:
            here, wrong = profile.at(key), _beyond_reading(key_of(key, rulebook) or key, value)
        if wrong is not None:
            beyond.append(key)
            problems.append(Problem(wrong.code, here, wrong.what, wrong.mend))
    return (profile.renamed(dict.fromkeys(beyond)), problems) if beyond else (profile, [])


def _beyond_reading(name: str, value: object) -> Mistake | None:
    if is_unbounded(value):
        return mistakes.unbounded(name)
    return mistakes.overlong_number(name) if is_overlong(value) else None


def _shown(value: Value) -> str:
    if isinstance(value, frozenset):
        return ", ".join(sorted(str(part) for part in value))
    written = as_written(value)
    if isinstance(written, Mapping):
        said = {key: f"[{', '.join(one)}]" if isinstance(one, list) else one for key, one in written.items()}
        return f"{{{', '.join(f'{key}: {one}' for key, one in said.items())}}}"
    return str(written)


@dataclass
class _Reader(ValueReader):
    """Reads one profile whole."""

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
        self.planned()
        day = as_of or self.day("as_of") or today()
        return Facts(values, whereabouts, day, self.determinations(), limits=self.limits(), notes=tuple(self.notes))

    def keys_like(self, key: str) -> tuple[str, ...]:
        """The keys that a wrong one may have been meant for: in Chinese if it is."""
        own = (*self.rulebook.facts, *BUILT_IN)
        return own if key.isascii() else (*own, *self.rulebook.headings.words)

    def planned(self) -> None:
        """Whether the entity is only planned, which no rule asks: it must be yes or no all the same."""
        written = self.profile.facts.get("planned")
        if written is not None and not is_unknown(written) and read_truth(written) is None:
            self.add(self.profile.at("planned"), mistakes.no_truth("planned", written))

    def determinations(self) -> dict[str, bool | None]:
        """What authorities have found on each judgement."""
        written = self.profile.facts.get("determinations")
        if written is None:
            return {}
        if not isinstance(written, Mapping):
            self.add(self.profile.at("determinations"), mistakes.no_findings())
            return {}
        return self._truths("determinations", written)

    def limits(self) -> dict[str, bool | None]:
        """Whether uses keep each limit."""
        written = self.profile.facts.get(LIMITS)
        if written is None:
            return {}
        if not isinstance(written, Mapping) or not written:
            self.add(self.profile.at(LIMITS), mistakes.no_limits())
            return {}
        return self._truths(LIMITS, written)

    def _truths(self, name: str, written: Mapping[str | int, object]) -> dict[str, bool | None]:
        """The answers under `determinations` or `limits`, None for those said to be unknown."""
        found: dict[str, bool | None] = {}
        findings, limits = self.rulebook.judgements, self.rulebook.limits
        known: Mapping[str, object] = limits if name == LIMITS else findings
        for key, value in written.items():
            here = self.profile.key_at(name, key)
            truth = read_truth(value)
            if key not in known:
                near = self.near(str(key), lambda: known)
                if name == LIMITS:
                    self.add(here, mistakes.unknown_limit(key, key in findings, near))
                else:
                    self.add(here, mistakes.unknown_finding(key, key in limits, near))
            elif is_unknown(value):
                found[str(key)] = None
            elif truth is None:
                wrong = mistakes.no_truth if name == LIMITS else mistakes.no_finding
                self.add(here, wrong(str(key), value))
            else:
                found[str(key)] = truth
        return found
