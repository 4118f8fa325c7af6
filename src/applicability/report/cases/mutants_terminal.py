"""The result of running mutants, as text: each that survives, with a profile that would tell it from the original."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from applicability.analysis.mutation_report import MutationReport, Survivor
from applicability.analysis.same_meaning import Part
from applicability.report import Options
from applicability.report.cases.mutant_text import KINDS, change
from applicability.report.cases.mutants_json import mutation_json
from applicability.report.cases.terminal import CasesFormat
from applicability.report.contract import given_facts
from applicability.report.language.sentences import say
from applicability.report.layout.wrap import printable, wrap
from applicability.text import Text

_FAILING = Text("规则未改动时就不通过的案例，不用来检验", "Cases that fail on the unchanged rules, and test nothing")
_SURVIVING = Text("改动后没有案例发现", "Changes that no case notices")
_KIND = Text("{kind}：{change}", "{kind}: {change}")
_WITNESS: Mapping[Part, Text] = {
    "verdict": Text("例如：{witness}：{old} → {new}", "for example: {witness}: {old} → {new}"),
    "scope": Text("例如：{witness}：适用范围 {old} → {new}", "for example: {witness}: scope {old} → {new}"),
    "limbs": Text(
        "例如：{witness}：{old}，但起决定作用的分项不同", "for example: {witness}: {old}, but by other limbs"
    ),
}
_UNKNOWN = Text("未能逐类比较：写一个会发现它的案例", "not compared class by class: write a case that notices it")
_NONE = Text("无结果", "no verdict")
_ANYBODY = Text("空档案", "the empty profile")
_SUMMARY = Text(
    "{mutants} 处改动：案例发现 {noticed}，含义不变 {same}，未被发现 {survivors}；{cases} 个案例",
    "{mutants} mutants: the cases notice {noticed}, {same} mean the same, {survivors} survive; {cases} cases",
)


def render_mutants(report: MutationReport, format: CasesFormat, options: Options) -> str:
    """The report in that format, ending in a newline."""
    return mutation_json(report).to_json() if format == "json" else "\n".join(_lines(report, options)) + "\n"


def _lines(report: MutationReport, options: Options) -> Iterator[str]:
    lang = options.lang
    if report.failing:
        yield _FAILING.of(lang)
        yield from (printable(f"  {case.location}: {case.name}") for case in report.failing)
        yield ""
    if report.survivors:
        yield _SURVIVING.of(lang)
        for one in report.survivors:
            yield from _survivor(one, report, options)
        yield ""
    yield say(
        _SUMMARY,
        mutants=str(report.mutants), noticed=str(report.noticed), same=str(len(report.same)),
        survivors=str(len(report.survivors)), cases=str(report.cases),
    ).of(lang)  # fmt: skip


def _survivor(one: Survivor, report: MutationReport, options: Options) -> Iterator[str]:
    where, apart = one.mutant.location, one.apart
    yield printable(f"  {where}: {one.mutant.rule}" if where.line else f"  {one.mutant.rule}")
    told = [say(_KIND, kind=KINDS[one.mutant.kind], change=change(one.mutant, report.rulebook)), _UNKNOWN]
    if apart.complete:
        given = given_facts(apart.profile, report.rulebook.facts)
        witness = json.dumps(given, ensure_ascii=False) if given else _ANYBODY
        old, new = (_NONE if verdict is None else verdict.word for verdict in (apart.old, apart.new))
        told[1] = say(_WITNESS[apart.part], witness=witness, old=old, new=new)
    for line in told:
        yield from (f"    {part}" for part in wrap(printable(line.of(options.lang)), options.width - 4))
