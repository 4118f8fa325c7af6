"""What is plausible for an entity: which facts make sense to ask it, which activities and changes to offer it.

It chooses and orders what is shown, and decides nothing: whatever is left out stays missing, and every verdict is that
of `model.evaluate`. The vocabulary says of whom each activity, fact and value is plausible (`plausible_for`), and which
sectors an entity of a kind or with a licence is in (`sectors`). An entity of which none of these is known could be
anything, so that everything is plausible for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from weakref import WeakKeyDictionary

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import All, Any_, Condition, Does, InSector, Leaf, Not, Number, OneOf
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.facts import Choice, Facts, Traits, Value
from applicability.model.measure import Measure
from applicability.model.partial import PartialSet
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import NEGATED, Verdict

# What makes sense in more divisions than these is no particular line of business.
MOST = 8
# Types of facts whose values tell what an entity is, beside its sector.
_TELLING = ("choice", "choices", "activities")
# Entities whose traits are remembered, some 10 KB each.
_ENTITIES_KEPT = 64


@dataclass(frozen=True)
class EntityTraits:
    """What is known of an entity that tells what is plausible for it.

    `sectors` are those given, or else those of its kind and licences (None: nothing is known of them); `values` are
    other values that it has, with their fact; `told` are facts of which everything is known. `professions` are the
    sectors in which somebody who is in none itself is at work (None: not told): those for which what it is, such as a
    lawyer, is plausible.
    """

    sectors: tuple[str, ...] | None = None
    values: frozenset[tuple[str, str]] = frozenset()
    told: frozenset[str] = frozenset()
    professions: tuple[str, ...] | None = None

    @staticmethod
    def of(facts: Facts, rulebook: Rulebook) -> EntityTraits:
        """The traits that an entity's facts show."""
        values: set[tuple[str, str]] = set()
        told: set[str] = set()
        kinds: list[tuple[str, ...]] = []  # of the facts that have one value: what it is
        standings: list[tuple[str, ...]] = []  # of the facts that may have several: what it holds besides
        for name, held in facts.values.items():
            declaration = rulebook.facts.get(name)
            if declaration is None or declaration.type not in _TELLING:
                continue
            if not isinstance(held, PartialSet):
                told.add(name)
            own = _words(held)
            values.update((name, one) for one in own)
            described = (declaration.values[one] for one in own if one in declaration.values)
            sectors = [one.sectors for one in described if one.sectors is not None]
            (kinds if declaration.type == "choice" else standings).extend(sectors)
        known = _sectors(facts, rulebook, kinds, standings)
        professions = _professions(values, rulebook) if known == () else None
        return EntityTraits(known, frozenset(values), frozenset(told), professions)


def _professions(values: Iterable[tuple[str, str]], rulebook: Rulebook) -> tuple[str, ...] | None:
    """The sectors for which the values that somebody has are plausible."""
    chosen = [rulebook.facts[fact].values.get(one) for fact, one in sorted(values) if rulebook.facts[fact].values]
    traits = [one.plausible_for for one in chosen if one is not None and one.plausible_for is not None]
    return tuple(dict.fromkeys(code for one in traits for code in one.get("sector", ()))) or None


def _words(held: object) -> frozenset[str]:
    if isinstance(held, PartialSet):
        return held.yes
    return held if isinstance(held, frozenset) else frozenset((str(held),))


