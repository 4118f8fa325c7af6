"""The few words that a refusal rests on, and where they stand as shortly as can be said beside the measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from applicability.lazy_pattern import lazy_pattern
from applicability.model.conditions import Ground
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.model.translation import Translation
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Quote
from applicability.report.papers.rows import rows_text
from applicability.text import Text

_LONG = 120  # characters of a clause that is quoted whole
_BETWEEN = lazy_pattern(r"[，；。：（）()]|\s")  # clauses, and what stands in another line or column of the scan
_ITEM = Text("第{row}项", "item {row}")
_ITEMS = Text("第{rows}项", "items {rows}")
_CELL = Text("适用范围栏", "scope column")
_CELLS = Text("{item}适用范围栏", "scope column of {item}")
_NOTE = Text("注{number}", "note {number}")


def each_in_short(
    rulebook: Rulebook,
    grounds: Iterable[tuple[Measure, Ground]],
    most: int,
    *,
    item: bool = False,
    clause: bool = False,
) -> Iterator[Quote]:
    """The words of several grounds, each once and no more than some; a passage that holds another stands for both.

    `item` tells the numbers of the rows beside words of their own; `clause` widens words to the clause around them, and
    tells the rows of a scope column too.
    """
    found: dict[tuple[str, str], list[Measure]] = {}
    for measure, ground in grounds:
        if ground.quote and _is_told(ground):
            words = _clause_around(rulebook, measure, ground) if clause else ground.quote
            found.setdefault((ground.cites, words), []).append(measure)
    shown = [one for one in found if not any(_holds(found, one, other) for other in found)]
    for cites, words in shown[:most]:
        measures = found[cites, words]
        translation = rulebook.translation(measures[0].document)
        english = _english(translation, measures[0], words)
        if clause and _follows_a_gap(measures[0], cites, words):
            words, english = f"…{words}", None if english is None else f"… {english}"
        yield Quote(words, english, _where(cites, measures, item, clause))


def _clause_around(rulebook: Rulebook, measure: Measure, ground: Ground) -> str:
    """The clause that the words of a ground stand in, or else all of the text or cell: whichever has an English
    rendering and is not too long; the words alone where neither is so.
    """
    source = {"text": measure.text, "cell": measure.cell}.get(ground.cites, "")
    start = source.find(ground.quote)
    if start < 0:
        return ground.quote
    end = start + len(ground.quote)
    first = max((one.end() for one in _BETWEEN.finditer(source, 0, start)), default=0)
    after = _BETWEEN.search(source, end)
    own = source[first : after.start() if after is not None else len(source)]
    translation = rulebook.translation(measure.document)
    for one in (own, source):
        if len(one) <= _LONG and (translation is None or _english(translation, measure, one) is not None):
            return one
    return ground.quote


def _follows_a_gap(measure: Measure, cites: str, words: str) -> bool:
    """Whether words go on what stands before them in another line or column of the scan."""
    source = {"text": measure.text, "cell": measure.cell}.get(cites, "")
    start = source.find(words)
    return start > 0 and source[start - 1].isspace()


def _english(translation: Translation | None, measure: Measure, words: str) -> str | None:
    """The English of a row's text, or of words quoted from it or from elsewhere."""
    if translation is None:
        return None
    return translation.row(measure.row) if words == measure.text else translation.quote(words, measure.row)


def _is_told(ground: Ground) -> bool:
    return ground.cites in ("text", "cell") or _note(ground.cites) is not None


def _note(cites: str) -> str | None:
    found = re.fullmatch(r"note-(\d+)", cites)
    return None if found is None else found[1]


def _where(cites: str, measures: Sequence[Measure], item: bool, clause: bool) -> Text | None:
    note = _note(cites)
    if note is not None:
        return s.say(_NOTE, number=note)
    if cites == "cell" and not (item and clause):
        return _CELL
    if not item:
        return None
    rows = dict.fromkeys(one.row for one in measures)
    told = s.say(_ITEM, row=str(measures[0].row)) if len(rows) == 1 else s.say(_ITEMS, rows=rows_text(rows))
    return s.say(_CELLS, item=told) if cites == "cell" else told


def _holds(found: Mapping[tuple[str, str], list[Measure]], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the words of one passage stand within another, of the same place and for the same measures."""
    if one == other or one[0] != other[0] or one[1] not in other[1]:
        return False
    return one[0] != "text" or {each.key for each in found[one]} <= {each.key for each in found[other]}
