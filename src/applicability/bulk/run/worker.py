"""Screens pieces of a source: reads, encodes and decides their rows, and writes the output.

The output depends on the piece and the job alone, not on what was screened before or by which worker.
"""

from __future__ import annotations

import contextlib
import functools
import itertools
import operator
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine import verdict_tables
from applicability.bulk.engine.arrays import NONE, CellColumn, CellTable, Coded
from applicability.bulk.engine.encode import ClassCodes
from applicability.bulk.engine.guard import UpdateGuard
from applicability.bulk.engine.minmax_terms import ClassTable
from applicability.bulk.engine.pilot_tally import PilotTally
from applicability.bulk.engine.provision_tally import provision_tally
from applicability.bulk.engine.readable_rows import PartlyRead
from applicability.bulk.engine.row_profiles import cells_of
from applicability.bulk.engine.screener import Screened, Screener
from applicability.bulk.engine.screener_for import screener_for
from applicability.bulk.engine.served import kept_by_steps, needing_findings, served
from applicability.bulk.job import ASKS, LONG, WIDE, Job, Summary
from applicability.bulk.measure_key import key_of
from applicability.bulk.output.answer_columns import AnswerColumns
from applicability.bulk.output.business_told import lacks_of_business
from applicability.bulk.output.fact_table import columns_of_levels, fact_table
from applicability.bulk.output.first_reasons import LineText, Reasons
from applicability.bulk.output.labels import say
from applicability.bulk.output.loss_words import LossNotes
from applicability.bulk.output.named_places import ZonesAround, by_named_place
from applicability.bulk.output.next_asks import Asks, CompanyWaits
from applicability.bulk.output.notes_table import noted
from applicability.bulk.output.open_companies import COUNTED, counts_of_each, first_of_all, first_of_each
from applicability.bulk.output.open_limits import kept_by
from applicability.bulk.output.pieces import FACTS, NOTES, REJECTS, Files, done
from applicability.bulk.output.places_told import places_told
from applicability.bulk.output.rejects import Rejects, at_row, rejects_of
from applicability.bulk.output.repeated_codes import keep_codes
from applicability.bulk.output.unlisted_activities import UnlistedActivities
from applicability.bulk.output.unread import first_unread, unread_notes
from applicability.bulk.register.columns.derived_facts import Origin
from applicability.bulk.register.columns.notes import but_for, by_row, companies_noted, kinds_of, with_asked
from applicability.bulk.register.columns.registration import registered_alone
from applicability.bulk.register.fact_reader import FactReader, FactRows
from applicability.bulk.register.status_columns import companies_gone, status_columns
from applicability.bulk.run import prefetch
from applicability.bulk.run.prefetch import WriteBehind
from applicability.bulk.sources.plain_columns import as_cells, without_identities
from applicability.bulk.sources.source import Piece, Rows, names_of
from applicability.errors import ProfileError
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass
from applicability.loading.company.levels import CITY
from applicability.loading.profile.parts import whole_name
from applicability.model.facts import LISTS_IN_PART, FactDeclaration
from applicability.model.headings import fact_of
from applicability.model.verdict import Verdict

Finish = Callable[[Path, int], Path]
# A complete piece: its number and summary.
_Complete = tuple[int, Summary]
_Item = TypeVar("_Item")
# Items of pieces by piece number, and None at the end of each piece.
_Numbered = Generator[tuple[int, _Item | None], None, None]


@dataclass(frozen=True)
class _ReadRows:
    """Rows that have been read and encoded; `partly` are those that are screened by what can be read of them."""

    rows: Rows
    read: FactRows
    screen: Screener
    coded: ClassCodes
    partly: tuple[PartlyRead, ...]


