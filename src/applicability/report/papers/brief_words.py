"""The few words that a refusal rests on, and where they stand as shortly as can be said beside the measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from applicability.model.conditions import Ground
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Quote
from applicability.text import Text

_ITEM = Text("第{row}项", "item {row}")
_CELL = Text("适用范围栏", "scope column")
_NOTE = Text("注{number}", "note {number}")


def words_in_short(rulebook: Rulebook, measure: Measure, ground: Ground, *, item: bool = False) -> Quote | None:
    """The words of one ground; None where it has none. `item` tells the number of the row with words of its own."""
    note = re.fullmatch(r"note-(\d+)", ground.cites)
    if not ground.quote or not (note or ground.cites in ("text", "cell")):
        return None
    where = _CELL if ground.cites == "cell" else s.say(_ITEM, row=str(measure.row)) if item else None
    if note:
        where = s.say(_NOTE, number=note[1])
    translation = rulebook.translation(measure.document)
    english = translation.quote(ground.quote, measure.row) if translation is not None else None
    return Quote(ground.quote, english, where)


def each_in_short(
    rulebook: Rulebook, grounds: Iterable[tuple[Measure, Ground]], most: int, *, item: bool = False
) -> Iterator[Quote]:
    """The words of several grounds, each once and no more than some; a passage that holds another stands for both."""
    found: list[tuple[Measure, Ground]] = []
    for measure, ground in grounds:
        if not ground.quote or any(_holds(measure, ground, *other) for other in found):
            continue
        found = [other for other in found if not _holds(*other, measure, ground)]
        found.append((measure, ground))
    quotes = (words_in_short(rulebook, measure, ground, item=item) for measure, ground in found[:most])
    yield from (one for one in quotes if one is not None)


def _holds(measure: Measure, ground: Ground, other: Measure, wider: Ground) -> bool:
    """Whether the words of a ground stand within those of another, in the same place."""
    of_one_row = measure.key == other.key or ground.cites != "text"
    return of_one_row and ground.cites == wider.cites and ground.quote in wider.quote
