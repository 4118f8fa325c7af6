"""The search over measures: by row, by words of the title, the text and its translation, else by everyday words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from applicability.analysis.line_of_business import LinesOfBusiness
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.word_match import holds
from applicability.service.cited import text_in_english

# A row that is named as one: 第57项, `Row 57`, `no. 57`. A bare number may stand in a text as well.
_ROW = re.compile(
    r"(?P<before>第|row|measure|no\.?|number|#)?\s*(?P<row>\d{1,5})\s*(?P<behind>行|项|条|号)?", re.IGNORECASE
)
_LATIN = re.compile(r"[a-z0-9]+")


def found_measures(rulebook: Rulebook, words: str, measures: Iterable[Measure]) -> list[Measure]:
    """The measure of the row that is named, or those that hold every word in one of their languages.

    Case and the plural are of no account; a number is found as a whole one only. Where none holds them, those are found
    that speak of the sector for which they are everyday words, or of the activity that goes by them.
    """
    wanted = unicodedata.normalize("NFKC", words).strip()
    named = _ROW.fullmatch(wanted)
    if named is not None and (named["before"] or named["behind"]):
        return [one for one in measures if one.row == int(named["row"])]
    parts, every = wanted.split(), tuple(measures)
    return [one for one in every if not parts or _holds(rulebook, one, parts)] or _meant(rulebook, wanted, every)


def _meant(rulebook: Rulebook, words: str, measures: Iterable[Measure]) -> list[Measure]:
    """The measures that speak of what everyday words name."""
    sectors = rulebook.sectors
    codes = {hit.sector.code for hit in sectors.catalogue.search(words) if hit.words}
    activity = sectors.activity_of(words)
    if not codes and activity is None:
        return []
    found = LinesOfBusiness(rulebook).speaking_of(codes, () if activity is None else (activity,))
    return [one for one in measures if one.key in found]


def _holds(rulebook: Rulebook, measure: Measure, words: list[str]) -> bool:
    title = measure.title
    text = " ".join((title.zh, title.en, measure.text, text_in_english(rulebook, measure) or ""))
    latin = _LATIN.findall(text.casefold())
    return all(
        measure.row == int(word) or word in latin if word.isdecimal() and len(word) <= 5 else holds(text, word)
        for word in words
    )