class Worker:
    """Screens pieces for one job; caches values and classes as they occur. Not usable after an interrupt.

    Not thread-safe. With `ahead`, reading, encoding, and deciding with writing run in a thread each, on successive
    batches. That does not pay with one process per core.
    """

    def __init__(self, job: Job, *, ahead: bool = False) -> None:
        self.job = job
        self._ahead = prefetch.prefetched if ahead else _as_they_come
        self._reader = FactReader(
            job.rulebook, job.day, job.mapping, job.lang, job.keep or (), {**job.settled, **job.units},
            cells_of(job.defaults), job.surface,
        )  # fmt: skip
        self._reading, self._deciding = UpdateGuard(), UpdateGuard()
        self._screeners: dict[tuple[str, ...], Screener] = {}
        self._reasons: dict[tuple[str, ...], Reasons] = {}
        self._asks: dict[tuple[str, ...], Asks] = {}
        self._loss_notes = LossNotes(job.lang, job.surface)
        self._unlisted = UnlistedActivities(job.rulebook, job.day, job.measures, job.lang)
        self._zones_around = ZonesAround(job.rulebook.gazetteer)
        self._own = frozenset(
            (
                "line",
                *verdict_tables.COLUMNS,
                verdict_tables.LIMITS,
                *verdict_tables.column_names(job.measures),
                *COUNTED,
            )
        )

    def do(
        self, pieces: Iterable[Piece], folder: Path, finish: Finish | None = None
    ) -> Generator[_Complete, None, None]:
        """Screens pieces into the folder; yields the number and summary of each.

        `finish` is the last step of a piece, which makes a file; it runs while the next piece is screened. Raises
        ProfileError for a job that is strict.
        """
        # Closed on failure too: nothing may still be reading a source that the caller then closes.
        with (
            contextlib.closing(self._ahead(self._told(self._ahead(_batches(pieces))))) as told,
            WriteBehind[_Complete]() as behind,
        ):
            for number, parts in itertools.groupby(told, operator.itemgetter(0)):
                total = Summary()
                with Files(folder, number) as files:
                    for _, part in parts:
                        if part is not None:
                            with self._deciding:
                                total.add(self._decided(part, files))
                if finish is None:
                    yield _finished(folder, number, total)
                else:
                    yield from behind.then(functools.partial(_finished, folder, number, total, finish))
            yield from behind.then(None)

    def _told(self, batches: _Numbered[Rows]) -> _Numbered[_ReadRows]:
        """The rows of pieces, read and encoded."""
        with contextlib.closing(batches):
            for number, rows in batches:
                if rows is None:
                    yield number, None
                else:
                    with self._reading:
                        read = self._reader.read(rows.table)
                    screen = self._screener(read.facts)
                    coded, partly = screen.keep_readable(read.table, screen.encode(read.table))
                    yield number, _ReadRows(rows, read, screen, coded, partly)

    def _decided(self, told: _ReadRows, files: Files) -> Summary:
        """Decides rows, and writes their output."""
        rows, read, screen = told.rows, told.read, told.screen
        found = Screened(read.table, told.coded, screen.decide(told.coded))
        lines = _numbers(rows.lines)
        found.decided.unreadable[[row for row, _ in read.rejects]] = True
        rejected = rejects_of(rows, read, self.job.lang, self.job.surface)
        if self.job.strict:
            self._stop_at_first(told, rejected)
        told_beside = places_told(read, told.partly, self.job.rulebook.gazetteer)
        unread = unread_notes(read, told.partly, rows.table, self._loss_notes, told_beside)
        classes = screen.decider(found.coded).table
        unlisted = self._unlisted.notes(read, told.partly, classes, found.coded.codes, found.decided)
        notes = with_asked(but_for(by_row(by_row(read.notes, unread), unlisted), read.no_companies))
        kept = _kept(rows.table, read.named if self.job.keep is None else self.job.keep)
        keep = {"line": pa.array(lines)}
        for name, column in kept.items():
            keep[self._name(name, keep)] = column
        shown = dict(keep)
        if self.job.keep is None and self.job.is_workbook:  # it marks companies that are gone
            for name, column in _kept(rows.table, status_columns(rows.table, read)).items():
                shown[self._name(name, shown)] = column
        if LONG in self.job.forms:
            files.write(LONG, self._long(screen, found, shown, told.partly))
        if WIDE in self.job.forms:
            counted = counts_of_each(found.decided, self._places(found)) if self.job.is_workbook else {}
            files.write(WIDE, verdict_tables.wide(found, self.job.measures, {**shown, **counted}))
        asks: dict[str, list[int]] = {}
        unasked: dict[str, list[int]] = {}
        worth_asking: dict[str, int] = {}
        if ASKS in self.job.forms or self.job.asks:
            known, waits = self._waits(screen, found, told)
            asks, worth_asking = known.totals(waits), dict(waits.worth_asking)
            if ASKS in self.job.forms:
                into = AnswerColumns(
                    read.headings, rows.table, notes, self.job.lang, read.left_open, read.scopes, read.origins
                )
                unasked = known.unasked(waits)
                files.write(ASKS, [known.lines(waits, shown, into)])
        if rejected.problems or REJECTS in self.job.listed:
            files.write(REJECTS, [_named(rejected.table(), keep, pa.array(rejected.rows, pa.int64()))])
        if len(notes) or NOTES in self.job.listed:
            where = {
                heading: say("joined_at", self.job.lang, heading=heading, where=one.of(self.job.lang))
                for heading, one in self.job.joined.items()
            }
            files.write(NOTES, [_named(noted(notes, rows.table, lines, where), keep, pa.array(notes.rows))])
        if self.job.facts:
            told_facts = fact_table(read, told.partly, keep, self.job.rulebook)
            if found.decided.unreadable.any():  # a row that is no company has no facts
                told_facts = told_facts.filter(pa.array(~found.decided.unreadable))
            files.write(FACTS, [told_facts])
        codes = keep_codes(read, ~found.decided.unreadable, lines, files)
        wanted = {measure.key for measure in self.job.measures}
        counts = {
            key_of(measure): own
            for measure, own in zip(found.decided.measures, found.decided.counts().tolist(), strict=True)
            if measure.key in wanted
        }
        out = int((~found.decided.unreadable).sum())
        rejects = len(found) - out + len(rows.broken)
        table, places = classes, self._places(found)
        decided = (table, found.coded.codes, found.decided, places)
        whom, opened = served(*decided), found.decided.open_to_any(places)
        first, listed = self._listed(found, opened, lines, kept.get(read.named[0]) if read.named else None)
        return Summary(
            out, rejects, len(notes), *companies_noted(notes), counts, read.ignored, kinds_of(notes),
            served=int(opened.sum()), served_by_scope=int(whom.by_scope.sum()),
            certain_by_scope=int(whom.certain.sum()), served_by_any_reading=int(whom.by_any_reading.sum()),
            entries=whom.entries, asks=asks, unasked=unasked, worth_asking=worth_asking,
            only_steps=kept_by_steps(*decided) if self.job.asks else {},
            findings=needing_findings(*decided) if self.job.asks else {},
            **_by_place(table, found, opened, whom.by_scope),
            named=self._named(found, opened, whom.by_scope) if self.job.asks or self.job.is_workbook else {},
            around=self._zones_around.count(found.table, ~found.decided.unreadable),
            derived=_counts_of(read, ~found.decided.unreadable, told_beside.by_zones),
            registered=registered_alone(notes, self.job.lang, self.job.surface),
            gone=companies_gone(rows.table, read, ~found.decided.unreadable),
            first=first, opened=listed,
            lists=tuple(_lists(read, self.job.rulebook.facts)),
            held=tuple(dict.fromkeys(map(fact_of, read.holds.values()))),
            codes=codes,
            provisions=provision_tally(table, found.coded.codes, ~found.decided.unreadable),
        )  # fmt: skip

    def _places(self, found: Screened) -> list[int]:
        """The places of the measures wanted."""
        wanted = {measure.key for measure in self.job.measures}
        return [place for place, one in enumerate(found.decided.measures) if one.key in wanted]

    def _named(self, found: Screened, opened: NDArray[np.bool_], by_scope: NDArray[np.bool_]) -> dict[str, list[int]]:
        """By city, district and zone the companies, those served, and those served by a scope."""
        some = (~found.decided.unreadable, opened, by_scope)
        return by_named_place(found.table, self.job.rulebook.gazetteer, some)

    def _listed(
        self, found: Screened, opened: NDArray[np.bool_], lines: NDArray[np.int64], names: Any
    ) -> tuple[dict[str, list[list[int | str | None]]], list[list[Any]]]:
        """The companies that a summary lists by row and name: for each measure, and all."""
        if not self.job.asks:
            return {}, []
        decided, places = found.decided, self._places(found)
        every = first_of_all(decided, places, opened, lines, names)
        return first_of_each(decided, places, lines, names), every

    def _stop_at_first(self, told: _ReadRows, rejected: Rejects) -> None:
        """Raises ProfileError for the first row that is no company or of which something cannot be read."""
        unread = first_unread(told.read, told.partly, told.rows.table)
        line = None if unread is None else told.rows.lines[unread[0]]
        if rejected.problems and (line is None or rejected.lines[0] <= line):
            raise ProfileError(rejected.first())
        if unread is not None and line is not None:
            raise ProfileError(at_row(one, line, self.job.lang) for one in unread[1])

    def _name(self, column: str, taken: Collection[str]) -> str:
        """A kept column's name in the results, renamed if it clashes with a result column."""
        name = masked(column)
        while name.casefold() in self._own or name in taken:
            name = f"source_{name}"
        return name

    def _screener(self, facts: tuple[str, ...]) -> Screener:
        if facts not in self._screeners:
            self._screeners[facts] = screener_for(facts, self.job.rulebook, self.job.day)
        return self._screeners[facts]

    def _long(
        self, screen: Screener, found: Screened, keep: Mapping[str, Any], partly: Sequence[PartlyRead]
    ) -> Iterator[Any]:
        known, table = self._reasons.get(screen.columns), screen.decider(found.coded).table
        if known is None:
            known = Reasons(table, found.decided.measures, self.job.lang)
            self._reasons[screen.columns] = known
        style = self.job.limit_style
        kept = kept_by(found.table, screen.columns) if style is not None else {}
        waits = Verdict.NEEDS_INFO in self.job.only
        worded = waits or Verdict.INELIGIBLE in self.job.only
        lacks = lacks_of_business(found.table, self.job.rulebook, partly) if worded else None
        words = LineText(
            known, table.vectors, found.coded.codes, self.job.lang, style, kept, lacks, found.table if waits else None
        )  # fmt: skip
        return verdict_tables.long(found, self.job.measures, self.job.only, keep, words)

    def _waits(self, screen: Screener, found: Screened, told: _ReadRows) -> tuple[Asks, CompanyWaits]:
        """What undecided measures of each company wait for."""
        table, own = screen.decider(found.coded).table, found.decided.measures
        known = self._asks.get(screen.columns)
        if known is None:
            known = self._asks[screen.columns] = Asks(table, own, self.job.lang)
        return known, known.waits(found, self._places(found), table.vectors, told.partly, told.read.unnamed)


