"""Characters that nobody sees are dropped from the cells of every kind of register, and change no verdict."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.unseen import without_unseen

from ..run.partly import of_table
from ..sources.reading import COMPANIES, HEADINGS, RIGHT, screened, verdicts, workbook

UNSEEN = ("\u200b", "\ufeff", "\u200e", "\u2060", "\u00ad", "\u202c")


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize("kind", ["csv", "quoted.csv", "xlsx", "jsonl", "parquet", "coded.parquet"])
def test_a_register_with_marks_in_its_cells(kind: str, mark: str, tmp_path: Path) -> None:
    lines = [(one[0], *(f"{cell[:1]}{mark}{cell[1:]}{mark}" for cell in one[1:])) for one in COMPANIES]
    path = tmp_path / f"mine.{kind}"
    if kind.endswith("csv"):
        told = lines if kind == "csv" else [tuple(f'"{cell}"' for cell in one) for one in lines]
        path.write_text("\n".join(",".join(one) for one in (HEADINGS, *told)) + "\n", "utf-8")
    elif kind == "xlsx":
        workbook(path, (HEADINGS, *lines))
    elif kind == "jsonl":
        rows = [{**dict(zip(HEADINGS, one, strict=True)), "业务活动": [one[-1]]} for one in lines]
        path.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in rows) + "\n", "utf-8")
    else:
        columns = [pa.array(cells) for cells in zip(*lines, strict=True)]
        columns = [one.dictionary_encode() for one in columns] if kind.startswith("coded") else columns
        pq.write_table(pa.table(columns, HEADINGS), path)
    done = screened(path)
    assert verdicts(done) == RIGHT
    assert done.summary.notes == 0


def test_what_is_read_is_what_stands_there_without_the_mark() -> None:
    found = of_table(CellTable({"企业名称": ["甲"], "城市": ["上\u200b海"], "外资比例": ["4\ufeff9\u200b%"]}, 1))
    assert (
        found.profiles[0]
        == of_table(CellTable({"企业名称": ["甲"], "城市": ["上海"], "外资比例": ["49%"]}, 1)).profiles[0]
    )
    assert found.notes == [[]]


def test_a_table_without_them_is_the_same() -> None:
    for table in (
        CellTable({"a": ["“上海”…", 1, None]}, 3),
        pa.record_batch({"a": pa.array(["“上海”…", "（）", None])}),
    ):
        assert without_unseen(table, ()) is table
    sliced = pa.record_batch({"a": pa.array(["\u200b甲", "乙", None, "丙\u200b"])}).slice(1, 3)
    assert without_unseen(sliced, ()).column("a").to_pylist() == ["乙", None, "丙"]
    assert without_unseen(sliced, ("a",)) is sliced
