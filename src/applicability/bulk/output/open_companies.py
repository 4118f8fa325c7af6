"""Companies that have a measure open: the first of each measure and the first of all by row and name, and for each of
them how many are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.bulk.job import FIRST, LISTED
from applicability.bulk.measure_key import key_of
from applicability.lazy_dataclass import dataclass
from applicability.model.verdict import Verdict

# The columns that count the measures of a company, each with the verdict that it counts.
COUNTED = {
    "count_eligible": Verdict.ELIGIBLE,
    "count_conditional": Verdict.CONDITIONAL,
    "count_needs_info": Verdict.NEEDS_INFO,
}


@dataclass(frozen=True)
class CompanyCounts:
    """How many companies have a measure that is eligible, one that is or may be once an authority agrees, and one that
    waits for facts.
    """

    eligible: int
    open: int
    waiting: int


def counts_of_each(decided: VerdictBits, places: Sequence[int]) -> dict[str, Any]:
    """How many of the measures at some places have each verdict of `COUNTED` for each company, by column."""
    counts = {name: np.zeros(len(decided), np.int16) for name in COUNTED}
    for place in places:
        verdicts = decided.verdicts(place)
        for name, verdict in COUNTED.items():
            counts[name] += verdicts == int(verdict)
    return {name: pa.array(count) for name, count in counts.items()}


def counted_companies(tables: Iterable[Any]) -> CompanyCounts:
    """The companies of tables that have the columns of `COUNTED`."""
    found = np.zeros(3, np.int64)
    for table in tables:
        now, then, waiting = (table.column(name).to_numpy() > 0 for name in COUNTED)
        found += [now.sum(), (now | then).sum(), waiting.sum()]
    return CompanyCounts(*map(int, found))


def first_of_each(
    decided: VerdictBits, places: Sequence[int], lines: NDArray[np.int64], names: Any
) -> dict[str, list[list[int | str | None]]]:
    """For each measure at some places the first companies that it is open to; `names` is None where none are kept."""
    told: dict[str, list[list[int | str | None]]] = {}
    for place in places:
        rows = decided.first_open(place, FIRST)
        if rows:
            told[key_of(decided.measures[place])] = [[int(lines[row]), _name(names, row)] for row in rows]
    return told


def first_of_all(
    decided: VerdictBits, places: Sequence[int], opened: NDArray[np.bool_], lines: NDArray[np.int64], names: Any
) -> list[list[Any]]:
    """The first companies that have something open, each with the keys of what it is."""
    rows = np.flatnonzero(opened)[:LISTED]
    own = decided.of_rows(rows)
    found: list[list[Any]] = [[int(lines[row]), _name(names, row), []] for row in rows]
    for place in places:
        key = key_of(decided.measures[place])
        for number in np.flatnonzero(own.open_on(place)):
            found[number][2].append(key)
    return found


def _name(names: Any, row: int) -> str | None:
    told = None if names is None else names[int(row)].as_py()
    return None if told is None else str(told)
