"""A column of addresses: parts that cannot affect parsing are stripped in Arrow before distinct values are found.

A character that occurs in no name that is searched for ends every name that could begin before it. So in a text without
zones, everything from the first such character on is irrelevant; in a text with zones, a run of such characters is
equivalent to one. This holds for plain text: characters that normalisation leaves alone, without brackets and spaces.
Other texts keep everything but their digits.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import different
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.columns.interned import InternedColumn, texts_of
from applicability.loading.company.address_names import plain
from applicability.loading.company.addresses import Addresses, AddressMatch

# Characters that normalisation leaves alone next to each other and to brackets and spaces.
_INERT = tuple(code for code in (*range(0x21, 0x7F), *range(0x4E00, 0xA000)) if chr(code) not in "()[]")
_DIGITS = "0123456789"
# Placeholder for a run of characters that occur in no name.
_ANY = "0"
_TextReader = Callable[[Any], Codes]


class AddressColumn:
    """Parses columns of addresses; `kinds` are the distinct matches."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self.forget()

    def forget(self) -> None:
        """Drops the cached addresses."""
        self.kinds: InternedColumn[AddressMatch] = InternedColumn(self._addresses.read)

    def read(self, column: Any) -> Codes:
        """The code of each row's match (int32, shape (rows,)); 0 where there is no text."""
        texts = texts_of(column, lambda cell: cell if isinstance(cell, str) else None)
        if texts.null_count:
            texts = texts.fill_null("")
        return _apart(texts, _told(pc.match_substring_regex(texts, _foreign())), self._marked, self._plain)

    def _marked(self, texts: Any) -> Codes:
        """Codes of texts with other characters, some of which may be just brackets and spaces."""
        bare = pc.replace_substring_regex(texts, _marks(), "")
        foreign = _told(pc.match_substring_regex(bare, _foreign()))
        codes = np.empty(len(texts), np.int32)
        codes[foreign] = self._codes(self._without(texts.filter(pa.array(foreign)), _DIGITS))
        codes[~foreign] = self._plain(bare.filter(pa.array(~foreign)))
        return codes

    def _plain(self, texts: Any) -> Codes:
        zoned = _told(pc.match_substring_regex(texts, self._zones))
        return _apart(texts, zoned, lambda some: self._codes(self._without(some, self._others)), self._begins)

    def _begins(self, texts: Any) -> Codes:
        begins = pc.struct_field(pc.extract_regex(texts, self._beginning), [0])
        return self.kinds.codes(different(begins), self._addresses.read_plain)

    def _codes(self, texts: Any) -> Codes:
        return self.kinds.codes(different(texts))

    def _without(self, texts: Any, letters: str) -> Any:
        return pc.replace_substring_regex(texts, f"[{letters}]+", _ANY) if self._digits_are_one else texts

    @cached_property
    def _digits_are_one(self) -> bool:
        return self._addresses.searched.letters.isdisjoint(_DIGITS)

    @cached_property
    def _others(self) -> str:
        """The characters that occur in no name, as a character class."""
        return _but_for(frozenset(self._addresses.searched.letters))

    @cached_property
    def _zones(self) -> str:
        """A pattern for the names of zones and what ends one."""
        return "|".join(sorted(map(_escaped, self._addresses.searched.zone_marks)))

    @cached_property
    def _beginning(self) -> str:
        """A pattern for the relevant part of a text without zones: everything before the first character of no name."""
        return f"^(?P<begins>[^{self._others}]*)"


def _apart(texts: Any, apart: NDArray[np.bool_], these: _TextReader, others: _TextReader) -> Codes:
    """Codes of texts; those marked by the mask `apart` are read by `these`, the rest by `others`."""
    if not apart.any():
        return others(texts)
    codes = np.empty(len(texts), np.int32)
    codes[apart], codes[~apart] = these(texts.filter(pa.array(apart))), others(texts.filter(pa.array(~apart)))
    return codes


@functools.cache
def _foreign() -> str:
    """A pattern for any character that is not inert."""
    return f"[^{_class(_INERT)}]"


@functools.lru_cache(4)
def _but_for(letters: frozenset[str]) -> str:
    """The inert characters but for these, as a character class: many registers are read by one gazetteer."""
    return _class(code for code in _INERT if chr(code) not in letters)


@functools.cache
def _marks() -> str:
    """A pattern for what parsing drops from every text: brackets, spaces and characters normalised to them."""
    marks = (code for code in range(0x10000) if not 0xD800 <= code < 0xE000 and not plain(chr(code)))
    return f"[{_class(marks)}]+"


def _told(found: Any) -> NDArray[np.bool_]:
    return np.asarray(found).astype(np.bool_)


def _class(codes: Iterable[int]) -> str:
    """Code points as ranges of a character class."""
    ranges: list[list[int]] = []
    for code in sorted(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\x{{{first:x}}}-\\x{{{last:x}}}" for first, last in ranges)


def _escaped(name: str) -> str:
    return "".join(letter if letter.isalnum() else f"\\x{{{ord(letter):x}}}" for letter in name)
