"""Feeds broken input to the program: `python tools/fuzz.py [--minutes 30] [--processes 2]`.

Whatever comes in, the program must answer, or say what is wrong by a documented code in both languages and end with an
exit code of its table; it must not raise anything else, take longer than a case may, or grow. A case follows from its
kind (profile, rules, register, command) and its seed alone; registers of companies are those of
`mutilate_registers.py`. A run hands blocks of seeds to its processes, of each kind in proportion to `GOALS`, until its
time or its count is up, and prints where the next one goes on (`--from profile=1000,rules=2`): every seed before that
was run. A case is repeated alone by `--kinds profile --from profile=17 --count 1`. A find is printed with kind, seed
and the folder that holds its input. Ends with 1 if there was one.
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
from collections.abc import Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

sys.path.append(str(Path(__file__).parent))
from fuzz_cases import Fuzz, fill
from time_limit import Late, bounded

# Cases of a run of 30 minutes on two cores that have nothing else to do.
GOALS = {"profile": 1_000_000, "rules": 2_000, "register": 20_000, "command": 2_000}
# Blocks that these make of each kind.
_BLOCKS = 1_000
# Seconds that a case may take: of work, and on the clock.
BUSY = {"profile": 5, "rules": 10, "register": 20, "command": 20}
SLOW = 120
# By how many megabytes a process may grow after its first blocks, which fill the caches.
GROWTH, WARM = 150, 40


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


def megabytes() -> float:
    """The memory that this process holds now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


class Worker:
    """What one process has: the cases, and how it has grown."""

    def __init__(self, folder: Path, finds: Path) -> None:
        self._fuzz, self._finds = Fuzz(folder), finds
        self._base, self._blocks = 0.0, 0
        finds.mkdir(parents=True, exist_ok=True)
        self._now = open(finds / f"now-{os.getpid()}", "w", encoding="utf-8")  # noqa: SIM115  # while the process lives
        gc.collect()
        gc.freeze()  # the rulebooks, which every collection would go through

    def block(self, kind: str, seeds: range) -> tuple[Outcome, list[str], float]:
        """What came of the cases of these seeds, what is to be printed, and the megabytes that the process holds."""
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
        return outcome, [*lines, *self._grown(f"{kind} {seeds}")], megabytes()

    def _grown(self, where: str) -> list[str]:
        self._blocks += 1
        gc.collect()
        held = megabytes()
        if self._blocks <= WARM:
            self._base = held
        if held <= self._base + GROWTH:
            return []
        before, self._base = self._base, held
        return [f"GROWTH from {before:.0f} MB to {held:.0f} MB at {where}"]


_workers: list[Worker] = []


def begin(folder: Path, finds: Path) -> None:
    """Makes the worker of this process, with a folder of its own."""
    warnings.filterwarnings("ignore", module="openpyxl")
    _workers.append(Worker(Path(tempfile.mkdtemp(dir=folder)), finds))


def block(kind: str, seeds: range) -> tuple[Outcome, list[str], float]:
    """A block of the worker of this process."""
    return _workers[0].block(kind, seeds)


@dataclass
class Run:
    """What a run has handed out and got back."""

    first: Mapping[str, int]
    count: int | None
    found: dict[str, Outcome] = field(init=False)
    handed: Counter[str] = field(default_factory=Counter)
    grown: bool = False
    held: float = 0

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

    def take(self, kind: str, done: tuple[Outcome, list[str], float]) -> None:
        """Counts a block that is done."""
        outcome, lines, held = done
        self.found[kind].add(outcome)
        self.held = max(self.held, held)
        self.grown |= any(line.startswith("GROWTH") for line in lines)
        for line in lines:
            print(line, flush=True)


def run(own: Run, minutes: float, processes: int, folder: Path, finds: Path) -> None:
    """Hands out blocks until the time or the count is up, and waits for those that are out."""
    until = time.monotonic() + minutes * 60
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, spawn, begin, (folder, finds)) as pool:
        out: dict[Future[tuple[Outcome, list[str], float]], str] = {}
        while True:
            while len(out) <= processes and time.monotonic() < until and (given := own.next()) is not None:
                out[pool.submit(block, *given)] = given[0]
            if not out:
                return
            for done in wait(out, return_when=FIRST_COMPLETED).done:
                own.take(out.pop(done), done.result())


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
    print(f"{told.processes} processes, {own.held:,.0f} MB in one at most")
    print(f"{time.monotonic() - begun:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of work; go on with --from "
          + ",".join(f"{kind}={own.first[kind] + own.found[kind].cases}" for kind in own.first))  # fmt: skip
    sys.exit(1 if own.grown or any(outcome.finds for outcome in own.found.values()) else 0)


if __name__ == "__main__":
    main()
