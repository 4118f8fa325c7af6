"""Reads the rows of a source as facts: by a column plan, or directly where every column is a fact."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from applicability.bulk.engine.arrays import CellTable, Coded, different
from applicability.bulk.register.column_plan import ColumnPlan, as_in, plan_of
from applicability.bulk.register.columns.business_scopes import some_activities
from applicability.bulk.register.columns.credit_codes import HashedCodes
from applicability.bulk.register.columns.derived_facts import RowLoss
from applicability.bulk.register.columns.notes import Notes, one_after_another
from applicability.bulk.register.columns.register import RegisterColumns, turn_of
from applicability.bulk.register.columns.registered import registered_heading
from applicability.bulk.register.investor_columns import InvestorReader, investors_of
from applicability.bulk.register.no_company import NoCompanies
from applicability.bulk.register.told_facts import left_open
from applicability.bulk.register.unread_columns import UnreadColumns
from applicability.bulk.register.unseen import without_unseen
from applicability.bulk.sources.source import names_of
from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field, replace
from applicability.loading.yaml.scalars import read_date
from applicability.messages import listed, no_column
from applicability.model.frozen import FrozenDict
from applicability.model.headings import COMPANY_TYPE, CREDIT_CODE, NAME, held_by, plain
from applicability.model.registration import where_registered
from applicability.model.rulebook import Rulebook
from applicability.text import Lang, Surface, SurfaceText, Text


@dataclass(frozen=True)
class FactRows:
    """Rows as facts: a table of fact columns, what could not be read of rows, and notes.

    `named` are the columns that identify a company to a person; `rejects` are rows that are no company, with the
    reason; `losses` are what columns say that cannot be read or contradicts others; `origins` has for each row the
    facts that were derived from another column; `headings` are the first columns of facts and roles, and `holds` is
    what each column holds; `codes` are the valid credit codes. `left_open` says of a heading and a fact that was not
    read of it ("" is the whole cell) which facts the cell may leave open. `unnamed` are facts that have no value
    for some rows, each with these rows. `scopes` are the columns that tell only some of the activities, as business
    scopes do, each with where all of them are to be told.
    """

    table: Any
    facts: tuple[str, ...]
    named: tuple[str, ...]
    ignored: tuple[str, ...]
    rejects: Sequence[tuple[int, Problem]]
    losses: Sequence[RowLoss]
    notes: Notes
    origins: Coded
    headings: Mapping[str, str]
    holds: Mapping[str, str]
    left_open: Callable[[str, str], Collection[str]]
    codes: HashedCodes | None = None
    unnamed: Mapping[str, NDArray[np.int64]] = field(default_factory=FrozenDict)
    scopes: Mapping[str, Text] = field(default_factory=FrozenDict)

    @cached_property
    def no_companies(self) -> frozenset[int]:
        """The rows that are no company: nothing else that is said of them counts."""
        return frozenset(row for row, _ in self.rejects)


_HEADINGS = SurfaceText(
    "第一行是否为列名，分隔符是否为逗号、分号、制表符或竖线？可用 --mapping 说明各列的内容",
    "is the first row that of the headings, and the separator , ; tab or |? --mapping says what columns hold",
    Text(
        "第一行是否为列名，分隔符是否为逗号、分号、制表符或竖线？认得的列名见空白名册",
        "is the first row that of the headings, and the separator , ; tab or |? The empty register has headings that "
        "are known",
    ),
)
# A profile's own date; all companies of a register are assessed on one date.
_AS_OF = "as_of"


class FactReader:
    """Reads the rows of a source for one rulebook and one day.

    `mapping` assigns headings; `units` says what the bare numbers of columns of shares are; `defaults` are facts, keyed
    by column, of the companies that do not say otherwise.
    """

    def __init__(
        self,
        rulebook: Rulebook,
        day: datetime.date,
        mapping: Mapping[str, str] | None = None,
        lang: Lang = "en",
        keep: Sequence[str] = (),
        units: Mapping[str, str] | None = None,
        defaults: Mapping[str, object] | None = None,
        surface: Surface = "terminal",
    ) -> None:
        self._rulebook = rulebook
        self._surface: Surface = surface
        self._defaults = defaults or {}
        self._day = day
        self._keep = keep
        self._mapping = mapping or {}
        self._units = units or {}
        self._lang = lang
        self._readers: dict[tuple[str, ...], tuple[ColumnPlan, RegisterColumns]] = {}
        self._investors: dict[tuple[str, ...], InvestorReader | None] = {}
        self._none: dict[tuple[str, ...], NoCompanies] = {}

    def _plan(self, table: Any) -> tuple[ColumnPlan, RegisterColumns]:
        headings = names_of(table)
        if headings not in self._readers:
            # In JSON Lines a batch may lack a column that another has: the mapping may then name an absent heading.
            ragged = isinstance(table, CellTable) and table.ragged is not None
            there = set(headings)
            mapping = {
                named: role
                for one, role in self._mapping.items()
                if (named := as_in(one, there)) in there or not ragged
            }
            units = {as_in(one, there): unit for one, unit in self._units.items()}
            if ragged:
                held = plan_of(self._rulebook, headings, mapping).holds
                known = {*held, *held.values(), *map(plain, held)}
                units = {one: unit for one, unit in units.items() if one in known or plain(one) in known}
            investors = self._investors[headings] = None if ragged else self._investor_reader(headings, mapping)
            read = headings if investors is None else investors.headings_with(headings)
            plan = plan_of(self._rulebook, read, mapping, units)
            if not ragged:
                plan = replace(plan, order=headings)
                _known(headings, plan, self._keep)
                _registered(plan, self._defaults)
            self._readers[headings] = (
                plan,
                RegisterColumns(self._rulebook, plan, self._lang, self._defaults, self._surface, self._day),
            )
        return self._readers[headings]

    def _investor_reader(self, headings: tuple[str, ...], mapping: Mapping[str, str]) -> InvestorReader | None:
        columns = investors_of(self._rulebook, headings, mapping)
        return InvestorReader(self._rulebook, columns, self._lang) if columns else None

    def read(self, table: Any) -> FactRows:
        """The facts of some rows. Raises ProfileError for ambiguous or unknown headings."""
        plan, reader = self._plan(table)
        table = without_unseen(table, {*plan.ignored}.difference(plan.unasked))
        named = tuple(one for role in (NAME, CREDIT_CODE) if (one := plan.heading(role)) is not None)
        ignored = plan.ignored
        # Columns repeated in results must be the same for every part of a table.
        ragged = table.ragged if isinstance(table, CellTable) else None
        always = set(names_of(table) if ragged is None else ragged)
        named = tuple(one for one in named if one in always)
        held, holds = plan.first_headings, plan.holds
        # A code that only the mapping knows takes no place of the names that are shown without it.
        mapped = not any(held_by(self._rulebook.by_heading, one) for one in named)
        if not named or (mapped and ragged is None and plan.heading(NAME) is None):
            first = tuple(one for one in ignored if one != _AS_OF and one in always)[:1]
            named = (*first, *named)
            ignored = tuple(one for one in ignored if one not in first)
        unread = UnreadColumns(self._rulebook, plan, table)
        blanked, listed = unread.blanked(table), None
        if (investors := self._investors[names_of(table)]) is not None:
            blanked, listed = investors.read(blanked)
            held = {**held, investors.fact: investors.heading}
            holds = {**holds, investors.heading: investors.fact}
        facts, told = reader.read(blanked, unread)
        if investors is not None and listed is not None:
            told = listed.with_facts(told)
            facts, told = listed.against_types(table, facts, told, investors.fact, plan.headings(COMPANY_TYPE))
        no_companies = self._no_companies(plan, names_of(table))
        rejects = [*no_companies.find(table)]
        none = [row for row, _ in rejects]
        doubted = [one(table, none, self._lang) for one in (no_companies.lone_names, no_companies.samples)]
        more = [one for one in doubted if len(one)]
        notes = one_after_another((told.notes, *more), turn_of(table)) if more else told.notes
        losses = [
            *told.losses,
            *unread.losses(),
            *(self._other_days(table) if _AS_OF in ignored else ()),
        ]
        opened = functools.partial(left_open, self._rulebook, plan)
        return FactRows(
            facts,
            tuple(facts.columns),
            named,
            ignored,
            rejects,
            losses,
            notes,
            told.origins,
            held,
            holds,
            opened,
            told.codes,
            told.unnamed,
            some_activities(self._rulebook, plan),
        )

    def _no_companies(self, plan: ColumnPlan, headings: tuple[str, ...]) -> NoCompanies:
        if headings not in self._none:
            self._none[headings] = NoCompanies(self._rulebook, plan, headings, self._day)
        return self._none[headings]

    def _other_days(self, table: Any) -> Iterator[RowLoss]:
        """The rows whose own date differs from this run's, which decides about all."""
        days = different(table.column(_AS_OF))
        hint = SurfaceText(
            f"不写日期，或按日期分开、用 --as-of 分别筛查；本次为{self._day}",
            f"leave the day out, or screen the companies of each day apart with --as-of; this run is of {self._day}",
            Text(
                f"不写日期：网页上只按当天筛查，本次为{self._day}",
                f"leave the day out: on the page companies are screened for the day itself, here {self._day}",
            ),
        )
        found = {}
        for place, day in enumerate(days.values):
            if read_date(day) != self._day:
                what = Text(f"`{day}` 不是本次运行的日期", f"`{day}` is another day than that of this run")
                found[place] = Problem("S304", Location(_AS_OF), what, hint)
        for row in np.flatnonzero(np.isin(days.places, [*found])).tolist():
            yield RowLoss(row, found[days.places[row]])