def _sectors(
    facts: Facts, rulebook: Rulebook, kinds: list[tuple[str, ...]], standings: list[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The sectors given, or else those of its kind; and those of what it holds, unless one given is among these."""
    told = facts.values.get("sector")
    if any(not own for own in kinds):
        return ()  # whatever is of this kind is in no sector
    given = tuple(map(str, told)) if isinstance(told, tuple) else ()
    lies_in = rulebook.sectors.lies_in
    besides = [own for own in standings if not any(lies_in(one, code) for one in given for code in own)]
    own = [given] if given else kinds
    found = [code for codes in (*own, *besides) for code in codes]
    return tuple(dict.fromkeys(found)) if own or besides else None


def facts_of_likely(activity: str, rulebook: Rulebook) -> tuple[str, ...]:
    """The facts that may make an activity likely, the sector first."""
    wanted = rulebook.sectors.activities[activity].likely_for or {}
    return tuple(sorted(wanted, key=lambda fact: fact != "sector"))


def makes_likely(activity: str, fact: str, held: Value, rulebook: Rulebook) -> tuple[tuple[str, str], ...]:
    """What a fact that an entity holds has that makes an activity likely, each with the fact."""
    wanted = (rulebook.sectors.activities[activity].likely_for or {}).get(fact, ())
    if fact == "sector":
        own = map(str, held) if isinstance(held, tuple) else ()
        return tuple((fact, one) for one in own if any(rulebook.sectors.lies_in(one, code) for code in wanted))
    if not wanted or rulebook.facts[fact].type not in _TELLING:
        return ()
    words = _words(held)
    return tuple((fact, one) for one in wanted if one in words)


class _WorkedOut:
    """What has been worked out for all entities of the same traits and sector: by activity, by fact and by value of the
    vocabulary, which bounds it.
    """

    def __init__(self) -> None:
        self.activities: frozenset[str] | None = None
        self.likely: frozenset[str] | None = None
        self.asks: dict[str, bool] = {}
        self.values: dict[tuple[str, str], bool] = {}
        self.breadths: dict[tuple[str, str], int | None] = {}


# By rulebook, then by all of an entity that the answers depend on: its traits, and the sector that it gives.
_remembered: WeakKeyDictionary[Rulebook, BoundedCache[object, _WorkedOut]] = WeakKeyDictionary()


def _worked_out(traits: EntityTraits, facts: Facts, rulebook: Rulebook) -> _WorkedOut:
    known = _remembered.setdefault(rulebook, BoundedCache(_ENTITIES_KEPT))
    key = (traits, facts.values.get("sector"))
    found = known.get(key)
    if found is None:
        found = known[key] = _WorkedOut()
    return found


class Plausibility:
    """What is plausible for the entity of some facts."""

    def __init__(self, facts: Facts, rulebook: Rulebook) -> None:
        self.facts, self.rulebook = facts, rulebook
        self.traits = EntityTraits.of(facts, rulebook)
        self._told = _worked_out(self.traits, facts, rulebook)

    @property
    def open(self) -> bool:
        """Whether nothing is known that tells, so that everything is plausible."""
        return self.traits.sectors is None and not self.traits.values

    # What the vocabulary says -------------------------------------------------------------------------------------

    def fits(self, wanted: Traits | None) -> bool:
        """Whether the entity could be one that has any of those values. With its sector known, that settles it."""
        if wanted is None:
            return True
        traits = self.traits
        found = {fact for fact, values in wanted.items() for value in values if (fact, value) in traits.values}
        only_kind = bool(found) and all(self.rulebook.facts[fact].type == "choice" for fact in found)
        if only_kind and traits.professions is not None and "sector" in wanted:
            # Of a person who is a lawyer it makes no sense to ask what any person in health care could be asked.
            return self._near(traits.professions, wanted["sector"])
        if found:
            return True
        if "sector" in wanted:
            return self.near(wanted["sector"])
        return not traits.told.issuperset(wanted)

    def near(self, codes: Iterable[str]) -> bool:
        """Whether a sector could be that of the entity, or one within it."""
        return self.traits.sectors is None or self._near(self.traits.sectors, codes)

    def concerns(self, measure: Measure) -> bool:
        """Whether a measure is addressed to such as the entity is; not told of most kinds."""
        kinds = (self.rulebook.facts[fact].values.get(one) for fact, one in self.traits.values)
        told = [one.addressed_as for one in kinds if one is not None and one.addressed_as is not None]
        return not told or any(who in named for limb in measure.usable for who in limb.addressee for named in told)

    def unlikely(self, measure: Measure) -> bool:
        """Whether a measure that is not settled is unlikely to concern the entity: nothing plausible could open it."""
        if self.open or measure.condition is None:
            return False
        return not self.concerns(measure) or self.supposing(measure.condition) is Verdict.INELIGIBLE

    def breadth(self, fact: str, value: str) -> int | None:
        """The number of sectors that share a value which is of the entity's own line of business: what it likely does,
        what is plausible for the sake of something that it holds or does, or of a sector as fine as its own. More than
        `MOST` where it is of another line, or of many; None where nobody is told of.
        """
        known = self._told.breadths
        if (fact, value) not in known:
            known[fact, value] = self._breadth(fact, value)
        return known[fact, value]

    def _breadth(self, fact: str, value: str) -> int | None:
        wanted = self._wanted(fact, value)
        if wanted is None:
            return None
        codes = wanted.get("sector", ())
        lies_in = self.rulebook.sectors.lies_in
        own = self.traits.sectors or self.traits.professions or ()
        within = any(
            (lies_in(one, code) and len(code) >= len(one)) or lies_in(code, one) for one in own for code in codes
        )
        is_own = within or value in self.likely or self._holds(wanted)
        return min(len(codes), MOST + 1) if is_own else MOST + 1

    def _holds(self, wanted: Traits) -> bool:
        """Whether it has one of some values, other than its kind."""
        held = (fact for fact, values in wanted.items() for one in values if (fact, one) in self.traits.values)
        return any(self.rulebook.facts[fact].type != "choice" for fact in held)

    def _wanted(self, fact: str, value: str) -> Traits | None:
        """For whom a value of a fact is plausible; None where that is not told."""
        declaration = self.rulebook.facts[fact]
        if declaration.type == "activities":
            known = self.rulebook.sectors.activities.get(value)
            return None if known is None else known.plausible_for
        choice = declaration.values.get(value)
        if choice is None or choice.plausible_for is not None:
            return None if choice is None else choice.plausible_for
        return None if choice.sectors is None else {"sector": choice.sectors}

    def _near(self, own: Iterable[str], wanted: Iterable[str]) -> bool:
        related = self.rulebook.sectors.related
        codes = tuple(wanted)
        return any(related(one, code) for one in own for code in codes)

    @cached_property
    def activities(self) -> frozenset[str]:
        """The activities that are plausible; a general one is where one of its parts is."""
        if self._told.activities is None:
            sectors = self.rulebook.sectors
            fitting = (id for id, one in sectors.activities.items() if self.fits(one.plausible_for))
            self._told.activities = sectors.closed_up(fitting)
        return self._told.activities

    @cached_property
    def likely(self) -> frozenset[str]:
        """The activities that it most likely carries on, by its sector, what it holds or what else it does."""
        if self._told.likely is None:
            self._told.likely = frozenset(id for id in self.rulebook.sectors.activities if self.because(id))
        return self._told.likely

    def because(self, activity: str) -> tuple[tuple[str, str], ...]:
        """The facts and values of the entity that make an activity likely."""
        held = self.facts.values
        asked = facts_of_likely(activity, self.rulebook)
        return tuple(
            pair for fact in asked if fact in held for pair in makes_likely(activity, fact, held[fact], self.rulebook)
        )

    def unlisted(self, measure: Measure) -> tuple[str, ...]:
        """Likely activities that a complete list lacks, each of which alone would keep a measure from being shut."""
        asked, condition = measure.activities, measure.condition
        if condition is None or not asked or not self._with_likely:
            return ()
        return tuple(
            activity
            for activity, (carried, facts) in self._with_likely.items()
            if carried & asked and verdict(condition, facts, self.rulebook) > Verdict.INELIGIBLE
        )

    @cached_property
    def _with_likely(self) -> Mapping[str, tuple[frozenset[str], Facts]]:
        """Likely activities that a complete list lacks: what else follows from each, and the facts with it."""
        held = self.facts.values.get("activities")
        if not isinstance(held, frozenset) or self.likely <= held:
            return {}
        found = {}
        for activity in self.rulebook.sectors.activities:
            if activity in self.likely and activity not in held:
                carried = self.rulebook.sectors.closed_up([activity])
                values = {**self.facts.values, "activities": held | carried}
                found[activity] = carried, replace(self.facts, values=values)
        return found

    def value(self, fact: str, value: str) -> bool:
        """Whether a value of a fact is plausible."""
        declaration = self.rulebook.facts[fact]
        if declaration.type == "activities":
            return value in self.activities
        choice = declaration.values.get(value)
        if choice is None:
            return True
        known = self._told.values
        if (fact, value) not in known:
            known[fact, value] = self._choice(choice)
        return known[fact, value]

    def _choice(self, choice: Choice) -> bool:
        if choice.plausible_for is not None:
            return self.fits(choice.plausible_for)
        return choice.sectors is None or self.near(choice.sectors)

    def first(self, fact: str, values: Iterable[str]) -> list[str]:
        """Values of a fact with the likely and the plausible ones first, else in their order."""
        if self.open:
            return list(values)
        likely = self.likely if self.rulebook.facts[fact].type == "activities" else frozenset()
        return sorted(values, key=lambda one: (one not in likely, not self.value(fact, one)))

    def asks(self, fact: str) -> bool:
        """Whether it makes sense to ask for a fact."""
        declaration = self.rulebook.facts.get(fact)
        if declaration is None:
            return True
        known = self._told.asks
        if fact not in known:
            known[fact] = self.fits(declaration.plausible_for)
        return known[fact]

    # Conditions ---------------------------------------------------------------------------------------------------

    def doubts(self, leaf: Leaf) -> bool:
        """Whether nothing that could meet a leaf is plausible, if it is not said."""
        if self.open:
            return False
        match leaf:
            case Does(activities):
                held = self.facts.values.get("activities")
                left = activities - held.no if isinstance(held, PartialSet) else activities
                return not left & self.activities or not self.asks("activities")
            case OneOf(fact, values):
                held = self.facts.values.get(fact)
                unsaid = values - held.no if isinstance(held, PartialSet) else values
                return not self.asks(fact) or not any(self.value(fact, one) for one in unsaid)
            case Number(fact):
                return not self.asks(fact)
            case InSector():
                return not self.asks("sector")
            case _:
                return False

    def supposed(self, leaf: Leaf, held: Verdict) -> Verdict:
        """The verdict of a leaf if what is not said and implausible is not so."""
        return Verdict.INELIGIBLE if held is Verdict.NEEDS_INFO and self.doubts(leaf) else held

    def supposing(self, condition: Condition) -> Verdict:
        """The verdict of a condition if what is not said and implausible is not so."""
        match condition:
            case All(parts):
                return min((self.supposing(part) for part in parts), default=Verdict.ELIGIBLE)
            case Any_(parts):
                return max((self.supposing(part) for part in parts), default=Verdict.INELIGIBLE)
            case Not(part):
                return NEGATED[self.supposing(part)]
            case _:
                return self.supposed(condition, leaf_verdict(condition, self.facts, self.rulebook))
