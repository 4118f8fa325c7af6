"""A paper to hand over: sections, paragraphs, tables and quotes, in one language or in both side by side.

Whoever makes a paper says what it holds, in both languages; `paper_docx`, `paper_html`, `paper_pdf` and
`paper_markdown` set it.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Literal

from applicability.lazy_dataclass import dataclass, replace
from applicability.lazy_pattern import lazy_pattern
from applicability.model.assessment import Bucket
from applicability.report.layout.wrap import printable, text_width
from applicability.text import Lang, Text

# The language of a paper; `both` sets the two side by side.
Speech = Literal["zh", "en", "both"]
ParagraphKind = Literal["body", "lead", "soft", "notice"]

_LONG = 1500  # characters in English
_LINE = 100  # widths of a Latin letter in a line of a table as wide as the page, in whichever format it is set
_WHOLE = 30  # such lines of a row that is not parted: about half a page
_PARTED = 12  # the same of a table of tall rows, most of which would else leave room
_LOW = 4  # such lines of a row that does not stand alone on a page
_HEADS = (46, 60, 74, 84)  # widths of a Latin letter in a line of a heading, by its level
_FEW, _SHORT = 8, 20  # rows, and lines of them, of a table that is not parted
FEW_PAIRS = 3  # labels of a list that is not parted
NARROWER = "†"  # at the number of a row that another reader could read more narrowly
_INNER = str.maketrans("“”", "‘’")
_STRAIGHT = lazy_pattern(r'"([^"]*)"')
_NO_ADVICE = Text("不是法律意见", "not legal advice")
UNOFFICIAL = Text("英译（非官方）", "Unofficial translation")


@dataclass(frozen=True)
class Quote:
    """Words as they stand, with their English, and where they stand. In Chinese the words alone are shown.

    `where` is None if what is beside them tells that, and, unless it is `marked`, that their English is unofficial.
    """

    words: str
    english: str | None
    where: Text | None
    marked: bool = False

    @property
    def zh(self) -> str:
        """The words themselves, as a text has its Chinese."""
        return self.words

    @property
    def en(self) -> str:
        """Their English, as a text has its own; the words where there is none."""
        return self.english or self.words


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3; `bucket` colours one that stands over rows of a verdict, `number` stands before
    it, and `anchor` is what links name.
    """

    text: Text
    level: int = 1
    bucket: Bucket | None = None
    number: int | None = None
    anchor: str | None = None

    @property
    def prefix(self) -> str:
        """What stands before it, once for both languages."""
        return "" if self.number is None else f"{self.number}. "


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: Text
    kind: ParagraphKind = "body"


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Text, ...]


@dataclass(frozen=True)
class Pairs:
    """Labels, each with the paragraphs and quotes that belong to it."""

    rows: tuple[tuple[Text, tuple[Text | Quote, ...]], ...]


@dataclass(frozen=True)
class Labelled:
    """A line behind a label, which is set off; of a line that is a label alone there is nothing behind it."""

    label: Text
    told: Text | None = None

    @property
    def zh(self) -> str:
        """Its Chinese."""
        return self.label.zh if self.told is None else f"{self.label.zh}：{self.told.zh}"

    @property
    def en(self) -> str:
        """Its English."""
        return self.label.en if self.told is None else f"{self.label.en}: {self.told.en}"


CellItem = Text | Quote | Labelled


@dataclass(frozen=True)
class CellLines:
    """Lines one below the other, in one cell of a table. In both languages, each line is `paired` with its English
    and not parted from it, or all their English comes behind all their Chinese.
    """

    items: tuple[CellItem, ...]
    named: bool = False  # whether the first of them is a name, which is set off
    paired: bool = False

    @property
    def zh(self) -> str:
        """Their Chinese."""
        return "\n".join(one.zh for one in self.items)

    @property
    def en(self) -> str:
        """Their English."""
        return "\n".join(one.en for one in self.items)


TableCell = Text | Quote | CellLines


def with_words(told: Text, words: Sequence[Quote]) -> Text | CellLines:
    """A cell with what is told and, below it, the words that it rests on."""
    return CellLines((told, *words)) if words else told


