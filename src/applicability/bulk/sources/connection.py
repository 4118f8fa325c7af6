"""Database tables by URL: SQLite, DuckDB and PostgreSQL, for input and output.

`sqlite:///companies.db?table=companies`, `duckdb:///companies.duckdb?table=companies`,
`postgresql://user@host/database?table=companies`. Names are always quoted, values never part of a statement.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit, urlunsplit

from applicability.bulk.sources.source import fault, missing
from applicability.credentials import without_secrets, without_secrets_of
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass
from applicability.messages import first_line
from applicability.text import Text

DatabaseKind = Literal["sqlite", "duckdb", "postgresql"]


@dataclass(frozen=True)
class DatabaseTable:
    """A table: the kind of its database, the database's path (a URL for PostgreSQL), and its name.

    `shown` is the URL without secrets; `replace` allows a result to replace an existing table.
    """

    kind: DatabaseKind
    place: str
    name: str
    shown: str
    replace: bool = False

    @property
    def passing(self) -> bool:
        """Whether it is in a temporary schema, whose tables end with the connection."""
        schemas = [part.casefold() for part in self.name.split(".")[:-1]]
        return any(one == "temp" or one == "pg_temp" or one.startswith("pg_temp_") for one in schemas)

    @property
    def beside(self) -> str:
        """Its name, made safe for file names."""
        return "".join("_" if char in "/\\:" else char for char in self.name)

    @property
    def quoted(self) -> str:
        """Its name quoted for SQL; a dot separates schema and table."""
        return ".".join(quoted(part) for part in self.name.split("."))

    def same(self, other: DatabaseTable) -> bool:
        """Whether both may be the same table: names in a file database are case-insensitive."""
        if self.kind != other.kind:
            return False
        if self.file is None or other.file is None:
            return self.place == other.place and self.name.split(".")[-1] == other.name.split(".")[-1]
        names = {one.name.rpartition(".")[2].casefold() for one in (self, other)}
        return self.file.resolve() == other.file.resolve() and len(names) == 1

    @property
    def file(self) -> Path | None:
        """The database file; None for PostgreSQL."""
        return None if self.kind == "postgresql" else Path(self.place)


def table_of(url: str) -> DatabaseTable:
    """Parses a table URL. Raises ProfileError."""
    shown = without_secrets(url, name=True)
    try:
        parts = urlsplit(url)
    except ValueError:  # the message may repeat the password
        what = Text("不是 URL", "it is no URL")
        raise fault(shown, what, Text("写作 kind:///file?table=NAME", "kind:///file?table=NAME")) from None
    asked = parse_qs(parts.query)
    name = asked.pop("table", [""])[0]
    if not (name + unquote(parts.path)).isprintable():
        what = Text("名称含控制字符或非文字的字节", "a name in it holds control characters or bytes that are no text")
        raise fault(shown, what, Text("检查 URL", "check the URL"))
    replace = asked.pop("replace", ["no"])[0].lower() in ("yes", "true", "1")
    if not name:
        what = Text("没有指明哪张表", "it does not say which table")
        raise fault(shown, what, Text("加上 ?table=NAME", "add ?table=NAME"))
    if parts.scheme in ("postgresql", "postgres"):
        query = urlencode(asked, doseq=True, quote_via=quote)
        place = urlunsplit(("postgresql", parts.netloc, parts.path, query, ""))
        return DatabaseTable("postgresql", place, name, shown, replace)
    if parts.netloc:
        relative, absolute = f"{parts.scheme}:///relative/path", f"{parts.scheme}:////absolute/path"
        hint = Text(f"写作 {relative} 或 {absolute}", f"{relative} or {absolute}")
        raise fault(shown, Text("文件没有主机名", "a file has no host"), hint)
    kind: DatabaseKind = "sqlite" if parts.scheme == "sqlite" else "duckdb"
    place = unquote(parts.path[1:])
    if not place or place.startswith(":memory:"):
        what = Text("没有指明文件：内存中的数据库不会保留", "it names no file: a database in memory is not kept")
        raise fault(shown, what, Text(f"写作 {kind}:///FILE?table=NAME", f"write {kind}:///FILE?table=NAME"))
    return DatabaseTable(kind, place, name, shown, replace)


# SQLite errors for a read-only file with a hot journal that must be rolled back first.
_UNFINISHED = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_READONLY_ROLLBACK, sqlite3.SQLITE_READONLY_RECOVERY,
               sqlite3.SQLITE_READONLY_CANTINIT, sqlite3.SQLITE_CANTOPEN)  # fmt: skip
READ = Text("无法读取", "cannot be read")
WRITE = Text("无法写入", "cannot be written")


@contextlib.contextmanager
def database_errors(table: DatabaseTable, failed: Text) -> Iterator[None]:
    """Converts any database error into a problem of the table."""
    try:
        yield
    except (ModuleNotFoundError, ProfileError):
        raise
    except Exception as error:  # each database driver has its own errors
        words = without_secrets_of(table.place, first_line(error))  # the library repeats what it cannot read
        what = Text(f"{failed.zh}：“{words}”", f"{failed.en}: {words}")
        raise fault(
            table.shown, what, Text("检查 URL、表名和权限", "check the URL, the table and the rights")
        ) from None


def connection_of(table: DatabaseTable, *, write: bool) -> Any:
    """Opens a database, in a transaction if `write`. Closing it without a commit rolls back."""
    if table.kind == "postgresql":
        try:
            import psycopg
        except ModuleNotFoundError:
            raise missing("psycopg", "databases") from None
        connection: Any = psycopg.connect(table.place)
        connection.read_only = not write
        return connection
    connection = _readable_sqlite(table) if table.kind == "sqlite" and not write else _file(table, write=write)
    if write:
        try:
            connection.execute("BEGIN")
        except BaseException:
            connection.close()
            raise
    return connection


def _file(table: DatabaseTable, *, write: bool) -> Any:
    """Opens a database that is a file."""
    if table.kind == "sqlite":
        return _sqlite(table, "rwc")
    try:
        import duckdb
    except ModuleNotFoundError:
        raise missing("duckdb", "databases") from None
    return duckdb.connect(table.place, read_only=not write)


def _readable_sqlite(table: DatabaseTable) -> Any:
    """Opens a SQLite file that can be read, without the right to write where that is enough."""
    connection = _sqlite(table, "ro")
    try:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except BaseException as error:
        connection.close()
        if not isinstance(error, sqlite3.OperationalError) or error.sqlite_errorcode not in _UNFINISHED:
            raise
        # A writer was killed: only a connection that may write can roll back its journal.
        return _sqlite(table, "rw")
    return connection


def _sqlite(table: DatabaseTable, mode: str) -> Any:
    where = f"{Path(table.place).resolve().as_uri()}?mode={mode}"
    # A reader thread uses it, and never concurrently.
    return sqlite3.connect(where, uri=True, isolation_level=None, check_same_thread=False)


def quoted(name: str) -> str:
    """Quotes an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'
