"""What a cell says of a fact: numbers with a percent sign, lists in one cell, codes with their names.

A cell that cannot be understood goes on as it is, for the reader of profiles to refuse with its own words.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from applicability.bounded import BoundedCache
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.profile.written import LISTS, narrow, words_of
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Rulebook
from applicability.text import Text

__all__ = ["LISTS", "CellReader", "fraction", "small_share"]

# Cells that are remembered.
_REMEMBERED = 100_000

_SMALL_SHARE = Text("按{share}%读取；若指{percent}%，请改写", "read as {share}%; write {percent}% if that is meant")


def fraction(cell: object) -> str | None:
    """What a cell says, if that is a number above 0 and below 1 without a percent sign; else None."""
    if cell is None or isinstance(cell, bool) or not isinstance(cell, (str, float, int, Decimal)):
        return None
    text = narrow(str(cell)).strip()
    try:
        return text if 0 < Decimal(text) < 1 else None
    except InvalidOperation:
        return None


def small_share(share: object) -> Text:
    """A note on a share that `fraction` found: how it is read, and what to write if a fraction of 1 was meant."""
    percent = "" if share is None else f"{(Decimal(str(share)) * 100).normalize():f}"
    return Text(
        _SMALL_SHARE.zh.format(share=share, percent=percent), _SMALL_SHARE.en.format(share=share, percent=percent)
    )


@dataclass
class CellReader:
    """Reads the cells of one fact, each different one once."""

    rulebook: Rulebook
    declaration: FactDeclaration
    _known: BoundedCache[str, object] = field(default_factory=lambda: BoundedCache(_REMEMBERED))

    def read(self, cell: object) -> object:
        """What a cell says as a profile would: None for nothing, a list for a fact that is one."""
        if not isinstance(cell, str):
            return cell
        if cell not in self._known:
            self._known[cell] = self._read(cell)
        return self._known[cell]

    def _read(self, cell: str) -> object:
        text = cell.strip()
        if not text:
            return None
        match self.declaration.type:
            case "percent" | "number":
                return narrow(text).removesuffix("%").strip()
            case type if type in LISTS:
                return words_of(self.rulebook, self.declaration, text)
            case _:
                return text
