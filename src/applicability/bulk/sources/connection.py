"""A table of a database by URL: SQLite, DuckDB and PostgreSQL, for registers in and for results out.

`sqlite:///companies.db?table=companies`, `duckdb:///companies.duckdb?table=companies`,
`postgresql://user@host/database?table=companies`. Names are always quoted, values never part of a statement.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, unquote, urlsplit, urlunsplit

from applicability.bulk.sources.source import fault, missing
from applicability.errors import ProfileError
from applicability.messages import first_line
from applicability.text import Text

DatabaseKind = Literal["sqlite", "duckdb", "postgresql"]


@dataclass(frozen=True)
class DatabaseTable:
    """A table: the kind of its database, where that is (a path, or a URL for PostgreSQL), and its name.

    `shown` is the URL without its password; `replace` allows a result to take the place of a table that is there.
    """

    kind: DatabaseKind
    place: str
    name: str
    shown: str
    replace: bool = False

    @property
    def quoted(self) -> str:
        """Its name in a statement; a point parts a schema from a table."""
        return ".".join(quoted(part) for part in self.name.split("."))

    def same(self, other: DatabaseTable) -> bool:
        """Whether both may be one table: names in a file's database are alike in capitals and in small letters."""
        if self.kind != other.kind:
            return False
        if self.file is None or other.file is None:
            return self.place == other.place and self.name.split(".")[-1] == other.name.split(".")[-1]
        names = {one.name.rpartition(".")[2].casefold() for one in (self, other)}
        return self.file.resolve() == other.file.resolve() and len(names) == 1

    @property
    def file(self) -> Path | None:
        """The file of its database, if that is one."""
        return None if self.kind == "postgresql" else Path(self.place)


def table_of(url: str) -> DatabaseTable:
    """The table that a URL names. Raises ProfileError."""
    shown = _shown(url)
    try:
        parts = urlsplit(url)
    except ValueError as error:
        what = Text(f"不是 URL：“{error}”", f"it is no URL: {error}")
        raise fault(shown, what, Text("写作 kind:///file?table=NAME", "kind:///file?table=NAME")) from None
    asked = parse_qs(parts.query)
    name = asked.pop("table", [""])[0]
    replace = asked.pop("replace", ["no"])[0].lower() in ("yes", "true", "1")
    if not name:
        what = Text("没有指明哪张表", "it does not say which table")
        raise fault(shown, what, Text("加上 ?table=NAME", "add ?table=NAME"))
    if parts.scheme in ("postgresql", "postgres"):
        query = "&".join(f"{key}={value}" for key, values in asked.items() for value in values)
        place = urlunsplit(("postgresql", parts.netloc, parts.path, query, ""))
        return DatabaseTable("postgresql", place, name, shown, replace)
    if parts.netloc:
        relative, absolute = f"{parts.scheme}:///relative/path", f"{parts.scheme}:////absolute/path"
        hint = Text(f"写作 {relative} 或 {absolute}", f"{relative} or {absolute}")
        raise fault(shown, Text("文件没有主机名", "a file has no host"), hint)
    kind: DatabaseKind = "sqlite" if parts.scheme == "sqlite" else "duckdb"
    return DatabaseTable(kind, unquote(parts.path[1:]), name, shown, replace)


READ = Text("无法读取", "cannot be read")
WRITE = Text("无法写入", "cannot be written")


@contextlib.contextmanager
def told(table: DatabaseTable, failed: Text) -> Iterator[None]:
    """Say what a database says, whichever it is, as a problem of the table."""
    try:
        yield
    except (ModuleNotFoundError, ProfileError):
        raise
    except Exception as error:  # each database has errors of its own
        words = first_line(error)
        what = Text(f"{failed.zh}：“{words}”", f"{failed.en}: {words}")
        raise fault(
            table.shown, what, Text("检查 URL、表名和权限", "check the URL, the table and the rights")
        ) from None


def connection_of(table: DatabaseTable, *, write: bool) -> Any:
    """A connection to a database, in a transaction when it writes. Closing it without a commit undoes what it did."""
    if table.kind == "postgresql":
        try:
            import psycopg
        except ModuleNotFoundError:
            raise missing("psycopg", "databases") from None
        connection: Any = psycopg.connect(table.place)
        connection.read_only = not write
        return connection
    library: Any
    if table.kind == "sqlite":
        import sqlite3 as library

        where = f"{Path(table.place).resolve().as_uri()}?mode={'rwc' if write else 'ro'}"
        # Rows are read by a thread of their own, and by no other at once.
        connection = library.connect(where, uri=True, isolation_level=None, check_same_thread=False)
    else:
        try:
            import duckdb as library
        except ModuleNotFoundError:
            raise missing("duckdb", "databases") from None
        connection = library.connect(table.place, read_only=not write)
    if write:
        connection.execute("BEGIN")
    return connection


def quoted(name: str) -> str:
    """A name in a statement."""
    return '"' + name.replace('"', '""') + '"'


def _shown(url: str) -> str:
    """A URL without its password."""
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        return url.partition("://")[0] + "://…"
    if password is None:
        return url
    host = parts.netloc.rpartition("@")[2]
    return urlunsplit((parts.scheme, f"{parts.username}:***@{host}", parts.path, parts.query, ""))
