"""Companies in a table or view of a database, in the database's order."""

from __future__ import annotations

import contextlib
import functools
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.sources.connection import READ, DatabaseTable, connection_of, database_errors
from applicability.bulk.sources.source import Progress, Rows, RowSource, fault
from applicability.text import Text


class DatabaseSource(RowSource):
    """A table of a database, read with a single SELECT."""

    def __init__(self, table: DatabaseTable, rows: int) -> None:
        super().__init__(rows)
        if table.file is not None and not table.file.is_file():
            what = Text(f"没有这个文件：{table.file}", f"there is no such file: {table.file}")
            hint = Text("三条斜线之后是相对路径", "after three slashes the path is relative")
            raise fault(table.shown, what, hint)
        self.table = table
        self._done = 0
        with database_errors(table, READ), contextlib.ExitStack() as opened:
            connection = opened.enter_context(contextlib.closing(connection_of(table, write=False)))
            found = connection.execute(f"SELECT count(*) FROM {table.quoted}").fetchone()
            self._total = int(found[0]) if found else 0
            if table.kind == "postgresql":  # a server-side cursor: rows are fetched on demand
                self._cursor = opened.enter_context(connection.cursor(name="companies"))
                self._cursor.execute(f"SELECT * FROM {table.quoted}")
            else:
                self._cursor = connection.execute(f"SELECT * FROM {table.quoted}")
            self._connection = connection
            self._open = opened.pop_all()

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        line = 1
        with database_errors(self.table, READ):
            while found := self._fetched():
                names = [column[0] for column in self._cursor.description]
                columns = [[_plain(value) for value in column] for column in zip(*found, strict=True)]
                self._done += len(found)
                rows = CellTable(dict(zip(names, columns, strict=True)), len(found))
                yield Rows(rows, range(line, line + len(found)))
                line += len(found)

    def _fetched(self) -> Any:
        """The next rows. SQLite may hold text that is not UTF-8: its bytes are then shown as escapes."""
        try:
            return self._cursor.fetchmany(self.rows)
        except sqlite3.OperationalError as error:
            if "decode to UTF-8" not in str(error):
                raise
        # Decoding by a function of our own takes twice as long, so it is used only where it must be.
        self._connection.text_factory = functools.partial(str, encoding="utf-8", errors="backslashreplace")
        self._cursor = self._connection.execute(f"SELECT * FROM {self.table.quoted} LIMIT -1 OFFSET {self._done}")
        return self._cursor.fetchmany(self.rows)

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, self._total)

    def close(self) -> None:
        """Closes the cursor, then the connection."""
        self._open.close()


def _plain(value: object) -> object:
    """A database value as a profile would state it."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return list(value) if isinstance(value, tuple) else value
