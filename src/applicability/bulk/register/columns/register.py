"""Reads the rows of a register as facts, column by column, by one column plan."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import NONE, ArrayTable, Coded, different
from applicability.bulk.register.cells import CellReader, finding_column
from applicability.bulk.register.column_plan import ColumnPlan, facts_of, share_headings
from applicability.bulk.register.columns.business_scopes import ScopeCells, scope_columns, with_parts
from applicability.bulk.register.columns.company_types import TypeColumns
from applicability.bulk.register.columns.defaults import Defaults
from applicability.bulk.register.columns.derived_facts import (
    DerivedFacts,
    RowLoss,
    no_origins,
    together,
    without,
)
from applicability.bulk.register.columns.former import FormerNames, with_city_of_zone, without_no_place
from applicability.bulk.register.columns.interned import emptied, filled, nothing
from applicability.bulk.register.columns.latin_names import LatinNames, still_missing
from applicability.bulk.register.columns.left_out import left_out
from applicability.bulk.register.columns.levels import LoneDistricts, level_columns
from applicability.bulk.register.columns.list_parts import (
    ListParts,
    beside_whole,
    is_list_part,
    is_of_any_zone,
    without_none,
)
from applicability.bulk.register.columns.location import PlaceColumns
from applicability.bulk.register.columns.merged import MergedColumns
from applicability.bulk.register.columns.none_beside import without_none_beside
from applicability.bulk.register.columns.notes import NO_NOTES, Notes, but_for, not_about, one_after_another
from applicability.bulk.register.columns.origins import origin_columns
from applicability.bulk.register.columns.other_kinds import OtherKinds, rows_without_value
from applicability.bulk.register.columns.passed_over import PassedOverCells
from applicability.bulk.register.columns.registered import registered_columns, registered_heading
from applicability.bulk.register.columns.registration import registration_columns
from applicability.bulk.register.columns.same_address import SameAddress
from applicability.bulk.register.columns.shares import ShareColumn, in_doubt
from applicability.bulk.register.columns.whole_facts import WholeFacts
from applicability.bulk.register.columns.whole_shares import settled_by_types
from applicability.bulk.register.columns.yes_only import yes_only_columns
from applicability.bulk.register.unread_columns import NONE_UNREAD, UnreadColumns
from applicability.loading.company.levels import CITY, DISTRICT
from applicability.loading.company.location import IN_ZONES
from applicability.loading.company.shares import shares_of
from applicability.loading.profile.parts import part_names, whole_name
from applicability.model.facts import NotRead
from applicability.model.headings import ADDRESS, COMPANY_TYPE, CREDIT_CODE, REGISTERED_IN, ROLES
from applicability.model.leaf_kinds import is_statement
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface

# Rows of a long batch after which the order of notes (shares, types, places) starts again.
_TURN = 1 << 15


class RegisterColumns:
    """Reads tables of one register. Not thread-safe.

    `defaults` are facts of companies that do not say otherwise, keyed by column; what a cell dates after the `day` is a
    plan.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        plan: ColumnPlan,
        lang: Lang = "en",
        defaults: Mapping[str, object] | None = None,
        surface: Surface = "terminal",
        day: datetime.date | None = None,
    ) -> None:
        self._rulebook = rulebook
        self._plan = plan
        self._lang = lang
        self.facts = facts_of(rulebook, plan, defaults or {})
        self._defaults = Defaults(rulebook, plan, self.facts, defaults or {})
        headings = plan.first_headings
        whole = {held: whole_name(held)[0] for held in headings}
        self._cells = {
            held: CellReader(rulebook, rulebook.facts[fact], day)
            for held, fact in whole.items()
            if fact in rulebook.facts
        }
        self._shares = {
            heading: ShareColumn(shares_of(rulebook), heading, plan.holds[heading], plan.unit(heading), lang, surface)
            for heading in share_headings(rulebook, plan)
        }
        self._scopes = scope_columns(rulebook, plan, self._cells, lang, surface)
        self._merged = MergedColumns(rulebook, plan, self.facts)
        self._list_parts = ListParts(rulebook, plan)
        self._other_kinds = OtherKinds(rulebook, plan, lang)
        self._types: TypeColumns | None = None
        if types := plan.headings(COMPANY_TYPE):
            self._types = TypeColumns(rulebook, self.facts, types, plan.holds, lang)
        self._origins = origin_columns(rulebook, plan, self.facts)
        self._places: PlaceColumns | None = None
        if plan.heading(ADDRESS) is not None or plan.heading(CREDIT_CODE) is not None:
            self._places = PlaceColumns(rulebook, plan, self.facts, lang, surface)
        self._levels = level_columns(rulebook, plan, self.facts, lang, self._defaults.facts)
        self._latin = LatinNames(rulebook, plan, self.facts, lang)
        self._lone = LoneDistricts(rulebook, plan, self.facts, lang)
        self._same = SameAddress(plan)
        self._registered = registered_columns(rulebook, plan, self.facts, lang)
        named = {**{fact: fact for fact in self._defaults.values}, **headings}
        if (heading := registered_heading(plan)) is not None:
            named[REGISTERED_IN] = heading
        self._yes_only = yes_only_columns(rulebook, plan, day, lang)
        self._registrations = registration_columns(rulebook, plan, self.facts, named, lang, surface, self._yes_only)
        self._former = FormerNames(rulebook, plan, self.facts, lang)
        self._parts = {fact: part_names(rulebook.facts[fact]) for fact in self.facts if fact in rulebook.facts}
        # The facts that have a column of their own, and could be told by another as well.
        self._given = tuple(fact for fact in headings if plan.derives and fact in self.facts)
        self._whole = WholeFacts(rulebook)
        self._passed_over = PassedOverCells(rulebook, headings)

    def read(self, table: Any, unread: UnreadColumns = NONE_UNREAD) -> tuple[ArrayTable, DerivedFacts]:
        """The facts of a table, Arrow's or of cells, with their origins, notes and losses; `unread` is what its source
        could not read of it, and left blank.

        A fact stated directly takes precedence over one from a company type, and that over one from an address or code.
        """
        applies = self._defaults.apply_beside(table.num_rows, unread)
        if self._defaults.registered_there:
            applies[CITY] = applies[CITY] & ~self._stands_somewhere(table, unread)
        found = self._read(table, applies, unread)
        if self._defaults.facts and (others := self._defaults.against(*found)):
            applies = {fact: own.copy() for fact, own in applies.items()}
            for fact, rows in others.items():
                applies[fact][[*rows]] = False
            found = self._read(table, applies, unread)
        return found

    def _stands_somewhere(self, table: Any, unread: UnreadColumns) -> NDArray[np.bool_]:
        """The rows that tell a place of business themselves, which need not be where they are registered (bool, shape
        (rows,)).
        """
        nobody: NDArray[np.bool_] = np.zeros(table.num_rows, np.bool_)
        if not self._plan.tells_place:
            return nobody
        columns = self._read(table, dict.fromkeys(self._defaults.facts, nobody), unread)[0].columns
        found = self._defaults.tell_place(columns, table.num_rows)
        return found if self._places is None else found | self._places.lone

    def _read(
        self, table: Any, by_default: Mapping[str, NDArray[np.bool_]], unread: UnreadColumns
    ) -> tuple[ArrayTable, DerivedFacts]:
        rows = table.num_rows
        # Parquet that holds only facts keeps its columns in their order.
        facts_alone = isinstance(table, pa.RecordBatch) and not self._plan.derives
        columns: dict[str, Any] = {} if facts_alone else {fact: nothing(rows) for fact in self.facts}
        notes = []
        by_heading: dict[str, Any] = {}
        doubts: dict[str, tuple[int, Notes, Any]] = {}
        parts: dict[str, Coded] = {}
        unnamed: dict[str, NDArray[np.int64]] = {}
        untold: list[tuple[str, NDArray[np.int64]]] = []
        # What scopes told, by the place of their notes among all, each with its fact.
        some: dict[int, tuple[str, ScopeCells]] = {}
        # The notes on columns of some words of a list that say “none”, by their place among all, each with the list.
        no_words: dict[int, str] = {}
        # The notes on columns of some zones that say that there are none, by their place among all.
        no_zones: dict[int, str] = {}
        # The notes on cells that leave a fact open, by their place among all.
        open_: dict[int, str] = {}
        for heading, held in self._plan.holds.items():
            if heading in self._shares:
                by_heading[heading], noted = self._shares[heading].read(table.column(heading))
                notes.append(noted)
                doubts[heading] = len(notes) - 1, in_doubt(noted), table.column(heading)
            elif held not in ROLES:
                reader = self._cells.get(held)
                column = table.column(heading)
                if heading in self._scopes:
                    scopes = self._scopes[heading].read(column)
                    by_heading[heading] = scopes.column
                    some[len(notes)] = whole_name(held)[0], scopes
                    notes.append(scopes.notes)
                    untold.append((whole_name(held)[0], scopes.untold))
                    parts |= {held: scopes.part} if scopes.part is not None else {}
                else:
                    by_heading[heading] = finding_column(column) if reader is None else reader.column(column)
                if held in (CITY, DISTRICT):
                    by_heading[heading], noted = without_no_place(heading, held, by_heading[heading], self._lang)
                    notes.append(noted)
                if held == CITY:
                    by_heading[heading], noted = with_city_of_zone(
                        self._rulebook.gazetteer, heading, by_heading[heading], self._lang
                    )
                    notes.append(noted)
                if held in self._yes_only:
                    by_heading[heading], noted = self._yes_only[held].without_no(heading, by_heading[heading])
                    open_[len(notes)] = held
                    notes.append(noted)
                if held in self._cells:
                    by_heading[heading], noted = without_none_beside(
                        self._rulebook, heading, held, by_heading[heading], self._lang
                    )
                    notes.append(noted)
                    untold.append((whole_name(held)[0], noted.rows))
                if is_list_part(held):
                    by_heading[heading], noted = without_none(
                        self._rulebook, heading, held, by_heading[heading], self._lang
                    )
                    no_zones |= {len(notes): heading} if held == IN_ZONES else {}
                    no_words[len(notes)] = whole_name(held)[0]
                    notes.append(noted)
                if (nameless := rows_without_value(self._rulebook, held, column)).size:
                    unnamed[held] = nameless
            if heading in by_heading:
                columns[held] = by_heading[heading]
        merged = self._merged.read(table, by_heading, rows)
        merged, settled = self._merged.beside_doubts(
            merged, self._shares, {heading: (noted, own) for heading, (_, noted, own) in doubts.items()}
        )
        for heading, lost in settled.items():
            at, noted, own = doubts[heading]
            notes[at], doubts[heading] = but_for(notes[at], lost), (at, but_for(noted, lost), own)
        columns |= merged.facts()
        for name, places in unread.unknown():
            columns[name] = filled(columns.get(name, nothing(rows)), [str(NotRead.UNKNOWN)], places)
        for place, fact in no_words.items():
            if fact in self._plan.first_headings and len(notes[place]):
                heading = self._plan.first_headings[fact]
                whole = self._whole.among(columns, fact, notes[place].rows)
                notes[place] = beside_whole(notes[place], columns[fact], whole, heading, self._lang)
        with_parts(columns, parts, rows)
        for fact, asked in self._yes_only.items():
            if fact in by_default and by_default[fact].any():
                of_no, noted = asked.against_default(table, self._defaults.values.get(fact), rows)
                untold.append((fact, of_no))
                for place in (one for one, held in open_.items() if held == fact):
                    notes[place] = but_for(notes[place], of_no)
                open_[len(notes)] = fact
                notes.append(noted)
        for fact, noted in self._defaults.unsettled(table, by_default, self._lang):
            untold.append((fact, noted.rows))
            notes.append(noted)
        by_default = _but_for(by_default, untold)
        listed = {place: self._whole.among(columns, fact, scopes.notes.rows) for place, (fact, scopes) in some.items()}
        self._defaults.fill_in(columns, by_default, rows)
        turn = turn_of(table)
        losses = [*merged.losses]
        if self._types is not None:
            losses += settled_by_types(table, columns, self._types, self._shares, self._plan.holds, by_heading)
        table = self._same.followed(merged.table(table, columns))
        origins, stated = no_origins(rows), merged.origins
        own = {fact: columns[fact] for fact in self._given}
        by_levels, of_levels, codes = dict[str, Any](), origins, None
        apart = [(fact, lost) for fact, lost in _by_fact(losses) if not is_statement(fact)]
        in_two = [(noted, own) for _, noted, own in doubts.values()]
        of_places = len(self._levels) + (self._registered is not None)
        alike = self._latin.leave_out(columns) if not of_places else NO_NOTES
        none = np.concatenate(
            [np.empty(0, np.int64), *(notes[place].rows for place, one in no_zones.items() if is_of_any_zone(one))]
        )
        for count, told in enumerate(self._derived(table, columns, rows, by_default, in_two, none), 1):
            columns |= told.columns
            origins = together(origins, told.origins)
            noted = told.notes
            for fact, lost in apart:
                noted = not_about(noted, fact, lost)
            notes += [noted, left_out(self._rulebook, told, losses, self._lang)]
            losses += told.losses
            codes = told.codes or codes
            unnamed |= {fact: np.union1d(unnamed.get(fact, own), own) for fact, own in told.unnamed.items()}
            # What two columns contradict each other about stays missing, whatever a third tells.
            apart += _by_fact(told.losses)
            for fact, lost in apart:
                for name in (one for one in (fact, *self._parts.get(fact, ())) if one in columns):
                    columns[name] = emptied(columns[name], lost)
                    origins, stated = without(origins, name, lost), without(stated, name, lost)
            if count == of_places:
                alike = self._latin.leave_out(columns)
                origins = without(origins, CITY, alike.rows)
                by_levels, of_levels = dict(columns), origins
        if no_zones:  # whoever says that it is in a zone is not asked to write that it is in none
            zoned = np.zeros(rows, np.bool_) if self._places is None else self._places.zoned.copy()
            for fact in (one for one in (IN_ZONES, "zones") if one in columns):
                zoned |= different(columns[fact]).places != NONE
            for place in no_zones:
                notes[place] = but_for(notes[place], np.flatnonzero(zoned))
        for place, (fact, scopes) in some.items():  # a list that contradicts one of them is left out
            notes[place] = scopes.beside_whole(listed[place] & self._whole.among(columns, fact, scopes.notes.rows))
        losses += self._passed_over.own(own, columns, origins, stated)
        losses += self._passed_over.of_levels(by_levels, of_levels, origins)
        for fact, lost in apart:
            for place in (one for one, held in open_.items() if held == fact):
                notes[place] = but_for(notes[place], lost)
        for name in self._plan.registrations:
            columns.pop(name, None)  # what it tells is a fact of its own
        notes += [self._former.notes(columns, rows), still_missing(alike, columns)]
        origins = together(stated, origins) if self._merged.headings else origins
        noted = one_after_another(notes, turn)
        return ArrayTable(columns, rows), DerivedFacts(columns, origins, noted, losses, codes, unnamed)

    def _derived(
        self,
        table: Any,
        columns: dict[str, Any],
        rows: int,
        by_default: Mapping[str, NDArray[np.bool_]],
        doubts: Sequence[tuple[Notes, Any]],
        no_zones: NDArray[np.int64],
    ) -> Iterator[DerivedFacts]:
        """What columns tell beside their own fact, one after the other: each knows what those before it told. In the
        rows `no_zones` a column of some zones says that there are none.
        """
        if self._registered is not None:
            here = by_default[CITY] if self._defaults.registered_there else None
            yield self._registered.read(table, columns, rows, here)
        for levels in self._levels:
            yield levels.read(table, columns, rows)
        yield self._list_parts.read(table, columns, rows)
        if self._types is not None:
            told = self._types.read(table, columns, rows, doubts)
            yield self._other_kinds.without(table, columns, rows, told)
        if self._origins is not None:
            yield DerivedFacts({}, no_origins(rows), losses=[*self._origins.losses(table, columns, rows, self._types)])
        if self._places is not None:
            yield self._places.read(
                table, columns, rows, no_zones, None if self._registered is None else self._registered.lone
            )
        yield self._lone.read(table, columns, rows)
        for registration in self._registrations:
            told_by = None if self._registered is None else self._registered.told_by
            yield registration.read(table, columns, rows, told_by)


def turn_of(table: Any) -> int:
    """For how many rows of a table all notes of one kind come before those of the next."""
    # Parquet batches are longer than a reader would want notes of one kind in a row.
    return _TURN if isinstance(table, pa.RecordBatch) else max(table.num_rows, 1)


def _but_for(
    applies: Mapping[str, NDArray[np.bool_]], untold: Sequence[tuple[str, NDArray[np.int64]]]
) -> Mapping[str, NDArray[np.bool_]]:
    """The rows to which defaults apply, by fact, without those whose cell says something that is not read."""
    found = dict(applies)
    for fact, rows in untold:
        if fact in found and rows.size:
            found[fact] = found[fact].copy()
            found[fact][rows] = False
    return found


def _by_fact(losses: Sequence[RowLoss]) -> Iterator[tuple[str, NDArray[np.int64]]]:
    """The facts that are missing then, each with the rows."""
    rows: dict[str, list[int]] = {}
    for loss in losses:
        for fact in loss.facts:
            rows.setdefault(fact, []).append(loss.row)
    for fact, own in rows.items():
        yield fact, np.array(own, np.int64)
