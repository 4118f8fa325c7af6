"""Kinds of entity that company types tell of rows whose name or sector says another: they are missing, with a note.

A partnership may be a law firm, and who owns it is said of schools too; a company is one whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import different
from applicability.bulk.engine.text_bytes import is_plain_text
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import DerivedFacts, Origin, without
from applicability.bulk.register.columns.interned import cell_of, emptied
from applicability.bulk.register.columns.notes import Note, Notes, bounded_note, one_after_another
from applicability.lazy_dataclass import replace
from applicability.lazy_pattern import lazy_pattern
from applicability.model.headings import COMPANY_TYPE, NAME
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

_KIND, _ENTERPRISE, _LAW_FIRM = "entity_kind", "enterprise", "law_firm"
# A type with one of these is that of a company.
_COMPANY = lazy_pattern(r"公司|company|wfoe|wofe", re.IGNORECASE)
# What stands in brackets behind a name: （特殊普通合伙）.
_BRACKETS = lazy_pattern(r"\s*[（(][^（(]*[)）]\s*$")
_NOTE = Text(
    "企业类型为 `{cell}`，而名称或行业表明可能是{zh}：未据此判断主体类型，须另填",
    "the type is `{cell}`, but the name or the sector is that of a {en}: the kind of entity has to be given",
)


def rows_without_value(rulebook: Rulebook, fact: str, column: Any) -> NDArray[np.int64]:
    """The rows of a column of a fact whose cell is a company type that no value of the fact fits."""
    if not any(fact in one.unnamed for one in rulebook.headings.types):
        return np.empty(0, np.int64)
    own = different(column)
    none = [isinstance(one, str) and rulebook.headings.no_value(fact, one) is not None for one in own.values]
    return np.flatnonzero(np.array([*none, False], np.bool_)[own.places])


class OtherKinds:
    """Takes away kinds of entity that types gave and names or sectors contradict."""

    def __init__(self, rulebook: Rulebook, plan: ColumnPlan, lang: Lang) -> None:
        declared = rulebook.facts.get(_KIND)
        kinds = {} if declared is None else declared.values
        self._sectors, self._lang = rulebook.sectors, lang
        self._name, self._types = plan.heading(NAME), plan.headings(COMPANY_TYPE)
        self._labels = {
            word.casefold(): one.label
            for key, one in kinds.items()
            if key != _ENTERPRISE and one.sectors
            for word in (one.label.zh, one.label.en)
        }
        self._ends = tuple(self._labels)
        self._pattern = "|".join(map(re.escape, self._labels)) or "$^"
        law_firm = kinds.get(_LAW_FIRM)
        self._law_firm = None if law_firm is None else law_firm.label
        self._law = () if law_firm is None else law_firm.sectors or ()

    def without(self, table: Any, columns: dict[str, Any], rows: int, told: DerivedFacts) -> DerivedFacts:
        """What types tell, but for the kinds of such rows."""
        by_type = np.array([cast("Origin", one).get(_KIND) in self._types for one in told.origins.values], np.bool_)
        if _KIND not in told.columns or not by_type.any():
            return told
        kinds = different(cast("Any", told.columns[_KIND]))
        enterprise = np.array([*(one == _ENTERPRISE for one in kinds.values), False], np.bool_)
        of_types = by_type[told.origins.places] & enterprise[kinds.places] & self._no_company(table, rows)
        lost, words, which = [], dict[Note, int](), []
        for row, label in self._said(table, columns, np.flatnonzero(of_types)):
            heading = cast("Origin", told.origins.values[told.origins.places[row]])[_KIND]
            cell = str(cell_of(table.column(heading), row))
            said = Text(*(one.format(cell=cell, zh=label.zh, en=label.en) for one in (_NOTE.zh, _NOTE.en)))
            note = bounded_note(heading, _KIND, said, self._lang)
            which.append(words.setdefault(note, len(words)))
            lost.append(row)
        if not lost:
            return told
        own = np.array(lost, np.int64)
        return replace(
            told,
            columns={**told.columns, _KIND: emptied(told.columns[_KIND], own)},
            origins=without(told.origins, _KIND, own),
            notes=one_after_another([told.notes, Notes(own, np.array(which, np.int32), [*words])], max(rows, 1)),
        )

    def _no_company(self, table: Any, rows: int) -> NDArray[np.bool_]:
        """The rows no type of which is that of a company."""
        found = np.ones(rows, np.bool_)
        for heading in self._types:
            types = different(table.column(heading))
            found &= np.array([*(_COMPANY.search(str(one)) is None for one in types.values), True], np.bool_)[
                types.places
            ]
        return found

    def _said(self, table: Any, columns: dict[str, Any], rows: NDArray[np.int64]) -> Iterator[tuple[int, Text]]:
        """Those of some rows whose name ends in what such a kind is called, or whose sector is that of law firms."""
        if not rows.size:
            return
        found: dict[int, Text] = {}
        if self._law_firm is not None and "sector" in columns:
            sectors = different(columns["sector"])
            law = np.array([*(self._is_law(one) for one in sectors.values), False], np.bool_)
            found |= dict.fromkeys(rows[law[sectors.places[rows]]].tolist(), self._law_firm)
        if self._name is not None:
            names = table.column(self._name)
            if isinstance(names, pa.Array) and is_plain_text(names.type):
                own_names = names.take(pa.array(rows))
                alike = pc.match_substring_regex(own_names, self._pattern, ignore_case=True).fill_null(False)
                rows = rows[alike.to_numpy(zero_copy_only=False)]
            own = ((row, self._of_name(cell_of(names, row))) for row in rows.tolist())
            found |= {row: label for row, label in own if label is not None}
        yield from sorted(found.items(), key=lambda item: item[0])

    def _of_name(self, name: object) -> Text | None:
        if not isinstance(name, str):
            return None
        bare = name.strip().casefold()
        if bare.endswith((")", "）")):
            bare = _BRACKETS.sub("", bare).strip()
        if not bare.endswith(self._ends):
            return None
        return next(label for word, label in self._labels.items() if bare.endswith(word))

    def _is_law(self, cell: object) -> bool:
        words = cell if isinstance(cell, list) else [cell]
        codes = [code for one in words for code in self._sectors.sectors_of(str(one))]
        return bool(codes) and all(any(self._sectors.lies_in(code, law) for law in self._law) for code in codes)
