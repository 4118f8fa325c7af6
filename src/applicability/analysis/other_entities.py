"""What would be open to another entity that one could set up, as the vocabulary says that such an entity does."""

from __future__ import annotations

from collections.abc import Iterator

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding
from applicability.model.conditions import Judgement, OneOf, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import verdict
from applicability.model.facts import Choice, Facts, FactType, Traits
from applicability.model.measure import Limb, Measure
from applicability.model.partial import PartialSet
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

# What an entity has that one set up beside it, in the same place and the same business, has as well; not what it holds.
_SHARED: tuple[FactType, ...] = ("sector", "activities", "boolean", "choice", "registration")


@dataclass(frozen=True)
class OpenPart:
    """A part of a measure that would be open to another entity, its verdict for that one, and on which facts.

    `of_founder` are findings that need not be made, each with the fact of the one that sets it up which settles it.
    """

    measure: Measure
    limb: Limb
    verdict: Verdict
    facts: Facts
    of_founder: tuple[tuple[Judgement, str], ...] = ()


@dataclass(frozen=True)
class OtherEntity:
    """An entity with a value of a fact, in the same place and business, and the parts that are for it."""

    fact: str
    value: str
    opened: tuple[OpenPart, ...]
    serves: tuple[Finding, ...] = ()  # open to the one that sets it up, and of use to it only with such an entity


def other_entities(assessment: Assessment) -> tuple[OtherEntity, ...]:
    """The entities that this one could set up and to which parts would be open that are for them alone."""
    facts, book = assessment.facts, assessment.rulebook
    found = []
    for name, declaration in book.facts.items():
        for value, choice in declaration.values.items():
            if choice.set_up_by is not None and _has(facts, choice.set_up_by) and not _holds(facts, name, value):
                opened = tuple(_opened(_beside(facts, name, choice, book), name, choice, book))
                if opened:
                    serves = tuple(one for one in assessment.open if _needs(one, choice.for_limits))
                    found.append(OtherEntity(name, value, opened, serves))
    return tuple(found)


def _needs(finding: Finding, limits: tuple[str, ...]) -> bool:
    """Whether a limit of the parts that decide can be kept only with such an entity."""
    return any(limit.key in limits for one in finding.best_limbs for limit in one.limb.limits)


def _beside(facts: Facts, name: str, choice: Choice, rulebook: Rulebook) -> Facts:
    """The facts of one set up beside an entity: of what is not shared nothing is known, but what is found of it by a
    fact of the entity that sets it up.
    """
    shared = {
        fact: held for fact, held in facts.given.values.items()
        if fact in rulebook.facts and rulebook.facts[fact].type in _SHARED
    }  # fmt: skip
    listed = frozenset((choice.key,)) if rulebook.facts[name].type != "choice" else choice.key
    held = {finding: facts.values.get(fact) for finding, fact in choice.of_founder.items()}
    found = {finding: value == "true" for finding, value in held.items() if value is not None}
    return derive(Facts({**shared, name: listed}, facts.whereabouts, facts.as_of, found), rulebook)[0]


def _opened(facts: Facts, name: str, choice: Choice, rulebook: Rulebook) -> Iterator[OpenPart]:
    """The parts that ask for the value and are open to whoever has it."""
    for measure in rulebook.measures:
        for limb in measure.usable if measure.scope is not None else ():
            asked = (leaf for leaf in leaves(limb.when) if isinstance(leaf, OneOf) and leaf.fact == name)
            if measure.scope is not None and any(choice.key in leaf.values for leaf in asked):
                reached = min(verdict(measure.scope, facts, rulebook), verdict(limb.when, facts, rulebook))
                if reached >= Verdict.CONDITIONAL:
                    settled = [one for one in limb.judgements if one.key in facts.determinations]
                    told = tuple((one, choice.of_founder[one.key]) for one in settled)
                    yield OpenPart(measure, limb, reached, facts, told)


def _has(facts: Facts, traits: Traits) -> bool:
    return any(_holds(facts, fact, value) for fact, values in traits.items() for value in values)


def _holds(facts: Facts, fact: str, value: str) -> bool:
    held = facts.values.get(fact)
    if isinstance(held, PartialSet):
        return value in held.yes
    return value in held if isinstance(held, (frozenset, tuple)) else held == value
