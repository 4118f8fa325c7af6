"""The codes of values, each worked out once; those of text are looked up for a whole dictionary at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from applicability.columnar.arrays import Different
from applicability.columnar.pairs import Codes, Grown

Of = Callable[[object], int]


class Known:
    """Remembers the codes of the values met, and forgets nothing: its owner begins with another when it is too much.

    Values that are written alike are one, if they are of one type.
    """

    def __init__(self) -> None:
        self._texts = pa.array([], pa.large_string())
        self._codes = Grown()
        self._others: dict[tuple[type, str], int] = {}

    def __len__(self) -> int:
        return len(self._codes) + len(self._others)

    def codes(self, found: Different, of: Of, missing: int) -> Codes:
        """The code of each row, by `of` where a value is met for the first time; `missing` where there is no value."""
        own = self._of_texts(found.texts, of) if found.texts is not None else self._one_by_one(found.values, of)
        codes = np.append(own, np.int32(missing))  # no value is place -1: the last
        return codes[found.places.astype(np.intp)]  # NumPy's own kind of index is more than twice as fast

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
        places = pc.index_in(texts, value_set=self._texts)
        if places.null_count:
            unmet = pc.unique(texts.filter(places.is_null()))
            for text in unmet.to_pylist():
                self._codes.append(of(text))
            self._texts = pa.concat_arrays([self._texts, unmet])
            places = pc.index_in(texts, value_set=self._texts)
        return self._codes.at(places.to_numpy())
