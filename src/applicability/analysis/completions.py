"""What a verdict can still become: the verdicts that some completion of a profile gives a condition.

A completion says all that the profile says, and more: a missing fact, a finer place or sector, or whether a limit is
kept. What authorities find is no completion, and neither is a day. Nothing is sampled: every column that is still
free is taken apart into its classes, so a verdict is listed exactly when some completion has it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations, product

from applicability.analysis.classes import Vector, business_samples as any_business, fact_samples, sector_codes, unions
from applicability.analysis.place_classes import completed_places
from applicability.analysis.questions import possible_activities
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import (
    All,
    Any_,
    Condition,
    Does,
    InSector,
    Leaf,
    Limit,
    Not,
    OneOf,
    bare,
    leaves,
)  # fmt: skip
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.facts import FactDeclaration, Facts, Value
from applicability.model.leaf_kinds import column_of
from applicability.model.missing import missing_facts
from applicability.model.partial import Interval, PartialSet
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import NEGATED, Verdict

# Where each column that was settled stands: the index of the class among those of the column.
Choices = Mapping[str, int]
_Reached = dict[Verdict, dict[str, int]]
_Choose = Callable[[Verdict, Verdict], Verdict]


@dataclass(frozen=True)
class Completed:
    """The verdicts that completions give, each with the facts of one that does; `free` are the columns still open.

    `moving` are the smallest sets of columns of which it depends: to say more of the columns of one of them is enough
    to move the verdict, and of fewer it is not.
    """

    now: Verdict
    witnesses: Mapping[Verdict, Facts]
    free: tuple[str, ...]
    moving: tuple[frozenset[str], ...]

    @property
    def settled(self) -> bool:
        """Whether no completion moves the verdict."""
        return set(self.witnesses) <= {self.now}


class Completions:
    """Completes the facts of one entity, for any number of conditions of one rulebook."""

    def __init__(self, facts: Facts, rulebook: Rulebook) -> None:
        self.facts, self.rulebook = facts, rulebook

    def of(self, condition: Condition) -> Completed:
        """What the condition can still become."""
        plain = bare(condition)
        space = _FreeSpace(plain, self.facts, self.rulebook)
        now = verdict(plain, self.facts, self.rulebook)
        reached = space.reach(frozenset(space.free))
        witnesses = {one: space.facts(choices) for one, choices in sorted(reached.items())}
        return Completed(now, witnesses, tuple(space.free), tuple(space.moving(now)) if set(reached) != {now} else ())

    def missing(self, condition: Condition, columns: Iterable[str]) -> tuple[str, ...]:
        """The facts and limits to ask for, of the columns that a condition depends on."""
        wanted = frozenset(columns)
        found: dict[str, None] = {}
        for leaf in leaves(bare(condition)):
            if column_of(leaf) in wanted:
                if isinstance(leaf, Limit):
                    found[column_of(leaf)] = None
                elif leaf_verdict(leaf, self.facts, self.rulebook) is Verdict.NEEDS_INFO:
                    found.update(dict.fromkeys(missing_facts(leaf, self.facts, self.rulebook)))
        return tuple(found)


class _FreeSpace:
    """The columns of a condition that a completion can say more of, and the classes of each."""

    def __init__(self, condition: Condition, facts: Facts, rulebook: Rulebook) -> None:
        self.condition, self.start, self.rulebook = condition, facts, rulebook
        self.own: dict[str, list[Leaf]] = {}
        for leaf in dict.fromkeys(leaves(condition)):
            self.own.setdefault(column_of(leaf), []).append(leaf)
        self.read = {leaf: leaf_verdict(leaf, facts, rulebook) for own in self.own.values() for leaf in own}
        self.classes: dict[str, list[tuple[Vector, Facts]]] = {}
        for name, own in self.own.items():
            found: dict[Vector, Facts] = {}
            for one in (facts, *_completed(name, own, facts, rulebook)):
                whole = one if one is facts else _derived(one, rulebook)
                if whole is not None:
                    found.setdefault(tuple(leaf_verdict(leaf, whole, rulebook) for leaf in own), whole)
            if len(found) > 1:
                self.classes[name] = list(found.items())
        # A column whose facts follow from another's moves with it: only whole derivations tell what can be.
        self.linked = [one.gives for one in rulebook.derivations if one.when is not None and one.gives in self.own]

    @property
    def free(self) -> tuple[str, ...]:
        """The columns that can still be read otherwise."""
        return tuple(self.classes)

    def facts(self, choices: Choices) -> Facts:
        """The facts of a completion."""
        found = self.start
        for name, index in choices.items():
            own = self.classes[name][index][1]
            found = _merged(found, own, self.start)
        return found

    def reach(self, columns: frozenset[str]) -> _Reached:
        """The verdicts to be had by saying more of those columns, each with a choice of classes that gives it."""
        if self.linked:
            return self._one_by_one(columns)
        return self._of(self.condition, columns, {})

    def moving(self, now: Verdict) -> Iterator[frozenset[str]]:
        """The smallest sets of columns that move the verdict, the fewest columns first."""
        found: list[frozenset[str]] = []
        for count in range(1, len(self.free) + 1):
            for chosen in combinations(self.free, count):
                own = frozenset(chosen)
                if not any(one <= own for one in found) and set(self.reach(own)) != {now}:
                    found.append(own)
                    yield own

    def _one_by_one(self, columns: frozenset[str]) -> _Reached:
        names = [name for name in self.free if name in columns]
        found: _Reached = {}
        for indices in product(*(range(len(self.classes[name])) for name in names)):
            choices = dict(zip(names, indices, strict=True))
            facts, clashes = derive(self.facts(choices).given, self.rulebook)
            if not clashes:
                found.setdefault(verdict(self.condition, facts, self.rulebook), choices)
        return found

    def _of(self, node: Condition, columns: frozenset[str], chosen: Choices) -> _Reached:
        """The verdicts of a part, where some columns have been chosen and others are free."""
        match node:
            case All(parts):
                return self._combined(parts, Verdict.ELIGIBLE, min, columns, chosen)
            case Any_(parts):
                return self._combined(parts, Verdict.INELIGIBLE, max, columns, chosen)
            case Not(part):
                return {NEGATED[one]: choices for one, choices in self._of(part, columns, chosen).items()}
            case leaf:
                name = column_of(leaf)
                if name in chosen:
                    return {self._at(leaf, name, chosen[name]): {}}
                if name not in columns:
                    return {self.read[leaf]: {}}
                found: _Reached = {}
                for index in range(len(self.classes[name])):
                    found.setdefault(self._at(leaf, name, index), {name: index})
                return found

    def _at(self, leaf: Leaf, name: str, index: int) -> Verdict:
        return self.classes[name][index][0][self.own[name].index(leaf)]

    def _combined(
        self,
        parts: Sequence[Condition],
        nothing: Verdict,
        choose: _Choose,
        columns: frozenset[str],
        chosen: Choices,
    ) -> _Reached:
        """Parts that share no free column are each other's strangers: whatever one reaches, the others can as well."""
        found: _Reached = {nothing: {}}
        for group in self._groups(parts, columns, chosen):
            own = self._together(group, nothing, choose, columns, chosen)
            both: _Reached = {}
            for (one, first), (other, second) in product(found.items(), own.items()):
                both.setdefault(choose(one, other), {**first, **second})
            found = both
        return found

    def _together(
        self, group: Sequence[Condition], nothing: Verdict, choose: _Choose, columns: frozenset[str], chosen: Choices
    ) -> _Reached:
        """Parts that share free columns: each class of one of these in turn, with which they come apart."""
        if len(group) == 1:
            return self._of(group[0], columns, chosen)
        counts: dict[str, int] = {}
        for part in group:
            for name in self._free_in(part, columns, chosen):
                counts[name] = counts.get(name, 0) + 1
        name = max(counts, key=lambda one: counts[one])
        found: _Reached = {}
        for index in range(len(self.classes[name])):
            own = self._combined(group, nothing, choose, columns, {**chosen, name: index})
            for one, choices in own.items():
                found.setdefault(one, {name: index, **choices})
        return found

    def _free_in(self, part: Condition, columns: frozenset[str], chosen: Choices) -> frozenset[str]:
        names = {column_of(leaf) for leaf in leaves(part)}
        return frozenset(name for name in names if name in self.classes and name in columns and name not in chosen)

    def _groups(self, parts: Sequence[Condition], columns: frozenset[str], chosen: Choices) -> list[list[Condition]]:
        """The parts, together where they share a free column."""
        groups: list[tuple[set[str], list[Condition]]] = []
        for part in parts:
            names, own = set(self._free_in(part, columns, chosen)), [part]
            apart = []
            for held, others in groups:
                if held & names:
                    names |= held
                    own = [*others, *own]
                else:
                    apart.append((held, others))
            groups = [*apart, (names, own)]
        return [own for _, own in groups]


