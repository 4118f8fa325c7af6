"""The steps to use what is open: what to ask first, what to do with it, and with whom to begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.model.assessment import Assessment, Finding
from applicability.model.measure import FORCES, Force
from applicability.model.place_relations import Zone
from applicability.report.language import sentences as s
from applicability.report.language.reasons import FindingText
from applicability.report.language.silences import PROCEDURE
from applicability.report.layout.paper import CellLines, TableCell, same
from applicability.report.papers.asked_together import asked_together
from applicability.report.papers.in_order import in_order
from applicability.report.papers.in_part import open_in_part
from applicability.report.papers.instruments import reach_of, rests_on_one
from applicability.report.papers.met import is_own_business
from applicability.report.papers.own_answers import asked_of, uses_to_tell, without_finding
from applicability.report.papers.readings import narrower_of, narrower_readings
from applicability.report.papers.rows import items_text, marked_number, row_list
from applicability.report.papers.set_up import needing_one, uses_of_another
from applicability.report.papers.silent import asked_of_any, silent_of
from applicability.report.papers.stages import NextStep, StepStage
from applicability.report.papers.texts import is_planned, joined
from applicability.report.papers.whom import Whom, supervisor_of
from applicability.report.papers.zone_doubts import body_of, once_confirmed, resting_on_each, step_to_confirm
from applicability.text import Text

# What is done with an open measure, by its force; the block of the measure says the same at length.
_DO: Mapping[Force, Text] = {
    "permit": Text("按本方案可以做：备妥须证明的事实", "by this plan it may be done: have proof of the facts ready"),
    "support": Text(
        "受支持或鼓励，不是许可：据此提出申请或请求配合",
        "supported or encouraged, which is no permit: apply on this ground, or ask for cooperation",
    ),
    "explore": Text("探索或试点，不是许可：提出参加", "a trial, which is no permit: ask to join"),
    "study": Text("仅在研究：尚不能据此办理", "only studied: nothing can be done on it yet"),
    "duty": Text("主管部门的职责：无可申请之事", "a duty of authorities: nobody can apply for it"),
}
_WORDS = {
    "whom_of": Text("{items}：{who}", "{items}: {who}"),
    "self": Text("企业自行核对，并告知出具本报告的一方", "the entity itself, which tells whoever made this report"),
    "planned_self": Text("设立方，并告知出具本报告的一方", "the investor, who tells whoever made this report"),
    "planned": Text("设立后：{do}", "once it is set up: {do}"),
    "planned_answered": Text(
        "设立后，先问的答复允许的：{do}", "once it is set up, and if the reply to what was asked first allows it: {do}"
    ),
    "ask_first": Text("先问明（原文没有写的）：{told}", "ask this first, which the text does not say: {told}"),
    "ask_law": Text("先问明：{told}", "ask this first: {told}"),
    "answered": Text("得到答复后，答复允许的：{do}", "with the answer, if it allows this: {do}"),
    "narrower": Text("更窄的读法是否成立（{told}）", "whether the narrower reading holds ({told})"),
    "find_how": Text(
        "由谁提出、怎样认定（本报告的规则没有载明）",
        "who is to ask for the finding, and how it is made, which the rules of this report do not tell",
    ),
    "looked_up": Text(
        "先查阅{title}的原文（自{date}起{reach}适用，不在本报告的规则库内）",
        "first look up the words of {title}, in force from {date} {reach}, which are not in this report's rules",
    ),
    "planned_place": Text("选定地方之前，在{places}分别{do}", "before the place is chosen, in each of {places}: {do}"),
    "planned_place_one": Text("选定地方之前，在{places}{do}", "before the place is chosen, in {places}: {do}"),
    "planned_before": Text("设立之前：{do}", "before it is set up: {do}"),
    "not_granted": Text(
        "受支持或鼓励，不是许可，也无可申请（依本报告的读法）：{do}",
        "supported or encouraged, which is no permit, and nothing is granted that one could apply for, as this report "
        "reads it: {do}",
    ),
    "find": Text("请主管部门认定：{about}", "ask the authority for its finding: {about}"),
    "find_of": Text(
        "就{business}请主管部门认定：{about}", "ask the authority for its finding, as to {business}: {about}"
    ),
    "then": Text("认定后：{do}", "then: {do}"),
    "has_one": Text(
        "先核对是否已设{value}：有的，再办{rows}{own}；没有的，{rows}用不上",
        "first say whether it has a {value} of its own: if so, go on with {rows}{own}; if not, {rows} cannot be used",
    ),
    "planned_has_one": Text(
        "先说明设立后是否设有{value}：有的，再办{rows}{own}；没有的，{rows}用不上",
        "first say whether it will have a {value} of its own: if so, go on with {rows}{own}; if not, {rows} cannot be "
        "used",
    ),
    "own_report": Text(
        "，并就该公司另出一份报告（它能用哪些由该报告判断；本主体不能用，而它在同一地方做同样业务即可用或须经认定的有：{uses}）",
        ", and have a report made for that company, which tells all that it can use (what this entity cannot use and "
        "that company can in the same place and business, some subject to a finding: {uses})",
    ),
    "of_another": Text(
        "另一主体的用途（{limits}）：设有这样的主体的，就其另出一份报告，其用途一并问明",
        "what another entity may use ({limits}): if there is such an entity, have a report made for it, and ask about "
        "its use as well",
    ),
    "look_up": Text(
        "先查阅所依的后来文件，其原文不在本报告的规则库内",
        "first look up the later instrument that alone opens it, whose words are not in this report's rules",
    ),
}


def to_use(assessment: Assessment, places: Sequence[Text] = ()) -> Iterator[tuple[bool, NextStep]]:
    """What the open measures take, those together with which the same is to be done, and with whom to begin; whether
    they are of its own business. Their limits stand beside them: `open_now`.

    Whether the entity has what some of them are of use with, and whether a zone still counts that some rest on, is
    asked before these; what is asked of a right of its own
    business, in each of the `places` among which one is to be chosen.
    """
    planned, asked = is_planned(assessment), list(needing_one(assessment))
    doubted = resting_on_each(assessment.open)
    groups: dict[tuple[Text, StepStage], list[Finding]] = {}
    together = [one.finding for one in asked_together(assessment, places)]
    for one in in_order(assessment.open):
        own_places = places if is_own_business(one) else ()
        for stage, do in _steps(one, own_places, planned=planned, apart=one in together):
            groups.setdefault((do, stage), []).append(one)
    for (told, stage), own in groups.items():
        is_own = any(map(is_own_business, own))
        for each in [each for each in asked if any(one in own for one in each[1])]:
            asked.remove(each)
            yield is_own, _whether_it_has(assessment, *each)
        for zone in [zone for zone, each in doubted.items() if any(one in own for one in each)]:
            yield is_own, _whether_it_counts(zone, doubted.pop(zone), assessment)
        gates = is_own and stage in ("ask", "before")
        yield is_own, NextStep(told, row_list(own), _with_whom(own, together), stage=stage, gates=gates)


def _steps(finding: Finding, places: Sequence[Text], *, planned: bool, apart: bool) -> Iterator[tuple[StepStage, Text]]:
    """What is to be done with a measure: of an entity to be set up, what is asked of a right before that apart. What no
    row says may be asked `apart`.
    """
    first, do = to_ask_first(finding, apart=apart), _by_force(finding)
    if finding.bucket == "conditional":
        do = joined([*_find(finding), s.say(_WORDS["then"], do=do)])
    if planned and finding.force == "permit":
        if first is not None and places:
            key = "planned_place" if len(places) > 1 else "planned_place_one"
            yield "ask", s.say(_WORDS[key], places=s.listed(list(places), s.AND), do=first)
        elif first is not None:
            yield "before", s.say(_WORDS["planned_before"], do=first)
        do = s.say(_WORDS["planned" if first is None and not apart else "planned_answered"], do=do)
    else:
        if first is not None or apart:
            do = joined([*([] if first is None else [first]), s.say(_WORDS["answered"], do=do)])
        do = s.say(_WORDS["planned"], do=do) if planned else do
    yield (
        "use",
        once_confirmed(
            finding, joined([*_to_look_up(finding), do, *filter(None, (open_in_part(finding),)), *_of_another(finding)])
        ),
    )


def _of_another(finding: Finding) -> Iterator[Text]:
    """That somebody else's use, for whom a limit is, is told by a report on that entity."""
    limits = [each.limit.label for each in FindingText(finding).to_keep if each.limit.of_another]
    if limits:
        yield s.say(_WORDS["of_another"], limits=joined(limits))