@dataclass(frozen=True)
class Table:
    """A table with a row of heads; `widths` are parts of its width, `fills` colours of cells by row and column,
    `right` the columns of figures. One that is `parted` may go on on the next page, however short it is, and the end of
    a page parts all but its lower rows.
    """

    heads: tuple[Text, ...]
    rows: tuple[tuple[TableCell, ...], ...]
    widths: tuple[int, ...]
    fills: tuple[tuple[str | None, ...], ...] = ()
    right: tuple[int, ...] = ()
    parted: bool = False


@dataclass(frozen=True)
class Folded:
    """What few readers need: closed on a screen, open on paper.

    With a `level` its title is a heading of that level; else it is a line of text.
    """

    title: Text
    blocks: tuple[Block, ...]
    level: int | None = None


Block = Heading | Paragraph | Bullets | Pairs | Table | Quote | Folded


@dataclass(frozen=True)
class Paper:
    """A whole paper: what its cover says, and its blocks. `notice` stands on the cover, and where no
    foot of a page says the same also at the end. `window` is the title of its window, which tells it apart from others
    of its kind. `subtitle` is whose it is, and None of an entity without a name.
    """

    title: Text
    subtitle: Text | None
    cover: tuple[tuple[Text, Text], ...]
    summary: tuple[Block, ...]
    blocks: tuple[Block, ...]
    notice: Text
    day: datetime.date
    window: Text
    wide: bool = False  # on pages that lie on their long side


@dataclass(frozen=True)
class Run:
    """A text in one language."""

    lang: Lang
    text: str
    is_name: bool = False
    label: int = 0  # characters at its beginning that are set off

    @property
    def parts(self) -> tuple[Run, ...]:
        """Its label, set off as a name is, and the rest."""
        if not self.label:
            return (self,)
        every = (Run(self.lang, self.text[: self.label], is_name=True), Run(self.lang, self.text[self.label :]))
        return tuple(one for one in every if one.text)


def is_long(text: Text) -> bool:
    """Whether a paragraph is so long that it may be parted by the end of a page."""
    return len(text.en) > _LONG


def stays_whole(row: Sequence[TableCell], table: Table, speech: Speech) -> bool:
    """Whether a row of a table is so low that it is not parted by the end of a page."""
    return _height(row, table.widths, speech) <= (_PARTED if table.parted else _WHOLE)


def is_low(row: Sequence[TableCell], widths: Sequence[int], speech: Speech) -> bool:
    """Whether a row is so low that it does not stand alone on a page, with or without the head of its table."""
    return _height(row, widths, speech) <= _LOW


def _height(row: Sequence[TableCell], widths: Sequence[int], speech: Speech) -> int:
    """The lines of the cell of a row that has most."""
    whole = sum(widths)
    return max(
        sum(_lines(run.text, _LINE * width / whole) for run in cell_runs(cell, speech))
        for cell, width in zip(row, widths, strict=True)
    )


def is_short(table: Table, speech: Speech) -> bool:
    """Whether a table is so short that it stands whole on one page, with room for what leads to it."""
    lines = [_height(row, table.widths, speech) for row in table.rows]
    return not table.parted and len(lines) <= _FEW and sum(lines) <= _SHORT


def _lines(text: str, room: float) -> int:
    """The lines that a text takes, with what a line loses where a word does not fit any more."""
    return max(1, math.ceil(text_width(text) / max(room - 2, 1)))


def same(text: str) -> Text:
    """A text that is the same in both languages: a name, a number."""
    return Text(text, text)


def runs(text: Text, speech: Speech) -> tuple[Run, ...]:
    """A text in the language asked for, or in both; once where the two are alike.

    >>> [run.text for run in runs(Text("天津", "Tianjin"), "both")]
    ['天津', 'Tianjin']
    """
    if speech == "both":
        if text.zh == text.en:
            return (Run("zh", printable(text.zh)),)
        return Run("zh", printable(text.zh)), Run("en", printable(text.en))
    return (Run(speech, printable(text.of(speech))),)


def joined(text: Text, speech: Speech) -> str:
    """A text on one line."""
    return " / ".join(run.text for run in runs(text, speech))


