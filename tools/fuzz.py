"""Feeds broken input to the program: `python tools/fuzz.py [--minutes 30] [--processes 2]`.

Whatever comes in, the program must answer, or say what is wrong by a documented code in both languages and end with an
exit code of its table; it must not raise anything else, take longer than a case may, or keep memory. A case follows
from its kind (profile, rules, register, command) and its seed alone; registers of companies are those of
`mutilate_registers.py`. A run hands blocks of seeds to its processes, of each kind in proportion to `GOALS`, until its
time or its count is up, and prints where the next one goes on (`--from profile=1000,rules=2`): every seed before that
was run. At its end the first cases of each kind are repeated, and may not leave more in memory each time
(`fuzz_memory.py`). A case is repeated alone by `--kinds profile --from profile=17 --count 1`. A find is printed with
kind, seed and the folder that holds its input. Ends with 1 if there was one.
"""

from __future__ import annotations

import argparse
import faulthandler
import gc
import multiprocessing
import os
import resource
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
from fuzz_cases import Fuzz, fill
from fuzz_memory import left_by, megabytes, released
from time_limit import Late, bounded

# Cases of a run of 30 minutes on two cores that have nothing else to do.
GOALS = {"profile": 1_000_000, "rules": 2_000, "register": 20_000, "command": 2_000}
# Blocks that these make of each kind.
_BLOCKS = 1_000
# Seconds that a case may take: of work, and on the clock.
BUSY = {"profile": 5, "rules": 10, "register": 20, "command": 20}
SLOW = 120
# By how many megabytes a process may grow from its first check on, of what is left when free memory is given back; and
# after how many blocks each check is.
GROWTH, CHECKED = 150, 40
# How many cases of each kind are repeated at the end, how often, and the objects and bytes that each time may leave.
REPEATED, TIMES = {"profile": 500, "rules": 30, "register": 60, "command": 60}, 5
OBJECTS, BYTES = 60, 60_000