def _find(finding: Finding) -> Iterator[Text]:
    """The finding to ask for, of which business of the entity, and what of its business needs none."""
    outstanding = Whom(finding.rulebook, finding).outstanding
    about, business = joined(list(dict.fromkeys(each.about for each in outstanding))), asked_of(finding, outstanding)
    yield s.say(_WORDS["find" if business is None else "find_of"], about=about, business=business or "")
    unneeded = without_finding(finding, outstanding)
    if unneeded is not None:
        yield unneeded


def _to_look_up(finding: Finding) -> Iterator[Text]:
    """The later instruments that open a measure: none of their words are in the rules."""
    if rests_on_one(finding):
        yield _WORDS["look_up"]
        return
    for one in finding.notes:
        if one.kind == "overtakes":
            reach = reach_of(one, finding.rulebook)
            yield s.say(_WORDS["looked_up"], title=one.title, date=one.date.isoformat(), reach=reach)


def to_ask_first(finding: Finding, *, apart: bool) -> Text | None:
    """What is asked before a measure is used: whether a narrower reading holds, how a finding is made, what its words
    leave open, and what no row says, unless that is asked `apart`.
    """
    if not Whom(finding.rulebook, finding).is_asked_about:
        return None
    narrower = [s.say(_WORDS["narrower"], told=one) for one in _narrower(finding)]
    find = [_WORDS["find_how"]] if finding.bucket == "conditional" else []
    silent = [one for one in silent_of(finding) if not (apart and one == PROCEDURE)]
    every = [*narrower, *find, *silent, *([] if apart else asked_of_any(finding))]
    key = "ask_first" if silent and not (narrower or find) else "ask_law"
    return s.say(_WORDS[key], told=joined(every)) if every else None


