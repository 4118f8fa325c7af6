"""The properties of each kind of leaf, in one table: what it reads, requires and which verdicts it can have.

`model.evaluate` defines the semantics of leaves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Judgement,
    Leaf,
    Limit,
    Not,
    Number,
    OneOf,
    Overtaken,
    Step,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.verdict import Verdict

# The columns that combine several facts: an entity's place, and its business.
PLACE, BUSINESS = "place", "business"
# The facts that say where an entity stands. A leaf of the column `place` can read each of them: types that
# an entity is not in rule out zones, and whoever stands in a division that a zone covers stands in a zone of its types.
PLACES = ("city", "district", "zones", "zone_types")
# The key of limits in a profile, and the prefix of their columns in tables (`limits.57.taiwan`).
LIMITS = "limits"
# A comparison of facts; an official step, which the register settles; an authority's finding; a limit on a use.
Nature = Literal["comparison", "step", "judgement", "limit"]

_Words = Callable[[Any], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LeafKind:
    """The properties of one kind of leaf; the functions take a leaf of that kind.

    `operator` is the keyword in a rule file and `requires` its arguments; `fact` is the main fact of the leaf, `reads`
    are all the facts it can read, and `column` is its column. `entries` is the kind of register entry that can settle
    it; `verdicts`, lowest first, are those that it can have by itself.
    """

    nature: Nature
    operator: Callable[[Any], str]
    requires: _Words
    fact: Callable[[Any], str | None]
    reads: _Words
    column: Callable[[Any], str]
    entries: Literal["records", "overtakes"] | None = None
    verdicts: tuple[Verdict, ...] = (Verdict.INELIGIBLE, Verdict.NEEDS_INFO, Verdict.ELIGIBLE)


def _always(value: Any) -> Callable[[Any], Any]:
    return lambda leaf: value


def _fact(leaf: Number | OneOf) -> str:
    return leaf.fact


def _of_one_fact(requires: _Words) -> LeafKind:
    return LeafKind("comparison", _fact, requires, _fact, lambda leaf: (leaf.fact,), _fact)


def _operator(operator: str, requires: _Words, fact: str, reads: tuple[str, ...], column: str) -> LeafKind:
    return LeafKind("comparison", _always(operator), requires, _always(fact), _always(reads), _always(column))


def _limit_name(leaf: Limit) -> str:
    return limit_name(leaf.key)


# The name of an authority's finding as a fact and as a column: this, and the key of the judgement.
FINDING = "determinations."


def limit_name(key: str) -> str:
    """The name of a limit as a fact and as a column."""
    return f"{LIMITS}.{key}"


def limit_key(name: str) -> str | None:
    """The key of the limit with that name; None for other names."""
    return name.removeprefix(f"{LIMITS}.") if name.startswith(f"{LIMITS}.") else None


def is_statement(name: str) -> bool:
    """Whether that names what is stated of a finding or a limit: if it is not known it is unknown, and not left out."""
    return name.startswith(FINDING) or limit_key(name) is not None


def _step(requires: _Words, entries: Literal["records", "overtakes"], low: Verdict) -> LeafKind:
    of_places = _always(None), _always(PLACES), _always(PLACE)  # entries of the register name places
    return LeafKind("step", _always("step"), requires, *of_places, entries, (low, Verdict.ELIGIBLE))


KINDS: dict[type, LeafKind] = {
    Number: _of_one_fact(lambda leaf: tuple(f"{bound} {limit}" for bound, limit in leaf.bounds)),
    OneOf: _of_one_fact(lambda leaf: tuple(sorted(leaf.values))),
    Within: _operator("in", lambda leaf: leaf.places, "city", PLACES, PLACE),
    ZoneType: _operator("zone_type", lambda leaf: tuple(sorted(leaf.types)), "zones", PLACES, PLACE),
    Does: _operator(
        "does", lambda leaf: tuple(sorted(leaf.activities)), "activities", ("activities", "sector"), BUSINESS
    ),
    InSector: _operator("sector", lambda leaf: leaf.codes, "sector", ("sector",), BUSINESS),
    Step: _step(lambda leaf: (leaf.step,), "records", Verdict.PENDING),
    Overtaken: _step(_always(()), "overtakes", Verdict.INELIGIBLE),
    Judgement: LeafKind(
        "judgement", _always("judgement"), lambda leaf: (leaf.key,), _always(None), _always(()),
        lambda leaf: leaf.key, verdicts=(Verdict.INELIGIBLE, Verdict.CONDITIONAL, Verdict.ELIGIBLE),
    ),
    # Unstated it counts as kept, so by itself it is met or fails; only a table cell can be neither yes nor no.
    Limit: LeafKind(
        "limit", _always("limit"), lambda leaf: (leaf.key,), _limit_name, lambda leaf: (_limit_name(leaf),),
        _limit_name, verdicts=(Verdict.INELIGIBLE, Verdict.ELIGIBLE),
    ),
}  # fmt: skip


def kind_of(leaf: Leaf) -> LeafKind:
    """The properties of its kind."""
    return KINDS[type(leaf)]


def column_of(leaf: Leaf) -> str:
    """The column that a leaf reads: `place`, `business`, the name of a fact or a limit, or the key of a judgement."""
    return KINDS[type(leaf)].column(leaf)


def reads(leaf: Leaf) -> tuple[str, ...]:
    """The facts that a leaf can read; places and zones are facts of those names."""
    return KINDS[type(leaf)].reads(leaf)


def requires(leaf: Leaf) -> tuple[str, ...]:
    """The values of which a leaf requires one; for a number its bounds, all of which it requires."""
    return KINDS[type(leaf)].requires(leaf)


def fact_of(condition: Condition) -> str | None:
    """The main fact of a leaf; for a combination, that of its first leaf."""
    if isinstance(condition, (All, Any_, Not)):
        inner = leaves(condition)
        return fact_of(inner[0]) if inner else None
    return KINDS[type(condition)].fact(condition)
