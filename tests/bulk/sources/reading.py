"""What the tests of sources ask: the verdicts of row 1, the notices, and the rows as they are taken apart."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl

from applicability import load_rulebook
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import names_of
from applicability.model.verdict import Verdict
from applicability.screening import Screening, known_headings, reading_of_cells, screen

BOOK = load_rulebook()
KNOWN = known_headings(BOOK, {})
READS = reading_of_cells(BOOK, KNOWN)
DAY = datetime.date(2026, 11, 23)
HEADINGS = ("企业名称", "城市", "行业代码", "外资比例", "业务活动")
# Row 1 is open to 甲, and neither to 乙, wholly foreign, nor to 丙, which has no foreign share.
COMPANIES = (
    ("甲", "上海", "63", "49", "domestic-ip-vpn"),
    ("乙", "上海", "63", "100", "domestic-ip-vpn"),
    ("丙", "上海", "63", "0", "domestic-ip-vpn"),
)
LISTS = "counted as complete"
RIGHT = {"甲": "eligible", "乙": "ineligible", "丙": "ineligible"}


def screened(path: Path, **options: Any) -> Screening:
    """A register screened for row 1."""
    return screen(path, BOOK, only=Verdict, measures=[1], as_of=DAY, **options)


def verdicts(done: Screening) -> dict[str, str]:
    """The verdict of row 1 for each company, by its name."""
    if done.results is None:
        return {}
    return {line["企业名称"]: line["verdict"] for line in done.results.to_pylist()}


def notices(done: Screening) -> list[str]:
    """What is said of the source of a register, in English: not that its lists counted as complete."""
    return [one.en for one in done.summary.notices if LISTS not in one.en]


def dropped(done: Screening) -> dict[int, str]:
    """The codes of the rows that are not companies, by their number."""
    return {} if done.rejects is None else {one["line"]: one["code"] for one in done.rejects.to_pylist()}


def rows(path: Path, **options: Any) -> list[dict[str, object]]:
    """The rows of a source as it takes them apart, cell by cell, with their numbers as `line`."""
    found = []
    with contextlib.closing(open_source(str(path), known=KNOWN, reads=READS, **options)) as source:
        for piece in source.pieces(frozenset()):
            for part in piece.batches:
                columns = {name: part.table.column(name).to_pylist() for name in names_of(part.table)}
                for place, line in enumerate(part.lines):
                    found.append({"line": line, **{name: cells[place] for name, cells in columns.items()}})
    return found


def workbook(path: Path, *sheets: Sequence[Sequence[object]]) -> openpyxl.Workbook:
    """A workbook with these sheets, saved; the caller may change it and save it again."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for lines in sheets:
        sheet = book.create_sheet()
        for line in lines:
            sheet.append([None if cell == "" else cell for cell in line])
    book.save(path)
    return book