def _narrower(finding: Finding) -> list[Text]:
    """What another reader may find of a measure: of one in parts, of those that decide."""
    told = narrower_readings(finding.measure)
    if not finding.measure.narrower_reading or len(finding.measure.limbs) == 1:
        return told if finding.measure.narrower_reading else []
    own = [number for number, one in enumerate(finding.measure.limbs, 1) if one in [x.limb for x in finding.best_limbs]]
    others = narrower_of(finding.measure, [n for n in range(1, len(finding.measure.limbs) + 1) if n not in own])
    mine = narrower_of(finding.measure, own)
    return [one for one in told if one in mine or one not in others]


def _by_force(finding: Finding) -> Text:
    """What to do with an open measure; of what nobody grants, no application."""
    force, ungranted = finding.force or FORCES[-1], Whom(finding.rulebook, finding).not_granted
    if force == "support" and ungranted is not None:
        return s.say(_WORDS["not_granted"], do=ungranted.do)
    return _DO[force]


def _whether_it_has(assessment: Assessment, value: Text, serves: Sequence[Finding]) -> NextStep:
    """The question whether an entity has another one of its own, with the uses that it has to tell of."""
    planned = "planned_" if is_planned(assessment) else ""
    rows, uses = items_text(marked_number(one.measure) for one in serves), uses_to_tell(assessment)
    of_it = uses_of_another(assessment).get(value)
    own = s.say(_WORDS["own_report"], uses=of_it) if of_it is not None else Text("", "")
    told = s.say(_WORDS[f"{planned}has_one"], value=value, rows=rows, own=own)
    tell = joined([told, *(each for _, each in uses)])
    about = row_list([*serves, *(one for one, _ in uses if one not in serves)])
    return NextStep(tell, about, _WORDS[f"{planned}self"], stage="before")


def _whether_it_counts(zone: Zone, serves: Sequence[Finding], assessment: Assessment) -> NextStep:
    """To confirm that a zone still counts in another, before the measures are used that rest on it."""
    rows = items_text(marked_number(one.measure) for one in serves)
    do = step_to_confirm(zone, rows, serves, assessment.rulebook)
    return NextStep(do, row_list(serves), body_of(zone, assessment.rulebook), stage="before")


def _with_whom(found: Sequence[Finding], together: Sequence[Finding]) -> TableCell:
    """With whom to begin; where that is not the same for all of some measures, for which. A supervisor who is asked
    about other law for measures `together` is not named again.
    """
    by_whom: dict[Text, list[str]] = {}
    for one in found:
        own = Whom(one.rulebook, one)
        supervised = supervisor_of(one.facts, one.rulebook) is not None
        first = own.apart() if one in together and supervised else own.begin()
        whom = joined(first) if first else same("–")
        by_whom.setdefault(whom, []).append(marked_number(one.measure))
    if len(by_whom) == 1:
        return next(iter(by_whom))
    told = (s.say(_WORDS["whom_of"], who=who, items=items_text(rows)) for who, rows in by_whom.items())
    return CellLines(tuple(told))
