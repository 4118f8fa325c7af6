"""The few words that a refusal rests on, in one line: where they stand, and their English beside them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from applicability.model.conditions import Ground
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.translated import WORDS as TRANSLATED
from applicability.report.layout.paper import nested
from applicability.text import Text

_WHERE = {
    "text": Text("{words}", "{words}"),
    "item": Text("第{row}项：{words}", "item {row}: {words}"),
    "cell": Text("适用范围栏：{words}", "scope column: {words}"),
    "note": Text("注{number}：{words}", "note {number}: {words}"),
}


def words_in_short(rulebook: Rulebook, measure: Measure, ground: Ground, *, item: bool = False) -> Text | None:
    """The words of one ground; None where it has none. `item` puts the number of the row before words of its own."""
    note = re.fullmatch(r"note-(\d+)", ground.cites)
    key = "note" if note else "item" if ground.cites == "text" and item else ground.cites
    if not ground.quote or key not in _WHERE:
        return None
    translation = rulebook.translation(measure.document)
    english = translation.quote(ground.quote, measure.row) if translation is not None else None
    words = s.say(TRANSLATED["plain"], words=nested(ground.quote))
    if english is not None:
        words = s.say(TRANSLATED["span"], words=nested(ground.quote), english=nested(english))
    return s.say(_WHERE[key], words=words, row=str(measure.row), number=note[1] if note else "")


def each_in_short(
    rulebook: Rulebook, grounds: Iterable[tuple[Measure, Ground]], most: int, *, item: bool = False
) -> Iterator[Text]:
    """The words of several grounds, each once and no more than some; a passage that holds another stands for both."""
    found: list[tuple[Measure, Ground]] = []
    for measure, ground in grounds:
        if not ground.quote or any(_holds(measure, ground, *other) for other in found):
            continue
        found = [other for other in found if not _holds(*other, measure, ground)]
        found.append((measure, ground))
    lines = (words_in_short(rulebook, measure, ground, item=item) for measure, ground in found[:most])
    yield from (line for line in lines if line is not None)


def _holds(measure: Measure, ground: Ground, other: Measure, wider: Ground) -> bool:
    """Whether the words of a ground stand within those of another, in the same place."""
    of_one_row = measure.key == other.key or ground.cites != "text"
    return of_one_row and ground.cites == wider.cites and ground.quote in wider.quote
