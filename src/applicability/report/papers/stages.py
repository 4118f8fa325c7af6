"""The steps of a paper and the stages that they belong to, where an entity is still to be set up: first its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from applicability.lazy_dataclass import dataclass
from applicability.report.language import sentences as s
from applicability.report.layout.paper import TableCell
from applicability.text import Text

StepStage = Literal["ask", "place", "before", "more", "set_up", "use"]
_STAGES: Mapping[StepStage, Text] = {
    "ask": Text("选定地方之前先问明", "ask before the place is chosen"),
    "place": Text("选定地方", "choose the place"),
    "before": Text("设立之前", "before it is set up"),
    "more": Text("可选的调整（宜在设立之前决定）", "optional, best decided before it is set up"),
    "set_up": Text("设立", "set it up"),
    "use": Text("设立之后", "once it is set up"),
}
_NAMED = Text("{letter}：{stage}", "{letter}: {stage}")


@dataclass(frozen=True)
class NextStep:
    """What to do, for which measures, and with whom, or `where` to look; and at which `stage`. Of an entity to be set
    up, whether that depends on the answer: `gates`.
    """

    do: Text
    rows: TableCell
    whom: TableCell
    where: bool = False
    stage: StepStage = "use"
    gates: bool = False


def in_stages(steps: Sequence[NextStep]) -> Iterator[tuple[str, NextStep]]:
    """The steps stage by stage, each with its letter and number."""
    for letter, stage in zip("ABCDEF", _used(steps), strict=False):
        for number, one in enumerate((one for one in steps if one.stage == stage), 1):
            yield f"{letter}{number}", one


def stages_of(steps: Sequence[NextStep]) -> Text:
    """What the letters of the stages stand for."""
    used = zip("ABCDEF", _used(steps), strict=False)
    told = [s.say(_NAMED, letter=letter, stage=_STAGES[stage]) for letter, stage in used]
    return Text("；".join(one.zh for one in told), "; ".join(one.en for one in told))


def _used(steps: Sequence[NextStep]) -> list[StepStage]:
    held = {one.stage for one in steps}
    return [one for one in _STAGES if one in held]
