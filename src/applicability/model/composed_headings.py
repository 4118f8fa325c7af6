"""Headings put together from words for the same (外资 or 境外投资者, then 占比 or 持股比例), and words by which one may
look as if its column told a fact.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator, Sequence

from applicability.lazy_dataclass import dataclass

# The words that may stand at each place of a heading, from left to right.
Composed = tuple[tuple[str, ...], ...]


def folded(text: str) -> str:
    """A heading without full-width forms, case, spaces, underscores and invisible characters.

    >>> folded("其中： 外资_占比（％）")
    '其中:外资占比(%)'
    """
    wide = unicodedata.normalize("NFKC", text)
    seen = (one for one in wide if not one.isspace() and unicodedata.category(one) not in ("Cf", "Cc"))
    return "".join(seen).casefold().replace("_", "")


def every_heading(composed: Sequence[Composed]) -> Iterator[str]:
    """The headings that are put together so, folded.

    >>> [*every_heading([(("", "其中"), ("外资", "外方"), ("占比",))])]
    ['外资占比', '外方占比', '其中外资占比', '其中外方占比']
    """
    for places in composed:
        yield from map("".join, itertools.product(*(tuple(map(folded, words)) for words in places)))


@dataclass(frozen=True)
class PartOfFact:
    """Headings of a part of what a fact says: 港澳台占比 is one of what 外资比例 says.

    Beside a column of a part, a heading of the fact with none of the words `though` may mean the rest alone.
    """

    headings: frozenset[str]
    though: tuple[str, ...]


@dataclass(frozen=True)
class LooksLike:
    """Words by which a heading looks as if its column told a fact: one of each of `all`, and `none` of these."""

    all: tuple[tuple[str, ...], ...]
    none: tuple[str, ...] = ()

    def fits(self, heading: str) -> bool:
        """Whether a folded heading has these words."""
        found = all(any(word in heading for word in words) for words in self.all)
        return found and not any(word in heading for word in self.none)
