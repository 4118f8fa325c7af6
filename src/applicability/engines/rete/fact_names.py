"""Encodes a profile's facts as the names that rules read; a user's own text never becomes a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from applicability.model.conditions import (
    Does,
    InSector,
    Leaf,
    Limit,
    Number,
    OneOf,
    Within,
    ZoneType,
    leaves,
)
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import requires
from applicability.model.partial import Interval, PartialSet
from applicability.model.rulebook import Rulebook

_MAY_HAVE = {True: "has", None: "may have", False: "not has"}


class FactNames:
    """The facts that the rules of a rulebook read."""

    def __init__(self, rulebook: Rulebook) -> None:
        conditions = [measure.condition for measure in rulebook.measures if measure.condition is not None]
        conditions += [measure.scope for measure in rulebook.measures if measure.scope is not None]
        conditions += [derivation.when for derivation in rulebook.derivations if derivation.when is not None]
        every = [leaf for condition in conditions for leaf in leaves(condition)]
        self.limits = _limits(every)
        self._places = sorted({place for leaf in every for place in _places(leaf, rulebook)})
        self._types, self._activities, self._codes = (
            sorted({word for leaf in every if isinstance(leaf, kind) for word in requires(leaf)})
            for kind in (ZoneType, Does, InSector)
        )
        self._values = sorted(
            {(leaf.fact, value) for leaf in every if isinstance(leaf, OneOf) for value in leaf.values}
        )

    def objects(self) -> Iterator[tuple[str, str, str, Leaf]]:
        """What an entity may be in, do or have: the verb, its infinitive, the object, and the leaf that asks for it."""
        for place in self._places:
            yield "in", "be in", place, Within((place,))
        for zone_type in self._types:
            yield "in type", "be in type", zone_type, ZoneType(frozenset((zone_type,)))
        for activity in self._activities:
            yield "does", "do", activity, Does(frozenset((activity,)))
        for code in self._codes:
            yield "in sector", "be in sector", code, InSector((code,))
        for fact, value in self._values:
            yield "has", "have", f"{fact}={value}", OneOf(fact, frozenset((value,)))

    def rank(self, fact: str, value: Decimal) -> int:
        """The rank of a number among the bounds in rules: 2i+1 on the i-th bound, even between them."""
        limits = self.limits.get(fact, ())
        below = sum(1 for limit in limits if limit < value)
        return 2 * below + (1 if value in limits else 0)

    def ranks(self, fact: str, known: Interval) -> tuple[int, int]:
        """The ranks of the least and the greatest of the numbers within bounds."""
        limits = self.limits.get(fact, ())
        low = 0 if known.low is None else self.rank(fact, known.low) + (known.low_open and known.low in limits)
        if known.high is None:
            return low, 2 * len(limits)
        return low, self.rank(fact, known.high) - (known.high_open and known.high in limits)

    def facts(self, facts: Facts, rulebook: Rulebook) -> Iterator[tuple[str, int]]:
        """The facts of a profile as the names that the rules read."""
        whereabouts, values = facts.whereabouts, facts.values
        for fact in self.limits:
            value = values.get(fact)
            if isinstance(value, Decimal):
                yield fact, self.rank(fact, value)
            elif isinstance(value, Interval):
                least, greatest = self.ranks(fact, value)
                yield f"{fact} from", least
                yield f"{fact} to", greatest
            else:
                yield f"{fact} is missing", 1
        for fact, value in self._values:
            held = values.get(fact)
            if isinstance(held, PartialSet):
                has_it = held.meets(frozenset((value,)))
                yield _MAY_HAVE[has_it] + f" {fact}={value}", 1
            elif held is not None:
                has = value in held if isinstance(held, frozenset) else value == held
                yield (f"has {fact}={value}" if has else f"not has {fact}={value}"), 1
            else:
                yield f"{fact} is missing", 1
        for place in self._places:
            yield _answer(rulebook.gazetteer.within(whereabouts, place), "in", place)
        for zone_type in self._types:
            yield _answer(rulebook.gazetteer.in_zone_type(whereabouts, zone_type), "in type", zone_type)
        yield from self._business(facts, rulebook)
        for entry in rulebook.register:
            if entry.in_force(facts.as_of):
                yield f"{entry.id} is in force", 1
        for key in rulebook.judgements:
            found = facts.determinations.get(key)
            if found is None:
                yield (f"{key} may be granted" if key in facts.determinations else f"{key} is open"), 1
            elif found:
                yield f"{key} is granted", 1

    def _business(self, facts: Facts, rulebook: Rulebook) -> Iterator[tuple[str, int]]:
        sectors = rulebook.sectors
        given, codes = facts.values.get("activities"), facts.values.get("sector")
        own = tuple(str(code) for code in codes) if isinstance(codes, tuple) else None
        could = frozenset(activity for code in own or () for activity in sectors.carried_by(code))
        for activity in self._activities:
            if isinstance(given, frozenset):
                yield (f"does {activity}" if activity in given else f"not does {activity}"), 1
            elif isinstance(given, PartialSet) and (does := given.meets(frozenset((activity,)))) is not None:
                yield (f"does {activity}" if does else f"not does {activity}"), 1
            elif own is None or activity in could:
                yield f"may do {activity}", 1
            else:
                yield f"not does {activity}", 1
        for code in self._codes:
            if own is None:
                yield f"may be in sector {code}", 1
            elif any(sectors.lies_in(one, code) for one in own):
                yield f"in sector {code}", 1
            elif any(sectors.lies_in(code, one) for one in own):
                yield f"may be in sector {code}", 1
            else:
                yield f"not in sector {code}", 1


def said_of_limits(facts: Facts, limits: Iterable[Limit]) -> Iterator[tuple[str, int]]:
    """Whether limits are kept, as the names that the rules read."""
    for limit in limits:
        kept = facts.limits.get(limit.key, True)
        yield limit.key + (" may be kept" if kept is None else " is kept" if kept else " is not kept"), 1


def _limits(every: Iterable[Leaf]) -> dict[str, tuple[Decimal, ...]]:
    """The bounds in rules, by fact, sorted."""
    found: dict[str, set[Decimal]] = {}
    for leaf in every:
        if isinstance(leaf, Number):
            found.setdefault(leaf.fact, set()).update(limit for _, limit in leaf.bounds)
    return {fact: tuple(sorted(limits)) for fact, limits in found.items()}


def _places(leaf: Leaf, rulebook: Rulebook) -> tuple[str, ...]:
    if isinstance(leaf, Within):
        return leaf.places
    return tuple(place for entry in rulebook.settling(leaf) for place in entry.places)


def _answer(yes: bool | None, verb: str, place: str) -> tuple[str, int]:
    return (f"may be {verb} {place}" if yes is None else f"{verb} {place}" if yes else f"not {verb} {place}"), 1
