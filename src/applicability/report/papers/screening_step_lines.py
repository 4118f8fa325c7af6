"""A next step of a screening's paper: its lines, which of them run at once, and the order of all steps in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from applicability.lazy_dataclass import dataclass
from applicability.report.language import sentences as s
from applicability.report.layout.paper import CellLines, TableCell
from applicability.report.papers.texts import sentence
from applicability.text import Text

# When a line can be begun: at once; once the line before it in the same step is done; once the register is complete
# and screened again; or nothing is to be done but to wait.
When = Literal["now", "next", "register", "watch"]

_CIRCLED = "①②③④⑤⑥"  # the lines of a step, which are done one after the other
_WORDS = {
    "now": Text(
        "可以同时开始、不等企业名册补全的：第{steps}步。",
        "To be begun at once and side by side, without waiting for the register of companies: {steps}.",
    ),
    "register": Text(
        "等企业名册补全、再筛查之后办的：第{steps}步。",
        "To wait until the register of companies is complete and screened again: {steps}.",
    ),
    "watch": Text("只须等待并留意的：第{steps}步。", "Only to be waited for: {steps}."),
    "next": Text(
        "一步分为①②的，依次办理；再筛查后新增的企业，照同一步办理。",
        "What is numbered ①② within a step is done one after the other. Companies that the second screening adds take "
        "the same steps.",
    ),
    "order": Text(
        "次序不表示用处大小：不须认定的在前，其中权利在前；同类中标†的在后，企业多的在前。",
        "The order says nothing of what a measure is worth: what needs no finding comes first, and of that the rights; "
        "of one kind what is marked † comes last, and what more companies can use comes earlier.",
    ),
}


@dataclass(frozen=True)
class StepLine:
    """What to do, what it concerns, and with whom; and when that can be begun."""

    do: TableCell
    concerns: TableCell
    whom: TableCell
    when: When = "now"


@dataclass(frozen=True)
class ZoneStep:
    """One or more lines, one after the other; `brief` says for the first page what to do, and for what with whom.

    `tells` are the measures, by document and row, whose companies are told once the step is done.
    """

    lines: tuple[StepLine, ...]
    brief: tuple[Text, Text] | None = None
    tells: tuple[tuple[str, int], ...] = ()


def line_step(do: TableCell, concerns: TableCell, whom: TableCell, when: When = "now") -> ZoneStep:
    """A step of one line, of which nothing stands on the first page."""
    return ZoneStep((StepLine(do, concerns, whom, when),))


def numbered_lines(steps: Sequence[ZoneStep]) -> Iterator[tuple[str, StepLine]]:
    """All lines, each with the number of its step, and where a step has several with its own sign.

    >>> nothing = Text("", "")
    >>> line = StepLine(nothing, nothing, nothing)
    >>> [number for number, _ in numbered_lines([ZoneStep((line,)), ZoneStep((line, line))])]
    ['1', '2①', '2②']
    """
    for number, step in enumerate(steps, 1):
        for sign, line in zip(_CIRCLED, step.lines, strict=False):
            yield f"{number}{sign if len(step.lines) > 1 else ''}", line


def sign_of(place: int) -> str:
    """The sign of a line by its place in a step of several.

    >>> sign_of(1)
    '②'
    """
    return _CIRCLED[place]


def steps_in_order(steps: Sequence[ZoneStep]) -> Text:
    """Which steps run at once and which wait, and by what they are put in order."""
    told = []
    for when in ("now", "register", "watch"):
        numbers = [label for number, step in enumerate(steps, 1) if (label := _of(step, number, when))]
        if numbers:
            told.append(s.say(_WORDS[when], steps=Text("、".join(numbers), ", ".join(numbers))))
    return sentence([*told, _WORDS["next"], _WORDS["order"]])


def _of(step: ZoneStep, number: int, when: When) -> str:
    """A step as far as it is begun at some time: its number, with the signs of its lines where others wait longer."""
    begun = list[When]()
    for line in step.lines:
        begun.append(begun[-1] if line.when == "next" and begun else line.when)
    if when not in begun:
        return ""
    if len(set(begun)) == 1:
        return str(number)
    return f"{number}{''.join(sign for sign, own in zip(_CIRCLED, begun, strict=False) if own == when)}"


def steps_that_tell(steps: Sequence[ZoneStep]) -> Mapping[tuple[str, int], tuple[int, ...]]:
    """By measure, the numbers of the steps after which companies are told of it."""
    found: dict[tuple[str, int], tuple[int, ...]] = {}
    for number, step in enumerate(steps, 1):
        for one in step.tells:
            found[one] = (*found.get(one, ()), number)
    return found


def paired(told: Sequence[Text]) -> TableCell:
    """Lines of a cell, each with its English beside it."""
    return CellLines(tuple(told), paired=True) if len(told) > 1 else told[0]
