"""Assigns the columns of a register: by known headings, fact names, and the user's mapping."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from applicability.bulk.sources.headings import clean
from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.company.location import IN_ZONES
from applicability.loading.company.share_values import Unit
from applicability.loading.profile.parts import part_names
from applicability.messages import did_you_mean, listed, no_column
from applicability.model.frozen import FrozenDict
from applicability.model.headings import (
    ADDRESS,
    COMPANY_TYPE,
    CREDIT_CODE,
    FIRST_COUNTS,
    LEVELS,
    PLACE_LEVELS,
    REGISTERED_ADDRESS,
    REGISTERED_IN,
    ROLES,
    held_by,
    joined,
    once,
    plain,
    says_percent,
)
from applicability.model.leaf_kinds import FINDING, limit_name
from applicability.model.registration import registrations
from applicability.model.rulebook import Rulebook
from applicability.text import Text

IGNORE = "ignore"


@dataclass(frozen=True)
class ColumnPlan:
    """What each heading holds: a fact, a role, an authority's finding, or whether a limit is kept.

    `units` are the units of columns of shares, by heading, and `order` all headings from left to right, empty where
    rows have their own. `unasked` are headings that are not read, by which a no is still none that another column may
    say yes over, each with the fact.
    """

    holds: Mapping[str, str]
    ignored: tuple[str, ...]
    registrations: tuple[str, ...] = ()
    units: Mapping[str, str] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    unasked: Mapping[str, str] = field(default_factory=FrozenDict)

    def unit(self, heading: str) -> Unit:
        """What the bare numbers of a column of shares are; in doubt unless that is said or was found.

        Where one is above one, a percent sign in the heading settles it. Where none is, it says nothing: 0.25 under
        外资占比(%) is 25% of whoever typed fractions.
        """
        unit = Unit(self.units.get(heading, Unit.IN_DOUBT.value))
        return Unit.PERCENT if unit is Unit.ABOVE_ONE and says_percent(heading) else unit

    @property
    def derives(self) -> bool:
        """Whether columns tell facts that are not their own."""
        told = {CREDIT_CODE, COMPANY_TYPE, ADDRESS, REGISTERED_ADDRESS, *LEVELS, *self.registrations}
        return not told.isdisjoint(self.holds.values())

    @property
    def tells_place(self) -> bool:
        """Whether a column tells where companies do business, be it by an address."""
        told = {"city", "district", "zones", IN_ZONES, ADDRESS, *PLACE_LEVELS}
        return not told.isdisjoint(self.holds.values())

    def heading(self, role: str) -> str | None:
        """The heading of the column that holds a role or a fact."""
        return next(iter(self.headings(role)), None)

    @property
    def first_headings(self) -> dict[str, str]:
        """The heading of the first column that holds it, by role or fact."""
        found: dict[str, str] = {}
        for heading, held in self.holds.items():
            found.setdefault(held, heading)
        return found

    def headings(self, role: str) -> tuple[str, ...]:
        """The headings of the columns that hold a role or a fact: several may hold one."""
        return tuple(heading for heading, held in self.holds.items() if held == role)


def as_in(heading: str, there: Collection[str]) -> str:
    """A heading that a user names as the source has it: text and workbooks have theirs on one line, or with a unit, and
    one of several rows may be named by its cells: 所在地/市 is 所在地市.
    """
    if heading in there:
        return heading
    if (short := clean(heading)) in there:
        return short
    for said in (heading, joined(heading)):
        if len(alike := [one for one in there if plain(one) == plain(said)]) == 1:
            return alike[0]
    return heading


def plan_of(
    rulebook: Rulebook,
    headings: Sequence[str],
    mapping: Mapping[str, str] | None = None,
    units: Mapping[str, str] | None = None,
) -> ColumnPlan:
    """Assigns the headings of a register. `mapping` overrides some of them; `ignore` there drops a column.

    `units` says what the bare numbers of columns of shares are, by heading or by fact.

    Raises ProfileError with every problem: a heading in the mapping that the register does not have, an unknown column.
    """
    mapping = mapping or {}
    findings = {*(f"{FINDING}{key}" for key in rulebook.judgements), *map(limit_name, rulebook.limits)}
    findings |= {part for one in rulebook.facts.values() for part in part_names(one)}
    known = {*ROLES, *rulebook.facts, *findings, IGNORE}
    problems = []
    for heading, role in mapping.items():
        if heading not in headings:
            problems.append(Problem("S201", Location(heading), *no_column(heading, headings)))
        if role not in known:
            hint = did_you_mean(role, known) or Text(
                "填一项事实，或 name、credit_code、company_type、address、ignore",
                "a fact, name, credit_code, company_type, address or ignore",
            )
            what = Text(f"没有名为 `{role}` 的事实或列", f"there is no fact or column `{role}`")
            problems.append(Problem("S202", Location(heading), what, hint))
    if problems:
        raise ProfileError(problems)
    words = rulebook.by_heading
    roles = {
        heading: mapping.get(heading)
        or (name if (name := once(heading)) in findings else held_by(words, heading) or IGNORE)
        for heading in headings
    }
    counts: dict[str, str] = {}
    for heading, role in roles.items():
        if role in FIRST_COUNTS:
            both = (counts.get(role, heading), heading)
            counts[role] = min(both, key=lambda one: (one not in mapping, rulebook.headings.rank(role, one)))
    roles = _without_parts(rulebook, roles, mapping)
    holds = {
        heading: role for heading, role in roles.items() if role != IGNORE and counts.get(role, heading) == heading
    }
    told: dict[str, str] = {}
    for name, unit in (units or {}).items():
        own = [one for one in holds if name in (one, holds[one]) or plain(name) == plain(one)]
        shares = [one for one in own if _is_share(rulebook, holds[one])]
        told |= dict.fromkeys(shares, unit)
        if not shares:
            every = [one for one in holds if _is_share(rulebook, holds[one])]
            what = Text(f"名册没有比例列 `{name}`", f"the register has no column of shares `{name}`")
            shown = Text(f"比例列有{listed(every).zh}", f"its columns of shares are {listed(every).en}")
            problems.append(Problem("S201", Location(name), what, shown if every else None))
    if problems:
        raise ProfileError(problems)
    registered = tuple(one.name for one in registrations(rulebook))
    ignored = tuple(one for one in headings if one not in holds)
    # What a user says to ignore tells nothing at all.
    unasked = {
        one: fact
        for one in ignored
        for fact in rulebook.headings.yes_only
        if one not in mapping and rulebook.headings.leaves_no_open(fact, one)
    }
    return ColumnPlan(holds, ignored, registered, told, unasked=unasked)


def _without_parts(rulebook: Rulebook, roles: Mapping[str, str], mapping: Mapping[str, str]) -> dict[str, str]:
    """What headings hold, without those that may tell a part of their fact alone: 其中：外资占比 beside 外资比例, and
    外资占比 beside 港澳台占比.
    """
    headings = rulebook.headings
    dropped: list[str] = []
    for fact in sorted(headings.parts.keys() & roles.values()):
        own = [heading for heading, role in roles.items() if role == fact]
        whole = any(not headings.is_of_which(one) for one in own)
        beside = headings.parts_beside(fact, roles)
        dropped += (
            one
            for one in own
            if one not in mapping
            and ((whole and headings.is_of_which(one)) or headings.may_be_rest(fact, one, beside) is not None)
        )
    return {**roles, **dict.fromkeys(dropped, IGNORE)}


def share_headings(rulebook: Rulebook, plan: ColumnPlan) -> tuple[str, ...]:
    """The headings of the columns of shares."""
    return tuple(heading for heading, held in plan.holds.items() if _is_share(rulebook, held))


def _is_share(rulebook: Rulebook, held: str) -> bool:
    return held in rulebook.facts and rulebook.facts[held].type == "percent"


def facts_of(rulebook: Rulebook, plan: ColumnPlan, defaults: Iterable[str] = ()) -> tuple[str, ...]:
    """The facts and findings that the columns can give, stated, derived or by default, in the order of the rulebook."""
    told = dict.fromkeys((*(held for held in plan.holds.values() if held not in ROLES), *defaults))
    if plan.heading(ADDRESS) or plan.heading(CREDIT_CODE):
        told |= dict.fromkeys(fact for fact in ("city", "district") if fact in rulebook.facts)
    if plan.heading(ADDRESS) and "zones" in rulebook.facts:
        told[IN_ZONES] = None  # an address names the zone that it is known by, and perhaps none of those beside it
    told |= dict.fromkeys(LEVELS[held] for held in plan.holds.values() if LEVELS.get(held) in rulebook.facts)
    if "division" in plan.holds.values() and "district" in rulebook.facts:
        told["district"] = None  # a place of any level beside a city may be a district of it
    if plan.heading(REGISTERED_ADDRESS) and REGISTERED_IN in rulebook.facts:
        told[REGISTERED_IN] = None
        if "zones" in rulebook.facts and "city" in defaults:
            told[IN_ZONES] = None  # where business is done where a company is registered
    told |= dict.fromkeys(one.settles for one in registrations(rulebook) if one.name in told)
    if plan.heading(COMPANY_TYPE):
        told |= dict.fromkeys(fact for one in rulebook.headings.types for fact in (*one.tells, *one.settles))
    told = {name: None for name in told if name not in plan.registrations}
    order = [name for fact, one in rulebook.facts.items() for name in (fact, *part_names(one))]
    return tuple(sorted(told, key=lambda one: order.index(one) if one in order else len(order)))
