"""How many examples a generated test draws: all of them in a run with the thorough tests, a part of them otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

import pytest
from _pytest.mark.structures import ParameterSet
from hypothesis import settings

T = TypeVar("T")

PART = 8
_drawn = {"whole": False}


def choose(expression: str) -> None:
    """Reads from the expression after `-m` whether thorough tests are run, and so how many examples are drawn."""
    _drawn["whole"] = not expression or "thorough" in expression.replace("not thorough", "")
    # Deterministic: the same examples on every run and machine. The first examples of many are those of few.
    settings.register_profile("steady", derandomize=True, deadline=None, max_examples=drawn(60))
    settings.load_profile("steady")


def drawn(whole: int) -> int:
    """The number of examples of this run, for a test that draws `whole` of them in a thorough one."""
    return whole if _drawn["whole"] else max(whole // PART, 5)


def part(whole: Sequence[T], number: int) -> Sequence[T]:
    """What a test goes through for the thing of that number: all in a thorough run, else another part for each."""
    return whole if _drawn["whole"] else whole[number % PART :: PART]


def one_in(count: int, whole: Sequence[T]) -> list[ParameterSet]:
    """Parameters of a test: one in so many always, the others in a thorough run."""
    return [
        pytest.param(one, marks=() if place % count == 0 else pytest.mark.thorough) for place, one in enumerate(whole)
    ]
