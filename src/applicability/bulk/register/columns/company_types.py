"""The columns of company types, and the facts that they imply or contradict, together."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import NONE, Coded, different
from applicability.bulk.engine.pair_table import CombinationIndex, GrowingArray
from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, REMEMBERED, DerivedFacts, RowLoss
from applicability.bulk.register.columns.interned import InternedColumn, cell_of, filled, spread
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.errors import Location, Problem
from applicability.loading.registers.company_types import CompanyTypes, JointFacts
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text


class TypeColumns:
    """Reads the columns of company types of a register; `facts` are those the register can give, `headings` the heading
    of each, and `own` are the headings of the types.
    """

    def __init__(
        self, rulebook: Rulebook, facts: Sequence[str], own: Sequence[str], headings: Mapping[str, str], lang: Lang
    ) -> None:
        self._types = CompanyTypes(rulebook, facts)
        self._own = tuple(own)
        self._headings = headings
        self._lang = lang
        self._given = tuple(dict.fromkeys(fact for one in rulebook.headings.types for fact in one.gives))
        self._forget()

    def _forget(self) -> None:
        """Drops the cached values."""
        self._wordings = [InternedColumn[tuple[int, ...]](self._wordings_of) for _ in self._own]
        self._weights = {
            fact: InternedColumn[tuple[float | None]](functools.partial(self._weight_of, fact))
            for fact in self._types.facts
        }
        self._numbers = CombinationIndex(len(self._own) + len(self._weights))
        self._said: list[JointFacts] = []
        self._origins: dict[tuple[tuple[str, str], ...], int] = {}
        self._origin = GrowingArray()
        self._notes: dict[Note, int] = {}
        self._noted: list[list[int]] = []

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """The facts that company types imply. `columns` are the facts that the rows state themselves."""
        cells = [table.column(heading) for heading in self._own]
        if len(self._said) > REMEMBERED:
            self._forget()
        weights = [kinds.codes(different(columns[fact])) for fact, kinds in self._weights.items()]
        wordings = [kinds.codes(different(column)) for kinds, column in zip(self._wordings, cells, strict=True)]
        found = self._numbers([*wordings, *weights])
        for parts in self._numbers.parts[len(self._said) :]:
            self._add(parts)
        given = {}
        for fact in self._given:
            values = list(dict.fromkeys(said.gives[fact][0] for said in self._said if fact in said.gives))
            place = {value: index for index, value in enumerate(values)}
            places = [place[said.gives[fact][0]] if fact in said.gives else NONE for said in self._said]
            given[fact] = filled(columns[fact], values, np.array(places, np.int32)[found])
        against = np.array([bool(said.against or said.apart) for said in self._said], np.bool_)
        losses = []
        for row in np.flatnonzero(against[found]).tolist():
            said = self._said[found[row]]
            for fact, value, one in said.against:
                heading, held = self._headings.get(fact, fact), value or cell_of(columns[fact], row)
                problem = self._contradicted(self._own[one], cell_of(cells[one], row), heading, held, heading)
                losses.append(RowLoss(row, problem, (fact,)))
            for fact, one, other in said.apart:
                first, second = cell_of(cells[one], row), cell_of(cells[other], row)
                problem = self._contradicted(self._own[other], second, self._own[one], first, self._own[other])
                losses.append(RowLoss(row, problem, (fact,)))
        origins = Coded([dict(one) for one in self._origins] or [{}], self._origin.at(found))
        return DerivedFacts(given, origins, Notes(*spread(found, self._noted), [*self._notes]), losses)

    def _add(self, parts: tuple[int, ...]) -> None:
        """Adds one more combination of types and stated facts."""
        many = len(self._own)
        told = {
            fact: kinds.of(code)[0]
            for (fact, kinds), code in zip(self._weights.items(), parts[many:], strict=True)
            if code
        }
        own = [kinds.of(code) if code else () for kinds, code in zip(self._wordings, parts[:many], strict=True)]
        said = self._types.together(own, told)
        notes = [Note(self._own[at], fact, text.of(self._lang)) for fact, text, at in said.notes]
        self._said.append(said)
        origin = tuple((fact, self._own[at]) for fact, (_, at) in said.gives.items())
        self._origin.append(self._origins.setdefault(origin, len(self._origins)))
        self._noted.append([self._notes.setdefault(note, len(self._notes)) for note in notes])

    def _wordings_of(self, cell: object) -> tuple[int, ...]:
        return self._types.wordings(cell) if isinstance(cell, str) else ()

    def _weight_of(self, fact: str, value: object) -> tuple[float | None]:
        return (self._types.weight(fact, value),)

    def _contradicted(self, heading: str, cell: object, other: str, held: object, at: str) -> Problem:
        what = Text(
            f"`{heading}` 列的 `{cell}` 与 `{other}` 列的 `{held}` 矛盾",
            f"`{cell}` under `{heading}` cannot be so with `{held}` under `{other}`",
        )
        return Problem("S301", Location(at), what, ONE_IS_WRONG)
