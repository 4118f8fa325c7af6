"""Which companies measures serve: by a scope or by an instrument alone, and what keeps the others.

Counted are, besides, the companies that a measure without a narrower reading serves, those that only an official step
keeps from a measure, and those that an authority's finding is needed for.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.minmax_terms import ELIGIBLE, INELIGIBLE, ClassTable
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.bulk.measure_key import key_of
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import Condition, Judgement, Leaf, Step, fold
from applicability.model.verdict import Verdict

Companies = NDArray[np.bool_]


@dataclass(frozen=True)
class Served:
    """Which companies have a measure open by its own scope: any, one they are eligible for, one that no narrower
    reading closes to some; and by the key of each measure that an instrument opens further, how many that serves alone.
    """

    by_scope: Companies
    certain: Companies
    by_any_reading: Companies
    entries: dict[str, int]


def served(table: ClassTable, codes: Sequence[Codes], decided: VerdictBits, places: Sequence[int]) -> Served:
    """Whom the measures at some places serve."""
    apart, inside, certain = {}, {}, {}
    for place in places:
        measure = decided.measures[place]
        plain = measure.own_scope
        groups = table.leaves.read_by(plain) if plain is not None else ()
        if plain is not None and len(groups) == 1:
            (group,) = groups
            own = table.read(plain, group).take(codes[group])
            opened = decided.open_on(place)
            inside[place] = opened & (own >= Verdict.CONDITIONAL)
            certain[place] = decided.open_on(place, Verdict.ELIGIBLE) & (own >= Verdict.ELIGIBLE)
            apart[key_of(measure)] = int((opened & ~inside[place]).sum())
    rest = [place for place in places if place not in inside]
    by_scope, eligible = decided.open_to_any(rest), decided.open_to_any(rest, Verdict.ELIGIBLE)
    plainly = decided.open_to_any([one for one in rest if not decided.measures[one].narrower_reading])
    for place, some in inside.items():
        by_scope |= some
        eligible |= certain[place]
        if not decided.measures[place].narrower_reading:
            plainly |= some
    return Served(by_scope, eligible, plainly, apart)


def kept_by_steps(
    table: ClassTable, codes: Sequence[Codes], decided: VerdictBits, places: Sequence[int]
) -> dict[str, int]:
    """By the key of each measure with pending companies: those of them that only official steps keep from it, all else
    being met, if need be once found. Of the other pending companies facts are missing besides.
    """
    found = {}
    for place in places:
        measure = decided.measures[place]
        pending = (decided.verdicts(place) == int(Verdict.PENDING)) & ~decided.unreadable
        if measure.condition is not None and pending.any():
            rows = np.flatnonzero(pending)
            taken = _verdicts(measure.condition, table, codes, rows, Step)
            found[key_of(measure)] = int((taken >= int(Verdict.CONDITIONAL)).sum())
    return found


def needing_findings(
    table: ClassTable, codes: Sequence[Codes], decided: VerdictBits, places: Sequence[int]
) -> dict[str, int]:
    """By measure and finding, a tab between their keys: the companies that wait for findings on the measure and could
    not use it without that one.
    """
    found = {}
    for place in places:
        measure = decided.measures[place]
        judged = (decided.verdicts(place) == int(Verdict.CONDITIONAL)) & ~decided.unreadable
        if measure.condition is not None and judged.any():
            rows = np.flatnonzero(judged)
            for one in measure.judgements:
                left = _verdicts(measure.condition, table, codes, rows, Judgement, one.key)
                found[f"{key_of(measure)}\t{one.key}"] = int((left < int(Verdict.CONDITIONAL)).sum())
    return found


def _verdicts(
    condition: Condition, table: ClassTable, codes: Sequence[Codes], rows: NDArray[np.int64],
    settled: type[Step] | type[Judgement], key: str = "",
) -> NDArray[np.uint8]:  # fmt: skip
    """The verdict of a condition for companies in some rows as if its steps were taken, or a finding denied."""
    met, fails = (np.full(rows.size, verdict, np.uint8) for verdict in (ELIGIBLE, INELIGIBLE))

    def read(leaf: Leaf) -> NDArray[np.uint8]:
        if settled is Step and isinstance(leaf, Step):
            return met
        if settled is Judgement and isinstance(leaf, Judgement) and leaf.key == key:
            return fails
        group, place = table.place(leaf)
        found: NDArray[np.uint8] = table.vectors[group][:, place].take(codes[group].take(rows))
        return found

    return fold(
        condition,
        read,
        lambda parts: functools.reduce(np.minimum, parts, met),
        lambda parts: functools.reduce(np.maximum, parts, fails),
        lambda _, part: (ELIGIBLE - part).astype(np.uint8),
    )
