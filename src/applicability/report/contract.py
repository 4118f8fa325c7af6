"""What all published contracts share: their base, texts in both languages, verdicts as words, values as plain data."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

from applicability.errors import Problem
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Plain, as_json
from applicability.text import Text

VerdictWord = Literal["eligible", "conditional", "needs_info", "pending", "ineligible"]


class Model(BaseModel):
    """No key that is not declared here."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    def to_dict(self) -> Plain:
        """As plain data."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """As JSON text."""
        return as_json(self.to_dict())


class TextModel(Model):
    """A text for people, in both languages."""

    zh: str
    en: str


class RulebookModel(Model):
    """Which rules decided; `digest` is the SHA-256 of all their files."""

    id: str
    version: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ProblemModel(Model):
    """One thing that is wrong, and how to mend it."""

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str


def problem_model(problem: Problem) -> ProblemModel:
    """A problem as the contracts have it."""
    where = problem.location
    return ProblemModel(
        code=problem.code, file=where.file, line=where.line, column=where.column,
        message=problem.message, hint=problem.hint,
    )  # fmt: skip


def rulebook_model(rulebook: Rulebook) -> RulebookModel:
    """Which rulebook it is."""
    return RulebookModel(id=rulebook.id, version=rulebook.version, digest=rulebook.digest)


def text_model(text: Text) -> TextModel:
    """A text as the contracts have it."""
    return TextModel(zh=text.zh, en=text.en)


_WORDS: dict[Verdict, VerdictWord] = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.CONDITIONAL: "conditional",
    Verdict.NEEDS_INFO: "needs_info",
    Verdict.PENDING: "pending",
    Verdict.INELIGIBLE: "ineligible",
}


def word_of(verdict: Verdict) -> VerdictWord:
    """A verdict as its word."""
    return _WORDS[verdict]


def word(verdict: Verdict | None) -> VerdictWord | None:
    """A verdict as its word; None where there is none."""
    return None if verdict is None else _WORDS[verdict]


def plain(value: object) -> JsonValue:
    """A value of a profile as JSON has it: numbers exact as text where JSON would round them."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value
        case Decimal():
            return format(value, "f")
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case set() | frozenset():
            return sorted((plain(inner) for inner in value), key=str)
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return str(value)
