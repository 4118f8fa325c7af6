"""Columns that say whether a company still operates (经营状态). No rule asks: those that do not are counted."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, CellTable, different
from applicability.bulk.register.fact_reader import FactRows
from applicability.bulk.sources.source import names_of
from applicability.lazy_pattern import lazy_pattern
from applicability.model.headings import plain

_HEADINGS = frozenset(
    map(
        plain,
        (
            *("经营状态", "登记状态", "企业状态", "企业经营状态", "企业登记状态", "营业状态", "存续状态", "公司状态"),
            *(
                "运营状态",
                "市场主体状态",
                "主体状态",
                "工商状态",
                "状态",
                "status",
                "company status",
                "operating status",
            ),
            *("registration status", "business status"),
        ),
    )
)
# Words of a company that has suspended business (市场主体登记管理条例, art. 30): it keeps its licence.
SUSPENDED = frozenset({"歇业", "dormant"})
# Words of a company that no longer operates, or no longer here, those among them.
_GONE = lazy_pattern(
    r"(?<![未非无])(?:注销|吊销|撤销|迁出|清算|停业|歇业|解散|破产|除名|关闭|责令关闭)"
    # To another place, and not from it or to here; what is only planned is no move yet.
    r"|(?<![未非无拟将划])迁(?:往|至|到|去)(?!本|我|当地|此)"
    r"|\b(?:de-?registered|dissolved|revoked|struck off|moved out|in liquidation|liquidated|wound up|cancelled|closed"
    r"|ceased|bankrupt|dormant)\b"
    r"|\b(?:moved|relocated) to\b(?! (?:this|our|the district))",
)


def status_columns(table: Any, read: FactRows) -> tuple[str, ...]:
    """The headings of such columns of a table; none where parts of it may lack one, as in JSON Lines."""
    if isinstance(table, CellTable) and table.ragged is not None:
        return ()
    return tuple(one for one in names_of(table) if one in read.ignored and is_status(one))


def is_status(heading: str) -> bool:
    """Whether a heading is that of such a column."""
    return plain(heading) in _HEADINGS


def says_gone(cell: object) -> bool:
    """Whether a cell of such a column says that the company has ended, or left."""
    word = _word(cell)
    return word is not None and word not in SUSPENDED


def _word(cell: object) -> str | None:
    """The word by which a cell says that a company operates no longer; one that has ended goes before a suspension."""
    found = [one[0] for one in _GONE.finditer(str(cell).casefold())]
    return next((one for one in found if one not in SUSPENDED), found[0] if found else None)


def companies_gone(table: Any, read: FactRows, companies: NDArray[np.bool_]) -> dict[str, int]:
    """How many companies a column says to operate no longer, by its heading and its word, a tab between them.

    `companies` are the rows that are one (bool, shape (rows,)).
    """
    found: dict[str, int] = {}
    unread = {*read.ignored, *read.named}
    for heading in (one for one in names_of(table) if one in unread and is_status(one)):
        cells = different(table.column(heading))
        words = [_word(value) for value in cells.values]
        if not any(words):
            continue
        places = cells.places[companies]
        counts = np.bincount(places[places != NONE], minlength=len(words)).tolist()
        for word, count in zip(words, counts, strict=True):
            if word is not None and count:
                key = f"{heading}\t{word}"
                found[key] = found.get(key, 0) + count
    return found
