"""Normalises Arrow columns to the types that a screening handles."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from applicability.bulk.engine.text_bytes import is_plain_text, is_text
from applicability.bulk.sources.masked_texts import masked_texts

# The least number of 15 digits.
_LONG = 10**14


def plain_batch(batch: Any, types: Mapping[str, Any] = MappingProxyType({})) -> Any:
    """A batch with plain columns, some of them cast to other types."""
    columns = {name: batch.column(name) for name in batch.schema.names}
    return pa.record_batch(
        {name: as_plain(held.cast(types[name]) if name in types else held) for name, held in columns.items()}
    )


def as_plain(column: Any) -> Any:
    """A column without views and without bytes: bytes become text, invalid ones written as `\\xff`.

    Raises ArrowInvalid for a list or structure that contains invalid text.
    """
    kind = column.type
    if pa.types.is_dictionary(kind):
        words = as_plain(column.dictionary)
        if words is column.dictionary:
            return column
        return words.take(column.indices).dictionary_encode()
    if kind in (pa.string_view(), pa.binary_view()):
        return as_plain(column.cast(pa.large_string() if kind == pa.string_view() else pa.large_binary()))
    if is_plain_text(kind):
        try:
            column.validate(full=True)
        except pa.ArrowInvalid:
            return _decoded(column.cast(pa.large_binary()))
        return column
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind):
        return _decoded(column)
    if pa.types.is_nested(kind):
        column.validate(full=True)
    return column


def _decoded(column: Any) -> Any:
    words = [None if one is None else one.decode("utf-8", "backslashreplace") for one in column.to_pylist()]
    return pa.array(words, pa.string())


def as_cells(column: Any) -> Any:
    """A column to repeat in results of any format: a list or structure becomes one cell of JSON."""
    kind = column.type
    if pa.types.is_nested(kind):
        words = [
            None if one is None else json.dumps(one, ensure_ascii=False, default=str) for one in column.to_pylist()
        ]
        return pa.array(words, pa.string())
    if pa.types.is_float16(kind):
        return column.cast(pa.float32())
    return column.cast(pa.string()) if pa.types.is_uint64(kind) else column  # no database has uint64


def without_identities(column: Any) -> Any:
    """A column to repeat in results, with the numbers of identity cards in it masked."""
    kind = column.type.value_type if pa.types.is_dictionary(column.type) else column.type
    if pa.types.is_integer(kind) and pc.max(column).as_py() is not None and pc.max(column).as_py() >= _LONG:
        column, kind = column.cast(pa.string()), pa.string()
    if not is_text(kind):
        return column
    if pa.types.is_dictionary(column.type):
        words = masked_texts(column.dictionary)
        return column if words is column.dictionary else words.take(column.indices)
    return masked_texts(column)
