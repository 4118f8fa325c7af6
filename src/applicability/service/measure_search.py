"""The search over measures: by row, or by words of the title, the text and its translation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from applicability.model.catalogue import singular
from applicability.model.measure import Measure
from applicability.model.places import fold
from applicability.model.rulebook import Rulebook
from applicability.service.cited import text_in_english

# A row that is named as one: 第57项, `Row 57`, `no. 57`. A bare number may stand in a text as well.
_ROW = re.compile(
    r"(?P<before>第|row|measure|no\.?|number|#)?\s*(?P<row>\d{1,5})\s*(?P<behind>行|项|条|号)?", re.IGNORECASE
)
_LATIN = re.compile(r"[a-z0-9]+")


def found_measures(rulebook: Rulebook, words: str, measures: Iterable[Measure]) -> list[Measure]:
    """The measure of the row that is named, or those that hold every word in one of their languages.

    Case and the plural are of no account; a number is found as a whole one only.
    """
    wanted = unicodedata.normalize("NFKC", words).strip()
    named = _ROW.fullmatch(wanted)
    if named is not None and (named["before"] or named["behind"]):
        return [one for one in measures if one.row == int(named["row"])]
    parts = wanted.split()
    return [one for one in measures if not parts or _holds(rulebook, one, parts)]


def _holds(rulebook: Rulebook, measure: Measure, words: list[str]) -> bool:
    title = measure.title
    text = " ".join((title.zh, title.en, measure.text, text_in_english(rulebook, measure) or ""))
    latin = _LATIN.findall(text.casefold())
    folded, stems = fold(text), " ".join(map(singular, latin))
    return all(
        measure.row == int(word) or word in latin
        if word.isdecimal() and len(word) <= 5
        else fold(word) in folded or singular(fold(word)) in stems
        for word in words
    )
