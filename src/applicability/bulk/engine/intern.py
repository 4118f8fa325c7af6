"""Interning of values as codes, computed once for each value; text is looked up a whole dictionary at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine.arrays import Different
from applicability.bulk.engine.pair_table import Codes

Of = Callable[[object], int]


class InternTable:
    """Cache from values to codes. It never evicts; its owner starts a new one when it grows too large.

    Values of one type that are written the same are one.
    """

    def __init__(self) -> None:
        self._texts: tuple[Any, Codes] = pa.array([], pa.large_string()), np.empty(0, np.int32)
        self._others: dict[tuple[type, str], int] = {}

    def __len__(self) -> int:
        return self._texts[1].size + len(self._others)

    def codes(self, found: Different, of: Of, missing: int) -> Codes:
        """The code of each row (int32, shape (rows,)), by `of` for a new value; `missing` where there is none."""
        own = self._of_texts(found.texts, of) if found.texts is not None else self._one_by_one(found.values, of)
        codes = np.append(own, np.int32(missing))  # no value is index -1: the last
        return codes[found.places.astype(np.intp)]  # indexing by intp is more than twice as fast

    def _one_by_one(self, values: list[object], of: Of) -> Codes:
        return np.array([self._other(value, of) for value in values], np.int32)

    def _other(self, value: object, of: Of) -> int:
        key = (type(value), value if isinstance(value, str) else repr(value))
        code = self._others.get(key)
        if code is None:
            code = self._others[key] = of(value)
        return code

    def _of_texts(self, texts: Any, of: Of) -> Codes:
        texts = texts.cast(pa.large_string())
        known, codes = self._texts
        places = pc.index_in(texts, value_set=known)
        if places.null_count:
            unmet = pc.unique(texts.filter(places.is_null()))
            known = pa.concat_arrays([known, unmet])
            codes = np.append(codes, np.array([of(text) for text in unmet.to_pylist()], np.int32))
            self._texts = known, codes
            places = pc.index_in(texts, value_set=known)
        found: Codes = codes.take(places.to_numpy())
        return found
