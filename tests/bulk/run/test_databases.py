"""Results as a database table: the same lines as a file, written atomically, without touching anything else."""

from __future__ import annotations

import csv
import io
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from applicability.bulk.engine.verdict_tables import COLUMNS
from applicability.bulk.output.database import write as write_table
from applicability.bulk.sources.connection import DatabaseTable, connection_of, table_of

from ...cli.conftest import Done
from ...examples import drawn
from . import postgres
from .conftest import COMPANIES, table, write

Screen = Callable[..., Done]
FILES = ("sqlite", "duckdb")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    if reason := postgres.why_none():
        pytest.skip(reason)
    with postgres.server() as url:
        yield url


def held(place: DatabaseTable) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The columns and rows of a table."""
    with closing(connection_of(place, write=False)) as connection:
        found = connection.execute(f"SELECT * FROM {place.quoted}")
        return [column[0] for column in found.description], found.fetchall()


def same(place: DatabaseTable, text: str) -> None:
    """Asserts that a table holds the lines of a CSV."""
    names, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    columns, rows = held(place)
    assert columns == names
    assert [["" if value is None else str(value) for value in row] for row in rows] == lines


@pytest.mark.parametrize("form", ["long", "wide"])
@pytest.mark.parametrize("kind", FILES)
def test_a_table_holds_the_lines_of_a_file(kind: str, form: str, screen: Screen, tmp_path: Path) -> None:
    source = write("parquet", tmp_path)
    text = screen(source, "--form", form, "--keep", "id", "-o", "-", "--format", "csv").stdout
    done = screen(source, "--form", form, "--keep", "id", "-o", f"{kind}:///out.db?table=open measures")
    assert done.returncode == 0, done.stderr
    assert f"Result: {kind}:///out.db?table=open measures" in done.stdout
    same(table_of(f"{kind}:///{tmp_path}/out.db?table=open measures"), text)
    assert (tmp_path / "out.open measures.notes.csv").is_file()
    assert sorted(one.name for one in tmp_path.iterdir()) == [
        "companies.parquet", "out.db", "out.open measures.notes.csv"
    ]  # fmt: skip


@pytest.mark.thorough
@pytest.mark.parametrize("form", ["long", "wide"])
def test_postgresql_holds_the_lines_of_a_file(form: str, server: str, screen: Screen, tmp_path: Path) -> None:
    source = write("parquet", tmp_path)
    text = screen(source, "--form", form, "--keep", "id", "-o", "-", "--format", "csv").stdout
    url = f"{server}?table={form}"
    done = screen(source, "--form", form, "--keep", "id", "-o", url)
    assert done.returncode == 0, done.stderr
    assert "secret" not in done.stdout + done.stderr
    same(table_of(url), text)
    again = screen(source, "--form", form, "--keep", "id", "-o", url)
    assert again.returncode == 3
    assert f"there is a table `{form}` already" in again.stderr
    assert screen(source, "--form", form, "--keep", "id", "-o", url + "&replace=yes").returncode == 0
    same(table_of(url), text)


@pytest.mark.thorough
def test_a_register_in_postgresql_gives_the_lines_of_a_file(server: str, screen: Screen, tmp_path: Path) -> None:
    names = ("id", "city", "zones", "activities", "foreign_share", "foreign_invested", "sector", "entity_kind")
    with psycopg.connect(server) as connection:
        connection.execute('CREATE SCHEMA "the register"')
        connection.execute(
            'CREATE TABLE "the register"."companies; --" '
            "(id text, city text, zones text[], activities text[], foreign_share numeric, foreign_invested boolean, "
            "sector text, entity_kind text)"
        )
        with connection.cursor() as cursor:
            marks = ", ".join(["%s"] * len(names))
            for company in COMPANIES:
                cursor.execute(
                    f'INSERT INTO "the register"."companies; --" VALUES ({marks})', [company.get(one) for one in names]
                )
    url = f"{server}?table=the%20register.companies%3B%20--"
    found = screen(url, "--keep", "id", "--only", "all", "-o", "found.csv")
    assert found.returncode == 0, found.stderr
    assert "8 rows read, 8 companies screened, 0 rows that are not companies" in found.stdout
    assert "secret" not in found.stdout
    screen(write("parquet", tmp_path), "--keep", "id", "--only", "all", "-o", "expected.csv")
    assert (tmp_path / "found.csv").read_bytes() == (tmp_path / "expected.csv").read_bytes()


@pytest.mark.parametrize("kind", FILES)
def test_a_table_that_is_there_is_kept_unless_the_url_says_so(kind: str, screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    url = f"{kind}:///{tmp_path}/out.db?table=open"
    mine = table_of(url)
    with closing(connection_of(mine, write=True)) as connection:
        connection.execute("CREATE TABLE open (mine TEXT)")
        connection.execute("CREATE TABLE other (mine TEXT)")
        connection.commit()
    done = screen(source, "-o", url)
    assert done.returncode == 3
    assert "there is a table `open` already" in done.stderr
    assert held(mine) == (["mine"], [])
    done = screen(source, "-o", f"{url}&replace=yes")
    assert done.returncode == 3
    assert "the table `open` holds no results of a screening" in done.stderr
    assert held(mine) == (["mine"], [])
    results = url.replace("=open", "=results")
    for form in ("long", "wide", "long"):
        done = screen(source, "--form", form, "-o", f"{results}&replace=yes")
        assert done.returncode == 0, done.stderr
    assert held(table_of(results))[0][-len(COLUMNS) :] == list(COLUMNS)
    assert held(table_of(url.replace("=open", "=other"))) == (["mine"], [])


@pytest.mark.parametrize("kind", FILES)
def test_results_may_stand_beside_the_register_but_not_in_its_place(kind: str, screen: Screen, tmp_path: Path) -> None:
    register = write(kind, tmp_path)
    for name in ("companies", "COMPANIES", "main.companies"):
        done = screen(register, "-o", f"{register.replace('=companies', f'={name}')}&replace=yes")
        assert done.returncode == 3, name
        assert "the result would take the place of the register" in done.stderr
    assert len(held(table_of(register))[1]) == len(COMPANIES)
    file = str(table_of(register).file)
    done = screen(register, "-o", file, "--format", "csv")
    assert done.returncode == 2
    assert "would take the place of what is read" in done.stderr
    done = screen(register, "--keep", "id", "-o", register.replace("table=companies", "table=open"))
    assert done.returncode == 0, done.stderr
    assert len(held(table_of(register))[1]) == len(COMPANIES)
    assert {row[1] for row in held(table_of(register.replace("=companies", "=open")))[1]} <= {"C1", "C2", "C3", "C7"}


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///out.db", "it does not say which table"),
        ("sqlite:///nowhere/out.db?table=open", "there is no such folder: nowhere"),
        ("duckdb:///notes.txt?table=open", "cannot be written"),
        ("sqlite:///notes.txt?table=open", "cannot be written"),
        ("postgresql://user:secret@127.0.0.1:1/none?table=open&connect_timeout=2", "cannot be written"),
        ("postgresql://[?table=open", "it is no URL"),
    ],
)
def test_what_cannot_be_written_is_told_before_anything_is_read(
    url: str, words: str, screen: Screen, tmp_path: Path
) -> None:
    (tmp_path / "notes.txt").write_text("mine\n" * 200, "utf-8")
    done = screen(write("csv", tmp_path), "-o", url)
    assert done.returncode == 3
    assert words in done.stderr
    assert "secret" not in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(one.name for one in tmp_path.iterdir()) == ["companies.csv", "notes.txt"]


@pytest.mark.parametrize("kind", FILES)
def test_lines_that_fail_leave_nothing(kind: str, tmp_path: Path) -> None:
    def lines() -> Iterator[pa.Table]:
        yield pa.table({"line": [1]})
        raise OSError("the disk went away")

    place = table_of(f"{kind}:///{tmp_path}/out.db?table=open")
    with pytest.raises(Exception, match="the disk went away"):
        write_table(place, lines(), lambda: pa.table({"line": [1]}))
    assert list(tmp_path.iterdir()) == []


@settings(max_examples=drawn(60), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.text(st.characters(exclude_characters="\0.", codec="utf-8"), min_size=1, max_size=12),
    column=st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=12),
    value=st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12) | st.none(),
    kind=st.sampled_from(FILES),
)
def test_no_name_and_no_value_is_ever_a_statement(
    name: str, column: str, value: str | None, kind: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("fuzzed") / "out.db"
    place = DatabaseTable("sqlite" if kind == "sqlite" else "duckdb", str(file), name, "")
    write_table(place, iter([pa.table({column: pa.array([value], pa.string())})]), lambda: None)
    assert held(place) == ([column], [(value,)])
    with closing(connection_of(place, write=False)) as connection:
        listing = "sqlite_schema WHERE type = 'table'" if kind == "sqlite" else "duckdb_tables()"
        key = "name" if kind == "sqlite" else "table_name"
        assert connection.execute(f"SELECT {key} FROM {listing}").fetchall() == [(name,)]
    file.unlink()


@pytest.mark.thorough
def test_names_and_values_of_any_kind_pass_through_postgresql(server: str, screen: Screen, tmp_path: Path) -> None:
    hard = ['a"b', "'; DROP TABLE x; --", "\\N", "tab\there", "zero\0here", "%s", "两行\n字"]
    names = {f'"{one}': pa.array([one]) for one in hard if "\0" not in one}
    pq.write_table(
        pa.table({"city": ["天津"] * len(hard), "名称": hard, **{k: pa.array(hard) for k in names}}),
        tmp_path / "h.parquet",
    )
    kept = [part for name in ("名称", *names) for part in ("--keep", name)]
    place = f'{server}?table=hard";%20--'
    done = screen("h.parquet", *kept, "--form", "wide", "-o", place)
    assert done.returncode == 0, done.stderr
    columns, rows = held(table_of(place))
    assert columns[1 : 2 + len(names)] == ["名称", *names]
    assert [row[1] for row in rows] == [one.replace("\0", "\ufffd") for one in hard]


def test_a_kept_column_does_not_hide_one_of_the_result(screen: Screen, tmp_path: Path) -> None:
    whole = table(COMPANIES[:1]).append_column("Verdict", pa.array(["mine"])).append_column("line", pa.array([7]))
    pq.write_table(whole, tmp_path / "odd.parquet")
    done = screen("odd.parquet", "--keep", "Verdict", "--keep", "line", "--only", "all", "-o", "sqlite:///o.db?table=t")
    assert done.returncode == 0, done.stderr
    with closing(sqlite3.connect(tmp_path / "o.db")) as connection:
        found = connection.execute("SELECT line, source_Verdict, source_line, verdict FROM t").fetchone()
    assert found[:3] == (1, "mine", 7)
    assert found[3] != "mine"


def killed_while_writing(file: Path) -> None:
    """Leaves an SQLite file as a writer that was killed does."""
    script = (
        "import os, sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None);"
        "c.execute('PRAGMA cache_size = 1'); c.execute('BEGIN'); c.execute('CREATE TABLE half (a)');"
        "c.executemany('INSERT INTO half VALUES (?)', [('x' * 4000,)] * 500); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", script, str(file)], check=True)
    assert file.with_name(f"{file.name}-journal").stat().st_size


@pytest.mark.parametrize("replace", ["", "&replace=yes"])
def test_a_run_goes_on_after_one_was_killed_while_writing(replace: str, screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    if replace:
        assert screen(source, "-o", "sqlite:///out.db?table=open").returncode == 0
    killed_while_writing(tmp_path / "out.db")
    assert screen(source, "-o", f"sqlite:///out.db?table=open{replace}").returncode == 0
    assert held(table_of(f"sqlite:///{tmp_path}/out.db?table=open"))[1]


def test_a_register_is_read_after_somebody_was_killed_while_writing(screen: Screen, tmp_path: Path) -> None:
    source = write("sqlite", tmp_path)
    killed_while_writing(tmp_path / "companies.sqlite")
    assert "8 rows read" in screen(source).stdout


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("duckdb:///:memory:?table=t", "a database in memory is not kept"),
        ("duckdb:///:memory:mine?table=t", "a database in memory is not kept"),
        ("sqlite:///:memory:?table=t", "a database in memory is not kept"),
        ("duckdb:///?table=t", "it names no file"),
        ("sqlite://?table=t", "it names no file"),
        ("duckdb:///out.db?table=temp.t", "tables of this schema end with the connection"),
        ("duckdb:///out.db?table=Temp.main.t", "tables of this schema end with the connection"),
        ("sqlite:///out.db?table=temp.t", "tables of this schema end with the connection"),
        ("postgresql://127.0.0.1:1/none?table=pg_temp.t", "tables of this schema end with the connection"),
        ("postgresql://127.0.0.1:1/none?table=pg_temp_3.t", "tables of this schema end with the connection"),
        ("sqlite:///out.db?table=a%00b", "control characters"),
        ("sqlite:///out%00.db?table=a", "control characters"),
    ],
)
def test_a_result_that_would_not_be_kept_is_refused(url: str, words: str, screen: Screen, tmp_path: Path) -> None:
    done = screen(write("csv", tmp_path), "-o", url)
    assert done.returncode == 3
    assert words in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["companies.csv"]


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("name", ["a/b", "../a", "a\\b", "a:b"])
def test_a_table_may_be_called_as_no_file_can(kind: str, name: str, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    source = write("csv", tmp_path / "in")
    (tmp_path / "in" / "more").mkdir()
    url = f"{kind}:///in/more/out.db?table={name.replace('..', 'x')}"
    assert screen(source, "-o", url).returncode == 0
    assert held(table_of(url.replace("in/more", f"{tmp_path}/in/more")))[1]
    assert sorted(one.name for one in (tmp_path / "in").iterdir()) == ["companies.csv", "more"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://user:s3cret@127.0.0.1:1/none?table=t&connect_timeout=1",
        "postgresql://127.0.0.1:1/none?table=t&connect_timeout=1&password=s3cret",
        "postgresql://127.0.0.1:1/none?table=t&connect_timeout=1&sslpassword=s3cret&passfile=s3cret",
        "postgresql://127.0.0.1:1/none?table=t&PASSWORD=s3cret",
        "postgresql://127.0.0.1:1/none?table=t&p%61ssword=s3cret",
        "postgresql://user:s3cret%zz@127.0.0.1:1/none?table=t",
        "postgresql://user:s3cret@127.0.0.1:pört/none?table=t",
        "postgresql://user:s3cret@[::1/none?table=t",
        "postgresql://user:s3cret℀@127.0.0.1/none?table=t",
        "postgresql://user:s3cret@127.0.0.1:1/none",
        "postgresql://user:s3cret?s3cret@127.0.0.1:1/none",
        "postgresql://user:s3cret#s3cret@127.0.0.1:1/none?table=t",
        "sqlite://user:s3cret@host/out.db?table=t",
    ],
)
@pytest.mark.parametrize("reading", [True, False])
def test_a_password_is_never_shown(url: str, reading: bool, screen: Screen, tmp_path: Path) -> None:
    done = screen(url) if reading else screen(write("csv", tmp_path), "-o", url)
    assert done.returncode == 3
    assert "s3cret" not in done.stderr + done.stdout


class _Killed(BaseException):
    """What a test raises where a process would be killed."""


@pytest.mark.parametrize("kind", FILES)
def test_a_run_that_was_killed_when_its_table_was_complete_is_done_the_next_time(
    kind: str, screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, url = write("csv", tmp_path), f"{kind}:///out.db?table=t"
    place = table_of(f"{kind}:///{tmp_path}/out.db?table=t")

    def interrupted() -> None:
        with monkeypatch.context() as patched:
            patched.setattr("applicability.bulk.run.screening.database.write", then_killed)
            with pytest.raises(_Killed):
                screen(source, "-o", url)

    def then_killed(*args: Any) -> None:
        write_table(*args)
        raise _Killed

    interrupted()
    whole = held(place)
    assert whole[1]
    done = screen(source, "-o", url)
    assert not done.stderr
    assert done.returncode == 0
    assert held(place) == whole
    assert sorted(one.name for one in tmp_path.iterdir()) == ["companies.csv", "out.db", "out.t.notes.csv"]
    # Another run, and one whose table somebody has changed since, leave it alone.
    again = screen(source, "-o", url)
    assert (again.returncode, "there is a table `t` already" in again.stderr) == (3, True)
    (tmp_path / "out.db").unlink()
    interrupted()
    assert screen(source, "-o", url, "--only", "eligible").returncode == 3
    assert held(place) == whole
    (tmp_path / "out.db").unlink()
    interrupted()
    with closing(connection_of(place, write=True)) as connection:
        connection.execute(f"DELETE FROM {place.quoted} WHERE line = 2")
        connection.commit()
    assert screen(source, "-o", url).returncode == 3
    assert len(held(place)[1]) < len(whole[1])
