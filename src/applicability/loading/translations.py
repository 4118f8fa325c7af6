"""Reading a document's English: rows and notes by number, quotes with the span that renders each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, TypeVar

from pydantic import Field

from applicability.errors import Problem
from applicability.loading.shape_reader import Shape
from applicability.loading.shapes import TextShape
from applicability.loading.yaml.reader import Tree
from applicability.model.rulebook import Document
from applicability.model.translation import Rendering, Translation
from applicability.text import Text

T = TypeVar("T")
# At most eight digits: `int` refuses very long ones, and no document has so many rows.
_NUMBER = re.compile(r"[1-9][0-9]{0,7}")


class RenderingShape(Shape):
    """A passage in English, and the English span of each quote from it."""

    text: Annotated[str, Field(min_length=1)]
    quotes: dict[str, str] = {}


class TranslationShape(Shape):
    """translations/DOCUMENT.en.yaml: a document in English, unofficially."""

    notes: dict[str, RenderingShape] = {}
    provisions: dict[str, RenderingShape] = {}
    cells: dict[str, str] = {}
    body: dict[str, str] = {}
    rows: dict[str, RenderingShape]
    terms: dict[str, str] = {}
    notes_on_the_scan: dict[str, TextShape] = {}


def document_of(name: str) -> str:
    """The document that a file translates.

    >>> document_of("translations/plan-2025-84.en.yaml")
    'plan-2025-84'
    """
    return PurePosixPath(name).name.removesuffix(".yaml").removesuffix(".en")


def read_translation(tree: Tree, shape: TranslationShape, document: Document, problems: list[Problem]) -> Translation:
    """A document in English. Rows and notes that it does not number are problems; what is missing is for lint."""
    scanned = _numbered(tree, "notes_on_the_scan", shape.notes_on_the_scan, document.rows, problems)
    return Translation(
        document.id,
        _renderings(_numbered(tree, "rows", shape.rows, document.rows, problems)),
        _renderings(_numbered(tree, "notes", shape.notes, max(document.notes, default=0), problems)),
        {zh: en.strip() for zh, en in shape.cells.items()},
        {id: _rendering(one) for id, one in shape.provisions.items()},
        {zh: en.strip() for zh, en in shape.terms.items()},
        {zh: en.strip() for zh, en in shape.body.items()},
        {row: note.text() for row, note in scanned.items()},
    )


def _numbered(
    tree: Tree, key: str, written: Mapping[str, T], last: int | None, problems: list[Problem]
) -> dict[int, T]:
    """The parts of `key` by the numbers of the document, which end with `last`."""
    found: dict[int, T] = {}
    for number, one in written.items():
        if not _NUMBER.fullmatch(number) or (last is not None and int(number) > last):
            here = tree.key_at(key, number)
            what = Text("注", "note") if key == "notes" else Text("行", "row")
            message = Text(f"原文没有{what.zh} `{number}`", f"the document has no {what.en} `{number}`")
            hint = Text("写原文的编号", "write the numbers of the document")
            if last:
                hint = Text(f"{what.zh}的编号为1至{last}", f"they are numbered from 1 to {last}")
            problems.append(Problem("R218", here, message, hint))
            continue
        found[int(number)] = one
    return found


def _renderings(shapes: Mapping[int, RenderingShape]) -> dict[int, Rendering]:
    return {number: _rendering(one) for number, one in shapes.items()}


def _rendering(shape: RenderingShape) -> Rendering:
    return Rendering(shape.text.strip(), {zh: en.strip() for zh, en in shape.quotes.items()})