def _as_they_come(items: _Numbered[_Item]) -> _Numbered[_Item]:
    """The items unchanged: each is made on demand."""
    return items


def _by_place(
    table: ClassTable, found: Screened, opened: NDArray[np.bool_], by_scope: NDArray[np.bool_]
) -> dict[str, Any]:
    """How many companies lie where, and how many of those have something open, and by a scope; nothing where it is not
    told apart.
    """
    tally = PilotTally.of(table)
    if tally is None:
        return {}
    codes, apart = found.coded.codes[tally.group], found.decided.unreadable
    every = tally.count(codes, ~apart if apart.any() else None)
    return {
        "places": {key: list(pair) for key, *pair in zip(tally.keys, every, tally.count(codes, opened), strict=True)},
        "places_by_scope": dict(zip(tally.keys, tally.count(codes, by_scope), strict=True)),
    }


def _finished(folder: Path, number: int, total: Summary, finish: Finish | None = None) -> _Complete:
    """Finishes a decided piece, and marks it as complete."""
    done(folder, number, total, None if finish is None else finish(folder, number))
    return number, total


def _batches(pieces: Iterable[Piece]) -> _Numbered[Rows]:
    """The rows of each piece with its number, then None, since a piece may have no rows."""
    for piece in pieces:
        for rows in piece.batches:
            yield piece.number, rows
        yield piece.number, None


