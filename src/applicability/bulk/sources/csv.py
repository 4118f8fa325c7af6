"""Companies as comma-separated values, in UTF-8, UTF-16, GB 18030 or an encoding that is named; cells are text.

A quote that is never closed would swallow the rows after it. It is detected where the file ends inside it, where its
content looks like rows, and where it closes in the middle of a cell: then its first line is rejected, and the lines
after it are read as rows of their own.
"""

from __future__ import annotations

import codecs
import csv
import functools
import io
import itertools
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence

from applicability.bulk.engine.arrays import ArrayTable
from applicability.bulk.sources.heading_groups import Known
from applicability.bulk.sources.heading_layout import layout_notices, layout_of
from applicability.bulk.sources.headings import (
    LOOKED,
    HeadingOptions,
    HeadingRows,
    clean,
    column_letters,
    cut,
    heading_rows,
    passed_over,
    row_of_more,
    without_heading,
)
from applicability.bulk.sources.other_kinds import refuse_other_kinds
from applicability.bulk.sources.regular_csv import table_of
from applicability.bulk.sources.repeated import RepeatedRows
from applicability.bulk.sources.source import Broken, Rows, fault
from applicability.bulk.sources.streams import SNIFFED, FileSource, batched, broken_row, table_of_text
from applicability.bulk.sources.text_marks import unmarked
from applicability.bulk.sources.uneven_rows import UnevenRow, UnevenRows
from applicability.errors import ProfileError
from applicability.lazy_dataclass import dataclass, replace
from applicability.text import SurfaceText, Text

