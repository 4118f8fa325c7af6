"""The published contract of `applicability test --mutants` as JSON. Keys are only ever added to it."""

from __future__ import annotations

from pydantic import JsonValue

from applicability.analysis.mutation_report import MutationReport, Survivor
from applicability.analysis.neighbours import MutationKind
from applicability.analysis.rulebook_mutants import Mutant
from applicability.analysis.same_meaning import Part
from applicability.model.rulebook import Rulebook
from applicability.report.cases.mutant_text import change
from applicability.report.contract import (
    Model,
    ResultModel,
    RulebookModel,
    TextModel,
    VerdictWord,
    contract_model,
    given_facts,
    rulebook_model,
    text_model,
    word,
)


class MutantModel(Model):
    """A rule changed in one thing: where, how, and from what to what; `rows` are those that it changes."""

    rule: str
    file: str
    line: int
    column: int
    kind: MutationKind
    change: TextModel
    rows: list[int]


class SurvivorModel(MutantModel):
    """A mutant that no case notices: a profile for which it differs, in what, and both verdicts (null: none).

    `exact` is false if the space of profiles was too large to look for one, or cannot tell.
    """

    differs: Part
    witness: dict[str, JsonValue]
    old: VerdictWord | None
    new: VerdictWord | None
    exact: bool


class FailingModel(Model):
    """A case that the unchanged rulebook fails."""

    name: str
    file: str
    line: int


class MutationModel(ResultModel):
    """How many mutants the cases notice, which of the others mean the same, and which survive."""

    rulebook: RulebookModel
    cases: int
    mutants: int
    noticed: int
    passed: bool
    failing: list[FailingModel]
    same: list[MutantModel]
    survivors: list[SurvivorModel]


def mutation_json(report: MutationReport) -> MutationModel:
    """The contract model of a report."""
    return MutationModel(
        contract=contract_model("mutation"),
        rulebook=rulebook_model(report.rulebook),
        cases=report.cases,
        mutants=report.mutants,
        noticed=report.noticed,
        passed=report.passed,
        failing=[
            FailingModel(name=case.name, file=case.location.file, line=case.location.line) for case in report.failing
        ],
        same=[_mutant(one, report.rulebook) for one in report.same],
        survivors=[_survivor(one, report) for one in report.survivors],
    )


def _mutant(one: Mutant, rulebook: Rulebook) -> MutantModel:
    place, rows = one.location, [measure.row for measure in one.measures]
    return MutantModel(
        rule=one.rule, file=place.file, line=place.line, column=place.column, kind=one.kind,
        change=text_model(change(one, rulebook)), rows=rows,
    )  # fmt: skip


def _survivor(one: Survivor, report: MutationReport) -> SurvivorModel:
    return SurvivorModel(
        **_mutant(one.mutant, report.rulebook).model_dump(),
        differs=one.apart.part,
        witness=given_facts(one.apart.profile, report.rulebook.facts),
        old=word(one.apart.old),
        new=word(one.apart.new),
        exact=one.apart.complete,
    )
