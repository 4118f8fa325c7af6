"""Messy registers: unclosed quotes, formulas, other encodings, other dates, missing headings."""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import example, given, settings, strategies as st

from applicability.bulk.sources import csv as csv_source
from applicability.bulk.sources.csv import CsvSource

from ...cli.conftest import Done
from ...examples import drawn
from .conftest import write

Screen = Callable[..., Done]


def rejected(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return [(one["line"], one["problem"]) for one in csv.DictReader(file)]


def noted(path: Path) -> list[tuple[str, str]]:
    with path.open(encoding="utf-8-sig") as file:
        return [(one["line"], one["note"]) for one in csv.DictReader(file)]


def read(text: str, many: int = 1 << 16) -> tuple[list[tuple[object, ...]], list[int]]:
    """The rows of CSV, and the numbers of those that are broken."""
    found = numbered(text, many)
    return list(found[0].values()), list(found[1])


def numbered(text: str, many: int) -> tuple[dict[int, tuple[object, ...]], dict[int, tuple[str, str]]]:
    """The rows of CSV by number, and the text and problem of broken ones."""
    source = CsvSource(many, "-", io.BytesIO(text.encode("utf-8", "surrogateescape")), "utf-8")
    rows: dict[int, tuple[object, ...]] = {}
    broken: dict[int, tuple[str, str]] = {}
    for batch in source.batches():
        rows |= dict(zip(batch.lines, (tuple(row.values()) for row in batch.table.to_pylist()), strict=True))
        broken |= {one.line: (one.words, one.problem.message) for one in batch.broken}
    return rows, broken


OPEN = "a quote is opened and not closed"


@pytest.mark.parametrize(
    ("lines", "kept", "broken"),
    [
        (['C1,天津,"x', "C2,天津,y", "C3,天津,z"], ["C2", "C3"], [2]),
        (["C1,天津,x", '"C2,天津,y'], ["C1"], [3]),
        (['C1,天津,"x', "C2,天津,y", 'C3,"天津,z', "C4,天津,w"], ["C2", "C4"], [2, 4]),
        (['C1,天津,"x', 'C2,"天津",y', "C3,天津,z"], ["C2", "C3"], [2]),
        (['C1,天津,"one', "two, three", 'four"', "C2,天津,y"], ["C1", "C2"], []),
        (['"C1', '1",天津,x', "C2,天津,y"], ["C1\n1", "C2"], []),
        (['C1,天津,"x"y', 'C2,天津,5" pipe'], ["C1", "C2"], []),
        (["C1,天津,x", "", ",,", " , ,", "C2,天津,y"], ["C1", "C2"], []),
    ],
)
def test_an_open_quote_swallows_no_other_row(lines: list[str], kept: list[str], broken: list[int]) -> None:
    rows, numbers = read("\n".join(["id,city,note", *lines]) + "\n")
    assert [row[0] for row in rows] == kept
    assert numbers == broken


# With separators and line ends in one cell, it may look like rows swallowed by an unclosed quote.
cells = st.text(st.sampled_from('ab"\n\r 天'), max_size=6) | st.text(st.sampled_from('ab,"; 天'), max_size=6)


@given(table=st.lists(st.lists(cells, min_size=3, max_size=3), max_size=5))
@settings(max_examples=drawn(200))
def test_what_is_written_as_csv_should_be_is_read_as_it_was(table: list[list[str]]) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([["id", "city", "note"], *table])
    told = [tuple(row) for row in table if any(cell.strip() for cell in row)]
    assert read(out.getvalue()) == (told, [])


# Almost regular lines: one cell may take its line, or all lines, out of the fast path.
nearly = st.lists(
    st.lists(
        st.sampled_from(["a", "天", "", " ", "\u3000", '"a"', '"a,b"', '"a""b"', '""', 'a"b', '"a"b', '"', '"a\nb"',
                         "\x1c", "\ufeff", "\0", "\udcff", "\r", '"\r\n"', '"""']),
        min_size=0, max_size=5,
    ),
    max_size=6,
)  # fmt: skip


@given(rows=nearly, end=st.sampled_from(["\n", "\r\n"]), last=st.booleans(), many=st.integers(1, 7))
@settings(max_examples=drawn(400))
@example(rows=[["a", "天", "b"], ["", " ", "\u3000"], ["\x1c", "", "x"]], end="\n", last=False, many=7)
@example(rows=[["a", "天", "b", ""], ["a", "天", "b", "c"]], end="\n", last=True, many=7)
def test_lines_read_by_columns_are_the_rows_that_they_would_be_alone(
    rows: list[list[str]], end: str, last: bool, many: int
) -> None:
    text = "id,city,note" + end + end.join(",".join(row) for row in rows) + end * last
    found = numbered(text, many)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csv_source, "table_of", lambda *lines: None)
        alone = numbered(text, 1 << 16)
    assert ({line: _told(row) for line, row in found[0].items()}, found[1]) == (
        {line: _told(row) for line, row in alone[0].items()},
        alone[1],
    )


