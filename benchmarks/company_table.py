"""Generated companies as a Parquet table: `python benchmarks/company_table.py companies.parquet`.

Two kinds, both repeatable by seed. By default a realistic register: most companies in pilot cities, names in either
language or as codes, most facts missing, common values common, and half a percent of invalid values. With `--distinct`
the worst case: every fact drawn evenly from its values, and findings of authorities such that the rules distinguish
every company. With `--parts` some lists and numbers are known in part only, and investors leave shares or origins open.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from applicability import Rulebook, load_rulebook

Draw = NDArray[np.int64]
COMPANY = "company"
BATCH = 250_000
SEED = 84
_LIST = pa.list_(pa.string())


class Register:
    """Draws companies for one rulebook."""

    def __init__(self, rulebook: Rulebook, seed: int = SEED, *, distinct: bool = False, parts: bool = False) -> None:
        self.rulebook = rulebook
        self.distinct = distinct
        self.parts = parts
        self.random = np.random.Generator(np.random.PCG64(seed))
        self.drawn = 0
        self.places = self._places(60_000 if distinct else 6_000)
        self.pools = dict(self._pools())

    def batches(self, companies: int) -> Iterator[pa.RecordBatch]:
        """The companies, a batch at a time."""
        while self.drawn < companies:
            yield self.batch(min(BATCH, companies - self.drawn))

    def batch(self, rows: int) -> pa.RecordBatch:
        """The next companies; a column for each fact that the rulebook declares, some findings and some limits."""
        first = self.drawn
        self.drawn += rows
        names: dict[str, Any] = {COMPANY: pa.array([f"{number:09}" for number in range(first, first + rows)])}
        drawn = pa.array(self._common(self.places.num_rows, rows))
        names |= {name: _whole(self.places.column(name).take(drawn)) for name in self.places.column_names}
        for name, (pool, known) in self.pools.items():
            picked = self._common(len(pool), rows)
            missing = self.random.random(rows) >= (0.8 if self.distinct else known)
            names[name] = pool.take(pa.array(picked, mask=missing))
        names |= self._findings(first, rows)
        names |= self._limits(rows)
        if self.parts:
            names |= self._in_part(rows, names)
        return pa.RecordBatch.from_pydict(names)

    def _common(self, size: int, rows: int) -> Draw:
        """Indices into a pool, favouring its first entries unless all are to be equally likely."""
        even = self.random.random(rows)
        return (size * (even if self.distinct else even**3)).astype(np.int64)

    def _findings(self, first: int, rows: int) -> dict[str, Any]:
        """Findings of authorities: a few for a few companies, or enough to distinguish all companies."""
        words = pa.array([None, True, False])
        columns = {}
        for place, key in enumerate(sorted(self.rulebook.judgements)[: 15 if self.distinct else 4]):
            if self.distinct:
                found = np.arange(first, first + rows) // 3**place % 3
            else:
                found = np.searchsorted([0.98, 0.995], self.random.random(rows))
            columns[f"determinations.{key}"] = words.take(pa.array(found))
        return columns

    def _limits(self, rows: int) -> dict[str, Any]:
        """Statements on limits: mostly missing, yes more often than no, and a few invalid ones."""
        words = pa.array([None, "yes", "no", "是", "false", "depends"])
        often = [0.4, 0.6, 0.75, 0.85, 0.95] if self.distinct else [0.95, 0.975, 0.985, 0.993, 0.998]
        keys = sorted(self.rulebook.limits)[:: 1 if self.distinct else 8]
        return {f"limits.{key}": words.take(pa.array(np.searchsorted(often, self.random.random(rows)))) for key in keys}

    def _in_part(self, rows: int, names: dict[str, Any]) -> dict[str, Any]:
        """What is known in part of lists and numbers, for a third of the companies that do not give the whole, and
        investors for a tenth. A few companies have both, and some of those contradict themselves.
        """
        columns: dict[str, Any] = {}
        gazetteer = self.rulebook.gazetteer
        for name, declaration in self.rulebook.facts.items():
            if name not in names and declaration.type != "investors":
                continue
            match declaration.type:
                case "percent" | "number":
                    columns |= self._ranges(name, names[name])
                case "activities":
                    columns |= self._yes_and_no(name, [*self.rulebook.sectors.activities], names[name])
                case "choices":
                    columns |= self._yes_and_no(name, [*declaration.values], names[name])
                case "zones":
                    columns |= self._yes_and_no(name, [*gazetteer.zones], names[name], most=0)
                case "zone_types":
                    columns |= self._yes_and_no(name, [*gazetteer.zone_types], names[name])
                case "investors":
                    columns[name] = self._open_investors(declaration, rows)
                case _:
                    pass
        return columns

    def _yes_and_no(self, name: str, words: Sequence[str], whole: Any, most: int = 3) -> dict[str, Any]:
        """Columns `F.yes` and `F.no`, mostly where there is no whole list."""
        some = self.random.random(len(whole)) < np.where(whole.is_null().to_numpy(zero_copy_only=False), 0.35, 0.02)
        drawn: dict[str, list[Any]] = {"yes": [None] * len(whole), "no": [None] * len(whole)}
        for row in np.flatnonzero(some).tolist():
            picked = [words[index] for index in self.random.integers(0, len(words), 9)]
            cut = int(self.random.integers(0, most + 1))
            lists = {"yes": sorted(set(picked[:cut])), "no": sorted(set(picked[cut : cut + 6]) - set(picked[:cut]))}
            for part, held in lists.items():
                drawn[part][row] = held or None
        return {f"{name}.{part}": pa.array(held, _LIST) for part, held in drawn.items()}

    def _ranges(self, name: str, whole: Any) -> dict[str, Any]:
        """Columns of bounds (`F.above`), mostly where there is no number; a few are empty or miss the number."""
        some = self.random.random(len(whole)) < np.where(whole.is_null().to_numpy(zero_copy_only=False), 0.35, 0.02)
        lows, highs, ends = ("above", "at_least"), ("below", "at_most"), [0, 10, 25, 33.4, 49.99, 50, 51, 70, 100]
        drawn: dict[str, list[float | None]] = {bound: [None] * len(whole) for bound in (*lows, *highs)}
        for row in np.flatnonzero(some).tolist():
            low, high = sorted(self._picks(ends, 2))
            which = int(self.random.integers(0, 3))
            if which != 1:
                drawn[self._pick(lows)][row] = low
            if which != 2:
                drawn[self._pick(highs)][row] = high
        return {f"{name}.{bound}": pa.array(held, pa.float64()) for bound, held in drawn.items()}

    def _open_investors(self, declaration: Any, rows: int) -> Any:
        """Lists of investors for a tenth of the companies; some leave a share, an origin or the rest open."""
        origins, shares = [*declaration.values], [None, None, 10.0, 25.0, 30.0, 50.0]
        found: list[Any] = [None] * rows
        for row in np.flatnonzero(self.random.random(rows) < 0.1).tolist():
            count = int(self.random.integers(1, 3))
            drawn = zip(self._picks(origins, count), self._picks(shares, count), strict=True)
            found[row] = [{"origin": origin, "share": share} for origin, share in drawn]
        return pa.array(found, pa.list_(pa.struct([("origin", pa.string()), ("share", pa.float64())])))

    def _picks(self, words: Sequence[Any], count: int) -> list[Any]:
        return [words[index] for index in self.random.integers(0, len(words), count)]

    # Pools ---------------------------------------------------------------------------------------------------------

    def _pools(self) -> Iterator[tuple[str, tuple[pa.Array, float]]]:
        """For each fact except places: values to draw from, and how often it is given."""
        sectors = self.rulebook.sectors
        codes = self._shuffled([code for code in sectors.codes if len(code) > 2])
        names = [
            word for code in codes for word in (code, sectors.codes[code].zh) if len(sectors.sectors_of(word)) == 1
        ]
        bad = [] if self.distinct else ["nonesuch"]
        yield "sector", (pa.array([*names, *bad]), 0.9)
        activities = self._shuffled(list(sectors.activities))
        own = self._lists([w for a in activities for w in (a, sectors.activities[a].label.zh)], 4, wide=True)
        yield "activities", (own, 0.5)
        for name, declaration in self.rulebook.facts.items():
            words = self._shuffled([w for key, one in declaration.values.items() for w in (key, one.label.zh)])
            match declaration.type:
                case "percent":
                    usual = [0.0, 100.0, 50.0, 49.0, 51.0, 25.0, 33.33, 0.0, 70.0]
                    rare = [*(self.random.integers(0, 10_001, 2_000) / 100), *(130.0 for _ in bad)]
                    yield name, (pa.array([*usual, *rare]), 0.6)
                case "choice":
                    yield name, (pa.array([*words, *bad]), 0.7 if len(words) > 20 else 0.1)
                case "boolean":
                    yield name, (pa.array([*["true"] * 300, *["是"] * 100, *["false"] * 50, *bad]), 0.4)
                case "choices":
                    yield name, (self._lists(words, 3), 0.02 if name == "investor_origins" else 0.3)
                case "investors" if not self.distinct:
                    pairs = [(a, b) for a in words[:12] for b in words[:12] if a != b]
                    lists = [[{"origin": a, "share": 30}, {"origin": b, "share": 70}] for a, b in pairs]
                    yield name, (pa.array(lists), 0.0)
                case _:
                    pass

    def _lists(self, words: Sequence[str], longest: int, *, wide: bool = False) -> pa.Array:
        """Lists of the words, often empty."""
        count = (40_000 if self.distinct else 4_000) if wide else 400
        lengths = self.random.integers(0, longest + 1, count)
        found = [sorted({words[self._word(len(words))] for _ in range(length)}) for length in lengths]
        return pa.array([[], *found], _LIST)

    def _word(self, size: int) -> int:
        even = float(self.random.random())
        return int(size * (even if self.distinct else even**2))

    def _shuffled(self, words: list[str]) -> list[str]:
        return [words[index] for index in self.random.permutation(len(words))]

    def _places(self, count: int) -> pa.Table:
        """Places of companies: two in three in a pilot, many without a district, most without zones."""
        gazetteer = self.rulebook.gazetteer
        pilots = [code for group in self.rulebook.groups.values() for code in group if code in gazetteer.divisions]
        cities = [code for code in gazetteer.divisions if code.endswith("00") and not code.endswith("0000")]
        inside: dict[str, list[str]] = {}
        for code in gazetteer.divisions:
            for around in gazetteer.path(code)[1:]:
                inside.setdefault(around, []).append(code)
        held: dict[str, list[str]] = {}
        for id, one in gazetteer.zones.items():
            for around in sorted({code for division in one.divisions for code in gazetteer.path(division)}):
                held.setdefault(around, []).append(id)
        types = sorted(gazetteer.zone_types)
        rows: list[dict[str, Any]] = []
        pick = self._pick
        for _ in range(count):
            chance = self.random.random(5)
            city = pick(pilots) if chance[0] < 0.67 else pick(cities)
            division = gazetteer.divisions[city]
            row: dict[str, Any] = {"city": pick([division.zh, city, *(division.aliases[:1] or (division.zh,))])}
            if chance[1] < 0.6 and city in inside:
                district = pick(inside[city])
                row["district"] = pick([gazetteer.divisions[district].zh, district])
            if chance[2] < 0.12 and city in held and "district" not in row:
                zone = pick(held[city])
                row["zones"] = [pick([zone, gazetteer.zones[zone].zh])]
            elif chance[2] < 0.5:
                row["zones"] = []
            if chance[3] < 0.08:
                row["zone_types"] = [pick(types)]
            rows.append(
                {} if chance[4] < 0.02 else {"city": "Nonesuch"} if not self.distinct and chance[4] < 0.022 else row
            )
        kinds = [("city", pa.string()), ("district", pa.string()), ("zones", _LIST), ("zone_types", _LIST)]
        return pa.Table.from_pylist(rows, pa.schema(kinds))

    def _pick(self, words: Sequence[str]) -> str:
        return words[int(self.random.integers(len(words)))]


def _whole(column: Any) -> Any:
    """A column of a table in one piece."""
    found = column.combine_chunks()
    return found.chunk(0) if isinstance(found, pa.ChunkedArray) else found


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--companies", type=int, default=1_000_000)
    parser.add_argument("--distinct", action="store_true", help="no two companies alike")
    parser.add_argument("--parts", action="store_true", help="with what is known in part")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("output", type=Path)
    chosen = parser.parse_args()
    register = Register(load_rulebook(), chosen.seed, distinct=chosen.distinct, parts=chosen.parts)
    writer = None
    for batch in register.batches(chosen.companies):
        writer = writer or pq.ParquetWriter(chosen.output, batch.schema)
        writer.write_batch(batch)
    if writer is not None:
        writer.close()


if __name__ == "__main__":
    main()
