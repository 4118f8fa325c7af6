"""What a comparison comes to, in a few lines: where most is open for the own business, and what waits where."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

from applicability.analysis.comparison import Alternative, Comparison, Rank
from applicability.model.conditions import Step
from applicability.model.measure import MeasureKey
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.layout.paper import Block, Bullets, Paragraph
from applicability.report.papers.comparison_labels import at, is_of_places
from applicability.report.papers.comparison_ranks import own_rows, own_unknown, ranks
from applicability.report.papers.elsewhere import by_result
from applicability.report.papers.facts import rules_of_its_own
from applicability.report.papers.instruments import rests_on_one
from applicability.report.papers.rows import items_text, marked_number, measure_list, with_terms
from applicability.report.papers.texts import joined, sentence
from applicability.report.papers.zone_doubts import on_what
from applicability.text import Text

_WORDS = {
    "lead": Text(
        "可适用或须经认定的措施最多的是{best}：{open}项（可适用{certain}项，须经认定{judged}项）。",
        "Most is open, or subject to an authority's finding, for {best}: {open} measures ({certain} eligible, {judged} "
        "conditional).",
    ),
    "no_own": Text(
        "其中没有与本业直接相关的；项数不分轻重。",
        "None of them bears on the entity's own business; a count does not weigh them.",
    ),
    "own_equal": Text("就本业而言，{best}相同（{rows}）。", "For the entity's own business {best} are equal ({rows})."),
    "own_best": Text(
        "就本业而言，可用最多的是{best}（{rows}）。",
        "For the entity's own business most is open for {best} ({rows}).",
    ),
    "unranked": Text("{places}不能排名，见下。", "{places} could not be ranked, see below."),
    "own_more": Text(
        "按全部措施计，{best}最多，有{open}项（可适用{certain}项，须经认定{judged}项）；多出的（{more}）与本业没有直接关系。",
        "Of all measures, the most are open or subject to an authority's finding for {best}: {open} ({certain} "
        "eligible, {judged} conditional); what is open there besides ({more}) does not concern its own business.",
    ),
    "own": Text("与本业直接相关，{row} {title}：{where}", "On its own business, {row} {title}: {where}"),
    "by_instrument": Text(
        "{rows}；{where}只依后来的文件，其原文不在本报告的规则库内",
        "{rows}; {where} by a later instrument alone, whose words are not in this report's rules",
    ),
    "by_instrument_there": Text(
        "{rows}；只依后来的文件，其原文不在本报告的规则库内",
        "{rows}; there by a later instrument alone, whose words are not in this report's rules",
    ),
    "by_instrument_short": Text("{rows}（只依后来的文件）", "{rows} (there by a later instrument alone)"),
    "waits_there": Text(
        "{rows}是否可用，本报告不能判断，取决于{steps}。{state}。",
        "this report cannot say whether {rows} can be used there; that depends on {steps}. {state}.",
    ),
    "waits_there_see": Text(
        "{rows}是否可用，本报告不能判断，取决于{steps}，见“{part}”。",
        "this report cannot say whether {rows} can be used there; that depends on {steps}: see “{part}”.",
    ),
    "open_there": Text("{told}当地可用的是：{rows}。", "{told} What is open there: {rows}."),
}


def lead_of(comparison: Comparison) -> Iterator[Block]:
    """What is open for its own business; how each of these measures stands everywhere."""
    yield Paragraph(sentence(_best(comparison)))
    lines = tuple(_own_business(comparison))
    if lines:
        yield Bullets(lines)


def cannot_be_said(comparison: Comparison, steps: Text | None = None) -> Iterator[Block]:
    """For each other alternative what cannot be said of it, and why; in short where another part of the paper, `steps`,
    tells of what is waited for.
    """
    lines = (*_waits_there(comparison, steps), *_rules_there(comparison))
    if lines:
        yield Bullets(lines)


def _best(comparison: Comparison) -> Iterator[Text]:
    """Where most is open: for its own business first."""
    ranking, own = ranks(comparison), own_rows(comparison)
    best = [one for place, one in ranking if place == 1]
    names = s.listed([one.alternative.label for one in best], s.AND)
    if own:
        rows = items_text(marked_number(row.measure) for row in own)
        yield s.say(_WORDS["own_equal" if len(best) > 1 else "own_best"], best=names, rows=rows)
        yield from unranked(comparison)
        most = max(one.open for _, one in ranking)
        first = [one for _, one in ranking if one.open == most]
        if len(first) < len(best) and all(one in best for one in first):
            named = s.listed([one.alternative.label for one in first], s.AND)
            more = items_text(_more(first, best, comparison))
            yield s.say(_WORDS["own_more"], best=named, more=more, **_split(first[0], comparison))
        return
    yield s.say(_WORDS["lead"], best=names, **_split(best[0], comparison))
    if len(ranking) > 1 and best[0].open:
        yield _WORDS["no_own"]


def unranked(comparison: Comparison) -> Iterator[Text]:
    """Of which alternatives it is not known what is open of its own business there."""
    names = [one.label for index, one in enumerate(comparison.alternatives) if own_unknown(comparison, index)]
    if names:
        yield s.say(_WORDS["unranked"], places=s.listed(names, s.AND))


def _more(first: Sequence[Rank], best: Sequence[Rank], comparison: Comparison) -> list[str]:
    """What is open where most is, and not in those that are as good for its own business, by number."""
    here = set().union(*(one.alternative.open_keys for one in first))
    there = set().union(*(one.alternative.open_keys for one in best if one not in first))
    return [marked_number(one) for one in comparison.measures if one.key in here - there]


def _split(rank: Rank, comparison: Comparison) -> dict[str, str]:
    """How many measures are open for an alternative: for certain, and subject to a finding."""
    total = comparison.totals[rank.index]
    return {"open": str(rank.open), "certain": str(total["eligible"]), "judged": str(total["conditional"])}


def _own_business(comparison: Comparison) -> Iterator[Text]:
    """What bears on the entity's own business and is open somewhere: how it stands in each."""
    for row in own_rows(comparison):
        labels = [one.label for one in comparison.alternatives]
        where = by_result(zip(labels, row.buckets, strict=True), comparison)
        yield s.say(_WORDS["own"], row=marked_number(row.measure), title=row.measure.title, where=where)


