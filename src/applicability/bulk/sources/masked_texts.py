"""Masks identity numbers in arrays of text; only the few texts with enough figures are searched."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.text_bytes import sums_of_bytes
from applicability.identity import masked

# The first bytes in UTF-8 of figures other than 0 to 9, some of which are two (⑪), and of much else.
_OTHERS = (0xC2, 0xD9, 0xDB, 0xDF, 0xE0, 0xE1, 0xE2, 0xE3, 0xEA, 0xEF, 0xF0)
_WORTH = bytes(1 if 0x30 <= byte <= 0x39 else 2 if byte in _OTHERS else 0 for byte in range(256))
# An identity number has as many figures at least.
_FIGURES = 15
# So many signs that are figures, of any kind: `masked` looks for as many.
_SIGNS = r"(?:\p{N}\P{N}*){9}"


def masked_texts(texts: Any) -> Any:
    """A text array with asterisks in place of identity numbers (see `masked`); the same one if there are none."""
    if isinstance(texts, pa.ChunkedArray):
        return pa.chunked_array([masked_texts(one) for one in texts.chunks], texts.type)
    rows = may_be_numbered(texts)
    if not rows.size:
        return texts
    own = texts.take(pa.array(rows)).to_pylist()
    words = [masked(one) for one in own]
    if words == own:
        return texts
    there = np.zeros(len(texts), np.bool_)
    there[rows] = True
    return pc.replace_with_mask(texts, pa.array(there), pa.array(words, texts.type))


def may_be_numbered(texts: Any) -> NDArray[np.intp]:
    """The rows of texts with enough figures for an identity number (intp, ascending)."""
    rows = np.flatnonzero(sums_of_bytes(texts, _WORTH) >= _FIGURES)
    if not rows.size:
        return rows
    found = pc.fill_null(pc.match_substring_regex(texts.take(pa.array(rows)), _SIGNS), False)
    signs: NDArray[np.bool_] = found.to_numpy(zero_copy_only=False)
    return rows[signs]