_ENCODINGS = ("utf-8-sig", "gb18030")
_MARKS = {codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
# A byte that could not be decoded (surrogateescape).
_FOREIGN = re.compile("[\udc80-\udcff]")
# Cells of a line that are tried to find the separator.
_TRIED = 500
# Lines of one cell beyond which its quote counts as never closed.
_LONGEST = 10_000
# Columns beyond which a table is parsed row by row, and the cells of a batch then: Arrow's reader holds 14 kB for a
# column, beside its cells, and keeps them.
_WIDE, _CELLS = 4_000, 1 << 20


_OPEN = Text("引号没有闭合", "a quote is opened and not closed")
_CLOSE = Text("补上右引号；单元格内的引号写两次", "close the quote, or write a quote inside a cell twice")


class _Unclosed(Exception):
    """A cell exceeds the limit of lines."""


@dataclass
class CsvSource(FileSource):
    """Comma-separated values; the encoding is detected from the bytes if not given."""

    encoding: str | None = None
    separator: str | None = None
    headings: HeadingOptions = HeadingOptions()

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        refuse_other_kinds(self.name, self._head)
        encoding = self.encoding or _encoding(self._head)
        try:
            text = io.TextIOWrapper(io.BufferedReader(self._bytes, SNIFFED), encoding, "surrogateescape", newline="")
        except LookupError:
            what = Text(f"没有编码 `{encoding}`", f"there is no encoding `{encoding}`")
            hint = Text("常用的有 utf-8、gb18030、big5", "usual ones are utf-8, gb18030 and big5")
            raise fault(self.name, what, hint) from None
        try:
            yield from self._rows(text, encoding)
        except UnicodeError as error:
            raise self._unreadable(encoding, Text(f"“{error}”", str(error))) from None

    def _rows(self, text: Iterable[str], encoding: str) -> Iterator[Rows]:
        csv.field_size_limit(1 << 30)
        separator = self.separator or _separator(self._head, encoding, self.headings.known)
        records = _Records(text, separator)
        heads, below = self._headings(records, encoding)
        headings, line, repeated = heads.names, heads.last + 2, RepeatedRows(heads)
        records.width = len(headings)
        more = row_of_more([clean(unmarked(one)) for one in next(iter(below), ())], heads, self.headings)
        found = iter(records)
        unnamed: set[int] = set()
        table = functools.partial(_table, headings, heads.width, unnamed)
        known, reads = self.headings.known, self.headings.reads
        uneven = UnevenRows(headings, heads.width, separator, known, reads, below)
        width = max(heads.width, len(headings))
        wide = width > _WIDE
        while lines := records.lines(max(1, _CELLS // width) if wide else self.rows):
            regular = None if wide else table_of(lines, separator, headings, heads.width, uneven.usual)
            if regular is not None:
                unnamed.update(regular.unnamed)
                if regular.lines.size:
                    yield repeated.apart(regular.columns, line + regular.lines)
                line += len(lines)
            else:
                told = [*zip(itertools.count(line), records.of(lines, found), strict=False)]
                rows = self._told(told, uneven, repeated)
                yield from batched(rows, self.rows, table)
                line += len(told)
        self.notices = [*self.notices, *without_heading(sorted(unnamed), more=more)]

    def _headings(self, records: _Records, encoding: str) -> tuple[HeadingRows, list[list[str]]]:
        """The headings, and the first rows below them; the records are then those below the headings."""
        known, asked = self.headings.known, self.headings.row
        looked = records.ahead(LOOKED + (asked or 0))
        rows = [[clean(unmarked(one)) for one in record] if isinstance(record, list) else [] for record, _ in looked]
        found = heading_rows(self.name, rows, self.headings) if any(map(any, rows)) else None
        above = looked if found is None else looked[: found.first]
        if any(not isinstance(record, list) for record, _ in above) and not (
            found and known and any(map(known, found.names))
        ):
            what = Text("列名行无法分成各列", "its row of headings cannot be taken apart")
            raise fault(self.name, what, Text("是否有引号没有闭合？", "is there a quote that is not closed?"))
        if found is None:
            found = heading_rows(self.name, rows, self.headings)
        for place, heading in enumerate(found.names):
            self._legible(heading, place, encoding)
        self.heading_layout = layout_of(found)
        self.notices = [*passed_over(rows, found), *layout_notices(found, self.heading_layout)]
        records.give_back(line for _, lines in looked[found.last + 1 :] for line in lines)
        return found, [record for record, _ in looked[found.last + 1 :] if isinstance(record, list)]

    def _legible(self, heading: str, place: int, encoding: str) -> None:
        """Raises ProfileError for a heading that is no text, and says which."""
        shown, where = cut(_shown(heading)), column_letters(place)
        if _foreign(heading) or "\0" in heading:
            zh, en = f"{where}列的列名 `{shown}` 不是这种编码", f"its heading `{shown}` (column {where}) is not in it"
            raise self._unreadable(encoding, Text(zh, en))
        if odd := next((one for one in heading if not one.isprintable() and not one.isspace()), None):
            sign = f"U+{ord(odd):04X}"
            what = Text(
                f"{where}列的列名含有无法显示的字符 {sign}",
                f"the heading of column {where} holds the character {sign}, which cannot be shown",
            )
            hint = SurfaceText(
                "删去该字符；若整份文件都是乱码，用 --encoding 指明编码",
                "remove it; if all of the file is garbled, name its encoding with --encoding",
                Text(
                    "删去该字符；若整份文件都是乱码，另存为 UTF-8 的 CSV 或工作簿",
                    "remove it; if all of the file is garbled, save it as CSV in UTF-8 or as a workbook",
                ),
            )
            raise fault(self.name, what, hint)

    def _told(
        self, found: Iterable[tuple[int, _Record]], uneven: UnevenRows, repeated: RepeatedRows
    ) -> Iterator[Broken | tuple[int, list[str] | UnevenRow]]:
        """The records with their numbers, and the problems of those that are not rows."""
        for line, cells in found:
            if isinstance(cells, list) and not any(cell.strip() for cell in cells):
                continue  # a blank line, or one of separators only, is no company
            if isinstance(cells, Swallowed):
                yield broken_row(self.name, line, _shown(cells.words), _OPEN, _CLOSE)
            elif isinstance(cells, csv.Error):
                yield broken_row(self.name, line, "", Text(f"无法分成各列：“{cells}”", str(cells)))
            elif (again := repeated.broken(line, cells)) is not None:
                yield again
            else:
                # Bytes of another encoding are shown as such: what they stand for cannot be read, the rest can.
                whole = [unmarked(_shown(cell) if _foreign(cell) else cell) for cell in cells]
                yield line, uneven.of(whole) or whole

    def _unreadable(self, encoding: str, why: Text) -> ProfileError:
        name = encoding.replace("-sig", "")
        what = Text(f"无法按 {name} 读取：{why.zh}", f"cannot be read as {name}: {why.en}")
        hint = SurfaceText(
            "指明编码，如 --encoding gb18030、utf-16 或 big5",
            "name its encoding, as in --encoding gb18030, utf-16 or big5",
            Text("另存为 UTF-8 的 CSV 或工作簿", "save it as CSV in UTF-8 or as a workbook"),
        )
        return fault(self.name, what, hint)


@dataclass(frozen=True)
class Swallowed:
    """The first line of a record with an unclosed quote."""

    words: str


# A record's cells, its error, or the line that an unclosed quote swallowed.
_Record = list[str] | csv.Error | Swallowed


class _Records:
    """The records of a text: cells, an error, or the line of an unclosed quote.

    `width` is the number of cells of a row, once known.
    """

    def __init__(self, text: Iterable[str], separator: str) -> None:
        self.width = 0
        self._text = iter(text)
        self._separator = separator
        self._again: deque[str] = deque()
        self._held: list[str] = []
        self._ended = False

    def __iter__(self) -> Iterator[_Record]:
        reader = csv.reader(self._lines(), delimiter=self._separator)
        while True:
            self._held, self._ended = [], False
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield error
                continue
            except _Unclosed:
                swallowed = True
            else:
                swallowed = self._ended or (len(self._held) > 1 and self._like_rows())
            if swallowed:
                first, *rest = self._held
                self._again.extendleft(reversed(rest))
                reader = csv.reader(self._lines(), delimiter=self._separator)
                yield Swallowed(first.rstrip("\r\n"))
            else:
                yield cells

    def ahead(self, most: int) -> list[tuple[_Record, list[str]]]:
        """Takes the first records, each with its lines, for a caller that gives back those that it leaves."""
        return [
            (record, self._held[:1] if isinstance(record, Swallowed) else self._held)
            for record in itertools.islice(self, most)
        ]

    def give_back(self, lines: Iterable[str]) -> None:
        """Puts lines before those to be read."""
        self._again.extendleft(reversed([*lines]))

    def lines(self, most: int) -> list[str]:
        """Takes the next lines, for a caller that parses them itself: the records that follow begin after them, unless
        they are given back to `of`.
        """
        held = [self._again.popleft() for _ in range(min(most, len(self._again)))]
        return [*held, *itertools.islice(self._text, most - len(held))]

    def of(self, lines: Iterable[str], records: Iterator[_Record]) -> Iterator[_Record]:
        """Gives lines back, and yields the records that begin in them; the last may end after them."""
        self.give_back(lines)
        while self._again and (record := next(records, None)) is not None:
            yield record

    def _lines(self) -> Iterator[str]:
        while True:
            if self._again:
                line = self._again.popleft()
            else:
                following = next(self._text, None)
                if following is None:
                    self._ended = True
                    return
                line = following
            self._held.append(line)
            if len(self._held) > _LONGEST:
                raise _Unclosed
            yield line

    def _like_rows(self) -> bool:
        """Whether a multi-line record is really several rows: it contains a whole row, or a quote inside a cell."""
        inside = (line for line in self._held[1:-1] if '"' not in line)
        if self.width > 2 and any(line.count(self._separator) >= self.width - 1 for line in inside):
            return True
        try:
            list(csv.reader(self._held, delimiter=self._separator, strict=True))
        except csv.Error:
            return True
        return False


def _foreign(cell: str) -> bool:
    """Whether a cell holds bytes that are invalid in the encoding."""
    return _FOREIGN.search(cell) is not None


def _shown(words: str) -> str:
    """Text with undecodable bytes written as escapes."""
    return words.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _encoding(head: bytes) -> str:
    """The encoding with the fewest invalid bytes; a cell with such bytes is shown with them as escapes."""
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    whole = head if len(head) < SNIFFED else head[: head.rfind(b"\n") + 1] or head
    # Chinese is valid UTF-8 by no chance, while GB 18030 makes some characters of most bytes: a few lines that
    # were pasted from elsewhere do not make it the encoding of the others.
    valid = [_is_utf8(line) for line in whole.splitlines() if not line.isascii()]
    if valid and 2 * sum(valid) + valid[0] > len(valid):
        return _ENCODINGS[0]
    return min(_ENCODINGS, key=lambda one: whole.decode(one, "replace").count("\N{REPLACEMENT CHARACTER}"))


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _separator(head: bytes, encoding: str, known: Known | None) -> str:
    """The separator between known headings in some line; else the most frequent one of the first line."""
    lines = [one for one in head.decode(encoding, "replace").splitlines()[:LOOKED] if one.strip()] or [""]

    def headings(mark: str) -> tuple[int, float]:
        """The most known headings in a line, and how many of its cells they are."""
        if known is None:
            return 0, 0
        found = []
        for line in lines:
            cells = line.split(mark, _TRIED)[:_TRIED]
            many = sum(known(clean(cell.strip('"'))) is not None for cell in cells)
            found.append((many, many / len(cells)))
        return max(found)

    return max(",;\t|", key=lambda mark: (headings(mark), lines[0].count(mark), mark == ","))


def _table(headings: Sequence[str], width: int, unnamed: set[int], rows: Sequence[list[str] | UnevenRow]) -> ArrayTable:
    """A table of some rows; adds to `unnamed` the columns without a heading that hold anything."""
    cells: list[Sequence[str | None]] = [row.cells if isinstance(row, UnevenRow) else row for row in rows]
    for place in range(max(width, len(headings))):
        blank = place >= len(headings) or not headings[place]
        if blank and place not in unnamed and any(place < len(row) and (row[place] or "").strip() for row in cells):
            unnamed.add(place)
    unread = [row.unread(place) for place, row in enumerate(rows) if isinstance(row, UnevenRow)]
    return replace(table_of_text(headings, cells), unread=unread)
