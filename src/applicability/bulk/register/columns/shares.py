"""A column of foreign shares: percentages, fractions of one where that is said, and nothing where it is in doubt."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, CellColumn, Coded, bare, different
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes
from applicability.lazy_dataclass import dataclass
from applicability.lazy_pattern import lazy_pattern
from applicability.loading.company.cells import is_missing, number_of
from applicability.loading.company.share_values import Share, Unit
from applicability.loading.company.shares import ShareReader
from applicability.model.headings import plain
from applicability.text import Lang, Surface, SurfaceText, Text

_IN_DOUBT = Text(
    "`{cell}` 可能是 {fraction}%，也可能是 {percent}%",
    "`{cell}` may be {fraction}% or {percent}%",
)
_SAY_WHICH = SurfaceText(
    "写 {fraction}% 或 {percent}%（带百分号）；整列都是同一种的，可用 --set-unit {heading}=fraction 或 =percent 指明",
    "write {fraction}% or {percent}%, with the percent sign; where the whole column is the same, say which with "
    "--set-unit {heading}=fraction or =percent",
    Text(
        "写 {fraction}% 或 {percent}%（带百分号）；或在网页“批量名册”选定“0.3是”哪一种，再筛查一次",
        "write {fraction}% or {percent}%, with the percent sign; or choose on the page “Register” what “0.3 means”, "
        "and screen it again",
    ),
)
_BESIDE = Text(
    "`{cell}` 可能是 {fraction}%，也可能是 {percent}%（本列其他数字是百分数）",
    "`{cell}` may be {fraction}% or {percent}%, since other numbers of the column are percentages",
)
_LEFT_OUT = Text("{what}，因而未采用", "{what}: left out")
_WRITE_THE_SIGN = SurfaceText(
    "写 {fraction}% 或 {percent}%（带百分号）；确为 {percent}% 的也可用 --set-unit {heading}=percent",
    "write {fraction}% or {percent}%, with the percent sign, or --set-unit {heading}=percent if it is {percent}%",
    Text(
        "写 {fraction}% 或 {percent}%（带百分号）",
        "write {fraction}% or {percent}%, with the percent sign",
    ),
)
_SMALL = Text(
    "按{percent}%读取，因列名、其下的单位或选项已指明本列是百分数；若指{fraction}%，请写明百分号",
    "read as {percent}%, since the column is said to hold percentages; write {fraction}% if that is meant",
)
_SMALL_MEANT = Text("若指{fraction}%，请写明百分号", "write {fraction}% if that is meant")
_TWICE = Text("`{cell}` 有多个百分号，按{value}%读取", "`{cell}` has more than one percent sign: read as {value}%")
_TYPED_TWICE = lazy_pattern(r"[%％﹪٪]\s*[%％﹪٪]")
_REMEMBERED = 1 << 15
# Brackets behind a heading, and words that no shell takes for more than a word.
_BRACKETS = lazy_pattern(r"(?:\s*[(（][^()（）]*[)）])+$")
_PLAIN_WORD = lazy_pattern(r"[\w.·/／%-]+")
# The code of notes on shares whose unit is in doubt.
DOUBTED = "S306"
# What a cell states, as a profile would, and the note on it.
_ReadShare = tuple[object, Note | None]


@dataclass(frozen=True)
class ShareDoubt:
    """What a cell may be that is a fraction or a percentage: both, as a profile states them, and how to mend it."""

    what: Text
    mend: Text
    readings: tuple[str, str]


class ShareColumn:
    """Reads columns of one fact that is a share; `unit` is that of their bare numbers."""

    def __init__(
        self,
        reader: ShareReader,
        heading: str,
        fact: str,
        unit: Unit,
        lang: Lang,
        surface: Surface = "terminal",
    ) -> None:
        self._reader = reader
        self._heading, self._fact, self._unit, self._lang = heading, fact, unit, lang
        self._surface: Surface = surface
        self._known: BoundedCache[str, _ReadShare] = BoundedCache(_REMEMBERED)

    def read(self, column: Any) -> tuple[Any, Notes]:
        """The column as a profile would state it, and the notes on its rows."""
        rows = np.empty(0, np.int64)
        if not isinstance(column, CellColumn | Coded) and pa.types.is_float64(column.type) and len(column):
            numbers, missing = bare(column)
            if missing is not None:
                numbers = np.where(missing, 0.0, numbers)
            rows = np.flatnonzero((numbers > 0) & (numbers <= 1) | np.isnan(numbers))
            if not rows.size and self._unit is not Unit.FRACTION:
                return column, NO_NOTES
        found = different(column)
        read = [self._of(value) for value in found.values]
        told = np.array([*(value is None for value, _ in read), True], np.bool_)
        places = np.where(told[found.places], np.int32(NONE), found.places)
        words = [note for _, note in read if note is not None]
        numbers_of = iter(range(len(words)))
        which = np.array([*(NONE if note is None else next(numbers_of) for _, note in read), NONE], np.int32)
        noted = which[found.places]
        at = np.flatnonzero(noted != NONE)
        return Coded([value for value, _ in read], places), Notes(at, noted[at], words)

    def _of(self, cell: object) -> _ReadShare:
        key = f"{type(cell).__name__} {cell!r}"
        if key not in self._known:
            self._known[key] = self._read(cell)
        return self._known[key]

    def _read(self, cell: object) -> _ReadShare:
        if is_missing(cell) and cell != "none":
            return None, None
        share = self._reader.read(cell)
        if not isinstance(share, Share):
            return (cell.strip() if isinstance(cell, str) else number_of(cell)), None
        value = share.of(self._unit)
        note = None
        if share.small and value is None:
            doubt = self._doubt(cell, share)
            told = Text(_LEFT_OUT.zh.format(what=doubt.what.zh), _LEFT_OUT.en.format(what=doubt.what.en))
            hint = doubt.mend.of(self._lang)
            note = Note(
                self._heading, self._fact, told.of(self._lang), DOUBTED, hint, told, mend=doubt.mend
            )  # fmt: skip
        elif share.small and self._unit is Unit.PERCENT and min(share.numbers) < 1:
            slots = {"percent": share.bare, "fraction": share.times(100).bare}
            mend = _SMALL_MEANT.of(self._lang).format(**slots)
            note = Note(self._heading, self._fact, _SMALL.of(self._lang).format(**slots), hint=mend)
        elif value is not None and isinstance(cell, str) and _TYPED_TWICE.search(cell):
            slots = {"cell": cell.strip(), "value": value.written}
            note = Note(self._heading, self._fact, _TWICE.of(self._lang).format(**slots))
        return (None if value is None else value.written), note

    def doubt(self, cell: object) -> ShareDoubt | None:
        """What a cell may be, where its number may be a fraction as well as a percentage and nothing says which."""
        share = self._reader.read(cell)
        doubted = isinstance(share, Share) and share.small and share.of(self._unit) is None
        return self._doubt(cell, share) if isinstance(share, Share) and doubted else None

    def whole_or_hundredth(self, column: Any) -> dict[int, ShareDoubt]:
        """The rows of a bare 1 in a column of percentages, which may be all of it, typed as a fraction, each with the
        doubt: it is read as 1%, unless a company type says that it is all.
        """
        numbers = not isinstance(column, CellColumn | Coded) and pa.types.is_float64(column.type)
        if self._unit is not Unit.ABOVE_ONE or (numbers and not (bare(column)[0] == 1).any()):
            return {}
        cells = different(column)
        found: dict[int, ShareDoubt] = {}
        for place, cell in enumerate(cells.values):
            if is_missing(cell):
                continue
            share = self._reader.read(cell)
            if isinstance(share, Share) and not share.percent and not share.bound and share.number == 1:
                doubt = self._doubt(cell, share)
                found |= dict.fromkeys(np.flatnonzero(cells.places == place).tolist(), doubt)
        return found

    def _doubt(self, cell: object, share: Share) -> ShareDoubt:
        doubt, mend = (_BESIDE, _WRITE_THE_SIGN) if self._unit is Unit.ABOVE_ONE else (_IN_DOUBT, _SAY_WHICH)
        slots = {
            "cell": str(cell).strip(),
            "heading": _typed(self._heading, self._fact),
            "percent": share.bare,
            "fraction": share.times(100).bare,
        }
        told, mended = (Text(one.zh.format(**slots), one.en.format(**slots)) for one in (doubt, mend.on(self._surface)))
        return ShareDoubt(told, mended, (share.times(100).written, share.written))


def in_doubt(notes: Notes) -> Notes:
    """Those of the notes on shares that are on cells whose unit is in doubt."""
    doubted = np.array([one.code == DOUBTED for one in notes.words], np.bool_)
    kept = doubted[notes.which] if len(notes) else np.zeros(0, np.bool_)
    return notes if kept.all() else Notes(notes.rows[kept], notes.which[kept], notes.words)


def _typed(heading: str, fact: str) -> str:
    """A heading as `--set-unit` takes it and a shell without quotes: without its unit, or else the name of the fact."""
    bare = _BRACKETS.sub("", heading.strip())
    return bare if plain(bare) == plain(heading) and _PLAIN_WORD.fullmatch(bare) else fact