def _registered(plan: ColumnPlan, defaults: Mapping[str, object]) -> None:
    """Raises ProfileError if companies are to be where they are registered, and no column tells that."""
    if any(where_registered(name, value) for name, value in defaults.items()) and registered_heading(plan) is None:
        what = Text(
            "名册没有写明注册地的列，不能以 `city: registered_in` 按注册地判断",
            "the register has no column that tells where companies are registered, which `city: registered_in` needs",
        )
        hint = Text("用对照文件指明该列为 `registered_in`", "say in the mapping file which one it is: `registered_in`")
        raise ProfileError([Problem("S201", Location("registered_in"), what, hint)])


def _known(headings: Sequence[str], plan: ColumnPlan, keep: Sequence[str]) -> None:
    """Raises ProfileError if no column holds a fact, or a column to keep is absent."""
    if lacking := [one for one in keep if one not in headings]:
        raise ProfileError([Problem("S201", Location(one), *no_column(one, headings)) for one in lacking])
    if all(held == NAME for held in plan.holds.values()):
        shown = listed([*(f"`{one}`" for one in headings[:8]), *(["…"] if len(headings) > 8 else [])])
        what = Text(f"没有一列认得出：{shown.zh}", f"none of the columns is known: {shown.en}")
        raise ProfileError([Problem("S204", Location("columns"), what, _HEADINGS)])
