"""The syntax tree of conditions: a closed union of leaves under `all`, `any` and `not`.

A leaf holds the words that it rests on (`quote`) and their place (`cites`: `text`, `cell` or `note N`).
`model.evaluate` defines the semantics.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Literal, TypeVar

from applicability.errors import Location
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.text import Text

Bound = Literal["above", "at_least", "equals", "at_most", "below"]


@dataclass(frozen=True, slots=True)
class Ground:
    """What a leaf rests on: the exact words, their place, and a message where the standard one would mislead.

    `location` is where the leaf is in the rule files; it does not count for equality.
    """

    quote: str = ""
    cites: str = "text"
    message: Text | None = None
    location: Location = field(default=Location(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number fact satisfies all of the bounds; percent facts range from 0 to 100."""

    fact: str
    bounds: tuple[tuple[Bound, Decimal], ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice, choices or boolean fact is, or contains, any of the values (booleans as `true` and `false`)."""

    fact: str
    values: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Within:
    """The entity is in any of the places: GB/T 2260 codes or zone ids."""

    places: tuple[str, ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class ZoneType:
    """The entity is in a zone of any of the types, or of a subtype."""

    types: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Does:
    """The entity carries on any of the activities."""

    activities: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class InSector:
    """The entity's sector is, or is under, any of the GB/T 4754 codes."""

    codes: tuple[str, ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Step:
    """The register must record an official step for this row at the entity's place, on the day asked about."""

    step: str
    row: int
    document: str
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """An instrument on the register has opened this row at the entity's place, whatever its scope says."""

    row: int
    document: str
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A judgement that the text leaves to an authority; `key` (`22.specific-area`) is the profile's key for the
    finding.
    """

    key: str
    about: Text
    authority: Text
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit that each use must keep, whoever the entity is; `key` (`57.taiwan`) is the profile's key for it.

    `whose` says whose use it limits, where a row has uses of different entities (None: of whoever the row is for);
    `of_another`: that the use is one by another entity, such as a subsidiary, of what the row's own entity has;
    whoever has one of the values of facts in `not_itself` is no such entity.
    `instead_of` are activities of earlier vocabularies, for which an error names the limit.

    It occurs in the top `all` of a limb, beside the limb's conditions.
    """

    key: str
    question: Text
    label: Text
    ground: Ground = Ground()
    whose: Text | None = None
    instead_of: tuple[str, ...] = ()
    of_another: bool = False
    not_itself: tuple[tuple[str, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, slots=True)
class All:
    """Conjunction: the minimum of its parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    """Disjunction: the maximum of its parts."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Negation, of fact comparisons only; a missing fact stays missing under it."""

    part: Condition


FactLeaf = Number | OneOf | Within | ZoneType | Does | InSector
Leaf = FactLeaf | Step | Overtaken | Judgement | Limit
Condition = Leaf | All | Any_ | Not


T = TypeVar("T")


def fold(
    condition: Condition,
    leaf: Callable[[Leaf], T],
    all_: Callable[[list[T]], T],
    any_: Callable[[list[T]], T],
    not_: Callable[[Not, T], T],
) -> T:
    """Folds a condition bottom-up, parts in file order: `leaf` at the leaves, the other functions at the nodes.

    `not_` also gets the negation itself, since many callers treat a negated comparison as one leaf.
    """
    match condition:
        case All(parts):
            return all_([fold(part, leaf, all_, any_, not_) for part in parts])
        case Any_(parts):
            return any_([fold(part, leaf, all_, any_, not_) for part in parts])
        case Not(part):
            return not_(condition, fold(part, leaf, all_, any_, not_))
        case _:
            return leaf(condition)


def transform(condition: Condition, leaf: Callable[[Leaf], Condition]) -> Condition:
    """The same condition with each leaf replaced."""
    return fold(
        condition,
        leaf,
        lambda parts: All(tuple(parts)),
        lambda parts: Any_(tuple(parts)),
        lambda _, part: Not(part),
    )


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """All leaves of a condition, in file order."""
    # Called very often, so not by `fold`, which takes twice the time.
    match condition:
        case All(parts) | Any_(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (condition,)


def bare(condition: Condition) -> Condition:
    """The condition without grounds: two that mean the same are then equal."""
    return transform(condition, bare_leaf)


def bare_leaf(leaf: Leaf) -> Leaf:
    """The leaf without its ground."""
    return replace(leaf, ground=Ground())
