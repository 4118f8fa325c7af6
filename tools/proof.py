"""Compares every engine on every cell of every measure: `python tools/proof.py [--forward all] [--generated 50]`.

The rules tell apart finitely many classes of entities. A cell is one class of every column that a measure reads, so
the cells of all measures are all the cases that the rules can ever decide. In each cell the reference evaluator, the
columnar masks, the SQL on DuckDB and the expressions of Polars must give one verdict; the forward engines do so in
cells that meet every class of every column, or, with `--forward all`, in every cell. The rulebooks are the packaged
one, the second document in `examples/`, and small ones with conditions drawn from the words of the packaged one.

That the classes are complete is tried with `--draws`: companies with random values, each of which must be in a class of
every column; the numbers and days on both sides of every boundary must be, too. Ends with 1 at the first difference.
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pyarrow as pa

from applicability import Rulebook, load_rulebook
from applicability.analysis.classes import facts_of
from applicability.analysis.product_space import Cell, ProductSpace, ProductSpaces
from applicability.api import screener
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.engine.row_profiles import cells_of
from applicability.bulk.engine.screener_for import screener_for
from applicability.engines.select import decide, forward_names
from applicability.export import polars as to_polars, sql as to_sql
from applicability.export.canonical import columns_of, row_of
from applicability.export.program import Program, program_of
from applicability.model.conditions import All, Any_, Condition, Leaf, Limit, Not, Number, leaves
from applicability.model.derive import derive
from applicability.model.evaluate import leaf_verdict, verdict
from applicability.model.facts import Facts
from applicability.model.leaf_kinds import kind_of
from applicability.model.measure import Measure
from applicability.model.places import Whereabouts

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
from company_table import COMPANY, Register

ROOT = Path(__file__).parents[1]
DAY = datetime.date(2026, 11, 1)
SEED = 84
# How near to a boundary a number is tried.
_STEP = Decimal("0.01")
# Cells that are compared at once.
PART = 20_000
_KINDS = {"text": pa.string(), "list": pa.list_(pa.string()), "number": pa.float64()}
# Cells that a generated measure may have.
_MOST = 4_000


@dataclass(frozen=True)
class Task:
    """One measure of one rulebook: `book` is `packaged`, `second`, or the number of a generated one."""

    book: str
    row: int
    document: str
    forward: str


def book_of(name: str) -> Rulebook:
    """The rulebook of that name."""
    if name == "second":
        return load_rulebook(ROOT / "examples" / "second-document")
    packaged = load_rulebook()
    return packaged if name == "packaged" else generated(packaged, int(name))


def generated(packaged: Rulebook, number: int) -> Rulebook:
    """A rulebook of three measures whose conditions are drawn from the leaves of the packaged one."""
    draw = random.Random(SEED + number)
    rows = [measure for measure in packaged.measures if measure.condition is not None and measure.usable]
    every = [leaf for measure in rows for part in measure.conditions for leaf in leaves(part)]
    limits = [leaf for leaf in every if isinstance(leaf, Limit)]
    others = [leaf for leaf in every if not isinstance(leaf, Limit)]
    spaces, made = ProductSpaces(DAY), list[Measure]()
    while len(made) < 3:
        measure = draw.choice(rows)
        when: Condition = tree(draw, others, 3)
        if draw.random() < 0.5:
            when = All((when, draw.choice(limits)))
        limb = replace(measure.usable[0], when=when)
        whole = replace(measure, row=len(made) + 1, limbs=(limb,), scope=draw.choice(rows).scope)
        if spaces.of((packaged, whole.condition), every_limit=True).size <= _MOST:
            made.append(whole)
    return replace(packaged, measures=tuple(made))


def tree(draw: random.Random, words: Sequence[Leaf], depth: int) -> Condition:
    """A condition at random; what an authority finds and an official step are never negated."""
    chance = draw.random()
    if depth == 0 or chance < 0.25:
        return draw.choice(words)
    if chance < 0.4:
        own = [leaf for leaf in words if kind_of(leaf).nature == "comparison"]
        return Not(draw.choice(own))
    parts = tuple(tree(draw, words, depth - 1) for _ in range(draw.randint(2, 3)))
    return All(parts) if chance < 0.7 else Any_(parts)


def compared(task: Task) -> tuple[int, int, list[str]]:
    """The cells of one measure, those met by forward engines, and the first differences."""
    book = book_of(task.book)
    measure = next(one for one in book.measures if (one.row, one.document) == (task.row, task.document))
    book = replace(book, measures=(measure,))
    space = ProductSpaces(DAY).of((book, measure.condition), every_limit=True)
    program = program_of(book, [measure], DAY, "en")
    unlike: list[str] = []
    cells = met = 0
    covering = Covering(space)
    forward = forward_names()
    for part in parts_of(space.cells(), PART):
        facts = [derive(cell.facts(DAY), book)[0] for cell in part]
        assert measure.condition is not None
        meant = [int(verdict(measure.condition, one, book)) for one in facts]
        cells += len(part)
        table = table_of(book, facts)
        ways = {
            "the compiled condition": [int(cell.verdicts[0]) for cell in part if cell.verdicts[0] is not None],
            "masks": by_masks(book, part),
            "DuckDB": by_duckdb(program, table),
            "Polars": by_polars(program, table),
        }
        for way, found in ways.items():
            unlike += [
                f"row {task.row} of {task.book}, {cell.given()}: {way} {own}, the reference {right}"
                for cell, own, right in zip(part, found, meant, strict=True)
                if own != right
            ][:3]
        for cell, one in zip(part, facts, strict=True):
            if task.forward == "all" or covering.adds(cell):
                met += 1
                for name in forward:
                    decide(book, one, name)  # raises if it says otherwise than the reference engine
    return cells, met, unlike


def parts_of(cells: Iterator[Cell], size: int) -> Iterator[tuple[Cell, ...]]:
    """The cells in parts of that size."""
    while part := tuple(itertools.islice(cells, size)):
        yield part


class Covering:
    """Chooses cells so that every class of every column is met."""

    def __init__(self, space: ProductSpace) -> None:
        self._unmet = [{id(one.sample) for one in column.classes} for column in space.columns]

    def adds(self, cell: Cell) -> bool:
        """Whether a cell has a class that none before it had."""
        new = False
        for unmet, sample in zip(self._unmet, cell.samples, strict=True):
            if (key := id(sample)) in unmet:
                unmet.discard(key)
                new = True
        return new


def by_masks(book: Rulebook, part: Sequence[Cell]) -> list[int]:
    """The verdicts of the columnar engine."""
    rows = [cells_of(cell.given()) for cell in part]
    names = list(dict.fromkeys(name for row in rows for name in row))
    table = CellTable({name: [row.get(name) for row in rows] for name in names}, len(rows))
    found = screener_for(names, book, DAY).screen(table).decided
    assert not found.unreadable.any()
    return [int(one) for one in found.verdicts(0)]


def table_of(book: Rulebook, facts: Sequence[Facts]) -> Any:
    """The columns that compiled rules read."""
    rows = [row_of(one, book) for one in facts]
    made = {name: pa.array([row[name] for row in rows], _KINDS[kind]) for name, kind in columns_of(book).items()}
    return pa.table({"company": pa.array(range(len(rows))), **made})


def by_duckdb(program: Program, table: Any) -> list[int]:
    """The verdicts of the SQL that is compiled from the rules."""
    with duckdb.connect() as database:
        database.register("companies", table)
        query = to_sql.render(program, "en", "duckdb", "companies", "company")
        return [row[1] for row in sorted(database.execute(query).fetchall())]


def by_polars(program: Program, table: Any) -> list[int]:
    """The verdicts of the Polars expressions that are compiled from the rules."""
    space: dict[str, Any] = {}
    exec(compile(to_polars.render(program, "en", "company"), "rules", "exec"), space)
    frame = space["verdicts"](pl.DataFrame(table).lazy()).collect()
    return [row[1] for row in sorted(frame.rows())]


def drawn(draws: int) -> int:
    """Draws companies at random, and looks for each in the classes of every column; returns the classes that were met.

    Exits where a company is in none of them.
    """
    book = load_rulebook()
    spaces = ProductSpaces(DAY)
    met: set[tuple[int, bytes]] = set()
    tables = []
    for distinct in (False, True):
        batch = Register(book, SEED, distinct=distinct).batch(draws // 2)
        screen = screener([name for name in batch.schema.names if name != COMPANY], book, as_of=DAY)
        tables.append(screen.decider(screen.encode(batch)).table)
    for measure in book.measures:
        if measure.condition is None:
            continue
        for column in spaces.of((book, measure.condition), every_limit=True).columns:
            known = {bytes(one.vector) for one in column.classes}
            for table in tables:
                places = [table.place(leaf) for leaf in column.leaves]
                group = places[0][0]
                # The first class of a group is that of what cannot be read.
                vectors = {row.tobytes() for row in table.vectors[group][1:, [place for _, place in places]]}
                if strange := vectors - known:
                    sys.exit(f"row {measure.row}, {column.name}: {[*map(list, strange)]} are in no class")
                met |= {(measure.row, column.name.encode() + one) for one in vectors}
    return len(met)


def boundaries() -> int:
    """Looks for the values at, below and above each boundary of a number in the classes; returns how many there are."""
    book, found = load_rulebook(), 0
    spaces = ProductSpaces(DAY)
    for measure in book.measures:
        if measure.condition is None:
            continue
        for column in spaces.of((book, measure.condition)).columns:
            known = {one.vector for one in column.classes}
            for leaf in (one for one in column.leaves if isinstance(one, Number)):
                low, high = book.facts[leaf.fact].ends
                for _, limit in leaf.bounds:
                    for value in (limit - _STEP, limit, limit + _STEP):
                        if (low is None or value >= low) and (high is None or value <= high):
                            facts = Facts({leaf.fact: value}, Whereabouts(), DAY, {})
                            vector = tuple(leaf_verdict(one, facts, book) for one in column.leaves)
                            if vector not in known:
                                sys.exit(f"row {measure.row}: {leaf.fact} {value} is in no class")
                            found += 1
    return found


def days() -> int:
    """Looks for the days on and before each entry of the register in the classes; returns how many there are."""
    book, found = load_rulebook(), 0
    spaces = ProductSpaces(DAY, any_day=True)
    dates = sorted({entry.date for entry in book.register})
    for measure in book.measures:
        if measure.condition is None:
            continue
        for column in spaces.of((book, measure.condition)).columns:
            known = {one.vector for one in column.classes}
            for one, date, before in itertools.product(column.classes, dates, (1, 0)):
                facts = facts_of([replace(one.sample, day=None)], date - datetime.timedelta(days=before))
                if tuple(leaf_verdict(leaf, facts, book) for leaf in column.leaves) not in known:
                    sys.exit(f"row {measure.row}: {one.sample.given} on {facts.as_of} is in no class")
                found += 1
    return found


def main() -> None:
    """Compares, with a process per core."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--forward", choices=("classes", "all"), default="classes")
    parser.add_argument("--generated", type=int, default=0, help="how many generated rulebooks, besides the two")
    parser.add_argument("--draws", type=int, default=0, help="companies to be drawn, to see that the classes are all")
    chosen = parser.parse_args()
    started = time.perf_counter()
    if chosen.draws:
        print(f"{chosen.draws:,} companies drawn, all in the classes of every column ({drawn(chosen.draws):,} met)")
    print(f"{boundaries():,} numbers at and beside a boundary and {days():,} days at an entry, all in the classes")
    for name in ("packaged", "second", *map(str, range(chosen.generated))):
        book = book_of(name)
        # The second document stands beside the plan, whose measures were gone through.
        known = {one.key for one in book_of("packaged").measures} if name == "second" else set()
        rows = [one for one in book.measures if one.condition is not None and one.key not in known]
        tasks = [Task(name, one.row, one.document, chosen.forward) for one in rows]
        cells = met = 0
        with multiprocessing.get_context("spawn").Pool(os.cpu_count()) as pool:
            for own, forward, unlike in pool.imap_unordered(compared, tasks):
                if unlike:
                    sys.exit("\n".join(unlike))
                cells, met = cells + own, met + forward
        print(f"{name}: {len(rows)} measures, {cells:,} cells, {met:,} of them by forward chaining", flush=True)
    print(f"every engine gives the reference's verdict in all of them ({time.perf_counter() - started:.0f} s)")


if __name__ == "__main__":
    main()
