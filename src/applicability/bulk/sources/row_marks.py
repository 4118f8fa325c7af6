"""What a workbook marks and a screening does not read: rows that are hidden or struck through, and comments."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Any

from applicability.bulk.sources.workbook_parts import Parts
from applicability.text import Text


class RowMarks:
    """Counts the rows of one sheet that are read although they are hidden or struck through; `part` is its part."""

    def __init__(self, book: Any, parts: Parts, part: str) -> None:
        self._hidden: Set[int] = parts.hidden.get(part, set())
        self._comments = parts.comments_of(part)
        fonts = getattr(book, "_fonts", ())
        styles = enumerate(getattr(book, "_cell_styles", ()))
        struck = {number for number, font in enumerate(fonts) if getattr(font, "strike", False)}
        self._struck = {number for number, style in styles if style.fontId in struck}
        self._rows = [0, 0]

    def see(self, line: int, cells: Sequence[Any]) -> None:
        """Counts a row that is read."""
        self._rows[0] += line in self._hidden
        if self._struck:
            styles = [getattr(cell, "_style_id", None) for cell in cells if cell.value is not None]
            self._rows[1] += bool(styles) and self._struck.issuperset(styles)

    def notices(self) -> Iterator[Text]:
        """What is said of them, once for each kind."""
        hidden, struck = self._rows
        if hidden:
            yield Text(
                f"隐藏的行（如因筛选）照样读入：{hidden}行；不需要的请删去",
                f"rows hidden, as by a filter, were read like others: {hidden}; delete those that are not meant",
            )
        if struck:
            yield Text(
                f"划有删除线的行照样读入：{struck}行；不需要的请删去",
                f"rows that are struck through were read like others: {struck}; delete those that are not meant",
            )
        if self._comments:
            yield Text(
                f"单元格的批注未读取：{self._comments}条；其中的事实请填入单元格",
                f"comments on cells were not read: {self._comments}; write the facts in them into cells",
            )
