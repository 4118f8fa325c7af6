"""The verdict chain: a measure is as open to an entity as its least satisfied condition.

Five verdicts, one order. `all` is the minimum, `any` the maximum, and nothing else combines verdicts (`not` swaps
those of a comparison): a measure is the minimum of its scope and of the maximum of its limbs (`model.evaluate`).

>>> min(Verdict.CONDITIONAL, Verdict.NEEDS_INFO)
<Verdict.NEEDS_INFO: 2>
>>> max(Verdict.INELIGIBLE, Verdict.PENDING).word
'pending'
>>> Verdict("pending") is Verdict.PENDING is Verdict(1)
True
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING


class Verdict(IntEnum):
    """How open a condition or a measure is, from 0 (a condition fails) to 4 (every condition is met)."""

    INELIGIBLE = 0
    PENDING = 1
    NEEDS_INFO = 2
    CONDITIONAL = 3
    ELIGIBLE = 4

    if TYPE_CHECKING:  # by word or number: see `_missing_`

        def __new__(cls, value: int | str) -> Verdict: ...

    @classmethod
    def _missing_(cls, value: object) -> Verdict | None:
        return cls.__members__.get(value.upper()) if isinstance(value, str) and value.islower() else None

    def __bool__(self) -> bool:
        raise TypeError("a verdict is no bool: compare it, as in `verdict is Verdict.ELIGIBLE`")

    def __str__(self) -> str:
        return self.word

    @property
    def word(self) -> str:
        """The verdict as written in files and JSON: `eligible`, `needs_info`, …"""
        return self.name.lower()


# What `not` makes of the verdict of a comparison. Only comparisons are negated: what waits for a step or is subject to
# a finding has no opposite.
NEGATED: Mapping[Verdict, Verdict] = {
    Verdict.ELIGIBLE: Verdict.INELIGIBLE,
    Verdict.NEEDS_INFO: Verdict.NEEDS_INFO,
    Verdict.INELIGIBLE: Verdict.ELIGIBLE,
}
