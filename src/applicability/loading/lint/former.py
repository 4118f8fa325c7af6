"""What is wrong with the table of former divisions, where each line can be read."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from applicability.errors import Location, Problem
from applicability.loading.rulebook import FORMER
from applicability.loading.source import RuleFiles
from applicability.model.former import Former
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook

# The table begins where a credit code can still be met.
_EARLIEST = "2000"


def former(rulebook: Rulebook, source: RuleFiles) -> Iterator[Problem]:
    """Every line that says what cannot be, in the order of the table."""
    told: set[tuple[str, str]] = set()
    latest = max((one.checked_on for one in rulebook.documents.values()), default=datetime.date.max)
    for place, one in enumerate(rulebook.gazetteer.former.all):
        here = Location(source.shown(FORMER), place + 2, 1)  # behind the header
        for message, hint in _wrong(one, rulebook.gazetteer, latest):
            yield Problem("R411", here, f"`{one.code}` {one.zh}: {message}", hint)
        if (one.code, one.zh) in told:
            yield Problem("R411", here, f"`{one.code}` {one.zh} stands twice", "keep one line")
        told.add((one.code, one.zh))


def _wrong(one: Former, gazetteer: Gazetteer, latest: datetime.date) -> Iterator[tuple[str, str]]:
    current = gazetteer.divisions.get(one.code)
    if current is not None and current.zh == one.zh:
        yield "is a current division", "remove the line"
    elif current is not None and one.succeeded and gazetteer.name(one.place) == one.zh:
        yield "its name is still in use, and its code stands for another", "remove the line: nothing can ask for it"
    if not _possible(one.ended, latest):
        yield f"`{one.ended}` is no day from {_EARLIEST} to {latest}", "correct the year or the day"
    if one.place[:2] != one.code[:2]:
        yield f"`{one.place}` lies in another province", "correct the code"
    if one.succeeded and one.place in one.parts:
        yield "its successor stands among the parts that went elsewhere", "remove it from the parts"
    if not one.succeeded:
        if len(one.parts) < 2:
            yield "is not divided", "name the successor, or each division that took a part"
        if outside := [part for part in one.parts if not gazetteer.lies_in(part, one.place)]:
            yield f"`{outside[0]}` does not lie in `{one.place}`", "name the division that holds all the parts"


def _possible(ended: str, latest: datetime.date) -> bool:
    if len(ended) > 4:
        try:
            datetime.date.fromisoformat(ended)
        except ValueError:
            return False
    return _EARLIEST <= ended <= latest.isoformat()
