"""Registers screened batch by batch: the verdicts, the profiles that companies are screened by, and the notes."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from applicability import Profile, check, load_rulebook
from applicability.bulk.engine.arrays import ArrayTable
from applicability.bulk.engine.row_profiles import cells_of, profile_of
from applicability.bulk.engine.screener import Screened
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.output.loss_words import LossNotes
from applicability.bulk.output.notes_table import noted
from applicability.bulk.output.resolved_places import resolved_places
from applicability.bulk.output.unread import unread_notes
from applicability.bulk.output.unread_facts import facts_as_read
from applicability.bulk.register.columns.notes import by_row
from applicability.bulk.register.fact_reader import FactReader
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import Broken
from applicability.lazy_dataclass import dataclass, field
from applicability.screening import known_headings, reading_of_cells
from applicability.text import Lang

from ..engine.tables import DAY

BOOK = load_rulebook()
KNOWN = known_headings(BOOK, {})
READS = reading_of_cells(BOOK, KNOWN)


@dataclass
class Partly:
    """What a screening makes of a register; verdicts by document and row, notes as column, code and value.

    `written` are the profiles as `--facts` has them, with their places resolved.
    """

    verdicts: list[dict[tuple[str, int], int]] = field(default_factory=list)
    profiles: list[dict[str, object]] = field(default_factory=list)
    written: list[dict[str, object]] = field(default_factory=list)
    notes: list[list[tuple[str, str, str | None]]] = field(default_factory=list)
    texts: list[list[str]] = field(default_factory=list)
    hints: list[list[str]] = field(default_factory=list)
    names: list[object] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)

    def add(self, table: Any, reader: FactReader, lang: Lang = "en") -> None:
        """Adds a batch of rows, with its notes in a language."""
        read = reader.read(table)
        screener = screener_for(read.facts, BOOK, DAY)
        coded, partly = screener.keep_readable(read.table, screener.encode(read.table))
        decided = Screened(read.table, coded, screener.decide(coded)).decided
        assert not decided.unreadable.any()
        verdicts = [decided.verdicts(place).tolist() for place in range(len(decided.measures))]
        keys = [(measure.document, measure.row) for measure in decided.measures]
        if table.num_rows:
            self.verdicts += [dict(zip(keys, own, strict=True)) for own in zip(*verdicts, strict=True)]
        facts = facts_as_read(read, partly)[1]
        self.profiles += _profiles(facts)
        columns = resolved_places(facts, BOOK.gazetteer).columns
        self.written += _profiles(ArrayTable(columns, facts.num_rows))
        notes = by_row(read.notes, unread_notes(read, partly, table, LossNotes(lang)))
        told = noted(notes, table, np.arange(table.num_rows)).to_pylist()
        rows = notes.rows.tolist()
        for row in range(table.num_rows):
            own = [one for at, one in zip(rows, told, strict=True) if at == row]
            self.notes.append([(one["column"], one["code"], one["value"]) for one in own])
            self.texts.append([one["note"] for one in own])
            self.hints.append([one["hint"] for one in own])
        self.names += table.column(read.named[0]).to_pylist() if read.named else [None] * table.num_rows

    def agrees(self) -> None:
        """Fails unless each row has the verdicts of a check of its profile."""
        every = [
            (own, one) for told in (self.profiles, self.written) for own, one in zip(self.verdicts, told, strict=True)
        ]
        for own, profile in every:
            found = check(Profile.of(profile), BOOK, as_of=DAY, engine="reference")
            assert own == {
                (one.measure.document, one.measure.row): one.verdict for one in found if one.verdict is not None
            }


def _profiles(facts: ArrayTable) -> list[dict[str, object]]:
    found = []
    for one in map(profile_of, facts.to_pylist()):
        if isinstance(said := one.get("limits"), Mapping):
            one["limits"] = {key: str(kept) for key, kept in said.items()}
        found.append(one)
    return found


def of_table(
    table: Any,
    defaults: Mapping[str, object] | None = None,
    mapping: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
    lang: Lang = "en",
) -> Partly:
    """A table screened, which agrees with checks."""
    found = Partly()
    found.add(table, FactReader(BOOK, DAY, mapping, lang, units=units, defaults=cells_of(defaults or {})), lang)
    found.agrees()
    return found


def of_file(path: Path, defaults: Mapping[str, object] | None = None, **options: Any) -> Partly:
    """A file screened, which agrees with checks."""
    found = Partly()
    reader = FactReader(BOOK, DAY, defaults=cells_of(defaults or {}))
    with contextlib.closing(open_source(str(path), known=KNOWN, reads=READS, **options)) as source:
        for piece in source.pieces(frozenset()):
            for rows in piece.batches:
                found.broken += rows.broken
                found.add(rows.table, reader)
    found.agrees()
    return found
