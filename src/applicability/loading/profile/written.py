"""Parses free text for lists and numbers: several words in one text, full-width digits.

Profiles and register cells share these rules. What cannot be parsed is passed on unchanged, for the profile reader to
reject with its own message.
"""

from __future__ import annotations

import re

from applicability.model.facts import LISTS_IN_PART, FactDeclaration, NotRead
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook

LISTS = (*LISTS_IN_PART, "sector")
# Words for an empty list: given, not missing.
NONE_WORDS = ("[]", "无", "没有", "none")
# … and, of a percentage, that there is nothing.
_NOTHING = ("无", "没有", "none", "nil")
# Words for a finding or a limit of which something is said that cannot be read.
UNKNOWN_WORDS = ("unknown", "未知", "不明")
# Names hold commas themselves, so a text is taken apart only as far as it must be.
_BETWEEN = (r"[;；|\n]", r"[;；|\n,，、]")
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def narrow(text: str) -> str:
    """Converts full-width digits and signs to ASCII: ４０％ becomes 40%.

    >>> narrow("４０％")
    '40%'
    """
    return text if text.isascii() else text.translate(_WIDE)


def is_none(text: str) -> bool:
    """Whether a text where a percentage is asked for says that there is nothing."""
    return fold(text) in _NOTHING


def is_unknown(written: object) -> bool:
    """Whether a finding or a limit is said to be unknown, which is neither yes nor no nor left unsaid."""
    return written is NotRead.UNKNOWN or (isinstance(written, str) and fold(written) in UNKNOWN_WORDS)


def says_none(text: str) -> bool:
    """Whether a text where a list is asked for says that there is nothing on it.

    >>> says_none("无。"), says_none("无人机")
    (True, False)
    """
    return fold(text.rstrip("。. ")) in NONE_WORDS


def words_of(rulebook: Rulebook, declaration: FactDeclaration, text: str) -> list[str]:
    """Splits a text into the words of a list fact; [] for a word that means none."""
    if says_none(text):
        return []
    words = [text]
    for between in (None, *_BETWEEN):
        if between is not None:
            parts = [one.strip() for one in re.split(between, text) if one.strip()]
            if parts == words:
                continue  # which are not all known
            words = parts
        found = _all_known(rulebook, declaration, words)
        if found is not None:
            return found or [text]
    return words or [text]


def _all_known(rulebook: Rulebook, declaration: FactDeclaration, words: list[str]) -> list[str] | None:
    """Words as the rules know them; None where they do not know all."""
    found = []
    for word in words:
        known = _word(rulebook, declaration, word)
        if known is None:
            return None
        found.append(known)
    return found


def _word(rulebook: Rulebook, declaration: FactDeclaration, word: str) -> str | None:
    """A word that the rules know; None for others."""
    match declaration.type:
        case "sector":
            sectors = rulebook.sectors
            found = sectors.sectors_of(word)
            if len(found) == 1 and re.search(r"\d", word):
                return found[0]  # drop the letter or the name next to it
            return word if found or sectors.at_odds(word) else None
        case "activities":
            return word if rulebook.sectors.activity_of(word) else None
        case "zones":
            return word if rulebook.gazetteer.candidates(word, "zone") else None
        case "zone_types":
            return word if rulebook.gazetteer.zone_type_of(word) else None
        case _:
            return word if declaration.value_of(word) else None
