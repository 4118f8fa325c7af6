"""What each kind of leaf reads, requires and can come to: one table, for everyone who would ask by `match`.

What a leaf means on the facts of an entity is not here: that is `model.evaluate`.
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

# The columns that answer for several facts together: where an entity stands, and its business.
PLACE, BUSINESS = "place", "business"
# What a profile says of limits stands under this name, and in tables under it and the key of one (`limits.57.taiwan`).
LIMITS = "limits"
# A comparison of facts; an official step, which the register settles; what an authority finds; what a use must keep.
Nature = Literal["comparison", "step", "judgement", "limit"]

_FAILS, _WAITS, _MISSING, _OPEN, _MET = Verdict


_Words = Callable[[Any], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class LeafKind:
    """What is so of every leaf of one kind; the functions take a leaf of it.

    `operator` is the word before it in a rule file and `requires` the words after it; `fact` is the one fact to name
    for it, `reads` are all the facts that it can read, and `column` is what answers for it. `entries` is the kind of
    register entry that can settle it; `verdicts`, the lowest first, are those that it comes to by itself.
    """

    nature: Nature
    operator: Callable[[Any], str]
    requires: _Words
    fact: Callable[[Any], str | None]
    reads: _Words
    column: Callable[[Any], str]
    entries: Literal["records", "overtakes"] | None = None
    verdicts: tuple[Verdict, ...] = (_FAILS, _MISSING, _MET)


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


def limit_name(key: str) -> str:
    """The name of a limit among facts and columns."""
    return f"{LIMITS}.{key}"


def limit_key(name: str) -> str | None:
    """The key of the limit of that name; None for a name of anything else."""
    return name.removeprefix(f"{LIMITS}.") if name.startswith(f"{LIMITS}.") else None


def _step(requires: _Words, entries: Literal["records", "overtakes"], low: Verdict) -> LeafKind:
    nothing = _always(None), _always(()), _always(PLACE)
    return LeafKind("step", _always("step"), requires, *nothing, entries, (low, _MET))


KINDS: dict[type, LeafKind] = {
    Number: _of_one_fact(lambda leaf: tuple(f"{bound} {limit}" for bound, limit in leaf.bounds)),
    OneOf: _of_one_fact(lambda leaf: tuple(sorted(leaf.values))),
    Within: _operator("in", lambda leaf: leaf.places, "city", ("city", "district", "zones"), PLACE),
    ZoneType: _operator("zone_type", lambda leaf: tuple(sorted(leaf.types)), "zones", ("zones", "zone_types"), PLACE),
    Does: _operator(
        "does", lambda leaf: tuple(sorted(leaf.activities)), "activities", ("activities", "sector"), BUSINESS
    ),
    InSector: _operator("sector", lambda leaf: leaf.codes, "sector", ("sector",), BUSINESS),
    Step: _step(lambda leaf: (leaf.step,), "records", _WAITS),
    Overtaken: _step(_always(()), "overtakes", _FAILS),
    Judgement: LeafKind(
        "judgement", _always("judgement"), lambda leaf: (leaf.key,), _always(None), _always(()),
        lambda leaf: leaf.key, verdicts=(_FAILS, _OPEN, _MET),
    ),
    # Unsaid it counts as kept, so of itself it is met or fails; only a table can hold what is neither yes nor no.
    Limit: LeafKind(
        "limit", _always("limit"), lambda leaf: (leaf.key,), _limit_name, lambda leaf: (_limit_name(leaf),),
        _limit_name, verdicts=(_FAILS, _MET),
    ),
}  # fmt: skip


def kind_of(leaf: Leaf) -> LeafKind:
    """What is so of its kind."""
    return KINDS[type(leaf)]


def column_of(leaf: Leaf) -> str:
    """The column that a leaf reads: `place`, `business`, the name of a fact or a limit, or the key of a judgement."""
    return KINDS[type(leaf)].column(leaf)


def reads(leaf: Leaf) -> tuple[str, ...]:
    """The facts that a leaf can read; places and zones are facts of those names."""
    return KINDS[type(leaf)].reads(leaf)


def requires(leaf: Leaf) -> tuple[str, ...]:
    """The words that a leaf requires one of; of a number its bounds, which it requires all of."""
    return KINDS[type(leaf)].requires(leaf)


def fact_of(condition: Condition) -> str | None:
    """The fact to name for a leaf; for a combination, that of its first leaf."""
    if isinstance(condition, (All, Any_, Not)):
        inner = leaves(condition)
        return fact_of(inner[0]) if inner else None
    return KINDS[type(condition)].fact(condition)
