"""Checks what a screening may replace: only files that a screening wrote. Anything else in its way is an error.

Files are recognised by their columns, a result folder by its mark, the pieces of an unfinished run by their names.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from applicability.bulk.output.pieces import CODES, NAMES
from applicability.bulk.output.results import MARK, PART, Target
from applicability.bulk.sources.source import misplaced, unwritable
from applicability.errors import ProfileError
from applicability.files import is_special
from applicability.text import Text

# Headings of the files beside a result, after the columns kept.
_REJECTS = ("column", "value", "code", "problem", "hint")
_NOTES = ("column", "fact", "note")
_FACTS = ("derived",)
# The names of files of an unfinished run.
_PIECE = re.compile(
    rf"identity|writing|{CODES}-[a-z0-9_]{{8}}|\.?[0-9]{{6,}}\.({'|'.join(NAMES)}|done)\.(arrow|json|[0-9a-f]{{32}})"
)
# The name of a file being written: after its final name come eight random characters.
_HALF = r"\.{}\.[a-z0-9_]{{8}}\.part"
# Characters read to find a table's headings.
_HEAD = 1 << 16


def refuse_others(target: Target) -> None:
    """Raises ProfileError if anything that a screening did not write is in the way of the result."""
    try:
        _refuse(target)
    except OSError as error:
        raise unwritable(str(error.filename or target.path), error) from None


def _refuse(target: Target) -> None:
    for file, own in ((target.rejects, _REJECTS), (target.notes, _NOTES), (target.facts, _FACTS)):
        if file is not None and file.is_file() and not is_special(file) and not _like(file, own):
            raise _of_somebody(file, Text("为它另指定文件名", "name another file for it"))
    state = target.state
    if state is not None and state.exists():
        strange = sorted(one.name for one in state.iterdir() if not _PIECE.fullmatch(one.name))
        if strange:
            raise _of_somebody(state / strange[0], Text("移走它，或写到别处", "move it, or write elsewhere"))
    if target.folder and target.path is not None and target.path.is_dir() and not (target.path / MARK).exists():
        for file in sorted(target.path.iterdir()):
            if PART.fullmatch(file.name) or file in (target.rejects, target.notes):
                hint = Text("为结果另指定一个文件夹", "name a folder of its own for the results")
                raise _of_somebody(file, hint, target.path)


def _of_somebody(file: Path, hint: Text, where: Path | None = None) -> ProfileError:
    message = Text(f"已有 `{file.name}`，且不是筛查所写", f"`{file.name}` is there already, and no screening wrote it")
    return misplaced(str(where or file), message, hint)


def _like(file: Path, own: tuple[str, ...]) -> bool:
    """Whether a file has the headings of one that a screening writes beside its result; an empty file counts too."""
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        head = text.read(_HEAD)
    if not head.strip():
        return True
    try:
        headings = next(csv.reader(head.splitlines(keepends=True)), [])
    except csv.Error:
        return False
    return headings[:1] == ["line"] and set(headings).issuperset(own)


def halves(target: Target) -> Iterator[Path]:
    """The partial files of a killed run."""
    files = [one for one in (target.path, target.rejects, target.notes, target.facts) if one is not None]
    for file in files:
        if file.is_dir():
            if file == target.path and target.folder and (file / MARK).exists():
                yield from _matching(file, _HALF.format(PART.pattern))
        else:
            yield from _matching(file.parent, _HALF.format(re.escape(file.name)))


def _matching(folder: Path, pattern: str) -> Iterator[Path]:
    if folder.is_dir():
        yield from (one for one in folder.iterdir() if re.fullmatch(pattern, one.name) and one.is_file())
