"""What a workbook marks and a screening does not read: rows that are hidden or struck through, comments, and names
that are merged over several rows.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from typing import Any

from applicability.bulk.sources.workbook_parts import Parts
from applicability.text import Text


class RowMarks:
    """Counts the rows of one sheet that are read although they are hidden or struck through, or share a name.

    `part` is the part of the sheet, `names` are the columns of companies' names, counted from 0.
    """

    def __init__(self, book: Any, parts: Parts, part: str, names: Collection[int] = ()) -> None:
        self._names = names
        self._shared: dict[int, int] = {}
        self._hidden: Set[int] = parts.hidden.get(part, set())
        self._comments = parts.comments_of(part)
        fonts = getattr(book, "_fonts", ())
        styles = enumerate(getattr(book, "_cell_styles", ()))
        struck = {number for number, font in enumerate(fonts) if getattr(font, "strike", False)}
        self._struck = {number for number, style in styles if style.fontId in struck}
        self._rows = [0, 0]

    def see(self, line: int, cells: Sequence[Any], inherited: Mapping[int, int]) -> None:
        """Counts a row that is read; `inherited` are the columns whose cell is merged with one above, with its row."""
        if top := next((inherited[place] for place in self._names if place in inherited), 0):
            self._shared[top] = self._shared.get(top, 0) + 1
        self._rows[0] += line in self._hidden
        if self._struck:
            styles = [getattr(cell, "_style_id", None) for cell in cells if cell.value is not None]
            self._rows[1] += bool(styles) and self._struck.issuperset(styles)

    def notices(self) -> Iterator[Text]:
        """What is said of them, once for each kind."""
        hidden, struck = self._rows
        if self._shared:
            again, companies = sum(self._shared.values()), len(self._shared)
            yield Text(
                f"有{companies:,}家企业的名称合并在多行之上，其余{again:,}行也各算一家筛查，家数可能因此多计；"
                "每家企业只留一行，投资方写在同一行",
                f"the names of {companies:,} companies are merged over several rows: the other {again:,} rows were "
                "each screened as a company too, so the counts may be too high; leave one row for each company, with "
                "its investors in that row",
            )
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
