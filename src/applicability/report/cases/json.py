"""The published contract of `applicability test` as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime

from applicability.model.facts import Facts
from applicability.model.places import Whereabouts
from applicability.report.cases.outcome import Failed, Gap, Mismatch, Outcome
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
    """What a case expects of a row, or of the whole answer (null), what came out, and why."""

    row: int | None
    document: str | None
    what: str
    expected: str
    found: str
    why: TextModel | None


class FailedModel(Model):
    """A case that did not come out as expected; `problems` where its profile was refused."""

    name: str
    file: str
    line: int
    column: int
    problems: list[ProblemModel]
    differences: list[MismatchModel]


class UnseenModel(Model):
    """A leaf of a rule, and the verdicts that it could have and had in no case."""

    rule: str
    file: str
    line: int
    column: int
    leaf: TextModel
    verdicts: list[VerdictWord]


class OutcomeModel(ResultModel):
    """What a run of cases brought: how many passed, how many leaves were seen under every verdict, and what is not."""

    cases: int
    passed: int
    leaves: int
    seen: int
    failed: list[FailedModel]
    unseen: list[UnseenModel]


def outcome_json(outcome: Outcome) -> OutcomeModel:
    """The outcome as the contract has it."""
    words = ConditionRenderer(outcome.rulebook, Facts({}, Whereabouts(), datetime.date.min))
    return OutcomeModel(
        contract=contract_model("test"),
        cases=outcome.cases,
        passed=outcome.cases - len(outcome.failed),
        leaves=outcome.leaves,
        seen=outcome.leaves - len(outcome.gaps),
        failed=[_failed(case) for case in outcome.failed],
        unseen=[_unseen(gap, words) for gap in outcome.gaps],
    )


def _failed(case: Failed) -> FailedModel:
    where = case.location
    return FailedModel(
        name=case.name, file=where.file, line=where.line, column=where.column,
        problems=[problem_model(problem) for problem in case.problems],
        differences=[_mismatch(one) for one in case.mismatches],
    )  # fmt: skip


def _mismatch(one: Mismatch) -> MismatchModel:
    measure = one.finding.measure if one.finding is not None else None
    return MismatchModel(
        row=measure.row if measure is not None else None,
        document=measure.document if measure is not None else None,
        what=one.what, expected=one.expected, found=one.found,
        why=text_model(one.why) if one.why is not None else None,
    )  # fmt: skip


def _unseen(gap: Gap, words: ConditionRenderer) -> UnseenModel:
    where = gap.leaf.ground.location
    return UnseenModel(
        rule=gap.rule, file=where.file, line=where.line, column=where.column,
        leaf=text_model(words.requires(gap.leaf)), verdicts=[word_of(verdict) for verdict in gap.verdicts],
    )  # fmt: skip
