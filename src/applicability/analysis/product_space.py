"""The product of the value classes of the columns that some conditions read.

A cell is one class of every column. A condition has one verdict for all entities in a cell, so enumerating the cells
covers all entities. Several rulebooks can share one space, to be compared cell by cell.
"""

from __future__ import annotations

import datetime
import itertools
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain, product

from applicability.analysis.classes import (
    Column,
    Sample,
    ValueClass,
    Vector,
    View,
    business_samples,
    classes,
    fact_samples,
    facts_of,
    finding_samples,
    given_by,
    limit_samples,
    shared,
    vector_of,
)  # fmt: skip
from applicability.analysis.compiled_conditions import compiled
from applicability.analysis.place_answers import PlaceAnswers, SharedAnswers
from applicability.analysis.place_classes import PlaceLeaves, days_of, place_samples
from applicability.lazy_dataclass import dataclass, replace
from applicability.model.conditions import All, Any_, Condition, Leaf, Limit, Not, bare, bare_leaf, fold, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import verdict
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import BUSINESS, PLACE, column_of, limit_key
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

# A rulebook, and a condition of it; None where it gives no verdict (the row does not exist, or binds authorities only).
Layer = tuple[Rulebook, Condition | None]
Decide = Callable[[Vector], Verdict | None]
CellVerdicts = tuple[Verdict | None, ...]
# A sample of a column, and the day on which it applies; None for the day asked about.
_Dated = tuple[Sample, datetime.date | None]


@dataclass(frozen=True)
class Cell:
    """One class of every column: the samples, and the verdict of every layer."""

    samples: tuple[Sample, ...]
    verdicts: CellVerdicts

    def given(self) -> dict[str, object]:
        """A profile in the cell."""
        return given_by(self.samples)

    def facts(self, day: datetime.date) -> Facts:
        """The facts of an entity in the cell, before derivations."""
        return facts_of(self.samples, day)


@dataclass(frozen=True)
class ProductSpace:
    """The columns that conditions read, and their product. `day` applies where no sample has one."""

    layers: tuple[Layer, ...]
    columns: tuple[Column, ...]
    day: datetime.date

    @property
    def size(self) -> int:
        """The number of cells."""
        return math.prod(len(column.classes) for column in self.columns)

    def cells(self) -> Iterator[Cell]:
        """All cells that a profile can be in, simplest first in every column."""
        for samples, verdicts in self.walk():
            yield Cell(samples(), verdicts)

    def walk(self) -> Iterator[tuple[Callable[[], tuple[Sample, ...]], CellVerdicts]]:
        """The verdicts of all cells, each with a function that makes its samples, since few are looked at."""
        if self.linked:
            for cell in self._derived_cells():
                yield partial(_itself, cell.samples), cell.verdicts
            return
        deciders = self.deciders()
        *outer, inner = [column.classes for column in self.columns] or [(ValueClass(Sample(), ()),)]
        for combination in product(*outer):
            start: Vector = tuple(chain.from_iterable([one.vector for one in combination]))
            for last in inner:
                vector = start + last.vector
                yield partial(_samples, combination, last), tuple([decide(vector) for decide in deciders])

    def walk_merged(self) -> Iterator[tuple[Callable[[], tuple[Sample, ...]], CellVerdicts, int]]:
        """As `walk`, but cells that no condition can tell apart come once, as the first of them, with their number.

        Many places give the scope of a row the same verdict in different ways, and no other part of it asks for the
        place: they need to be gone through as one.
        """
        if self.linked:
            yield from ((samples, verdicts, 1) for samples, verdicts in self.walk())
            return
        merged = [self._merged(column) for column in self.columns]
        first = replace(
            self,
            columns=tuple(
                replace(column, classes=tuple(one for one, _ in own))
                for column, own in zip(self.columns, merged, strict=True)
            ),
        )
        counts = product(*([count for _, count in own] for own in merged))
        for (samples, verdicts), count in zip(first.walk(), counts, strict=True):
            yield samples, verdicts, math.prod(count)

    def _merged(self, column: Column) -> list[tuple[ValueClass, int]]:
        """The classes of a column, those as one that give each part of a condition that reads it alone one verdict."""
        views = _views(self.layers, column.name)
        keys = ((index, leaf) for index, (_, own) in enumerate(views) for leaf in own)
        position = {key: number for number, key in enumerate(keys)}

        def at(index: int) -> Callable[[Leaf], int]:
            return lambda leaf: position[index, leaf]

        parts = [
            compiled(part, at(index))
            for index, (_, condition) in enumerate(self.layers)
            for part in (_parts_alone(bare(condition), column.name) if condition is not None else ())
        ]
        found: dict[object, tuple[ValueClass, int]] = {}
        for one in column.classes:
            key = tuple([part(one.vector) for part in parts])
            kept, count = found.get(key, (one, 0))
            found[key] = kept, count + 1
        return list(found.values())

    def deciders(self) -> list[Decide]:
        """For each layer a function from a cell's vector (the columns' vectors concatenated) to the verdict."""
        position: dict[tuple[int, Leaf], int] = {}
        count = 0
        for column in self.columns:
            for index, own in enumerate(_views(self.layers, column.name)):
                for leaf in own[1]:
                    position[index, leaf] = count
                    count += 1
        return [_decider(condition, index, position) for index, (_, condition) in enumerate(self.layers)]

    @property
    def linked(self) -> bool:
        """Whether facts that the columns read are derived from others, so that some combinations are impossible."""
        return any(_derivations(book, {column.name for column in self.columns}) for book, _ in self.layers)

    def _derived_cells(self) -> Iterator[Cell]:
        for combination in product(*(column.classes for column in self.columns)):
            samples = tuple(one.sample for one in combination)
            facts = facts_of(samples, self.day)
            found: list[Verdict | None] = []
            for book, condition in self.layers:
                whole, clashes = derive(replace(facts), book)
                if clashes:
                    break
                found.append(None if condition is None else verdict(condition, whole, book))
            else:
                yield Cell(samples, tuple(found))


