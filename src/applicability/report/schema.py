"""The JSON Schemas that `applicability schema` publishes: of every result, and of profiles for a rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, get_args

from applicability.loading.profile.written import UNKNOWN_WORDS
from applicability.loading.schema import JsonSchema
from applicability.model.conditions import Bound
from applicability.model.facts import FactDeclaration
from applicability.model.headings import LEVELS, ROLES, fact_of
from applicability.model.partial import NO, YES
from applicability.model.rulebook import Rulebook
from applicability.report.assessment.json import AssessmentModel
from applicability.report.cases.json import OutcomeModel
from applicability.report.cases.mutants_json import MutationModel
from applicability.report.changes.json import ChangesModel
from applicability.report.comparison.json import ComparisonModel
from applicability.report.contract import CONTRACTS, Contract, Model, id_of
from applicability.report.difference.json import DifferenceModel
from applicability.report.interview.json import InterviewModel
from applicability.report.reach_map.json import ReachMapModel
from applicability.report.rulebook.problems import ProblemsModel
from applicability.report.screening.json import SummaryModel
from applicability.text import Text

SchemaKind = Literal["profile"] | Contract
_MODELS: Mapping[Contract, type[Model]] = {
    "assessment": AssessmentModel,
    "changes": ChangesModel,
    "comparison": ComparisonModel,
    "difference": DifferenceModel,
    "interview": InterviewModel,
    "lint": ProblemsModel,
    "map": ReachMapModel,
    "mutation": MutationModel,
    "screening": SummaryModel,
    "test": OutcomeModel,
}
KINDS: tuple[SchemaKind, ...] = ("profile", *_MODELS)
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

# As `loading.yaml.scalars` parses them: a number or a date may also be written as text.
_DECIMAL = r"^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?$"
_PERCENT = r"^[+-]?(0|[1-9][0-9]*)(\.[0-9]+)?\s*[%％]?$"
_DAY = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_TRUTH: JsonSchema = {"enum": [True, False, "true", "false", "yes", "no", "是", "否"]}
# As `loading.profile.written.is_unknown` reads it, of a finding or a limit.
_ANSWER: JsonSchema = {"enum": [*_TRUTH["enum"], *UNKNOWN_WORDS]}


def schema(kind: SchemaKind, rulebook: Rulebook) -> JsonSchema:
    """The schema of that kind."""
    if kind == "profile":
        return _profile(rulebook)
    made = _MODELS[kind].model_json_schema(mode="serialization")
    head = {"$schema": _DIALECT, "$id": id_of(kind), "version": CONTRACTS[kind], "title": kind.capitalize()}
    return {**head, **{key: value for key, value in made.items() if key != "title"}}


def _profile(rulebook: Rulebook) -> JsonSchema:
    """The schema of profiles, for completion and validation in editors.

    Names of places and sectors are left to the loader, which knows more of them than a schema can list; for other
    values it accepts keys, names and aliases exactly as written.
    """
    facts = {name: _fact(declaration, rulebook) for name, declaration in rulebook.facts.items()}
    judgements = {
        key: {**_ANSWER, "description": _both(one.about)} for key, one in rulebook.judgements.items()
    }  # fmt: skip
    limits = {key: {**_ANSWER, "description": _both(one.question)} for key, one in rulebook.limits.items()}
    built_in: JsonSchema = {
        "name": {"type": ["string", "null"], "description": "企业名称 / the entity's name"},
        "planned": {**_ANSWER, "description": "是否只是拟设立、尚未登记 / whether it is not set up yet"},
        "as_of": {**_date(), "description": "按哪一天判断 / the day asked about"},
        "determinations": {
            "type": ["object", "null"],
            "description": "主管部门已作的认定 / what authorities have found",
            "properties": judgements,
            "additionalProperties": False,
        },
        "limits": {
            "type": ["object", "null"],
            "description": "各项用途是否遵守限制 / whether uses keep limits",
            "properties": limits,
            "additionalProperties": False,
            "minProperties": 1,
        },
    }
    return {
        "$schema": _DIALECT,
        "title": "Profile",
        "description": f"{_both(rulebook.title)} ({rulebook.version})",
        "type": "object",
        "properties": {**_other_keys(rulebook, {**built_in, **facts}), **built_in, **facts},
        "additionalProperties": False,
    }


def _other_keys(rulebook: Rulebook, own: JsonSchema) -> JsonSchema:
    """The further spellings of keys, each the same as the key that it stands for; what registers tell is a text."""
    told: dict[str, str] = {word: fact for fact, one in rulebook.facts.items() for word in (one.label.zh, one.label.en)}
    for table in (rulebook.headings.columns, rulebook.headings.profile):
        told |= {word: fact_of(key) for key, words in table.items() for word in words}
    text: JsonSchema = {"type": ["string", "null"]}
    roles = {key: text for key in ROLES if key not in own and key not in LEVELS}
    known = {**roles, **{key: {"$ref": f"#/properties/{key}"} for key in own}}
    return {**roles, **{word: known[key] for word, key in told.items() if key in known and word not in own}}


def _fact(declaration: FactDeclaration, rulebook: Rulebook) -> JsonSchema:
    shape = _shape(declaration, rulebook)
    return {
        "title": _both(declaration.label),
        "description": f"{_both(declaration.question)}\n{_both(declaration.help)}",
        "anyOf": [shape, {"type": "null"}],  # a key without a value is a missing fact
    }


def _shape(declaration: FactDeclaration, rulebook: Rulebook) -> JsonSchema:
    name: JsonSchema = {"type": ["string", "integer"]}
    match declaration.type:
        case "place" | "registration":
            return name
        case "zones":
            known = _known((id, (zone.zh, zone.en, *zone.aliases)) for id, zone in rulebook.gazetteer.zones.items())
            return _in_part({"anyOf": [known, name]})
        case "zone_types":
            kinds = rulebook.gazetteer.zone_types.items()
            return _in_part(_known((id, (kind.zh, kind.en, *kind.aliases)) for id, kind in kinds))
        case "sector":
            return _listed(name)
        case "activities":
            found = rulebook.sectors.activities.items()
            return _in_part(_known((id, (one.label.zh, one.label.en, *one.aliases)) for id, one in found))
        case "percent" | "number":
            low, high = (None if end is None else float(end) for end in declaration.ends)
            return _within(_number(low, high, _PERCENT if declaration.type == "percent" else _DECIMAL))
        case "date":
            return _date()
        case "boolean":
            return _TRUTH
        case "choice":
            return _choice(declaration)
        case "choices":
            return _in_part(_choice(declaration))
        case "investors":
            return {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "origin": _choice(declaration),
                        "share": {"anyOf": [_number(0, 100, _PERCENT), {"type": "null"}]},
                        "name": {"type": "string"},
                    },
                    "required": ["origin"],
                    "additionalProperties": False,
                },
            }


def _choice(declaration: FactDeclaration) -> JsonSchema:
    """The keys, which editors offer with their labels, and names and aliases, which the loader also accepts."""
    values = declaration.values.items()
    keys = [{"const": key, "title": _both(value.label)} for key, value in values]
    names = [word for _, value in values for word in (value.label.zh, value.label.en, *value.aliases)]
    return {"anyOf": [{"oneOf": keys}, {"enum": list(dict.fromkeys(names))}]}


def _known(words: Any) -> JsonSchema:
    return {"enum": list(dict.fromkeys(word for id, names in words for word in (id, *names) if word))}


def _listed(item: JsonSchema) -> JsonSchema:
    """A list; a single word counts as a list of one."""
    return {"anyOf": [{"type": "array", "items": item}, item]}


def _in_part(item: JsonSchema) -> JsonSchema:
    """A list, or a part of one: what is in it, and what is not."""
    part = {
        YES: {**_listed(item), "description": "列表中有的 / what is in the list"},
        NO: {**_listed(item), "description": "列表中没有的；其余未知 / what is not in it; the rest is unknown"},
    }
    shape = {"type": "object", "properties": part, "additionalProperties": False, "minProperties": 1}
    return {"anyOf": [_listed(item), shape]}


def _within(number: JsonSchema) -> JsonSchema:
    """A number, or the bounds that it is known to keep to."""
    bounds = {bound: number for bound in get_args(Bound)}
    shape = {"type": "object", "properties": bounds, "additionalProperties": False, "minProperties": 1}
    return {"anyOf": [number, shape]}


def _number(low: float | None, high: float | None, pattern: str = _DECIMAL) -> JsonSchema:
    limits: JsonSchema = {}
    if low is not None:
        limits["minimum"] = low
    if high is not None:
        limits["maximum"] = high
    return {"anyOf": [{"type": "number", **limits}, {"type": "string", "pattern": pattern}]}


def _date() -> JsonSchema:
    return {"anyOf": [{"type": "string", "pattern": _DAY, "format": "date"}, {"type": "null"}]}


def _both(text: Text) -> str:
    return f"{text.zh} / {text.en}"
