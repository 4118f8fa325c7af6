"""Reads cells of registers as profiles would state them: lists in one cell, codes with their names, yes and no.

A cell that cannot be parsed is passed on unchanged, for the profile reader to refuse with its own message.
"""

from __future__ import annotations

import datetime
from typing import Any

import pyarrow as pa

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import CellColumn, mapped
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.company.cells import code_of, is_blank, is_missing, number_of, sector_of, truth_of
from applicability.loading.profile.written import LISTS, narrow, words_of
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Rulebook

# Cells that are cached.
_REMEMBERED = 1 << 15
# Facts whose cells may be codes.
_CODES = ("place", "registration", "sector")


@dataclass
class CellReader:
    """Parses the cells of one fact, each distinct one once; a yes that is dated after the `day` is not read."""

    rulebook: Rulebook
    declaration: FactDeclaration
    day: datetime.date | None = None
    _known: BoundedCache[str, object] = field(default_factory=lambda: BoundedCache(_REMEMBERED))

    def read(self, cell: object) -> object:
        """A cell as a profile would state it: None if missing, a list for a fact of list type."""
        if not isinstance(cell, str):
            return self._other(cell)
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def column(self, column: Any) -> Any:
        """A column of cells; unchanged where all its cells already are what a profile would state."""
        if not isinstance(column, CellColumn) and self._as_it_is(column.type):
            return column
        return mapped(column, self.read)

    def _as_it_is(self, kind: Any) -> bool:
        """Whether a profile would state cells of an Arrow type as they are."""
        kind = kind.value_type if pa.types.is_dictionary(kind) else kind
        if pa.types.is_nested(kind):
            # Lists of words are read word by word; a list in a list is read as a whole, so that it is no word.
            inner = getattr(kind, "value_type", None)
            return self.declaration.type not in LISTS or inner is None or not pa.types.is_nested(inner)
        if pa.types.is_integer(kind):
            return self.declaration.type != "boolean"
        return bool(pa.types.is_boolean(kind) or pa.types.is_date(kind))

    def _other(self, cell: object) -> object:
        """A cell that is no text."""
        if is_missing(cell):
            return None
        match self.declaration.type:
            case "boolean":
                return truth_of(cell)
            case "percent" | "number":
                return number_of(cell)
            case "sector":
                return sector_of(cell)
            case type if type in _CODES:
                return code_of(cell)
            case _:
                return cell

    def _own_word(self, text: str) -> bool:
        """Whether a word that may mean a missing value is one of the fact's own: a choice, or "none" of a list.

        "None" is what programs write of a missing value.
        """
        return self.declaration.value_of(text) is not None or (text == "none" and self.declaration.type in LISTS)

    def _read(self, cell: str) -> object:
        text = cell.strip()
        if is_missing(text) and not self._own_word(text):
            return None
        match self.declaration.type:
            case "percent":
                return number_of(narrow(text).removesuffix("%").strip() or text)
            case "number":
                return number_of(narrow(text))
            case "boolean":
                return truth_of(text, self.rulebook.headings.answers.get(self.declaration.name, {}), self.day)
            case "sector":
                return words_of(self.rulebook, self.declaration, str(sector_of(text)))
            case type if type in LISTS:
                return words_of(self.rulebook, self.declaration, text)
            case type if type in _CODES:
                return code_of(text)
            case _:
                return text


def finding_column(column: Any) -> Any:
    """A column of what authorities found, or of whether a limit is kept: yes, no, or empty.

    A mark or a word for a missing value is no empty cell: left out, a finding would be open, and a limit would count as
    kept.
    """
    if not isinstance(column, CellColumn) and pa.types.is_boolean(column.type):
        return column
    return mapped(column, lambda cell: None if is_blank(cell) else truth_of(cell))
