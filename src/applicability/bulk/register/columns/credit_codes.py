"""A column of credit codes: validated as bytes where plainly written, else one by one."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.columns.interned import texts_of
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


class CodeColumn:
    """Reads columns of credit codes; `areas` are the divisions that issued them, from index 1 on."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.areas: list[Area] = [Area("")]
        self._gazetteer = gazetteer
        self._numbers: dict[Area | None, int] = {None: 0}
        self._places: Codes = np.full(10 ** len(_WORTH), _UNMET, np.int32)

    def read(self, column: Any) -> tuple[Codes, list[tuple[int, Text]]]:
        """The index in `areas` for each row, 0 for none (int32, shape (rows,)); and the rows with an invalid code, each
        with the reason.
        """
        texts = texts_of(column, str)
        plain, areas = _plain(texts)
        found = np.zeros(len(texts), np.int32)
        rows = np.flatnonzero(plain)
        for area in np.unique(areas[self._places[areas] == _UNMET]).tolist():
            code = f"{'':2}{area:06}"
            self._places[area] = self._number(credit_codes.place(code, self._gazetteer))
        found[rows] = self._places[areas]
        wrong: list[tuple[int, Text]] = []
        odd = np.flatnonzero(~plain)
        for row, cell in zip(odd.tolist(), texts.take(pa.array(odd)).to_pylist(), strict=True):
            if not is_missing(cell):
                try:
                    found[row] = self._number(credit_codes.place(credit_codes.read(cell), self._gazetteer))
                except credit_codes.NoCode as error:
                    wrong.append((row, error.what))
        return found, wrong

    def _number(self, area: Area | None) -> int:
        number = self._numbers.setdefault(area, len(self.areas))
        if area is not None and number == len(self.areas):
            self.areas.append(area)
        return number


def _plain(texts: Any) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
    """Which texts are valid codes as written (bool), and the division numbers of those codes (int64)."""
    offsets, data = _bytes(texts)
    plain = np.diff(offsets) == _LENGTH
    if not plain.any():
        return plain, np.empty(0, np.int64)
    if plain.all():
        letters = data[offsets[0] : offsets[-1]].reshape(-1, _LENGTH)
    else:
        letters = data[offsets[:-1][plain][:, None] + np.arange(_LENGTH)]
    values = _values()[letters]
    right = (values >= 0).all(1) & (values[:, _AREA] < 10).all(1) & (values @ _WEIGHTS % _MODULUS == 0)
    plain[plain] = right
    return plain, values[right][:, _AREA].astype(np.int64) @ _WORTH


def _bytes(texts: Any) -> tuple[NDArray[np.int64], NDArray[np.uint8]]:
    """The offsets of the texts (int64, shape (rows + 1,)) and their bytes (uint8); a null text is empty."""
    if texts.null_count:
        texts = texts.fill_null("")
    wide = pa.types.is_large_string(texts.type)
    _, places, held = texts.buffers()
    offsets = np.frombuffer(places, np.int64 if wide else np.int32)[texts.offset : texts.offset + len(texts) + 1]
    data = np.frombuffer(held, np.uint8) if held is not None and held.size else np.empty(0, np.uint8)
    return offsets.astype(np.int64), data


@functools.cache
def _values() -> NDArray[np.int16]:
    """The value of each byte as a character of a code (int16, shape (256,)); -1 for none."""
    values = np.full(256, _UNMET, np.int16)
    for place, letter in enumerate(credit_codes.LETTERS):
        values[ord(letter)] = place
    return values
