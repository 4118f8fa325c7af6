"""Verdicts as plain booleans: "the verdict is at least k" is a formula over "this leaf is at least k".

Minimum and maximum over a chain split by threshold, so four boolean formulas, one a level, give the five verdicts on
any engine that knows only true and false. Negation is pushed down to the leaves: no formula holds a `not`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from applicability.model.conditions import All, Any_, Condition, Judgement, Leaf, Not, Step

LEVELS = (1, 2, 3, 4)

# Of a leaf: certainly so, not certainly otherwise, certainly not so, not certainly so. Of a step: `true` the register
# holds it, `possible` it may hold it. Of a judgement: `true` granted, `possible` not refused.
Mode = Literal["true", "possible", "false", "doubtful"]
_OPPOSITE: dict[Mode, Mode] = {"true": "doubtful", "possible": "false", "false": "possible", "doubtful": "true"}


@dataclass(frozen=True, slots=True)
class Atom:
    """A leaf, seen in one mode."""

    leaf: Leaf
    mode: Mode


@dataclass(frozen=True, slots=True)
class And:
    """All of the parts; with no parts, true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the parts; with no parts, false."""

    parts: tuple[Formula, ...]


Formula = Atom | And | Or
TRUE, FALSE = And(()), Or(())


def at_least(condition: Condition, level: int) -> Formula:
    """The formula of "the verdict of this condition is at least `level`" (1 to 4)."""
    match condition:
        case All(parts):
            return And(tuple(at_least(part, level) for part in parts))
        case Any_(parts):
            return Or(tuple(at_least(part, level) for part in parts))
        case Not(part):
            return opposite(at_least(part, 5 - level))
        case Step():
            # Pending (1) is the floor of a public step.
            return TRUE if level == 1 else Atom(condition, "possible" if level == 2 else "true")
        case Judgement():
            return Atom(condition, "true" if level == 4 else "possible")
        case _:
            return Atom(condition, "true" if level >= 3 else "possible")


def opposite(formula: Formula) -> Formula:
    """The formula that is true where this one is false.

    >>> opposite(TRUE) == FALSE
    True
    """
    match formula:
        case Atom(leaf, mode):
            return Atom(leaf, _OPPOSITE[mode])
        case And(parts):
            return Or(tuple(opposite(part) for part in parts))
        case Or(parts):
            return And(tuple(opposite(part) for part in parts))


def simplify(formula: Formula, settled: Callable[[Atom], bool | None]) -> Formula:
    """The same formula without what is settled beforehand: TRUE and FALSE vanish, single parts stand alone.

    >>> simplify(Or((FALSE, And((TRUE,)))), lambda atom: None) == TRUE
    True
    """
    match formula:
        case Atom():
            known = settled(formula)
            return formula if known is None else TRUE if known else FALSE
        case And(parts):
            kept = _kept(parts, settled, neutral=TRUE)
            return FALSE if FALSE in kept else kept[0] if len(kept) == 1 else And(kept)
        case Or(parts):
            kept = _kept(parts, settled, neutral=FALSE)
            return TRUE if TRUE in kept else kept[0] if len(kept) == 1 else Or(kept)


def _kept(parts: tuple[Formula, ...], settled: Callable[[Atom], bool | None], neutral: Formula) -> tuple[Formula, ...]:
    simple = dict.fromkeys(simplify(part, settled) for part in parts)
    return tuple(part for part in simple if part != neutral)
