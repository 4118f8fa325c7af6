"""A paper as a Word document: its tables, their rows and the top of its pages."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest

from applicability import Rulebook, check, decisions
from applicability.lazy_dataclass import replace
from applicability.report import whole
from applicability.report.layout.paper import CellLines, Paper, Speech, Table, is_low, is_short, same, stays_whole
from applicability.report.papers.case import case_paper
from applicability.report.papers.write import write
from applicability.text import Text

from .test_papers import DAY, FACTS


@pytest.fixture(scope="module")
def paper(rulebook: Rulebook) -> Paper:
    assessment = check(FACTS, rulebook, as_of=DAY, engine="reference")
    return case_paper(whole(assessment), decisions.change(assessment).prospects)


def _file(paper: Paper) -> io.BytesIO:
    return io.BytesIO(write(paper, "docx", "zh"))


def test_no_row_of_a_word_document_stands_alone_and_a_heading_has_its_first_rows(paper: Paper) -> None:
    from docx import Document

    document: Any = Document(_file(paper))

    def kept(row: Any) -> bool:
        return all(one.paragraph_format.keep_with_next for cell in row.cells for one in cell.paragraphs)

    def low(row: Any) -> bool:
        return all(len(cell.text) < 20 for cell in row.cells)

    for table in document.tables:
        rows = list(table.rows)
        if len(rows) > 2:
            assert kept(rows[0])
            assert kept(rows[1]) or not low(rows[1])
            assert kept(rows[-2]) or not low(rows[-1])


def test_a_row_of_a_table_is_parted_only_where_it_takes_much_of_a_page() -> None:
    lines = CellLines(tuple(Text("甲" * 60, "a" * 120) for _ in range(4)))
    wide, narrow = (Table((), (), widths) for widths in ((10, 90), (90, 10)))
    assert stays_whole((same("1"), lines), wide, "both")
    assert not stays_whole((same("1"), lines), narrow, "both")
    assert not stays_whole((same("1"), CellLines(lines.items * 4)), wide, "both")
    assert stays_whole((same("1"), CellLines(lines.items * 2)), wide, "zh")
    assert not stays_whole((same("1"), CellLines(lines.items * 4)), replace(wide, parted=True), "zh")
    assert stays_whole((same("1"), lines), replace(wide, parted=True), "zh")
    assert is_low((same("1"), same("甲" * 60)), (10, 90), "zh")
    assert not is_low((same("1"), lines), (10, 90), "zh")


def test_the_tables_of_a_word_document_lie_within_its_margins_and_follow_the_order_of_the_format(paper: Paper) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document: Any = Document(io.BytesIO(write(paper, "docx", "both")))
    order = ["tblStyle", "tblW", "tblBorders", "tblLayout", "tblLook"]
    for table in document.tables:
        tags = [one.tag.partition("}")[2] for one in table._tbl.tblPr]
        assert tags == [one for one in order if one in tags]
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    assert all(sum(column.width for column in one.columns) <= room + 1000 for one in document.tables)  # rounded up
    modes = [
        one.get(qn("w:val"))
        for one in document.settings.element.iter(qn("w:compatSetting"))
        if one.get(qn("w:name")) == "compatibilityMode"
    ]
    assert modes == ["15"]  # an older one lets the lines of a table hang out of the margin


def test_what_does_not_know_the_field_on_top_of_a_page_shows_the_title(paper: Paper) -> None:
    from docx import Document

    (header,) = Document(_file(paper)).sections[0].header.paragraphs
    assert header.text == paper.title.zh


def test_a_word_document_tells_on_top_of_each_page_which_part_it_is_of(paper: Paper) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    header = Document(_file(paper)).sections[0].header._element
    assert [one.text.strip() for one in header.iter(qn("w:instrText"))] == ['STYLEREF "Heading 1"']


def test_a_short_table_is_not_parted_by_the_end_of_a_page(paper: Paper) -> None:
    from docx import Document

    document: Any = Document(_file(paper))
    results = next(one for one in document.tables if one.rows[0].cells[0].text.startswith("结果"))
    assert all(
        each.paragraph_format.keep_with_next
        for row in list(results.rows)[:-1]
        for cell in row.cells
        for each in cell.paragraphs
    )
    short = Table((same("甲"),), ((same("1"),),) * 5, (100,))
    assert is_short(short, "both")
    assert not is_short(Table((same("甲"),), ((same("1"),),) * 9, (100,)), "both")
    assert not is_short(Table((same("甲"),), ((same("a" * 500),),) * 5, (100,)), "zh")


@pytest.mark.thorough
@pytest.mark.parametrize("speech", ["zh", "both"])
def test_the_contents_stand_on_one_page(paper: Paper, speech: Speech) -> None:
    from docx import Document

    document: Any = Document(io.BytesIO(write(paper, "docx", speech)))
    contents = [one for one in document.paragraphs if one.style.name == "Contents"]
    assert len(contents) > 4
    assert [one.paragraph_format.keep_with_next for one in contents] == [*[True] * (len(contents) - 1), False]
    assert re.search(r"nav \{[^}]*break-inside: avoid", write(paper, "html", speech).decode())
