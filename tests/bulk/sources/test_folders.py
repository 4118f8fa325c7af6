"""Folders of Parquet as Spark, Hive, Delta Lake and Iceberg leave them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from applicability import screen
from applicability.bulk.sources.table import TableSource
from applicability.errors import ProfileError

from ..engine.tables import DAY
from ..run.partly import of_file
from .reading import COMPANIES, HEADINGS, RIGHT, notices, rows, screened, verdicts


def write(path: Path, companies: Sequence[Sequence[str]] = COMPANIES, leave: str = "") -> None:
    """A Parquet file of companies, without the column `leave`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    columns = dict(zip(HEADINGS, map(pa.array, zip(*companies, strict=True)), strict=True))
    columns.pop(leave, None)
    pq.write_table(pa.table(columns), path)


def test_what_begins_with_a_mark_is_no_data_and_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "companies"
    write(folder / "part-0.parquet")
    for name in ("_temporary/0/attempt_0/part-0.parquet", ".part-0.parquet", "._part-0.parquet", "_tmp.parquet"):
        write(folder / name)
    (folder / "_SUCCESS").touch()
    (folder / ".part-0.parquet.crc").touch()
    (folder / "more.csv").touch()
    done = screened(folder)
    assert verdicts(done) == RIGHT
    assert done.summary.read == 3
    assert notices(done) == [
        "4 files were left out (names that begin with _ or . are no data): "
        "._part-0.parquet, .part-0.parquet, _temporary/0/attempt_0/part-0.parquet, …",
        "1 file was left out (not Parquet): more.csv",
    ]


def test_the_names_of_folders_are_columns(tmp_path: Path) -> None:
    folder = tmp_path / "companies"
    write(folder / "城市=上海" / "年=2026" / "a.parquet", COMPANIES[:1], "城市")
    write(folder / "城市=%E5%8C%97%E4%BA%AC" / "年=2026" / "a.parquet", COMPANIES[1:2], "城市")
    write(folder / "城市=__HIVE_DEFAULT_PARTITION__" / "年=2025" / "a.parquet", COMPANIES[2:], "城市")
    found = {row["企业名称"]: (row["城市"], row["年"]) for row in rows(folder)}
    assert found == {"甲": ("上海", "2026"), "乙": ("北京", "2026"), "丙": (None, "2025")}
    done = screened(folder)
    assert verdicts(done) == {"甲": "eligible", "乙": "ineligible", "丙": "ineligible"}
    assert done.summary.ignored == ("年",)
    # One of the folders, or a file in it, means its column too.
    assert rows(folder / "城市=上海" / "年=2026" / "a.parquet") == rows(folder / "城市=上海")
    assert verdicts(screened(folder / "城市=上海" / "年=2026")) == {"甲": "eligible"}


def test_the_names_of_folders_that_are_no_columns_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "companies"
    for number, name in enumerate(("上海", "成都/2026", "年=2026/北京", "x=")):
        write(folder / name / "a.parquet", COMPANIES[number % 3 :][:1])
    (told,) = notices(screened(folder))
    assert told == (
        "the names of folders were not read as data: `上海`, `北京`, `成都`, …; where a name tells something of the "
        "companies, write it as column=value, such as `city=上海`"
    )
    assert notices(screened(folder / "上海")) == []
    # A name that is nobody's to know is masked, as anywhere.
    card = "110101199003070038"
    write(tmp_path / "one" / card / "a.parquet")
    (told,) = notices(screened(tmp_path / "one"))
    assert card not in told
    assert "`******************`" in told


def test_a_column_that_a_folder_repeats_is_merged_with_it(tmp_path: Path) -> None:
    cities = pa.table({"企业名称": ["甲", "乙", "丙"], "城市": ["北京", "上海", None]})
    (tmp_path / "companies" / "城市=北京").mkdir(parents=True)
    pq.write_table(cities, tmp_path / "companies" / "城市=北京" / "a.parquet")
    found = of_file(tmp_path / "companies")
    assert [one.get("city") for one in found.profiles] == ["北京", None, "北京"]
    assert found.notes == [[], [("城市 (2)", "S312", "北京")], []]
    assert found.texts[1] == ["`上海` under `城市` cannot be so with `北京` under `城市 (2)`; taken as missing"]


@pytest.mark.parametrize("name", ["mine.parquet", "mine.csv"])
def test_columns_of_one_name_are_merged_as_in_any_register(name: str, tmp_path: Path) -> None:
    rows = [("甲", "天津", "天津"), ("乙", "天津", "上海"), ("丙", None, "天津")]
    if name.endswith("csv"):
        lines = [("企业名称", "城市", "城市"), *((one or "" for one in row) for row in rows)]
        (tmp_path / name).write_text("\n".join(map(",".join, lines)), "utf-8")
    else:
        columns = [pa.array(column) for column in zip(*rows, strict=True)]
        pq.write_table(pa.table(columns, ["企业名称", "城市", "城市"]), tmp_path / name)
    found = of_file(tmp_path / name)
    assert [one.get("city") for one in found.profiles] == ["天津", None, "天津"]
    assert found.notes == [[], [("城市 (2)", "S312", "上海")], []]


def test_columns_without_a_name_are_left_out_and_told_by_their_number(tmp_path: Path) -> None:
    table = pa.table([["甲"], ["x"], ["天津"], ["y"], [1.5]], ["企业名称", "", "城市", "\u200b", ""])
    pq.write_table(table, tmp_path / "mine.parquet")
    assert [one.get("city") for one in of_file(tmp_path / "mine.parquet").profiles] == ["天津"]
    source = TableSource(table, 10)
    (read,) = source.batches()
    assert read.table.schema.names == ["企业名称", "城市"]
    assert [one.zh for one in source.notices] == ["第2、4、5列没有列名，未读入"]
    assert [one.en for one in source.notices] == ["columns 2, 4, 5 have no heading and were left out"]
    for told in (screen(tmp_path / "mine.parquet", as_of=DAY), screen(table, as_of=DAY)):
        assert (told.summary.ignored, list(told.summary.notices)) == ((), source.notices)


def test_one_column_without_a_name_and_an_empty_one(tmp_path: Path) -> None:
    table = pa.table([["甲"], ["x"], ["天津"], pa.nulls(1)], ["企业名称", "", "城市", ""])
    pq.write_table(table, tmp_path / "mine.parquet")
    for told in (screen(tmp_path / "mine.parquet", as_of=DAY), screen(table, as_of=DAY)):
        assert [one.zh for one in told.summary.notices] == ["第2列没有列名，未读入"]


@pytest.mark.parametrize(
    ("log", "kind"),
    [
        ("_delta_log/00000000000000000000.json", "Delta Lake"),
        ("metadata/v1.metadata.json", "Iceberg"),
        (".hoodie/hoodie.properties", "Hudi"),
    ],
)
def test_a_table_with_a_log_is_told_as_such(log: str, kind: str, tmp_path: Path) -> None:
    folder = tmp_path / "companies"
    write(folder / "part-0.parquet")
    (folder / log).parent.mkdir()
    (folder / log).touch()
    with pytest.raises(ProfileError) as refused:
        screened(folder)
    (problem,) = refused.value.problems
    assert problem.code == "S101"
    assert f"it is a {kind} table" in problem.message
    assert "export it as plain Parquet" in problem.hint


def test_the_row_of_headings_is_not_asked_of_parquet(tmp_path: Path) -> None:
    write(tmp_path / "mine.parquet")
    with pytest.raises(ProfileError, match="for CSV and workbooks only"):
        screened(tmp_path / "mine.parquet", header_row=1)
