"""The published contract of an interview as JSON: its state, and the best next question."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from pydantic import Field, JsonValue

from applicability.analysis.plausibility import Plausibility
from applicability.analysis.questions import Question, QuestionPlan
from applicability.days import Today
from applicability.model.facts import FactDeclaration, Facts, FactType
from applicability.model.measure import Measure
from applicability.model.profile import Profile
from applicability.model.rulebook import Rulebook
from applicability.report.contract import (
    Model,
    ResultModel,
    RulebookModel,
    TextModel,
    UnaskedModel,
    contract_model,
    given_facts,
    rulebook_model,
    text_model,
    unasked_model,
)
from applicability.report.interview.question import option
from applicability.report.language.plausible import describe
from applicability.report.language.render_condition import ConditionRenderer
from applicability.text import Text


class AnswerModel(Model):
    """A value to choose, as a profile gives it, its label, and the more general values that go with it."""

    value: str
    label: TextModel
    implies: list[str]


class OpenQuestionModel(Model):
    """The question to ask; `options` is empty for a free answer, `rows` are the measures that wait for it.

    `not_offered` is how many values are left out of the options as implausible. An answer then tells of the options
    alone: a profile writes it as `{yes: [...], no: [...]}`, and the rest stays unknown.
    """

    fact: str
    type: FactType
    question: TextModel
    help: TextModel
    options: list[AnswerModel]
    rows: list[int]
    not_offered: int


class InterviewModel(ResultModel):
    """An interview: the profile so far, the facts the person does not know, and the best question (null: none left)."""

    rulebook: RulebookModel
    as_of: datetime.date
    as_of_is_today: bool = Field(description="no day was given: it is today in Beijing (UTC+8)")
    profile: dict[str, JsonValue]
    asked: int
    unknown: list[str]
    undecided: list[int]
    question: OpenQuestionModel | None
    unasked: UnaskedModel | None = Field(description="what is not asked since it is implausible; it stays missing")


def interview_json(
    rulebook: Rulebook,
    profile: Profile,
    facts: Facts,
    asked: int,
    unknown: Collection[str],
    undecided: Sequence[Measure],
    plan: QuestionPlan,
    options: Sequence[str],
    not_offered: int,
) -> InterviewModel:
    """The contract model of an interview's state."""
    plausibility, words = Plausibility(facts, rulebook), ConditionRenderer(rulebook, facts)
    return InterviewModel(
        contract=contract_model("interview"),
        rulebook=rulebook_model(rulebook),
        as_of=facts.as_of,
        as_of_is_today=isinstance(facts.as_of, Today),
        profile=given_facts(profile.facts, rulebook.facts),
        asked=asked,
        unknown=sorted(unknown),
        undecided=[measure.row for measure in undecided],
        question=question_json(rulebook, plan.questions[0], options, not_offered) if plan.questions else None,
        unasked=unasked_model(plan.unasked, plan.unasked_facts, describe(plausibility, words)),
    )


def question_json(
    rulebook: Rulebook, question: Question, options: Sequence[str], not_offered: int
) -> OpenQuestionModel:
    """The contract model of one question with its options."""
    declaration = rulebook.declaration(question.fact)
    names = [
        Text(option(rulebook, declaration, key, "zh"), option(rulebook, declaration, key, "en")) for key in options
    ]
    return OpenQuestionModel(
        fact=question.fact,
        type=declaration.type,
        question=text_model(declaration.question),
        help=text_model(declaration.help),
        options=[
            AnswerModel(value=key, label=text_model(name), implies=_implied(rulebook, declaration, key))
            for key, name in zip(options, names, strict=True)
        ],
        rows=[row for _, row in question.rows],
        not_offered=not_offered,
    )


def _implied(rulebook: Rulebook, declaration: FactDeclaration, key: str) -> list[str]:
    """The more general activities that whoever carries on one carries on as well."""
    return sorted(rulebook.sectors.closed_up([key]) - {key}) if declaration.type == "activities" else []
