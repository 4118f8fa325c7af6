"""The columns of company types, and the facts that they imply or contradict, together."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, Different, different
from applicability.bulk.engine.distinct import distinct_combinations, numbered
from applicability.bulk.engine.pair_table import Codes, CombinationIndex, GrowingArray
from applicability.bulk.register.columns.derived_facts import ONE_IS_WRONG, REMEMBERED, DerivedFacts, RowLoss, without
from applicability.bulk.register.columns.interned import (
    InternedColumn,
    cell_of,
    emptied,
    filled,
    filled_heading,
    spread,
)
from applicability.bulk.register.columns.notes import NO_NOTES, Note, Notes, one_after_another
from applicability.bulk.register.columns.whole_facts import WholeFacts
from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.cells import is_missing
from applicability.loading.company.company_types import CompanyTypes, JointFacts
from applicability.loading.company.share_values import NoShare
from applicability.loading.company.shares import shares_of
from applicability.loading.company.unread_shares import ABOUT
from applicability.loading.profile.parts import whole_name
from applicability.messages import listed
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Text

# Stands for a type that no wording fits.
_UNREAD = (NONE,)
# The code of notes on such types, as of a profile's.
_CODE = "P107"
_UNKNOWN = Text("认不出企业类型 `{cell}`；按未填处理", "unknown company type `{cell}`; taken as missing")
_SETTLED = Text(
    "认不出企业类型 `{cell}`；以 {zh} 列为准，不必填写",
    "unknown company type `{cell}`; what it could tell is told under {en}, with nothing to fill in",
)
_COPY = Text("照营业执照填写", "copy it from the business licence")
# What to fill in beside a type that does not say it.
_SHARE = Text(
    "在`{column}`列写明比例，带百分号，如 49%", "give the share under `{column}`, with its percent sign, such as 49%"
)
_OR_NONE = Text("；没有境外投资者的填 0%", "; 0% if nobody abroad holds any")
_GIVE = Text("在`{column}`列填写", "give it under `{column}`")
_ADD_IT = Text("（没有这一列的另加）", " (a column to add)")
# Characters of such a type that are told, and those that are searched for what is not to be told.
_SHOWN, _LOOKED_AT = 60, 1000
# Contradictions of two cells whose wording is kept.
_WORDED = 1 << 12


@dataclass(frozen=True)
class _StatedCell:
    """What a cell states of a fact that types may give: its weights by column, and the numbers in a share that cannot
    be read; None if it can. `about` is whether such a share is a number about which it is.
    """

    weights: tuple[tuple[str, float | None], ...]
    hints: frozenset[float] | None = None
    about: bool = False


class TypeColumns:
    """Reads the columns of company types of a register; `facts` are those the register can give, `headings` what each
    column holds, and `own` are the headings of the types.
    """

    def __init__(
        self, rulebook: Rulebook, facts: Sequence[str], own: Sequence[str], headings: Mapping[str, str], lang: Lang
    ) -> None:
        self._types = CompanyTypes(rulebook, facts)
        self._shares = shares_of(rulebook)
        self._own = tuple(own)
        self._headings = headings
        self._lang = lang
        self._given = tuple(dict.fromkeys(fact for one in rulebook.headings.types for fact in one.tells))
        self._left_open = {one.note: one.settles for one in rulebook.headings.types if one.note is not None}
        self._facts = rulebook.facts
        self._whole = WholeFacts(rulebook)
        self._found: Codes = np.zeros(0, np.int32)
        self._telling_of: dict[str, tuple[str, ...]] = {}
        self._forget()

    def _forget(self) -> None:
        """Drops the cached values."""
        self._wordings = [InternedColumn[tuple[int, ...]](self._wordings_of) for _ in self._own]
        self._weights = {
            fact: InternedColumn[_StatedCell](functools.partial(self._stated, fact)) for fact in self._types.facts
        }
        self._numbers = CombinationIndex(len(self._own) + len(self._weights))
        self._said: list[JointFacts] = []
        # The facts of which the types leave one value only, of each combination.
        self._only: list[frozenset[str]] = []
        # The shares that cannot be read and give way to the types, of each combination.
        self._given_way: list[frozenset[str]] = []
        # … and those about a number that contradicts the types, each with the place of the type.
        self._about: list[tuple[tuple[str, int], ...]] = []
        self._origins: dict[tuple[tuple[str, str], ...], int] = {}
        self._origin = GrowingArray()
        self._notes: dict[Note, int] = {}
        # What is left of notes beside a share that may be two, which has a note of its own.
        self._beside_doubt: dict[Note, Note | None] = {}
        self._noted: list[list[int]] = []
        self._worded: BoundedCache[tuple[str, ...], Problem] = BoundedCache(_WORDED)

    def read(
        self, table: Any, columns: Mapping[str, Any], rows: int, doubts: Sequence[tuple[Notes, Any]] = ()
    ) -> DerivedFacts:
        """The facts that company types imply. `columns` are the facts that the rows state themselves; `doubts` are
        notes on shares that may be fractions or percentages, each kind with the column of their cells.
        """
        cells = [table.column(heading) for heading in self._own]
        if len(self._said) > REMEMBERED:
            self._forget()
        weights = [kinds.codes(different(columns[fact])) for fact, kinds in self._weights.items()]
        types = [different(column) for column in cells]
        wordings = [kinds.codes(own) for kinds, own in zip(self._wordings, types, strict=True)]
        found = self._numbers([*wordings, *weights])
        for parts in self._numbers.parts[len(self._said) :]:
            self._add(parts)
        self._found = found
        given = {}
        for fact in self._given:
            values = list(dict.fromkeys(said.gives[fact][0] for said in self._said if fact in said.gives))
            place = {value: index for index, value in enumerate(values)}
            places = [place[said.gives[fact][0]] if fact in said.gives else NONE for said in self._said]
            given[fact] = filled(columns[fact], values, np.array(places, np.int32)[found])
        for fact in self._types.facts:
            way = np.array([fact in one and fact not in said.gives for one, said in self._combined()], np.bool_)
            if (rows_of := np.flatnonzero(way[found])).size:
                given[fact] = emptied(given.get(fact, columns[fact]), rows_of)
        for fact in dict.fromkeys(fact for said in self._said for fact in said.narrows):
            # The type and the bounds that are stated: what both tell stands in the column of the whole.
            values = list(dict.fromkeys(said.narrows[fact][0] for said in self._said if fact in said.narrows))
            place = {value: index for index, value in enumerate(values)}
            places = [place[said.narrows[fact][0]] if fact in said.narrows else NONE for said in self._said]
            of_rows = np.array(places, np.int32)[found]
            given[fact] = filled(given.get(fact, columns[fact]), values, of_rows)
            for part in (one for one in columns if one != fact and whole_name(one)[0] == fact):
                given[part] = emptied(given.get(part, columns[part]), np.flatnonzero(of_rows != NONE))
        against = np.array(
            [bool(said.against or said.apart or about) for said, about in zip(self._said, self._about, strict=True)],
            np.bool_,
        )
        losses = []
        for row in np.flatnonzero(against[found]).tolist():
            said = self._said[found[row]]
            about = ((fact, None, one) for fact, one in self._about[found[row]])
            for fact, value, one in (*said.against, *about):
                heading = self._heading(table, fact, row)
                held = (
                    value or _as_written(table, self._headings, heading, fact, row) or _stated_cell(columns, fact, row)
                )
                problem = self._contradicted(self._own[one], cell_of(cells[one], row), heading, held, heading)
                losses.append(RowLoss(row, problem, (fact,), beside=(self._own[one],)))
            for fact, one, other in said.apart:
                first, second = cell_of(cells[one], row), cell_of(cells[other], row)
                problem = self._contradicted(self._own[other], second, self._own[one], first, self._own[other])
                losses.append(RowLoss(row, problem, (fact,), beside=(self._own[one],)))
        origins = Coded([dict(one) for one in self._origins] or [{}], self._origin.at(found))
        for fact, lost in self._doubted(doubts, found):
            for name in (one for one in given if whole_name(one)[0] == fact):
                given[name], origins = emptied(given[name], lost), without(origins, name, lost)
        notes = [self._but_for_doubts(Notes(*spread(found, self._noted), [*self._notes]), doubts)]
        for heading, own, kinds, codes in zip(self._own, types, self._wordings, wordings, strict=True):
            unread = np.flatnonzero(codes == kinds.number(_UNREAD))
            settled = self._told_whole(columns, unread)
            notes.append(_unread_notes(heading, own, unread[~settled], self._lang))
            notes.append(_unread_notes(heading, own, unread[settled], self._lang, self._telling()))
        unnamed = {
            fact: np.flatnonzero(np.array([fact in said.unnamed for said in self._said], np.bool_)[found])
            for fact in dict.fromkeys(fact for said in self._said for fact in said.unnamed)
        }
        return DerivedFacts(given, origins, one_after_another(notes, max(rows, 1)), losses, unnamed=unnamed)

    def _told_whole(self, columns: Mapping[str, Any], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Of some rows those whose own columns tell whole all that types may tell (bool, in the order of `rows`)."""
        found = np.ones(rows.size, np.bool_)
        for fact in self._may_tell():
            found &= self._whole.among(columns, fact, rows)
        return found

    def _may_tell(self) -> Sequence[str]:
        """The facts that types may tell."""
        return [*dict.fromkeys(whole_name(one)[0] for one in self._given if whole_name(one)[0] in self._facts)]

    def _telling(self) -> Sequence[str]:
        """The columns of these facts."""
        held = {fact: heading for heading, fact in reversed([*self._headings.items()])}
        return [held[one] for one in self._may_tell() if one in held]

    def _but_for_doubts(self, notes: Notes, doubts: Sequence[tuple[Notes, Any]]) -> Notes:
        """The notes without what they ask for in rows whose cell of it has a note of its own: it is filled in."""
        rows = [noted.rows for noted, _ in doubts]
        doubted = np.isin(notes.rows, np.concatenate(rows)) if rows else np.zeros(len(notes), np.bool_)
        if not doubted.any():
            return notes
        words, left = [*notes.words], np.zeros(len(notes.words), np.int32)
        for place, one in enumerate(notes.words):
            beside = self._beside_doubt.get(one, one)
            left[place] = NONE if beside is None else place if beside is one else len(words)
            words += [] if beside is None or beside is one else [beside]
        which = np.where(doubted, left[notes.which], notes.which).astype(np.int32)
        return Notes(notes.rows[which != NONE], which[which != NONE], words)

    def only(self, fact: str) -> NDArray[np.bool_]:
        """The rows of the table read last whose types leave one value of a fact only (bool, shape (rows,))."""
        return np.array([fact in one for one in self._only], np.bool_)[self._found]

    def tells(self, table: Any, fact: str, value: str, row: int) -> bool:
        """Whether the types of a row tell this value of a fact, whatever its own column holds."""
        types = [_known(self._wordings_of(cell_of(table.column(own), row))) for own in self._own]
        given = self._types.together(types, {}).gives.get(fact)
        return given is not None and given[0] == value

    def heading(self, table: Any, row: int) -> str:
        """The column of types that is filled in a row."""
        return filled_heading(table, self._own, row) or self._own[0]

    def _doubted(self, doubts: Sequence[tuple[Notes, Any]], found: Codes) -> Iterator[tuple[str, NDArray[np.int64]]]:
        """The facts, each with the rows, of which neither number that a cell may be can be so with the types."""
        for notes, column in doubts:
            cells = different(column)
            met, which = distinct_combinations((found[notes.rows], cells.places[notes.rows]))
            fact = notes.words[0].fact if notes.words else ""
            lost = []
            for said, place in met:
                gives = {name: one for name, (one, _) in self._said[said].gives.items() if whole_name(name)[0] == fact}
                hints = self._types.doubted(fact, cells.values[place]) if gives else frozenset()
                lost.append(bool(gives) and not self._types.allows(gives, fact, hints))
            rows = notes.rows[np.array(lost, np.bool_)[which]]
            if rows.size:
                yield fact, rows

    def _add(self, parts: tuple[int, ...]) -> None:
        """Adds one more combination of types and stated facts."""
        many = len(self._own)
        told: dict[str, float | None] = {}
        unread: dict[str, _StatedCell] = {}
        for (fact, kinds), code in zip(self._weights.items(), parts[many:], strict=True):
            if code:
                stated = kinds.of(code)
                told |= dict(stated.weights)
                if stated.hints is not None:
                    unread[fact] = stated
        own = [_known(kinds.of(code)) if code else () for kinds, code in zip(self._wordings, parts[:many], strict=True)]
        said = self._types.together(own, told)
        way: set[str] = set()
        about: list[tuple[str, int]] = []
        for fact, stated in unread.items():
            alone = self._types.together(own, {name: one for name, one in told.items() if name != fact})
            own_gives = {name: one for name, one in alone.gives.items() if whole_name(name)[0] == fact}
            gives = {name: value for name, (value, _) in own_gives.items()}
            if gives and self._types.allows(gives, fact, stated.hints or frozenset()):
                told, said = {name: one for name, one in told.items() if name != fact}, alone
                way.add(fact)
            elif gives and stated.about:
                about.append((fact, next(iter(own_gives.values()))[1]))
        self._about.append(tuple(about))
        self._given_way.append(frozenset(way))
        # A share that gives way to the type has a note of its own, which says how to write it.
        given = {*told, *said.gives, *said.unnamed, *way}
        notes = [
            Note(self._own[at], fact, text.of(self._lang), hint=self._to_give(fact, text, given))
            for fact, text, at in said.notes
        ]
        for note, (fact, text, _) in zip(notes, said.notes, strict=True):
            if note.hint and self._types.is_share(fact):
                hint = self._to_give(fact, text, {*given, fact})
                some = hint or any(whole_name(one)[0] == fact for one in given)
                self._beside_doubt[note] = replace(note, hint=hint) if some else None
        self._said.append(said)
        self._only.append(self._types.only(own))
        told_by = {**said.gives, **said.narrows}
        origin = tuple((fact, self._own[at]) for fact, (_, at) in told_by.items())
        self._origin.append(self._origins.setdefault(origin, len(self._origins)))
        self._noted.append([self._notes.setdefault(note, len(self._notes)) for note in notes])

    def _to_give(self, fact: str, note: Text, given: Collection[str]) -> str:
        """What to fill in beside a type: the facts that its note leaves open, but for those `given`."""
        told = [one for one in self._left_open.get(note, (fact,)) if one not in given and one in self._facts]
        columns = {held: heading for heading, held in reversed([*self._headings.items()])}
        parts = []
        for one in told:
            some = any(whole_name(name)[0] == one for name in given)
            share = _SHARE.of(self._lang) + ("" if some else _OR_NONE.of(self._lang))
            hint = share if self._types.is_share(one) else _GIVE.of(self._lang)
            column = columns[one] if one in columns else self._facts[one].label.of(self._lang)
            added = "" if one in columns else _ADD_IT.of(self._lang)
            parts.append(hint.format(column=masked(clean(column))) + added)
        return ("；" if self._lang == "zh" else "; ").join(parts)

    def _wordings_of(self, cell: object) -> tuple[int, ...]:
        if is_missing(cell):
            return ()
        return (self._types.wordings(cell) if isinstance(cell, str) else ()) or _UNREAD

    def _stated(self, fact: str, value: object) -> _StatedCell:
        told = self._types.told(fact, value)
        unread = self._types.is_share(fact) and told.get(fact, 0.0) is None
        if not unread:
            return _StatedCell(tuple(told.items()))
        share = self._shares.read(value)
        about = isinstance(share, NoShare) and share.why is ABOUT
        return _StatedCell(tuple(told.items()), self._types.hints(fact, value), about)

    def _combined(self) -> Iterator[tuple[frozenset[str], JointFacts]]:
        return zip(self._given_way, self._said, strict=True)

    def _heading(self, table: Any, fact: str, row: int) -> str:
        """The column that tells a row the fact, or a part of it, of several that may."""
        if fact not in self._telling_of:
            whole = [own for own, name in self._headings.items() if name == fact]
            parts = [own for own, name in self._headings.items() if name != fact and whole_name(name)[0] == fact]
            self._telling_of[fact] = (*whole, *parts)
        return filled_heading(table, self._telling_of[fact], row) or fact

    def _contradicted(self, heading: str, cell: object, other: str, held: object, at: str) -> Problem:
        """The contradiction of two cells, worded once however many rows have both."""
        key = heading, str(cell), other, str(held), at
        found = self._worded.get(key)
        if found is None:
            what = Text(
                f"`{heading}` 列的 `{cell}` 与 `{other}` 列的 `{held}` 矛盾",
                f"`{cell}` under `{heading}` cannot be so with `{held}` under `{other}`",
            )
            found = self._worded[key] = Problem("S301", Location(at), what, ONE_IS_WRONG)
        return found


