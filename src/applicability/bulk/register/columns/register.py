"""Reads the rows of a register as facts, column by column, by one column plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, ArrayTable, Coded, different
from applicability.bulk.engine.groups import PLACE_TYPES
from applicability.bulk.engine.row_profiles import combinations
from applicability.bulk.register.cells import CellReader, finding_column
from applicability.bulk.register.column_plan import ColumnPlan, facts_of, share_headings
from applicability.bulk.register.columns.business_scopes import scope_columns, with_parts
from applicability.bulk.register.columns.company_types import TypeColumns
from applicability.bulk.register.columns.derived_facts import (
    DerivedFacts,
    Origin,
    RowLoss,
    no_origins,
    together,
    without,
)
from applicability.bulk.register.columns.former import FormerNames, with_city_of_zone, without_no_place
from applicability.bulk.register.columns.interned import emptied, filled, nothing
from applicability.bulk.register.columns.latin_names import LatinNames, code_if_alike, still_missing
from applicability.bulk.register.columns.left_out import left_out
from applicability.bulk.register.columns.levels import LoneDistricts, level_columns
from applicability.bulk.register.columns.list_parts import ListParts, is_list_part, without_none
from applicability.bulk.register.columns.location import PlaceColumns
from applicability.bulk.register.columns.merged import MergedColumns
from applicability.bulk.register.columns.notes import NO_NOTES, Notes, but_for, not_about, one_after_another
from applicability.bulk.register.columns.other_kinds import OtherKinds
from applicability.bulk.register.columns.registered import registered_columns, registered_heading
from applicability.bulk.register.columns.registration import registration_columns
from applicability.bulk.register.columns.same_address import SameAddress
from applicability.bulk.register.columns.shares import ShareColumn, in_doubt
from applicability.bulk.register.columns.yes_only import without_no
from applicability.bulk.register.unread_columns import NONE_UNREAD, UnreadColumns
from applicability.errors import Location, Problem
from applicability.lazy_dataclass import replace
from applicability.loading.company.bare_names import is_several, needs_city
from applicability.loading.company.levels import CITY, DISTRICT, UNKNOWN
from applicability.loading.company.location import IN_ZONES
from applicability.loading.company.shares import shares_of
from applicability.loading.company.zone_names import elsewhere
from applicability.loading.profile.parts import part_names, parts_given, whole_name
from applicability.loading.profile.readable import CONTRADICTIONS, readable_part
from applicability.model.facts import NotRead
from applicability.model.headings import ADDRESS, COMPANY_TYPE, CREDIT_CODE, PLACE_LEVELS, REGISTERED_IN, ROLES
from applicability.model.leaf_kinds import is_statement
from applicability.model.registration import where_registered
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface

# Rows of a long batch after which the order of notes (shares, types, places) starts again.
_TURN = 1 << 15
# Cells whose problems are cached.
_REMEMBERED = 1 << 15


class RegisterColumns:
    """Reads tables of one register. Not thread-safe.

    `defaults` are facts of companies that do not say otherwise, keyed by column.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        plan: ColumnPlan,
        lang: Lang = "en",
        defaults: Mapping[str, object] | None = None,
        surface: Surface = "terminal",
    ) -> None:
        self._rulebook = rulebook
        self._plan = plan
        self._lang = lang
        # The fact of the place of registration stands for the city that is the same.
        self._ours = {whole_name(name)[0] for name in defaults or {}}
        self._defaults = {
            name: code_if_alike(rulebook, name, value)
            for name, value in (defaults or {}).items()
            if not where_registered(name, value)
        }
        self.facts = facts_of(rulebook, plan, defaults or {})
        headings = plan.first_headings
        whole = {held: whole_name(held)[0] for held in headings}
        self._cells = {
            held: CellReader(rulebook, rulebook.facts[fact]) for held, fact in whole.items() if fact in rulebook.facts
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
        self._places: PlaceColumns | None = None
        if plan.heading(ADDRESS) is not None or plan.heading(CREDIT_CODE) is not None:
            self._places = PlaceColumns(rulebook, plan, self.facts, lang)
        self._levels = level_columns(rulebook, plan, self.facts, lang, self._ours)
        self._latin = LatinNames(rulebook, plan, self.facts, lang)
        self._lone = LoneDistricts(rulebook, plan, self.facts, lang)
        self._same = SameAddress(plan)
        self._registered = registered_columns(rulebook, plan, self.facts, lang)
        self._where_registered = len(self._defaults) < len(defaults or {})
        named = {**{fact: fact for fact in self._defaults}, **headings}
        if (heading := registered_heading(plan)) is not None:
            named[REGISTERED_IN] = heading
        self._registrations = registration_columns(rulebook, plan, self.facts, named, lang, surface)
        self._former = FormerNames(rulebook, plan, self.facts, lang)
        self._headings = headings
        self._parts = {fact: part_names(rulebook.facts[fact]) for fact in self.facts if fact in rulebook.facts}
        # The facts that have a column of their own, and could be told by another as well.
        self._given = tuple(fact for fact in headings if plan.derives and fact in self.facts)
        self._problems: BoundedCache[str, Problem | None] = BoundedCache(_REMEMBERED)
        self._apart: BoundedCache[str, frozenset[str]] = BoundedCache(_REMEMBERED)

    def read(self, table: Any, unread: UnreadColumns = NONE_UNREAD) -> tuple[ArrayTable, DerivedFacts]:
        """The facts of a table, Arrow's or of cells, with their origins, notes and losses; `unread` is what its source
        could not read of it, and left blank.

        A fact stated directly takes precedence over one from a company type, and that over one from an address or code.
        """
        everybody = np.ones(table.num_rows, np.bool_)
        applies = dict.fromkeys(self._ours, everybody)
        for fact, lost in unread.may_tell() if self._ours else ():
            for own in (one for one in applies if one == fact or (self._is_place(one) and self._is_place(fact))):
                applies[own] = applies[own].copy()
                applies[own][lost] = False
        if self._where_registered:
            applies[CITY] = applies[CITY] & ~self._stands_somewhere(table, unread)
        found = self._read(table, applies, unread)
        if self._ours and (others := self._against_defaults(*found)):
            applies = {fact: own.copy() for fact, own in applies.items()}
            for fact, rows in others.items():
                applies[fact][[*rows]] = False
            found = self._read(table, applies, unread)
        return found

    def _stands_somewhere(self, table: Any, unread: UnreadColumns) -> NDArray[np.bool_]:
        """The rows that tell a place of business themselves, which need not be where they are registered (bool, shape
        (rows,)).
        """
        found: NDArray[np.bool_] = np.zeros(table.num_rows, np.bool_)
        if not self._plan.tells_place:
            return found
        columns = self._read(table, dict.fromkeys(self._ours, found), unread)[0].columns
        for name in (CITY, DISTRICT, "zones", IN_ZONES):
            if name in columns:
                cells = different(columns[name])
                found = found | np.array([*(self._tells(name, one) for one in cells.values), False])[cells.places]
        return found if self._places is None else found | self._places.lone

    def _tells(self, name: str, cell: object) -> bool:
        """Whether a cell tells a place by itself, as the name of a district does not, or a list without a zone."""
        gazetteer = self._rulebook.gazetteer
        if name == DISTRICT:
            return not needs_city(gazetteer, cell) and not is_several(gazetteer, cell)
        return name == CITY or (isinstance(cell, list) and any(gazetteer.candidates(str(one), "zone") for one in cell))

    def _against_defaults(self, table: ArrayTable, told: DerivedFacts) -> dict[str, set[int]]:
        """The rows that contradict a default, by its fact, or may do so by a cell that cannot be read: they say
        otherwise. A contradiction about a place stands for all of it; an unread district leaves the city.
        """
        place = [one for one in self.facts if self._is_place(one)]
        ours = self._ours
        of_place = {fact for fact in ours if self._is_place(fact)}
        found: dict[str, set[int]] = {}
        for loss in told.losses:
            facts = {whole_name(fact)[0] for fact in loss.facts}
            for fact in of_place if any(map(self._is_place, facts)) else facts & ours:
                found.setdefault(fact, set()).add(loss.row)
        if of_place:
            which, given = combinations(table.select(place), place)
            unread = [self._not_told(parts_given(one)) for one in given]
            for fact in of_place:
                finer = fact != CITY
                against = np.array([CITY in one or (finer and DISTRICT in one) for one in unread], np.bool_)
                rows = np.flatnonzero(against[which]).tolist()
                found.setdefault(fact, set()).update(rows, self._unread_levels(table, told.notes))
        return {fact: rows for fact, rows in found.items() if rows}

    def _unread_levels(self, table: ArrayTable, notes: Notes) -> set[int]:
        """The rows with the city of the defaults beside a province or place of any level that is unknown."""
        left = [one.code == UNKNOWN and self._plan.holds.get(one.column) in PLACE_LEVELS for one in notes.words]
        if CITY not in self._defaults or not any(left):
            return set()
        cities = different(table.column(CITY))
        ours = np.array([*(one == self._defaults[CITY] for one in cities.values), False], np.bool_)[cities.places]
        rows = notes.rows[np.array(left, np.bool_)[notes.which]]
        return set(rows[ours[rows]].tolist())

    def _is_place(self, name: str) -> bool:
        fact = self._rulebook.facts.get(whole_name(name)[0])
        return fact is not None and fact.type in PLACE_TYPES

    def _not_told(self, given: Mapping[str, object]) -> frozenset[str]:
        """Which of the city and the district cannot be read of statements on a place; both, if they contradict each
        other.
        """
        key = repr(given)
        if key not in self._apart:
            losses = readable_part(given, self._rulebook).losses
            apart = any(one.problem.code in CONTRADICTIONS for one in losses)
            self._apart[key] = frozenset((CITY, DISTRICT) if apart else (one.fact for one in losses))
        return self._apart[key]

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
        untold: list[tuple[str, NDArray[np.int64]]] = []
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
                if self._rulebook.headings.leaves_no_open(held, heading):
                    by_heading[heading], noted = without_no(heading, held, by_heading[heading], self._lang)
                    notes.append(noted)
                if is_list_part(held):
                    by_heading[heading], noted = without_none(
                        self._rulebook, heading, held, by_heading[heading], self._lang
                    )
                    notes.append(noted)
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
        with_parts(columns, parts, rows)
        by_default = _but_for(by_default, untold)
        self._fill_in(columns, by_default, rows)
        turn = turn_of(table)
        table = self._same.followed(merged.table(table, columns))
        origins, losses, stated = no_origins(rows), [*merged.losses], merged.origins
        own = {fact: columns[fact] for fact in self._given}
        by_levels, of_levels, codes = dict[str, Any](), origins, None
        apart = [(fact, lost) for fact, lost in _by_fact(losses) if not is_statement(fact)]
        in_two = [(noted, own) for _, noted, own in doubts.values()]
        of_places = len(self._levels) + (self._registered is not None)
        alike = self._latin.leave_out(columns) if not of_places else NO_NOTES
        for count, told in enumerate(self._derived(table, columns, rows, by_default, in_two), 1):
            columns |= told.columns
            origins = together(origins, told.origins)
            noted = told.notes
            for fact, lost in apart:
                noted = not_about(noted, fact, lost)
            notes += [noted, left_out(self._rulebook, told, losses, self._lang)]
            losses += told.losses
            codes = told.codes or codes
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
        losses += self._passed_over(own, columns, origins, stated)
        losses += self._replaced(by_levels, of_levels, origins)
        for name in self._plan.registrations:
            columns.pop(name, None)  # what it tells is a fact of its own
        notes += [self._former.notes(columns, rows), still_missing(alike, columns)]
        origins = together(stated, origins) if self._merged.headings else origins
        noted = one_after_another(notes, turn)
        return ArrayTable(columns, rows), DerivedFacts(columns, origins, noted, losses, codes)

    def _fill_in(self, columns: dict[str, Any], by_default: Mapping[str, NDArray[np.bool_]], rows: int) -> None:
        """Gives the facts of the defaults to those rows of a mask that say nothing of them, not even in part."""
        missing = dict(by_default)
        for name, column in columns.items():
            if (fact := whole_name(name)[0]) in missing:
                missing[fact] = missing[fact] & (different(column).places == NONE)
        for name, value in self._defaults.items():
            places = np.where(missing[whole_name(name)[0]], 0, NONE).astype(np.int32)
            columns[name] = filled(columns.get(name, nothing(rows)), [value], places)

    def _passed_over(
        self, own: Mapping[str, Any], columns: Mapping[str, Any], origins: Coded, stated: Coded
    ) -> Iterator[RowLoss]:
        """The cells that cannot be read and in whose place another column tells the fact, as `columns` have it;
        `stated` are the columns of facts that several hold.
        """
        # To words of a list others are added: they are not passed over.
        whole = [
            {whole_name(name)[0]: heading for name, heading in cast("Origin", one).items() if not is_list_part(name)}
            for one in origins.values
        ]
        for fact in {fact for one in whole for fact in one}.intersection(own):
            told = np.array([fact in one for one in whole], np.bool_)[origins.places]
            cells, now = different(own[fact]), different(columns[fact])
            rows = np.flatnonzero(told & (cells.places != NONE))
            for row in rows.tolist():
                cell = cells.values[cells.places[row]]
                counts = None if now.places[row] == NONE else now.values[now.places[row]]
                if self._rulebook.facts[fact].type == "place" and self._settles(counts, cell):
                    continue
                problem = self._problem(fact, cell) or self._elsewhere(fact, cell, counts)
                heading = cast("Origin", stated.values[stated.places[row]]).get(fact)
                if heading is not None and heading == whole[origins.places[row]][fact]:
                    continue  # the reader of profiles says so
                if problem is not None:
                    where = problem if heading is None else replace(problem, location=Location(heading))
                    yield RowLoss(row, where, instead=(fact, whole[origins.places[row]][fact]))

    def _replaced(self, levels: Mapping[str, Any], before: Coded, after: Coded) -> Iterator[RowLoss]:
        """The cells at a level of a fact that cannot be read and in whose place a later column tells the fact."""
        sources = {item for one in before.values for item in cast("Origin", one).items()}
        for fact, heading in sorted(sources):
            then, now = (
                np.array([cast("Origin", one).get(fact) == heading for one in origins.values], np.bool_)[origins.places]
                for origins in (before, after)
            )
            if (rows := np.flatnonzero(then & ~now)).size:
                cells = different(levels[fact])
                for row in rows[cells.places[rows] != NONE].tolist():
                    if (problem := self._problem(fact, cells.values[cells.places[row]])) is not None:
                        counts = cast("Origin", after.values[after.places[row]]).get(fact, self._headings.get(fact))
                        instead = None if counts is None else (fact, counts)
                        yield RowLoss(row, replace(problem, location=Location(heading)), instead=instead)

    def _settles(self, place: object, cell: object) -> bool:
        """Whether a place, by its code, tells which of several places the cell means."""
        gazetteer = self._rulebook.gazetteer
        several = gazetteer.candidates(str(cell), "place")
        inside = (gazetteer.lies_in(str(place), one) for one in several)
        return len(several) > 1 and place in gazetteer.divisions and any(inside)

    def _elsewhere(self, fact: str, cell: object, place: object) -> Problem | None:
        """What is wrong with the name of a zone in short that stands for a place elsewhere than the one that counts."""
        is_place = self._rulebook.facts[fact].type == "place"
        wrong = elsewhere(self._rulebook.gazetteer, cell, str(place)) if is_place else None
        if wrong is None:
            return None
        return Problem(wrong.code, Location(self._headings.get(fact, fact)), wrong.what, wrong.mend)

    def _problem(self, fact: str, cell: object) -> Problem | None:
        """What is wrong with a cell by itself."""
        key = f"{fact} {cell!r}"
        if key not in self._problems:
            lost = readable_part(parts_given({fact: cell}), self._rulebook).losses
            heading = self._headings.get(fact, fact)
            self._problems[key] = replace(lost[0].problem, location=Location(heading)) if lost else None
        return self._problems[key]

    def _derived(
        self,
        table: Any,
        columns: dict[str, Any],
        rows: int,
        by_default: Mapping[str, NDArray[np.bool_]],
        doubts: Sequence[tuple[Notes, Any]],
    ) -> Iterator[DerivedFacts]:
        """What columns tell beside their own fact, one after the other: each knows what those before it told."""
        if self._registered is not None:
            here = by_default[CITY] if self._where_registered else None
            yield self._registered.read(table, columns, rows, here)
        for levels in self._levels:
            yield levels.read(table, columns, rows)
        yield self._list_parts.read(table, columns, rows)
        if self._types is not None:
            told = self._types.read(table, columns, rows, doubts)
            yield self._other_kinds.without(table, columns, rows, told)
        if self._places is not None:
            yield self._places.read(table, columns, rows)
        yield self._lone.read(table, columns, rows)
        for registration in self._registrations:
            yield registration.read(table, columns, rows)


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
