"""The published contract of an interview as JSON: its state, and the best next question."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence

from pydantic import Field, JsonValue

from applicability.analysis.questions import Question
from applicability.days import Today
from applicability.model.facts import Facts, FactType
from applicability.model.profile import Profile
from applicability.model.rulebook import Measure, Rulebook
from applicability.report.contract import (
    Model,
    ResultModel,
    RulebookModel,
    TextModel,
    contract_model,
    given_facts,
    rulebook_model,
    text_model,
)
from applicability.report.interview.question import option
from applicability.text import Text


class AnswerModel(Model):
    """A value to choose, as a profile gives it, and its label."""

    value: str
    label: TextModel


class OpenQuestionModel(Model):
    """The question to ask; `options` is empty for a free answer, `rows` are the measures that wait for it."""

    fact: str
    type: FactType
    question: TextModel
    help: TextModel
    options: list[AnswerModel]
    rows: list[int]


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


def interview_json(
    rulebook: Rulebook,
    profile: Profile,
    facts: Facts,
    asked: int,
    unknown: Collection[str],
    undecided: Sequence[Measure],
    question: Question | None,
    options: Sequence[str],
) -> InterviewModel:
    """The contract model of an interview's state."""
    return InterviewModel(
        contract=contract_model("interview"),
        rulebook=rulebook_model(rulebook),
        as_of=facts.as_of,
        as_of_is_today=isinstance(facts.as_of, Today),
        profile=given_facts(profile.facts, rulebook.facts),
        asked=asked,
        unknown=sorted(unknown),
        undecided=[measure.row for measure in undecided],
        question=None if question is None else _question(rulebook, question, options),
    )


def _question(rulebook: Rulebook, question: Question, options: Sequence[str]) -> OpenQuestionModel:
    declaration = rulebook.declaration(question.fact)
    names = [
        Text(option(rulebook, declaration, key, "zh"), option(rulebook, declaration, key, "en")) for key in options
    ]
    return OpenQuestionModel(
        fact=question.fact,
        type=declaration.type,
        question=text_model(declaration.question),
        help=text_model(declaration.help),
        options=[AnswerModel(value=key, label=text_model(name)) for key, name in zip(options, names, strict=True)],
        rows=[row for _, row in question.rows],
    )
