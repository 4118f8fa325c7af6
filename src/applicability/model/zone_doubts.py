"""On which zones a verdict rests whose lying in the zones around them is in doubt.

Such a zone counts as lying there, and so do all verdicts; a verdict rests on the doubt where it would be another one if
the zone lay in no other.
"""

from __future__ import annotations

import datetime

from applicability.lazy_dataclass import replace
from applicability.model.conditions import Leaf, Overtaken, Step, Within, ZoneType, leaves
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.facts import Facts
from applicability.model.measure import Measure
from applicability.model.place_relations import Whereabouts, Zone
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict


def zones_in_doubt(measure: Measure, facts: Facts, rulebook: Rulebook, *, parts: bool = False) -> tuple[Zone, ...]:
    """The zones in doubt that the verdict of a measure rests on, or with `parts` that of any of its parts; of one that
    nobody can apply for, whether it reaches the place.
    """
    doubted = rulebook.gazetteer.in_doubt(facts.whereabouts)
    if not doubted or not any(_reads_zones(leaf, rulebook) for one in measure.conditions for leaf in leaves(one)):
        return ()
    certain = _without(doubted, measure, facts, rulebook, parts=parts)
    if certain == _verdicts(measure, facts, rulebook, parts=parts):
        return ()
    # Of several, those that make the difference by themselves; where only all together do, all.
    own = [one for one in doubted if _without(doubted - {one}, measure, facts, rulebook, parts=parts) != certain]
    return tuple(rulebook.gazetteer.zones[one] for one in sorted(own or doubted))


def verdict_without(measure: Measure, facts: Facts, rulebook: Rulebook) -> Verdict | None:
    """The verdict of a measure if no zone in doubt lay in another; None without a condition."""
    doubted = rulebook.gazetteer.in_doubt(facts.whereabouts)
    return None if measure.condition is None else _without(doubted, measure, facts, rulebook, parts=False)[0]


def can_rest_on(measure: Measure, zone: str, day: datetime.date, rulebook: Rulebook) -> bool:
    """Whether the verdict of some entity that stands in a zone can rest on the doubt about that zone."""
    facts = Facts({}, Whereabouts(zones=frozenset((zone,))), day)
    if measure.scope is None or verdict(measure.scope, facts, rulebook) is Verdict.INELIGIBLE:
        return False
    without, fresh = rulebook.but_for(frozenset((zone,))), replace(facts)
    used = (measure.scope, *(limb.when for limb in measure.usable))
    return any(
        leaf_verdict(leaf, facts, rulebook) is not leaf_verdict(leaf, fresh, without)
        for one in used
        for leaf in leaves(one)
        if _reads_zones(leaf, rulebook)
    )


def _reads_zones(leaf: Leaf, rulebook: Rulebook) -> bool:
    """Whether the answer of a leaf can depend on the zones in which an entity stands."""
    match leaf:
        case ZoneType():
            return True
        case Within(places):
            return any(one in rulebook.gazetteer.zones for one in places)
        case Step() | Overtaken():
            entries = rulebook.settling(leaf)
            return any(one in rulebook.gazetteer.zones for entry in entries for one in entry.places)
        case _:
            return False


def _without(
    zones: frozenset[str], measure: Measure, facts: Facts, rulebook: Rulebook, *, parts: bool
) -> tuple[Verdict, ...]:
    """The verdicts if some zones lay in no others; what the facts remember of places is left behind."""
    return _verdicts(measure, replace(facts), rulebook.but_for(zones), parts=parts)


def _verdicts(measure: Measure, facts: Facts, rulebook: Rulebook, *, parts: bool) -> tuple[Verdict, ...]:
    """The verdict of a measure, of its place if there is no other, then those of its parts, if asked."""
    if measure.scope is None:
        return ()
    scope = verdict(measure.scope, facts, rulebook)
    if not measure.usable:
        return (scope,)
    limbs = [min(scope, verdict(limb.when, facts, rulebook)) for limb in measure.usable]
    return (max(limbs), *limbs) if parts else (max(limbs),)
