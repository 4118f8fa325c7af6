"""What a cell says of a fact: numbers with a percent sign, lists in one cell, codes with their names.

A cell that cannot be understood goes on as it is, for the reader of profiles to refuse with its own words.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from applicability.bounded import BoundedCache
from applicability.model.facts import FactDeclaration
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook
from applicability.text import Text

LISTS = ("zones", "zone_types", "sector", "activities", "choices")
# Cells that are remembered.
_REMEMBERED = 100_000
# Words that stand for an empty list: declared, not missing.
_NONE = ("[]", "无", "没有", "none")

SMALL_SHARE = Text("{share}按百分之{share}读取", "{share} is read as {share} percent")


def fraction(cell: object) -> str | None:
    """What a cell says, if that is a number above 0 and below 1 without a percent sign; else None."""
    if cell is None or isinstance(cell, bool) or not isinstance(cell, (str, float, int, Decimal)):
        return None
    text = unicodedata.normalize("NFKC", str(cell)).strip()
    try:
        return text if 0 < Decimal(text) < 1 else None
    except InvalidOperation:
        return None


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
                return unicodedata.normalize("NFKC", text).removesuffix("%").strip()
            case type if type in LISTS:
                return [] if fold(text) in _NONE else self._words(text) or text
            case _:
                return text

    def _words(self, text: str) -> list[str]:
        """The words of a list. Names hold commas themselves, so a cell is taken apart only as far as it must be."""
        for between in (None, r"[;；|\n]", r"[;；|\n,，、]"):
            words = [text] if between is None else [one.strip() for one in re.split(between, text) if one.strip()]
            found = [self._word(word) for word in words]
            if all(word is not None for word in found):
                return [word for word in found if word is not None]
        return words

    def _word(self, word: str) -> str | None:
        """A word that the rules know, None for one that they don't."""
        rulebook = self.rulebook
        match self.declaration.type:
            case "sector":
                sectors = rulebook.sectors
                found = sectors.sectors_of(word)
                if len(found) == 1 and re.search(r"\d", word):
                    return found[0]  # without the letter or the name that stands beside it
                return word if found or sectors.at_odds(word) else None
            case "activities":
                return word if rulebook.sectors.activity_of(word) else None
            case "zones":
                return word if rulebook.gazetteer.candidates(word, "zone") else None
            case "zone_types":
                return word if rulebook.gazetteer.zone_type_of(word) else None
            case _:
                return word if fold(word) in self.declaration.by_name else None