def _derived(facts: Facts, rulebook: Rulebook) -> Facts | None:
    """The facts with all that follows from them; None where that contradicts what is given."""
    whole, clashes = derive(facts.given, rulebook)
    return None if clashes else whole


def _merged(found: Facts, own: Facts, start: Facts) -> Facts:
    """What one column says more than the start, put beside what others do."""
    values = {**found.values, **{name: value for name, value in own.values.items() if name not in start.values}}
    values |= {name: own.values[name] for name in start.values if own.values.get(name) != start.values[name]}
    whereabouts = own.whereabouts if own.whereabouts != start.whereabouts else found.whereabouts
    said = {name for name in own.values if own.values[name] != start.values.get(name) and name not in own.derived}
    derived = {name: id for name, id in {**found.derived, **own.derived}.items() if name not in said}
    return replace(
        found, values=values, whereabouts=whereabouts, derived=derived,
        limits={**found.limits, **own.limits},
    )  # fmt: skip


# What a column's facts can be completed to ----------------------------------------------------------------------------


def _completed(name: str, own: Sequence[Leaf], facts: Facts, rulebook: Rulebook) -> Iterator[Facts]:
    """The facts with more said of one column, enough to meet every class that its leaves tell apart."""
    match name:
        case "place":
            view = (rulebook, tuple(own))
            for whereabouts in completed_places(view, facts.whereabouts, facts.as_of):
                yield replace(facts, whereabouts=whereabouts)
        case "business":
            yield from (_with(facts, values) for values in _businesses(own, facts, rulebook))
        case _ if isinstance(own[0], Limit):
            if own[0].key not in facts.limits:
                yield from (replace(facts, limits={**facts.limits, own[0].key: kept}) for kept in (True, False))
        case _ if name in rulebook.facts:
            for value in _values(rulebook.facts[name], own, facts.values.get(name)):
                yield _with(facts, {name: value})


