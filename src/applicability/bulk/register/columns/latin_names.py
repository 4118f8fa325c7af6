"""Cities by a Latin name that another city has too: in a register Suzhou may be 苏州 or 宿州.

A person who writes a profile means by such a name the city that is known by it; of a register nobody can be asked, and
whether a company stands in a pilot is never a guess. The name counts beside a province, a district or a zone of that
city; else an address or a credit code may tell the city, and where none does it is missing, with a note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.row_profiles import combinations
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.interned import emptied
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, bounded_note
from applicability.bulk.register.columns.registered import registered_heading
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.company.location import IN_ZONES
from applicability.loading.profile.place_mistakes import several_places
from applicability.model.headings import PLACE_LEVELS
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_REMEMBERED = 1 << 15
_LEFT_OUT = Text("{what}；按未填处理", "{what}; taken as missing")


@dataclass(frozen=True)
class _Columns:
    """A table of some columns."""

    columns: Mapping[str, Any]

    def column(self, name: str) -> Any:
        """The column of that name."""
        return self.columns[name]


class LatinNames:
    """Leaves out cities by such names; `facts` are those that the columns of the register can give."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, facts: Sequence[str], lang: Lang) -> None:
        self._gazetteer = rulebook.gazetteer
        self._lang = lang
        told = (plan.heading(one) for one in (CITY, *reversed(PLACE_LEVELS)))
        heading = next((one for one in told if one is not None), None) or registered_heading(plan)
        self._heading = heading if CITY in facts else None
        self._beside = [one for one in (DISTRICT, "zones", IN_ZONES) if one in facts]
        self._alike: BoundedCache[object, bool] = BoundedCache(_REMEMBERED)
        self._left: BoundedCache[str, bool] = BoundedCache(_REMEMBERED)

    def leave_out(self, columns: dict[str, Any]) -> Notes:
        """Empties the cities that are in doubt; the notes on them."""
        if self._heading is None:
            return NO_NOTES
        city = different(columns[CITY])
        rows = np.flatnonzero(np.array([*map(self._is_alike, city.values), False], np.bool_)[city.places])
        if not rows.size:
            return NO_NOTES
        which, given = combinations(_Columns(columns), [CITY, *self._beside])
        kept = np.array([self._is_settled(one) for one in given], np.bool_)
        rows = rows[~kept[which[rows]]]
        columns[CITY] = emptied(columns[CITY], rows)
        words = [self._note(str(one)) if self._is_alike(one) else Note(self._heading, CITY, "") for one in city.values]
        return Notes(rows, city.places[rows].astype(np.int32), words)

    def _is_alike(self, cell: object) -> bool:
        """Whether a cell is the name of several cities in Latin letters."""
        if not isinstance(cell, str):
            return False
        if cell not in self._alike:
            self._alike[cell] = len(self._gazetteer.written_alike(cell.strip())) > 1
        return self._alike[cell]

    def _is_settled(self, cells: Mapping[str, object]) -> bool:
        """Whether the district or a zone tells which of the cities is meant."""
        key = repr(cells)
        if key not in self._left:
            gazetteer = self._gazetteer
            places = gazetteer.written_alike(str(cells.get(CITY, "")).strip())
            beside = [(cells.get(DISTRICT), "place")]
            for fact in ("zones", IN_ZONES):
                named = cells.get(fact)
                beside += [(one, "zone") for one in (named if isinstance(named, list) else ())]
            # A name that is found near one of them only, and lies there.
            self._left[key] = any(
                any(
                    gazetteer.overlap(own, places[0])
                    for own in gazetteer.candidates(str(name).strip(), kind, places[:1])
                )
                and not any(
                    gazetteer.overlap(own, other)
                    for other in places[1:]
                    for own in gazetteer.candidates(str(name).strip(), kind, (other,))
                )
                for name, kind in beside
                if name is not None and places
            )
        return self._left[key]

    def _note(self, cell: str) -> Note:
        """The note on a city that is left out."""
        assert self._heading is not None
        gazetteer, name = self._gazetteer, cell.strip()
        found = [
            (one, [gazetteer.name(code) for code in reversed(gazetteer.path(one))])
            for one in gazetteer.written_alike(name)
        ]
        wrong = several_places(name, found)
        said = Text(_LEFT_OUT.zh.format(what=wrong.what.zh), _LEFT_OUT.en.format(what=wrong.what.en))
        hint = "" if wrong.mend is None else wrong.mend.of(self._lang)
        return bounded_note(self._heading, CITY, said, self._lang, wrong.code, hint)


def code_if_alike(rulebook: Rulebook, fact: str, value: object) -> object:
    """What a person says that holds for all companies: there Suzhou is the city that is known by the name."""
    alike = rulebook.gazetteer.written_alike(value.strip()) if fact == CITY and isinstance(value, str) else ()
    return alike[0] if len(alike) > 1 else value


def still_missing(notes: Notes, columns: Mapping[str, Any]) -> Notes:
    """The notes on rows whose city no other column tells either."""
    if not len(notes):
        return notes
    missing: NDArray[np.bool_] = different(columns[CITY]).places == NONE
    kept = missing[notes.rows]
    return Notes(notes.rows[kept], notes.which[kept], notes.words)
