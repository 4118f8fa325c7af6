"""Other entities that one could set up beside itself, in a paper: the step, whose it is, and what is open to them."""

from __future__ import annotations

from applicability.analysis.other_entities import OpenPart, other_entities
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Assessment, Finding, bucket_of
from applicability.model.facts import Facts
from applicability.model.measure import MeasureKey
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.edits import OWNERS
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.papers.opened import find_texts, finding_with, terms_in_short, to_find
from applicability.report.papers.rows import items_text, marked_number, measure_list, with_terms
from applicability.report.papers.texts import joined
from applicability.text import Text

_WORDS = {
    "set_up_step": Text(
        "在同一地方、就同样的业务另设：{value}", "set up beside it, in the same place and business: {value}"
    ),
    "set_up_part": Text("{measure}，第{number}部分“{title}”", "{measure}, part {number}: {title}"),
    "part_number": Text("{row}第{number}部分", "{row}, part {number}"),
    "set_up_founder": Text(
        "母公司就是本企业，本企业{fact}：{value}，无须再认定",
        "its parent is the entity itself ({fact}: {value}), which nobody has to find",
    ),
    "own_part": Text(
        "该公司与本企业同在一地、做同样业务的，{standing}：{settled}；该公司的其他条件没有审查",
        "such a company in the same place and business can use it ({standing}): {settled}; nothing else about it was "
        "examined",
    ),
    "set_up_serves": Text(
        "本主体因此用得上（已列为可用，不是新增；是否已设有，所填事实没有说明）：{rows}",
        "this entity can then use what is listed as open to it already (whether it has one is not among the facts "
        "given): {rows}",
    ),
    "set_up_opens": Text(
        "另设的主体可用（本主体不能用；按同一地方、同样的业务判断，其他事实没有审查）：{rows}",
        "the entity set up can use, and this one cannot (taken to be in the same place and business, nothing else "
        "about it being examined): {rows}",
    ),
}


@dataclass(frozen=True)
class SetUp:
    """Another entity that one could set up, in words: the step, by whom, the result for that entity, and what opens."""

    step: Text
    by: Text
    standing: Text
    opens: tuple[Text, ...]


def set_up(assessment: Assessment, *, terms: bool = False) -> tuple[SetUp, ...]:
    """The entities that this one could set up, with what would be open to them and not to itself, in short on which
    `terms`.
    """
    facts, book = assessment.facts, assessment.rulebook
    words, found = ConditionRenderer(book, facts), []
    for one in other_entities(assessment):
        step = s.say(_WORDS["set_up_step"], value=words.value(one.fact, one.value))
        verdicts = [part.verdict for part in one.opened]
        rows = joined([_part(part, min(verdicts), facts, book, terms=terms) for part in one.opened])
        own = measure_list(each.measure for each in one.serves)
        serves = [s.say(_WORDS["set_up_serves"], rows=own)] if one.serves else []
        results = dict.fromkeys(w.BUCKETS[bucket_of(each)] for each in sorted(verdicts, reverse=True))
        standing = s.listed([*results], s.OR)
        opens = (*serves, s.say(_WORDS["set_up_opens"], rows=rows))
        found.append(SetUp(step, OWNERS["cost"], standing, opens))
    return tuple(found)


def parts_of_own(assessment: Assessment) -> list[tuple[MeasureKey, str, Text]]:
    """The parts that are for another entity which this one could set up, and of which it settles a finding itself: the
    measure, the part, and how it stands for that one.
    """
    found = []
    for one in other_entities(assessment):
        for part in one.opened:
            settled = _of_founder(part, assessment.facts, assessment.rulebook)
            if settled:
                standing = w.BUCKETS[bucket_of(part.verdict)]
                standing = Text(standing.zh, standing.en.lower())
                told = s.say(_WORDS["own_part"], standing=standing, settled=joined(settled))
                found.append((part.measure.key, part.limb.id, told))
    return found


def for_another(assessment: Assessment) -> dict[tuple[MeasureKey, str], Text]:
    """The parts that are for another entity which this one could set up, by measure and part, with what that is."""
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    return {
        (part.measure.key, part.limb.id): words.value(one.fact, one.value)
        for one in other_entities(assessment)
        for part in one.opened
        if len(part.measure.limbs) > 1
    }


def uses_of_another(assessment: Assessment) -> dict[Text, Text]:
    """What another entity that this one could set up, or has set up, can use itself, by number; by what it is."""
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    return {
        words.value(one.fact, one.value): joined([_number(part) for part in one.opened])
        for one in other_entities(assessment)
    }


def needing_one(assessment: Assessment) -> list[tuple[Text, tuple[Finding, ...]]]:
    """The open measures that are of use only to an entity with another one of its own that it is not said to have: what
    that is, and the measures.
    """
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    return [(words.value(one.fact, one.value), one.serves) for one in other_entities(assessment) if one.serves]


def _number(part: OpenPart) -> Text:
    """A measure by number, and which part of one that has several."""
    row = items_text([marked_number(part.measure)])
    if len(part.measure.limbs) == 1:
        return row
    return s.say(_WORDS["part_number"], row=row, number=str(part.measure.limbs.index(part.limb) + 1))


def _part(part: OpenPart, least: Verdict, founder: Facts, rulebook: Rulebook, *, terms: bool) -> Text:
    """A measure, or a part of one that has several, with what has to be found; beside one that is more open than the
    others, how it is; and what of the one that sets it up, the `founder`, settles a finding.
    """
    name = measure_list([part.measure])
    if len(part.measure.limbs) > 1:
        number = str(part.measure.limbs.index(part.limb) + 1)
        name = s.say(_WORDS["set_up_part"], measure=name, number=number, title=part.limb.title)
    scope = () if part.measure.scope is None else (part.measure.scope,)
    told = find_texts(to_find((*scope, part.limb.when), part.facts, rulebook))
    if part.verdict != least and not told:
        bucket = w.BUCKETS[bucket_of(part.verdict)]
        told = [Text(bucket.zh, bucket.en.lower())]
    told += _of_founder(part, founder, rulebook) if terms else []
    finding = finding_with(part.measure, part.facts, rulebook) if terms else None
    return with_terms(name, told if finding is None else terms_in_short(finding, told, [part.limb]))


def _of_founder(part: OpenPart, founder: Facts, rulebook: Rulebook) -> list[Text]:
    """What of the one that sets an entity up, the `founder`, settles a finding of a part."""
    words = ConditionRenderer(rulebook, founder)
    return [
        s.say(_WORDS["set_up_founder"], fact=rulebook.facts[fact].label, value=words.value(fact, founder.values[fact]))
        for _, fact in part.of_founder
    ]