def _as_written(table: Any, headings: Mapping[str, str], heading: str, fact: str, row: int) -> object:
    """The cell of a fact as its register has it: what is quoted can then be found there."""
    held = cell_of(table.column(heading), row) if headings.get(heading) == fact else None
    return held.strip()[:_SHOWN] if isinstance(held, str) else None


def _stated_cell(columns: Mapping[str, Any], fact: str, row: int) -> object:
    """What a row states of a fact: its cell, or those of its parts."""
    if (cell := cell_of(columns[fact], row)) is not None:
        return cell
    parts = {one: cell_of(column, row) for one, column in columns.items() if one != fact and whole_name(one)[0] == fact}
    return ", ".join(f"{whole_name(one)[1]}: {held}" for one, held in parts.items() if held is not None)


def _known(wordings: tuple[int, ...]) -> tuple[int, ...]:
    return () if wordings == _UNREAD else wordings


def _unread_notes(
    heading: str, own: Different, rows: NDArray[np.int64], lang: Lang, telling: Sequence[str] = ()
) -> Notes:
    """The notes on the types of these rows, which no wording fits; `telling` are the columns that tell all that a type
    would.
    """
    if not rows.size:
        return NO_NOTES
    met, which = numbered(own.places[rows])
    words = []
    for place in met.tolist():
        cell = masked(str(own.values[place]).strip()[:_LOOKED_AT])
        shown = cell if len(cell) <= _SHOWN else f"{cell[: _SHOWN - 1]}…"
        columns, what = listed([f"`{clean(one)}`" for one in telling]), _SETTLED if telling else _UNKNOWN
        said = Text(what.zh.format(cell=shown, zh=columns.zh), what.en.format(cell=shown, en=columns.en))
        words.append(Note(heading, "", said.of(lang), _CODE, "" if telling else _COPY.of(lang), said))
    return Notes(rows, which.astype(np.int32), words)