@dataclass
class Outcome:
    """What came of cases of one kind."""

    cases: int = 0
    seconds: float = 0
    ends: Counter[str] = field(default_factory=Counter)
    finds: list[int] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Counts other cases too."""
        self.cases += other.cases
        self.seconds += other.seconds
        self.ends += other.ends
        self.finds += other.finds


def broken(fuzz: Fuzz, kind: str, seed: int, outcome: Outcome) -> tuple[str, Mapping[str, bytes]] | None:
    """What went wrong with a case, and its files; None if nothing did."""
    case = fuzz.case(kind, seed)
    outcome.cases += 1
    begun = time.process_time()
    try:
        with bounded(BUSY[kind], SLOW):
            outcome.ends[case.run()] += 1
    except KeyboardInterrupt:
        raise
    except Late as error:
        told = "".join(traceback.format_tb(error.__traceback__)[-6:])
        return f"not done after {BUSY[kind]} s of work or {SLOW} s\n{told}", case.files
    except BaseException as error:
        return "".join(traceback.format_exception(error)), case.files
    finally:
        outcome.seconds += time.process_time() - begun
    return None


@dataclass(frozen=True)
class Block:
    """What came of some cases: lines to print, the megabytes that the process holds, and at a check those it keeps."""

    outcome: Outcome
    lines: list[str]
    held: float
    kept: float = 0


class Worker:
    """What one process has: the cases, and how it has grown."""

    def __init__(self, folder: Path, finds: Path) -> None:
        self._fuzz, self._finds = Fuzz(folder), finds
        self._base, self._blocks = 0.0, 0  # megabytes at the first check
        finds.mkdir(parents=True, exist_ok=True)
        self._now = open(finds / f"now-{os.getpid()}", "w", encoding="utf-8")  # noqa: SIM115  # while the process lives
        gc.collect()
        gc.freeze()  # the rulebooks, which every collection would go through

    def block(self, kind: str, seeds: range) -> Block:
        """What came of the cases of these seeds."""
        outcome, lines = Outcome(), list[str]()
        for seed in seeds:
            self._now.seek(0)
            self._now.truncate()
            self._now.write(f"{kind} {seed}\n")  # for a process that dies of the case
            self._now.flush()
            faulthandler.dump_traceback_later(2 * SLOW, exit=True)  # for code that no signal reaches
            if (wrong := broken(self._fuzz, kind, seed, outcome)) is not None:
                told, files = wrong
                outcome.finds.append(seed)
                kept = self._finds / f"{kind}-{seed}"
                fill(kept, {**files, "told.txt": told.encode("utf-8", "backslashreplace")})
                lines.append(f"FIND {kind} {seed}: {told.strip().splitlines()[-1][:200]}\n  {kept}")
        faulthandler.cancel_dump_traceback_later()
        held, self._blocks = megabytes(), self._blocks + 1
        if self._blocks % CHECKED:
            return Block(outcome, lines, held)
        left = released()
        self._base = self._base or left
        if left > self._base + GROWTH:
            lines.append(f"GROWTH from {self._base:.0f} MB to {left:.0f} MB at {kind} {seeds}")
            self._base = left
        return Block(outcome, lines, held, left)

    def repeated(self, kind: str, seeds: range) -> list[str]:
        """What is to be printed of the memory that these cases leave each time."""
        left = left_by(lambda: self.block(kind, seeds), TIMES)
        if left.objects <= OBJECTS and left.bytes <= BYTES:
            return []
        return [f"LEAK {kind} {seeds}: each time leaves {left.objects:,} objects and {left.bytes:,} bytes"]


_workers: list[Worker] = []


def begin(folder: Path, finds: Path) -> None:
    """Makes the worker of this process, with a folder of its own."""
    warnings.filterwarnings("ignore", module="openpyxl")
    _workers.append(Worker(Path(tempfile.mkdtemp(dir=folder)), finds))


def block(kind: str, seeds: range) -> Block:
    """A block of the worker of this process."""
    return _workers[0].block(kind, seeds)


def repeated(kind: str, seeds: range) -> list[str]:
    """The repeats of the worker of this process."""
    return _workers[0].repeated(kind, seeds)


@dataclass
class Run:
    """What a run has handed out and got back."""

    first: Mapping[str, int]
    count: int | None
    found: dict[str, Outcome] = field(init=False)
    handed: Counter[str] = field(default_factory=Counter)
    grown: bool = False
    held: float = 0
    kept: float = 0

    def __post_init__(self) -> None:
        self.found = {kind: Outcome() for kind in self.first}

    def next(self) -> tuple[str, range] | None:
        """The next block, of the kind that lags; None if all have their count."""
        open_ = [kind for kind in self.first if self.count is None or self.handed[kind] < self.count]
        if not open_:
            return None
        kind = min(open_, key=lambda kind: self.handed[kind] / GOALS[kind])
        many = GOALS[kind] // _BLOCKS
        if self.count is not None:
            many = min(many, self.count - self.handed[kind])
        start = self.first[kind] + self.handed[kind]
        self.handed[kind] += many
        return kind, range(start, start + many)

    def take(self, kind: str, done: Block) -> None:
        """Counts a block that is done."""
        self.found[kind].add(done.outcome)
        self.held, self.kept = max(self.held, done.held), max(self.kept, done.kept)
        self.tell(done.lines)

    def tell(self, lines: Iterable[str]) -> None:
        """Prints what was found."""
        for line in lines:
            self.grown |= line.startswith(("GROWTH", "LEAK"))
            print(line, flush=True)

    def again(self) -> Iterator[tuple[str, range]]:
        """The cases that are repeated at the end: the first of each kind, as far as they were run."""
        for kind, first in self.first.items():
            if many := min(self.handed[kind], REPEATED[kind]):
                yield kind, range(first, first + many)


def run(own: Run, minutes: float, processes: int, folder: Path, finds: Path) -> None:
    """Hands out blocks until the time or the count is up, waits for those that are out, and repeats the first cases."""
    until = time.monotonic() + minutes * 60
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, begin, (folder, finds)) as pool:
        out: dict[Future[Block], str] = {}
        while True:
            while len(out) <= processes and time.monotonic() < until and (given := own.next()) is not None:
                out[pool.submit(block, *given)] = given[0]
            if not out:
                break
            for done in wait(out, return_when=FIRST_COMPLETED).done:
                own.take(out.pop(done), done.result())
        for last in [pool.submit(repeated, *given) for given in own.again()]:
            own.tell(last.result())


def main() -> None:
    """Runs the cases, and tells what they found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--count", type=int, help="most cases of each kind")
    parser.add_argument("--kinds", default=",".join(GOALS))
    parser.add_argument("--from", dest="first", default="", help="first seeds, as profile=0,rules=0; others are 0")
    parser.add_argument("--finds", type=Path, default=Path("fuzz-finds"), help="folder for what reproduces a find")
    told = parser.parse_args()
    named = dict(part.split("=") for part in told.first.split(",") if part)
    own = Run({kind: int(named.get(kind, 0)) for kind in told.kinds.split(",")}, told.count)
    begun, finds = time.monotonic(), told.finds.absolute()
    with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
        os.environ["APPLICABILITY_CACHE"] = str(Path(folder) / "cache")
        try:
            run(own, told.minutes, told.processes, Path(folder), finds)
        except BrokenProcessPool:
            last = ", ".join(path.read_text().strip() for path in sorted(finds.glob("now-*")))
            sys.exit(f"FIND a process died of one of these cases: {last}")
    for path in finds.glob("now-*"):
        path.unlink()
    for kind, outcome in own.found.items():
        span = f"seeds {own.first[kind]} to {own.first[kind] + outcome.cases - 1}"
        print(f"{kind}: {outcome.cases:,} cases, {span}, {outcome.seconds:.0f} s of work, {len(outcome.finds)} finds")
        print("  " + ", ".join(f"{end} {number:,}" for end, number in outcome.ends.most_common(25)))
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = f", {own.kept:,.0f} MB once free memory was given back" if own.kept else ""
    print(f"{told.processes} processes, {own.held:,.0f} MB in one at most{kept}")
    print(f"{time.monotonic() - begun:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of work; go on with --from "
          + ",".join(f"{kind}={own.first[kind] + own.found[kind].cases}" for kind in own.first))  # fmt: skip
    sys.exit(1 if own.grown or any(outcome.finds for outcome in own.found.values()) else 0)


if __name__ == "__main__":
    main()
