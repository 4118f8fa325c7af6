"""The few words that a refusal rests on, and where they stand as shortly as can be said beside the measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from applicability.model.conditions import Ground
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Quote
from applicability.report.papers.rows import rows_text
from applicability.text import Text

_ITEM = Text("第{row}项", "item {row}")
_ITEMS = Text("第{rows}项", "items {rows}")
_CELL = Text("适用范围栏", "scope column")
_NOTE = Text("注{number}", "note {number}")


def each_in_short(
    rulebook: Rulebook, grounds: Iterable[tuple[Measure, Ground]], most: int, *, item: bool = False
) -> Iterator[Quote]:
    """The words of several grounds, each once and no more than some; a passage that holds another stands for both.

    `item` tells the numbers of the rows beside words of their own.
    """
    found: dict[tuple[str, str], list[Measure]] = {}
    for measure, ground in grounds:
        if ground.quote and _is_told(ground):
            found.setdefault((ground.cites, ground.quote), []).append(measure)
    shown = [one for one in found if not any(_holds(found, one, other) for other in found)]
    for cites, words in shown[:most]:
        measures = found[cites, words]
        translation = rulebook.translation(measures[0].document)
        english = translation.quote(words, measures[0].row) if translation is not None else None
        yield Quote(words, english, _where(cites, measures, item))


def _is_told(ground: Ground) -> bool:
    return ground.cites in ("text", "cell") or _note(ground.cites) is not None


def _note(cites: str) -> str | None:
    found = re.fullmatch(r"note-(\d+)", cites)
    return None if found is None else found[1]


def _where(cites: str, measures: Sequence[Measure], item: bool) -> Text | None:
    note = _note(cites)
    if note is not None:
        return s.say(_NOTE, number=note)
    if cites == "cell":
        return _CELL
    rows = dict.fromkeys(one.row for one in measures)
    if not item:
        return None
    return s.say(_ITEM, row=str(measures[0].row)) if len(rows) == 1 else s.say(_ITEMS, rows=rows_text(rows))


def _holds(found: Mapping[tuple[str, str], list[Measure]], one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether the words of one passage stand within another, of the same place and for the same measures."""
    if one == other or one[0] != other[0] or one[1] not in other[1]:
        return False
    return one[0] != "text" or {each.key for each in found[one]} <= {each.key for each in found[other]}
