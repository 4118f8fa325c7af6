"""The bytes of text arrays: where each text begins, and how many bytes of some kind it has."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

# Rows and bytes that are looked at together: what is made of them stays in a core's cache.
_ROWS, _BLOCK = 1 << 13, 1 << 18


def is_text(kind: Any) -> bool:
    """Whether an Arrow type is text, dictionary-encoded or not."""
    return is_plain_text(kind.value_type if pa.types.is_dictionary(kind) else kind)


def is_plain_text(kind: Any) -> bool:
    """Whether an Arrow type is text, each in full."""
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def text_bytes(texts: Any) -> tuple[NDArray[np.integer], NDArray[np.uint8]]:
    """Where each text of an array begins and the last one ends (integers, shape (rows + 1,)), and the bytes that these
    count (uint8). A missing text may have any.
    """
    if not len(texts):
        return np.zeros(1, np.int32), np.empty(0, np.uint8)
    _, places, held = texts.buffers()
    width: Any = np.int64 if pa.types.is_large_string(texts.type) else np.int32
    offsets = np.frombuffer(places, width)[texts.offset : texts.offset + len(texts) + 1]
    return offsets, np.frombuffer(held, np.uint8) if held is not None and held.size else np.empty(0, np.uint8)


def sums_of_bytes(texts: Any, worth: bytes) -> NDArray[np.integer]:
    """The sum over each text of what its bytes are worth (integers, shape (rows,)); `worth` has 256 small numbers."""
    offsets, data = text_bytes(texts)
    parts = [_sums(offsets[at : at + _ROWS + 1], data, worth) for at in range(0, len(texts), _ROWS)]
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _sums(offsets: NDArray[np.integer], data: NDArray[np.uint8], worth: bytes) -> NDArray[np.integer]:
    first, last = int(offsets[0]), int(offsets[-1])
    values = np.frombuffer(data[first:last].tobytes().translate(worth), np.uint8)  # faster than an index by each byte
    lengths = np.diff(offsets)
    sums: NDArray[np.integer] = np.zeros(lengths.size, np.int64)
    some = np.flatnonzero(lengths)  # of an empty text the sum would be that of the byte behind it
    if some.size:
        kind = np.uint8 if int(lengths.max()) * max(worth) < 256 else np.int64
        sums[some] = np.add.reduceat(values, (offsets[:-1] - first)[some], dtype=kind)
    return sums


def bytes_met(data: NDArray[np.uint8], asked: Collection[int]) -> list[int]:
    """Those of some bytes that occur; `data` (uint8, shape (n,))."""
    left = dict.fromkeys(asked)
    for at in range(0, data.size, _BLOCK):
        if len(left) == 0:
            break
        block = data[at : at + _BLOCK].tobytes()
        for one in [one for one in left if block.find(one) >= 0]:
            del left[one]
    return [one for one in asked if one not in left]
