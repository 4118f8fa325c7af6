"""Whether companies are registered where they stand, by a column of the place of registration.

The place and the registration of a company are read together by the reader of profiles, each different pair once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from applicability.bounded import BoundedCache
from applicability.bulk.engine.arrays import NONE, Coded, Different, different
from applicability.bulk.engine.pair_table import Codes
from applicability.bulk.register.column_plan import ColumnPlan
from applicability.bulk.register.columns.derived_facts import (
    ONE_IS_WRONG,
    DerivedFacts,
    Origins,
    RowLoss,
    no_origins,
)
from applicability.bulk.register.columns.interned import cell_of, filled
from applicability.bulk.register.columns.notes import Note, Notes
from applicability.bulk.register.columns.registered import REGISTERED
from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem, ProfileError
from applicability.identity import masked
from applicability.lazy_dataclass import dataclass, replace
from applicability.loading.company.cells import is_missing
from applicability.loading.profile.parts import part_names, parts_given
from applicability.loading.profile.reader import read_facts
from applicability.loading.yaml.scalars import read_truth
from applicability.model.facts import FactDeclaration
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
# What follows where a cell says yes, and where it says no.
_OPPOSITE = {True: Text("否", "no"), False: Text("是", "yes")}
# Characters of a cell that are told.
_SHOWN = 40
_PLACES = ("place", "zones", "zone_types")
_REMEMBERED = 1 << 15
_VALUES = ("true", "false")


@dataclass(frozen=True)
class _RegistrationResult:
    """What the place of registration comes to, or what it contradicts."""

    value: str | None = None
    problem: Problem | None = None
    note: Text | None = None


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
    ) -> None:
        self._rulebook, self._declaration, self._heading, self._lang = rulebook, declaration, heading, lang
        self._hint = WHERE_REGISTERED.on(surface).of(lang)
        self._stated = plan.headings(declaration.settles)
        self._tells = tuple(one for role in REGISTERED for one in plan.headings(role))
        place = [one for one in rulebook.facts.values() if one.type in _PLACES]
        wanted = [name for one in place for name in (one.name, *part_names(one))]
        self._facts = [*(name for name in (*wanted, declaration.settles) if name in facts), declaration.name]
        self._known: BoundedCache[str, _RegistrationResult] = BoundedCache(_REMEMBERED)

    def read(self, table: Any, columns: Mapping[str, Any], rows: int) -> DerivedFacts:
        """What the place of registration tells of the rows of a table, whose facts the columns are."""
        told = {fact: different(columns[fact]) for fact in self._facts}
        coded: dict[str, Any] = {fact: Coded(found.values, found.places) for fact, found in told.items()}
        some = np.flatnonzero(told[self._declaration.name].places != NONE)
        if not some.size:
            return DerivedFacts(coded, no_origins(rows))
        places = np.stack([found.places[some] for found in told.values()])
        together, numbers = np.unique(places, axis=1, return_inverse=True)
        numbers = numbers.reshape(-1)
        read = [self._of(told, cells) for cells in together.T.tolist()]
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
        settled = self._declaration.settles
        coded[settled] = filled(coded[settled], _VALUES, found)
        notes: dict[Note, int] = {}
        of = [
            NONE if (said := one.note) is None
            else notes.setdefault(self._note(said), len(notes))
            for one in read
        ]  # fmt: skip
        which = np.array(of, np.int32)[numbers]
        told_of = which != NONE
        noted = Notes(some[told_of], which[told_of], [*notes])
        return DerivedFacts(coded, origins.at((found != NONE).astype(np.int32)), noted, losses)

    def _loss(self, table: Any, columns: Mapping[str, Any], row: int, problem: Problem) -> RowLoss:
        """What is lost of a row; a contradiction is told of the column that states what the place does not bear out."""
        settled = (self._declaration.settles,)
        stated = next((one for one in self._stated if not is_missing(cell_of(table.column(one), row))), None)
        if problem.code != "P106" or stated is None:
            return RowLoss(row, problem, settled)
        told = (one for one in self._tells if not is_missing(cell_of(table.column(one), row)))
        by, cell = next(told, self._heading), str(cell_of(table.column(stated), row)).strip()
        follows = _OPPOSITE[bool(read_truth(cell_of(columns[settled[0]], row)))]
        slots = {"column": clean(stated), "cell": masked(cell)[:_SHOWN], "by": clean(by)}
        what = Text(_AGAINST.zh.format(follows=follows.zh, **slots), _AGAINST.en.format(follows=follows.en, **slots))
        return RowLoss(row, Problem("P106", Location(stated), what, ONE_IS_WRONG), settled, beside=(by,))

    def _note(self, said: Text) -> Note:
        hint = self._hint if said is _NOWHERE else ""
        return Note(self._heading, self._declaration.settles, said.of(self._lang), "", hint)

    def _of(self, told: Mapping[str, Different], cells: Sequence[int]) -> _RegistrationResult:
        given = {fact: told[fact].values[cell] for fact, cell in zip(told, cells, strict=True) if cell != NONE}
        key = repr(given)
        if key not in self._known:
            self._known[key] = self._settled(given)
        return self._known[key]

    def _settled(self, given: Mapping[str, object]) -> _RegistrationResult:
        settled = self._declaration.settles
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
        note = None if value is not None else _UNTOLD if facts.whereabouts.named else _NOWHERE
        return _RegistrationResult(None if value is None else str(value), note=note)


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
) -> tuple[RegistrationColumns, ...]:
    """The columns of places of registration that a register has; `headings` are those of facts."""
    own = [one for one in registrations(rulebook) if one.name in headings]
    return tuple(RegistrationColumns(rulebook, one, facts, headings[one.name], plan, lang, surface) for one in own)