def _told(row: tuple[object, ...]) -> list[object]:
    """The cells, with missing ones of a short row as empty."""
    return ["" if cell is None else cell for cell in row]


def test_an_open_quote_is_told_with_the_row_that_it_stands_in(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text('id,city,note\nC1,天津,"x\nC2,天津,y\nC3,天津,z\n', "utf-8")
    done = screen("mine.csv", "-o", "out.csv")
    assert "3 rows read, 2 companies screened, 1 row that is not a company" in done.stdout
    assert rejected(tmp_path / "out.rejects.csv") == [("2", OPEN)]


def test_rejects_and_notes_name_the_company(screen: Screen, tmp_path: Path) -> None:
    lines = ["企业名称,city,外资比例,value", "甲,天津,0.4,x", "乙,nowhere,130,y", '丙,天津,,"z', "丁,天津,30,w"]
    (tmp_path / "mine.csv").write_text("\n".join(lines) + "\n", "utf-8")
    assert screen("mine.csv", "-o", "out.csv", "--keep", "企业名称", "--keep", "value").returncode == 0
    with (tmp_path / "out.rejects.csv").open(encoding="utf-8-sig") as file:
        told = [tuple(one.values()) for one in csv.DictReader(file)]
    assert [one[:6] for one in told] == [("4", "", "", "", '丙,天津,,"z', "S102")]
    with (tmp_path / "out.notes.csv").open(encoding="utf-8-sig") as file:
        told = [tuple(one.values()) for one in csv.DictReader(file)]
    assert [(*one[:4], *one[5:7]) for one in told] == [
        ("2", "甲", "x", "外资比例", "0.4", "S306"),
        ("3", "乙", "y", "city", "nowhere", "P103"),
        ("3", "乙", "y", "外资比例", "130", "P108"),
    ]
    with (tmp_path / "out.rejects.csv").open(encoding="utf-8-sig") as file:
        header = next(csv.reader(file))
    assert header == ["line", "企业名称", "source_value", "column", "value", "code", "problem", "hint"]


def test_a_cell_without_end_does_not_fill_the_memory(screen: Screen, tmp_path: Path) -> None:
    lines = ['C0,天津,"x', *(f"C{number},天津" for number in range(1, 12_000))]
    (tmp_path / "mine.csv").write_text("id,city,note\n" + "\n".join(lines) + "\n", "utf-8")
    done = screen("mine.csv", "-o", "out.csv")
    assert "12,000 rows read, 11,999 companies screened, 1 row that is not a company" in done.stdout


def test_the_encoding_is_that_in_which_the_fewest_bytes_are_none(screen: Screen, tmp_path: Path) -> None:
    text = "id,city,备注\n" + "".join(f"C{number},天津,无\n" for number in range(20))
    (tmp_path / "utf16.csv").write_bytes(codecs.BOM_UTF16_LE + text.encode("utf-16-le"))
    assert "20 rows read, 20 companies screened" in screen("utf16.csv").stdout
    for encoding in ("utf-8", "gb18030"):
        data = bytearray(text.encode(encoding))
        data[data.rindex(",天津".encode(encoding)) + 1] = 0xFF
        (tmp_path / "odd.csv").write_bytes(bytes(data))
        done = screen("odd.csv", "-o", "out.csv")
        assert "20 rows read, 20 companies screened" in done.stdout, encoding
        (noted,) = csv.DictReader((tmp_path / "out.notes.csv").read_text("utf-8-sig").splitlines())
        assert (noted["line"], noted["column"], noted["code"]) == ("21", "city", "P103")
        assert "\\xff" in noted["value"]


@pytest.mark.parametrize(
    ("data", "options", "says"),
    [
        (
            "id,城市\nC1,天津\n".encode(),
            ("--encoding", "ascii"),
            "cannot be read as ascii: its heading `城市` (column B) is not in it",
        ),
        (bytes(range(256)) * 12, (), "(column A) is not in it"),
        (b"PK\x03\x04 and more", (), "it is a workbook or another archive"),
        ("id,城市\n".encode("utf-16-le"), (), "(column A) is not in it"),
    ],
)
def test_what_is_no_csv_is_told(
    data: bytes, options: tuple[str, ...], says: str, screen: Screen, tmp_path: Path
) -> None:
    (tmp_path / "mine.csv").write_bytes(data)
    done = screen("mine.csv", *options)
    assert done.returncode == 3
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_formula_whose_value_is_not_in_the_file_is_no_empty_cell(screen: Screen, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["id", "city", "foreign_share"], ["C1", "天津", "=20+20"], ["C2", "天津", 40], ["C3", "天津", None]):
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    done = screen("mine.xlsx", "-o", "out.csv")
    assert "3 rows read, 3 companies screened, 0 rows that are not companies" in done.stdout
    ((line, note),) = noted(tmp_path / "out.notes.csv")
    assert line == "2"
    assert note.startswith("C2: a formula, and the file does not hold what it comes to")
    # The same once a spreadsheet program has saved the results of formulas.
    with ZipFile(tmp_path / "mine.xlsx") as old, ZipFile(tmp_path / "saved.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(
                name, data.replace(b"<f>20+20</f><v></v>", b"<f>20+20</f><v>40</v>").replace(b"<v />", b"<v>40</v>")
            )
    assert "3 rows read, 3 companies screened, 0 rows that are not companies" in screen("saved.xlsx").stdout


def test_a_code_shown_with_its_zeros_is_read_so(screen: Screen, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["id", "city", "sector"])
    book.active.append(["C1", "天津", 111])
    book.active["C2"].number_format = "0000"
    book.save(tmp_path / "mine.xlsx")
    screen("mine.xlsx", "-o", "out.csv")
    assert '"0111"' in (tmp_path / "out.notes.csv").read_text("utf-8")  # the small rulebook has no such sector


def test_a_company_that_asks_about_another_day_is_noted(screen: Screen, tmp_path: Path) -> None:
    told = [{"city": "天津", "as_of": "2026-11-01"}, {"city": "天津", "as_of": "2025-05-01"}, {"city": "天津"}]
    (tmp_path / "mine.jsonl").write_text("".join(f"{json.dumps(one)}\n" for one in told), "utf-8")
    done = screen("mine.jsonl", "-o", "out.csv")
    assert "3 rows read, 3 companies screened, 0 rows that are not companies" in done.stdout
    ((line, note),) = noted(tmp_path / "out.notes.csv")
    assert line == "2"
    assert note.startswith("`2025-05-01` is another day than that of this run")


@pytest.mark.parametrize(
    "text", ["企业名册（2026年）,,\nid,town,note\nC1,天津,x\n", "id，city\nC1，天津\n", "C1,天津,x\nC2,天津,y\n"]
)
def test_a_register_without_a_known_column_is_refused(text: str, screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(text, "utf-8")
    done = screen("mine.csv", "-o", "out.csv")
    assert done.returncode == 3
    assert "S204 none of the columns is known" in done.stderr
    assert "is the first row that of the headings" in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_columns_that_are_asked_for_and_not_there_are_told(screen: Screen, tmp_path: Path) -> None:
    source = write("csv", tmp_path)
    done = screen(source, "--keep", "citi", "-o", "out.csv")
    assert done.returncode == 3
    assert "the register has no column `citi`" in done.stderr
    (tmp_path / "map.yaml").write_text("columns:\n  住所地: address\n", "utf-8")
    done = screen(source, "--mapping", "map.yaml", "-o", "out.csv")
    assert done.returncode == 3
    assert "the register has no column `住所地`" in done.stderr


def test_no_kept_column_takes_the_name_of_another(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("city,line,source_line,verdict\n天津,a,b,c\n", "utf-8")
    keep = [part for name in ("line", "source_line", "verdict") for part in ("--keep", name)]
    screen("mine.csv", *keep, "--only", "all", "-o", "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig") as file:
        first = next(csv.DictReader(file))
    assert [first[name] for name in ("source_line", "source_source_line", "source_verdict")] == ["a", "b", "c"]


def test_strict_names_the_row_that_it_stops_at(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,city,foreign_share\nC1,天津,40\nC2,天津,130\nC3,亚特兰蒂斯,1\n", "utf-8")
    done = screen("mine.csv", "--strict")
    assert done.returncode == 3
    assert "row 3, foreign_share: P108" in done.stderr
    assert "亚特兰蒂斯" not in done.stderr


def test_half_a_character_costs_its_own_cell_only(screen: Screen, tmp_path: Path) -> None:
    lines = [
        rb'{"na\ud842": 1, "name": "A", "city": "\u4e0a\u6d77"}',
        rb'{"name": "B\ud842", "city": "\u4e0a\u6d77"}',
        b'{"name": "C\xed\xa0\x80", "city": "\xe4\xb8\x8a\xe6\xb5\xb7"}',
        rb'{"name": "\ud842\udfb7", "city": "\u4e0a\u6d77"}',
    ]
    (tmp_path / "mine.jsonl").write_bytes(b"\n".join(lines))
    done = screen("mine.jsonl", "-o", "out.csv", "--only", "ineligible", "--keep", "name")
    assert done.returncode == 0
    assert "4 rows read, 4 companies screened, 0 rows that are not companies" in done.stdout
    told = (tmp_path / "out.csv").read_text("utf-8")
    assert all(name in told for name in ("A", "𠮷", r"B\ud842", r"C\ud800"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-32-be"])
def test_lines_of_any_encoding_that_says_so_are_read(encoding: str, screen: Screen, tmp_path: Path) -> None:
    mark = {"utf-16-be": codecs.BOM_UTF16_BE, "utf-32-be": codecs.BOM_UTF32_BE}.get(encoding, b"")
    lines = ('{"name": "甲", "city": "上海", "a\\ud842": 1}', '["\\ud842"]', '{"name": "𠮷\\ud842", "city": "天津"}')
    (tmp_path / "mine.jsonl").write_bytes(mark + "\n".join(lines).encode(encoding))
    done = screen("mine.jsonl", "-o", "out.csv", "--only", "ineligible", "--keep", "name")
    assert "3 rows read, 2 companies screened, 1 row that is not a company" in done.stdout
    assert rejected(tmp_path / "out.rejects.csv") == [("2", "a line holds one object, `{…}`")]
    told = (tmp_path / "out.csv").read_text("utf-8")
    assert all(name in told for name in ("甲", r"𠮷\ud842"))


def test_lines_of_an_encoding_that_does_not_say_so_end_in_no_traceback(screen: Screen, tmp_path: Path) -> None:
    line = '{"city": "上海", "sector": "\\ud800"}'.encode("utf-16-be")
    (tmp_path / "mine.jsonl").write_bytes(codecs.BOM_UTF8 + line + b"\x00\n" + line)
    done = screen("mine.jsonl", "-o", "out.csv")
    assert done.returncode in (0, 3)
    assert "Traceback" not in done.stderr


def test_numbers_that_json_does_not_have_cost_their_cell_only(screen: Screen, tmp_path: Path) -> None:
    lines = (
        '{"id": "A", "city": "天津", "foreign_share": NaN}',
        '{"id": "B", "city": Infinity, "foreign_share": -Infinity}',
    )
    (tmp_path / "mine.jsonl").write_text("\n".join(lines), "utf-8")
    done = screen("mine.jsonl", "-o", "out.csv")
    assert "2 rows read, 2 companies screened, 0 rows that are not companies" in done.stdout
    assert [line for line, _ in noted(tmp_path / "out.notes.csv")] == ["2", "2"]


def test_what_holds_no_word_is_no_list(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("id,city,zones\nC1,天津,；\nC2,天津,无\nC3,天津,\n", "utf-8")
    screen("mine.csv", "-o", "out.csv")
    assert [line for line, _ in noted(tmp_path / "out.notes.csv")] == ["2"]


def test_a_company_called_like_a_verdict_is_no_verdict(screen: Screen, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(f"name,city\neligible,天津\n{'长' * 40_000},天津\n", "utf-8")
    screen("mine.csv", "--only", "all", "-o", "out.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    names = {row[1] for row in book["Line by line"].iter_rows(min_row=2, values_only=True)}
    assert "eligible" in names
    longest = max(map(str, names), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("… (cut: 40,000 characters in all)")
