"""Compiled rules give every company the verdicts of a check, in DuckDB and Polars; no text is interpreted as code."""

from __future__ import annotations

import datetime
import functools
import itertools
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa
import pytest
import sqlglot
from click.testing import CliRunner
from hypothesis import given, settings, strategies as st

from applicability import Profile, Rulebook, load_rulebook
from applicability.bulk.engine.row_profiles import profile_of
from applicability.cli.root import root
from applicability.engines.select import decide
from applicability.errors import ArgumentError, ProfileError
from applicability.export import SqlDialect, polars as to_polars, sql as to_sql
from applicability.export.canonical import columns_of, row_of
from applicability.export.program import Program, program_of
from applicability.loading.cases import read_cases
from applicability.loading.profile.reader import read_facts
from applicability.loading.source import rules_folder
from applicability.model.facts import Facts
from applicability.text import Text

from ..examples import drawn
from ..strategies import profiles

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from company_table import COMPANY, Register

BOOK = load_rulebook()
SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
DAY = datetime.date(2026, 11, 1)
KINDS = {"text": pa.string(), "list": pa.list_(pa.string()), "number": pa.float64()}


@functools.cache
def compiled(book_id: str) -> Program:
    """The program of one of the two rulebooks."""
    book = BOOK if book_id == BOOK.id else SMALL
    return program_of(book, book.measures, DAY, "en")


def table_of(told: Sequence[Facts], book: Rulebook, key: str = "company") -> pa.Table:
    rows = [row_of(facts, book) for facts in told]
    columns = {name: pa.array([row[name] for row in rows], KINDS[kind]) for name, kind in columns_of(book).items()}
    return pa.table({key: pa.array(range(len(rows))), **columns})


_RENDERED: dict[int, tuple[Program, str, Callable[[pl.LazyFrame], pl.LazyFrame]]] = {}


def rendered(program: Program) -> tuple[str, Callable[[pl.LazyFrame], pl.LazyFrame]]:
    """The program in SQL and as a function of Polars, made once: for the plan that takes seconds."""
    if id(program) not in _RENDERED:
        space: dict[str, Any] = {}
        exec(compile(to_polars.render(program, "en", "company"), "rules", "exec"), space)
        query = to_sql.render(program, "en", "duckdb", "companies", "company")
        _RENDERED[id(program)] = program, query, space["verdicts"]
    return _RENDERED[id(program)][1:]


def by_duckdb(program: Program, table: pa.Table) -> list[tuple[int, ...]]:
    with duckdb.connect() as database:
        database.register("companies", table)
        return sorted(database.execute(rendered(program)[0]).fetchall())


def by_polars(program: Program, table: pa.Table) -> list[tuple[int, ...]]:
    frame = rendered(program)[1](pl.DataFrame(table).lazy()).collect()
    assert isinstance(frame, pl.DataFrame)
    return sorted(frame.rows())


def agree(told: Sequence[Facts], book: Rulebook) -> None:
    program, table = compiled(book.id), table_of(told, book)
    keys = [(one.measure.document, one.measure.row, "measure") for one in program.measures]
    expected = []
    for number, facts in enumerate(told):
        verdicts = decide(book, facts, "reference")[1].verdicts
        expected.append((number, *(int(verdicts[key]) for key in keys)))
    for road in (by_duckdb, by_polars):
        for own, other in zip(road(program, table), expected, strict=True):
            unlike = [
                keys[place - 1][1] for place, pair in enumerate(zip(own, other, strict=True)) if pair[0] != pair[1]
            ]
            assert unlike == [], (road.__name__, told[own[0]])


def facts_of(profile: Profile, book: Rulebook) -> Facts:
    return read_facts(profile, book, DAY)


@pytest.mark.thorough
@given(told=st.lists(profiles(BOOK), min_size=1, max_size=20))
@settings(max_examples=drawn(6))
def test_on_the_plan(told: list[Profile]) -> None:
    agree([facts_of(one, BOOK) for one in told], BOOK)


@given(told=st.lists(profiles(SMALL), min_size=1, max_size=20))
@settings(max_examples=drawn(25))
def test_on_the_small_rulebook(told: list[Profile]) -> None:
    agree([facts for one in told if (facts := facts_or_none(dict(one.facts), SMALL)) is not None], SMALL)


def test_a_share_within_a_range_in_the_words_of_registers() -> None:
    shares = ("30%至50%", "51-100%", "绝对控股", "不超过半数", "超过25%不超过50%", "49%~51%")
    own = {"city": "上海", "activities": sorted(SMALL.sectors.activities)}
    agree([facts_of(Profile.of({**own, "foreign_share": one}), SMALL) for one in shares], SMALL)


