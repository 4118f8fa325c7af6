"""The published contract of `applicability map` as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime
from decimal import Decimal

from pydantic import Field

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.days import Today
from applicability.model.assessment import Bucket
from applicability.model.measure import Force
from applicability.model.partial import Interval
from applicability.report.contract import (
    Model,
    ResultModel,
    RulebookModel,
    TextModel,
    contract_model,
    rulebook_model,
    text_model,
)


class IntervalModel(Model):
    """An interval of foreign shares in percent; an open end is excluded."""

    low: float | None
    low_open: bool
    high: float | None
    high_open: bool


class ReachModel(Model):
    """One measure: its best bucket in each place, in order. `sectors` and `shares` are null if any will do."""

    document: str
    measure: int
    chapter: int
    title: TextModel
    force: Force | None
    buckets: list[Bucket]
    activities: list[str]
    sectors: list[str] | None
    shares: list[IntervalModel] | None


class PlaceModel(Model):
    """A place, and the number of measures whose best bucket there is each."""

    code: str
    name: TextModel
    counts: dict[Bucket, int]


class ReachMapModel(ResultModel):
    """All measures by all places."""

    rulebook: RulebookModel
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    places: list[PlaceModel]
    measures: list[ReachModel]


def reach_map_json(reach_map: ReachMap) -> ReachMapModel:
    """The contract model of a reach map."""
    gazetteer = reach_map.rulebook.gazetteer
    return ReachMapModel(
        contract=contract_model("map"),
        rulebook=rulebook_model(reach_map.rulebook),
        as_of=reach_map.day,
        as_of_is_today=isinstance(reach_map.day, Today),
        places=[
            PlaceModel(
                code=code, name=TextModel(zh=gazetteer.name(code), en=gazetteer.name(code, "en")), counts=dict(total)
            )
            for code, total in zip(reach_map.places, reach_map.totals, strict=True)
        ],
        measures=[_reach(row) for row in reach_map.rows],
    )


def _reach(row: Reach) -> ReachModel:
    return ReachModel(
        document=row.measure.document,
        measure=row.measure.row,
        chapter=row.measure.chapter,
        title=text_model(row.measure.title),
        force=row.measure.force,
        buckets=list(row.buckets),
        activities=list(row.activities),
        sectors=None if row.sectors is None else list(row.sectors),
        shares=None if row.shares is None else [interval_model(one) for one in row.shares],
    )


def interval_model(one: Interval) -> IntervalModel:
    """The contract model of an interval."""

    def number(value: Decimal | None) -> float | None:
        return None if value is None else float(value)

    return IntervalModel(low=number(one.low), low_open=one.low_open, high=number(one.high), high_open=one.high_open)
