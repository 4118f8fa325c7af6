"""Every class or type name has one meaning, and old names are gone."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from applicability.cli.root import root

from .sources import PACKAGE, modules

# Old names of modules, classes and functions, with their present names.
OLD_MODULES = {
    "meaning": "evaluate",
    "standings": "place_classes",
    "spaces": "product_space",
    "planner": "questions",
    "atlas": "reach_map",
    "coverage": "claims",
    "members": "column_encoders",
    "joint": "group_encoder",
    "known": "intern",
    "pairs": "pair_table",
    "hashed": "hash_index",
    "steps": "guard",
    "decided": "verdict_bits",
    "terms": "minmax_terms",
    "frames": "verdict_tables",
    "alone": "lock",
    "threads": "prefetch",
    "gathering": "ordered_writer",
    "told": "derived_facts",
    "kinds": "interned",
    "words": "labels",
    "wording": "render_condition",
    "brief": "short_reason",
}
OLD_CLASSES = {
    "MeaningEngine": "ReferenceEngine",
    "Standing": "Whereabouts",
    "Atlas": "ReachMap",
    "Planner": "QuestionPlanner",
    "Told": "FindingText",
    "Why": "ReasonText",
    "Setter": "LineWriter",
}
OLD_METHODS = {"senses": "name_matches", "standing": "whereabouts", "wording": "renderer"}


def types(module: ast.Module) -> Iterator[str]:
    """The classes of a module, at any level, and its type names."""
    yield from (node.name for node in ast.walk(module) if isinstance(node, ast.ClassDef))
    for node in module.body:
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if is_type(value):
                if name.strip("_")[:1].isupper() and not name.isupper():
                    yield name


def is_type(value: ast.expr) -> bool:
    """Whether an assignment defines a type: `Literal[…]`, `int | str`, `dict[str, int]`, `bytes`."""
    match value:
        case ast.Subscript():
            return True
        case ast.BinOp(op=ast.BitOr()):
            return True
        case ast.Name(id=name):
            return name in ("bytes", "float", "int", "object", "str") or name[:1].isupper()
        case _:
            return False


def test_no_class_or_type_has_two_meanings() -> None:
    defined: dict[str, list[str]] = defaultdict(list)
    for path, module in modules().items():
        for name in types(module):
            defined[name.strip("_")].append(path)
    assert defined["Verdict"] == ["model/verdict.py"]
    assert {name: paths for name, paths in defined.items() if len(paths) > 1} == {}


def test_no_module_bears_an_old_name() -> None:
    # A command's module has the name of the command, which is public.
    found = [path for path in modules() if not path.startswith("cli/") and Path(path).stem in OLD_MODULES]
    found += [folder.name for folder in PACKAGE.rglob("*/") if folder.name in OLD_MODULES]
    assert found == []


def test_no_class_bears_an_old_name() -> None:
    found = [
        f"{path}: {name}"
        for path, module in modules().items()
        for name in types(module)
        if name.strip("_") in OLD_CLASSES or "Standing" in name or "Atlas" in name
    ]
    assert found == []


def test_no_public_function_bears_an_old_name() -> None:
    found = []
    for path, module in modules().items():
        functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
        found += [f"{path}: {node.name}" for node in functions if node.name in {*OLD_MODULES, *OLD_METHODS}]
        methods = (
            node
            for body in ast.walk(module)
            if isinstance(body, ast.ClassDef)
            for node in body.body
            if isinstance(node, ast.FunctionDef)
        )
        found += [f"{path}: {node.name}" for node in methods if node.name in OLD_METHODS]
    assert found == []


def options() -> Iterator[tuple[str, click.Option]]:
    """Every option of every command."""
    context = click.Context(root)
    for name in root.list_commands(context):
        command = root.get_command(context, name)
        assert command is not None
        yield from ((name, one) for one in command.params if isinstance(one, click.Option))


@pytest.mark.parametrize("old", ["meaning", "standing", "atlas", "planner", "senses"])
def test_no_option_bears_an_old_name_or_takes_one(old: str) -> None:
    found = [
        f"{command} {option.opts}"
        for command, option in options()
        if f"--{old}" in option.opts or (isinstance(option.type, click.Choice) and old in option.type.choices)
    ]
    assert found == []
