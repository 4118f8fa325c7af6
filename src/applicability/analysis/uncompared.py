"""The rules by which two rulebooks read a profile differently, and that no cell of a product space shows.

The columns of a space are what conditions read. Investors are none, nor is the place of registration: a fact that
follows from them is a column, how it follows is not. Nor does a space have profiles that one of the rulebooks refuses.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal, get_args

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import bare, leaves
from applicability.model.leaf_kinds import column_of
from applicability.model.measure import MeasureKey
from applicability.model.registration import registrations
from applicability.model.rulebook import Derivation, Rulebook

# What differs: how a fact follows from the investors listed; what origins of investors leave open; how a fact follows
# from others; which values a fact takes; how a fact follows from the place of registration.
UncomparedKind = Literal["from_investors", "open_origins", "derivation", "range", "registration"]
UNCOMPARED: tuple[UncomparedKind, ...] = get_args(UncomparedKind)


@dataclass(frozen=True)
class UncomparedRule:
    """A rule that differs, for which some profiles were not compared.

    `name` is the derivation or the fact that differs, `facts` the facts whose values it may change, and `rows` the rows
    of either rulebook that read one of these.
    """

    kind: UncomparedKind
    name: str
    facts: tuple[str, ...]
    rows: tuple[MeasureKey, ...]


def uncompared(old: Rulebook, new: Rulebook) -> Iterator[UncomparedRule]:
    """The rules that differ without a cell to show it, by kind."""
    books = (old, new)
    changed = _changed_derivations(old, new)
    sums = {one.gives for book in books for one in book.derivations if one.when is None}
    found: list[tuple[UncomparedKind, str, Collection[str]]] = []
    found += [("from_investors", id, {one.gives}) for id, one in changed.items() if one.when is None]
    found += [("open_origins", name, sums) for name in _differing_origins(old, new)]
    found += [("derivation", id, {one.gives}) for id, one in changed.items() if one.when is not None]
    found += [("range", name, {name}) for name in _differing_ranges(old, new)]
    found += [("registration", name, settled) for name, settled in _differing_registrations(old, new)]
    for kind, name, first in found:
        facts = _following(first, books)
        yield UncomparedRule(kind, name, tuple(sorted(facts)), _reading(facts, books))


def derivation_content(one: Derivation) -> object:
    """What a derivation does; its name and its reason change nothing."""
    return (one.kind, one.gives, None if one.when is None else bare(one.when), one.value, one.leave_out)


def _changed_derivations(old: Rulebook, new: Rulebook) -> dict[str, Derivation]:
    """The derivations of either side that the other has not, by their ids."""
    before, after = ({derivation_content(one) for one in book.derivations} for book in (old, new))
    every = (*old.derivations, *new.derivations)
    return {one.id: one for one in every if derivation_content(one) not in before & after}


def _differing_origins(old: Rulebook, new: Rulebook) -> Iterator[str]:
    """The facts that list investors, where an origin that both know leaves other origins open."""
    for name, one in old.facts.items():
        other = new.facts.get(name)
        if one.type == "investors" and other is not None:
            shared = one.values.keys() & other.values.keys()
            if any(set(one.values[key].may_be) != set(other.values[key].may_be) for key in shared):
                yield name


def _differing_ranges(old: Rulebook, new: Rulebook) -> Iterator[str]:
    for name, one in old.facts.items():
        other = new.facts.get(name)
        if other is not None and (one.type, one.ends) != (other.type, other.ends):
            yield name


def _differing_registrations(old: Rulebook, new: Rulebook) -> Iterator[tuple[str, set[str]]]:
    """The facts that give a place of registration, with those that they settle, where the answer may be another."""
    pairs = [(one, new.facts[one.name]) for one in registrations(old) if one.name in new.facts]
    if pairs:
        alike = _same_lie_of_land(old, new)
        for one, other in pairs:
            if not alike or one.settles != other.settles:
                yield one.name, {one.settles, other.settles}


def _same_lie_of_land(old: Rulebook, new: Rulebook) -> bool:
    """Whether the pilots are the same, and the places that both know lie alike."""
    one, other = old.gazetteer, new.gazetteer
    zones = one.zones.keys() & other.zones.keys()
    divisions = () if one.divisions.keys() == other.divisions.keys() else one.divisions.keys() & other.divisions.keys()
    return (
        set(old.pilots) == set(new.pilots)
        and all(
            (one.zones[id].divisions, one.zones[id].part_of, one.zones[id].whole)
            == (other.zones[id].divisions, other.zones[id].part_of, other.zones[id].whole)
            for id in zones
        )
        and all(one.path(code) == other.path(code) for code in divisions)
    )


def _following(facts: Collection[str], books: Collection[Rulebook]) -> frozenset[str]:
    """The facts, and those that derivations of either side give by them."""
    found = set(facts)
    conditional = [one for book in books for one in book.derivations if one.when is not None]
    while more := {one.gives for one in conditional if one.gives not in found and _reads(one, found)}:
        found |= more
    return frozenset(found)


def _reads(one: Derivation, facts: Collection[str]) -> bool:
    return one.when is not None and any(column_of(leaf) in facts for leaf in leaves(one.when))


def _reading(facts: Collection[str], books: Collection[Rulebook]) -> tuple[MeasureKey, ...]:
    """The rows of either side that read one of the facts, in order."""
    return tuple(
        dict.fromkeys(
            row.key
            for book in books
            for row in book.measures
            if row.condition is not None and any(column_of(leaf) in facts for leaf in leaves(row.condition))
        )
    )