def test_a_finding_that_cannot_be_read_waits_for_information() -> None:
    answers = {None: 3, True: 4, False: 0, "unknown": 2}
    keys, pairs = ("3.qualified", "3.specific-area"), list(itertools.product(answers, repeat=2))
    given = [{key: said for key, said in zip(keys, pair, strict=True) if said is not None} for pair in pairs]
    own = {"city": "上海", "foreign_share": 20, "activities": sorted(SMALL.sectors.activities)}
    told = [facts_of(Profile.of({**own, "determinations": one}), SMALL) for one in given]
    agree(told, SMALL)
    place = 1 + [one.measure.row for one in compiled(SMALL.id).measures].index(3)
    found = [row[place] for row in by_duckdb(compiled(SMALL.id), table_of(told, SMALL))]
    assert found == [min(answers[one] for one in pair) for pair in pairs]


@pytest.mark.thorough
def test_findings_and_limits_that_cannot_be_read_on_the_plan() -> None:
    told: list[Facts] = []
    for case in read_cases(rules_folder() / "cases", "rules/cases", BOOK):
        for said in (True, False, "unknown") if "conditional" in case.expect.values() else ():
            keys = {"determinations": BOOK.judgements, "limits": BOOK.limits}
            every = {name: dict.fromkeys(own, said) for name, own in keys.items()}
            if (facts := facts_or_none({**case.profile.facts, **every}, BOOK)) is not None:
                told.append(facts)
    assert len(told) > 300
    agree(told, BOOK)


def facts_or_none(given_: Mapping[str, object], book: Rulebook) -> Facts | None:
    try:
        return read_facts(Profile.of(given_), book, DAY)
    except ProfileError:
        return None


def generated(count: int, *, distinct: bool) -> list[dict[str, object]]:
    """Companies as profiles, some of which cannot be read."""
    batch = Register(BOOK, 3, distinct=distinct).batch(count)
    return [profile_of(row) for row in batch.select([n for n in batch.schema.names if n != COMPANY]).to_pylist()]


@pytest.mark.thorough
@pytest.mark.parametrize("distinct", [False, True])
def test_on_generated_companies(distinct: bool) -> None:
    rows = generated(700, distinct=distinct)
    agree([facts for row in rows if (facts := facts_or_none(row, BOOK)) is not None], BOOK)


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark"])
def test_every_dialect_reads_what_is_printed(dialect: SqlDialect) -> None:
    query = to_sql.render(compiled(SMALL.id), "zh", dialect, "public.companies", "company")
    (parsed,) = sqlglot.parse(query, dialect=dialect)
    assert isinstance(parsed, sqlglot.exp.Select)
    assert len(parsed.selects) == 1 + len(compiled(SMALL.id).measures)
    assert {table.name for table in parsed.find_all(sqlglot.exp.Table)} == {"companies", "leaves"}


BITS = ("'", '"', ";", "--", "/*", "*/", "\\", "\n", "\r", "\u2028", "\x0b", "{", "}", "a", "表", "`", "$1", "%s")
NASTY = st.lists(st.sampled_from(BITS), min_size=1, max_size=8).map("".join)


@given(title=NASTY, table=NASTY, key=NASTY)
@settings(max_examples=drawn(24))
def test_no_text_gets_out_of_its_place(title: str, table: str, key: str) -> None:
    first = next(measure for measure in SMALL.measures if measure.condition is not None)
    book = replace(SMALL, measures=(replace(first, title=Text(title, title)),))
    program = program_of(book, book.measures, DAY, "en")
    table = table.replace(".", "_")
    with duckdb.connect() as database:
        database.execute("CREATE TABLE canary AS SELECT 1")
        quoted = '"' + table.replace('"', '""') + '"'
        database.register("arrow", table_of([facts_of(Profile(city="天津"), SMALL)], SMALL, key))
        database.execute(f"CREATE TABLE {quoted} AS SELECT * FROM arrow")
        found = database.execute(to_sql.render(program, "en", "duckdb", table, key)).fetchall()
        assert len(found) == 1
        assert len(found[0]) == 2
        assert database.execute("SELECT * FROM canary").fetchall() == [(1,)]
    space: dict[str, Any] = {}
    text = to_polars.render(program, "en", key)
    exec(compile(text, "rules", "exec"), space)
    assert set(space) - {"__builtins__"} == {"pl", "_verdict", "COLUMNS", "LEAVES", "MEASURES", "verdicts"}
    frame = pl.DataFrame(table_of([facts_of(Profile(city="天津"), SMALL)], SMALL, key))
    assert space["verdicts"](frame).rows()[0][1] == found[0][1]


