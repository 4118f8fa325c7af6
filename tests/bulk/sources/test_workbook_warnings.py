"""What openpyxl warns of is silent where it says nothing of companies."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from pathlib import Path

import pytest

from ..run.test_broken_workbooks import BOOK, SHEET, changed
from .reading import COMPANIES, HEADINGS, RIGHT, rows, screened, verdicts, workbook

_END = b"</worksheet>"
_EXTENSION = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" '
    b'uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst>'
)
_FORMATTING = (
    b'<conditionalFormatting sqref="A1"><cfRule type="cellIs" priority="1" nonsense="1"/></conditionalFormatting>'
)
_HEADER = b"<headerFooter><oddHeader>\xe5\x90\x8d\xe5\xbd\x95</oddHeader></headerFooter>"
_NAMES = (
    b'<definedName name="list" localSheetId="7">Sheet!$A$1</definedName>'
    b'<definedName name="_xlnm.Print_Area" localSheetId="0">#REF!</definedName>'
)


def _no_style(data: bytes) -> bytes:
    start, end = data.index(b"<cellStyles"), data.index(b"</cellStyles>") + len(b"</cellStyles>")
    return data[:start] + data[end:]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        (SHEET, lambda data: data.replace(_END, _EXTENSION + _END)),
        (SHEET, lambda data: data.replace(_END, _FORMATTING + _END)),
        ("xl/styles.xml", _no_style),
        (SHEET, lambda data: data.replace(_END, _HEADER + _END)),
        (BOOK, lambda data: re.sub(rb"<definedNames ?/>", b"<definedNames>" + _NAMES + b"</definedNames>", data)),
    ],
)
def test_warnings_of_looks_are_silent(part: str, change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (HEADINGS, *COMPANIES))
    changed(str(tmp_path / "mine.xlsx"), part, change)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        assert verdicts(screened(tmp_path / "mine.xlsx")) == RIGHT
    assert [str(one.message) for one in told] == []


def test_a_number_that_is_no_date_is_noted_and_no_warning(tmp_path: Path) -> None:
    book = workbook(tmp_path / "mine.xlsx", (HEADINGS, ("甲", "上海", "63", 99999999, "domestic-ip-vpn")))
    book.active["D2"].number_format = "yyyy-mm-dd"
    book.save(tmp_path / "mine.xlsx")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        done = screened(tmp_path / "mine.xlsx")
    assert [str(one.message) for one in told] == []
    assert verdicts(done) == {"甲": "needs_info"}
    assert done.notes is not None
    assert [(one["column"], one["value"]) for one in done.notes.to_pylist()] == [("外资比例", "#VALUE!")]


def test_other_warnings_stay(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import openpyxl.worksheet._reader as reader

    parse = reader.WorkSheetParser.parse_row

    def parse_row(self: object, row: object) -> object:
        reader.warn("a cell was left out")
        return parse(self, row)

    monkeypatch.setattr(reader.WorkSheetParser, "parse_row", parse_row)
    workbook(tmp_path / "mine.xlsx", (HEADINGS, *COMPANIES))
    with pytest.warns(UserWarning, match="a cell was left out"):
        rows(tmp_path / "mine.xlsx")
