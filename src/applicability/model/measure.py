"""A row of a document: its parts, whom each addresses, and under which condition it opens."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Literal

from applicability.errors import Location
from applicability.lazy_dataclass import dataclass
from applicability.model.conditions import All, Any_, Condition, Does, Judgement, Leaf, Limit, Overtaken, leaves
from applicability.text import Text

Force = Literal["permit", "support", "explore", "study", "duty"]
Capture = Literal["captured", "not-captured", "glued", "lost"]
SpanKind = Literal["effect", "limit", "duty", "background"]

FORCES: tuple[Force, ...] = ("permit", "support", "explore", "study", "duty")
AUTHORITY = "authority"
INDIVIDUAL = "individual"
# Document and row.
MeasureKey = tuple[str, int]


def strongest(forces: Iterable[Force]) -> Force | None:
    """The strongest of some forces, whatever their order; None if there are none."""
    return min(forces, key=FORCES.index, default=None)


@dataclass(frozen=True)
class Span:
    """Words of the text that set no condition, and what they are instead."""

    kind: SpanKind
    words: str
    note: Text | None = None


@dataclass(frozen=True)
class Limb:
    """One thing that a row opens, with its own addressee, force and condition. A plain row is one limb with an empty
    id.
    """

    id: str
    title: Text
    force: Force
    addressee: tuple[str, ...]
    when: Condition
    spans: tuple[Span, ...] = ()

    @property
    def binds_authorities_only(self) -> bool:
        """Whether nobody can apply for it."""
        return self.addressee == (AUTHORITY,)

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """The limits that each use of it must keep."""
        parts = self.when.parts if isinstance(self.when, All) else ()
        return tuple(part for part in parts if isinstance(part, Limit))

    @cached_property
    def judgements(self) -> tuple[Judgement, ...]:
        """The judgements that it leaves to authorities."""
        return tuple(leaf for leaf in leaves(self.when) if isinstance(leaf, Judgement))


@dataclass(frozen=True)
class Doubt:
    """Where the source itself is unclear.

    `places` are those that it concerns alone, divisions and zones; empty: any. `writing` is of the form of a character
    and touches no meaning.
    """

    text: Text
    places: tuple[str, ...] = ()
    writing: bool = False


@dataclass(frozen=True)
class Measure:
    """One row of a document. `scope` is None if it was lost; `limbs` is empty if the row is not yet encoded.

    `narrower_reading` tells that its interpretation names another reading, by which it opens less or nothing.
    """

    document: str
    row: int
    chapter: int
    title: Text
    text: str
    cell: str
    capture: Capture
    scope_rule: str
    scope: Condition | None
    limbs: tuple[Limb, ...]
    spans: tuple[Span, ...] = ()
    interpretation: Text | None = None
    doubts: tuple[Doubt, ...] = ()
    lost: bool = False
    narrower_reading: bool = False
    location: Location = Location("")

    @property
    def key(self) -> MeasureKey:
        """Its document and row."""
        return (self.document, self.row)

    @property
    def encoded(self) -> bool:
        """Whether its conditions have been encoded; a lost row has none to encode."""
        return bool(self.limbs) or self.lost

    @cached_property
    def binds_authorities_only(self) -> bool:
        """Whether every limb is a duty of authorities, so that nobody can apply for it."""
        return bool(self.limbs) and all(limb.binds_authorities_only for limb in self.limbs)

    @cached_property
    def force(self) -> Force | None:
        """The strongest force of its usable limbs; or of all if none is usable; None without limbs."""
        return strongest(limb.force for limb in self.usable or self.limbs)

    @cached_property
    def usable(self) -> tuple[Limb, ...]:
        """The limbs that somebody can apply for."""
        return tuple(limb for limb in self.limbs if not limb.binds_authorities_only)

    @property
    def judgements(self) -> tuple[Judgement, ...]:
        """The findings that it asks for, each once."""
        every = (*self.scope_judgements, *(leaf for limb in self.usable for leaf in limb.judgements))
        return tuple({leaf.key: leaf for leaf in every}.values())

    @cached_property
    def condition(self) -> Condition | None:
        """Its scope and its best limb; None if nobody can apply, the text is lost or it is not yet encoded."""
        if self.scope is None or not self.usable:
            return None
        limbs = tuple(limb.when for limb in self.usable)
        return All((self.scope, limbs[0] if len(limbs) == 1 else Any_(limbs)))

    @cached_property
    def activities(self) -> frozenset[str]:
        """The activities that its condition asks for."""
        every = () if self.condition is None else leaves(self.condition)
        return frozenset().union(*(leaf.activities for leaf in every if isinstance(leaf, Does)))

    @cached_property
    def own_scope(self) -> Condition | None:
        """Its scope without instruments of the register; None where there is no such instrument."""
        if self.scope is None or not any(isinstance(leaf, Overtaken) for leaf in self.scope_leaves):
            return None
        if isinstance(self.scope, Any_):
            return Any_(tuple(part for part in self.scope.parts if not isinstance(part, Overtaken)))
        return self.scope

    @cached_property
    def scope_leaves(self) -> frozenset[Leaf]:
        """The leaves of its scope."""
        return frozenset(() if self.scope is None else leaves(self.scope))

    @cached_property
    def scope_judgements(self) -> tuple[Judgement, ...]:
        """The judgements in its scope."""
        every = () if self.scope is None else leaves(self.scope)
        return tuple(leaf for leaf in every if isinstance(leaf, Judgement))

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """Its scope, if any, and the condition of each limb."""
        scope = () if self.scope is None else (self.scope,)
        return (*scope, *(limb.when for limb in self.limbs))

    @cached_property
    def addressee(self) -> tuple[str, ...]:
        """All addressees of its limbs, in order."""
        return tuple(dict.fromkeys(who for limb in self.limbs for who in limb.addressee))
