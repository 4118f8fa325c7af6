"""The expression tree of compiled rules: tests of a column, and verdicts chosen by tests and combined.

A verdict is a number from 0 (ineligible) to 4 (eligible) and never null. A test may be null if its column is; a test
under `Never` must not be.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from applicability.lazy_dataclass import dataclass

Operator = Literal[">", ">=", "=", "<=", "<"]


@dataclass(frozen=True)
class IsNull:
    """The column is null."""

    column: str


@dataclass(frozen=True)
class IsNoNumber:
    """The column has no number: null, or NaN, which databases sort above every number."""

    column: str


@dataclass(frozen=True)
class IsIn:
    """A text is one of the values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class HasAny:
    """A list contains any of the values."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class AllIn:
    """A list contains no other values than these."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Compared:
    """A number compared with a constant."""

    column: str
    operator: Operator
    number: Decimal


@dataclass(frozen=True)
class Every:
    """Conjunction."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Some:
    """Disjunction."""

    parts: tuple[Test, ...]


@dataclass(frozen=True)
class Never:
    """Negation of a test that is not null."""

    part: Test


Test = IsNull | IsNoNumber | IsIn | HasAny | AllIn | Compared | Every | Some | Never


@dataclass(frozen=True)
class CaseWhen:
    """The verdict of the first test that is true, else `otherwise`."""

    whens: tuple[tuple[Test, int], ...]
    otherwise: int


@dataclass(frozen=True)
class Constant:
    """A constant verdict."""

    verdict: int


@dataclass(frozen=True)
class LeafVerdict:
    """The verdict of a leaf, by name."""

    name: str


@dataclass(frozen=True)
class Least:
    """The minimum."""

    parts: tuple[VerdictExpression, ...]


@dataclass(frozen=True)
class Greatest:
    """The maximum."""

    parts: tuple[VerdictExpression, ...]


@dataclass(frozen=True)
class Opposite:
    """Four minus a verdict: met becomes fails, fails becomes met, missing stays missing."""

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
    """The verdict with its leaves renamed."""
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
