"""Two checkouts of the project that answer the same command lines, each in one process that stays."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq
from company_table import SEED, Register

from applicability import load_rulebook

ROOT = Path(__file__).parents[1]
_PIECE = 2500

# Answers command lines from standard input: a process for each would take hours for all cases.
_ANSWER = """
import json, sys, time
from click.testing import CliRunner
from applicability.cli.root import root
answers, runner = sys.stdout, CliRunner()
for line in sys.stdin:
    arguments, typed = json.loads(line)
    begun = time.process_time()
    done = runner.invoke(root, arguments, input=typed, prog_name="applicability")
    print(json.dumps([done.exit_code, done.stdout, time.process_time() - begun]), file=answers, flush=True)
"""


class CommandResult(NamedTuple):
    """The exit code and the standard output of a command line, and the processor time that it took, in seconds."""

    code: int
    text: str
    seconds: float

    @property
    def succeeded(self) -> bool:
        """Whether it ran; 9: the rulebooks differ."""
        return self.code in (0, 9)


class CheckoutProcess:
    """The command line of a checkout, in one process of its own, with a cache of its own where `cache` is given."""

    def __init__(self, root: Path, cache: Path | None = None) -> None:
        environment = {**os.environ, "PYTHONPATH": str(root / "src"), "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
        if cache is not None:
            environment["APPLICABILITY_CACHE"] = str(cache)
        self.name = root.name
        self._process = subprocess.Popen(
            [sys.executable, "-c", _ANSWER],
            cwd=root, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> CheckoutProcess:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()  # at which it ends
        self._process.wait(60)

    def run(self, arguments: Sequence[str], typed: str | None = None) -> CommandResult:
        """Runs a command line, with what is typed."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        print(json.dumps([list(arguments), typed]), file=self._process.stdin, flush=True)
        return CommandResult(*json.loads(self._process.stdout.readline()))


@contextlib.contextmanager
def worktree(revision: str, path: Path) -> Iterator[Path]:
    """A revision of this repository, checked out at `path` as long as the block runs."""
    subprocess.run(["git", "-C", ROOT, "worktree", "add", "-q", "--detach", path, revision], check=True)
    try:
        yield path
    finally:
        subprocess.run(["git", "-C", ROOT, "worktree", "remove", "--force", path], check=True)


def write_register(path: Path, count: int, columns: Sequence[str] = (), *, half_distinct: bool = False) -> None:
    """Writes a register of at least `count` generated companies, with some columns or all of them.

    They are realistic, or, of every second piece, distinct to the rules.
    """
    book = load_rulebook()
    pieces = range(-(-count // _PIECE))
    distinct = [half_distinct and piece % 2 == 1 for piece in pieces]
    tables = [pa.table(Register(book, SEED + piece, distinct=distinct[piece]).batch(_PIECE)) for piece in pieces]
    table = pa.concat_tables(tables, promote_options="permissive")
    pq.write_table(table.select(list(columns)) if columns else table, path)
