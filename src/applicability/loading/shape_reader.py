"""Reads the tree of a rule file as a shape: a pydantic model without undeclared keys. Problems have line and column."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from applicability.errors import Problem
from applicability.loading.shape_messages import RULE, expected, misfit
from applicability.loading.yaml.reader import Tree
from applicability.messages import did_you_mean, listed
from applicability.text import Text

S = TypeVar("S", bound="Shape")


class Shape(BaseModel):
    """Base of all shapes: immutable, without undeclared keys."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def read_shape(shape: type[S], tree: Tree, code: str) -> tuple[S | None, list[Problem]]:
    """Validates a tree as that shape; returns all problems if it does not fit."""
    try:
        return shape.model_validate(tree.data), []
    except ValidationError as error:
        return None, [_problem(shape, tree, detail, code) for detail in error.errors()]


def _problem(shape: type[Shape], tree: Tree, detail: Any, code: str) -> Problem:
    path = tuple(part for part in detail["loc"] if part != "[key]")
    kind, name = detail["type"], str(path[-1]) if path else ""
    if kind == "extra_forbidden":
        known = _known_keys(shape, path[:-1])
        keys = listed(f"`{key}`" for key in known)
        hint = did_you_mean(name, known) or Text(f"此处可用的键：{keys.zh}", f"the keys here are {keys.en}")
        return Problem(code, tree.key_at(*path), Text(f"不应有键 `{name}`", f"unknown key `{name}`"), hint)
    if kind == "missing":
        message = Text(f"缺少键 `{name}`", f"the key `{name}` is missing")
        return Problem(code, tree.at(*path), message, Text(f"补上 `{name}:`", f"add `{name}:`"))
    if kind == RULE:
        context = detail["ctx"]
        return Problem(code, tree.at(*path), Text(context["zh"], context["en"]), expected({}))
    return Problem(code, tree.at(*path), misfit(name, detail), expected(detail.get("ctx", {})))


def _known_keys(shape: type[Shape], path: tuple[Any, ...]) -> tuple[str, ...]:
    """The keys that the shape declares at a path."""
    current: Any = shape
    for part in path:
        if isinstance(part, str) and isinstance(current, type) and issubclass(current, Shape):
            fields = {(info.alias or name): info for name, info in current.model_fields.items()}
            current = fields[part].annotation if part in fields else None
        current = _inner(current)
    current = _inner(current)
    if not (isinstance(current, type) and issubclass(current, Shape)):
        return ()
    return tuple(info.alias or name for name, info in current.model_fields.items())


def _inner(annotation: Any) -> Any:
    """The shape inside `list[X]`, `dict[str, X]` or `X | None`."""
    for argument in getattr(annotation, "__args__", ()):
        if isinstance(argument, type) and issubclass(argument, Shape):
            return argument
    return annotation
