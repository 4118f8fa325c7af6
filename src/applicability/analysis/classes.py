"""Equivalence classes of values under a set of conditions: finitely many for each fact.

A column is a fact, or facts that are read together: a place (city, district, zones and zone types), a business (sector
and activities), any other single fact, or a finding. A leaf reads one column. Two values of a column are in one class
if every leaf gives them the same verdict, so one sample represents the class. The verdicts come from `model.evaluate`,
so nothing is decided here that is not decided there.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from applicability.lazy_dataclass import dataclass, field, replace
from applicability.model.conditions import Does, InSector, Leaf, Number, OneOf
from applicability.model.evaluate import leaf_verdict
from applicability.model.facts import FactDeclaration, Facts, NotRead, Value
from applicability.model.frozen import FrozenDict
from applicability.model.leaf_kinds import LIMITS
from applicability.model.partial import Interval
from applicability.model.places import Whereabouts
from applicability.model.rulebook import Rulebook
from applicability.model.verdict import Verdict

Vector = tuple[Verdict, ...]
# A rulebook and some of its leaves; several views are read side by side when rulebooks are compared.
View = tuple[Rulebook, tuple[Leaf, ...]]
_NOWHERE = Whereabouts()


@dataclass(frozen=True)
class Sample:
    """A value of a column: as a profile would give it (empty if missing), and as facts hold it.

    A number that stands for others has all of them as its `span`.
    """

    given: Mapping[str, object] = field(default_factory=FrozenDict)
    values: Mapping[str, Value] = field(default_factory=FrozenDict)
    whereabouts: Whereabouts = _NOWHERE
    day: datetime.date | None = None
    findings: Mapping[str, bool] = field(default_factory=FrozenDict)
    limits: Mapping[str, bool | None] = field(default_factory=FrozenDict)
    span: Interval | None = None


@dataclass(frozen=True)
class ValueClass:
    """A class of values: a sample, and the verdict of each leaf in order."""

    sample: Sample
    vector: Vector


@dataclass(frozen=True)
class Column:
    """A column as some leaves read it, with a class for every reachable vector."""

    name: str
    leaves: tuple[Leaf, ...]
    classes: tuple[ValueClass, ...]


def facts_of(samples: Iterable[Sample], day: datetime.date) -> Facts:
    """The facts of an entity with one sample per column; the day is the samples', else the one given."""
    values: dict[str, Value] = {}
    findings: dict[str, bool] = {}
    limits: dict[str, bool | None] = {}
    whereabouts = _NOWHERE
    for sample in samples:
        values.update(sample.values)
        findings.update(sample.findings)
        limits.update(sample.limits)
        if sample.whereabouts is not _NOWHERE and sample.whereabouts != _NOWHERE:
            whereabouts = sample.whereabouts
        day = sample.day or day
    return Facts(values, whereabouts, day, findings, limits=limits)


def given_by(samples: Iterable[Sample]) -> dict[str, object]:
    """The profile of an entity with those samples."""
    given: dict[str, object] = {}
    for sample in samples:
        for name, value in sample.given.items():
            held = given.get(name)
            given[name] = {**held, **value} if isinstance(held, dict) and isinstance(value, dict) else value
    return given


def vector_of(sample: Sample, views: Sequence[View], day: datetime.date) -> Vector:
    """The verdicts of the leaves of every view on a sample, concatenated."""
    found: list[Verdict] = []
    for book, leaves in views:
        # Separate for each rulebook: facts cache places by its gazetteer.
        facts = Facts(sample.values, sample.whereabouts, sample.day or day, sample.findings, limits=sample.limits)
        found += [leaf_verdict(leaf, facts, book) for leaf in leaves]
    return tuple(found)


def classes(samples: Iterable[Sample], views: Sequence[View], day: datetime.date) -> tuple[ValueClass, ...]:
    """The classes of the samples, each with its first sample."""
    found: dict[Vector, Sample] = {}
    for sample in samples:
        found.setdefault(vector_of(sample, views, day), sample)
    return tuple(ValueClass(sample, vector) for vector, sample in found.items())


