"""Times deciding companies in memory, against alternatives: `python benchmarks/screen.py [--companies 1000000]`.

All methods run on the same generated companies, realistic ones and ones that are all distinct to the rules. The masks
start from class codes, as NumPy and one of two Polars methods do; every other method is given the verdict of each leaf
on each company. Slow methods get fewer companies. Every method must give the same verdicts.
`benchmarks/screen_registers.py` times whole registers.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
from company_table import COMPANY, SEED, Register
from numpy.typing import NDArray
from zen_rules import decision_of, verdict_text

from applicability import Rulebook, load_rulebook
from applicability.api import screener
from applicability.bulk.engine.decide import Decider
from applicability.bulk.engine.groups import conditions_of
from applicability.bulk.engine.minmax_terms import ClassTable, LeafPlaces
from applicability.bulk.engine.row_profiles import profile_of
from applicability.engines import EngineName
from applicability.engines.select import engine_of, forward_names
from applicability.export.expressions import Greatest, LeafVerdict, Least, Opposite, VerdictExpression
from applicability.loading.profile.reader import read_facts
from applicability.model.conditions import All, Any_, Condition, Leaf, Not, leaves
from applicability.model.measure import Measure
from applicability.model.profile import Profile

DAY = datetime.date(2026, 11, 1)
Verdicts = NDArray[np.uint8]  # shape (measures, companies)


@dataclass(frozen=True)
class Companies:
    """Generated companies, as class codes and as the verdicts of each leaf."""

    name: str
    book: Rulebook
    rows: list[dict[str, Any]]  # the first of them, as profiles
    decider: Decider
    codes: list[NDArray[np.int32]]
    table: ClassTable

    @property
    def count(self) -> int:
        """The number of companies."""
        return len(self.codes[0])

    def leaf(self, leaf: Leaf, count: int) -> Verdicts:
        """The verdicts of a leaf on the first companies (uint8, shape (count,))."""
        group, place = self.table.place(leaf)
        return np.ascontiguousarray(self.table.vectors[group][:, place])[self.codes[group][:count]]


def made(book: Rulebook, count: int, *, distinct: bool) -> Companies:
    """Generates and encodes companies, without unreadable ones."""
    register = Register(book, SEED, distinct=distinct)
    batches = list(register.batches(count))
    whole = pa.Table.from_batches(batches)
    facts = [name for name in whole.column_names if name != COMPANY]
    screen = screener(facts, book, as_of=DAY)
    coded = [screen.encode(batch) for batch in batches]
    codes = [np.concatenate(column) for column in zip(*(one.codes for one in coded), strict=True)]
    readable = np.logical_and.reduce([column != 0 for column in codes])
    codes = [np.ascontiguousarray(column[readable]) for column in codes]
    first = whole.slice(0, 3000).select(facts).filter(pa.array(readable[:3000])).to_pylist()
    decider = screen.decider(coded[-1])
    name = "each unlike any other" if distinct else "as a register holds them"
    return Companies(name, book, [profile_of(row) for row in first], decider, codes, decider.table)


def median_time(what: Callable[[], object], runs: int) -> float:
    """The median time of some runs, in seconds."""
    found = []
    for _ in range(runs):
        started = time.perf_counter()
        what()
        found.append(time.perf_counter() - started)
    return statistics.median(found)


# Methods -------------------------------------------------------------------------------------------------------------


def by_masks(told: Companies, threads: int) -> Verdicts:
    """Bit masks, and from them every verdict."""
    decided = told.decider.decide(told.codes, threads)
    return np.stack([decided.verdicts(index) for index in range(len(decided.measures))])


def places(told: Companies) -> dict[tuple[int, int], Leaf]:
    """The leaves, one per distinct test, by their position in the class table."""
    found: dict[tuple[int, int], Leaf] = {}
    for _, condition in conditions_of(told.book):
        for leaf in leaves(condition):
            found.setdefault(told.table.place(leaf), leaf)
    return found


def written(condition: Condition, name: Callable[[Leaf], str], least: str, most: str) -> str:
    """A condition as an expression over the verdicts of its leaves."""
    match condition:
        case All(parts) | Any_(parts) if len(parts) == 1:
            return written(parts[0], name, least, most)
        case All(parts):
            return f"{least}({', '.join(written(part, name, least, most) for part in parts)})"
        case Any_(parts):
            return f"{most}({', '.join(written(part, name, least, most) for part in parts)})"
        case Not(part):
            return f"(4 - {written(part, name, least, most)})"
        case _:
            return name(condition)


def named(told: Companies) -> Callable[[Leaf], str]:
    """A name for each leaf."""
    numbers = {place: f"leaf{number}" for number, place in enumerate(places(told))}
    return lambda leaf: numbers[told.table.place(leaf)]


def columns(told: Companies, count: int) -> dict[str, Verdicts]:
    """The verdicts of each leaf on the first companies, by leaf name."""
    name = named(told)
    return {name(leaf): told.leaf(leaf, count) for leaf in places(told).values()}


def by_numpy(told: Companies, count: int) -> Callable[[], Verdicts]:
    """NumPy, rule by rule."""
    name = named(told)

    def combined(condition: Condition, held: dict[str, Verdicts]) -> Verdicts:
        match condition:
            case All(parts) | Any_(parts):
                whole = combined(parts[0], held)
                for part in parts[1:]:
                    whole = (np.minimum if isinstance(condition, All) else np.maximum)(whole, combined(part, held))
                return whole
            case Not(part):
                return (4 - combined(part, held)).astype(np.uint8)
            case _:
                return held[name(condition)]

    def run() -> Verdicts:
        held = columns(told, count)
        return np.stack([combined(condition, held) for _, condition in conditions_of(told.book)])

    return run


def by_polars(told: Companies, count: int, *, ready: bool) -> Callable[[], Verdicts]:
    """Polars expressions, over leaf columns (`ready`) or from class codes like the masks."""
    name, table = named(told), told.table
    codes = {f"group{number}": column[:count] for number, column in enumerate(told.codes)}
    frame = pl.DataFrame(columns(told, count) if ready else codes)

    def leaf_of(leaf: Leaf) -> pl.Expr:
        if ready:
            return pl.col(name(leaf))
        group, place = table.place(leaf)
        return pl.lit(pl.Series(np.ascontiguousarray(table.vectors[group][:, place]))).gather(pl.col(f"group{group}"))

    def expression(condition: Condition) -> pl.Expr:
        match condition:
            case All(parts):
                return pl.min_horizontal([expression(part) for part in parts])
            case Any_(parts):
                return pl.max_horizontal([expression(part) for part in parts])
            case Not(part):
                return (4 - expression(part)).cast(pl.UInt8)
            case _:
                return leaf_of(condition)

    wanted = [expression(each).alias(str(number)) for number, (_, each) in enumerate(conditions_of(told.book))]
    return lambda: np.stack([column.to_numpy() for column in frame.lazy().select(wanted).collect().get_columns()])


def by_duckdb(told: Companies, count: int) -> Callable[[], Verdicts]:
    """SQL in DuckDB over leaf columns."""
    name = named(told)
    database = duckdb.connect()
    database.execute("SET threads = 2")
    database.register("arrow", pa.table(columns(told, count)))
    database.execute("CREATE TABLE companies AS SELECT * FROM arrow")
    asked = [
        f"{written(each, name, 'least', 'greatest')} AS m{number}"
        for number, (_, each) in enumerate(conditions_of(told.book))
    ]
    query = f"SELECT {', '.join(asked)} FROM companies"
    return lambda: np.stack([np.asarray(column, np.uint8) for column in database.execute(query).fetchnumpy().values()])


def by_loop(told: Companies, count: int) -> Callable[[], Verdicts]:
    """A plain Python loop: for each company and measure, minima and maxima of leaf verdicts."""
    name = named(told)
    rows = list(zip(*(column.tolist() for column in columns(told, count).values()), strict=True))
    number = {one: place for place, one in enumerate(columns(told, 1))}

    def read(condition: Condition, row: Sequence[int]) -> int:
        match condition:
            case All(parts):
                return min(read(part, row) for part in parts)
            case Any_(parts):
                return max(read(part, row) for part in parts)
            case Not(part):
                return 4 - read(part, row)
            case _:
                return row[number[name(condition)]]

    measures = [condition for _, condition in conditions_of(told.book)]
    return lambda: np.array([[read(each, row) for each in measures] for row in rows], np.uint8).T


def by_generated(told: Companies, count: int) -> Callable[[], Verdicts]:
    """Python generated from the rules: one function of all leaves."""
    name = named(told)
    held = columns(told, count)
    rows = list(zip(*(column.tolist() for column in held.values()), strict=True))
    wanted = ", ".join(written(condition, name, "min", "max") for _, condition in conditions_of(told.book))
    space: dict[str, Any] = {}
    exec(f"def decided({', '.join(held)}): return ({wanted})", space)
    decided = space["decided"]
    return lambda: np.array([decided(*row) for row in rows], np.uint8).T


def by_zen(told: Companies, count: int) -> Callable[[], Verdicts]:
    """zen-engine: one decision with an expression for each measure."""
    name = named(told)
    rows = [dict(zip(columns(told, 1), row, strict=True))
            for row in zip(*(column.tolist() for column in columns(told, count).values()), strict=True)]  # fmt: skip

    def combined(condition: Condition) -> VerdictExpression:
        match condition:
            case All(parts):
                return Least(tuple(map(combined, parts)))
            case Any_(parts):
                return Greatest(tuple(map(combined, parts)))
            case Not(part):
                return Opposite(combined(part))
            case _:
                return LeafVerdict(name(condition))

    asked = {
        f"m{number}": verdict_text(combined(each), {}) for number, (_, each) in enumerate(conditions_of(told.book))
    }
    decision = decision_of(asked)

    def run() -> Verdicts:
        found = [decision.evaluate(row)["result"] for row in rows]
        return np.array([[int(one[key]) for key in asked] for one in found], np.uint8).T

    return run


def by_facts(told: Companies, count: int, engine: EngineName) -> Callable[[], Verdicts]:
    """One company at a time by an engine of `check`, from parsed facts."""
    facts = [read_facts(Profile.of(row), told.book, DAY) for row in told.rows[:count]]
    keys = [(measure.document, measure.row, "measure") for measure, _ in conditions_of(told.book)]

    def run() -> Verdicts:
        found = []
        for one in facts:
            verdicts = engine_of(told.book, engine).decide(one).verdicts
            found.append([int(verdicts[key]) for key in keys])
        return np.array(found, np.uint8).T

    return run


def compare(told: Companies, runs: int) -> None:
    """Runs every method on the same companies."""
    count = told.count
    expected = by_masks(told, 2)
    print(f"\n{count:,} companies {told.name}, {expected.shape[0]} measures")
    methods: list[tuple[str, int, Callable[[], object], bool]] = [
        ("bit masks, bits only, one thread", count, lambda: told.decider.decide(told.codes, 1), False),
        ("bit masks, bits only, two threads", count, lambda: told.decider.decide(told.codes, 2), False),
        ("bit masks, counts by verdict", count, lambda: told.decider.decide(told.codes, 2).counts(), False),
        ("bit masks, every verdict as an array", count, lambda: by_masks(told, 2), True),
    ]
    several = min(count, 200_000)
    methods += [
        ("NumPy, rule by rule", several, by_numpy(told, several), True),
        ("Polars, from class codes", several, by_polars(told, several, ready=False), True),
        ("Polars, its leaves read beforehand", several, by_polars(told, several, ready=True), True),
        ("DuckDB SQL, its leaves read beforehand", min(count, 50_000), by_duckdb(told, min(count, 50_000)), True),
        ("Python, generated from the rules", 10_000, by_generated(told, 10_000), True),
        ("Python, a plain loop", 3000, by_loop(told, 3000), True),
        ("zen-engine", 500, by_zen(told, 500), True),
        ("check, `reference`", 500, by_facts(told, 500, "reference"), True),
    ]
    for engine in forward_names():
        methods.append((f"check, `{engine}`", 200, by_facts(told, 200, engine), True))
    ahead = 0.0
    for name, rows, run, compared in methods:
        if compared:
            found = run()
            assert isinstance(found, np.ndarray)
            assert np.array_equal(found, expected[:, :rows]), name
        rate = rows / median_time(run, runs)
        ahead = rate if name.endswith("as an array") else ahead
        factor = f"{ahead / rate:10,.1f} ×" if ahead and rate != ahead else ""
        print(f"  {name:40} {rate:14,.0f} companies/s {factor}")


def times_ten(book: Rulebook) -> Rulebook:
    """The rulebook with every measure ten times, each copy with a leaf of another measure added."""
    every = [leaf for _, condition in conditions_of(book) for leaf in leaves(condition)]

    def copied(measure: Measure, more: int) -> Measure:
        if more == 0:
            return measure
        other = every[(37 * measure.row + 101 * more) % len(every)]
        limbs = tuple(replace(limb, when=All((limb.when, other))) for limb in measure.limbs)
        return replace(measure, row=measure.row + 1000 * more, limbs=limbs)

    return replace(book, measures=tuple(copied(one, more) for more in range(10) for one in book.measures))


def more_rules(count: int, runs: int) -> None:
    """Measures the cost of ten times the rules; each copy tests one more leaf, so that all are distinct."""
    print("\nten times the rules")
    seconds = []
    for times in (1, 10):
        book = load_rulebook()
        told = made(book, count, distinct=False)
        table = told.table
        if times == 10:
            table = ClassTable(LeafPlaces(times_ten(book), table.leaves.groups), table.vectors)
        decider = Decider(table)
        seconds.append(median_time(lambda: decider.decide(told.codes, 2).counts(), runs))  # noqa: B023 called here
        print(f"  {len(decider.measures):5,} measures {count / seconds[-1]:14,.0f} companies/s")
    print(f"  ten times the rules take {seconds[1] / seconds[0]:.1f} times as long")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--only", choices=["methods", "rules"], default=None)
    chosen = parser.parse_args()
    book = load_rulebook()
    if chosen.only in (None, "methods"):
        for distinct in (False, True):
            compare(made(book, chosen.companies, distinct=distinct), chosen.runs)
    if chosen.only in (None, "rules"):
        more_rules(min(chosen.companies, 1_000_000), chosen.runs)


if __name__ == "__main__":
    main()
