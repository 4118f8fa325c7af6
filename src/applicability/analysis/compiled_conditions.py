"""Compiles a condition to a function of its leaves' verdicts, for callers that decide it many times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from operator import itemgetter

from applicability.analysis.classes import Vector
from applicability.model.conditions import Condition, Leaf, Not, fold
from applicability.model.verdict import NEGATED, Verdict

Compiled = Callable[[Vector], Verdict]


def compiled(condition: Condition, index: Callable[[Leaf], int]) -> Compiled:
    """Compiles a condition to a function of the vector of its leaves' verdicts; `index` gives a leaf's index."""

    def least(parts: list[int | Compiled]) -> Compiled:
        return _chosen(min, parts, Verdict.ELIGIBLE)

    def greatest(parts: list[int | Compiled]) -> Compiled:
        return _chosen(max, parts, Verdict.INELIGIBLE)

    def negated(_: Not, part: int | Compiled) -> Compiled:
        inner = _read(part)
        return lambda vector: NEGATED[inner(vector)]

    return _read(fold(condition, index, least, greatest, negated))


def _read(part: int | Compiled) -> Compiled:
    """A compiled part of a condition, or a lookup for the index of a leaf."""
    return itemgetter(part) if isinstance(part, int) else part


def _chosen(choose: Callable[..., Verdict], parts: Sequence[int | Compiled], nothing: Verdict) -> Compiled:
    """The minimum or maximum of some parts; leaves are read from the vector in one step."""
    indices = [part for part in parts if isinstance(part, int)]
    others = [part for part in parts if not isinstance(part, int)]
    if not indices:
        return lambda vector: choose([part(vector) for part in others], default=nothing)
    read = itemgetter(*indices, indices[0])  # one more, so that it is always a tuple
    if not others:
        return lambda vector: choose(read(vector))
    return lambda vector: choose(*read(vector), *[part(vector) for part in others])
