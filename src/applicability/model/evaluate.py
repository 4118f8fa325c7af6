"""Evaluates conditions: the reference semantics, which every engine must match.

`all` is the minimum of its parts, `any` the maximum. A comparison of facts is eligible (4), missing (2) or fails (0);
of a fact that is known in part it is missing unless all that the fact could be has one answer;
an official step is pending (1) until the register holds it; a judgement is conditional (3) until the profile
records what the authority found. A missing fact is never false; a limit that is not spoken of counts as kept. A
finding or a limit of which something is said that cannot be read is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import NamedTuple, assert_never

from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Not,
    Number,
    OneOf,
    Overtaken,
    Step,
    Within,
    ZoneType,
)  # fmt: skip
from applicability.model.facts import Facts
from applicability.model.partial import Interval, PartialSet
from applicability.model.rulebook import Entry, Rulebook
from applicability.model.verdict import NEGATED, Verdict

INELIGIBLE, PENDING, NEEDS_INFO, CONDITIONAL, ELIGIBLE = Verdict
_ANSWERS = {True: ELIGIBLE, None: NEEDS_INFO, False: INELIGIBLE}
_BOUNDS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "above": Decimal.__gt__, "at_least": Decimal.__ge__, "equals": Decimal.__eq__,
    "at_most": Decimal.__le__, "below": Decimal.__lt__,
}  # fmt: skip


class Trace(NamedTuple):
    """A condition, its verdict, and the traces of its parts."""

    condition: Condition
    verdict: Verdict
    parts: tuple[Trace, ...] = ()

    def deciding(self) -> tuple[Trace, ...]:
        """The leaves that decide the verdict: those that have it, under parts that have it."""
        if not self.parts:
            return (self,)
        return tuple(leaf for part in self.parts if part.verdict is self.verdict for leaf in part.deciding())


def verdict(condition: Condition, facts: Facts, rulebook: Rulebook) -> Verdict:
    """The verdict of a condition on the facts of one entity."""
    if isinstance(condition, All):
        least = ELIGIBLE
        for part in condition.parts:
            if (here := verdict(part, facts, rulebook)) is INELIGIBLE:
                return INELIGIBLE  # the minimum: no need to look further
            least = here if here < least else least
        return least
    if isinstance(condition, Any_):
        most = INELIGIBLE
        for part in condition.parts:
            if (here := verdict(part, facts, rulebook)) is ELIGIBLE:
                return ELIGIBLE  # the maximum
            most = here if here > most else most
        return most
    if isinstance(condition, Not):
        return NEGATED[verdict(condition.part, facts, rulebook)]
    return leaf_verdict(condition, facts, rulebook)


def measure_verdict(scope: Verdict, limbs: Sequence[Verdict]) -> Verdict | None:
    """The verdict of a measure: the minimum of its scope and of its best limb. None if it has no limb to apply for."""
    return min(scope, max(limbs)) if limbs else None


def trace(condition: Condition, facts: Facts, rulebook: Rulebook) -> Trace:
    """The verdict of a condition and of each of its parts."""
    if isinstance(condition, (All, Any_)):
        below = tuple([trace(part, facts, rulebook) for part in condition.parts])
        answers = [part.verdict for part in below]
        least = isinstance(condition, All)
        return Trace(condition, min(answers, default=ELIGIBLE) if least else max(answers, default=INELIGIBLE), below)
    if isinstance(condition, Not):  # a negated comparison counts as one leaf
        return Trace(condition, verdict(condition, facts, rulebook))
    return Trace(condition, leaf_verdict(condition, facts, rulebook))


def leaf_verdict(leaf: Leaf, facts: Facts, rulebook: Rulebook) -> Verdict:
    """The verdict of one leaf."""
    match leaf:
        case Within(places):
            return stands_in(places, facts, rulebook)
        case Does(activities):
            given = facts.values.get("activities")
            if isinstance(given, frozenset):
                return ELIGIBLE if activities & given else INELIGIBLE
            if isinstance(given, PartialSet):
                if (does := given.meets(activities)) is not None:
                    return _ANSWERS[does]
                activities -= given.no
            codes = facts.values.get("sector")
            if not isinstance(codes, tuple):
                return NEEDS_INFO
            carries = rulebook.sectors.can_carry
            return NEEDS_INFO if any(carries(str(c), a) for c in codes for a in activities) else INELIGIBLE
        case OneOf(fact, values):
            held = facts.values.get(fact)
            if held is None or isinstance(held, PartialSet):
                return _ANSWERS[None if held is None else held.meets(values)]
            return ELIGIBLE if values & (held if isinstance(held, frozenset) else {held}) else INELIGIBLE
        case Judgement(key):
            return _ANSWERS[facts.determinations[key]] if key in facts.determinations else CONDITIONAL
        case Limit(key):  # an undertaking: kept unless the profile says otherwise
            return _ANSWERS[facts.limits.get(key, True)]
        case Number(fact, bounds):
            value = facts.values.get(fact)
            if isinstance(value, Decimal):
                return ELIGIBLE if all(_BOUNDS[bound](value, limit) for bound, limit in bounds) else INELIGIBLE
            return _ANSWERS[value.meets(bounds) if isinstance(value, Interval) else None]
        case ZoneType(types):
            return _best(rulebook.gazetteer.in_zone_type(facts.whereabouts, each) for each in types)
        case InSector(wanted):
            codes = facts.values.get("sector")
            if not isinstance(codes, tuple):
                return NEEDS_INFO
            sectors = rulebook.sectors
            if any(sectors.lies_in(str(c), w) for c in codes for w in wanted):
                return ELIGIBLE
            return NEEDS_INFO if any(sectors.lies_in(w, str(c)) for c in codes for w in wanted) else INELIGIBLE
        case Step(step, row, document):
            own = [entry for entry in rulebook.entries("records", document, row) if entry.step in (None, step)]
            return max([PENDING, *(_reaches(entry, facts, rulebook) for entry in own)]) if own else PENDING
        case Overtaken(row, document):
            over = rulebook.entries("overtakes", document, row)
            return max([INELIGIBLE, *(_reaches(entry, facts, rulebook) for entry in over)]) if over else INELIGIBLE
        case _:
            assert_never(leaf)


def _best(answers: Iterable[bool | None]) -> Verdict:
    """The verdict of a disjunction of answers; None is unknown."""
    return max((_ANSWERS[yes] for yes in answers), default=INELIGIBLE)


def _reaches(entry: Entry, facts: Facts, rulebook: Rulebook) -> Verdict:
    """Whether an entry of the register is in force and applies at the entity's place."""
    if not entry.in_force(facts.as_of):
        return INELIGIBLE
    return stands_in(entry.places, facts, rulebook) if entry.places else ELIGIBLE


def stands_in(places: tuple[str, ...], facts: Facts, rulebook: Rulebook) -> Verdict:
    """Whether the entity is in any of the places."""
    if places not in facts.stands:
        gazetteer, here = rulebook.gazetteer, facts.whereabouts
        facts.stands[places] = _best(gazetteer.within(here, place) for place in gazetteer.near(places, here))
    return facts.stands[places]
