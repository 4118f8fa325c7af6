"""Companies in a table of a database: SQLite, DuckDB and PostgreSQL, by URL.

`sqlite:///companies.db?table=companies`, `duckdb:///companies.duckdb?table=companies`,
`postgresql://user@host/database?table=companies`. A view is a table. Nothing but the table is asked for, and its name
is quoted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from applicability.columnar.arrays import CellTable
from applicability.errors import ProfileError
from applicability.screening.sources import Progress, Rows, RowSource, fault, missing


@dataclass
class DatabaseSource(RowSource):
    """A table of a database, in the order that the database gives."""

    def __init__(self, url: str, rows: int) -> None:
        super().__init__(rows)
        self.name = _shown(url)
        kind, place, table = _taken(url)
        self._quoted = ".".join('"' + part.replace('"', '""') + '"' for part in table.split("."))
        self._stack = contextlib.ExitStack()
        try:
            self._cursor, self._total = self._opened(kind, place)
        except Exception as error:  # each database has errors of its own
            self.close()
            if isinstance(error, (ModuleNotFoundError, OSError, ProfileError)):
                raise
            words = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise fault(self.name, f"cannot be read: {words}", "check the URL, the table and the rights") from None
        self._done = 0

    def _opened(self, kind: str, place: str) -> tuple[Any, int]:
        if kind == "postgresql":
            return self._postgresql(place)
        if not Path(place).is_file():
            raise fault(self.name, f"there is no such file: {place}", "after three slashes the path is relative")
        library: Any
        if kind == "sqlite":
            import sqlite3 as library

            connection = library.connect(f"{Path(place).resolve().as_uri()}?mode=ro", uri=True)
        else:
            try:
                import duckdb as library
            except ModuleNotFoundError:
                raise missing("duckdb", "databases") from None
            connection = library.connect(place, read_only=True)
        self._stack.callback(connection.close)
        total = connection.execute(f"SELECT count(*) FROM {self._quoted}").fetchone()[0]
        return connection.execute(f"SELECT * FROM {self._quoted}"), int(total)

    def _postgresql(self, place: str) -> tuple[Any, int]:
        try:
            import psycopg
        except ModuleNotFoundError:
            raise missing("psycopg", "databases") from None
        connection = self._stack.enter_context(psycopg.connect(place))
        connection.read_only = True
        total = connection.execute(f"SELECT count(*) FROM {self._quoted}").fetchone()
        cursor = connection.cursor(name="companies")  # on the server: rows come as they are asked for
        cursor.execute(f"SELECT * FROM {self._quoted}")
        return cursor, int(total[0]) if total else 0

    def batches(self) -> Iterator[Rows]:
        """All rows, so many at a time."""
        line = 1
        while found := self._cursor.fetchmany(self.rows):
            names = [column[0] for column in self._cursor.description]
            columns = [[_plain(value) for value in column] for column in zip(*found, strict=True)]
            self._done += len(found)
            table = CellTable(dict(zip(names, columns, strict=True)), len(found))
            yield Rows(table, range(line, line + len(found)))
            line += len(found)

    def progress(self) -> Progress:
        """Rows read, of all rows."""
        return Progress(self._done, self._total)

    def close(self) -> None:
        """Close the connection."""
        self._stack.close()


def _plain(value: object) -> object:
    """A value as a profile would give it."""
    if isinstance(value, Decimal):
        return format(value, "f")
    if hasattr(value, "isoformat"):
        return value.isoformat()[:10]
    return list(value) if isinstance(value, tuple) else value


def _taken(url: str) -> tuple[str, str, str]:
    """The kind of database, where it is, and the table. Raises ProfileError."""
    parts = urlsplit(url)
    asked = parse_qs(parts.query)
    table = asked.pop("table", [""])[0]
    if not table:
        raise fault(_shown(url), "it does not say which table", "add ?table=NAME")
    if parts.scheme in ("postgresql", "postgres"):
        query = "&".join(f"{key}={value}" for key, values in asked.items() for value in values)
        return "postgresql", urlunsplit(("postgresql", parts.netloc, parts.path, query, "")), table
    if parts.netloc:
        hint = f"{parts.scheme}:///relative/path or {parts.scheme}:////absolute/path"
        raise fault(_shown(url), "a file has no host", hint)
    return parts.scheme, unquote(parts.path[1:]), table


def _shown(url: str) -> str:
    """A URL without its password."""
    parts = urlsplit(url)
    if parts.password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, f"{parts.username}:***@{host}", parts.path, parts.query, ""))
