"""Looks over the parts of an .xlsx file before openpyxl reads it, which may fail badly on one that is not sound.

Collects on the way what openpyxl does not tell of a workbook that it reads row by row: merged cells, and whether there
are formulas.
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
# Longer than a mergeCell element, which may lie across two pieces.
_OVERLAP = 160


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
    while piece := xml.read(1 << 20):
        parser.Parse(piece)
        if part == "xl/workbook.xml" and _STRICT in piece:
            what = Text("存为严格的 Open XML，无法读取", "it is saved as strict Open XML, which is not read")
            hint = Text("另存为普通的 Excel 工作簿（.xlsx）", "save it as an ordinary Excel workbook (.xlsx)")
            raise fault(name, what, hint)
        if sheet:
            whole = before + piece
            parts.formulas = parts.formulas or any(mark in whole for mark in _FORMULA)
            last = 0
            if b"mergeCell " in whole:
                for found in _MERGED.finditer(whole):
                    left, top, right, bottom = found.groups()
                    parts.merged[part].append(Merged(int(top), _column(left), int(bottom), _column(right)))
                    last = found.end()
            before = whole[max(last, len(whole) - _OVERLAP) :]
    parser.Parse(b"", True)


def _no_document_type(*said: object) -> NoReturn:
    raise ValueError("a document type is declared in it")


def _column(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - ord("A") + 1
    return place - 1
