"""Groups of facts that are decided together; no rule needs to look across groups within one leaf.

Place facts form one group and business facts one or two; each judgement and each limit is a group, and so is every
other fact, unless a derivation ties it to the facts it is derived from: those form one group.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from applicability.analysis.place_classes import PlaceLeaves
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.profile.parts import part_names, whole_name
from applicability.model.conditions import Condition, InSector, Leaf, bare_leaf, leaves
from applicability.model.leaf_kinds import BUSINESS, FINDING, PLACE, column_of, kind_of, limit_key, limit_name
from applicability.model.measure import Measure
from applicability.model.rulebook import Derivation, Rulebook

PLACE_TYPES = ("place", "zones", "zone_types")
_BUSINESS_TYPES = ("sector", "activities")


@dataclass(frozen=True)
class FactGroup:
    """Facts that are decided together.

    `columns` are the columns of `analysis.classes` in the group, `facts` those of a table. `leaves` are the leaves of
    rules that read it, one for each distinct test; `behind` are those that only derivations read.
    """

    columns: tuple[str, ...]
    facts: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    behind: tuple[Leaf, ...]
    derivations: tuple[Derivation, ...]

    @property
    def name(self) -> str:
        """The name of the group in tables of codes."""
        return "+".join(self.columns)


def conditions_of(rulebook: Rulebook) -> tuple[tuple[Measure, Condition], ...]:
    """The measures that have a verdict, and the condition of each."""
    return tuple((one, one.condition) for one in rulebook.measures if one.condition is not None)


def facts_of_column(rulebook: Rulebook, column: str) -> tuple[str, ...]:
    """The columns of a table that feed one column of `analysis.classes`."""
    types = {PLACE: PLACE_TYPES, BUSINESS: _BUSINESS_TYPES}.get(column)
    if types is not None or column in rulebook.facts:
        own = [one for name, one in rulebook.facts.items() if name == column or (types and one.type in types)]
        return tuple(name for one in own for name in (one.name, *part_names(one)))
    return (column,) if limit_key(column) is not None else (FINDING + column,)


def column_of_fact(rulebook: Rulebook, fact: str) -> str:
    """The column of `analysis.classes` that a column of a table feeds, wholly or in part."""
    if fact.startswith(FINDING):
        return fact.removeprefix(FINDING)
    if limit_key(fact) is not None:
        return fact
    fact, _ = whole_name(fact)
    type_ = rulebook.facts[fact].type
    return PLACE if type_ in PLACE_TYPES else BUSINESS if type_ in _BUSINESS_TYPES else fact


@functools.lru_cache(maxsize=4)  # by identity: every screener of a rulebook has the same groups
def groups_of(rulebook: Rulebook) -> tuple[FactGroup, ...]:
    """All groups of a rulebook: those of facts in declared order, then judgements, then limits."""
    readings = distinct_leaves(
        rulebook, (leaf for _, condition in conditions_of(rulebook) for leaf in leaves(condition))
    )
    whens = [leaf for one in rulebook.derivations if one.when is not None for leaf in leaves(one.when)]
    behind = distinct_leaves(rulebook, whens)
    names = dict.fromkeys(column_of_fact(rulebook, fact) for fact in rulebook.facts)
    names |= dict.fromkeys((*rulebook.judgements, *map(limit_name, rulebook.limits)))
    read, needed = _by_column(readings), _by_column(behind)
    found: list[FactGroup] = []
    for columns in _tied(rulebook, list(names)):
        found += _apart(
            rulebook,
            FactGroup(
                columns,
                tuple(fact for column in columns for fact in facts_of_column(rulebook, column)),
                tuple(leaf for column in columns for leaf in read.get(column, ())),
                tuple(leaf for column in columns for leaf in needed.get(column, ())),
                tuple(one for one in rulebook.derivations if column_of_fact(rulebook, one.gives) in columns),
            ),
        )
    return tuple(found)


def _by_column(every: Iterable[Leaf]) -> dict[str, list[Leaf]]:
    """The leaves of each column, in order."""
    found: dict[str, list[Leaf]] = {}
    for leaf in every:
        found.setdefault(column_of(leaf), []).append(leaf)
    return found


def _apart(rulebook: Rulebook, group: FactGroup) -> tuple[FactGroup, ...]:
    """The group; the business group split in two: activities, and sector for the leaves that test the sector alone.

    Together they would need a class for each combination of a tested sector and a list of activities.
    """
    asks = tuple(leaf for leaf in group.leaves if isinstance(leaf, InSector))
    if group.columns != (BUSINESS,) or group.behind or group.derivations or not 0 < len(asks) < len(group.leaves):
        return (group,)
    does = tuple(leaf for leaf in group.leaves if leaf not in asks)
    sector = tuple(fact for fact in group.facts if fact in rulebook.facts and rulebook.facts[fact].type == "sector")
    return (replace(group, leaves=does), FactGroup(("sector",), sector, asks, (), ()))


def reading_of(rulebook: Rulebook, leaf: Leaf) -> object:
    """The key of what a leaf tests: leaves with the same key have the same verdict for everyone.

    Steps of different rows share a key where the same entries of the register can settle them.
    """
    own = bare_leaf(leaf)
    return (type(own), PlaceLeaves(rulebook, (own,)).key) if kind_of(own).nature == "step" else own


def distinct_leaves(rulebook: Rulebook, every: Iterable[Leaf]) -> tuple[Leaf, ...]:
    """The first leaf for each distinct test, without its quotes."""
    found: dict[object, Leaf] = {}
    for leaf in every:
        found.setdefault(reading_of(rulebook, leaf), bare_leaf(leaf))
    return tuple(found.values())


def _tied(rulebook: Rulebook, names: Sequence[str]) -> list[tuple[str, ...]]:
    """The columns, with those that derivations tie together in one tuple."""
    part: dict[str, tuple[str, ...]] = {name: (name,) for name in names}
    investors = [name for name, one in rulebook.facts.items() if one.type == "investors"]
    for one in rulebook.derivations:
        behind = investors if one.when is None else [column_of(leaf) for leaf in leaves(one.when)]
        members = {name for each in (column_of_fact(rulebook, one.gives), *behind) for name in part[each]}
        whole = tuple(name for name in names if name in members)
        part.update(dict.fromkeys(whole, whole))
    return list(dict.fromkeys(part.values()))


def only(rulebook: Rulebook, derivations: tuple[Derivation, ...]) -> Rulebook:
    """The rulebook with these derivations only."""
    return rulebook if derivations == rulebook.derivations else replace(rulebook, derivations=derivations)
