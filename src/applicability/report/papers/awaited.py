"""What waits in a paper: the official step, who takes it, where it would be seen, and the rows that wait on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from applicability.analysis.plausibility import Plausibility
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Finding
from applicability.model.conditions import Step
from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.layout.paper import Block, Heading, Pairs, Paragraph, Quote
from applicability.report.papers.parts import Item, Pair
from applicability.report.papers.reported import reported_of
from applicability.report.papers.rows import RowWriter, items_text, marked_number, measure_list
from applicability.report.papers.texts import joined, say, sentence
from applicability.text import Text

_QUOTED = 2  # measures of a step whose words are printed
_FOR_SOME = Text("{name}（{labels}）：{rows}", "{name} ({labels}): {rows}")
_NAMED = 4  # measures of a step that a line names by title
_FOR = Text("{labels}：{rows}", "{labels}: {rows}")


@dataclass(frozen=True)
class Waiting:
    """What waits for one entity, and what to call it where several are compared.

    What is unlikely to concern the entity is not told step by step, as what lacks a fact is not asked about then.
    """

    rows: RowWriter
    findings: Sequence[Finding]
    label: Text | None = None

    @cached_property
    def likely(self) -> tuple[Finding, ...]:
        """Those that may concern the entity."""
        return tuple(one for one in self.findings if one not in self.unlikely)

    @cached_property
    def unlikely(self) -> tuple[Finding, ...]:
        """Those that nothing plausible for the entity could open."""
        known = Plausibility(self.rows.facts, self.rows.rulebook)
        return tuple(one for one in self.findings if known.unlikely(one.measure))


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
        name = _name(one, rows.rulebook)
        yield Heading(Text(f"{name.zh}（{count}）", f"{name.en} ({count})"), 2, "pending")
        pairs: list[Pair] = [(say("state"), one.reasons)]
        for step in one.steps:
            pairs += step_pairs(rows.rulebook, step, next(iter(one.measures)))
        told: list[Pair] = [(say("rows"), tuple(_told(one.measures)))]
        if count <= _QUOTED:  # of many the words would be most of the paper
            told.append((say("words"), tuple(map(rows.text, one.measures))))
        yield Pairs((*pairs, *told))


def _name(group: _Group, rulebook: Rulebook) -> Text:
    labels = [rulebook.steps[step].label for step in group.steps] or list(group.reasons[:1])
    en = ", ".join(each.en for each in labels)
    return Text("、".join(each.zh for each in labels), f"{en[:1].upper()}{en[1:]}")


def in_short(waiting: Sequence[Waiting]) -> Iterator[Text]:
    """Each step with the measures that wait on it, and what is only published of it, in a line."""
    by_name: dict[Text, dict[Measure, list[Text]]] = {}
    reported: dict[Text, list[Text]] = {}
    findings = [one for each in waiting for one in each.likely]
    for one in _groups(waiting):
        name = _name(one, waiting[0].rows.rulebook)
        by_name.setdefault(name, {}).update(one.measures)
        reported.setdefault(name, []).extend(told for step in one.steps for told in reported_of(step, findings))
    for name, measures in by_name.items():
        labels = tuple(dict.fromkeys(label for own in measures.values() for label in own))
        few = len(measures) <= _NAMED and not labels  # beside others compared, most are named already
        told = measure_list(measures) if few else items_text(map(marked_number, measures))
        if labels:
            line = s.say(_FOR_SOME, name=name, labels=s.listed(list(labels), s.AND), rows=told)
        else:
            line = s.say(_FOR, labels=name, rows=told)
        yield joined([line, *dict.fromkeys(reported[name])])


def _groups(waiting: Sequence[Waiting]) -> list[_Group]:
    """Those with most measures first."""
    groups: dict[tuple[tuple[str, ...], tuple[Text, ...]], _Group] = {}
    for each in waiting:
        for one in each.likely:
            put = each.rows.beside(one)
            reasons = tuple(put(why.message) for why in FindingText(one).why) or (each.rows.first(one),)
            key = (steps_of(one), reasons)
            labels = groups.setdefault(key, _Group(*key, {})).measures.setdefault(one.measure, [])
            labels += () if each.label is None else (each.label,)
    return sorted(groups.values(), key=lambda one: -len(one.measures))


def steps_of(finding: Finding) -> tuple[str, ...]:
    """The official steps that a finding waits on."""
    return tuple(dict.fromkeys(one.condition.step for one in finding.why if isinstance(one.condition, Step)))


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
