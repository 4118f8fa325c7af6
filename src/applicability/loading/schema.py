"""JSON Schemas of the rule files, for completion and validation in editors.

They are generated from the same shapes that the files are read by; conditions, whose keys are the rulebook's own facts,
get a schema of their own. What a schema cannot check (a changed quote, a duplicate row) is for `lint`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal, get_args

from pydantic import TypeAdapter

from applicability.loading import shapes
from applicability.loading.cases import CasesShape
from applicability.model.conditions import Bound
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Rulebook
from applicability.text import Text

RuleKind = Literal[
    "measures", "scopes", "derivations", "register", "facts", "activities", "zones", "document", "rulebook", "cases"
]
JsonSchema = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SHAPES: Mapping[RuleKind, Any] = MappingProxyType(
    {
        "measures": shapes.MeasuresShape,
        "scopes": shapes.ScopesShape,
        "derivations": shapes.DerivationsShape,
        "register": shapes.RegisterShape,
        "facts": dict[str, shapes.FactShape],
        "activities": dict[str, shapes.ActivityShape],
        "zones": shapes.ZonesShape,
        "document": shapes.DocumentShape,
        "rulebook": shapes.ManifestShape,
        "cases": CasesShape,
    }
)
_CONDITION = TypeAdapter(shapes.ConditionShape).json_schema()
_REFERENCE: JsonSchema = {"$ref": "#/$defs/Condition"}
_CODE: JsonSchema = {"type": "string", "pattern": "^[0-9]{6}$"}


def rule_schema(kind: RuleKind, rulebook: Rulebook, profile: JsonSchema) -> JsonSchema:
    """The schema of one kind of rule file for a rulebook; `profile` is the schema of a case's profile."""
    made = TypeAdapter(_SHAPES[kind]).json_schema(by_alias=True)
    definitions = dict(made.pop("$defs", {}))
    if kind == "cases":
        own = _inside({key: value for key, value in profile.items() if key != "$schema"})
        definitions["CaseShape"]["properties"]["profile"] = {"$ref": "#/$defs/Profile"}
        definitions["Profile"] = own
    made = _with_conditions(made)
    definitions = {name: _with_conditions(part) for name, part in definitions.items()}
    if kind in ("measures", "scopes", "derivations"):
        definitions["Condition"] = _condition(rulebook)
    return {"$schema": _DIALECT, **made, "title": kind, "$defs": definitions}


def _inside(schema: Any) -> Any:
    """The schema of a profile as a part of another: what refers to its properties finds them there."""
    if isinstance(schema, dict):
        moved = {key: _inside(value) for key, value in schema.items()}
        if isinstance(reference := moved.get("$ref"), str):
            moved["$ref"] = reference.replace("#/properties/", "#/$defs/Profile/properties/", 1)
        return moved
    return [_inside(one) for one in schema] if isinstance(schema, list) else schema


def _with_conditions(schema: Any) -> Any:
    """The schema with every condition replaced by a reference."""
    if isinstance(schema, dict):
        if all(schema.get(key) == value for key, value in _CONDITION.items()):
            return _REFERENCE
        return {key: _with_conditions(value) for key, value in schema.items()}
    return [_with_conditions(one) for one in schema] if isinstance(schema, list) else schema


def _condition(rulebook: Rulebook) -> JsonSchema:
    """The schema of a condition: exactly one operator or fact, and for a leaf the quote it rests on."""
    text: JsonSchema = {
        "type": "object",
        "properties": {"zh": {"type": "string"}, "en": {"type": "string"}},
        "required": ["zh", "en"],
        "additionalProperties": False,
    }
    several: JsonSchema = {"type": "array", "items": _REFERENCE, "minItems": 1}
    gazetteer = rulebook.gazetteer
    places = {
        "anyOf": [_named({id: Text(zone.zh, zone.en) for id, zone in gazetteer.zones.items()}), _CODE,
                  {"enum": list(rulebook.groups)}]
    }  # fmt: skip
    activities = {id: activity.label for id, activity in rulebook.sectors.activities.items()}
    operators: dict[str, JsonSchema] = {
        "all": {**several, "description": "每一项都须满足 / every one must hold"},
        "any": {**several, "description": "满足其一即可 / one is enough"},
        "not": {**_REFERENCE, "description": "不得满足；只能用于事实 / must not hold; facts only"},
        "does": _one_or_more(_named(activities)),
        "in": _one_or_more(places),
        "zone_type": _one_or_more(_named({id: Text(t.zh, t.en) for id, t in gazetteer.zone_types.items()})),
        "sector": _one_or_more({"enum": list(rulebook.sectors.codes)}),
        "judgement": {"type": "string"},
        "step": _named({id: step.label for id, step in rulebook.steps.items()}),
    }
    facts = {name: shape for name, one in rulebook.facts.items() if (shape := _fact(one)) is not None}
    quote: JsonSchema = {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "patternProperties": {"^(text|cell|note-[0-9]+)$": {"type": "string"}},
                "additionalProperties": False,
                "minProperties": 1,
                "maxProperties": 1,
            },
        ]
    }
    return {
        "type": "object",
        "properties": {**operators, **facts, "quote": quote, "message": text, "about": text, "authority": text},
        "additionalProperties": False,
        "oneOf": [{"required": [name]} for name in (*operators, *facts)],
        "dependentSchemas": {"judgement": {"required": ["about"]}},
        "dependentRequired": {"about": ["judgement"], "authority": ["judgement"]},
    }


def _fact(declaration: FactDeclaration) -> JsonSchema | None:
    """The schema of a condition on a fact by name; None if an operator reads it instead."""
    words = {"title": _both(declaration.label), "description": _both(declaration.question)}
    match declaration.type:
        case "percent" | "number":
            bounds = {bound: {"type": "number"} for bound in get_args(Bound)}
            shape: JsonSchema = {
                "type": "object", "properties": bounds, "additionalProperties": False, "minProperties": 1
            }  # fmt: skip
        case "boolean":
            shape = {"enum": [True, False]}
        case "choice" | "choices":
            shape = _one_or_more(_named({key: value.label for key, value in declaration.values.items()}))
        case _:
            return None
    return {**shape, **words}


def _named(words: Mapping[str, Text]) -> JsonSchema:
    """One of the words; editors show the label of each."""
    return {"oneOf": [{"const": word, "title": _both(label)} for word, label in words.items()]}


def _one_or_more(item: JsonSchema) -> JsonSchema:
    return {"anyOf": [item, {"type": "array", "items": item, "minItems": 1}]}


def _both(text: Text) -> str:
    return f"{text.zh} / {text.en}"