class ProductSpaces:
    """Builds spaces over one or several rulebooks, and caches what they share.

    On the day asked about, or, with `any_day`, on every day that the register distinguishes. Raises TooManyAnswersError
    where it takes more answers about places than allowed, in all spaces together.
    """

    def __init__(self, day: datetime.date, *, any_day: bool = False, answers: int | None = None) -> None:
        self.day = day
        self.any_day = any_day
        self._places: dict[object, list[_Dated]] = {}
        self._answers = SharedAnswers(answers)
        self._verdicts: dict[object, Vector] = {}

    def of(self, *layers: Layer, every_limit: bool = False) -> ProductSpace:
        """The space that the conditions of those layers read.

        Of limits that always stand side by side one takes all values and the others are left unsaid, unless
        `every_limit`.
        """
        conditions = [condition for _, condition in layers if condition is not None]
        names = {column_of(leaf): None for condition in conditions for leaf in leaves(condition)}
        alone = _told_apart(conditions)
        # What a fact is derived from is a column too.
        while more := [name for book, _ in layers for name in _behind(book, set(names)) if name not in names]:
            names.update(dict.fromkeys(more))
        columns = tuple(
            self._column(name, layers, unsaid=not every_limit and limit_key(name) is not None and name not in alone)
            for name in sorted(names, key=_rank)
        )
        return ProductSpace(layers, columns, self.day)

    def column(self, rulebook: Rulebook, name: str, own: tuple[Leaf, ...]) -> Column:
        """The classes of one column of one rulebook, as some leaves read it."""
        view = (rulebook, tuple(bare_leaf(leaf) for leaf in own))
        samples = (sample for sample, _ in self._samples(name, [view]))
        return Column(name, own, classes(samples, [view], self.day))

    def _column(self, name: str, layers: Sequence[Layer], unsaid: bool = False) -> Column:
        views = _views(layers, name)
        told_apart = [*views, *(view for view in _behind_views(layers, name) if view[1])]
        samples = [(Sample(), None)] if unsaid else self._samples(name, told_apart)
        width = sum(len(own) for _, own in views)
        linked = any(one.gives == name for book, _ in layers for one in book.derivations if one.when)
        found: dict[object, ValueClass] = {}
        for sample, day in samples:
            vector = self._vector(name, sample, told_apart, day or self.day)
            # A derived value can contradict any given value, whether a leaf distinguishes it or not.
            key: object = (vector, repr(sample.values)) if linked else vector
            if key not in found:
                on_day = sample if day is None else replace(sample, given={**sample.given, "as_of": day}, day=day)
                found[key] = ValueClass(on_day, vector[:width])
        return Column(name, tuple(leaf for _, own in views for leaf in own), tuple(found.values()))

    def _vector(self, name: str, sample: Sample, views: Sequence[View], day: datetime.date) -> Vector:
        """The verdicts of the leaves of every view; those of an official step are the same for many rows."""
        if name != PLACE:
            return vector_of(sample, views, day)
        found: list[Verdict] = []
        for book, own in views:
            read = PlaceLeaves(book, own)
            for leaf in own:
                key = (id(book), read.reads(leaf), sample.whereabouts, day)
                if key not in self._verdicts:
                    self._verdicts[key] = vector_of(sample, [(book, (leaf,))], day)
                found += self._verdicts[key]
        return tuple(found)

    def _samples(self, name: str, views: Sequence[View]) -> list[_Dated]:
        """Samples that cover every class of a column, each on the latest day on which it is met."""
        if name == PLACE:
            return self._place(views)
        return [(sample, None) for sample in self._undated(name, views)]

    def _undated(self, name: str, views: Sequence[View]) -> Iterable[Sample]:
        if name == BUSINESS:
            return business_samples(views)
        key = limit_key(name)
        if key is not None:
            return limit_samples(key)
        declared = [book.facts[name] for book, _ in views if name in book.facts]
        if declared:
            return fact_samples(shared(declared), [leaf for _, own in views for leaf in own])
        return finding_samples(name)

    def _place(self, views: Sequence[View]) -> list[_Dated]:
        """Rows that test the same places, types and entries have the same classes, so these samples are shared."""
        key = tuple((id(book), PlaceLeaves(book, own).key) for book, own in views)
        if key not in self._places:
            days = days_of(views) if self.any_day else ()
            answers = PlaceAnswers(views, days or (self.day,), self._answers)
            latest = answers.latest_of_each(place_samples(views, answers))
            self._places[key] = [(sample, day if days else None) for sample, day in latest]
        return self._places[key]


