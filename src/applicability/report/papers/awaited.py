"""What waits in a paper: the official step, who takes it, where it would be seen, and the rows that wait on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.conditions import Step
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Quote
from applicability.report.papers.parts import Item, Pair
from applicability.report.papers.rows import RowWriter, measure_list
from applicability.report.papers.texts import say, sentence
from applicability.text import Text

_QUOTED = 2  # measures of a step whose words are printed
_FOR = Text("{labels}：{rows}", "{labels}: {rows}")


@dataclass(frozen=True)
class Waiting:
    """What waits for one entity, and what to call it where several are compared."""

    rows: RowWriter
    findings: Sequence[Finding]
    label: Text | None = None


@dataclass(frozen=True)
class _Group:
    """Measures that wait on the same steps for the same reasons, each with those for whom it does."""

    steps: tuple[str, ...]
    reasons: tuple[Text, ...]
    measures: dict[Measure, list[Text]]


def pending(waiting: Sequence[Waiting]) -> Iterator[Block]:
    """One part for the steps that some measures wait on, and what is known of each step."""
    groups = _groups(waiting)
    if not groups:
        return
    yield Heading(say("waits"))
    lead = [say("waits_lead"), say("which_register")]
    if waiting[0].rows.readings and any(measure.narrower_reading for one in groups for measure in one.measures):
        lead.append(say("marked_short", part=say("doubts")))
    yield Paragraph(sentence(lead), "soft")
    for one in groups:
        rows, count = waiting[0].rows, len(one.measures)
        labels = [rows.rulebook.steps[step].label for step in one.steps] or list(one.reasons[:1])
        zh, en = "、".join(each.zh for each in labels), ", ".join(each.en for each in labels)
        yield Heading(Text(f"{zh}（{count}）", f"{en[:1].upper()}{en[1:]} ({count})"), 2, "pending")
        pairs: list[Pair] = [(say("state"), one.reasons)]
        for step in one.steps:
            pairs += step_pairs(rows.rulebook, step, next(iter(one.measures)))
        told: list[Pair] = [(say("rows"), tuple(_told(one.measures)))]
        if count <= _QUOTED:  # of many the words would be most of the paper
            told.append((say("words"), tuple(map(rows.text, one.measures))))
        yield Pairs((*pairs, *told))


def _groups(waiting: Sequence[Waiting]) -> list[_Group]:
    """Those with most measures first."""
    groups: dict[tuple[tuple[str, ...], tuple[Text, ...]], _Group] = {}
    for each in waiting:
        for one in each.findings:
            steps = [reason.condition.step for reason in one.why if isinstance(reason.condition, Step)]
            put = each.rows.beside(one)
            reasons = tuple(put(why.message) for why in FindingText(one).why) or (each.rows.first(one),)
            key = (tuple(dict.fromkeys(steps)), reasons)
            labels = groups.setdefault(key, _Group(*key, {})).measures.setdefault(one.measure, [])
            labels += () if each.label is None else (each.label,)
    return sorted(groups.values(), key=lambda one: -len(one.measures))


def _told(measures: Mapping[Measure, Sequence[Text]]) -> Iterator[Text]:
    """Measures, those together that wait for the same of those compared, with the names of these."""
    by_labels: dict[tuple[Text, ...], list[Measure]] = {}
    for measure, labels in measures.items():
        by_labels.setdefault(tuple(labels), []).append(measure)
    for labels, own in by_labels.items():
        told = measure_list(own)
        yield s.say(_FOR, labels=s.listed(list(labels), s.AND), rows=told) if labels else told


def step_pairs(rulebook: Rulebook, step: str, measure: Measure) -> list[Pair]:
    """Whose an official step is, with the words that say so, and where it would be seen; `measure` is one with it."""
    authorities = rulebook.authorities
    known = authorities.step(step) if authorities is not None else None
    if known is None or authorities is None or authorities.document != measure.document:
        return []
    who: tuple[Item, ...] = (known.who or say("step_unknown"),)
    if known.source is not None and known.source.text is not None:
        cites, document = known.source.cites, rulebook.documents[measure.document]
        note = cites.removeprefix("note-")
        where = (
            say("note_where", number=document.cited, note=note)
            if note != cites
            else say("row_where", number=document.cited, item=document.item(measure.row))
        )
        who = (*who, Quote(known.source.text.zh, known.source.text.en, where))
    return [(say("step_who"), who), (say("step_where"), (known.where,))]