def running(paper: Paper, speech: Speech) -> str:
    """What stands at the foot of each page: whose paper it is, if it has a name, the day, and that it is no advice."""
    whose = [] if paper.subtitle is None else [joined(paper.subtitle, speech)]
    return " · ".join([*whose, str(paper.day), joined(_NO_ADVICE, speech)])


def is_wide(text: Text, level: int, speech: Speech) -> bool:
    """Whether a heading in both languages does not fit a line, so that the second is set on one of its own; the title
    of the paper has level 0.
    """
    return text_width(joined(text, speech)) > _HEADS[level]


def quoted(quote: Quote, speech: Speech) -> tuple[Run, ...]:
    """The words, and their English where English is asked for, marked as unofficial."""
    said = nested(quote.words)
    where = quote.where
    words = Run("zh", printable(f"“{said}”" if where is None else f"“{said}”（{where.zh}）"))
    if speech == "zh":
        return (words,)
    if speech == "en" and where is not None:
        words = Run("en", printable(f"“{said}” ({where.en})"))
    if quote.english is None:
        return (words,)
    english = printable(f"“{nested(quote.english)}”")
    return words, Run("en", english if where is None and not quote.marked else f"{UNOFFICIAL.en}: {english}")


def nested(words: str) -> str:
    """Words to stand between quotation marks: those inside become single.

    >>> nested('支持发展“来数加工”等'), nested('Develop a "creation space" here')
    ('支持发展‘来数加工’等', 'Develop a ‘creation space’ here')
    """
    return _STRAIGHT.sub(r"‘\1’", words.translate(_INNER))


def item_runs(item: CellItem, speech: Speech) -> tuple[Run, ...]:
    """One item of a pair or of a cell."""
    if isinstance(item, Labelled):
        told = runs(Text(item.zh, item.en), speech)
        more = 0 if item.told is None else 1  # the colon
        return tuple(replace(run, label=len(printable(item.label.of(run.lang))) + more) for run in told)
    return quoted(item, speech) if isinstance(item, Quote) else runs(item, speech)


def cell_runs(cell: TableCell, speech: Speech) -> tuple[Run, ...]:
    """A cell of a table, each run on a line; in both languages the Chinese of several lines comes before their English,
    unless they are paired.

    What is the same in both stays where it is.

    >>> [run.text for run in cell_runs(CellLines((Text("1", "1"), Text("甲", "A"), Text("乙", "B"))), "both")]
    ['1', '甲', '乙', 'A', 'B']
    """
    return tuple(run for group in cell_groups(cell, speech) for run in group)


def cell_groups(cell: TableCell, speech: Speech) -> tuple[tuple[Run, ...], ...]:
    """The runs of a cell, those together that no end of a page parts.

    >>> lines = CellLines((Labelled(Text("限", "limit"), Text("甲", "A")), Text("乙", "B")), paired=True)
    >>> [[run.text for run in group] for group in cell_groups(lines, "both")]
    [['限：甲', 'limit: A'], ['乙', 'B']]
    """
    if not isinstance(cell, CellLines):
        return (item_runs(cell, speech),)
    if cell.paired:
        return tuple(
            tuple(replace(run, is_name=cell.named and not place) for run in item_runs(item, speech))
            for place, item in enumerate(cell.items)
        )
    found: list[Run] = []
    for _, own in groupby(cell.items, key=lambda one: one.zh == one.en):
        every = [
            replace(run, is_name=cell.named and one is cell.items[0]) for one in own for run in item_runs(one, speech)
        ]
        found += sorted(every, key=lambda run: run.lang != "zh") if speech == "both" else every
    return (tuple(found),)


def sections(blocks: Iterable[Block]) -> tuple[Heading, ...]:
    """The headings of level 1, for a table of contents."""
    return tuple(one for one in blocks if isinstance(one, Heading) and one.level == 1)


def numbered(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """The blocks with their headings of level 1 numbered, each with an anchor for the contents."""
    number, found = 0, list[Block]()
    for one in blocks:
        if isinstance(one, Heading) and one.level == 1:
            number += 1
            found.append(replace(one, number=number, anchor=f"part-{number}"))
        else:
            found.append(one)
    return tuple(found)
