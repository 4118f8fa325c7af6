"""The same query in Spark, if the extra `spark` and Java are installed; `.ci/run` installs it and runs this."""

from __future__ import annotations

import shutil
import sys

import pytest

from applicability.export import sql as to_sql
from applicability.export.canonical import columns_of

from .test_compile import BOOK, KINDS, by_duckdb, compiled, facts_or_none, generated, table_of

pyspark = pytest.importorskip("pyspark", reason="the extra `spark` is not installed")
pytestmark = [
    pytest.mark.thorough,
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java"),
]
TYPES = {"text": "string", "list": "array<string>", "number": "double"}


def test_spark_says_what_duckdb_says(monkeypatch: pytest.MonkeyPatch) -> None:
    from pyspark.sql import SparkSession

    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    program = compiled(BOOK.id)
    told = [facts for row in generated(120, distinct=True) if (facts := facts_or_none(row, BOOK)) is not None]
    table = table_of(told, BOOK)
    kinds = columns_of(BOOK)
    assert set(KINDS) == set(TYPES)
    schema = ", ".join(["`company` bigint", *(f"`{name}` {TYPES[kind]}" for name, kind in kinds.items())])
    spark = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false").getOrCreate()
    try:
        rows = [tuple(row.values()) for row in table.to_pylist()]
        spark.createDataFrame(rows, schema).createOrReplaceTempView("companies")
        found = spark.sql(to_sql.render(program, "en", "spark", "companies", "company")).collect()
    finally:
        spark.stop()
    assert sorted(map(tuple, found)) == by_duckdb(program, table)