# Samples of a column, simplest first ---------------------------------------------------------------------------------


def shared(declarations: Sequence[FactDeclaration]) -> FactDeclaration:
    """A declaration with the values and the range that all of them allow: what every rulebook can read."""
    first, *rest = declarations
    values = {key: one for key, one in first.values.items() if all(key in other.values for other in rest)}
    lows = [one.minimum for one in declarations if one.minimum is not None]
    highs = [one.maximum for one in declarations if one.maximum is not None]
    return replace(first, values=values, minimum=max(lows, default=None), maximum=min(highs, default=None))


def fact_samples(declaration: FactDeclaration, leaves: Iterable[Leaf]) -> Iterator[Sample]:
    """Samples that cover every class of one fact, the missing value first."""
    name = declaration.name
    yield Sample()
    if declaration.type in ("percent", "number"):
        limits = {limit for leaf in leaves if isinstance(leaf, Number) for _, limit in leaf.bounds}
        for number, span in _numbers(declaration, limits):
            yield Sample({name: _plain(number)}, {name: number}, span=span)
    elif declaration.type in ("choice", "boolean"):
        for value in declaration.values or ("true", "false"):
            yield Sample({name: value}, {name: value})
    elif declaration.type == "choices":
        sets = [leaf.values for leaf in leaves if isinstance(leaf, OneOf)]
        for held in unions(declaration.values, sets):
            yield Sample({name: sorted(held)}, {name: frozenset(held)})


def finding_samples(key: str) -> Iterator[Sample]:
    """Samples of a finding: missing, granted, refused."""
    yield Sample()
    for granted in (True, False):
        yield Sample({"determinations": {key: granted}}, findings={key: granted})


def limit_samples(key: str) -> Iterator[Sample]:
    """Samples of a limit: unstated, which counts as kept; not kept; a cell that is neither yes nor no."""
    yield Sample()
    yield Sample({LIMITS: {key: False}}, limits={key: False})
    yield Sample({LIMITS: {key: NotRead.UNKNOWN}}, limits={key: None})


def business_samples(views: Sequence[View]) -> Iterator[Sample]:
    """Samples of business: sectors, alone and combined, sets of activities, and both; all known to every view."""
    every = [leaf for _, leaves in views for leaf in leaves]
    sets = [leaf.activities for leaf in every if isinstance(leaf, Does)]
    known = [book.sectors.activities for book, _ in views]
    held_by_all = [one for one in known[0] if all(one in other for other in known)]
    activities = [Sample({"activities": sorted(held)}, {"activities": held}) for held in unions(held_by_all, sets)]
    sectors = list(_sector_samples(views))
    yield Sample()
    yield from activities
    yield from sectors
    if any(isinstance(leaf, InSector) for leaf in every):
        for sector in sectors:
            for own in activities:
                yield Sample({**sector.given, **own.given}, {**sector.values, **own.values})


def unions(values: Iterable[str], sets: Sequence[frozenset[str]]) -> Iterator[frozenset[str]]:
    """Sets of values, one for each way to intersect some of the sets and not the others; empty first, then by size.

    >>> [sorted(held) for held in unions("abc", [frozenset("ab"), frozenset("b")])]
    [[], ['a'], ['b']]
    """
    kinds: dict[frozenset[int], str] = {}
    for value in values:
        met = frozenset(index for index, wanted in enumerate(sets) if value in wanted)
        kinds.setdefault(met, value)
    seen: dict[frozenset[int], frozenset[str]] = {frozenset(): frozenset()}
    frontier = list(seen.items())
    while frontier:
        grown = []
        for met, held in frontier:
            for more, value in kinds.items():
                both = met | more
                if both not in seen:
                    seen[both] = held | {value}
                    grown.append((both, seen[both]))
        frontier = grown
    yield from seen.values()


