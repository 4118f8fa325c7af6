"""Speeds of the commands against those of another revision: `python benchmarks/revisions.py REVISION`.

Both trees answer the same command lines, each in one process that stays, in turn, so that the speed of the machine
cancels out. A figure is the median, over the rounds, of this tree's processor time by the other's in the same round.
A round of a short command is as many passes as make it SECONDS long, each of them made by both trees in turn.
`ask` is answered with a city and "don't know"; `screen` decides generated companies, of whose columns those are taken
that both trees know, and `register` a register of codes, names, types and addresses.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from checkout import ROOT, CheckoutProcess, worktree, write_register
from company_table import COMPANY
from screen_registers import written

DAY = "2026-11-23"
EXAMPLES = ("factoring-chongqing", "financial-leasing-dongjiang", "travel-agency-chengdu")

COLUMNS = (COMPANY, "city", "sector", "foreign_share", "entity_kind", "registered_here")
SECONDS = 1.0  # a round's least processor time: a check of 30 ms alone varies by more than what is looked for


class TimedCheckout:
    """The commands of a checkout, with a folder of its own for what they write and cache."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.scratch = scratch / f"of-{root.name}"
        self.scratch.mkdir()
        self._process = CheckoutProcess(root, self.scratch / "cache")

    def __enter__(self) -> TimedCheckout:
        self._process.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.__exit__()

    def seconds(self, arguments: Sequence[str], typed: str = "") -> float:
        """The processor time of a command, which must not fail."""
        for old in self.scratch.glob("out*"):
            old.unlink()
        written = [one.replace("OUT", str(self.scratch / "out")) for one in arguments]
        done = self._process.run(written, typed)
        if not done.succeeded:
            sys.exit(f"{' '.join(written)}: exit code {done.code}")
        return done.seconds


def commands(facts: Path, register: Path) -> Mapping[str, list[tuple[list[str], str]]]:
    """The command lines that are timed together, with what is typed, by what they stand for."""
    profiles = [str(ROOT / "examples" / f"{one}.yaml") for one in EXAMPLES]
    steps = str(ROOT / "examples" / "suzhou-register.yaml")
    asked = ["ask", "OUT.yaml", "--as-of", DAY]
    return {
        "check": [(["check", one, "--as-of", DAY, "--format", "json"], "") for one in profiles],
        "screen": [(["screen", str(facts), "-o", "OUT.parquet", "--only", "all", "--as-of", DAY], "")],
        "register": [(["screen", str(register), "-o", "OUT.parquet", "--as-of", DAY], "")],
        "ask": [(asked, "天津\n" + "d\n" * 5 + "q\n")],
        "change": [(["change", one, "--as-of", DAY, "--format", "json"], "") for one in profiles],
        "compare": [(["compare", one, "--as-of", DAY, "--across", "city", "--format", "json"], "") for one in profiles],
        "diff": [(["diff", "--new-register", steps, "--format", "json"], "")],
        "map": [(["map", "--as-of", DAY, "--format", "json"], "")],
    }


def one_pass(tree: TimedCheckout, lines: Sequence[tuple[list[str], str]]) -> float:
    """The processor time of each command line once."""
    return sum(tree.seconds(*line) for line in lines)


def one_round(trees: Sequence[TimedCheckout], lines: Sequence[tuple[list[str], str]], passes: int) -> list[float]:
    """The processor time of a pass in each tree, as the mean of so many that were made in turn."""
    taken = [[one_pass(tree, lines) for tree in trees] for _ in range(passes)]
    return [statistics.fmean(one) for one in zip(*taken, strict=True)]


def main() -> None:
    """Times both trees in turn and prints the medians of their ratios."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("revision")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--companies", type=int, default=200_000)
    parser.add_argument("--only", action="append", help="a command alone")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        facts, register = scratch / "companies.parquet", scratch / "register.parquet"
        write_register(facts, given.companies, COLUMNS)
        written(register, given.companies, "usual")
        with (
            worktree(given.revision, scratch / "old") as old,
            TimedCheckout(old, scratch) as before,
            TimedCheckout(ROOT, scratch) as after,
        ):
            for name, lines in commands(facts, register).items():
                if not given.only or name in given.only:
                    print(f"{name:8} {compared((before, after), lines, given.rounds)}", flush=True)


def compared(trees: Sequence[TimedCheckout], lines: Sequence[tuple[list[str], str]], rounds: int) -> str:
    """The passes of a round, the median times of both trees, and the median of their ratios."""
    for tree in trees:  # once unmeasured: what is loaded and built by the first of each kind
        one_pass(tree, lines)
    passes = math.ceil(SECONDS / one_pass(trees[0], lines))
    taken = [one_round(trees, lines, passes) for _ in range(rounds)]
    before, after = (statistics.median(one) for one in zip(*taken, strict=True))
    ratio = statistics.median(new / former for former, new in taken)
    return f"{passes:3} {before * 1000:9.1f} ms {after * 1000:9.1f} ms  {ratio:5.2f}"


if __name__ == "__main__":
    main()
