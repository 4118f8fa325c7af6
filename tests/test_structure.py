"""There are no import cycles between modules."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import PurePath

from .sources import modules


def imports(module: ast.Module, known: frozenset[str]) -> set[str]:
    """The modules of the package that a file imports, at any level, including those for type checking."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (inner & known) or {node.module}
    return found & known


def test_no_circle_of_files() -> None:
    named = {
        ".".join(PurePath("applicability", path).with_suffix("").parts).removesuffix(".__init__"): module
        for path, module in modules().items()
    }
    graph = {name: imports(module, frozenset(named)) for name, module in named.items()}
    order = list(TopologicalSorter(graph).static_order())  # raises CycleError, which names the cycle
    assert len(order) == len(named) > 200
