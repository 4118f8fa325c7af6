"""The missing facts that would decide a condition."""

from __future__ import annotations

from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Judgement,
    Not,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import FINDING, kind_of
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict


def missing_facts(leaf: Condition, facts: Facts, rulebook: Rulebook) -> tuple[str, ...]:
    """The facts to ask for so that a leaf at `needs_info` can be decided, in the order to ask them."""
    match leaf:
        case Within(places):
            return _missing_place(places, facts, rulebook)
        case ZoneType():
            return ("zones",) if facts.whereabouts.divisions or facts.whereabouts.zones else ("city", "zones")
        case Not(part):
            open_ = [one for one in leaves(part) if leaf_verdict(one, facts, rulebook) is Verdict.NEEDS_INFO]
            return tuple(dict.fromkeys(fact for one in open_ for fact in missing_facts(one, facts, rulebook)))
        case All() | Any_():
            return ()
        case _:
            kind = kind_of(leaf)
            if kind.entries is not None:
                entries = rulebook.settling(leaf)
                return _missing_place(tuple(place for entry in entries for place in entry.places), facts, rulebook)
            if isinstance(leaf, Judgement):
                return (FINDING + leaf.key,)
            fact = kind.fact(leaf)
            return (fact,) if fact else ()


def _missing_place(places: tuple[str, ...], facts: Facts, rulebook: Rulebook) -> tuple[str, ...]:
    """Which of city, district and zones would decide whether the entity is in one of the places."""
    gazetteer, whereabouts = rulebook.gazetteer, facts.whereabouts
    if not whereabouts.divisions and not whereabouts.zones:
        return ("city",)
    open_ = [place for place in places if gazetteer.within(whereabouts, place) is None]
    asked = (
        "zones" if place in gazetteer.zones else "district" if gazetteer.level(place) == "county" else "city"
        for place in open_
    )
    return tuple(dict.fromkeys(asked))
