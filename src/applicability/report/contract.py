"""The base of all published contracts: models, texts in both languages, verdict words, plain values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Annotated, Any, Literal, get_args

from pydantic import VERSION, BaseModel, ConfigDict, Field, JsonValue
from pydantic_core import PydanticSerializationError, to_json

from applicability.errors import Problem
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.yaml.scalars import read_decimal, read_truth
from applicability.model.assessment import Bucket, Finding
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Provision, Rulebook
from applicability.model.verdict import Verdict
from applicability.published import Plain
from applicability.text import Text

VerdictWord = Literal["eligible", "conditional", "needs_info", "pending", "ineligible"]


# The version of each contract: docs/contract.md says what may change when. Its `$id` is a name, not an address.
Contract = Literal[
    "assessment", "changes", "comparison", "difference", "interview", "lint", "map", "mutation", "screening", "test",
]  # fmt: skip
CONTRACTS: Mapping[Contract, str] = MappingProxyType(dict.fromkeys(get_args(Contract), "0.1"))


def id_of(contract: Contract) -> str:
    """The `$id` of a contract."""
    return f"urn:applicability:contract:{contract}"


# A model is built when it is first used: most processes use few. Before 2.14 two threads could not do so at once.
_DEFERS = tuple(int(part) for part in VERSION.split(".")[:2]) >= (2, 14)


class Model(BaseModel):
    """A part of a contract. Readers must ignore unknown keys: later versions add some."""

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        defer_build=_DEFERS,
        ser_json_inf_nan="constants",
        json_schema_extra={"additionalProperties": True},
    )

    def to_dict(self) -> Plain:
        """Converts to plain data."""
        return self.model_dump(mode="json")

    def to_json(self) -> str:
        """Converts to JSON text."""
        return as_json(self)


# What a terminal would obey, or that hides or turns text: JSON can spell it out.
_UNSEEN = lazy_pattern("[\x7f-\x9f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")


# Of these, what begins with E2 in UTF-8. Bytes are searched in an eighth of the time.
_UNSEEN_AFTER_E2 = lazy_pattern(rb"\xe2(?:\x80[\x8b-\x8f\xa8-\xae]|\x81[\xa0-\xa9])")


def as_json(result: Model | Plain) -> str:
    """A result as JSON text with a final newline; invisible characters are escaped.

    It is what `json.dumps` writes, in a fraction of the time: indented, that runs in Python.
    """
    if not _has_exponent(result):
        try:
            written = to_json(result, indent=2)
        except PydanticSerializationError:  # half a character, which UTF-8 has no bytes for
            pass
        else:
            text = written.decode()
            return (_escaped(text) if "\ufeff" in text or _may_have_unseen(written) else text) + "\n"
    plain = result.to_dict() if isinstance(result, Model) else result
    return _escaped(json.dumps(plain, ensure_ascii=False, indent=2)) + "\n"


def _escaped(text: str) -> str:
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _may_have_unseen(written: bytes) -> bool:
    """Whether UTF-8 holds such a character other than U+FEFF, or another that begins with the same byte."""
    single = any(lead in written for lead in (b"\x7f", b"\xc2", b"\xd8"))
    return single or _UNSEEN_AFTER_E2.search(written) is not None


def _has_exponent(held: object) -> bool:
    """Whether a number has an exponent, which the two libraries write in different ways: 1e-05, 0.00001."""
    left = [held]
    while left:
        one = left.pop()
        if one is None or isinstance(one, (str, bool)):
            continue
        if isinstance(one, (list, tuple)):
            left += one
        elif isinstance(one, (dict, Mapping)):  # a dict is told without the asking that a Mapping takes
            left += one.values()
        elif isinstance(one, Model):
            left += [getattr(one, name) for name in _with_numbers(type(one))]
        elif isinstance(one, float) and "e" in repr(one):
            return True
    return False


@cache
def _with_numbers(model: type[Model]) -> tuple[str, ...]:
    """The fields of a model that may hold a number with a fraction, at any depth."""
    return tuple(name for name, one in model.model_fields.items() if _may_hold(one.annotation, model))


def _may_hold(kind: object, inside: type[Model]) -> bool:
    if isinstance(kind, type) and issubclass(kind, Model):
        return kind is not inside and bool(_with_numbers(kind))
    return kind in (float, JsonValue, Any, object) or any(_may_hold(one, inside) for one in get_args(kind))


class ContractModel(Model):
    """The contract and its version."""

    id: str
    version: str


class ResultModel(Model):
    """A whole result, which names its contract."""

    contract: ContractModel


def contract_model(contract: Contract) -> ContractModel:
    """The current version of a contract."""
    return ContractModel(id=id_of(contract), version=CONTRACTS[contract])


class TextModel(Model):
    """A text for people, in both languages."""

    zh: str
    en: str


class UnaskedModel(Model):
    """What is not asked since it is implausible for the entity: rows, other facts that they wait for, and who it is."""

    rows: list[int]
    facts: list[str]
    implausible_for: TextModel


class ProvisionModel(Model):
    """A provision of a document's body that applies to the whole answer; `words` verbatim, `section` their place."""

    id: str
    document: str
    section: TextModel
    title: TextModel
    words: str
    note: TextModel
    words_en: str | None


