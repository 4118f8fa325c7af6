"""The little that rules need of a table: tests of a column, and verdicts chosen by them and combined.

A verdict is a number from 0 (ineligible) to 4 (eligible) and never null. A test may be null where its column is; a test
that stands under `Not` must not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from applicability.lazy_dataclass import dataclass

Operator = Literal[">", ">=", "=", "<=", "<"]


@dataclass(frozen=True)
class IsNull:
    """Nothing is known."""

    column: str


@dataclass(frozen=True)
class IsNoNumber:
    """No number is known: null, or what computing calls NaN, which databases take for larger than any number."""

    column: str


@dataclass(frozen=True)
class IsTrue:
    """A column of truths says yes."""

    column: str


@dataclass(frozen=True)
class IsIn:
    """A text is one of some."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class HasAny:
    """A list has one of some words."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AllIn:
    """A list has no other words than these."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A number compared with another."""

    column: str
    operator: Operator
    number: Decimal


@dataclass(frozen=True)
class Every:
    """All tests."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Some:
    """Any test."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Never:
    """The opposite of a test that is not null."""

    part: Test


Test = IsNull | IsNoNumber | IsTrue | IsIn | HasAny | AllIn | Compared | Every | Some | Never


@dataclass(frozen=True)
class CaseWhen:
    """The verdict of the first test that holds, else the last."""

    whens: tuple[tuple[Test, int], ...]
    otherwise: int


@dataclass(frozen=True)
class Constant:
    """A verdict that is always the same."""

    verdict: int


@dataclass(frozen=True)
class LeafVerdict:
    """The verdict of a leaf, by its name."""

    name: str


@dataclass(frozen=True)
class Least:
    """The lowest verdict."""

    parts: tuple[VerdictExpression, ...]


@dataclass(frozen=True)
class Greatest:
    """The highest verdict."""

    parts: tuple[VerdictExpression, ...]


@dataclass(frozen=True)
class Opposite:
    """Four less a verdict: what is met fails, what fails is met, what is missing is missing."""

    part: VerdictExpression


VerdictExpression = CaseWhen | Constant | LeafVerdict | Least | Greatest | Opposite


def columns_read(verdict: VerdictExpression) -> frozenset[str]:
    """The columns that a verdict reads."""
    match verdict:
        case CaseWhen(whens):
            return frozenset().union(*(_columns_tested(test) for test, _ in whens))
        case Least(parts) | Greatest(parts):
            return frozenset().union(*map(columns_read, parts))
        case Opposite(part):
            return columns_read(part)
        case Constant() | LeafVerdict():
            return frozenset()


def _columns_tested(test: Test) -> frozenset[str]:
    match test:
        case Every(parts) | Some(parts):
            return frozenset().union(*map(_columns_tested, parts))
        case Never(part):
            return _columns_tested(part)
        case _:
            return frozenset((test.column,))


def renamed(verdict: VerdictExpression, names: Mapping[str, str]) -> VerdictExpression:
    """The verdict with other names for its leaves."""
    match verdict:
        case LeafVerdict(name):
            return LeafVerdict(names[name])
        case Least(parts):
            return Least(tuple(renamed(part, names) for part in parts))
        case Greatest(parts):
            return Greatest(tuple(renamed(part, names) for part in parts))
        case Opposite(part):
            return Opposite(renamed(part, names))
        case CaseWhen() | Constant():
            return verdict
