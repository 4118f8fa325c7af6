"""A document's words in English: an unofficial translation, which stands beside the words and never for them."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Mapping
from functools import cached_property

from applicability.lazy_dataclass import dataclass, field
from applicability.model.frozen import FrozenDict, freeze
from applicability.text import Text

# Between the parts of a span that the order of English words splits.
SPLIT = " … "


@dataclass(frozen=True)
class Rendering:
    """A passage in English, and the English of the words that are quoted from it."""

    text: str
    quotes: Mapping[str, str] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "quotes")

    def holds(self, span: str) -> bool:
        """Whether a span stands in the text: whole, or in parts joined by `SPLIT`, in the order of the text.

        >>> Rendering("Foreign investors may hold up to 50%.").holds("Foreign investors … up to 50%")
        True
        """
        after = 0
        for part in span.split(SPLIT):
            found = self.text.find(part, after)
            if not part or found < 0:
                return False
            after = found + len(part)
        return True


@dataclass(frozen=True)
class Translation:
    """One document in English. `terms` are further terms with one rendering each, beside those of the glossary.

    `body` are words quoted from the body outside the provisions; `on_the_scan` tells, by row, how words that the scan
    spoils were read.
    """

    document: str
    rows: Mapping[int, Rendering]
    notes: Mapping[int, Rendering] = field(default_factory=FrozenDict)
    cells: Mapping[str, str] = field(default_factory=FrozenDict)
    provisions: Mapping[str, Rendering] = field(default_factory=FrozenDict)
    terms: Mapping[str, str] = field(default_factory=FrozenDict)
    body: Mapping[str, str] = field(default_factory=FrozenDict)
    on_the_scan: Mapping[int, Text] = field(default_factory=FrozenDict)

    def __post_init__(self) -> None:
        freeze(self, "rows", "notes", "cells", "provisions", "terms", "body", "on_the_scan")

    def row(self, row: int) -> str | None:
        """The text of a row."""
        return self.rows[row].text if row in self.rows else None

    def note(self, number: int) -> str | None:
        """A note in full."""
        return self.notes[number].text if number in self.notes else None

    def provision(self, id: str) -> str | None:
        """The words of the body that a provision quotes."""
        return self.provisions[id].text if id in self.provisions else None

    def quote(self, words: str, row: int | None = None) -> str | None:
        """The English of quoted words: those of a row first, then of a scope cell, a note or the body."""
        own = self.rows.get(row) if row is not None else None
        if own is not None and words in own.quotes:
            return own.quotes[words]
        return self._elsewhere.get(words)

    @cached_property
    def _elsewhere(self) -> Mapping[str, str]:
        """The English of words quoted from outside the rows; what comes first counts."""
        others = [one.quotes for one in (*self.notes.values(), *self.provisions.values())]
        found: dict[str, str] = {}
        for spans in reversed([self.cells, self.body, *others]):
            found.update(spans)
        return found


@dataclass(frozen=True, eq=False)
class Translations:
    """All translations of a rulebook, packed until somebody asks: an answer in Chinese unpacks none."""

    packed: bytes = field(default=b"", repr=False)

    @staticmethod
    def of(translations: Mapping[str, Translation]) -> Translations:
        """The translations by their documents."""
        return Translations(pickle.dumps(dict(translations), pickle.HIGHEST_PROTOCOL) if translations else b"")

    @cached_property
    def _by_document(self) -> Mapping[str, Translation]:
        # The bytes are those of the rulebook itself, which was built here or came from the guarded cache.
        found: Mapping[str, Translation] = pickle.loads(self.packed) if self.packed else {}
        return found

    def __getstate__(self) -> dict[str, bytes]:
        return {"packed": self.packed}  # what somebody has unpacked is not cached with the rulebook

    def get(self, document: str) -> Translation | None:
        """The translation of a document, or None."""
        return self._by_document.get(document)

    def __iter__(self) -> Iterator[Translation]:
        return iter(self._by_document.values())

    def __bool__(self) -> bool:
        return bool(self.packed)
