"""Companies that have a measure open, by row and name: the first of each measure, and the first of all with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.verdict_bits import VerdictBits
from applicability.bulk.job import FIRST, LISTED
from applicability.bulk.measure_key import key_of


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
