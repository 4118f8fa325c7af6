"""Credit codes that stand in several rows, found over all pieces of a run in memory that does not grow with them.

A piece keeps 64 bits of each valid code, with its row, as a file. That any two of two hundred million different codes
have the same bits has a chance of one in a thousand.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.job import RepeatedCodes
from applicability.bulk.output.pieces import CODES, Files, tables
from applicability.bulk.register.fact_reader import FactRows
from applicability.model.headings import CREDIT_CODE

# Codes that are sorted at a time: 32 MB with their rows.
_AT_ONCE = 1 << 21
_PAIR = np.dtype([("code", np.uint64), ("line", np.int64)])
_CodeLines = NDArray[np.void]


def keep_codes(read: FactRows, companies: NDArray[np.bool_], lines: NDArray[np.int64], files: Files) -> dict[str, int]:
    """Writes the codes of the rows that are companies into the files of their piece; how many, by their column."""
    if read.codes is None:
        return {}
    own = companies[read.codes.rows]
    rows, hashes = read.codes.rows[own], read.codes.hashes[own]
    if not len(rows):
        return {}
    files.write(CODES, [pa.table({"code": pa.array(hashes), "line": pa.array(lines[rows])})])
    return {read.headings[CREDIT_CODE]: len(rows)}


def repeated_codes(folder: Path, numbers: Iterable[int], codes: int, at_once: int = _AT_ONCE) -> RepeatedCodes | None:
    """What codes of some pieces stand in several rows; `codes` is how many there are, `at_once` how many to sort."""
    if codes < 2:
        return None
    pieces = (_pairs(one) for one in tables(folder, numbers, CODES))
    parts = -(-codes // at_once)
    if parts == 1:
        return _together(map(_of_part, [np.concatenate([*pieces])]))
    with tempfile.TemporaryDirectory(prefix=f"{CODES}-", dir=folder) as apart:
        files = [Path(apart) / str(part) for part in range(parts)]
        for piece in pieces:
            which = piece["code"] % np.uint64(parts)
            order = np.argsort(which, kind="stable")
            ends = np.searchsorted(which[order], np.arange(parts + 1, dtype=np.uint64))
            for part, file in enumerate(files):
                with file.open("ab") as sink:
                    sink.write(piece[order[ends[part] : ends[part + 1]]].tobytes())
        return _together(_of_part(np.fromfile(file, _PAIR)) for file in files)


def _pairs(table: Any) -> _CodeLines:
    found = np.empty(len(table), _PAIR)
    for name in ("code", "line"):
        found[name] = table.column(name).to_numpy()
    return found


def _of_part(pairs: _CodeLines) -> RepeatedCodes | None:
    order = np.argsort(pairs["code"])
    codes = pairs["code"][order]
    same = codes[1:] == codes[:-1]
    if not same.any():
        return None
    again = np.zeros(len(codes), np.bool_)
    again[1:] |= same
    again[:-1] |= same
    codes, lines = codes[again], pairs["line"][order[again]]
    by_line = np.lexsort((lines, codes))
    codes, lines = codes[by_line], lines[by_line]
    starts = np.flatnonzero(np.concatenate(([True], codes[1:] != codes[:-1])))
    first = int(np.argmin(lines[starts]))
    one, other = lines[starts[first] : starts[first] + 2].tolist()
    return RepeatedCodes(len(starts), len(codes), (one, other))


def _together(parts: Iterator[RepeatedCodes | None]) -> RepeatedCodes | None:
    found: Sequence[RepeatedCodes] = [one for one in parts if one is not None]
    if not found:
        return None
    return RepeatedCodes(
        sum(one.codes for one in found), sum(one.rows for one in found), min(one.first for one in found)
    )
