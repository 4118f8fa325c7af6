"""A rulebook as column expressions: SQL and Polars, for a data team to read and run where their companies are.

What a leaf means is written once, as a small tree (`expressions`, `leaves`), which each printer prints. The columns are
those of `canonical`: facts with every name resolved and everything derived.
"""

from __future__ import annotations

from typing import Literal

CompileTarget = Literal["sql", "polars"]
SqlDialect = Literal["duckdb", "postgres", "spark"]
