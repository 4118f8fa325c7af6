"""The published contract of `applicability compare` as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from pydantic import Field, JsonValue

from applicability.analysis.comparison import Comparison, Rank, Row
from applicability.days import Today
from applicability.model.assessment import Bucket, Finding
from applicability.model.measure import Force, MeasureKey
from applicability.report.comparison.terminal import reason
from applicability.report.contract import (
    AlikeRowsModel,
    Model,
    ProvisionModel,
    ResultModel,
    RulebookModel,
    TextModel,
    VerdictWord,
    alike_rows,
    contract_model,
    given_facts,
    provision_models,
    rulebook_model,
    text_model,
    word,
)
from applicability.report.language.reasons import alike
from applicability.text import Text


class AlternativeModel(Model):
    """One column; `counts` and `open_by_force` cover the selected rows."""

    label: TextModel
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    profile: dict[str, JsonValue]
    counts: dict[Bucket, int]
    open_by_force: dict[Force, int]
    covered_by: list[TextModel] = Field(
        description="the zones that cover the whole place, which count whatever is said of zones"
    )

    provisions: list[ProvisionModel]


class RowModel(Model):
    """One measure, with its bucket in each alternative, in order.

    `to_confirm` has for each alternative the keys of the limits to confirm; they are empty where it is not open.
    `plausible` is whether it could be open to some alternative without what is implausible for the entity.
    """

    document: str
    measure: int
    title: TextModel
    differs: bool
    plausible: bool
    buckets: list[Bucket]
    verdicts: list[VerdictWord | None]
    to_confirm: list[list[str]]


class RankModel(Model):
    """The rank of an alternative (an index), and the reason: the rows it gains and loses against the first one."""

    place: int
    alternative: int
    open: int
    gains: list[int]
    losses: list[int]
    reason: TextModel
    lost: list[AlikeRowsModel] = Field(description="where each of the losses stands in this alternative, and why")


class ComparisonModel(ResultModel):
    """Alternatives side by side; rows that differ come first."""

    rulebook: RulebookModel
    alternatives: list[AlternativeModel]
    rows: list[RowModel]
    ranking: list[RankModel]


def comparison_json(comparison: Comparison) -> ComparisonModel:
    """The contract model of a comparison."""
    there = {row.measure.key: row.findings for row in comparison.rows}
    gazetteer = comparison.rulebook.gazetteer
    columns = zip(comparison.alternatives, comparison.totals, comparison.forces, strict=True)
    return ComparisonModel(
        contract=contract_model("comparison"),
        rulebook=rulebook_model(comparison.rulebook),
        alternatives=[
            AlternativeModel(
                label=text_model(one.label),
                as_of=one.assessment.as_of,
                as_of_is_today=isinstance(one.assessment.as_of, Today),
                profile=given_facts(one.assessment.profile.facts, comparison.rulebook.facts),
                counts=dict(totals),
                open_by_force=dict(forces),
                covered_by=[
                    text_model(Text(gazetteer.name(zone), gazetteer.name(zone, "en")))
                    for zone in gazetteer.covering(one.assessment.facts.whereabouts)
                ],
                provisions=provision_models(one.assessment.provisions, comparison.rulebook),
            )
            for one, totals, forces in columns
        ],
        rows=[_row(row) for row in comparison.rows],
        ranking=[_rank(rank, there) for rank in comparison.ranking],
    )


def _row(row: Row) -> RowModel:
    return RowModel(
        document=row.measure.document,
        measure=row.measure.row,
        title=text_model(row.measure.title),
        differs=row.differs,
        plausible=row.plausible,
        buckets=list(row.buckets),
        verdicts=[word(one.verdict) for one in row.findings],
        to_confirm=[[limit.key for limit in one.open_limits] for one in row.findings],
    )


def _rank(rank: Rank, there: Mapping[MeasureKey, Sequence[Finding]]) -> RankModel:
    return RankModel(
        place=rank.place,
        alternative=rank.index,
        open=rank.open,
        gains=[one.row for one in rank.gains],
        losses=[one.row for one in rank.losses],
        reason=text_model(reason(rank, rank.index == 0)),
        lost=alike_rows(alike(there[one.key][rank.index] for one in rank.losses)),
    )
