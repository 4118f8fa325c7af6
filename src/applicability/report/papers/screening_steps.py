"""On which official steps the pending verdicts of a screening wait: by the rules of the measures that have some."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Step, Within
from applicability.model.measure import Measure
from applicability.model.rulebook import Entry, Rulebook
from applicability.report.language import sentences as s
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Table, same
from applicability.report.papers.awaited import step_pairs
from applicability.report.papers.parts import Item, Pair
from applicability.report.papers.rows import measure_list, rows_text
from applicability.report.papers.texts import joined, say
from applicability.report.screening.json import PlaceTallyModel, SummaryModel
from applicability.text import Text

_FEW = 8  # measures up to which a step is told in a table with others
TITLE = Text("待落实的结论在等什么", "What the pending verdicts wait for")
_WORDS = {
    "lead": Text(
        "{count}个待落实的结论，等的是下列官方步骤或当地自己的方案，企业自身无法促成。汇总不分步骤计数："
        "每个步骤旁是可能等它的措施，一个结论等的是哪一个，写在该企业的报告中。",
        "The {count} pending verdicts wait for the official steps and programmes below, none of which a company can "
        "bring about. The summary does not count them step by step: beside each stand the measures that may wait "
        "for it; which one a verdict waits for is told in the report on that company.",
    ),
    "head": Text("{step}（{count}项措施）", "{step} ({count} measures)"),
    "alike": Text("与“{step}”所涉的相同", "the same as under “{step}”"),
    "others": Text("其他步骤", "Other steps"),
    "step": Text("步骤", "Step"),
    "there": Text("所涉地方的企业", "Companies there"),
    "there_line": Text("{places}：{count}家", "{places}: {count}"),
    "numbers": Text("附件第{rows}项", "items {rows} of the Annex"),
    "by_note": Text("依注{note}", "by note {note}"),
    "by_note_waits": Text("依注{note}，取决于{step}", "by note {note}, depending on {step}"),
}


@dataclass(frozen=True)
class AwaitedSteps:
    """The steps that measures of one summary wait for."""

    summary: SummaryModel
    rulebook: Rulebook

    @cached_property
    def measures(self) -> dict[str, dict[Measure, tuple[str, ...]]]:
        """By step, the measures that may wait for it, each with the places that it is awaited in; most measures first.

        A step that only a group of places waits for is left out where no company lies there.
        """
        found: dict[str, dict[Measure, tuple[str, ...]]] = {}
        empty = {tuple(one.codes) for one in self.summary.by_place if not one.companies}
        for one in self.summary.measures:
            if one.pending:
                measure = self.rulebook.measure(one.row, one.document)
                scope = () if measure.scope is None else (measure.scope,)
                for condition in (*scope, *(limb.when for limb in measure.usable)):
                    for step, places in _steps(condition):
                        if places not in empty:
                            found.setdefault(step.step, {}).setdefault(measure, places)
        return dict(sorted(found.items(), key=lambda item: -len(item[1])))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is published of these steps, without saying for which measures."""
        every = (one for one in self.rulebook.register if one.kind == "announces" and one.step in self.measures)
        return tuple(one for one in every if one.in_force(self.summary.as_of))

    def blocks(self) -> Iterator[Block]:
        """A part with a heading for each step that many measures may wait for, and a table of the others."""
        if not self.measures:
            return
        yield Heading(TITLE)
        yield Paragraph(s.say(_WORDS["lead"], count=f"{self.summary.verdicts.pending:,}"), "soft")
        few = {step: measures for step, measures in self.measures.items() if len(measures) <= _FEW}
        told: dict[frozenset[Measure], Text] = {}
        for step, measures in self.measures.items():
            if step in few:
                continue
            there = self._there(set(measures.values()))
            alike = told.setdefault(frozenset(measures), (name := self._name(step)))
            own = _numbers(list(measures)) if alike is name else s.say(_WORDS["alike"], step=alike)
            pairs: list[Pair] = [
                *([(_WORDS["there"], there)] if there else []),
                (say("state"), self._state(step)),
                *step_pairs(self.rulebook, step, next(iter(measures))),
                (say("rows"), (own,)),
            ]
            yield Heading(s.say(_WORDS["head"], step=name, count=str(len(measures))), 2, "pending")
            yield Pairs(tuple(pairs))
        if few:
            yield Heading(_WORDS["others"], 2, "pending")
            heads = (_WORDS["step"], say("rows"), say("state"), say("step_who"), say("step_where"))
            yield Table(heads, tuple(self._line(step, list(own)) for step, own in few.items()), (15, 21, 22, 16, 26))

    def _name(self, step: str) -> Text:
        label = self.rulebook.steps[step].label
        return Text(label.zh, f"{label.en[:1].upper()}{label.en[1:]}")

    def _state(self, step: str) -> tuple[Text, ...]:
        said = (one.note or one.title for one in self.entries if one.step == step)
        return (self.rulebook.steps[step].pending, *said)

    def _line(self, step: str, measures: Sequence[Measure]) -> tuple[Text, ...]:
        """One step in a table."""
        known = self.rulebook.authorities.step(step) if self.rulebook.authorities is not None else None
        who, where = (known.who, known.where) if known is not None else (None, same("–"))
        state = joined(self._state(step))
        return self._name(step), measure_list(measures), state, who or say("step_unknown"), where

    def _there(self, places: set[tuple[str, ...]]) -> tuple[Item, ...]:
        """How many companies lie where a step is awaited, if one group of places awaits it for every measure."""
        return tuple(
            s.say(_WORDS["there_line"], places=label_of(one), count=f"{one.companies:,}")
            for one in self.summary.by_place
            if {tuple(one.codes)} == places and one.codes
        )

    def under(self, tally: PlaceTallyModel) -> Text | None:
        """By which note most measures reach a group of places, and for which step they wait there."""
        found: Counter[tuple[str, str | None]] = Counter()
        for measure in self.rulebook.measures:
            parts = measure.scope.parts if isinstance(measure.scope, Any_) else ()
            for part in parts:
                own = part.parts if isinstance(part, All) else (part,)
                cites = [one.ground.cites for one in own if isinstance(one, Within) and list(one.places) == tally.codes]
                steps = [one.step for one in own if isinstance(one, Step)]
                found.update((cite, steps[0] if steps else None) for cite in cites if cite.startswith("note-"))
        if not found:
            return None
        ((cite, step), _), *_rest = found.most_common(1)
        note = cite.removeprefix("note-")
        if step is None:
            return s.say(_WORDS["by_note"], note=note)
        return s.say(_WORDS["by_note_waits"], note=note, step=self.rulebook.steps[step].label)


def label_of(tally: PlaceTallyModel) -> Text:
    """The places of a tally, with how many they are."""
    label, count = tally.label, len(tally.codes)
    return Text(f"{label.zh}（{count}地）", f"{label.en} ({count})") if count > 1 else Text(label.zh, label.en)


def _steps(condition: Condition, places: tuple[str, ...] = ()) -> Iterator[tuple[Step, tuple[str, ...]]]:
    """The steps of a condition, each with the places that stand beside it."""
    match condition:
        case Step():
            yield condition, places
        case All(parts):
            beside = next((one.places for one in parts if isinstance(one, Within)), places)
            for part in parts:
                yield from _steps(part, beside)
        case Any_(parts):
            for part in parts:
                yield from _steps(part, places)
        case _:
            return


def _numbers(measures: Sequence[Measure]) -> Text:
    return s.say(_WORDS["numbers"], rows=rows_text(one.row for one in measures))
