"""The step that asks of several measures at once what no row says: other law, the procedure, and from when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding
from applicability.report.language import sentences as s, silences
from applicability.report.language.silences import IN_FORCE, OTHER_LAW, PROCEDURE
from applicability.report.layout.paper import CellLines, TableCell
from applicability.report.papers.in_order import in_order
from applicability.report.papers.met import is_own_business
from applicability.report.papers.parts import parts_before
from applicability.report.papers.rows import marked_number
from applicability.report.papers.silent import asked_of_any, silent_of
from applicability.report.papers.stages import NextStep, StepStage
from applicability.report.papers.texts import is_planned, joined
from applicability.report.papers.whom import Whom, supervisor_of
from applicability.text import Text

_WORDS = {
    "of_all": Text(
        "先就所列各项问明（原文没有写的）：{told}",
        "ask this first, for all items listed, which the text does not say: {told}",
    ),
    "of_some": Text("{told}（{rows}）", "{told} ({rows})"),
    "of_parts": Text("{row}（第{numbers}部分）", "{row} parts {numbers}"),
    "of_part": Text("{row}（第{numbers}部分）", "{row} part {numbers}"),
    "law": Text("其他法律：{who}", "on other law: {who}"),
    "rest": Text("其余：各步所列部门", "on the rest: the authority that the step on each item lists"),
    "whom": Text("各步所列部门", "the authority that the step on each item lists"),
}


@dataclass(frozen=True)
class AskedTogether:
    """A measure that is asked about, or those of its parts, by number, that serve before an entity is set up."""

    finding: Finding
    parts: tuple[int, ...] = ()

    def asks(self, question: Text) -> bool:
        """Whether no row, or not this one, says the answer to a question."""
        if not self.parts:
            return question in (*silent_of(self.finding), *asked_of_any(self.finding))
        return bool(self._parts_asking(question))

    def of(self, question: Text) -> AskedTogether:
        """The same, but for the parts that say it."""
        return AskedTogether(self.finding, self._parts_asking(question)) if self.parts else self

    def _parts_asking(self, question: Text) -> tuple[int, ...]:
        book, measure = self.finding.rulebook, self.finding.measure
        found = []
        for number in self.parts:
            limbs = [measure.limbs[number - 1]]
            every = (*silences.silent_on(book, measure, limbs), *silences.asked_of_any(book, measure, limbs))
            found += [number] if question in every else []
        return tuple(found)

    @property
    def name(self) -> Text:
        """Its number, and which parts."""
        row = marked_number(self.finding.measure)
        if not self.parts:
            return Text(row, row)
        numbers = [Text(str(one), str(one)) for one in self.parts]
        shown = Text("、".join(one.zh for one in numbers), s.listed(numbers, s.AND).en)
        return s.say(_WORDS["of_part" if len(numbers) == 1 else "of_parts"], row=row, numbers=shown)


def asked_together(assessment: Assessment, places: Sequence[Text]) -> list[AskedTogether]:
    """The measures of which what no row says is asked in one step: those that are open, then the parts that serve
    before an entity is set up; none where that would be of one alone.

    A right on which the choice of a place depends is asked about by itself, as is what is no matter of a supervisor.
    """
    supervised = supervisor_of(assessment.facts, assessment.rulebook) is not None
    found = [
        AskedTogether(one)
        for one in in_order(assessment.open)
        if (own := Whom(one.rulebook, one)).is_asked_about
        and not (supervised and own.for_licences is None)
        and not (places and one.force == "permit" and is_own_business(one))
    ]
    if is_planned(assessment) and not supervised:
        held = [one.finding for one in found]
        found += [AskedTogether(one, numbers) for one, numbers in parts_before(assessment) if one not in held]
    return found if len(found) > 1 else []


def of_all(assessment: Assessment, found: list[AskedTogether]) -> Iterator[NextStep]:
    """What no row says, asked of all of some measures: other law of the supervisor of whoever has one."""
    if not found:
        return
    told = []
    for question in (OTHER_LAW, PROCEDURE, IN_FORCE):
        own = [one.of(question) for one in found if one.asks(question)]
        told += [question if own == list(found) else s.say(_WORDS["of_some"], told=question, rows=_items(own))] * bool(
            own
        )
    supervisor = supervisor_of(assessment.facts, assessment.rulebook)
    if supervisor is None:
        whom: TableCell = _WORDS["whom"]
    else:
        law = s.say(_WORDS["law"], who=supervisor)
        whom = CellLines((law, _WORDS["rest"])) if len(told) > 1 else law
    do = s.say(_WORDS["of_all"], told=joined(told))
    stage: StepStage = "before" if is_planned(assessment) else "use"
    gates = any(one.finding.force == "permit" and is_own_business(one.finding) for one in found)
    yield NextStep(do, _items(found), whom, stage=stage, gates=gates)


def _items(found: Sequence[AskedTogether]) -> Text:
    names = [one.name for one in found]
    en = ", ".join(one.en for one in names)
    return Text(f"第{'、'.join(one.zh for one in names)}项", f"item{'' if len(names) == 1 else 's'} {en}")
