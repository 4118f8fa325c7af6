"""Looks over the parts of an .xlsx file before openpyxl reads it, which may fail badly on one that is not sound.

Collects on the way what openpyxl does not tell of a workbook that it reads row by row: merged cells, hidden rows,
comments, and whether there are formulas.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import IO, NoReturn
from xml.parsers import expat

from applicability.bulk.sources.source import fault
from applicability.lazy_dataclass import dataclass, field
from applicability.text import Text

# The namespace of strict Open XML.
_STRICT = b"http://purl.oclc.org/ooxml"
# The start of a formula element in the XML of a sheet.
_FORMULA = (b"<f>", b"<f ")
_MERGED = re.compile(
    rb"<(?:[A-Za-z]+:)?mergeCell\s[^>]{0,80}?ref=[\"']\$?([A-Z]{1,3})\$?([0-9]{1,7}):\$?([A-Z]{1,3})\$?([0-9]{1,7})[\"']"
)
_HIDDEN = re.compile(rb"<(?:[A-Za-z]+:)?row\s[^<>]{0,600}?\bhidden=[\"'](?:1|true)[\"'][^<>]{0,600}>")
_ROW = re.compile(rb"\sr=[\"']([0-9]{1,7})[\"']")
_ROW_BEGINS = re.compile(rb"<(?:[A-Za-z]+:)?row[\s>]")
_VALUE = re.compile(rb"<(?:[A-Za-z]+:)?(?:v|is)[\s>]")
_COMMENT = re.compile(rb"<(?:[A-Za-z]+:)?comment\s")
_COMMENTS = re.compile(r"Target=[\"'](?:[./]*|/xl/)((?:comments/)?comments?[0-9]*\.xml)[\"']")
# A row of more bytes than that is not looked through.
_LONGEST_ROW = 1 << 26
# Longer than a mergeCell element or the start of a row, which may lie across two pieces.
_OVERLAP = 1300


@dataclass(frozen=True)
class Merged:
    """A range of merged cells: rows counted from 1, columns from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Parts:
    """What the parts of a workbook hold: how many sheets it lists, whether there are formulas, merged cells by part."""

    listed: int = 0
    formulas: bool = False
    merged: dict[str, list[Merged]] = field(default_factory=lambda: defaultdict(list))
    # By part: the hidden rows of a sheet, counted from 1; how many comments it has; the parts with those of a sheet.
    hidden: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    comments: dict[str, int] = field(default_factory=dict)
    commented: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def comments_of(self, part: str) -> int:
        """How many comments the cells of a sheet have."""
        return sum(self.comments.get(f"xl/{one}", 0) for one in self.commented.get(part, ()))

    def filled_down(self, part: str) -> Mapping[int, Sequence[Merged]]:
        """The ranges of a sheet that span several rows, by their first row."""
        found: dict[int, list[Merged]] = defaultdict(list)
        for one in self.merged.get(part, ()):
            if one.bottom > one.top:
                found[one.top].append(one)
        return found


def looked_over(name: str, stream: IO[bytes]) -> Parts:
    """Checks that every part is well-formed XML. Raises whatever shows that one is not."""
    parts = Parts()
    with zipfile.ZipFile(stream) as archive:
        for part in archive.namelist():
            if part.endswith((".xml", ".rels")):
                with archive.open(part) as xml:
                    _sound(name, xml, part, parts)
    return parts


def _sound(name: str, xml: IO[bytes], part: str, parts: Parts) -> None:
    """Parses a part to its end."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _no_document_type
    if part == "xl/workbook.xml":

        def count(element: str, attributes: object) -> None:
            parts.listed += element.rpartition(":")[2] == "sheet"

        parser.StartElementHandler = count
    sheet, before = part.startswith("xl/worksheets/"), b""
    beside = re.fullmatch(r"xl/worksheets/_rels/([^/]+)\.rels", part)
    comments = re.fullmatch(r"xl/(?:comments/)?comments?[0-9]*\.xml", part)
    while piece := xml.read(1 << 20):
        parser.Parse(piece)
        if part == "xl/workbook.xml" and _STRICT in piece:
            what = Text("存为严格的 Open XML，无法读取", "it is saved as strict Open XML, which is not read")
            hint = Text("另存为普通的 Excel 工作簿（.xlsx）", "save it as an ordinary Excel workbook (.xlsx)")
            raise fault(name, what, hint)
        if beside is not None:
            targets = _COMMENTS.findall((before + piece).decode("utf-8", "replace"))
            parts.commented[f"xl/worksheets/{beside[1]}"].update(targets)
            before = piece[-_OVERLAP:]
        elif comments is not None:
            whole = before + piece
            own = [found.end() for found in _COMMENT.finditer(whole)]
            parts.comments[part] = parts.comments.get(part, 0) + len(own)
            before = whole[max([*own[-1:], len(whole) - _OVERLAP]) :]
        elif sheet:
            whole = before + piece
            parts.formulas = parts.formulas or any(mark in whole for mark in _FORMULA)
            last = 0
            if b"mergeCell " in whole:
                for found in _MERGED.finditer(whole):
                    left, top, right, bottom = found.groups()
                    parts.merged[part].append(Merged(int(top), _column(left), int(bottom), _column(right)))
                    last = found.end()
            if b"hidden=" in whole:
                rows = (_ROW.search(one[0]) for one in _HIDDEN.finditer(whole))
                parts.hidden[part].update(int(row[1]) for row in rows if row is not None)
            before = whole[max(last, len(whole) - _OVERLAP) :]
    parser.Parse(b"", True)


def rows_held(stream: IO[bytes], part: str) -> int:
    """How many rows of a sheet hold anything, by its part; read in pieces, since nothing else of it is."""
    count = 0
    with zipfile.ZipFile(stream) as archive, archive.open(part.removeprefix("/")) as xml:
        before = b""
        while piece := xml.read(1 << 20):
            *rows, before = _ROW_BEGINS.split(before + piece)
            count += sum(_VALUE.search(row) is not None for row in rows)
            if len(before) > _LONGEST_ROW:
                break
    return count + (_VALUE.search(before) is not None)


def _no_document_type(*said: object) -> NoReturn:
    raise ValueError("a document type is declared in it")


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
