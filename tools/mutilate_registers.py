"""Mutilates good registers at random and screens each: `python tools/mutilate_registers.py [--count 50000] [--seed 0]`.

Each case has a seed of its own, so a run can go on from any seed and a find can be repeated alone. A case breaks if the
screening ends in anything but an answer or one of the program's own errors, takes too long, or loses a company: where
rows stay whole, each is a company or is told as none; where only cells change, each is a company. Ends with 1 if a case
broke.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import random
import shutil
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.append(str(Path(__file__).parent))
from register_mutilations import KINDS, WHOLE, Register, mutilated
from time_limit import Late, bounded

from applicability import load_rulebook
from applicability.bulk.sources.open import open_source
from applicability.bulk.sources.source import names_of
from applicability.errors import ApplicabilityError
from applicability.lazy_dataclass import replace
from applicability.model.headings import NAME
from applicability.screening import Screening, known_headings, reading_of_cells, screen

sys.path.append(str(Path(__file__).parents[1] / "examples"))
import make_companies

DAY = datetime.date(2026, 11, 23)
# Seconds of work, and on the clock, that a case may take: many times what it needs.
BUSY, SLOW = 20, 120
_OUTPUTS = (*[None] * 12, "out.csv", "out.jsonl", "out.parquet", "out.xlsx", "sqlite:///out.db?table=t")
# The longest cell and note that notes may tell.
_CELL, _NOTE = 200, 400


# One case in so many is screened by the packaged rulebook, whose tables take long to build; the others by a small one.
_PACKAGED = 200
_SMALL = Path(__file__).parents[1] / "tests" / "data" / "small-rulebook"


class Cases:
    """Screens mutilated registers; `folder` holds one at a time."""

    def __init__(self, folder: Path) -> None:
        self._packaged = load_rulebook()
        # With the packaged places and sectors: a row whose place no table knows may be taken for a footer.
        self._small = replace(
            load_rulebook(_SMALL),
            headings=self._packaged.headings,
            gazetteer=self._packaged.gazetteer,
            sectors=self._packaged.sectors,
        )
        self._folder = folder
        self._reads = reading_of_cells(self._packaged, known_headings(self._packaged, {}))
        rows = [*make_companies.companies(self._packaged, random.Random(17), 200)]
        self._good = [dict(zip(make_companies.HEADINGS, row, strict=True)) for row in rows]
        self.ends: Counter[str] = Counter()
        self.last = ""

    def broken(self, seed: int) -> str | None:
        """What went wrong with the case of a seed; None if nothing did."""
        draw = random.Random(seed)
        for old in self._folder.iterdir():
            if old.is_dir():
                shutil.rmtree(old)
            else:
                old.unlink()
        kind = draw.choice(KINDS)
        made = mutilated(kind, draw.sample(self._good, draw.randrange(1, 9)), self._folder, draw)
        output = draw.choice(_OUTPUTS)
        target = output and output.replace("out.", f"{self._folder}/out.")
        options: dict[str, Any] = {
            "form": draw.choice(("wide", "wide", "long")), "lang": draw.choice(("zh", "en")),
            "piece": draw.choice((*[None] * 6, 1, 3)), "output": target, "strict": draw.random() < 0.05,
            "defaults": draw.choice((None, None, {"city": "天津"}, {"zones": {"yes": ["东疆"]}, "foreign_share": 10})),
            "units": draw.choice((None, None, None, {"外资比例": "fraction"})),
            "keep": draw.choice((None, None, None, ["企业名称", "外资比例"])),
        }  # fmt: skip
        book = self._small if seed % _PACKAGED else self._packaged
        try:
            with bounded(BUSY, SLOW):
                done = screen(made.source, book, as_of=DAY, **options)
        except ApplicabilityError as error:
            self._ended(f"{kind} {made.how}: refused")
            whole = made.how in WHOLE and not options["strict"]
            return f"{kind} {made.how}: refused for a cell: {error}" if whole else None
        except Late:
            return f"{kind} {made.how}: not done after {BUSY} s of work or {SLOW} s"
        except BaseException as error:
            if isinstance(error, KeyboardInterrupt):
                raise
            return f"{kind} {made.how}: {''.join(traceback.format_exception(error))}"
        self._ended(f"{kind} {made.how}: screened")
        wrong = [*_lost(made, done), *self._misplaced(made)]
        return f"{kind} {made.how}: {'; '.join(wrong)}" if wrong else None

    def _ended(self, told: str) -> None:
        self.last = told
        self.ends[told] += 1

    def _misplaced(self, made: Register) -> Iterator[str]:
        """The cells that are read under another heading than that which they are meant for."""
        if made.meant is None:
            return
        known = known_headings(self._packaged, {})
        with contextlib.closing(open_source(made.source, known=known, reads=self._reads)) as source:
            for piece in source.pieces(frozenset()):
                for rows in piece.batches:
                    unread = {(one.row, name) for one in getattr(rows.table, "unread", ()) for name in one.columns}
                    for name in names_of(rows.table):
                        cells = rows.table.column(name).to_pylist() if known(name) not in (None, NAME) else ()
                        for place, cell in enumerate(cells):
                            meant = made.meant[rows.lines[place] - 2][name]
                            if (place, name) not in unread and (cell or "").strip() != (meant or ""):
                                yield f"`{cell}` is read in row {rows.lines[place]} as {name}, which is `{meant}`"


def _lost(made: Register, done: Screening) -> Iterator[str]:
    """What a screening lost of a register."""
    summary = done.summary
    if made.how in WHOLE and (summary.companies, summary.rejected) != (made.companies, 0):
        yield f"{made.companies} companies, {summary.companies} screened, {summary.rejected} rows that are no company"
    if done.rejects is not None:
        dropped = {line["line"] for line in done.rejects.to_pylist()}
        if len(dropped) != summary.rejected:
            yield f"{summary.rejected} rows are no company, {len(dropped)} are told"
    else:
        dropped = set()
    if done.results is not None and "reason" not in done.results.column_names:
        screened = done.results.column("line").to_pylist()
        if len(screened) != summary.companies or len({*screened}) != len(screened):
            yield f"{summary.companies} companies, {len(screened)} lines of results"
        if made.lines is not None and (lost := {*made.lines} - {*screened} - dropped):
            yield f"rows {sorted(lost)} are neither companies nor told as none"
        if both := {*screened} & dropped:
            yield f"rows {sorted(both)} are companies and told as none"
        if done.notes is not None and (stray := {*done.notes.column("line").to_pylist()} - {*screened}):
            yield f"notes on rows {sorted(stray)}, which are no companies"
    for note in [] if done.notes is None else done.notes.to_pylist():
        if len(note["value"] or "") > _CELL or len(note["note"]) > _NOTE:
            yield f"a note of {len(note['note'])} characters on a cell told with {len(note['value'] or '')}"
            break


def main() -> None:
    """Runs the cases, and tells those that broke."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=0, help="the seed of the first case")
    told = parser.parse_args()
    warnings.filterwarnings("ignore", module="openpyxl")
    broken, begun = 0, time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mutilated-") as folder:
        cases = Cases(Path(folder))
        for seed in range(told.seed, told.seed + told.count):
            if (wrong := cases.broken(seed)) is not None:
                broken += 1
                print(f"seed {seed}: {wrong}", flush=True)
            if seed % 500 == 499:
                print(f"up to seed {seed}: {broken} broken, {time.monotonic() - begun:,.0f} s", file=sys.stderr)
        for end, many in sorted(cases.ends.items()):
            print(f"{many:8,}  {end}")
    print(f"{told.count:,} cases from seed {told.seed}: {broken} broken")
    sys.exit(1 if broken else 0)


if __name__ == "__main__":
    main()
