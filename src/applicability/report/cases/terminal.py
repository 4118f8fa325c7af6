"""The result of running cases, as text: mismatches with their reasons, and leaves that no case covers."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Literal

from applicability.model.cases import CaseReport, Unseen
from applicability.model.facts import Facts
from applicability.model.places import Whereabouts
from applicability.report import Options
from applicability.report.cases.json import cases_json
from applicability.report.cases.reason import reason
from applicability.report.language.render_condition import ConditionRenderer
from applicability.report.language.sentences import say
from applicability.report.layout.wrap import printable, wrap
from applicability.text import Text

CasesFormat = Literal["text", "json"]

_WHAT: dict[str, Text] = {
    "verdict": Text(
        "第{row}行 结果：应为 {expected}，得到 {found}", "row {row} verdict: expected {expected}, found {found}"
    ),
    "scope": Text(
        "第{row}行 适用范围：应为 {expected}，得到 {found}", "row {row} scope: expected {expected}, found {found}"
    ),
    "missing": Text(
        "第{row}行 待补事实：应为 {expected}，得到 {found}", "row {row} missing: expected {expected}, found {found}"
    ),
    "provisions": Text("正文规定：应为 {expected}，得到 {found}", "provisions: expected {expected}, found {found}"),
    "limit": Text(
        "第{row}行 限制：应为 {expected}，得到 {found}", "row {row} limit: expected {expected}, found {found}"
    ),
    "limb": Text("第{row}行 分项：应为 {expected}，得到 {found}", "row {row} limb: expected {expected}, found {found}"),
}
_WHY = Text("理由：{why}", "why: {why}")
_UNSEEN = Text("没有案例出现过的情形", "Leaves that no case has seen under a verdict")
_NO_CASE = Text("未见：{verdicts}", "never: {verdicts}")
_SUMMARY = Text(
    "{passed}/{cases} 个案例通过；{seen}/{leaves} 个条件各种结果都出现过",
    "{passed} of {cases} cases passed; {seen} of {leaves} leaves seen under every verdict",
)


def render(report: CaseReport, format: CasesFormat, options: Options) -> str:
    """The report in that format, ending in a newline."""
    return cases_json(report).to_json() if format == "json" else "\n".join(_lines(report, options)) + "\n"


def _lines(report: CaseReport, options: Options) -> Iterator[str]:
    lang = options.lang
    for result in report.failed:
        yield printable(f"{result.case.location}: {result.case.name}")
        for problem in result.problems:
            yield from (f"  {line}" for line in printable(problem.told(lang), keep="\n").splitlines())
        for one in result.differences:
            row, why = "" if one.row is None else str(one.row), reason(one)
            said = say(_WHAT[one.what], row=row, expected=one.expected, found=one.found)
            yield f"  {printable(said.of(lang))}"
            if why is not None:
                yield from (f"    {line}" for line in wrap(say(_WHY, why=why).of(lang), options.width - 4))
        yield ""
    if report.unseen:
        yield _UNSEEN.of(lang)
    words = ConditionRenderer(report.rulebook, Facts({}, Whereabouts(), datetime.date.min))
    for gap in report.unseen:
        never = say(_NO_CASE, verdicts=", ".join(verdict.word for verdict in gap.verdicts)).of(lang)
        yield f"  {_place(gap)}: {never}"
        yield from (f"    {line}" for line in wrap(printable(words.requires(gap.leaf).of(lang)), options.width - 4))
    if report.unseen:
        yield ""
    yield say(
        _SUMMARY,
        passed=str(len(report.results) - len(report.failed)), cases=str(len(report.results)),
        seen=str(report.leaves - len(report.unseen)), leaves=str(report.leaves),
    ).of(lang)  # fmt: skip


def _place(gap: Unseen) -> str:
    """The leaf's location and rule; leaves added by the register are in no rule file."""
    where = gap.leaf.ground.location
    return f"{where}: {gap.rule}" if where.line else gap.rule
