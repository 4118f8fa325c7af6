"""What a condition can be: a closed union of leaves under `all`, `any` and `not`.

A leaf holds the words that set it (`quote`) and where they stand (`cites`: `text`, `cell` or `note N`).
What each means is told in `model.evaluate`.
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
    """What a leaf rests on: the exact words, where they stand, and a message where the standard one misleads.

    `location` is where the leaf itself stands in the rule files; two leaves that differ in nothing else are equal.
    """

    quote: str = ""
    cites: str = "text"
    message: Text | None = None
    location: Location = field(default=Location(""), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Number:
    """A number fact within every one of the bounds; percent facts run from 0 to 100."""

    fact: str
    bounds: tuple[tuple[Bound, Decimal], ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class OneOf:
    """A choice, choices or boolean fact that is, or has, any of the values (booleans as `true` and `false`)."""

    fact: str
    values: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Within:
    """The entity stands in any of the places: GB/T 2260 codes or zone ids."""

    places: tuple[str, ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class ZoneType:
    """The entity stands in a zone of any of the types, or of a type under one."""

    types: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Does:
    """The entity carries on any of the activities."""

    activities: frozenset[str]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class InSector:
    """The entity's sector is, or lies under, any of the GB/T 4754 codes."""

    codes: tuple[str, ...]
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Step:
    """An official step that the register must hold for this row at the entity's place, on the day asked about."""

    step: str
    row: int
    document: str
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Overtaken:
    """An instrument on the register has opened this row for the entity's place, whatever its scope says."""

    row: int
    document: str
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the text leaves to an authority; `key` (`22.specific-area`) is how a profile records the finding."""

    key: str
    about: Text
    authority: Text
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class Limit:
    """What each use must keep, whoever the entity is; `key` (`57.taiwan`) is how a profile says whether it does.

    It stands in the top `all` of a limb, beside the limb's conditions.
    """

    key: str
    question: Text
    label: Text
    ground: Ground = Ground()


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold: the minimum."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Any_:
    """One part is enough: the maximum."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part must not hold; over fact comparisons only, and a missing fact stays missing under it."""

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
    """What a condition comes to: what its leaves do, put together under `all` and `any` in the order of the file.

    `not_` is given the negation as well, since many read a negated comparison as one leaf.
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
    """The same condition with other leaves."""
    return fold(
        condition,
        leaf,
        lambda parts: All(tuple(parts)),
        lambda parts: Any_(tuple(parts)),
        lambda _, part: Not(part),
    )


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """All leaves of a condition, in the order of the file."""
    # Asked for at every turn, so not by `fold`, which takes twice the time.
    match condition:
        case All(parts) | Any_(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Not(part):
            return leaves(part)
        case _:
            return (condition,)


def bare(condition: Condition) -> Condition:
    """The condition without the words it rests on: two that mean the same are then equal."""
    return transform(condition, bare_leaf)


def bare_leaf(leaf: Leaf) -> Leaf:
    """The leaf without the words it rests on."""
    return replace(leaf, ground=Ground())
