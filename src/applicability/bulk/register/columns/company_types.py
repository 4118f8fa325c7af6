"""A column of company types, and the facts it implies or contradicts."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bulk.engine.arrays import NONE, different
from applicability.bulk.engine.pair_table import CombinationIndex
from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, REMEMBERED, DerivedFacts, Origins, RowLoss
from applicability.bulk.register.columns.interned import InternedColumn, cell_of, filled, spread
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.errors import Location, Problem
from applicability.loading.registers.company_types import CompanyTypes, TypeFacts
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text


class TypeColumn:
    """Reads columns of company types; `facts` are those the register can give, `headings` the heading of each."""

    def __init__(
        self, rulebook: Rulebook, facts: Sequence[str], heading: str, headings: Mapping[str, str], lang: Lang
    ) -> None:
        self._types = CompanyTypes(rulebook, facts)
        self._heading = heading
        self._headings = headings
        self._lang = lang
        self._given = tuple(dict.fromkeys(fact for one in rulebook.headings.types for fact in one.gives))
        self._forget()

    def _forget(self) -> None:
        """Drops the cached values."""
        self._wordings: InternedColumn[tuple[int, ...]] = InternedColumn(self._wordings_of)
        self._weights = {
            fact: InternedColumn[tuple[float | None]](functools.partial(self._weight_of, fact))
            for fact in self._types.facts
        }
        self._numbers = CombinationIndex(1 + len(self._weights))
        self._said: list[TypeFacts] = []
        self._origins = Origins(self._heading)
        self._notes: dict[Note, int] = {}
        self._noted: list[list[int]] = []

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """The facts that company types imply. `columns` are the facts that the rows state themselves."""
        column = table.column(self._heading)
        if len(self._said) > REMEMBERED:
            self._forget()
        weights = [kinds.codes(different(columns[fact])) for fact, kinds in self._weights.items()]
        found = self._numbers([self._wordings.codes(different(column)), *weights])
        for parts in self._numbers.parts[len(self._said) :]:
            self._add(parts)
        given = {}
        for fact in self._given:
            values = list(dict.fromkeys(said.gives[fact] for said in self._said if fact in said.gives))
            place = {value: index for index, value in enumerate(values)}
            places = [place[said.gives[fact]] if fact in said.gives else NONE for said in self._said]
            given[fact] = filled(columns[fact], values, np.array(places, np.int32)[found])
        against = np.array([bool(said.against) for said in self._said], np.bool_)
        losses = [
            RowLoss(row, self._contradicted(cell_of(column, row), fact, value or cell_of(columns[fact], row)), (fact,))
            for row in np.flatnonzero(against[found]).tolist()
            for fact, value in self._said[found[row]].against
        ]
        return DerivedFacts(given, self._origins.at(found), Notes(*spread(found, self._noted), [*self._notes]), losses)

    def _add(self, parts: tuple[int, ...]) -> None:
        """Adds one more combination of a type and stated facts."""
        wordings, *weights = parts
        told = {
            fact: kinds.of(code)[0] for (fact, kinds), code in zip(self._weights.items(), weights, strict=True) if code
        }
        said = self._types.said(self._wordings.of(wordings) if wordings else (), told)
        notes = [Note(self._heading, fact, text.of(self._lang)) for fact, text in said.notes]
        self._said.append(said)
        self._origins.append(said.gives)
        self._noted.append([self._notes.setdefault(note, len(self._notes)) for note in notes])

    def _wordings_of(self, cell: object) -> tuple[int, ...]:
        return self._types.wordings(cell) if isinstance(cell, str) else ()

    def _weight_of(self, fact: str, value: object) -> tuple[float | None]:
        return (self._types.weight(fact, value),)

    def _contradicted(self, cell: object, fact: str, given: object) -> Problem:
        own = self._headings.get(fact, fact)
        heading = self._heading
        what = Text(
            f"`{heading}` 列的 `{cell}` 与 `{own}` 列的 `{given}` 矛盾",
            f"`{cell}` under `{heading}` cannot be so with `{given}` under `{own}`",
        )
        return Problem("S301", Location(own), what, ONE_IS_WRONG)
