"""What a source could not read of a table, by column: such cells are no empty cells.

A fact is then missing, a default does not fill it, and a finding or a limit is unknown: left out, a finding would be
open, and a limit would count as kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, ArrayTable, CellTable, UnreadCells
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import RowLoss
from applicability.bulk.register.told_facts import facts_told
from applicability.lazy_dataclass import replace
from applicability.model.headings import COMPANY_TYPE
from applicability.model.leaf_kinds import FINDING, LIMITS, limit_name
from applicability.model.rulebook import Rulebook

# Keys of profiles that hold several columns each.
_KEYED = (FINDING.removesuffix("."), LIMITS)


class UnreadColumns:
    """The cells of one table that its source could not read; none for most tables."""

    def __init__(self, rulebook: Rulebook | None, plan: ColumnPlan | None, table: Any = None) -> None:
        self._rulebook, self._plan = rulebook, plan
        self._told: Sequence[UnreadCells] = getattr(table, "unread", ())
        self._many = table.num_rows if self._told else 0
        rows: dict[tuple[str, ...], list[int]] = {}
        for one in self._told:
            rows.setdefault(one.columns, []).append(one.row)
        by_heading: dict[str, list[int]] = {}
        for columns, own in rows.items():
            for heading in columns:
                by_heading.setdefault(heading, []).extend(own)
        self._rows: Mapping[str, NDArray[np.int64]] = {
            name: np.array(own, np.int64) for name, own in by_heading.items()
        }

    def blanked(self, table: Any) -> Any:
        """The table without what stands in such cells."""
        if not self._told:
            return table
        columns = dict(table.columns)
        for heading in columns.keys() & self._rows.keys():
            own = self._rows[heading]
            if isinstance(table, CellTable):
                held = [*columns[heading]]
                for row in own.tolist():
                    held[row] = None
                columns[heading] = held
            else:
                blank = np.zeros(self._many, np.bool_)
                blank[own] = True
                nothing = pa.scalar(None, columns[heading].type)
                columns[heading] = pc.if_else(pa.array(blank), nothing, columns[heading])
        if isinstance(table, CellTable):
            return replace(table, columns=columns, unread=())
        return ArrayTable(columns, table.num_rows)

    def losses(self) -> Iterator[RowLoss]:
        """What is lost of rows; nothing where no column of them holds anything that counts."""
        holds = self._holds
        for one in self._told:
            own = [holds[heading] for heading in one.columns if heading in holds]
            if own:
                alone = len(one.columns) == 1 or one.problem.location.file
                yield RowLoss(one.row, one.problem, (own[0],) if alone else ())

    def unknown(self) -> Iterator[tuple[str, NDArray[np.int32]]]:
        """The findings and limits that are unknown, by column: 0 for such a row, -1 for others."""
        for heading, rows in self._rows.items():
            for name in self._findings(heading):
                places = np.full(self._many, NONE, np.int32)
                places[rows] = 0
                yield name, places

    def may_tell(self) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """The facts that these columns could have told, alone or beside others, each with the rows."""
        for heading, rows in self._rows.items():
            for fact in self._facts(heading):
                yield fact, rows

    @property
    def _holds(self) -> Mapping[str, str]:
        return {} if self._plan is None else {**self._plan.holds, **{key: key for key in _KEYED}}

    def _findings(self, heading: str) -> tuple[str, ...]:
        assert self._rulebook is not None
        held = self._holds.get(heading, "")
        findings = tuple(f"{FINDING}{key}" for key in self._rulebook.judgements)
        limits = tuple(map(limit_name, self._rulebook.limits))
        if held in _KEYED:
            return limits if held == LIMITS else findings
        return (held,) if held in (*findings, *limits) else ()

    def _facts(self, heading: str) -> dict[str, None]:
        """The facts that a column tells, or that follow from it or contradict it."""
        assert self._rulebook is not None
        assert self._plan is not None
        told = facts_told(self._rulebook, self._plan, heading)
        if self._plan.holds.get(heading) == COMPANY_TYPE:
            told |= dict.fromkeys(fact for one in self._rulebook.headings.types for fact in (*one.excludes, *one.only))
        return told


NONE_UNREAD = UnreadColumns(None, None)
