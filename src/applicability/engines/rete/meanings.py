"""What the names in a derivation stand for: facts of the entity, leaves in a mode, and "this is at least k".

The names are what engines join on, made of ids and codes. Who tells a derivation looks each one up here, and makes no
wording of the name itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

from applicability.analysis.levels import LEVELS, Atom, Mode
from applicability.engines.rete.fact_names import FactNames
from applicability.engines.rete.names import (
    PART,
    conclusion,
    derivation_label,
    leaf_name,
    limb_label,
    reached,
    row_label,
    scope_label,
)  # fmt: skip
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Judgement, Leaf, Limit, OneOf, bare, leaves
from applicability.model.measure import Limb, Measure
from applicability.model.rulebook import Derivation, Entry, Rulebook
from applicability.model.verdict import Verdict

Certainty = Literal["sure", "may", "not", "unsure"]
_NUMBERED = re.compile(r" \(\d+\)$")
_MODES: tuple[Mode, ...] = ("true", "open", "possible", "false", "doubtful")


@dataclass(frozen=True)
class Stated:
    """What the profile gives for a fact, or that it gives nothing."""

    fact: str
    given: bool = True


@dataclass(frozen=True)
class Membership:
    """How far it is known of the entity what a leaf of one place, activity, sector or choice asks for."""

    leaf: Leaf
    certainty: Certainty


@dataclass(frozen=True)
class InForce:
    """An entry of the register that is in force."""

    entry: Entry


@dataclass(frozen=True)
class Said:
    """What is said of a judgement, or of a limit: the verdict of that leaf."""

    leaf: Judgement | Limit
    verdict: Verdict


@dataclass(frozen=True)
class Subject:
    """What a level is of: a row, its scope, one of its limbs, or the condition of a derivation.

    A scope is `shared` by every row with that rule, or is that of the row and of those that the register treats alike.
    """

    kind: Literal["row", "scope", "limb", "derivation"]
    measure: Measure | None = None
    limb: Limb | None = None
    derivation: Derivation | None = None
    shared: bool = False


@dataclass(frozen=True)
class LevelReached:
    """The subject, or a part of its condition (`parts`: which one, part within part), is at least at a verdict."""

    subject: Subject
    verdict: Verdict
    parts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Derived:
    """A fact that a derivation gives."""

    derivation: Derivation


Meaning = Stated | Membership | InForce | Said | Atom | LevelReached | Derived


class Meanings:
    """The meaning of every name of the forward engines of a rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._known: dict[str, Meaning] = {}
        self._subjects: dict[str, LevelReached] = {}
        for name, meaning in (*_facts(rulebook), *_leaves(rulebook)):
            self._known.setdefault(name, meaning)
        for label, subject in _subjects(rulebook):
            for level in LEVELS:
                self._subjects.setdefault(reached(label, level), LevelReached(subject, Verdict(level)))
        for derivation in rulebook.derivations:
            subject = Subject("derivation", derivation=derivation)
            self._subjects[derivation_label(derivation)] = LevelReached(subject, Verdict.ELIGIBLE)

    def of(self, name: str) -> Meaning:
        """The meaning of a name. KeyError for a name that no rule of this rulebook has."""
        # Two leaves that are written alike are told apart by a number.
        found = self._known.get(name) or self._known.get(_NUMBERED.sub("", name))
        if found is not None:
            return found
        whole, *parts = name.split(PART)
        level = self._subjects[whole]
        return LevelReached(level.subject, level.verdict, tuple(map(int, parts))) if parts else level

    def subject(self, name: str) -> Subject | None:
        """What a level is of; None for a name of something else."""
        found = self._subjects.get(name.split(PART)[0])
        return None if found is None else found.subject


def _subjects(rulebook: Rulebook) -> Iterator[tuple[str, Subject]]:
    for measure in rulebook.measures:
        if measure.scope is None:
            continue
        label = scope_label(measure, rulebook)
        yield label, Subject("scope", measure, shared=label == f"scope {measure.scope_rule}")
        yield row_label(measure), Subject("row", measure)
        for limb in measure.usable:
            yield limb_label(measure, limb), Subject("limb", measure, limb)


def _leaves(rulebook: Rulebook) -> Iterator[tuple[str, Meaning]]:
    conditions = [measure.scope for measure in rulebook.measures if measure.scope is not None]
    conditions += [limb.when for measure in rulebook.measures for limb in measure.usable]
    conditions += [derivation.when for derivation in rulebook.derivations if derivation.when is not None]
    groups = {places: name for name, places in rulebook.groups.items()}
    for condition in conditions:
        for leaf in leaves(bare(condition)):
            name = leaf_name(leaf, groups)
            for mode in _MODES:
                yield f"{name}: {mode}", Atom(leaf, mode)


def _facts(rulebook: Rulebook) -> Iterator[tuple[str, Meaning]]:
    """The names of `FactNames.facts`, and those that rules conclude of them."""
    names = FactNames(rulebook)
    for fact in names.limits:
        for name in (fact, f"{fact} from", f"{fact} to"):
            yield name, Stated(fact)
        yield f"{fact} is missing", Stated(fact, given=False)
    for verb, infinitive, thing, leaf in names.objects():
        yield f"{verb} {thing}", Membership(leaf, "sure")
        yield f"not {verb} {thing}", Membership(leaf, "not")
        yield f"may {infinitive} {thing}", Membership(leaf, "may")
        yield f"not surely {verb} {thing}", Membership(leaf, "unsure")
        if isinstance(leaf, OneOf):
            yield f"{leaf.fact} is missing", Stated(leaf.fact, given=False)
    for derivation in rulebook.derivations:
        yield conclusion(derivation), Derived(derivation)
    for entry in rulebook.register:
        yield f"{entry.id} is in force", InForce(entry)
    for key, judgement in rulebook.judgements.items():
        yield f"{key} is granted", Said(judgement, Verdict.ELIGIBLE)
        yield f"{key} is open", Said(judgement, Verdict.CONDITIONAL)
        yield f"{key} may be granted", Said(judgement, Verdict.NEEDS_INFO)
    for key, limit in rulebook.limits.items():
        yield f"{key} is kept", Said(limit, Verdict.ELIGIBLE)
        yield f"{key} may be kept", Said(limit, Verdict.NEEDS_INFO)
        yield f"{key} is not kept", Said(limit, Verdict.INELIGIBLE)
