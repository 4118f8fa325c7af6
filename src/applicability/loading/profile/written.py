"""What people write where a list or a number is asked for: several words in one text, full-width digits.

Profiles and the cells of registers are read by the same rules. What cannot be understood goes on as it is, for the
reader of profiles to refuse with its own words.
"""

from __future__ import annotations

import re

from applicability.model.facts import FactDeclaration
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook

LISTS = ("zones", "zone_types", "sector", "activities", "choices")
# Words that stand for an empty list: declared, not missing.
_NONE = ("[]", "无", "没有", "none")
# … and, of a percentage, that there is nothing.
_NOTHING = ("无", "没有", "none", "nil")
# Names hold commas themselves, so a text is taken apart only as far as it must be.
_BETWEEN = (r"[;；|\n]", r"[;；|\n,，、]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Full-width digits and signs as others: ４０％ is 40%.

    >>> narrow("４０％")
    '40%'
    """
    return text if text.isascii() else text.translate(_WIDE)


def is_none(text: str) -> bool:
    """Whether a text where a percentage is asked for says that there is nothing."""
    return fold(text) in _NOTHING


def words_of(rulebook: Rulebook, declaration: FactDeclaration, text: str) -> list[str]:
    """The words of a list that one text holds; [] where it says that there is none."""
    if fold(text) in _NONE:
        return []
    words = [text]
    for between in (None, *_BETWEEN):
        if between is not None:
            words = [one.strip() for one in re.split(between, text) if one.strip()]
        found = [_word(rulebook, declaration, word) for word in words]
        if all(word is not None for word in found):
            return [word for word in found if word is not None] or [text]
    return words or [text]


def _word(rulebook: Rulebook, declaration: FactDeclaration, word: str) -> str | None:
    """A word that the rules know, None for one that they don't."""
    match declaration.type:
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
            return word if fold(word) in declaration.by_name else None