def _itself(samples: tuple[Sample, ...]) -> tuple[Sample, ...]:
    return samples


def _samples(combination: tuple[ValueClass, ...], last: ValueClass) -> tuple[Sample, ...]:
    return (*(one.sample for one in combination), last.sample)


def _parts_alone(condition: Condition, name: str) -> Iterator[Condition]:
    """The largest parts of a condition that read that column and no other."""
    read = {column_of(leaf) for leaf in leaves(condition)}
    if read == {name}:
        yield condition
    elif name in read:
        match condition:
            case All(parts) | Any_(parts):
                alone = tuple(part for part in parts if {column_of(leaf) for leaf in leaves(part)} == {name})
                if alone:
                    yield type(condition)(alone)
                for part in parts:
                    if part not in alone:
                        yield from _parts_alone(part, name)
            case Not(part):
                yield from _parts_alone(part, name)


def _decider(condition: Condition | None, layer: int, position: dict[tuple[int, Leaf], int]) -> Decide:
    if condition is None:
        return lambda vector: None
    return compiled(bare(condition), lambda leaf: position[layer, leaf])


def _told_apart(conditions: Sequence[Condition]) -> frozenset[str]:
    """One representative of each set of limits that always occur side by side.

    Only the lowest of them matters, so one of them takes all the values that they take together.
    """
    stands: dict[str, list[int]] = {}
    count = itertools.count()

    def settle(names: frozenset[str], together: bool) -> frozenset[str]:
        position = next(count)
        for name in sorted(names):
            stands.setdefault(name, []).append(position if together else next(count))
        return frozenset()

    for condition in conditions:
        left = fold(
            condition,
            lambda leaf: frozenset((column_of(leaf),)) if isinstance(leaf, Limit) else frozenset(),
            lambda parts: settle(frozenset().union(*parts), True),
            lambda parts: settle(frozenset().union(*parts), False),
            lambda _, part: settle(part, False),
        )
        settle(left, False)
    return frozenset({tuple(positions): name for name, positions in stands.items()}.values())


def _rank(name: str) -> tuple[int, str]:
    return ({PLACE: 0, BUSINESS: 1}.get(name, 2), name)


def _views(layers: Sequence[Layer], name: str) -> list[View]:
    """The leaves of a column in each layer's condition."""
    found: list[View] = []
    for book, condition in layers:
        own = [bare_leaf(leaf) for leaf in leaves(condition)] if condition is not None else []
        found.append((book, tuple(dict.fromkeys(leaf for leaf in own if column_of(leaf) == name))))
    return found


def _behind_views(layers: Sequence[Layer], name: str) -> list[View]:
    """The leaves of a column in the derivations of each layer's rulebook."""
    return [
        (
            book,
            tuple(
                bare_leaf(leaf)
                for one in book.derivations
                if one.when is not None
                for leaf in leaves(one.when)
                if column_of(leaf) == name
            ),
        )
        for book, _ in layers
    ]


def _derivations(book: Rulebook, names: set[str]) -> list[str]:
    """The ids of the conditional derivations that give one of the columns."""
    return [one.id for one in book.derivations if one.when is not None and one.gives in names]


def _behind(book: Rulebook, names: set[str]) -> list[str]:
    """The columns that the derivations of those columns read."""
    conditions = [one.when for one in book.derivations if one.when is not None and one.gives in names]
    return [column_of(leaf) for when in conditions for leaf in leaves(when)]
