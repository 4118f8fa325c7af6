"""A paper as a Word document: real headings, styles and tables, so that whoever gets it can go on writing in it."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, assert_never

from applicability.errors import EngineError, Location, Problem
from applicability.messages import install, not_installed
from applicability.report.layout.paper import (
    Block,
    Bullets,
    Folded,
    Heading,
    Pairs,
    Paper,
    Paragraph,
    Quote,
    Run,
    Speech,
    Table,
    is_long,
    item_runs,
    joined,
    runs,
    same,
)
from applicability.text import Text

_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
_TONGUES = {"zh": "zh-CN", "en": "en-GB"}
_ACCENT, _SOFT, _HEAD_FILL = "1F3F66", "5F6168", "F0F2F6"
_COLOURS = {"eligible": "17693A", "conditional": "0B6075", "needs_info": "8A5A00", "pending": "3B4FA8"}
_LABEL = 22  # parts in a hundred of the width that labels take
_FIXED = (1980, 1, 1, 0, 0, 0)  # of every part of the file: the same paper gives the same bytes


def render(paper: Paper, speech: Speech) -> bytes:
    """The paper as DOCX. Raises EngineError where what writes it is not installed."""
    try:
        import docx  # an extra
    except ImportError:
        raise EngineError(
            [Problem("E004", Location("docx"), not_installed("python-docx"), install("reports"))]
        ) from None
    writer = _DocxWriter(docx.Document(), paper, speech)
    writer.write()
    data = io.BytesIO()
    writer.document.save(data)
    return _undated(data.getvalue())


def _undated(data: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in made.namelist():
            kept.writestr(zipfile.ZipInfo(name, _FIXED), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


class _DocxWriter:
    def __init__(self, document: Any, paper: Paper, speech: Speech) -> None:
        from docx import enum, oxml, shared
        from docx.enum import section, text

        self.document, self.paper, self.speech = document, paper, speech
        self.shared, self.oxml, self.enum, self.section, self.text = shared, oxml, enum, section, text

    def write(self) -> None:
        self._page()
        self._styles()
        self._properties()
        document, paper = self.document, self.paper
        self._line(document.add_paragraph(style="Title"), paper.title)
        self._line(document.add_paragraph(style="Subtitle"), paper.subtitle)
        self.pairs(tuple((label, (text,)) for label, text in paper.cover))
        self.blocks(paper.summary)
        self.paragraph(paper.notice, "Notice")
        document.add_page_break()
        self.blocks(paper.blocks)
        self.paragraph(paper.notice, "Notice")

    # The document ------------------------------------------------------------------------------------------------

    def _page(self) -> None:
        section, mm = self.document.sections[0], self.shared.Mm
        section.page_width, section.page_height = mm(210), mm(297)
        if self.paper.wide:
            section.orientation = self.section.WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = mm(297), mm(210)
        section.left_margin = section.right_margin = mm(20)
        section.top_margin = section.bottom_margin = mm(20)
        self.room = section.page_width - section.left_margin - section.right_margin
        footer = section.footer.paragraphs[0]
        footer.alignment = self.text.WD_ALIGN_PARAGRAPH.RIGHT
        self._field(footer, "PAGE")
        footer.add_run(" / ")
        self._field(footer, "NUMPAGES")

    def _styles(self) -> None:
        styles, pt, rgb = self.document.styles, self.shared.Pt, self.shared.RGBColor.from_string
        kinds = self.enum.style.WD_STYLE_TYPE
        soft = styles.add_style("Soft", kinds.PARAGRAPH)
        notice = styles.add_style("Notice", kinds.PARAGRAPH)
        lead = styles.add_style("Lead", kinds.PARAGRAPH)
        words = styles.add_style("Words", kinds.PARAGRAPH)
        rendered = styles.add_style("Translation", kinds.PARAGRAPH)
        cell = styles.add_style("Cell", kinds.PARAGRAPH)
        for style in (soft, notice, lead, words, rendered, cell):
            style.base_style = styles["Normal"]
        for name, size, colour in (
            ("Normal", 10.5, None), ("Title", 24, _ACCENT), ("Subtitle", 13, _SOFT), ("Heading 1", 15, _ACCENT),
            ("Heading 2", 12.5, _ACCENT), ("Heading 3", 11, "000000"), ("List Bullet", 10.5, None),
            ("Soft", 9.5, _SOFT), ("Notice", 9.5, _SOFT), ("Lead", 11.5, None), ("Words", 10.5, None),
            ("Translation", 10.5, _SOFT), ("Cell", 9, None),
        ):  # fmt: skip
            style = styles[name]
            style.font.size = pt(size)
            style.font.name = _LATIN
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                if "Theme" in key or "theme" in key:
                    del fonts.attrib[key]
            for kind in ("ascii", "hAnsi", "cs"):
                fonts.set(self._qn(f"w:{kind}"), _LATIN)
            fonts.set(self._qn("w:eastAsia"), _CHINESE)
            if colour:
                style.font.color.rgb = rgb(colour)
        styles["Subtitle"].font.italic = False
        rendered.font.italic = True
        for name in ("Normal", "Soft", "Notice", "Lead", "Words", "Translation", "List Bullet"):
            styles[name].paragraph_format.space_after = pt(4)
        for name in ("Heading 1", "Heading 2", "Heading 3"):
            styles[name].paragraph_format.keep_with_next = True
            styles[name].paragraph_format.space_before = pt({"1": 20, "2": 14, "3": 10}[name[-1]])
            styles[name].paragraph_format.space_after = pt(4)

    def _properties(self) -> None:
        own = self.document.core_properties
        own.title, own.subject = joined(self.paper.title, self.speech), joined(self.paper.subtitle, self.speech)
        own.author = own.last_modified_by = own.comments = ""
        own.language = _TONGUES["en" if self.speech == "en" else "zh"]
        day = self.paper.day
        own.created = own.modified = datetime.datetime(day.year, day.month, day.day)

    def _qn(self, name: str) -> str:
        from docx.oxml.ns import qn

        found: str = qn(name)
        return found

    def _field(self, paragraph: Any, code: str) -> None:
        """A field that the reader's program fills in."""
        run = paragraph.add_run()
        for kind, text in (("begin", None), (None, code), ("end", None)):
            made = self.oxml.OxmlElement("w:fldChar" if kind else "w:instrText")
            if kind:
                made.set(self._qn("w:fldCharType"), kind)
            else:
                made.text = text
            run._r.append(made)

    # Blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block]) -> None:
        for block in blocks:
            self.block(block)

    def block(self, block: Block) -> None:
        match block:
            case Heading(text, level, bucket):
                paragraph = self.document.add_paragraph(style=f"Heading {level}")
                self._line(paragraph, text)
                if bucket in _COLOURS:
                    for run in paragraph.runs:
                        run.font.color.rgb = self.shared.RGBColor.from_string(_COLOURS[bucket])
            case Paragraph(text, kind):
                self.paragraph(text, {"body": "Normal", "lead": "Lead", "soft": "Soft", "notice": "Notice"}[kind])
            case Bullets(items):
                for item in items:
                    self._lines(self.document.add_paragraph(style="List Bullet"), runs(item, self.speech))
            case Quote():
                self.pairs((((same("")), (block,)),))
            case Pairs(rows):
                self.pairs(rows)
            case Table():
                self.table(block)
            case Folded(title, inner):
                self._line(self.document.add_paragraph(style="Heading 3"), title)
                self.blocks(inner)
            case _:
                assert_never(block)

    def paragraph(self, text: Text, style: str) -> None:
        """A paragraph; in both languages, two side by side."""
        shown = runs(text, self.speech)
        if len(shown) == 1:
            self._fill(self.document.add_paragraph(style=style), shown)
            return
        table = self._grid(1, [50, 50], style=None)
        for cell, run in zip(table.rows[0].cells, shown, strict=True):
            self._fill(self._first(cell, style), [run])
        self._space()

    def pairs(self, rows: Sequence[tuple[Any, Sequence[Any]]]) -> None:
        """Labels at the left, what belongs to each at the right, in a column for each language."""
        two = self.speech == "both"
        widths = [_LABEL, (100 - _LABEL) // 2, (100 - _LABEL) // 2] if two else [_LABEL, 100 - _LABEL]
        lines = [(label if place == 0 else None, item) for label, items in rows for place, item in enumerate(items)]
        if not lines:
            return
        table = self._grid(len(lines), widths, style=None)
        self._rules(table)
        for row, (label, item) in zip(table.rows, lines, strict=True):
            cells = row.cells
            self._whole(row)
            if label is not None:
                self._lines(self._first(cells[0], "Soft"), runs(label, self.speech))
            shown = item_runs(item, self.speech)
            words = isinstance(item, Quote)
            if two and len(shown) == 2:
                for cell, run in zip(cells[1:], shown, strict=True):
                    style = "Translation" if words and run.lang == "en" else "Words" if words else "Normal"
                    self._fill(self._first(cell, style), [run])
                continue
            cell = cells[1].merge(cells[2]) if two else cells[1]
            for place, run in enumerate(shown):
                style = "Translation" if words and run.lang == "en" else "Words" if words else "Normal"
                self._fill(self._first(cell, style) if place == 0 else cell.add_paragraph(style=style), [run])
        for cell in table.rows[0].cells:  # the first row stays with the heading above it and the row below
            for paragraph in cell.paragraphs:
                paragraph.paragraph_format.keep_with_next = True
        self._space()

    def table(self, table: Table) -> None:
        """A table with a head that is repeated on every page."""
        made = self._grid(1 + len(table.rows), table.widths, style="Table Grid")
        head = made.rows[0]
        mark = self.oxml.OxmlElement("w:tblHeader")
        head._tr.get_or_add_trPr().append(mark)
        for cell, text in zip(head.cells, table.heads, strict=True):
            self._lines(self._first(cell, "Cell"), runs(text, self.speech), bold=True)
            self._shade(cell, _HEAD_FILL)
        for number, (row, texts) in enumerate(zip(list(made.rows)[1:], table.rows, strict=True)):
            for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                self._lines(self._first(cell, "Cell"), runs(text, self.speech))
                fill = table.fills[number][place] if table.fills else None
                if fill:
                    self._shade(cell, fill.removeprefix("#"))
            if not is_long(texts):
                self._whole(row)
        self._space()

    # Parts -------------------------------------------------------------------------------------------------------

    def _grid(self, rows: int, widths: Sequence[int], style: str | None) -> Any:
        table = self.document.add_table(rows, len(widths), style=style)
        table.autofit = False
        whole = sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = int(self.room * width / whole)
        for row in table.rows:
            for cell, width in zip(row.cells, widths, strict=True):
                cell.width = int(self.room * width / whole)
        return table

    def _first(self, cell: Any, style: str) -> Any:
        """The paragraph that a new cell has, in a style."""
        paragraph = cell.paragraphs[0]
        paragraph.style = self.document.styles[style]
        paragraph.paragraph_format.space_after = self.shared.Pt(2)
        return paragraph

    def _fill(self, paragraph: Any, shown: Iterable[Run], bold: bool = False) -> None:
        for run in shown:
            made = paragraph.add_run(run.text)
            made.bold = bold or None
            tongue = self.oxml.OxmlElement("w:lang")
            tongue.set(self._qn("w:val"), _TONGUES[run.lang])
            tongue.set(self._qn("w:eastAsia"), _TONGUES["zh"])
            made._r.get_or_add_rPr().append(tongue)

    def _line(self, paragraph: Any, text: Text) -> None:
        """Languages on one line."""
        for place, run in enumerate(runs(text, self.speech)):
            if place:
                paragraph.add_run(" / ")
            self._fill(paragraph, [run])

    def _lines(self, paragraph: Any, shown: Sequence[Run], bold: bool = False) -> None:
        """Languages one below the other."""
        for place, run in enumerate(shown):
            if place:
                paragraph.add_run().add_break()
            self._fill(paragraph, [run], bold)

    def _shade(self, cell: Any, colour: str) -> None:
        shade = self.oxml.OxmlElement("w:shd")
        for key, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
            shade.set(self._qn(f"w:{key}"), value)
        cell._tc.get_or_add_tcPr().append(shade)

    def _whole(self, row: Any) -> None:
        """Keep a row on one page."""
        row._tr.get_or_add_trPr().append(self.oxml.OxmlElement("w:cantSplit"))

    def _rules(self, table: Any) -> None:
        """Thin lines between rows, none between columns."""
        borders = self.oxml.OxmlElement("w:tblBorders")
        for side in ("top", "bottom", "insideH"):
            line = self.oxml.OxmlElement(f"w:{side}")
            for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "D9DAE0")):
                line.set(self._qn(f"w:{key}"), value)
            borders.append(line)
        table._tbl.tblPr.append(borders)

    def _space(self) -> None:
        """A little room after a table, which has none of its own."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = self.shared.Pt(0)
        paragraph.paragraph_format.line_spacing = self.shared.Pt(6)
