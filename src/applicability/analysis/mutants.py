"""Mutants of a condition: the condition with one thing changed, each with what was changed and where.

A leaf or a combination is left out; a comparison is negated; a bound, a word or a place is made wider, narrower or
another one; `all` and `any` change places. Which words and places are neighbours is defined in
`analysis.neighbours`. A mutant can mean the same as the original: that is for the product space to find out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal

from applicability.analysis.neighbours import MutationKind, Neighbours, of_list
from applicability.errors import Location
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import (
    All,
    Any_,
    Bound,
    Condition,
    Does,
    InSector,
    Leaf,
    Limit,
    Not,
    Number,
    OneOf,
    Step,
    Within,
    ZoneType,
    leaves,
)  # fmt: skip
from applicability.model.leaf_kinds import kind_of

_ONE = Decimal(1)
# What each bound becomes: the next stricter or laxer one, and the direction in which its number is widened.
_OTHER: dict[Bound, tuple[tuple[MutationKind, Bound], ...]] = {
    "above": (("widen", "at_least"),),
    "at_least": (("narrow", "above"),),
    "equals": (("widen", "at_least"), ("widen", "at_most")),
    "at_most": (("narrow", "below"),),
    "below": (("widen", "at_most"),),
}
_WIDER: dict[Bound, int] = {"above": -1, "at_least": -1, "equals": 0, "at_most": 1, "below": 1}
_REVERSED: dict[MutationKind, MutationKind] = {"widen": "narrow", "narrow": "widen"}


@dataclass(frozen=True)
class Variant:
    """A condition with one part changed: how, where, from what, to what (None: left out), and the whole."""

    kind: MutationKind
    location: Location
    old: Condition
    new: Condition | None
    condition: Condition


def variants(condition: Condition, near: Neighbours) -> Iterator[Variant]:
    """Every mutant of a condition, in file order."""
    if condition != All(()):  # nothing is asked for: there is nothing to change
        yield _changed("drop", condition, None, All(()))
    yield from _inside(condition, near, lambda new: new, negated=False)


def _inside(
    condition: Condition, near: Neighbours, whole: Callable[[Condition], Condition], *, negated: bool
) -> Iterator[Variant]:
    """The mutants of a part, other than leaving it out; `whole` puts a changed part in its place."""
    match condition:
        case All(parts) | Any_(parts):
            yield from _swapped(condition, whole)
            same = type(condition)
            for index, part in enumerate(parts):
                before, after = parts[:index], parts[index + 1 :]
                # The only part of a combination is left out with it.
                if before or after:
                    yield _changed("drop", part, None, whole(same((*before, *after))))

                def put(
                    new: Condition,
                    before: tuple[Condition, ...] = before,
                    after: tuple[Condition, ...] = after,
                    same: type[All | Any_] = same,
                ) -> Condition:
                    return whole(same((*before, new, *after)))

                yield from _inside(part, near, put, negated=negated)
        case Not(part):
            yield _changed("negate", condition, part, whole(part))
            yield from _inside(part, near, lambda new: whole(Not(new)), negated=not negated)
        case _:
            if not negated and kind_of(condition).nature == "comparison":
                yield _changed("negate", condition, Not(condition), whole(Not(condition)))
            for kind, new in _of_leaf(condition, near):
                shown = _REVERSED.get(kind, kind) if negated else kind
                yield _changed(shown, condition, new, whole(new))


def _changed(kind: MutationKind, old: Condition, new: Condition | None, whole: Condition) -> Variant:
    first = next((leaf for leaf in leaves(old) if leaf.ground.location.line), None)
    return Variant(kind, Location("") if first is None else first.ground.location, old, new, whole)


def _swapped(condition: All | Any_, whole: Callable[[Condition], Condition]) -> Iterator[Variant]:
    """`all` as `any` and the other way round; limits stay, since each use keeps them whatever its conditions are."""
    limits = tuple(part for part in condition.parts if isinstance(part, Limit))
    others = tuple(part for part in condition.parts if not isinstance(part, Limit))
    if len(others) > 1:
        new: Condition = Any_(others) if isinstance(condition, All) else All(others)
        yield _changed("swap", condition, new, whole(All((new, *limits)) if limits else new))


def _of_leaf(leaf: Leaf, near: Neighbours) -> Iterator[tuple[MutationKind, Condition]]:
    match leaf:
        case Number(_, bounds):
            for kind, changed in _of_bounds(bounds):
                yield kind, replace(leaf, bounds=changed)
        case OneOf(fact, values):
            for kind, held in of_list(sorted(values), lambda word: (near.value(fact, word, values), None, None)):
                yield kind, replace(leaf, values=frozenset(held))
        case Does(activities):
            written = sorted(near.sectors.most_general(activities))
            for kind, held in of_list(written, lambda word: near.activity(word, activities)):
                yield kind, replace(leaf, activities=near.sectors.closed_down(held))
        case ZoneType(types):
            for kind, held in of_list(sorted(types), lambda word: near.zone_type(word, types)):
                yield kind, replace(leaf, types=frozenset(held))
        case Within(places):
            for kind, held in near.place_lists(places):
                yield kind, replace(leaf, places=held)
        case InSector(codes):
            for kind, held in of_list(codes, lambda word: near.sector(word, codes)):
                yield kind, replace(leaf, codes=held)
        case Step(step):
            other = near.step(step)
            if other is not None:
                yield "another", replace(leaf, step=other)
        case _:
            return  # a judgement, a limit, an instrument: it stands or it is left out


def _of_bounds(
    bounds: tuple[tuple[Bound, Decimal], ...],
) -> Iterator[tuple[MutationKind, tuple[tuple[Bound, Decimal], ...]]]:
    for index, (bound, limit) in enumerate(bounds):
        before, after = bounds[:index], bounds[index + 1 :]
        if before or after:
            yield "widen", (*before, *after)
        for kind, other in _OTHER[bound]:
            yield kind, (*before, (other, limit), *after)
        for step in (_ONE, -_ONE):
            wider = _WIDER[bound] * step
            direction: MutationKind = "another" if not wider else "widen" if wider > 0 else "narrow"
            yield direction, (*before, (bound, limit + step), *after)
