"""A paper as a Word document: real headings, styles and tables, so that whoever gets it can go on writing in it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Sequence
from typing import Any, assert_never

from applicability.errors import EngineError, Location, Problem
from applicability.messages import install, not_installed
from applicability.report.layout.docx_set_up import CHINESE_TONGUE, LATIN_TONGUE, SOFT, DocxSetUp
from applicability.report.layout.paper import (
    FEW_PAIRS,
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
    cell_groups,
    is_long,
    is_low,
    is_short,
    is_wide,
    item_runs,
    numbered,
    runs,
    sections,
    stays_whole,
)
from applicability.text import Text

_HEAD_FILL = "F0F2F6"
_WHOLE = 4  # items from which a pair may be parted by the end of a page
_COLOURS = {"eligible": "17693A", "conditional": "0B6075", "needs_info": "8A5A00", "pending": "3B4FA8"}
_SECOND = 0.8  # the size of the second language of a heading, as a part of the first
_HEAD = 2  # rows that stay with a heading above them
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
        self.document, self.paper, self.speech = document, paper, speech
        self.made = DocxSetUp(document, paper, speech)
        self.shared, self.room = self.made.shared, self.made.room

    def write(self) -> None:
        document, paper = self.document, self.paper
        blocks = numbered(paper.blocks)
        self._heading(document.add_paragraph(style="Title"), paper.title)
        if paper.subtitle is not None:
            self._line(document.add_paragraph(style="Subtitle"), paper.subtitle)
        self.pairs(tuple((label, (text,)) for label, text in paper.cover))
        self._contents(sections(blocks))
        self.blocks(paper.summary)
        self.paragraph(paper.notice, "Notice")
        self.blocks(blocks)

    def _contents(self, heads: Sequence[Heading]) -> None:
        """The headings of level 1, each a link."""
        for head in heads:
            if head.anchor is not None:
                paragraph = self.document.add_paragraph(style="Contents")
                paragraph.paragraph_format.keep_with_next = head is not heads[-1]  # a list is not parted
                self._line(paragraph, head.text, head.prefix)
                self.made.link(paragraph, head.anchor)

    # Blocks ------------------------------------------------------------------------------------------------------

    def blocks(self, blocks: Iterable[Block], *, headed: bool = False) -> None:
        """Blocks; the first paragraphs under a heading, and one that leads to words, stay with what follows."""
        every = list(blocks)
        for block, after in zip(every, [*every, None][1:], strict=True):
            self.block(block)
            leads = isinstance(after, Quote) and isinstance(block, Paragraph) and block.kind == "soft"
            if isinstance(block, Paragraph) and (headed or leads):
                self._lead(block)
            headed = isinstance(block, Heading) or (headed and isinstance(block, Paragraph) and block.kind == "soft")

    def _lead(self, paragraph: Paragraph) -> None:
        if len(runs(paragraph.text, self.speech)) > 1:  # the two side by side are a table, with room after it
            self._keep(self.document.tables[-1].rows)
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True

    def block(self, block: Block) -> None:
        match block:
            case Heading(text, level, bucket, _, anchor):
                paragraph = self.document.add_paragraph(style=f"Heading {level}")
                self._heading(paragraph, text, block.prefix, level=level)
                if anchor is not None:
                    self.made.bookmark(paragraph, anchor)
                if bucket in _COLOURS:
                    for run in paragraph.runs:
                        run.font.color.rgb = self.shared.RGBColor.from_string(_COLOURS[bucket])
            case Paragraph(text, kind):
                self.paragraph(text, {"body": "Normal", "lead": "Lead", "soft": "Soft", "notice": "Notice"}[kind])
            case Bullets(items):
                for item in items:
                    self._lines(self.document.add_paragraph(style="List Bullet"), runs(item, self.speech))
            case Quote():
                self.quote(block)
            case Pairs(rows):
                self.pairs(rows)
            case Table():
                self.table(block)
            case Folded(title, inner, level):
                paragraph = self.document.add_paragraph(style="Fold" if level is None else f"Heading {level}")
                self._heading(paragraph, title, level=level or 1)
                self.blocks(inner, headed=True)
            case _:
                assert_never(block)

    def paragraph(self, text: Text, style: str) -> None:
        """A paragraph; in both languages, two side by side."""
        shown = runs(text, self.speech)
        if len(shown) == 1:
            self._fill(self.document.add_paragraph(style=style), shown)
            return
        table = self._grid(1, [50, 50], style=None)
        if not is_long(text):
            self._whole(table.rows[0])
        for cell, run in zip(table.rows[0].cells, shown, strict=True):
            self._fill(self._first(cell, style), [run])
        self._space()

    def quote(self, quote: Quote) -> None:
        """Words that stand by themselves: indented, behind a line; in both languages, two side by side."""
        shown = item_runs(quote, self.speech)
        styles = ("Quoted", "Quoted translation")
        if self.speech != "both" or len(shown) == 1:
            paragraphs = [self.document.add_paragraph(style=style) for style, _ in zip(styles, shown, strict=False)]
            for paragraph, run in zip(paragraphs, shown, strict=True):
                self._fill(paragraph, [run])
                paragraph.paragraph_format.keep_together = True
            for paragraph in paragraphs[:-1]:
                paragraph.paragraph_format.keep_with_next = True
            return
        table = self._grid(1, [50, 50], style=None)
        self._whole(table.rows[0])
        for cell, run, style in zip(table.rows[0].cells, shown, styles, strict=True):
            self._fill(self._first(cell, style), [run])
        self._space()

    def pairs(self, rows: Sequence[tuple[Any, Sequence[Any]]]) -> None:
        """Labels at the left, what belongs to each at the right; in both languages a column for each."""
        two = self.speech == "both"
        widths = [_LABEL, (100 - _LABEL) // 2, (100 - _LABEL) // 2] if two else [_LABEL, 100 - _LABEL]
        lines: list[tuple[Text | None, Sequence[Text | Quote]]] = []
        for label, items in rows:  # in both languages each item has a row, so that the two stand side by side
            groups = [[item] for item in items] if two else [items]
            lines += [(label if place == 0 else None, group) for place, group in enumerate(groups)]
        if not lines:
            return
        table = self._grid(len(lines), widths, style=None)
        self._rules(table)
        for row, (heading, group) in zip(table.rows, lines, strict=True):
            cells = row.cells
            if len(group) <= _WHOLE:
                self._whole(row)
            if heading is not None:
                self._lines(self._first(cells[0], "Soft"), runs(heading, self.speech))
            shown = item_runs(group[0], self.speech)
            if two and len(shown) == 2:
                for place, (cell, run) in enumerate(zip(cells[1:], shown, strict=True)):
                    style = _style(words=isinstance(group[0], Quote), place=place)
                    self._fill(self._first(cell, style), [run])
                continue
            self._items(cells[1].merge(cells[2]) if two else cells[1], group)
        rows = list(table.rows)
        # A heading above it has its first rows, no last row stands alone, and a short one is not parted.
        self._keep(rows[:-1] if len(rows) <= FEW_PAIRS else [*rows[:_HEAD], *rows[-2:-1]])
        self._space()

    def _items(self, cell: Any, items: Sequence[Text | Quote]) -> None:
        """Items one below the other; words stay with their English."""
        first = True
        for item in items:
            shown = item_runs(item, self.speech)
            for place, run in enumerate(shown):
                style = _style(words=isinstance(item, Quote), place=place)
                paragraph = self._first(cell, style) if first else cell.add_paragraph(style=style)
                paragraph.paragraph_format.space_after = self.shared.Pt(2)
                paragraph.paragraph_format.keep_together = True
                if place + 1 < len(shown):
                    paragraph.paragraph_format.keep_with_next = True
                self._fill(paragraph, [run])
                first = False

    def table(self, table: Table) -> None:
        """A table with a head that is repeated on every page."""
        made = self._grid(1 + len(table.rows), table.widths, style="Table Grid")
        head = made.rows[0]
        self._whole(head)
        head._tr.get_or_add_trPr().append(self.made.element("tblHeader"))
        for cell, text in zip(head.cells, table.heads, strict=True):
            self._lines(self._first(cell, "Cell"), runs(text, self.speech), bold=True)
            self._shade(cell, _HEAD_FILL)
        for place in table.right:
            for cell in made.columns[place].cells:
                cell.paragraphs[0].alignment = self.made.text.WD_ALIGN_PARAGRAPH.RIGHT
        for number, (row, texts) in enumerate(zip(list(made.rows)[1:], table.rows, strict=True)):
            for place, (cell, own) in enumerate(zip(row.cells, texts, strict=True)):
                self._groups(cell, cell_groups(own, self.speech))
                fill = table.fills[number][place] if table.fills else None
                if fill:
                    self._shade(cell, fill.removeprefix("#"))
            if stays_whole(texts, table, self.speech):
                self._whole(row)
        rows = list(made.rows)
        low = [is_low(one, table.widths, self.speech) for one in table.rows]
        first, last = rows[: 2 if low[:1] == [True] else 1], rows[-2:-1] if low[-1:] == [True] else []
        self._keep(rows[:-1] if is_short(table, self.speech) else [*first, *last])  # no low row stands alone on a page
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
            for part in run.parts:
                made = paragraph.add_run(part.text)
                made.bold = bold or part.is_name or None
                properties = made._r.get_or_add_rPr()
                if run.lang == "zh":  # signs that both scripts have are those of Chinese
                    properties.get_or_add_rFonts().set(self.made.qn("w:hint"), "eastAsia")
                properties.append(self.made.element("lang", val=LATIN_TONGUE, eastAsia=CHINESE_TONGUE))

    def _line(self, paragraph: Any, text: Text, prefix: str = "", *, apart: bool = False) -> None:
        """Languages on one line, or each on a line of its own."""
        if prefix:
            self._fill(paragraph, [Run("en", prefix)])
        for place, run in enumerate(runs(text, self.speech)):
            if place and apart:
                paragraph.add_run().add_break()
            elif place:
                paragraph.add_run(" / ")
            self._fill(paragraph, [run])

    def _heading(self, paragraph: Any, text: Text, prefix: str = "", *, level: int = 2) -> None:
        """A heading, its second language smaller, and on a line of its own where the two do not fit one; of level 1 on
        the same line, since a field at the top of each page repeats it.
        """
        self._line(paragraph, text, prefix, apart=level > 1 and is_wide(text, level, self.speech))
        if len(runs(text, self.speech)) > 1:
            second = paragraph.runs[-1]
            second.font.size = int(paragraph.style.font.size * _SECOND)
            second.font.color.rgb = self.shared.RGBColor.from_string(SOFT)

    def _groups(self, cell: Any, groups: Sequence[Sequence[Run]]) -> None:
        """The lines of a cell, those of a group in one paragraph, which is not parted where there are several."""
        for place, shown in enumerate(groups):
            paragraph = cell.add_paragraph(style=self.document.styles["Cell"]) if place else self._first(cell, "Cell")
            paragraph.paragraph_format.space_after = self.shared.Pt(2)
            if len(groups) > 1:
                paragraph.paragraph_format.keep_together = True
            self._lines(paragraph, shown)

    def _lines(self, paragraph: Any, shown: Sequence[Run], bold: bool = False) -> None:
        """Languages one below the other."""
        for place, run in enumerate(shown):
            if place:
                paragraph.add_run().add_break()
            self._fill(paragraph, [run], bold)

    def _shade(self, cell: Any, colour: str) -> None:
        cell._tc.get_or_add_tcPr().append(self.made.element("shd", val="clear", color="auto", fill=colour))

    def _whole(self, row: Any) -> None:
        """Keep a row on one page."""
        row._tr.get_or_add_trPr().append(self.made.element("cantSplit"))

    def _keep(self, rows: Iterable[Any]) -> None:
        """Keep rows on the page of the row that follows."""
        for row in rows:
            for cell in row.cells:
                for paragraph in cell.paragraphs:
                    paragraph.paragraph_format.keep_with_next = True

    def _rules(self, table: Any) -> None:
        """Thin lines between rows, none between columns."""
        borders = self.made.element("tblBorders")
        for side in ("top", "bottom", "insideH"):
            borders.append(self.made.element(side, val="single", sz="4", space="0", color="D9DAE0"))
        properties = table._tbl.tblPr
        properties.find(self.made.qn("w:tblLayout")).addprevious(borders)  # the format has an order

    def _space(self) -> None:
        """A little room after a table, which has none of its own."""
        paragraph = self.document.add_paragraph()
        paragraph.paragraph_format.space_after = self.shared.Pt(0)
        paragraph.paragraph_format.line_spacing = self.shared.Pt(6)


def _style(*, words: bool, place: int) -> str:
    """The style of a run in a pair: of the words, of their English, or of all else."""
    return ("Translation" if place else "Words") if words else "Normal"
