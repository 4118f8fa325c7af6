"""Parses register cells: numbers with a percent sign, lists in one cell, codes with their names.

A cell that cannot be parsed is passed on unchanged, for the profile reader to reject with its own message.
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

# Cells that are cached.
_REMEMBERED = 100_000

_SMALL_SHARE = Text("按{share}%读取；若指{percent}%，请改写", "read as {share}%; write {percent}% if that is meant")


def fraction(cell: object) -> str | None:
    """The cell's text if it is a number between 0 and 1 without a percent sign; else None."""
    if cell is None or isinstance(cell, bool) or not isinstance(cell, (str, float, int, Decimal)):
        return None
    text = narrow(str(cell)).strip()
    try:
        return text if 0 < Decimal(text) < 1 else None
    except InvalidOperation:
        return None


def small_share(share: object) -> Text:
    """The note on a share found by `fraction`: how it was read, and what to write if a fraction of 1 was meant."""
    percent = "" if share is None else f"{(Decimal(str(share)) * 100).normalize():f}"
    return Text(
        _SMALL_SHARE.zh.format(share=share, percent=percent), _SMALL_SHARE.en.format(share=share, percent=percent)
    )


@dataclass
class CellReader:
    """Parses the cells of one fact, each distinct one once."""

    rulebook: Rulebook
    declaration: FactDeclaration
    _known: BoundedCache[str, object] = field(default_factory=lambda: BoundedCache(_REMEMBERED))

    def read(self, cell: object) -> object:
        """A cell as a profile would state it: None if empty, a list for a fact of list type."""
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
