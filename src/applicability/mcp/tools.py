"""A tool made of a function: its schemas say only what binds, and its result is written once.

The SDK makes a tool of a function alike, but writes the result a second time as indented text, which an assistant reads
and pays for, and publishes schemas by reference, which its client follows anew for every value that it checks.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

from mcp.server.mcpserver.tools import Tool
from mcp_types import CallToolResult, TextContent, ToolAnnotations
from pydantic import TypeAdapter

ToolFunction = Callable[..., Awaitable[Any]]
_READS = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False, destructive_hint=False)
_DEFINED = "#/$defs/"
# Keywords whose values are schemas by name; what stands under them is no keyword, whatever it is called.
_BY_NAME = ("properties", "$defs", "patternProperties")
# Keywords that may stand beside a reference: they narrow nothing.
_BESIDE = {"title", "description", "default", "examples", "deprecated"}
# … and those that hold names of definitions or properties, which nothing here needs.
_UNREAD = {"discriminator", "dependentSchemas", "dependentRequired", "definitions"}


def tool_of(function: ToolFunction, title: str) -> Tool:
    """The tool that an asynchronous function is, by its name, its docstring and its annotations; it changes nothing."""
    tool = Tool.from_function(function, title=title, annotations=_READS)
    described = tool.fn_metadata
    if described.output_schema is None:
        raise TypeError(f"the result of {tool.name} has no schema")
    written = TypeAdapter(inspect.signature(function, eval_str=True).return_annotation)
    wrapped = described.wrap_output

    @functools.wraps(function)
    async def answered(**arguments: Any) -> CallToolResult:
        result = await function(**arguments)
        content, text = written.dump_python(result, mode="json"), written.dump_json(result).decode()
        if wrapped:
            content, text = {"result": content}, f'{{"result":{text}}}'
        return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=content)

    tool.fn = answered
    tool.parameters = plain_schema(tool.parameters)
    described.output_schema = plain_schema(described.output_schema)
    # What the function answers was checked when it was made: it is not validated once more on its way out.
    described.output_model = None
    return tool


def plain_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema as pydantic makes it that accepts the same values, without titles and `additionalProperties: true`, and
    with definitions put in place of references: only a definition that refers to itself stays one.

    Beside a reference nothing may stand that narrows it, and no other keywords may hold schemas by name.
    """
    definitions = schema.get("$defs", {})
    recursive = {name for name in definitions if name in _reached(definitions[name], definitions)}
    plain = _plain({key: value for key, value in schema.items() if key != "$defs"}, definitions, recursive)
    kept = {name: _plain(definitions[name], definitions, recursive) for name in sorted(recursive)}
    return {**plain, "$defs": kept} if kept else plain


def _plain(schema: Any, definitions: dict[str, Any], recursive: set[str]) -> Any:
    if isinstance(schema, list):
        return [_plain(one, definitions, recursive) for one in schema]
    if not isinstance(schema, dict):
        return schema
    plain: dict[str, Any] = {}
    named = _name(schema)
    if named is not None and named not in recursive:
        plain = _plain(definitions[named], definitions, recursive)
        schema = {key: value for key, value in schema.items() if key != "$ref"}
        if not schema.keys() <= _BESIDE or _UNREAD & plain.keys():
            raise NotImplementedError(f"beside a reference to {named}: {', '.join(sorted(schema))}")
    for key, value in schema.items():
        if key in _BY_NAME:
            plain[key] = {name: _plain(one, definitions, recursive) for name, one in value.items()}
        elif key in ("enum", "const", "default", "examples"):
            plain[key] = value  # values, and no schemas
        elif key != "title" and not (key == "additionalProperties" and value is True):
            plain[key] = _plain(value, definitions, recursive)
    return plain


def _name(schema: dict[str, Any]) -> str | None:
    """The name of the definition that a schema refers to, where it does."""
    reference = schema.get("$ref", "")
    return reference.removeprefix(_DEFINED) if reference.startswith(_DEFINED) else None


def _reached(schema: Any, definitions: dict[str, Any], seen: frozenset[str] = frozenset()) -> frozenset[str]:
    """The names of the definitions that a schema leads to."""
    if isinstance(schema, dict):
        named = _name(schema)
        if named is not None and named not in seen:
            seen = _reached(definitions[named], definitions, seen | {named})
    for one in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        seen = _reached(one, definitions, seen)
    return seen
