"""Opens the source of companies that a file name or URL names."""

from __future__ import annotations

from collections.abc import Callable, Collection
from pathlib import Path
from typing import IO

from applicability.bulk.sources.heading_groups import CellReads, Known
from applicability.bulk.sources.headings import HeadingOptions
from applicability.bulk.sources.other_kinds import SAVE
from applicability.bulk.sources.source import RowSource, Source, fault
from applicability.text import Text

# The kind of a file by its extension.
ENDINGS = {
    ".csv": "csv", ".tsv": "tsv", ".txt": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl",
    ".parquet": "parquet", ".pq": "parquet", ".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xlsx", ".et": "xlsx",
}  # fmt: skip
# Workbooks of other kinds, which a spreadsheet program can save as .xlsx.
_OTHER_WORKBOOKS = (".xlsb", ".ods", ".fods", ".numbers")
DATABASES = ("sqlite", "duckdb", "postgresql", "postgres")
# Rows per piece, by default.
ROWS = 1 << 16


def kind_of(name: str, asked: str | None) -> str:
    """The kind of a source: as asked for, or by its name. Raises ProfileError."""
    if asked:
        return asked
    if is_database(name):
        return "database"
    ending = Path(name).suffix.lower()
    if ending in ENDINGS:
        return ENDINGS[ending]
    if name != "-" and Path(name).is_dir():
        return "parquet"
    if ending in _OTHER_WORKBOOKS:
        raise fault(name, Text(f"不能读取 {ending} 工作簿", f"workbooks of the kind {ending} are not read"), SAVE)
    raise fault(
        name,
        Text("看不出是哪一种表格", "cannot tell what kind of table this is"),
        Text(
            "用 --from 指明：csv、tsv、jsonl、parquet 或 xlsx", "name it with --from csv, tsv, jsonl, parquet or xlsx"
        ),
    )


def is_database(name: str) -> bool:
    """Whether a name is a database URL."""
    return name.split(":", 1)[0] in DATABASES and "://" in name


def open_source(
    name: str,
    kind: str | None = None,
    *,
    sheet: str | None = None,
    encoding: str | None = None,
    rows: int | None = None,
    coded: Collection[str] = (),
    stdin: IO[bytes] | None = None,
    known: Known | None = None,
    header_row: int | None = None,
    reads: CellReads | None = None,
    command: Callable[[str], str] | None = None,
) -> Source:
    """Opens a source. `rows` is the number of rows per piece, in Parquet the limit for merging row groups.

    `coded` are columns with many repeated values. `known` says what a heading is known as, so that the headings of a
    table are found; `header_row` is their row, from 1; `reads` says whether a cell reads under one. `command` gives the
    command that screens another sheet of a workbook. Raises ProfileError if it does not exist or cannot be read.
    """
    kind = kind_of(name, kind)
    if header_row is not None and kind not in ("csv", "tsv", "xlsx"):
        what = Text("--header-row 只用于 CSV 和工作簿", "--header-row is for CSV and workbooks only")
        raise fault(name, what, Text("去掉 --header-row", "leave it out"))
    if kind == "database":
        from applicability.bulk.sources.connection import table_of
        from applicability.bulk.sources.database import DatabaseSource

        return DatabaseSource(table_of(name), rows or ROWS)
    if name != "-" and not Path(name).exists():
        hint = Text("检查文件名；从标准输入读取则写 `-`", "check the name, or write `-` for standard input")
        raise fault(name, Text("没有这个文件", "there is no such file"), hint)
    if kind == "parquet":
        from applicability.bulk.sources.parquet import ParquetSource

        if name == "-":
            what = Text("不能从管道读取 Parquet", "Parquet cannot be read from a pipe")
            raise fault("-", what, Text("先存为文件", "write it to a file first"))
        return _read_as(ParquetSource(Path(name), coded, rows), rows)
    if name != "-" and Path(name).is_dir():
        what = Text(f"文件夹不是 {kind} 文件", f"a folder is no {kind} file")
        hint = Text("写明一个文件，或一个 Parquet 文件夹", "name one file, or a folder of Parquet files")
        raise fault(name, what, hint)
    headings = HeadingOptions(known, header_row, reads)
    source = _rows_of(name, kind, sheet, encoding, rows or ROWS, stdin, headings, command)
    return _read_as(source, kind, sheet, encoding, rows, header_row)


def _read_as(source: Source, *how: object) -> Source:
    """Adds the reading options to a source's identity: with other options its pieces differ."""
    if source.identity is not None:
        source.identity = {**source.identity, "read as": how}
    return source


def _rows_of(
    name: str,
    kind: str,
    sheet: str | None,
    encoding: str | None,
    rows: int,
    stdin: IO[bytes] | None,
    headings: HeadingOptions,
    command: Callable[[str], str] | None,
) -> RowSource:
    """Opens a table that is read sequentially."""
    from applicability.bulk.sources.csv import CsvSource
    from applicability.bulk.sources.jsonl import LinesSource
    from applicability.bulk.sources.streams import read_of, stream_of

    if kind == "xlsx":
        from applicability.bulk.sources.xlsx import WorkbookSource

        data = read_of(name, stream_of(name, stdin)) if name == "-" else None
        return WorkbookSource(rows, name, data, sheet, headings, command)
    stream = stream_of(name, stdin)
    if kind == "jsonl":
        return LinesSource(rows, name, stream, headings.known)
    return CsvSource(rows, name, stream, encoding, "\t" if kind == "tsv" else None, headings)
