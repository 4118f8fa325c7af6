"""The published contract of `applicability test` as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime

from applicability.model.cases import CaseReport, Mismatch, Result, Unseen
from applicability.model.facts import Facts
from applicability.model.places import Whereabouts
from applicability.report.cases.reason import reason
from applicability.report.contract import (
    Model,
    ProblemModel,
    ResultModel,
    TextModel,
    VerdictWord,
    contract_model,
    problem_model,
    text_model,
    word_of,
)
from applicability.report.language.render_condition import ConditionRenderer


class MismatchModel(Model):
    """What a case expects of a row, or of the whole answer (null), the result, and the reason."""

    row: int | None
    document: str | None
    what: str
    expected: str
    found: str
    why: TextModel | None


class FailedModel(Model):
    """A case that failed; `problems` if its profile was rejected."""

    name: str
    file: str
    line: int
    column: int
    problems: list[ProblemModel]
    differences: list[MismatchModel]


class UnseenModel(Model):
    """A leaf of a rule, and the possible verdicts that no case gave it."""

    rule: str
    file: str
    line: int
    column: int
    leaf: TextModel
    verdicts: list[VerdictWord]


class OutcomeModel(ResultModel):
    """The result of running cases: how many passed, how many leaves had every verdict, and which did not."""

    cases: int
    passed: int
    leaves: int
    seen: int
    failed: list[FailedModel]
    unseen: list[UnseenModel]


def cases_json(report: CaseReport) -> OutcomeModel:
    """The contract model of a report."""
    words = ConditionRenderer(report.rulebook, Facts({}, Whereabouts(), datetime.date.min))
    return OutcomeModel(
        contract=contract_model("test"),
        cases=len(report.results),
        passed=len(report.results) - len(report.failed),
        leaves=report.leaves,
        seen=report.leaves - len(report.unseen),
        failed=[_failed(result) for result in report.failed],
        unseen=[_unseen(one, words) for one in report.unseen],
    )


def _failed(result: Result) -> FailedModel:
    where = result.case.location
    return FailedModel(
        name=result.case.name, file=where.file, line=where.line, column=where.column,
        problems=[problem_model(problem) for problem in result.problems],
        differences=[_mismatch(one) for one in result.differences],
    )  # fmt: skip


def _mismatch(one: Mismatch) -> MismatchModel:
    measure, why = one.finding.measure if one.finding is not None else None, reason(one)
    return MismatchModel(
        row=measure.row if measure is not None else None,
        document=measure.document if measure is not None else None,
        what=one.what, expected=one.expected, found=one.found,
        why=text_model(why) if why is not None else None,
    )  # fmt: skip


def _unseen(one: Unseen, words: ConditionRenderer) -> UnseenModel:
    where = one.leaf.ground.location
    return UnseenModel(
        rule=one.rule, file=where.file, line=where.line, column=where.column,
        leaf=text_model(words.requires(one.leaf)), verdicts=[word_of(verdict) for verdict in one.verdicts],
    )  # fmt: skip