def test_the_command_prints_what_was_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    run: Callable[..., Any] = CliRunner().invoke
    sql = run(root, ["compile", "--to", "sql", "--measure", "93", "--as-of", "2026-11-01", "--lang", "en"]).stdout
    assert sql.startswith("-- applicability compile: rulebook services-opening-pilots")
    assert 'AS "93" /* Remote Customs supervision' in sql
    run(root, ["compile", "--to", "polars", "--chapter", "4", "-o", "rules.py"])
    assert "import polars as pl" in (tmp_path / "rules.py").read_text("utf-8")
    assert run(root, ["compile", "--to", "cobol"]).exit_code == 2
    assert run(root, ["compile", "--to", "sql", "--measure", "999"]).exit_code == 2


def small_rows(key: str = "company") -> pa.Table:
    told = [{"city": "上海", "foreign_share": share} for share in (0, 50, 51)] + [{"city": "长沙"}, {}]
    return table_of([facts_of(Profile(**one), SMALL) for one in told], SMALL, key)


KEYS = ("leaf_1", "LEAF_2", "_leaf_1", "division", "leaves", "pl", "company")


@pytest.mark.parametrize(
    ("table", "key"),
    [
        # Each key and each table once in every run; all pairs in a thorough one.
        pytest.param(table, key, marks=() if table == "leaves" or key == "leaf_1" else pytest.mark.thorough)
        for table in ("companies", "leaves", "Leaves")
        for key in KEYS
    ],
)
def test_a_key_or_a_table_named_as_something_generated_changes_nothing(key: str, table: str) -> None:
    program, rows = compiled(SMALL.id), small_rows()
    expected = [row[1:] for row in by_duckdb(program, rows)]
    names = ["key" if name == "company" else name for name in rows.column_names]
    if key == "division":  # a column of the rules can be the key like any other
        keyed, keys = rows, rows["division"].to_pylist()
    else:
        keyed = rows.rename_columns([key if name == "key" else name for name in names])
        keys = rows["company"].to_pylist()
    with duckdb.connect() as database:
        database.register(table, keyed)
        found = database.execute(to_sql.render(program, "en", "duckdb", table, key)).fetchall()
    space: dict[str, Any] = {}
    exec(compile(to_polars.render(program, "en", key), "rules", "exec"), space)
    for own in (found, space["verdicts"](pl.DataFrame(keyed)).rows()):
        assert [row[0] for row in own] == keys
        assert [row[1:] for row in own] == expected


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--key", "1", "--measure", "1"], "`1` is the column of a measure"),
        (["--key", ""], "a column has a name"),
        (["--key", " "], "a column has a name"),
        (["--table", ""], "`` is not a table"),
        (["--table", "a..b"], "`a..b` is not a table"),
        (["--table", "a.b.c.d"], "`a.b.c.d` is not a table"),
    ],
)
@pytest.mark.parametrize("to", ["sql", "polars"])
def test_a_key_or_a_table_that_cannot_be_is_refused(to: str, args: list[str], said: str) -> None:
    done = CliRunner().invoke(root, ["compile", "--to", to, "--lang", "en", *args])
    assert done.exit_code == 2
    assert said in done.stderr
    assert not done.stdout


@pytest.mark.parametrize(("table", "key"), [("a.b.c.d", "company"), ("a..c", "company"), ("", "company"), ("a", " ")])
def test_a_program_that_names_what_cannot_be_is_refused_too(table: str, key: str) -> None:
    with pytest.raises(ArgumentError, match="U009"):
        to_sql.render(compiled(SMALL.id), "en", "duckdb", table, key)


def test_nan_is_a_number_that_is_not_known() -> None:
    rows, program = small_rows(), compiled(SMALL.id)
    place = rows.column_names.index("foreign_share")

    def with_share(value: float | None) -> pa.Table:
        return rows.set_column(place, "foreign_share", pa.array([value] * len(rows), pa.float64()))

    for road in (by_duckdb, by_polars):
        assert road(program, with_share(float("nan"))) == road(program, with_share(None))
    whole = rows.set_column(place, "foreign_share", pa.array([0, 50, 51, None, None], pa.int64()))
    assert by_duckdb(program, whole) == by_polars(program, whole) == by_duckdb(program, rows)


def test_polars_takes_columns_in_which_nothing_is_told() -> None:
    program = compiled(SMALL.id)
    rows = table_of([facts_of(Profile(), SMALL)] * 2, SMALL)
    space: dict[str, Any] = {}
    exec(compile(to_polars.render(program, "en", "company"), "rules", "exec"), space)
    nothing = pl.DataFrame({name: [None, None] for name in rows.column_names}).with_columns(company=pl.Series([0, 1]))
    assert nothing["zones"].dtype == pl.Null
    assert space["verdicts"](nothing).rows() == by_duckdb(program, rows)
    lists = nothing.with_columns(zones=pl.Series([[], []], dtype=pl.List(pl.Null)))
    assert len(space["verdicts"](lists.lazy()).collect()) == 2
