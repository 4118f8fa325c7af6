"""The steps to use what is open: what to ask first, what to do with it, and with whom to begin."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from applicability.model.assessment import Assessment, Finding
from applicability.model.measure import FORCES, Force
from applicability.report.language import sentences as s
from applicability.report.language.silences import asked_first
from applicability.report.layout.paper import CellLines, TableCell, same
from applicability.report.papers.in_order import in_order
from applicability.report.papers.instruments import rests_on_one
from applicability.report.papers.met import is_own_business
from applicability.report.papers.own_answers import uses_to_tell, without_finding
from applicability.report.papers.rows import items_text, marked_number, row_list
from applicability.report.papers.set_up import needing_one
from applicability.report.papers.stages import NextStep, StepStage
from applicability.report.papers.texts import is_planned, joined
from applicability.report.papers.whom import Whom
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
    "planned_self": Text("设立方，并告知出具本报告的一方", "whoever sets it up, who tells whoever made this report"),
    "planned": Text("设立后：{do}", "once it is set up: {do}"),
    "ask_first": Text("先问明（原文没有写的）：{told}", "ask this first, which the text does not say: {told}"),
    "ask_law": Text("先问明：{told}", "ask this first: {told}"),
    "answered": Text("得到答复后：{do}", "with the answer: {do}"),
    "planned_before": Text("设立之前：{do}", "before it is set up: {do}"),
    "not_granted": Text(
        "受支持或鼓励，不是许可，也无可申请（依本报告的读法）：{do}",
        "supported or encouraged, which is no permit, and nothing is granted that one could apply for, as this report "
        "reads it: {do}",
    ),
    "find": Text("请主管部门认定：{about}", "ask the authority for its finding: {about}"),
    "find_else": Text("不是的，请主管部门认定：{about}", "if not, ask the authority for its finding: {about}"),
    "then": Text("认定后：{do}", "then: {do}"),
    "has_one": Text(
        "先核对是否已设{value}：有的，再办{rows}；没有的，{rows}用不上",
        "first say whether it has a {value} of its own: if so, go on with {rows}; if not, {rows} cannot be used",
    ),
    "planned_has_one": Text(
        "先说明设立后是否设有{value}：有的，再办{rows}；没有的，{rows}用不上",
        "first say whether it will have a {value} of its own: if so, go on with {rows}; if not, {rows} cannot be used",
    ),
    "look_up": Text(
        "先查阅所依的后来文件，其原文不在本报告的规则库内",
        "first look up the later instrument that alone opens it, whose words are not in this report's rules",
    ),
}


def to_use(assessment: Assessment) -> Iterator[tuple[bool, NextStep]]:
    """What the open measures take, those together with which the same is to be done, and with whom to begin; whether
    they are of its own business. Their limits stand beside them: `open_now`.

    Whether the entity has what some of them are of use with is asked before these.
    """
    planned, asked = is_planned(assessment), list(needing_one(assessment))
    groups: dict[tuple[Text, StepStage], list[Finding]] = {}
    for one in in_order(assessment.open):
        for stage, do in _steps(one, planned=planned):
            groups.setdefault((do, stage), []).append(one)
    for (told, stage), own in groups.items():
        is_own = any(map(is_own_business, own))
        for each in [each for each in asked if any(one in own for one in each[1])]:
            asked.remove(each)
            yield is_own, _whether_it_has(assessment, *each)
        yield is_own, NextStep(told, row_list(own), _with_whom(own), stage=stage)


def _steps(finding: Finding, *, planned: bool) -> Iterator[tuple[StepStage, Text]]:
    """What is to be done with a measure: of an entity to be set up, what comes before that apart."""
    first = _to_ask_first(finding)
    do = _by_force(finding)
    if finding.bucket == "conditional":
        outstanding = Whom(finding.rulebook, finding).outstanding
        about = joined(list(dict.fromkeys(each.about for each in outstanding)))
        unneeded = without_finding(finding, outstanding)
        find = s.say(_WORDS["find" if unneeded is None else "find_else"], about=about)
        do = joined([*([] if unneeded is None else [unneeded]), find, s.say(_WORDS["then"], do=do)])
    if planned:
        do = s.say(_WORDS["planned"], do=do)
        if first is not None:
            yield "before", s.say(_WORDS["planned_before"], do=first)
    elif first is not None:
        do = joined([first, s.say(_WORDS["answered"], do=do)])
    yield "use", joined([do, _WORDS["look_up"]]) if rests_on_one(finding) else do


def _to_ask_first(finding: Finding) -> Text | None:
    """What is asked before a right is used: what its words leave open, and whether other law wants a licence."""
    if finding.force != "permit":
        return None
    told, silent = asked_first(finding.rulebook, finding.measure)
    return s.say(_WORDS["ask_first" if silent else "ask_law"], told=joined(told))


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
    tell = joined([s.say(_WORDS[f"{planned}has_one"], value=value, rows=rows), *(told for _, told in uses)])
    about = row_list([*serves, *(one for one, _ in uses if one not in serves)])
    return NextStep(tell, about, _WORDS[f"{planned}self"], stage="before")


def _with_whom(found: Sequence[Finding]) -> TableCell:
    """With whom to begin; where that is not the same for all of some measures, for which."""
    by_whom: dict[Text, list[str]] = {}
    for one in found:
        first = Whom(one.rulebook, one).begin()
        whom = joined(first) if first else same("–")
        by_whom.setdefault(whom, []).append(marked_number(one.measure))
    if len(by_whom) == 1:
        return next(iter(by_whom))
    told = (s.say(_WORDS["whom_of"], who=who, items=items_text(rows)) for who, rows in by_whom.items())
    return CellLines(tuple(told))