def _numbers(lines: Sequence[int]) -> NDArray[np.int64]:
    """Row numbers as an array (int64)."""
    if isinstance(lines, range):
        return np.arange(lines.start, lines.stop, lines.step, dtype=np.int64)  # many times as fast as converting each
    return np.asarray(lines, np.int64)


def _kept(table: Any, names: Sequence[str]) -> dict[str, Any]:
    """The source columns to repeat, without numbers of identity cards; cells of mixed types become text."""
    if not isinstance(table, CellTable):
        own = (name for name in names if name in names_of(table))
        return {name: without_identities(as_cells(table.column(name))) for name in own}
    found = {}
    for name in names:
        if name in table.columns:
            words = pa.array([None if v is None else str(v) for v in table.columns[name]], pa.string())
            found[name] = without_identities(words)
        else:
            found[name] = pa.nulls(table.num_rows, pa.string())
    return found


def _named(told: Any, keep: Mapping[str, Any], rows: Any) -> Any:
    """Rows of a table, with the kept columns inserted after the line number."""
    columns, own = {"line": told.column("line")}, set(told.column_names)
    for name, column in keep.items():
        if name != "line":
            title = name
            while title in own or title in columns:
                title = f"source_{title}"
            columns[title] = column.take(rows)
    return pa.table({**columns, **dict(zip(told.column_names, told.columns, strict=True))})


def _counts_of(
    read: FactRows, companies: NDArray[np.bool_], by_zones: Mapping[str, NDArray[np.int64]]
) -> dict[str, int]:
    """Of how many companies a fact is told by another column, keyed by fact and column, a tab between them."""
    own = columns_of_levels(read)
    counts = np.bincount(read.origins.places[companies], minlength=len(read.origins.values)).tolist()
    found: dict[str, int] = {}
    for origin, count in zip(cast("Sequence[Origin]", read.origins.values), counts, strict=True):
        told = dict.fromkeys((whole_name(name)[0], column) for name, column in origin.items())
        for fact, column in sorted(told.keys() - own) if count else ():
            key = f"{fact}\t{column}"
            found[key] = found.get(key, 0) + count
    for name, rows in by_zones.items():
        if count := int(companies[rows].sum()):
            found[f"{CITY}\t{read.headings.get(name, name)}"] = count
    return found


def _lists(read: FactRows, facts: Mapping[str, FactDeclaration]) -> Iterator[str]:
    """The columns in which a list is given as a whole, by heading and fact."""
    for fact, heading in read.headings.items():
        if fact in facts and facts[fact].type in LISTS_IN_PART and _holds_any(read.table.column(fact)):
            yield f"{heading}\t{fact}"


def _holds_any(column: Any) -> bool:
    if isinstance(column, Coded):
        return bool((column.places != NONE).any())
    if isinstance(column, CellColumn):
        return any(value is not None for value in column.values)
    return bool(column.null_count < len(column))
