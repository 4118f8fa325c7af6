"""Writes the lines of a screening to a database table, in one transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import Any

import pyarrow as pa

from applicability.bulk.engine.verdict_tables import COLUMNS
from applicability.bulk.output.pieces import as_text
from applicability.bulk.sources.connection import WRITE, DatabaseTable, connection_of, database_errors, quoted
from applicability.bulk.sources.source import misplaced
from applicability.errors import ProfileError
from applicability.text import Text

# Rows per statement in SQLite.
_MANY = 1 << 14


def ready(table: DatabaseTable, source: DatabaseTable | None, *, begun: bool = False) -> None:
    """Checks that the result can be written, before hours are spent on it. Raises ProfileError if not.

    A table that is there may be the result of this very run, if it had `begun` to write when it was killed.
    """
    if source is not None and source.same(table):
        what = Text("结果会覆盖名册", "the result would take the place of the register")
        raise misplaced(table.shown, what, Text("给结果另起表名", "give it a name of its own"))
    if table.passing:
        what = Text("这个模式中的表在连接结束后不保留", "tables of this schema end with the connection")
        raise misplaced(table.shown, what, Text("不写模式，或写另一个", "leave the schema out, or name another"))
    if table.file is not None and not table.file.exists():
        if not table.file.resolve().parent.is_dir():
            folder = table.file.parent
            what = Text(f"没有这个文件夹：{folder}", f"there is no such folder: {folder}")
            raise misplaced(table.shown, what, Text("先建立该文件夹", "make it first"))
        return
    with database_errors(table, WRITE), contextlib.closing(connection_of(table, write=False)) as connection:
        there = _columns(connection, table)
    if there is None or (begun and not table.replace):
        return
    if not table.replace:
        raise _is_there(table)
    if not _is_result(there):
        message = Text(
            f"表 `{table.name}` 不是筛查结果，不予覆盖",
            f"the table `{table.name}` holds no results of a screening, so nothing takes its place",
        )
        hint = Text("另起表名，或自行删除此表", "name another table, or remove this one yourself")
        raise misplaced(table.shown, message, hint)


def _is_there(table: DatabaseTable) -> ProfileError:
    what = Text(f"已有表 `{table.name}`", f"there is a table `{table.name}` already")
    return misplaced(table.shown, what, Text("加上 &replace=yes，或另起表名", "add &replace=yes, or name another"))


def is_written(table: DatabaseTable, made: Iterable[Any], empty: Callable[[], Any]) -> bool:
    """Whether the table is there, as a run left it that was killed after it had written all lines.

    A table is written in one transaction, so it is whole. Raises ProfileError for a table of other columns or lines.
    """
    if table.file is not None and not table.file.exists():
        return False
    with database_errors(table, WRITE), contextlib.closing(connection_of(table, write=False)) as connection:
        if (there := _columns(connection, table)) is None:
            return False
        (lines,) = connection.execute(f"SELECT COUNT(*) FROM {table.quoted}").fetchone()
    rows, names = 0, list(empty().column_names)
    for one in made:
        rows, names = rows + one.num_rows, list(one.column_names)
    if (there, lines) != (names, rows):
        raise _is_there(table)
    return True


def _is_result(columns: Sequence[str]) -> bool:
    """Whether a table has the columns of an earlier result, in long or in wide form."""
    measures = [one for one in columns if one.rpartition(":")[2].isdigit()]
    return columns[0] == "line" and (set(COLUMNS) <= set(columns) or bool(measures))


def write(table: DatabaseTable, made: Iterable[Any], empty: Callable[[], Any]) -> None:
    """Writes tables of one schema; `empty` makes one without lines, in case there are none."""
    tables = iter(made)
    first = next(tables, None)
    if first is None:
        first = empty()
    with (
        _new_file(table),
        database_errors(table, WRITE),
        contextlib.closing(connection_of(table, write=True)) as connection,
    ):
        if table.replace:
            connection.execute(f"DROP TABLE IF EXISTS {table.quoted}")
        columns = ", ".join(f"{quoted(field.name)} {_kind(field.type)}" for field in first.schema)
        connection.execute(f"CREATE TABLE {table.quoted} ({columns})")
        fill = {"sqlite": _sqlite, "duckdb": _duckdb, "postgresql": _postgresql}[table.kind]
        fill(connection, table, chain([first], tables))
        connection.commit()
    with database_errors(table, WRITE), contextlib.closing(connection_of(table, write=False)) as connection:
        kept = _columns(connection, table)
    if kept is None:
        what = Text("写入后没有这张表", "the table is not there after it was written")
        raise misplaced(table.shown, what, Text("另写一个数据库或表名", "name another database or table"))


@contextlib.contextmanager
def _new_file(table: DatabaseTable) -> Iterator[None]:
    """Removes a database file that this run created, if writing fails."""
    new = table.file is not None and not table.file.exists()
    try:
        yield
    except BaseException:
        if new and table.file is not None:
            table.file.unlink(missing_ok=True)
        raise


def _columns(connection: Any, table: DatabaseTable) -> list[str] | None:
    """The columns of a table or view; None if it does not exist."""
    try:
        found = connection.execute(f"SELECT * FROM {table.quoted} LIMIT 0")
    except Exception as error:
        if type(error).__name__ in ("UndefinedTable", "CatalogException") or "no such table" in str(error):
            return None
        raise
    return [column[0] for column in found.description]


def _kind(kind: Any) -> str:
    """The SQL type of a column, by a name that all three databases accept."""
    plain = kind.value_type if pa.types.is_dictionary(kind) else kind
    if pa.types.is_boolean(plain):
        return "BOOLEAN"
    if pa.types.is_integer(plain):
        return "BIGINT"
    return "DOUBLE PRECISION" if pa.types.is_floating(plain) else "TEXT"


def _rows(tables: Iterable[Any]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows in large chunks, as plain Python values."""
    for table in tables:
        for start in range(0, table.num_rows, _MANY):
            part = table.slice(start, _MANY)
            columns = [as_text(column).to_pylist() for column in part.columns]
            kinds = [_kind(field.type) for field in part.schema]
            told_ = [
                [None if value is None else str(value) for value in column] if kind == "TEXT" else column
                for column, kind in zip(columns, kinds, strict=True)
            ]
            yield list(zip(*told_, strict=True))


def _sqlite(connection: Any, table: DatabaseTable, tables: Iterable[Any]) -> None:
    for rows in _rows(tables):
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {table.quoted} VALUES ({marks})", rows)


def _duckdb(connection: Any, table: DatabaseTable, tables: Iterable[Any]) -> None:
    for lines in tables:
        connection.register("lines of a piece", lines)
        connection.execute(f'INSERT INTO {table.quoted} SELECT * FROM "lines of a piece"')
        connection.unregister("lines of a piece")


def _postgresql(connection: Any, table: DatabaseTable, tables: Iterable[Any]) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table.quoted} FROM STDIN") as copy:
        for rows in _rows(tables):
            for row in rows:
                # PostgreSQL text cannot hold U+0000.
                copy.write_row([v.replace("\0", "\N{REPLACEMENT CHARACTER}") if isinstance(v, str) else v for v in row])
