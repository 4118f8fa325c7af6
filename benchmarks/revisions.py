"""Speeds of the commands against those of another revision: `python benchmarks/revisions.py REVISION`.

Both trees answer the same command lines, each in one process that stays, in turn, so that the speed of the machine
cancels out. A figure is the median, over the rounds, of this tree's processor time by the other's in the same round.
A round of a short command is as many passes as make it SECONDS long, each of them made by both trees in turn.
`ask` is answered with a city and "don't know"; `screen` decides generated companies, of whose columns those are taken
that both trees know.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from company_table import COMPANY, SEED, Register

from applicability import load_rulebook

ROOT = Path(__file__).parents[1]
DAY = "2026-11-23"
EXAMPLES = ("factoring-chongqing", "financial-leasing-dongjiang", "travel-agency-chengdu")

COLUMNS = (COMPANY, "city", "sector", "foreign_share", "entity_kind", "registered_here")
PIECE = 2500
SECONDS = 1.0  # a round's least processor time: a check of 30 ms alone varies by more than what is looked for

# Answers command lines from standard input, each with its exit code and the processor time that it took.
ANSWER = """
import json, sys, time
from click.testing import CliRunner
from applicability.cli.root import root
answers, runner = sys.stdout, CliRunner()
for line in sys.stdin:
    arguments, typed = json.loads(line)
    begun = time.process_time()
    done = runner.invoke(root, arguments, input=typed, prog_name="applicability")
    print(json.dumps([done.exit_code, time.process_time() - begun]), file=answers, flush=True)
"""


class Tree:
    """The commands of a checkout, in one process of its own."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.scratch = scratch / f"of-{root.name}"
        self.scratch.mkdir()
        environment = {**os.environ, "PYTHONPATH": str(root / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
        self._process = subprocess.Popen(
            [sys.executable, "-c", ANSWER], cwd=root, encoding="utf-8",
            env={**environment, "APPLICABILITY_CACHE": str(self.scratch / "cache")},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip

    def seconds(self, arguments: Sequence[str], typed: str = "") -> float:
        """The processor time of a command, which must not fail."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        for old in self.scratch.glob("out*"):
            old.unlink()
        written = [one.replace("OUT", str(self.scratch / "out")) for one in arguments]
        print(json.dumps([written, typed]), file=self._process.stdin, flush=True)
        code, taken = json.loads(self._process.stdout.readline())
        if code not in (0, 9):  # 9: the rulebooks differ
            sys.exit(f"{' '.join(written)}: exit code {code}")
        return float(taken)

    def end(self) -> None:
        """Closes its input, at which it ends."""
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(60)


def write(path: Path, count: int) -> None:
    """Writes a register of generated companies."""
    book = load_rulebook()
    tables = [pa.table(Register(book, SEED + piece).batch(PIECE)) for piece in range(-(-count // PIECE))]
    pq.write_table(pa.concat_tables(tables, promote_options="permissive").select(COLUMNS), path)


def commands(register: Path) -> Mapping[str, list[tuple[list[str], str]]]:
    """The command lines that are timed together, with what is typed, by what they stand for."""
    profiles = [str(ROOT / "examples" / f"{one}.yaml") for one in EXAMPLES]
    steps = str(ROOT / "examples" / "suzhou-register.yaml")
    asked = ["ask", "OUT.yaml", "--as-of", DAY]
    return {
        "check": [(["check", one, "--as-of", DAY, "--format", "json"], "") for one in profiles],
        "screen": [(["screen", str(register), "-o", "OUT.parquet", "--only", "all", "--as-of", DAY], "")],
        "ask": [(asked, "天津\n" + "d\n" * 5 + "q\n")],
        "change": [(["change", one, "--as-of", DAY, "--format", "json"], "") for one in profiles],
        "compare": [(["compare", one, "--as-of", DAY, "--across", "city", "--format", "json"], "") for one in profiles],
        "diff": [(["diff", "--new-register", steps, "--format", "json"], "")],
        "map": [(["map", "--as-of", DAY, "--format", "json"], "")],
    }


def one_pass(tree: Tree, lines: Sequence[tuple[list[str], str]]) -> float:
    """The processor time of each command line once."""
    return sum(tree.seconds(*line) for line in lines)


def one_round(trees: Sequence[Tree], lines: Sequence[tuple[list[str], str]], passes: int) -> list[float]:
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
        old, register = scratch / "old", scratch / "companies.parquet"
        subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", old, given.revision], check=True)
        trees: list[Tree] = []
        try:
            write(register, given.companies)
            trees = [Tree(old, scratch), Tree(ROOT, scratch)]
            for name, lines in commands(register).items():
                if given.only and name not in given.only:
                    continue
                for tree in trees:  # once unmeasured: what is loaded and built by the first of each kind
                    one_pass(tree, lines)
                passes = math.ceil(SECONDS / one_pass(trees[0], lines))
                rounds = [one_round(trees, lines, passes) for _ in range(given.rounds)]
                before, after = (statistics.median(one) for one in zip(*rounds, strict=True))
                ratio = statistics.median(new / former for former, new in rounds)
                print(f"{name:8} {passes:3} {before * 1000:9.1f} ms {after * 1000:9.1f} ms  {ratio:5.2f}", flush=True)
        finally:
            for tree in trees:
                tree.end()
            subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", old], check=True)


if __name__ == "__main__":
    main()