def _sector_samples(views: Sequence[View]) -> Iterator[Sample]:
    """Sectors for every vector that leaves can give, and pairs of sectors where those give a new vector."""
    reading = [(book, tuple(leaf for leaf in own if isinstance(leaf, (Does, InSector)))) for book, own in views]
    day = datetime.date.min
    alone: dict[Vector, tuple[str, ...]] = {}
    for code in sector_codes([book for book, _ in views]):
        alone.setdefault(vector_of(_of_sectors((code,)), reading, day), (code,))
    seen = dict(alone)
    frontier = list(alone.items())
    while frontier:
        grown = []
        for one, codes in frontier:
            for other, more in alone.items():
                both = tuple(map(max, one, other))  # any of several sectors is enough
                if both not in seen:
                    seen[both] = (*codes, *more)
                    grown.append((both, seen[both]))
        frontier = grown
    for codes in seen.values():
        yield _of_sectors(codes)


def sector_codes(rulebooks: Sequence[Rulebook]) -> Iterator[str]:
    """Every code that all the tables list, and one unlisted code under each division and group."""
    tables = [rulebook.sectors.codes for rulebook in rulebooks]
    for code in tables[0]:
        if not all(code in table for table in tables):
            continue
        yield code
        if code.isdigit() and len(code) < 4:
            unlisted = (code + digit for digit in "9876543210")
            yield from [one for one in unlisted if not any(one in table for table in tables)][:1]


def _of_sectors(codes: tuple[str, ...]) -> Sample:
    return Sample({"sector": list(codes)}, {"sector": codes})


def _numbers(declaration: FactDeclaration, limits: set[Decimal]) -> Iterator[tuple[Decimal, Interval | None]]:
    """Every limit, a number between each two, and one beyond the first and the last, within the fact's range."""
    low, high = declaration.ends
    # A limit out of range is never met.
    inside = {one for one in limits if (low is None or low <= one) and (high is None or one <= high)}
    points = sorted(inside | {one for one in (low, high) if one is not None}) or [Decimal(0)]
    for point in points:
        yield point, None
    for point, after in pairwise(points):
        yield (point + after) / 2, Interval(point, True, after, True)
    if low is None:
        yield points[0] - 1, Interval(high=points[0], high_open=True)
    if high is None:
        yield points[-1] + 1, Interval(low=points[-1], low_open=True)


def within(samples: Iterable[Sample], held: Value | None) -> Iterator[Sample]:
    """The samples of a number that it could still be; all where nothing is known of it.

    A sample that stands for others stands for as many of them as lie within what is known.
    """
    for sample in samples:
        number = next(iter(sample.values.values()), None)
        if not isinstance(held, Interval) or not isinstance(number, Decimal):
            yield sample
        elif sample.span is None:
            yield from (sample,) if held.holds(number) else ()
        else:
            both = held.meet(sample.span)
            if not both.empty:
                inside = _middle(both)
                (name,) = sample.values
                yield replace(sample, given={name: _plain(inside)}, values={name: inside}, span=both)


def _middle(numbers: Interval) -> Decimal:
    """A number within bounds."""
    if numbers.low is None:
        return Decimal(0) if numbers.high is None else numbers.high - 1
    return numbers.low + 1 if numbers.high is None else (numbers.low + numbers.high) / 2


def _plain(number: Decimal) -> int | str:
    """As a profile would write it; a fraction as text, to avoid binary floats."""
    return int(number) if number == number.to_integral_value() else format(number, "f")


def intervals(samples: Iterable[Sample]) -> tuple[Interval, ...]:
    """The numbers that the samples represent, as the fewest intervals."""
    parts: list[Interval] = []
    for one in samples:
        (value,) = one.values.values()
        if isinstance(value, Decimal):
            span = one.span
            parts.append(Interval(value, False, value, False) if span is None else span)
    parts.sort(key=lambda part: (part.low is not None, part.low or Decimal(0), part.low_open))
    joined: list[Interval] = parts[:1]
    for _, part in pairwise(parts):
        last = joined[-1]
        if last.high is not None and last.high == part.low and not (last.high_open and part.low_open):
            joined[-1] = Interval(last.low, last.low_open, part.high, part.high_open)
        else:
            joined.append(part)
    return tuple(joined)
