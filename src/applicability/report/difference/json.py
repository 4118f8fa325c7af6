"""The published contract of `applicability diff` as JSON. Keys are only ever added to it."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from pydantic import JsonValue

from applicability.analysis.difference import Difference, NameKind, RowDifference, RowStatus
from applicability.analysis.uncompared import UncomparedKind
from applicability.model.assessment import Bucket
from applicability.model.measure import Force
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
from applicability.report.difference.text import ProfileMove

_SIDES = MappingProxyType({"old": "旧", "new": "新"})


class MovedModel(Model):
    """One way in which a row differs (null: no verdict): the number of classes, and a sample profile."""

    old: VerdictWord | None
    new: VerdictWord | None
    classes: int
    witness: dict[str, JsonValue]


class RowDifferenceModel(Model):
    """A row that differs. `classes` is the number of classes, `covered` the number enumerated."""

    document: str
    measure: int
    title: TextModel
    old: RowStatus
    new: RowStatus
    old_force: Force | None
    new_force: Force | None
    classes: int
    covered: int
    touched: int
    moved: list[MovedModel]


class VocabularyModel(Model):
    """Names that a profile can use on one side only."""

    kind: NameKind
    removed: list[str]
    added: list[str]


class MeasureKeyModel(Model):
    """A row, by its document and number."""

    document: str
    measure: int


class UncomparedModel(Model):
    """A rule that differs, for which some profiles were not compared: the derivation or fact of that `name`, the facts
    whose values it may change, and the rows that read them.
    """

    kind: UncomparedKind
    name: str
    facts: list[str]
    rows: list[MeasureKeyModel]


class ProfileRowModel(Model):
    """A row whose bucket changes for one profile."""

    measure: int
    title: TextModel
    old: Bucket
    new: Bucket


class ProfileMoveModel(Model):
    """One of the user's own profiles. `problem` says why a side could not read it, null if both could."""

    file: str
    problem: str | None
    problem_zh: str | None
    rows: list[ProfileRowModel]


class DifferenceModel(ResultModel):
    """The differences between two rulebooks, for any entity; `complete` is false where a row has more classes than were
    enumerated, or where rules are `uncompared`. `profiles` is null if none were given.
    """

    old: RulebookModel
    new: RulebookModel
    measures: int
    complete: bool
    rows: list[RowDifferenceModel]
    vocabulary: list[VocabularyModel]
    uncompared: list[UncomparedModel]
    profiles: list[ProfileMoveModel] | None


def difference_json(found: Difference, profiles: Sequence[ProfileMove] | None = None) -> DifferenceModel:
    """The contract model of a difference, with the changes of the profiles if some were given."""
    return DifferenceModel(
        contract=contract_model("difference"),
        old=rulebook_model(found.old),
        new=rulebook_model(found.new),
        measures=found.measures,
        complete=found.complete,
        rows=[_row(row, found) for row in found.rows],
        vocabulary=[
            VocabularyModel(kind=one.kind, removed=list(one.removed), added=list(one.added)) for one in found.vocabulary
        ],
        uncompared=[
            UncomparedModel(
                kind=one.kind,
                name=one.name,
                facts=list(one.facts),
                rows=[MeasureKeyModel(document=document, measure=row) for document, row in one.rows],
            )
            for one in found.uncompared
        ],
        profiles=None if profiles is None else [_profile(one) for one in profiles],
    )


def _row(row: RowDifference, found: Difference) -> RowDifferenceModel:
    return RowDifferenceModel(
        document=row.key[0],
        measure=row.key[1],
        title=text_model(row.title),
        old=row.old,
        new=row.new,
        old_force=row.forces[0],
        new_force=row.forces[1],
        classes=row.cells,
        covered=row.covered,
        touched=row.touched,
        moved=[
            MovedModel(
                old=word(one.old),
                new=word(one.new),
                classes=one.cells,
                witness=given_facts(one.witness, {**found.old.facts, **found.new.facts}),
            )
            for one in row.moved
        ],
    )


def _profile(one: ProfileMove) -> ProfileMoveModel:
    rows = [
        ProfileRowModel(measure=row, title=text_model(title), old=old, new=new) for row, title, old, new in one.rows
    ]
    if one.problem is None:
        return ProfileMoveModel(file=one.file, problem=None, problem_zh=None, rows=rows)
    side, wrong = one.problem
    english, chinese = f"{side}: {wrong.message}", f"{_SIDES[side]}：{wrong.told_message('zh')}"
    return ProfileMoveModel(file=one.file, problem=english, problem_zh=chinese, rows=rows)