def _values(declaration: FactDeclaration, own: Sequence[Leaf], held: Value | None) -> Iterator[Value]:
    """The values that a fact can still have, enough to meet every class of them; none where it is known whole."""
    if isinstance(held, PartialSet):
        sets = [leaf.values for leaf in own if isinstance(leaf, OneOf)]
        yield from (held.yes | more for more in unions((one for one in declaration.values if one not in held.no), sets))
    elif isinstance(held, Interval):
        ends = replace(
            declaration,
            minimum=declaration.minimum if held.low is None else held.low,
            maximum=declaration.maximum if held.high is None else held.high,
        )
        for sample in fact_samples(ends, own):
            number = sample.values.get(declaration.name)
            if isinstance(number, Decimal) and held.holds(number):
                yield number
    elif held is None:
        yield from (sample.values[declaration.name] for sample in fact_samples(declaration, own) if sample.values)


def _with(facts: Facts, values: Mapping[str, Value]) -> Facts:
    """The facts with values in place of what was known, derived or not."""
    derived = {name: id for name, id in facts.derived.items() if name not in values}
    return replace(facts, values={**facts.values, **values}, derived=derived)


def _businesses(own: Sequence[Leaf], facts: Facts, rulebook: Rulebook) -> Iterator[Mapping[str, Value]]:
    """What can be said of sector and activities: finer sectors, and the activities that these can carry on."""
    sets = [leaf.activities for leaf in own if isinstance(leaf, Does)]
    sectors, activities = facts.values.get("sector"), facts.values.get("activities")
    if sectors is None and activities is None:
        yield from (sample.values for sample in any_business([(rulebook, tuple(own))]))
        return
    for codes in _finer_sectors(sectors, own, facts, rulebook):
        finer: dict[str, Value] = {} if codes is None else {"sector": codes}
        yield finer
        if not isinstance(activities, frozenset):
            known = activities if isinstance(activities, PartialSet) else PartialSet()
            possible = possible_activities(_with(facts, finer), rulebook) - known.no
            yield from ({**finer, "activities": known.yes | held} for held in unions(sorted(possible), sets))


def _finer_sectors(
    held: Value | None, own: Sequence[Leaf], facts: Facts, rulebook: Rulebook
) -> Iterator[tuple[str, ...] | None]:
    """The sectors as they are, and every way to say them more finely that the leaves tell apart."""
    reading = [leaf for leaf in own if isinstance(leaf, (Does, InSector))]
    without = {name: value for name, value in facts.values.items() if name != "activities"}

    def told_apart(codes: Iterable[str]) -> list[str]:
        found: dict[object, str] = {}
        for code in codes:
            alone = replace(facts, values={**without, "sector": (code,)})
            carried = possible_activities(alone, rulebook) & frozenset().union(
                *(leaf.activities for leaf in reading if isinstance(leaf, Does))
            )
            found.setdefault((tuple(leaf_verdict(leaf, alone, rulebook) for leaf in reading), carried), code)
        return list(found.values())

    every = list(sector_codes([rulebook]))
    if not isinstance(held, tuple):
        yield None
        yield from ((code,) for code in told_apart(every))
        return
    lies_in = rulebook.sectors.lies_in
    options = [told_apart([str(code), *(one for one in every if lies_in(one, str(code)))]) for code in held]
    yield from product(*options)
