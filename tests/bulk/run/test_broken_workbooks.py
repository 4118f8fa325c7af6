"""A broken workbook is rejected, or its row is, with a message; nothing is skipped silently."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart

from applicability.bulk.sources import xlsx

from ...cli.conftest import Done
from .conftest import COMPANIES, write

Screen = Callable[..., Done]
SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"


def changed(source: str, part: str, change: Callable[[bytes], bytes | None]) -> None:
    """Changes one part of a workbook, or removes it."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    made = change(parts[part])
    with zipfile.ZipFile(source, "w") as archive:
        for name, data in parts.items():
            held = made if name == part else data
            if held is not None:
                archive.writestr(name, held)


def numbers(folder: Path) -> str:
    """Companies with a number in their third column."""
    book = openpyxl.Workbook()
    for row in (("id", "city", "foreign_share"), ("C1", "天津", 40), ("C2", "上海", 50)):
        book.active.append(row)
    book.save(folder / "companies.xlsx")
    return str(folder / "companies.xlsx")


@pytest.mark.parametrize(
    ("part", "change", "words"),
    [
        (SHEET, lambda data: data[: len(data) // 2], "cannot be read as a workbook"),
        (SHEET, lambda data: data[:-1], "cannot be read as a workbook"),
        (SHEET, lambda data: b"", "cannot be read as a workbook"),
        (SHEET, lambda data: None, "a sheet of it is missing"),
        (SHEET, lambda data: data.replace(b"<v>40</v>", b"<v>forty</v>"), "row 2 cannot be read as a workbook"),
        (SHEET, lambda data: data.replace(b"<v>40</v>", b"<v>NaN</v>"), "row 2 cannot be read as a workbook"),
        (SHEET, lambda data: data.replace(b'r="C2"', b'r="2C"'), "row 2 cannot be read as a workbook"),
        (SHEET, lambda data: data.replace(b'<row r="2"', b'<row r="two"'), "row 2 cannot be read as a workbook"),
        (SHEET, lambda data: data.replace(b'<row r="3"', b'<row r="99999999"'), "their numbers are wrong"),
        # openpyxl leaves out what stands at such a number, and tells nobody.
        (SHEET, lambda data: data.replace(b'<row r="3"', b'<row r="-3"'), "the row after row 2 has the number -3"),
        (SHEET, lambda data: data.replace(b'<row r="3"', b'<row r="0"'), "the row after row 2 has the number 0"),
        (SHEET, lambda data: data.replace(b'<row r="3"', b'<row r="2"'), "the row after row 2 has the number 2"),
        (SHEET, lambda data: data.replace(b'<row r="2"', b'<row r="5"'), "row 5: the cell A2 stands twice"),
        (SHEET, lambda data: re.sub(rb'<c r="[A-Z0-9]+"', b"<c", data.replace(b'<row r="2"', b'<row r="5"')),
         "the row after row 5 has the number 3"),
        (SHEET, lambda data: data.replace(b'<row r="1"', b'<row r="0"'), "its first row has the number 0"),
        (SHEET, lambda data: data.replace(b'r="B3"', b'r="A3"'), "row 3: the cell A3 stands twice"),
        (SHEET, lambda data: data.replace(b'r="C3"', b'r="A3"'), "row 3: the cell A3 stands twice"),
        (SHEET, lambda data: data.replace(b'r="B3"', b'r="B2"'), "row 3: the cell B2 stands twice, out of order or in"),
        (SHEET, lambda data: data.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet'), "document type"),
        (BOOK, lambda data: data[: data.index(b"<sheets")] + b"<sheets/></workbook>", "a sheet of it is missing"),
        (BOOK, lambda data: data.replace(b"schemas.openxmlformats.org/spreadsheetml/2006/main",
                                         b"purl.oclc.org/ooxml/spreadsheetml/main"), "strict Open XML"),
        (BOOK, lambda data: None, "cannot be read as a workbook"),
        ("xl/styles.xml", lambda data: data[:100], "cannot be read as a workbook"),
        ("xl/_rels/workbook.xml.rels", lambda data: None, "cannot be read as a workbook"),
    ],
)  # fmt: skip
def test_a_broken_workbook_is_refused(
    part: str,
    change: Callable[[bytes], bytes | None],
    words: str,
    screen: Screen,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx, "SHEET_ROWS", 1000)  # rows in between are gone through, a million in seconds
    source = numbers(tmp_path)
    changed(source, part, change)
    done = screen(source, "-o", "out.csv")
    assert done.returncode == 3
    assert words in done.stderr
    assert [one.name for one in tmp_path.iterdir()] == ["companies.xlsx"]


def test_a_sheet_that_is_cut_off_does_not_end_the_process(process: Callable[..., Done], tmp_path: Path) -> None:
    source = write("xlsx", tmp_path)
    changed(source, SHEET, lambda data: data[: data.index(b"</t>") + 3])
    done = process("screen", "companies.xlsx")
    assert done.returncode == 3
    assert "cannot be read as a workbook" in done.stderr


def test_a_cell_of_a_style_that_is_not_there_costs_its_fact(screen: Screen, tmp_path: Path) -> None:
    source = numbers(tmp_path)
    changed(source, SHEET, lambda data: data.replace(b'<c r="C2"', b'<c r="C2" s="77"'))
    done = screen(source, "-o", "out.csv", "--keep", "id", "--only", "all")
    assert "2 rows read, 2 companies screened, 0 rows that are not companies" in done.stdout
    assert "a cell cannot be read" in (tmp_path / "out.notes.csv").read_text("utf-8")


def test_rows_beyond_what_a_sheet_says_of_its_extent_are_read(screen: Screen, tmp_path: Path) -> None:
    source = write("xlsx", tmp_path)
    whole = screen(source, "-o", "whole.csv", "--keep", "id")
    changed(source, SHEET, lambda data: data.replace(b'<dimension ref="A1:H9"', b'<dimension ref="A1:B3"'))
    assert f"{len(COMPANIES)} rows read" in whole.stdout
    assert screen(source, "-o", "out.csv", "--keep", "id").returncode == 0
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()


def test_a_sheet_of_a_chart_is_no_sheet_of_companies(screen: Screen, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write("xlsx", tmp_path))
    book.create_chartsheet("picture", 0).add_chart(BarChart())
    book.save(tmp_path / "companies.xlsx")
    assert f"{len(COMPANIES)} rows read" in screen("companies.xlsx").stdout
    assert "the sheet `picture` is a chart" in screen("companies.xlsx", "--sheet", "picture").stderr


def test_rows_and_cells_without_numbers_are_read_in_their_order(screen: Screen, tmp_path: Path) -> None:
    source = numbers(tmp_path)
    screen(source, "-o", "whole.csv", "--keep", "id")
    changed(source, SHEET, lambda data: re.sub(rb'(<row|<c) r="[A-Z0-9]+"', rb"\1", data))
    done = screen(source, "-o", "out.csv", "--keep", "id")
    assert "2 rows read, 2 companies screened, 0 rows that are not companies" in done.stdout
    assert (tmp_path / "out.csv").read_bytes() == (tmp_path / "whole.csv").read_bytes()
