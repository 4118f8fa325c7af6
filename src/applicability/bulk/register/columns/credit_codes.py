"""A column of credit codes: validated as bytes where plainly written, else one by one."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.distinct import distinct
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.engine.text_bytes import text_bytes
from applicability.bulk.register.columns.interned import texts_of
from applicability.lazy_dataclass import dataclass
from applicability.loading.company import credit_codes
from applicability.loading.company.cells import is_missing
from applicability.loading.company.credit_codes import Area
from applicability.model.places import Gazetteer
from applicability.text import Text

_LENGTH = 18
# The digits of the division that issued a code, and the weight of each in its number.
_AREA, _WORTH = slice(2, 8), np.array([100_000, 10_000, 1_000, 100, 10, 1], np.int64)
_UNMET = -1
# GB 32100-2015: with weights of powers of 3, and 1 for the check digit, the sum is a multiple of 31.
_MODULUS = 31
_WEIGHTS = np.array([*(pow(3, place, _MODULUS) for place in range(_LENGTH - 1)), 1], np.int16)
# The multipliers of SplitMix64 and of MurmurHash3.
_ODD = tuple(np.uint64(one) for one in (0xBF58476D1CE4E5B9, 0x94D049BB133111EB, 0xFF51AFD7ED558CCD))
_SHIFT = np.uint64(31)


@dataclass(frozen=True)
class HashedCodes:
    """The valid codes of a batch: the row of each (int64, shape (n,)), and 64 bits of it (uint64, shape (n,))."""

    rows: NDArray[np.int64]
    hashes: NDArray[np.uint64]


class CodeColumn:
    """Reads columns of credit codes; `areas` are the divisions that issued them, from index 1 on."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.areas: list[Area] = [Area("")]
        self._gazetteer = gazetteer
        self._numbers: dict[Area | None, int] = {None: 0}
        self._places: Codes = np.full(10 ** len(_WORTH), _UNMET, np.int32)

    def read(self, column: Any) -> tuple[Codes, list[tuple[int, Text]], HashedCodes]:
        """The index in `areas` for each row, 0 for none (int32, shape (rows,)); the rows with an invalid code, each
        with the reason; and the valid ones, hashed.
        """
        texts = texts_of(column, str)
        plain, areas, letters = _plain(texts)
        found = np.zeros(len(texts), np.int32)
        rows = np.flatnonzero(plain)
        for area in distinct(areas[self._places[areas] == _UNMET]).tolist():
            code = f"{'':2}{area:06}"
            self._places[area] = self._number(credit_codes.place(code, self._gazetteer))
        found[rows] = self._places[areas]
        wrong: list[tuple[int, Text]] = []
        odd = np.flatnonzero(~plain)
        read: list[tuple[int, str]] = []
        for row, cell in zip(odd.tolist(), texts.take(pa.array(odd)).to_pylist(), strict=True):
            if not is_missing(cell):
                try:
                    code = credit_codes.read(cell)
                except credit_codes.NoCode as error:
                    wrong.append((row, error.what))
                else:
                    found[row] = self._number(credit_codes.place(code, self._gazetteer))
                    read.append((row, code))
        return found, wrong, _hashed(rows, letters, read)

    def _number(self, area: Area | None) -> int:
        number = self._numbers.setdefault(area, len(self.areas))
        if area is not None and number == len(self.areas):
            self.areas.append(area)
        return number


def _plain(texts: Any) -> tuple[NDArray[np.bool_], NDArray[np.int64], NDArray[np.uint8]]:
    """Which texts are valid codes as written (bool), the division numbers of those codes (int64), and their letters
    (uint8, shape (codes, 18)).
    """
    offsets, data = _bytes(texts)
    plain = np.diff(offsets) == _LENGTH
    if not plain.any():
        return plain, np.empty(0, np.int64), np.empty((0, _LENGTH), np.uint8)
    if plain.all():
        letters = data[offsets[0] : offsets[-1]].reshape(-1, _LENGTH)
    else:
        letters = data[offsets[:-1][plain][:, None] + np.arange(_LENGTH)]
    values = _values()[letters]
    right = (values >= 0).all(1) & (values[:, _AREA] < 10).all(1) & (values @ _WEIGHTS % _MODULUS == 0)
    plain[plain] = right
    if not right.all():
        values, letters = values[right], letters[right]
    return plain, values[:, _AREA].astype(np.int64) @ _WORTH, letters


def _hashed(rows: NDArray[np.int64], letters: NDArray[np.uint8], read: Sequence[tuple[int, str]]) -> HashedCodes:
    """The valid codes of rows, those written otherwise after the plain ones."""
    hashes = _hash(letters)
    if not read:
        return HashedCodes(rows, hashes)
    others = np.frombuffer("".join(code for _, code in read).encode(), np.uint8).reshape(-1, _LENGTH)
    own = np.array([row for row, _ in read], np.int64)
    return HashedCodes(np.concatenate((rows, own)), np.concatenate((hashes, _hash(others))))


def _hash(letters: NDArray[np.uint8]) -> NDArray[np.uint64]:
    """64 bits of each code, well mixed; its last letter follows from the others."""
    first, second = (np.ascontiguousarray(letters[:, start : start + 8]).view("<u8").reshape(-1) for start in (0, 8))
    found = first * _ODD[0]
    found ^= found >> _SHIFT
    found += second
    found *= _ODD[1]
    found ^= found >> _SHIFT
    found += letters[:, 16]
    found *= _ODD[2]
    found ^= found >> _SHIFT
    return found


def _bytes(texts: Any) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The offsets of the texts (int64, shape (rows + 1,)) and their bytes (uint8); a null text is empty."""
    if texts.null_count:
        texts = texts.fill_null("")
    offsets, data = text_bytes(texts)
    return offsets.astype(np.int64), data


@functools.cache
def _values() -> NDArray[np.int16]:
    """The value of each byte as a character of a code (int16, shape (256,)); -1 for none."""
    values = np.full(256, _UNMET, np.int16)
    for place, letter in enumerate(credit_codes.LETTERS):
        values[ord(letter)] = place
    return values
