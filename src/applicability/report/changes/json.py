"""The published contract of `applicability change`: every minimal change as JSON. Keys are only ever added to it."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field, JsonValue

from applicability.analysis.edits import Edit, EditKind, Movable
from applicability.analysis.effort import advisable, is_plausible
from applicability.analysis.minimal_changes import Change, Prospect
from applicability.analysis.plausibility import Plausibility
from applicability.days import Today
from applicability.model.assessment import Assessment
from applicability.model.conditions import Judgement, Limit, Step
from applicability.report.changes.terminal import reason
from applicability.report.contract import (
    Model,
    ProvisionModel,
    ResultModel,
    RulebookModel,
    TextModel,
    VerdictWord,
    contract_model,
    given_facts,
    provision_models,
    rulebook_model,
    text_model,
    word,
    word_of,
)
from applicability.report.language.edits import edit_text, option, owner
from applicability.report.language.render_condition import ConditionRenderer


class OptionModel(Model):
    """One way to make an edit: the facts as a profile gives them (null removes a fact)."""

    text: TextModel
    facts: dict[str, JsonValue]


class EditModel(Model):
    """One change; any of the options will do."""

    kind: EditKind
    movable: Movable
    yours: bool
    text: TextModel
    owner: TextModel
    fact: str | None
    step: str | None
    judgement: str | None
    limit: str | None
    options: list[OptionModel]


class ChangeModel(Model):
    """A minimal set of edits, the resulting verdict, and whether all of it is plausible for the entity."""

    verdict: VerdictWord
    yours: bool
    plausible: bool
    edits: list[EditModel]


class ProspectModel(Model):
    """One measure that is not open. `reason` says why nothing the entity does opens it, null if something does.

    `plausible` is whether one of the changes that the entity can make itself is plausible for it; null if none is its.
    """

    document: str
    measure: int
    title: TextModel
    verdict: VerdictWord | None
    target: Literal["eligible", "conditional", "needs_info", "pending"]
    size: int
    reason: TextModel | None
    plausible: bool | None
    changes: list[ChangeModel]


class ChangesModel(ResultModel):
    """What would open the measures that are not open to one entity."""

    rulebook: RulebookModel
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    profile: dict[str, JsonValue]
    measures: list[ProspectModel]
    provisions: list[ProvisionModel]


def changes_json(assessment: Assessment, prospects: tuple[Prospect, ...]) -> ChangesModel:
    """The contract model of the changes, with every text in both languages."""
    words = ConditionRenderer(assessment.rulebook, assessment.facts)
    plausibility = Plausibility(assessment.facts, assessment.rulebook)
    return ChangesModel(
        contract=contract_model("changes"),
        rulebook=rulebook_model(assessment.rulebook),
        as_of=assessment.as_of,
        as_of_is_today=isinstance(assessment.as_of, Today),
        profile=given_facts(assessment.profile.facts, assessment.rulebook.facts),
        measures=[_prospect(one, words, plausibility) for one in prospects],
        provisions=provision_models(assessment.provisions, assessment.rulebook),
    )


def _prospect(one: Prospect, words: ConditionRenderer, plausibility: Plausibility) -> ProspectModel:
    why = reason(one, words)
    return ProspectModel(
        document=one.finding.measure.document,
        measure=one.finding.measure.row,
        title=text_model(one.finding.measure.title),
        verdict=word(one.finding.verdict),
        target=one.target.word,  # type: ignore[arg-type]
        size=one.size,
        reason=None if why is None else text_model(why),
        plausible=advisable(one, plausibility) if one.yours else None,
        changes=[_change(change, words, plausibility) for change in one.changes],
    )


def _change(change: Change, words: ConditionRenderer, plausibility: Plausibility) -> ChangeModel:
    return ChangeModel(
        verdict=word_of(change.verdict),
        yours=change.yours,
        plausible=is_plausible(change, plausibility),
        edits=[_edit(edit, words) for edit in change.edits],
    )


def _edit(edit: Edit, words: ConditionRenderer) -> EditModel:
    return EditModel(
        kind=edit.kind,
        movable=edit.movable,
        yours=edit.yours,
        text=text_model(edit_text(edit, words, most=None)),
        owner=text_model(owner(edit)),
        fact=edit.fact,
        step=edit.leaf.step if isinstance(edit.leaf, Step) else None,
        judgement=edit.leaf.key if isinstance(edit.leaf, Judgement) else None,
        limit=edit.leaf.key if isinstance(edit.leaf, Limit) else None,
        options=[
            OptionModel(
                text=text_model(option(edit, one, words)),
                facts=given_facts(one.given, words.rulebook.facts),
            )
            for one in edit.options
            if one.given
        ],
    )