def _waits_there(comparison: Comparison, part: Text | None) -> Iterator[Text]:
    """For each other alternative what waits there and not for the first, on what, how far that has come, and what is
    open there all the same; once for those of which the same is to be told.
    """
    found: dict[tuple[Text, ...], list[Text]] = {}
    for label, told in _waits_at_each(comparison, part):
        found.setdefault(told, []).append(label)
    for told, labels in found.items():
        before = s.listed(labels, s.AND)
        yield from (Text(f"{before.zh}：{one.zh}", f"{before.en}: {one.en}") for one in told)


def _rules_there(comparison: Comparison) -> Iterator[Text]:
    """Of the places compared that lie in zones by their name alone: that rules of these were not examined."""
    found: dict[Text, list[Text]] = {}
    for one in comparison.alternatives if is_of_places(comparison) else ():
        for told in rules_of_its_own(one.assessment.facts, comparison.rulebook):
            found.setdefault(told, []).append(one.label)
    for told, labels in found.items():
        before = s.listed(labels, s.AND)
        yield Text(f"{before.zh}：{told.zh}。", f"{before.en}: {told.en}.")


def _waits_at_each(comparison: Comparison, part: Text | None) -> Iterator[tuple[Text, tuple[Text, ...]]]:
    first = comparison.alternatives[0]
    for one in comparison.alternatives[1:]:
        words = ConditionRenderer(comparison.rulebook, one.assessment.facts)
        lines = []
        for steps, rows in waiting(one, comparison, but_waiting(first, comparison)).items():
            if part is not None:
                lines.append(s.say(_WORDS["waits_there_see"], rows=items_text(rows), steps=steps, part=part))
                continue
            found = next(each for each in one.assessment.findings if marked_number(each.measure) in rows)
            state = next(_state(each.condition, words) for each in found.why if isinstance(each.condition, Step))
            state = Text(state.zh, f"{state.en[:1].upper()}{state.en[1:]}")
            lines.append(s.say(_WORDS["waits_there"], rows=items_text(rows), steps=steps, state=state))
        if lines and any(each.key in one.open_keys for each in comparison.measures):
            own = (
                rows_of(one, one.open_keys, comparison)
                if part is None
                else items_text(marked_number(each) for each in comparison.measures if each.key in one.open_keys)
            )
            if any(rests_on_one(each) for each in one.open):
                own = s.say(_WORDS["by_instrument_there" if part is None else "by_instrument_short"], rows=own)
            lines[-1] = s.say(_WORDS["open_there"], told=lines[-1], rows=own)
        if lines:
            yield one.label, tuple(lines)


def but_waiting(first: Alternative, comparison: Comparison) -> set[MeasureKey]:
    """The measures but for those that wait in the first alternative: what waits there as well is no difference."""
    waits = {one.measure.key for one in first.assessment.findings if one.bucket == "pending"}
    return {one.key for one in comparison.measures} - waits


def _state(step: Step, words: ConditionRenderer) -> Text:
    """How far a step has come: what is published of it, or else what the rules tell of it."""
    entry = words.entry_for(step, Verdict.PENDING)
    kind = words.rulebook.steps[step.step]
    return kind.pending if entry is None or entry.note is None else entry.note


def waiting(one: Alternative, comparison: Comparison, keys: Collection[MeasureKey]) -> dict[Text, list[str]]:
    """Which of some measures wait in an alternative, by number and marked, by the steps that they wait on."""
    found: dict[Text, list[str]] = {}
    for finding in one.assessment.findings:
        if finding.measure.key not in keys or finding.bucket != "pending":
            continue
        steps = [each.condition.step for each in finding.why if isinstance(each.condition, Step)]
        if steps:
            labels = s.listed([comparison.rulebook.steps[step].label for step in dict.fromkeys(steps)], s.AND)
            found.setdefault(labels, []).append(marked_number(finding.measure))
    return found


def rows_of(
    where: Alternative,
    keys: Collection[MeasureKey],
    comparison: Comparison,
    within: Mapping[MeasureKey, Text] = MappingProxyType({}),
) -> Text:
    """Some open measures of an alternative; of those that are not certain, what stands there or on which zone in
    doubt they rest, and of those that are open `within` a zone of another one alone, which.
    """
    own = {one.measure.key: one for one in where.open}
    told = []
    for measure in comparison.measures:
        if measure.key in keys:
            bucket = own[measure.key].bucket
            besides = [] if bucket == "eligible" else [_lower(w.BUCKETS[bucket])]
            besides += [within[measure.key]] if measure.key in within else []
            besides += on_what(own[measure.key])
            told.append(with_terms(measure_list([measure]), besides))
    return joined(told)


def with_instruments(
    told: Text, keys: Collection[MeasureKey], where: Sequence[Alternative], comparison: Comparison
) -> Text:
    """Some measures, and in which of some alternatives any of them rests on a later instrument alone."""
    labels = [one.label for one in where if any(each.measure.key in keys and rests_on_one(each) for each in one.open)]
    return s.say(_WORDS["by_instrument"], rows=told, where=at(labels, comparison)) if labels else told


def _lower(text: Text) -> Text:
    return Text(text.zh, text.en.lower())
