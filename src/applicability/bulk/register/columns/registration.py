"""Whether companies are registered where they stand, by a column of the place of registration.

The place and the registration of a company are read together by the reader of profiles, each different pair once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

import numpy as np

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, Different, different
from applicability.bulk.engine.distinct import distinct_combinations
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    DerivedFacts,
    Origin,
    Origins,
    RowLoss,
    no_origins,
)
from applicability.bulk.register.columns.interned import cell_of, filled, nothing
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.register.columns.registered import REGISTERED
from applicability.bulk.register.columns.yes_only import YesOnlyColumns
from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem, ProfileError
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.parts import part_names, parts_given
from applicability.loading.profile.reader import read_facts
from applicability.loading.yaml.scalars import read_truth
from applicability.model.facts import FactDeclaration, Facts
from applicability.model.profile import Profile
from applicability.model.registration import registrations
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface, SurfaceText, Text

_NOWHERE = Text(
    "没有写明企业在哪里办理业务，注册地不等于所在地，未据此判断",
    "left out, since no column tells where the company does business: a place of registration is not that",
)
WHERE_REGISTERED = SurfaceText(
    "另填城市；都在注册地办理业务的，用 `--set city=registered_in`，"
    "或在对照文件的 `defaults:` 之下写 `city: registered_in`",
    "give its city too; if all do business where they are registered, `--set city=registered_in`, "
    "or `city: registered_in` under `defaults:` in the mapping file",
    Text(
        "另加一列“城市”，写明在哪里办理业务；注册地与此相同的，照抄即可",
        "add a column “city” that tells where the company does business, the same place again where it is that one",
    ),
)
_UNTOLD = Text(
    "看不出是否注册在所填地点，未据此判断",
    "left out: whether that is registered in the place given cannot be told",
)
_AGAINST = Text(
    "`{column}` 填的是 `{cell}`，而按 `{by}` 与所在地应为“{follows}”",
    "`{column}` is given as `{cell}`, but by `{by}` and the place of business it would be {follows}",
)
_NO_HERE = Text(
    "`{column}` 填的是 `{cell}`，而按 `{by}` 与所在地，企业在当地注册：该列问的未必是所填省市，是否在当地注册看不出",
    "`{column}` is given as `{cell}`, while by `{by}` and the place of business it is registered there: the column may "
    "ask of another place, and whether it is registered in the place given cannot be told",
)
_NO_HERE_MEND = Text(
    "照营业执照核对两处；在“{label}”列填是或否的，以该列为准",
    "check both against the business licence; a yes or no under “{label}” would count",
)
_YES_HERE = Text(
    "`{column}` 列是肯定的回答，而按 `{by}` 与所在地，企业不在当地注册，按后者判断：该列问的未必是所填省市，请核对",
    "`{column}` says yes, while by `{by}` and the place of business it is not registered there, which counts: the "
    "column may ask of another place; please check",
)
_ELSEWHERE = Text(
    "`{column}` 列是否定的回答；按 `{by}`，企业注册在所在省市的另一区，是否在当地注册按“是”判断，请核对",
    "`{column}` says no; by `{by}` the company is registered in another district of the place of business, which "
    "counts as registered there; please check",
)
# What follows where a cell says yes, and where it says no.
_OPPOSITE = {True: Text("否", "no"), False: Text("是", "yes")}
# Characters of a cell that are told.
_SHOWN = 40
_PLACES = ("place", "zones", "zone_types")
_REMEMBERED = 1 << 15
_VALUES = ("true", "false")


@dataclass(frozen=True)
class _RegistrationResult:
    """What the place of registration comes to, or what it contradicts; `against` is the heading of a no beside its yes,
    and `beside` that of an answer which differs and may be true as well.
    """

    value: str | None = None
    problem: Problem | None = None
    note: Text | None = None
    against: str | None = None
    beside: str | None = None


class RegistrationColumns:
    """Reads the place of registration of a register; `facts` are those that it comes to."""

    def __init__(
        self,
        rulebook: Rulebook,
        declaration: FactDeclaration,
        facts: Sequence[str],
        heading: str,
        plan: ColumnPlan,
        lang: Lang,
        surface: Surface = "terminal",
        yes_only: YesOnlyColumns | None = None,
    ) -> None:
        self._yes_only = yes_only
        self._told_by: Coded = no_origins(0)
        self._rulebook, self._declaration, self._heading, self._lang = rulebook, declaration, heading, lang
        self._hint = WHERE_REGISTERED.on(surface).of(lang)
        self._stated = plan.headings(declaration.settles)
        self._tells = tuple(one for role in REGISTERED for one in plan.headings(role))
        place = [one for one in rulebook.facts.values() if one.type in _PLACES]
        wanted = [name for one in place for name in (one.name, *part_names(one))]
        self._facts = [*(name for name in (*wanted, declaration.settles) if name in facts), declaration.name]
        self._known: BoundedCache[str, _RegistrationResult] = BoundedCache(_REMEMBERED)

    def read(self, table: Any, columns: Mapping[str, Any], rows: int, told_by: Coded | None = None) -> DerivedFacts:
        """What the place of registration tells of the rows of a table, whose facts the columns are; `told_by` has the
        column of each row that tells the place, where it is another than the first.
        """
        self._told_by = no_origins(rows) if told_by is None else told_by
        told = {fact: different(columns[fact]) for fact in self._facts}
        coded: dict[str, Any] = {fact: Coded(found.values, found.places) for fact, found in told.items()}
        some = np.flatnonzero(told[self._declaration.name].places != NONE)
        if not some.size:
            return DerivedFacts(coded, no_origins(rows))
        said = nothing(rows) if self._yes_only is None else self._yes_only.said(table, rows)
        together, numbers = distinct_combinations([*(found.places[some] for found in told.values()), said.places[some]])
        read = [
            self._of(told, cells, None if at == NONE else cast("tuple[str, bool]", said.values[at]))
            for *cells, at in together
        ]
        found: Codes = np.full(rows, NONE, np.int32)
        own = np.array([NONE if one.value is None else _VALUES.index(one.value) for one in read], np.int32)
        found[some] = own[numbers]
        origins = Origins(self._heading)
        for given in ((), (self._declaration.settles,)):
            origins.append(given)
        losses = [
            self._loss(table, columns, row, problem)
            for row, number in zip(some.tolist(), numbers.tolist(), strict=True)
            if (problem := read[number].problem) is not None
        ]
        losses += [
            self._no_here(table, row, heading)
            for row, number in zip(some.tolist(), numbers.tolist(), strict=True)
            if (heading := read[number].against) is not None
        ]
        settled = self._declaration.settles
        coded[settled] = filled(coded[settled], _VALUES, found)
        notes: dict[Note, int] = {}
        by = [cast("Origin", one).get(self._declaration.name, self._heading) for one in self._told_by.values]
        met, own_of = distinct_combinations((numbers, self._told_by.places[some]))
        of = [
            NONE if (note := self._note_of(read[number], by[place])) is None
            else notes.setdefault(note, len(notes))
            for number, place in met
        ]  # fmt: skip
        which = np.array(of, np.int32)[own_of]
        told_of = which != NONE
        noted = Notes(some[told_of], which[told_of], [*notes])
        return DerivedFacts(coded, origins.at((found != NONE).astype(np.int32)), noted, losses)

    def _loss(self, table: Any, columns: Mapping[str, Any], row: int, problem: Problem) -> RowLoss:
        """What is lost of a row; a contradiction is told of the column that states what the place does not bear out."""
        settled = (self._declaration.settles,)
        stated = next((one for one in self._stated if not is_missing(cell_of(table.column(one), row))), None)
        if problem.code != "P106" or stated is None:
            return RowLoss(row, replace(problem, location=Location(self._telling(table, row))), settled)
        by, cell = self._telling(table, row), str(cell_of(table.column(stated), row)).strip()
        follows = _OPPOSITE[bool(read_truth(cell_of(columns[settled[0]], row)))]
        slots = {"column": clean(stated), "cell": masked(cell)[:_SHOWN], "by": clean(by)}
        what = Text(_AGAINST.zh.format(follows=follows.zh, **slots), _AGAINST.en.format(follows=follows.en, **slots))
        return RowLoss(row, Problem("P106", Location(stated), what, ONE_IS_WRONG), settled, beside=(by,))

    def _no_here(self, table: Any, row: int, heading: str) -> RowLoss:
        """What is lost of a row where a column says no, and another that the company is registered here."""
        by, cell = self._telling(table, row), masked(str(cell_of(table.column(heading), row)).strip())[:_SHOWN]
        slots = {"column": clean(heading), "cell": cell, "by": clean(by)}
        what = Text(*(own.format(**slots) for own in (_NO_HERE.zh, _NO_HERE.en)))
        label = self._rulebook.facts[self._declaration.settles].label
        mend = Text(_NO_HERE_MEND.zh.format(label=label.zh), _NO_HERE_MEND.en.format(label=label.en))
        problem = Problem("P106", Location(heading), what, mend)
        return RowLoss(row, problem, (self._declaration.settles,), beside=(by,))

    def _telling(self, table: Any, row: int) -> str:
        """The column that tells where the company is registered."""
        origin = cast("Origin", self._told_by.values[self._told_by.places[row]])
        told = (one for one in self._tells if not is_missing(cell_of(table.column(one), row)))
        return origin.get(self._declaration.name) or next(told, self._heading)

    def _note_of(self, found: _RegistrationResult, by: str) -> Note | None:
        if found.beside is not None:
            said = _YES_HERE if found.value == "false" else _ELSEWHERE
            slots = {"column": clean(found.beside), "by": clean(by)}
            return Note(found.beside, self._declaration.settles, said.of(self._lang).format(**slots))
        if found.note is None:
            return None
        hint = self._hint if found.note is _NOWHERE else ""
        return Note(by, self._declaration.settles, found.note.of(self._lang), "", hint)

    def _of(
        self, told: Mapping[str, Different], cells: Sequence[int], said: tuple[str, bool] | None
    ) -> _RegistrationResult:
        given = {fact: told[fact].values[cell] for fact, cell in zip(told, cells, strict=True) if cell != NONE}
        key = repr((given, said))
        if key not in self._known:
            self._known[key] = self._settled(given, said)
        return self._known[key]

    def _settled(self, given: Mapping[str, object], said: tuple[str, bool] | None) -> _RegistrationResult:
        settled = self._declaration.settles
        if read_truth(given.get(settled)) is None:  # what cannot be read of it tells nothing
            given = {name: one for name, one in given.items() if name != settled}
        places: dict[tuple[str | int, ...], Location] = {(name,): Location(name) for name in self._facts}
        places[self._declaration.name,] = Location(self._heading)
        try:
            facts = read_facts(
                Profile.of(parts_given(given), "company", places, places), self._rulebook, suggestions=False
            )
        except ProfileError as error:
            # What else is wrong is told where it is read.
            wrong = (one for one in error.problems if (one.location.file, one.code) == (settled, "P106"))
            own = (one for one in error.problems if one.location.file == self._heading)
            found = next(iter((*own, *wrong)), None)
            return _RegistrationResult(problem=found and replace(found, location=Location(self._heading)))
        value = facts.values.get(settled)
        if settled in given:
            return _RegistrationResult()
        if value is None:
            return _RegistrationResult(note=_UNTOLD if facts.whereabouts.named else _NOWHERE)
        heading, yes = said or (None, True)
        if heading is None or yes is (value == "true"):
            return _RegistrationResult(str(value))
        if yes or self._apart(facts):
            return _RegistrationResult(str(value), beside=heading)
        return _RegistrationResult(against=heading)

    def _apart(self, facts: Facts) -> bool:
        """Whether a company is registered in another district than it does business in: a no to that is true then."""
        place, overlap = facts.values.get(self._declaration.name), self._rulebook.gazetteer.overlap
        stands = (*facts.whereabouts.divisions, *(facts.whereabouts.zones or ()))
        return isinstance(place, str) and not all(overlap(place, one) for one in stands)


def registered_alone(notes: Notes, lang: Lang, surface: Surface) -> dict[str, int]:
    """Of how many companies a column tells the registration and none the place, by its heading."""
    counts = np.bincount(notes.which, minlength=len(notes.words)).tolist()
    alone = WHERE_REGISTERED.on(surface).of(lang)
    return {one.column: count for one, count in zip(notes.words, counts, strict=True) if one.hint == alone}


def registration_columns(
    rulebook: Rulebook,
    plan: ColumnPlan,
    facts: Sequence[str],
    headings: Mapping[str, str],
    lang: Lang,
    surface: Surface = "terminal",
    yes_only: Mapping[str, YesOnlyColumns] = MappingProxyType({}),
) -> tuple[RegistrationColumns, ...]:
    """The columns of places of registration that a register has; `headings` are those of facts."""
    own = [one for one in registrations(rulebook) if one.name in headings]
    return tuple(
        RegistrationColumns(rulebook, one, facts, headings[one.name], plan, lang, surface, yes_only.get(one.settles))
        for one in own
    )
