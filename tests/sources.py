"""The source of the package, parsed once for all tests of a worker."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).parents[1] / "src" / "applicability"


@functools.cache
def modules() -> Mapping[str, ast.Module]:
    """The syntax tree of every file, by its path in the package."""
    found = sorted(PACKAGE.rglob("*.py"))
    return {path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text("utf-8")) for path in found}
