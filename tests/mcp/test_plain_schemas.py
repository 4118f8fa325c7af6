"""Schemas of tools: the same values are accepted as by pydantic's own, and nothing is said that binds nobody."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from hypothesis import given, strategies as st
from pydantic import BaseModel, Field, JsonValue

pytest.importorskip("mcp.server.mcpserver", reason="the extra `web` is not installed")

from applicability.mcp.answers import ChangesAnswerModel, CheckAnswerModel, ComparedModel, ExplainedModel
from applicability.mcp.tools import plain_schema
from applicability.service.verify import ClaimModel, VerificationModel

ANSWERS = (CheckAnswerModel, ChangesAnswerModel, ComparedModel, ExplainedModel, ClaimModel, VerificationModel)


class _Branch(BaseModel):
    """One that holds its like."""

    title: str = "title"
    branches: list[_Branch] = []


class _Trunk(BaseModel):
    root: _Branch
    beside: _Branch | None = Field(default=None, description="another")
    anything: dict[str, JsonValue] = {}


def keywords(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(keywords, schema))
    if not isinstance(schema, dict):
        return set()
    found = set(schema)
    for key, value in schema.items():
        if key in ("properties", "$defs"):
            found = found.union(*map(keywords, value.values()))
        elif key not in ("enum", "const", "default"):
            found |= keywords(value)
    return found


@pytest.mark.parametrize("model", ANSWERS, ids=lambda one: one.__name__)
def test_an_answer_s_schema_has_no_reference_and_no_title(model: type[BaseModel]) -> None:
    published = model.model_json_schema(mode="serialization")
    plain = plain_schema(published)
    assert not keywords(plain) & {"title", "$ref", "$defs"}
    jsonschema.Draft202012Validator.check_schema(plain)
    assert set(plain["properties"]) == set(published["properties"])
    assert plain.get("required") == published.get("required")


def test_a_property_called_title_and_a_definition_within_itself_stay() -> None:
    plain = plain_schema(_Trunk.model_json_schema())
    assert set(plain["$defs"]) == {"_Branch"}
    branch = plain["$defs"]["_Branch"]
    assert branch["properties"] == {
        "title": {"default": "title", "type": "string"},
        "branches": {"default": [], "items": {"$ref": "#/$defs/_Branch"}, "type": "array"},
    }
    assert plain["properties"]["beside"]["description"] == "another"
    assert plain["properties"]["anything"] == {"default": {}, "type": "object", "additionalProperties": {}}


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "title", "x"]),
    lambda one: (
        st.lists(one, max_size=2)
        | st.dictionaries(
            st.sampled_from(["title", "branches", "root", "beside", "anything", "more"]), one, max_size=4
        )
    ),
    max_leaves=12,
)  # fmt: skip


@given(_JSON)
def test_the_same_values_are_accepted(value: Any) -> None:
    published = _Trunk.model_json_schema()
    ours, theirs = (jsonschema.Draft202012Validator(one) for one in (plain_schema(published), published))
    wrapped = {"root": value, "beside": value}
    for one in (value, wrapped):
        assert ours.is_valid(one) == theirs.is_valid(one)
