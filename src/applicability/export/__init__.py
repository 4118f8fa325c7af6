"""Exports a rulebook as column expressions, SQL and Polars, for a data team to read and run on its own tables.

The semantics of a leaf are written once, as a small expression tree (`expressions`, `leaves`), which each printer
prints. The columns are those of `canonical`: facts with names resolved to codes, and with derived facts.
"""

from __future__ import annotations

from typing import Literal

CompileTarget = Literal["sql", "polars"]
SqlDialect = Literal["duckdb", "postgres", "spark"]
