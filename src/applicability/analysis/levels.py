"""Verdicts as booleans: "the verdict is at least k" as a formula over "this leaf is at least k".

Minimum and maximum over a chain split by threshold, so four boolean formulas, one per level, give the five verdicts on
any engine that only has true and false. Negation is pushed down to the leaves: no formula contains a `not`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Condition, Leaf, fold
from applicability.model.leaf_kinds import kind_of
from applicability.model.verdict import Verdict

LEVELS = (1, 2, 3, 4)

# Of a comparison: certainly true, not certainly false, certainly false, not certainly true. Of a step: `true` if the
# register records it, `possible` if it may. Of a judgement: `true` if granted, `open` if granted or left to the
# authority, `possible` if not refused; a judgement is never negated.
Mode = Literal["true", "open", "possible", "false", "doubtful"]
_OPPOSITE: dict[Mode, Mode] = {"true": "doubtful", "possible": "false", "false": "possible", "doubtful": "true"}


@dataclass(frozen=True, slots=True)
class Atom:
    """A leaf in one mode."""

    leaf: Leaf
    mode: Mode


@dataclass(frozen=True, slots=True)
class And:
    """Conjunction; without parts, true."""

    parts: tuple[Formula, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Disjunction; without parts, false."""

    parts: tuple[Formula, ...]


Formula = Atom | And | Or
TRUE, FALSE = And(()), Or(())


def at_least(condition: Condition, level: int) -> Formula:
    """The formula of "the verdict of this condition is at least `level`" (1 to 4)."""
    return _levels(condition)[level - 1]


def _levels(condition: Condition) -> tuple[Formula, ...]:
    """The formulas of all levels; negating swaps levels."""
    return fold(
        condition,
        lambda leaf: tuple(_leaf(leaf, level) for level in LEVELS),
        lambda parts: tuple(And(level) for level in _by_level(parts)),
        lambda parts: tuple(Or(level) for level in _by_level(parts)),
        lambda _, part: tuple(opposite(level) for level in reversed(part)),
    )


def _by_level(parts: Sequence[tuple[Formula, ...]]) -> list[tuple[Formula, ...]]:
    return [tuple(part[level - 1] for part in parts) for level in LEVELS]


def _leaf(leaf: Leaf, level: int) -> Formula:
    """ "The leaf is at least at a level"; true if it can never be lower."""
    verdicts = kind_of(leaf).verdicts
    if level <= verdicts[0]:
        return TRUE  # pending (1) is the lowest verdict of an official step
    if level <= Verdict.NEEDS_INFO:
        return Atom(leaf, "possible")
    return Atom(leaf, "open" if level == Verdict.CONDITIONAL and Verdict.CONDITIONAL in verdicts else "true")


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
    """The formula with known atoms replaced: TRUE and FALSE are absorbed, single parts unwrapped.

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
