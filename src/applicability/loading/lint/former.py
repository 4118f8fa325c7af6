"""Lints the tables of former divisions and of parts of provinces that moved."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from applicability.errors import Location, Problem
from applicability.loading.source import RuleFiles
from applicability.loading.vocabulary import FORMER, MOVED
from applicability.model.former import Former
from applicability.model.places import Gazetteer
from applicability.model.rulebook import Rulebook
from applicability.text import Text

# The table starts where credit codes may still refer to it.
_EARLIEST = "2000"


def former(rulebook: Rulebook, source: RuleFiles) -> Iterator[Problem]:
    """A problem for each impossible line, in the order of the table."""
    told: set[tuple[str, str]] = set()
    latest = max((one.checked_on for one in rulebook.documents.values()), default=datetime.date.max)
    for place, one in enumerate(rulebook.gazetteer.former.all):
        here = Location(source.shown(FORMER), place + 2, 1)  # after the header
        for message, hint in _wrong(one, rulebook.gazetteer, latest):
            yield Problem(
                "R411", here, Text(f"`{one.code}` {one.zh}：{message.zh}", f"`{one.code}` {one.zh}: {message.en}"), hint
            )
        if (one.code, one.zh) in told:
            yield Problem(
                "R411",
                here,
                Text(f"`{one.code}` {one.zh}重复", f"`{one.code}` {one.zh} stands twice"),
                Text("只保留一行", "keep one line"),
            )
        told.add((one.code, one.zh))


def moved(rulebook: Rulebook, source: RuleFiles) -> Iterator[Problem]:
    """A problem for each name of a moved part that a division there has today, and so needs no line."""
    gazetteer = rulebook.gazetteer
    lines = source.files.get(MOVED, b"").decode("utf-8-sig").splitlines()
    for was, part in gazetteer.moved.items():
        inside = {
            division.zh for code, division in gazetteer.divisions.items() if gazetteer.lies_in(code, part.province)
        }
        for name in part.names:
            line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{name},{was},")), 1)
            if name in inside:
                here = Location(source.shown(MOVED), line, 1)
                message = Text(f"{name}是现行区划", f"{name} is a current division")
                yield Problem("R411", here, message, Text("删去这一行", "remove the line"))


def _wrong(one: Former, gazetteer: Gazetteer, latest: datetime.date) -> Iterator[tuple[Text, Text]]:
    current = gazetteer.divisions.get(one.code)
    if current is not None and current.zh == one.zh:
        yield Text("是现行区划", "is a current division"), Text("删去这一行", "remove the line")
    elif current is not None and one.succeeded and gazetteer.name(one.place) == one.zh:
        yield (
            Text("名称仍在使用，代码则已属于另一区划", "its name is still in use, and its code stands for another"),
            Text("删去这一行：不会有人用到它", "remove the line: nothing can ask for it"),
        )
    if not _possible(one.ended, latest):
        yield (
            Text(
                f"`{one.ended}` 不是{_EARLIEST}年至{latest}之间的日期",
                f"`{one.ended}` is not a date from {_EARLIEST} to {latest}",
            ),
            Text("改正年份或日期", "correct the year or the day"),
        )
    if one.place[:2] != one.code[:2]:
        yield (
            Text(f"`{one.place}` 属于另一省份", f"`{one.place}` lies in another province"),
            Text("改正代码", "correct the code"),
        )
    if one.succeeded and one.place in one.parts:
        yield (
            Text("承接的区划又列在划出的各部分之中", "its successor stands among the parts that went elsewhere"),
            Text("从各部分中删去", "remove it from the parts"),
        )
    if not one.succeeded:
        if len(one.parts) < 2:
            yield (
                Text("没有拆分", "is not divided"),
                Text(
                    "写明承接的区划，或写明接收各部分的每个区划",
                    "name the successor, or each division that took a part",
                ),
            )
        if outside := [part for part in one.parts if not gazetteer.lies_in(part, one.place)]:
            yield (
                Text(f"`{outside[0]}` 不在 `{one.place}` 之内", f"`{outside[0]}` does not lie in `{one.place}`"),
                Text("写明各部分所在的区划", "name the division that holds all the parts"),
            )


def _possible(ended: str, latest: datetime.date) -> bool:
    if len(ended) > 4:
        try:
            datetime.date.fromisoformat(ended)
        except ValueError:
            return False
    return _EARLIEST <= ended <= latest.isoformat()