def provision_models(provisions: Iterable[Provision], rulebook: Rulebook) -> list[ProvisionModel]:
    """The contract models of provisions."""
    return [
        ProvisionModel(
            id=one.id, document=one.document, section=text_model(one.section), title=text_model(one.title),
            words=one.words, note=text_model(one.note),
            words_en=None if (english := rulebook.translation(one.document)) is None else english.provision(one.id),
        )
        for one in provisions
    ]  # fmt: skip


class AlikeRowsModel(Model):
    """Rows that stand in one bucket for the same reasons."""

    bucket: Bucket
    why: list[TextModel]
    rows: list[int]


def alike_rows(found: Iterable[tuple[Bucket, Iterable[Text], Iterable[Finding]]]) -> list[AlikeRowsModel]:
    """What `alike` of the reasons gives: findings by where they stand and why, each reason once."""
    return [
        AlikeRowsModel(bucket=bucket, why=[text_model(one) for one in why], rows=[one.measure.row for one in own])
        for bucket, why, own in found
    ]


class RulebookModel(Model):
    """The rulebook used; `digest` is the SHA-256 of all its files."""

    id: str
    version: str
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ProblemModel(Model):
    """A problem, and how to fix it."""

    code: str
    file: str
    line: int
    column: int
    message: str
    hint: str
    message_zh: str
    hint_zh: str


def problem_model(problem: Problem) -> ProblemModel:
    """The contract model of a problem."""
    where = problem.location
    return ProblemModel(
        code=problem.code, file=where.file, line=where.line, column=where.column,
        message=problem.message, hint=problem.hint,
        message_zh=problem.told_message("zh"), hint_zh=problem.told_hint("zh"),
    )  # fmt: skip


def rulebook_model(rulebook: Rulebook) -> RulebookModel:
    """The contract model of a rulebook."""
    return RulebookModel(id=rulebook.id, version=rulebook.version, digest=rulebook.digest)


@lru_cache(maxsize=4096)  # titles, questions and labels come in every answer of a process, and a model is immutable
def text_model(text: Text) -> TextModel:
    """The contract model of a text."""
    return TextModel(zh=text.zh, en=text.en)


_WORDS: dict[Verdict, VerdictWord] = {
    Verdict.ELIGIBLE: "eligible",
    Verdict.CONDITIONAL: "conditional",
    Verdict.NEEDS_INFO: "needs_info",
    Verdict.PENDING: "pending",
    Verdict.INELIGIBLE: "ineligible",
}


def word_of(verdict: Verdict) -> VerdictWord:
    """The word of a verdict."""
    return _WORDS[verdict]


def word(verdict: Verdict | None) -> VerdictWord | None:
    """The word of a verdict; None for none."""
    return None if verdict is None else _WORDS[verdict]


def given_facts(facts: Mapping[str, object], declared: Mapping[str, FactDeclaration]) -> dict[str, JsonValue]:
    """The facts of a profile as given, with numbers and booleans as such however they were written."""
    return {name: _given(name, value, declared.get(name)) for name, value in facts.items()}


def _given(name: str, value: object, declaration: FactDeclaration | None) -> JsonValue:
    if name == "planned":
        return _truth(value)
    if name == "determinations" and isinstance(value, Mapping):
        return {str(key): _truth(found) for key, found in value.items()}
    match declaration.type if declaration is not None else None:
        case "percent" | "number" if isinstance(value, Mapping):
            return {str(bound): _number(limit) for bound, limit in value.items()}
        case "percent" | "number":
            return _number(value)
        case "boolean":
            return _truth(value)
        case "investors" if isinstance(value, (list, tuple)):
            return [_investor(one) for one in value]
        case _:
            return plain(value)


def _investor(value: object) -> JsonValue:
    if not isinstance(value, Mapping):
        return plain(value)
    return {str(key): _number(inner) if key == "share" else plain(inner) for key, inner in value.items()}


def _number(value: object) -> JsonValue:
    """A number or percentage as a number; anything else unchanged."""
    number = read_decimal(value.strip().rstrip("%％").rstrip() if isinstance(value, str) else value)
    return plain(value if number is None else number)


def _truth(value: object) -> JsonValue:
    truth = read_truth(value)
    return plain(value) if truth is None else truth


def plain(value: object) -> JsonValue:
    """A profile value as JSON. A decimal that a JSON number would round is kept exact, as text."""
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return value
        case Decimal():
            whole = value.to_integral_value()
            near = int(whole) if whole == value else float(value)
            return near if Decimal(repr(near)) == value else format(value, "f")
        case Mapping():
            return {str(key): plain(inner) for key, inner in value.items()}
        case set() | frozenset():
            return sorted((plain(inner) for inner in value), key=str)
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            return str(value)


def unasked_model(rows: Iterable[tuple[str, int]], facts: Iterable[str], who: Text) -> UnaskedModel | None:
    """The model of rows, by document, that are not asked about; None if there are none."""
    numbers = [row for _, row in rows]
    return UnaskedModel(rows=numbers, facts=list(facts), implausible_for=text_model(who)) if numbers else None
