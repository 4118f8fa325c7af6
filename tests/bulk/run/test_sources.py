"""One register in every kind of table gives the same verdicts; broken rows are reported by number."""

from __future__ import annotations

import contextlib
import csv
import errno
import io
import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from applicability import load_rulebook
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.parquet import ParquetSource
from applicability.loading.profile.readable import readable_part

from ...cli.conftest import RULES, Done
from ..engine.tables import DAY, checked
from .conftest import COMPANIES, READABLE, table, write

SMALL = load_rulebook(RULES)
Screen = Callable[..., Done]
KINDS = ("csv", "tsv", "jsonl", "xlsx", "parquet", "sqlite", "duckdb")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def rejected(path: Path) -> list[dict[str, str]]:
    return rows(path.read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_table_gives_the_verdicts_of_a_check(kind: str, screen: Screen, tmp_path: Path) -> None:
    found = screen(write(kind, tmp_path), "-o", "out.csv", "--only", "all", "--keep", "id")
    assert found.returncode == 0, found.stderr
    assert "8 rows read, 8 companies screened, 0 rows that are not companies" in found.stdout
    lines = rows((tmp_path / "out.csv").read_text("utf-8"))
    decided = [measure for measure in SMALL.measures if measure.condition is not None]
    words = ["ineligible", "pending", "needs_info", "conditional", "eligible"]
    for company in COMPANIES:
        own = [line for line in lines if line["id"] == company["id"]]
        given = {name: value for name, value in company.items() if name != "id"}
        told = checked(dict(readable_part(given, SMALL, DAY).given), SMALL)
        assert told is not None
        assert [(int(line["row"]), words.index(line["verdict"])) for line in own] == [
            (measure.row, verdict) for measure, verdict in zip(decided, told, strict=True)
        ]
    first = {"parquet": 1, "sqlite": 1, "duckdb": 1, "jsonl": 1}.get(kind, 2)
    wrong = rows((tmp_path / "out.notes.csv").read_text("utf-8"))
    assert sorted({int(one["line"]) for one in wrong}) == [first + 4, first + 5, first + 7]
    assert [one["column"] for one in wrong[:2]] == ["city", "foreign_share"]
    assert [one["value"] for one in wrong[:2]] == ["亚特兰蒂斯", "130"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_share_that_may_be_a_fraction_is_noted_in_every_kind_of_table(
    kind: str, screen: Screen, tmp_path: Path
) -> None:
    told = [{"id": f"S{place}", "foreign_share": share} for place, share in enumerate(["0.5", "50", "0", "1", "0.04"])]
    screen(write(kind, tmp_path, told), "-o", "out.csv")
    first = {"parquet": 1, "sqlite": 1, "duckdb": 1, "jsonl": 1}.get(kind, 2)
    notes = [(int(one["line"]), one["column"]) for one in rows((tmp_path / "out.notes.csv").read_text("utf-8"))]
    assert notes == [(first, "foreign_share"), (first + 4, "foreign_share")]


def test_a_share_that_is_a_number_is_noted_as_text_is(screen: Screen, tmp_path: Path) -> None:
    pq.write_table(pa.table({"id": ["a", "b"], "foreign_share": [0.5, 50.0]}), tmp_path / "companies.parquet")
    screen("companies.parquet", "-o", "out.csv")
    assert [(one["note"], one["hint"]) for one in rows((tmp_path / "out.notes.csv").read_text("utf-8"))] == [
        (
            "`0.5` may be 50% or 0.5%, since other numbers of the column are percentages: left out",
            "write 50% or 0.5%, with the percent sign, or --set-unit foreign_share=percent if it is 0.5%",
        )
    ]


def test_a_folder_of_parquet_files_is_one_register(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    pq.write_table(table(COMPANIES[:3]), tmp_path / "in" / "a.parquet")
    pq.write_table(table(COMPANIES[3:]), tmp_path / "in" / "b.parquet")
    screen("in", "-o", "apart.csv", "--keep", "id")
    screen(write("parquet", tmp_path), "-o", "whole.csv", "--keep", "id")
    assert (tmp_path / "apart.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
    pq.write_table(pa.table({"city": ["天津"]}), tmp_path / "in" / "c.parquet")
    odd = screen("in")
    assert odd.returncode == 3
    assert "its columns are not those of a.parquet" in odd.stderr


def test_a_file_is_opened_once_for_all_its_row_groups(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Parquet metadata grows with the row groups: reading it for each would take ever more time and memory.
    (tmp_path / "in").mkdir()
    for name in ("a", "b"):
        pq.write_table(pa.table({"city": ["天津"] * 40}), tmp_path / "in" / f"{name}.parquet", row_group_size=2)
    opened: list[str] = []
    whole = pq.ParquetFile

    def counted(path: str, **options: object) -> pq.ParquetFile:
        opened.append(Path(path).name)
        return whole(path, **options)

    monkeypatch.setattr(pq, "ParquetFile", counted)
    source = ParquetSource(tmp_path / "in", ["city"], rows=1)
    pieces = [(piece.number, [rows.lines for rows in piece.batches]) for piece in source.pieces(frozenset())]
    source.close()
    assert pieces == [(number, [range(2 * number + 1, 2 * number + 3)]) for number in range(40)]
    assert opened.count("a.parquet") == opened.count("b.parquet") <= 3


def test_small_row_groups_are_done_together(screen: Screen, tmp_path: Path) -> None:
    cities = ["天津", "上海", "nowhere", "苏州", None, "北京", "天津"]
    lists = [["ip-vpn"], [], ["app-store", "ip-vpn"], None, ["travel-agency"], ["juggling"], []]
    whole = pa.table(
        {"id": range(7), "city": cities, "activities": lists, "foreign_share": [10.0, None, 50, 0, 1, 2, 3]}
    )
    pq.write_table(whole, tmp_path / "in.parquet", row_group_size=2)
    for piece, places in ((1, [1] * 4), (5, [2, 2]), (None, [4])):
        source = ParquetSource(tmp_path / "in.parquet", ["city"], rows=piece)
        assert [len(group.places) for group in source.groups] == places
        read = [line for one in source.pieces(frozenset()) for rows in one.batches for line in rows.lines]
        assert read == list(range(1, 8))
        more = () if piece is None else ("--piece", str(piece))
        assert screen("in.parquet", "-o", f"{piece}.csv", "--only", "all", "--keep", "id", *more).returncode == 0
    made = {(tmp_path / f"{piece}.csv").read_bytes() for piece in (1, 5, None)}
    assert len(made) == 1
    assert b"\r\n8," not in made.pop()


def test_files_of_a_folder_may_hold_a_column_as_other_types(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    cities = [pa.array(["天津", "上海"]), pa.array(["天津", "nowhere"]), pa.array(["苏州", None]).dictionary_encode()]
    ids = [pa.array(["a", "b"]), pa.array([3, 4]), pa.nulls(2)]
    zones = [pa.array([[], ["dongjiang"]][::-1]), pa.array([[], []], pa.list_(pa.null())), pa.nulls(2)]
    for place, columns in enumerate(zip(ids, cities, zones, strict=True)):
        names = ["id", "city", "zones"]
        pq.write_table(pa.table(dict(zip(names, columns, strict=True))), tmp_path / "in" / f"{place}.parquet")
    for target in ("out.csv", "out.parquet"):
        assert screen("in", "-o", target, "--only", "all", "--measure", "1").returncode == 0
    found = pq.read_table(tmp_path / "out.parquet")
    told = rows((tmp_path / "out.csv").read_text("utf-8"))
    ids = [one["id"] for one in told]
    assert [one or "" for one in found.column("id").to_pylist()] == ids == ["a", "b", "3", "4", "", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_that_registers_come_in(encoding: str, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes("企业,city\r\n甲,天津\r\n".encode(encoding))
    found = screen("mine.csv", "-o", "-", "--format", "csv", "--only", "all")
    assert {line["企业"] for line in rows(found.stdout)} == {"甲"}
    assert "1 row read, 1 company screened" in found.stderr


def test_csv_in_another_encoding_is_read_when_it_is_named(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_bytes("name,city\n甲,天津\n".encode("utf-16"))
    assert "1 company screened" in screen("mine.csv", "--encoding", "utf-16").stdout
    wrong = screen("mine.csv", "--encoding", "klingon")
    assert wrong.returncode == 3
    assert "there is no encoding `klingon`" in wrong.stderr


def test_rows_of_csv_that_are_odd_are_noted_by_their_number(screen: Screen, tmp_path: Path) -> None:
    lines = [b"id,city", b"C1,\xcc\xec\xff\xff", b"", b'C2,"a\nb"', b"C3,\xe5\xa4\xa9\xe6\xb4\xa5,more", b"C4", b"C5,,"]
    (tmp_path / "mine.csv").write_bytes(b"\n".join(lines))
    found = screen("mine.csv", "--encoding", "utf-8", "-o", "out.csv")
    assert "5 rows read, 5 companies screened, 0 rows that are not companies" in found.stdout
    noted = rows((tmp_path / "out.notes.csv").read_text("utf-8"))
    assert [(one["line"], one["column"], one["value"]) for one in noted] == [
        ("2", "city", "\\xcc\\xec\\xff\\xff"),
        ("4", "city", "a\nb"),
        ("5", "", "C3,天津,more"),
        ("6", "", "C4"),
    ]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_csv_with_the_usual_separators(separator: str, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(f"id{separator}city\nC1{separator}天津\n", "utf-8")
    assert "1 company screened" in screen("mine.csv").stdout


def test_lines_of_json_that_are_no_profiles_are_rejected_by_their_number(screen: Screen, tmp_path: Path) -> None:
    lines = [
        '{"city": "天津"}', '{"city": "天津"', "[1]", "", '{"city": "天津", "city": "上海"}', '{"foreign_share": NaN}',
        '{"determinations": 3}', '{"nonesuch": 1, "city": "天津"}', "[" * 100_000,
    ]  # fmt: skip
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    found = screen("mine.jsonl", "-o", "out.csv")
    assert "8 rows read, 5 companies screened, 3 rows that are not companies" in found.stdout
    assert [one["line"] for one in rejected(tmp_path / "out.rejects.csv")] == ["2", "3", "9"]


def test_lines_of_json_that_are_no_profiles_are_told_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_bytes(b'{"city": "x"\n[1]\n\xff\n{} {}\n')
    with contextlib.closing(open_source(str(tmp_path / "mine.jsonl"), rows=10)) as source:
        broken = [one for piece in source.pieces(frozenset()) for told in piece.batches for one in told.broken]
    assert [one.problem.told_message("zh") for one in broken] == [
        "不是有效的 JSON，第14个字符：此处缺少逗号，或括号没有闭合",
        "每行应为一个对象 `{…}`",
        "不是 UTF-8 文本",
        "不是有效的 JSON，第4个字符：一行只能有一个对象，其后还有内容",
    ]


def test_a_workbook_is_read_as_it_is_shown(screen: Screen, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "city", "foreign_share"])
    book.active.append(["C1", "天津", 0.4])
    book.active["C2"].number_format = "0.00%"
    book.active.append([])
    book.active.append(["C2", "天津", 40])
    book.create_sheet("other").append(["id", "city"])
    book.save(tmp_path / "mine.xlsx")
    found = screen("mine.xlsx", "-o", "out.csv", "--only", "all", "--keep", "id")
    assert "2 rows read, 2 companies screened, 0 rows that are not companies" in found.stdout
    lines = rows((tmp_path / "out.csv").read_text("utf-8"))
    one, other = ([(line["row"], line["verdict"]) for line in lines if line["id"] == id] for id in ("C1", "C2"))
    assert one == other
    assert {line["line"] for line in lines} == {"2", "4"}
    assert "0 rows read" in screen("mine.xlsx", "--sheet", "other").stdout
    none = screen("mine.xlsx", "--sheet", "third")
    assert none.returncode == 3
    assert "it has Sheet, other" in none.stderr


def test_standard_input_in_any_kind_that_streams(screen: Screen, tmp_path: Path) -> None:
    lines = "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in COMPANIES)
    found = screen("-", "--from", "jsonl", "-o", "-", "--format", "jsonl", "--keep", "id", stdin=lines.encode())
    assert {json.loads(line)["id"] for line in found.stdout.splitlines()} <= {one["id"] for one in COMPANIES}
    assert "<stdin>: 8 rows read" in found.stderr
    assert screen("-", stdin=b"").returncode == 3
    assert screen("-", "--from", "parquet", stdin=b"").returncode == 3


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("mine.csv", b"", "there is no row of headings"),
        ("mine.xlsx", b"PK nonsense", "cannot be read as a workbook"),
        ("mine.parquet", b"PAR1", "cannot be read"),
        ("mine.doc", b"", "cannot tell what kind of table this is"),
    ],
)
def test_what_is_no_table_is_refused(name: str, data: bytes, says: str, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(data)
    found = screen(name, "-o", "out.csv")
    assert found.returncode == 3
    assert says in found.stderr
    assert [one.name for one in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("sqlite:///{}", "it does not say which table"),
        ("sqlite:///{}?table=nonesuch", "no such table"),
        ("sqlite:///{}?table=companies%22%3B%20DROP%20TABLE%20companies%3B--", "no such table"),
        ("duckdb:///nowhere.duckdb?table=companies", "there is no such file"),
        ("sqlite://host/{}?table=companies", "a file has no host"),
        ("postgresql://user:secret@127.0.0.1:1/none?table=companies&connect_timeout=2", "cannot be read"),
    ],
)
def test_a_database_that_cannot_be_read_says_why(url: str, says: str, screen: Screen, tmp_path: Path) -> None:
    whole = write("sqlite", tmp_path)
    found = screen(url.format(tmp_path / "companies.sqlite"))
    assert found.returncode == 3
    assert says in found.stderr
    assert "secret" not in found.stderr
    assert "8 rows read" in screen(whole).stdout


def test_a_file_that_is_not_there_is_named(screen: Screen) -> None:
    found = screen("nowhere.csv")
    assert found.returncode == 3
    assert "nowhere.csv: S101 there is no such file" in found.stderr


def test_the_companies_of_these_tests_are_what_they_seem() -> None:
    for company in COMPANIES:
        told = checked({name: value for name, value in company.items() if name != "id"}, SMALL)
        assert (told is not None) is (company["id"] in READABLE), company


def test_no_file_of_a_folder_is_left_out(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "in" / "2026").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "in" / "linked").symlink_to("../elsewhere")
    (tmp_path / "in" / "2026" / "again").symlink_to("..")  # a cycle
    for number, name in enumerate(("a.parquet", "2026/b.PARQUET", "c.pq", "../elsewhere/d.Parquet", "2026/e.PQ")):
        pq.write_table(table(COMPANIES[number : number + 1]), tmp_path / "in" / name)
    (tmp_path / "in" / "_SUCCESS").touch()
    assert "5 rows read" in screen("in").stdout


def test_a_folder_that_cannot_be_read_ends_the_run(
    screen: Screen, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "in" / "shut").mkdir(parents=True)
    pq.write_table(table(COMPANIES), tmp_path / "in" / "a.parquet")
    shut(tmp_path / "in" / "shut", monkeypatch)
    done = screen("in")
    assert done.returncode == 3
    assert "shut: S101 cannot be read: Permission denied" in done.stderr


def shut(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes a folder unreadable, even for root."""
    plain = os.scandir

    def scandir(path: str | int) -> object:
        if isinstance(path, str) and Path(path).resolve() == folder:
            raise PermissionError(errno.EACCES, "Permission denied", str(folder))
        return plain(path)

    monkeypatch.setattr(os, "scandir", scandir)


@pytest.mark.parametrize("kind", KINDS)
def test_a_register_may_have_a_name_that_is_no_text(kind: str, screen: Screen, tmp_path: Path) -> None:
    name = os.fsdecode(f"企业.{kind}".encode("gb18030"))
    whole = write(kind, tmp_path)
    (tmp_path / f"companies.{kind}").rename(tmp_path / name)
    if kind in ("sqlite", "duckdb", "parquet"):  # whose libraries cannot open such a file
        found = screen(whole.replace(f"companies.{kind}", name))
        assert found.returncode == 3
        assert "bytes that are no text" in found.stderr or "its name is not UTF-8" in found.stderr
    else:
        found = screen(name, "-o", name, "--format", "csv") if kind == "csv" else screen(name, "-o", f"{name}.csv")
        assert found.returncode == (2 if kind == "csv" else 0), found.stderr
        assert screen(name, "--summary", f"{name}.json", "-o", f"{name}.xlsx").returncode == 0


def test_text_that_is_not_utf_8_costs_its_own_cell_only(screen: Screen, tmp_path: Path) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "mine.db")) as base, base:
        base.execute("CREATE TABLE companies (id TEXT, city TEXT)")
        base.executemany("INSERT INTO companies VALUES (?, ?)", [(f"C{number}", "天津") for number in range(5)])
        base.execute("UPDATE companies SET city = CAST(x'ff41' AS TEXT) WHERE id = 'C2'")
        base.execute("UPDATE companies SET id = CAST(x'fe' AS TEXT) WHERE id = 'C4'")
    done = screen("sqlite:///mine.db?table=companies", "-o", "out.csv", "--piece", "1", "--only", "all")
    assert "5 rows read, 5 companies screened, 0 rows that are not companies" in done.stdout
    told = rows((tmp_path / "out.notes.csv").read_text("utf-8"))
    assert [(one["line"], one["column"], one["value"]) for one in told] == [("3", "city", r"\xffA")]
    names = dict.fromkeys(one["id"] for one in rows((tmp_path / "out.csv").read_text("utf-8")))
    assert [*names] == ["C0", "C1", "C2", "C3", r"\xfe"]
