"""Which facts of its place a company lacks for a condition: its city, its district, the zones that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import ArrayTable
from applicability.bulk.engine.groups import PLACE_TYPES
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.row_profiles import combinations, profile_of, whole_column
from applicability.bulk.output.business_told import names_of_columns
from applicability.lazy_dataclass import dataclass
from applicability.loading.profile.parts import whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import Condition, Leaf, leaves
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import PLACE, column_of, kind_of
from applicability.model.missing import missing_facts
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

# What equal cells tell is worked out once; so many are cached.
_REMEMBERED = 100_000


@dataclass(frozen=True)
class ToldPlace:
    """What some cells tell of the place of a company; `key` is equal for equal cells."""

    key: str
    facts: Facts


def reads_place(condition: Condition) -> bool:
    """Whether a condition reads the place."""
    return any(kind_of(one).nature == "comparison" and column_of(one) == PLACE for one in leaves(condition))


class PlaceGaps:
    """The facts of a place that are lacking, by the rules of one rulebook."""

    def __init__(self, rulebook: Rulebook) -> None:
        self._rulebook = rulebook
        self._types = {name for name, one in rulebook.facts.items() if one.type in PLACE_TYPES}
        self._places: BoundedCache[str, ToldPlace] = BoundedCache(_REMEMBERED)
        self._known: BoundedCache[tuple[Condition, str], tuple[str, ...]] = BoundedCache(_REMEMBERED)

    def told(self, table: Any, rows: NDArray[np.int64]) -> tuple[Codes, list[ToldPlace]]:
        """What the rows of a table of facts tell of their places, and for each which of these it is."""
        names = [one for one in names_of_columns(table) if whole_name(one)[0] in self._types]
        if not rows.size or not names:
            return np.zeros(rows.size, np.int32), [self._place({})]
        cells = ArrayTable({one: whole_column(table.column(one)).take(pa.array(rows)) for one in names}, rows.size)
        which, given = combinations(cells, names)
        return which, [*map(self._place, given)]

    def of(self, condition: Condition, place: ToldPlace) -> tuple[str, ...]:
        """The facts that a condition lacks, in the order of the rulebook. A district that no fact tells is one of them,
        since it may rule out the zones; what is told already is none, unless nothing else is lacking.
        """
        key = condition, place.key
        if key not in self._known:
            missing = set(missing_facts(condition, place.facts, self._rulebook)) & self._types
            if missing and self._without_district(place.facts):
                missing.add("district")
            untold = missing - {*place.facts.whereabouts.named}
            self._known[key] = tuple(one for one in self._rulebook.facts if one in (untold or missing))
        return self._known[key]

    def of_any(self, conditions: Iterable[Leaf], place: ToldPlace) -> set[str]:
        """The facts that any of these conditions waits for, told or not."""
        facts = place.facts
        open_ = (one for one in conditions if leaf_verdict(one, facts, self._rulebook) is Verdict.NEEDS_INFO)
        missing = {fact for one in open_ for fact in missing_facts(one, facts, self._rulebook)}
        return missing | ({"district"} if self._without_district(facts) else set())

    def _place(self, cells: Mapping[str, object]) -> ToldPlace:
        key = repr(cells)
        if key not in self._places:
            given = readable_part(profile_of(cells), self._rulebook).given
            self._places[key] = ToldPlace(key, read_facts(Profile.of(given), self._rulebook))
        return self._places[key]

    def _without_district(self, facts: Facts) -> bool:
        divisions = facts.whereabouts.divisions
        counties = (one for one in divisions if self._rulebook.gazetteer.level(one) == "county")
        return bool(divisions) and next(counties, None) is None and "district" in self._types
