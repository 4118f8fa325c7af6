"""Cells that cannot be read, or that mean another place, and in whose place another column tells the fact."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

import numpy as np

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.engine.distinct import distinct, distinct_rows
from applicability.bulk.register.columns.derived_facts import Origin, RowLoss
from applicability.bulk.register.columns.list_parts import is_list_part
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import replace
from applicability.loading.company.zone_names import elsewhere
from applicability.loading.profile.parts import parts_given, whole_name
from applicability.loading.profile.readable import readable_part
from applicability.loading.profile.reader import problems_of
from applicability.model.facts import NUMBERS
from applicability.model.rulebook import Rulebook

# Cells whose problems are cached.
_REMEMBERED = 1 << 15


class _CellAlone(NamedTuple):
    """What is wrong with a cell, the places that it may mean, and whether that depends on what counts in its place."""

    problem: Problem | None
    several: Sequence[str]
    by_counts: bool


class PassedOverCells:
    """Finds the cells of facts that were passed over; `headings` are the first columns of facts. Not thread-safe."""

    def __init__(self, rulebook: Rulebook, headings: Mapping[str, str]) -> None:
        self._rulebook = rulebook
        self._headings = headings
        self._problems: BoundedCache[str, Problem | None] = BoundedCache(_REMEMBERED)

    def own(
        self, own: Mapping[str, Any], columns: Mapping[str, Any], origins: Coded, stated: Coded
    ) -> Iterator[RowLoss]:
        """The cells that cannot be read and in whose place another column tells the fact, as `columns` have it;
        `stated` are the columns of facts that several hold.
        """
        # To words of a list others are added: they are not passed over.
        whole = [
            {whole_name(name)[0]: heading for name, heading in cast("Origin", one).items() if not is_list_part(name)}
            for one in origins.values
        ]
        for fact in sorted({fact for one in whole for fact in one}.intersection(own)):
            told = np.array([fact in one for one in whole], np.bool_)[origins.places]
            cells, now = different(own[fact]), different(columns[fact])
            rows = np.flatnonzero(told & (cells.places != NONE))
            met = distinct(cells.places[rows])
            alone = {at: self._alone(fact, cells.values[at]) for at in met.tolist()}
            # Of most cells what is wrong is so whatever counts in their place.
            by_counts = np.zeros(len(cells.values), np.bool_)
            by_counts[met] = [one.by_counts for one in alone.values()]
            counting = np.where(by_counts[cells.places[rows]], now.places[rows], NONE)
            at = (cells.places[rows], counting, stated.places[rows], origins.places[rows])
            first, which = distinct_rows(at)
            found: list[tuple[Problem, tuple[str, str]] | None] = []
            for cell, place, held, origin in zip(*(one[first].tolist() for one in at), strict=True):
                instead = whole[origin][fact]
                heading = cast("Origin", stated.values[held]).get(fact)
                counts = None if place == NONE else now.values[place]
                problem = self._passed_over(fact, cells.values[cell], alone[cell], counts, heading, instead)
                found.append(None if problem is None else (problem, (fact, instead)))
            wrong = np.array([one is not None for one in found], np.bool_)[which]
            for row, one in zip(rows[wrong].tolist(), which[wrong].tolist(), strict=True):
                problem, counted = cast("tuple[Problem, tuple[str, str]]", found[one])
                yield RowLoss(row, problem, instead=counted)

    def _alone(self, fact: str, cell: object) -> _CellAlone:
        """What is wrong with a cell by itself, and whether what counts in its place matters."""
        is_place = self._rulebook.facts[fact].type == "place"
        several = self._rulebook.gazetteer.candidates(str(cell), "place") if is_place else ()
        problem = self._problem(fact, cell)
        return _CellAlone(problem, several, is_place and (problem is None or len(several) > 1))

    def _passed_over(
        self, fact: str, cell: object, alone: _CellAlone, counts: object, heading: str | None, instead: str
    ) -> Problem | None:
        """What is wrong with a cell beside what counts of the column `instead`; `heading` is its column where several
        tell the fact.
        """
        if alone.by_counts and self._settles(counts, alone.several):
            return None
        if heading is not None and heading == instead:
            return None  # the reader of profiles says so
        problem = alone.problem or self._elsewhere(fact, cell, counts)
        return problem if problem is None or heading is None else replace(problem, location=Location(heading))

    def of_levels(self, levels: Mapping[str, Any], before: Coded, after: Coded) -> Iterator[RowLoss]:
        """The cells at a level of a fact that cannot be read and in whose place a later column tells the fact."""
        sources = {item for one in before.values for item in cast("Origin", one).items()}
        for fact, heading in sorted(sources):
            then, now = (
                np.array([cast("Origin", one).get(fact) == heading for one in origins.values], np.bool_)[origins.places]
                for origins in (before, after)
            )
            if (rows := np.flatnonzero(then & ~now)).size:
                cells = different(levels[fact])
                for row in rows[cells.places[rows] != NONE].tolist():
                    if (problem := self._problem(fact, cells.values[cells.places[row]])) is not None:
                        counts = cast("Origin", after.values[after.places[row]]).get(fact, self._headings.get(fact))
                        instead = None if counts is None else (fact, counts)
                        yield RowLoss(row, replace(problem, location=Location(heading)), instead=instead)

    def _settles(self, place: object, several: Sequence[str]) -> bool:
        """Whether a place, by its code, tells which of several places a cell means."""
        gazetteer = self._rulebook.gazetteer
        inside = (gazetteer.lies_in(str(place), one) for one in several)
        return len(several) > 1 and place in gazetteer.divisions and any(inside)

    def _elsewhere(self, fact: str, cell: object, place: object) -> Problem | None:
        """What is wrong with the name of a zone in short that stands for a place elsewhere than the one that counts."""
        is_place = self._rulebook.facts[fact].type == "place"
        wrong = elsewhere(self._rulebook.gazetteer, cell, str(place)) if is_place else None
        if wrong is None:
            return None
        return Problem(wrong.code, Location(self._headings.get(fact, fact)), wrong.what, wrong.mend)

    def _problem(self, fact: str, cell: object) -> Problem | None:
        """What is wrong with a cell by itself."""
        key = f"{fact} {cell!r}"
        if key not in self._problems:
            problem = self._wrong(fact, cell)
            heading = self._headings.get(fact, fact)
            self._problems[key] = None if problem is None else replace(problem, location=Location(heading))
        return self._problems[key]

    def _wrong(self, fact: str, cell: object) -> Problem | None:
        declared = self._rulebook.facts.get(fact)
        if declared is not None and declared.type in NUMBERS:  # the same, sooner
            problems = problems_of(fact, cell, self._rulebook)
            if problems:
                return problems[0]
        lost = readable_part(parts_given({fact: cell}), self._rulebook).losses
        return lost[0].problem if lost else None
