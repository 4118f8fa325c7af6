"""What it costs to start: `python benchmarks/start.py [--runs 31]`.

The processor time, user and system, of whole processes: of a check whose rulebook is cached, of `--help` and of
completion. Each is set against `python -c pass`, and against a process that imports what the command imports from
outside this package, as found in its `sys.modules`, and does nothing else. All are run in turn, so that what else the
machine does falls on all of them; told are the medians of the ratios within a round.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parents[1]
PROFILE = "examples/travel-agency-chengdu.yaml"
# Runs the program as `python -m` does, and tells at the end what has been imported, in order.
TELL = """
import runpy, sys
try:
    runpy.run_module("applicability", run_name="__main__", alter_sys=True)
except SystemExit:
    pass
# The module of CLIPS is loaded by its file, without its package, and cannot be imported by name.
own = ("applicability", "__main__", "clips", "_clips")
print(*(name for name in sys.modules if name.partition(".")[0] not in own), file=sys.stderr)
"""


@dataclass(frozen=True)
class Command:
    """What is run, and how many times the processor time of `python -c pass` it may take."""

    name: str
    arguments: tuple[str, ...]
    bound: float
    environment: dict[str, str] = field(default_factory=dict)


def completion(line: str) -> dict[str, str]:
    """What a shell asks when the last word of a line is to be completed."""
    count = len(line.split(" ")) - 1
    return {"_APPLICABILITY_COMPLETE": "bash_complete", "COMP_WORDS": line, "COMP_CWORD": str(count)}


COMMANDS = (
    Command("check, rulebook cached", ("check", PROFILE), 14),
    Command("--help", ("--help",), 4),
    Command("completion of a command", (), 4, completion("applicability ch")),
    Command("completion of an option", (), 4, completion("applicability check --f")),
)


class Processes:
    """Runs processes and tells their processor time. The cache is a folder of its own, and modules are compiled."""

    def __init__(self, cache: str) -> None:
        self._base = {**os.environ, "APPLICABILITY_CACHE": cache, "NO_COLOR": "1", "COLUMNS": "80"}
        self._base.pop("PYTHONDONTWRITEBYTECODE", None)

    def milliseconds(self, arguments: list[str], environment: dict[str, str]) -> float:
        """The processor time of one process. Raises RuntimeError where it fails."""
        with subprocess.Popen(
            [sys.executable, *arguments], stdout=subprocess.DEVNULL, cwd=FOLDER, env={**self._base, **environment}
        ) as process:
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise RuntimeError(f"{arguments} ended with {process.returncode}")
        return (used.ru_utime + used.ru_stime) * 1000

    def imports(self, command: Command) -> list[str]:
        """The modules from outside the package that a command has imported when it ends, in order."""
        done = subprocess.run(
            [sys.executable, "-c", TELL, *command.arguments],
            capture_output=True, text=True, check=True, cwd=FOLDER, env={**self._base, **command.environment},
        )  # fmt: skip
        return done.stderr.split()


def measured(runs: int) -> list[tuple[Command, int, float, float, float]]:
    """For each command: how many modules it imports, its time, and its ratios to nothing and to these imports."""
    with tempfile.TemporaryDirectory() as cache:
        os.chmod(cache, 0o700)
        processes = Processes(cache)
        modules = {}
        for command in COMMANDS:
            processes.milliseconds(["-m", "applicability", *command.arguments], command.environment)  # fills the cache
            modules[command.name] = processes.imports(command)
        rounds = []
        for _ in range(runs):
            found = {"pass": (processes.milliseconds(["-c", "pass"], {}), 0.0)}
            for command in COMMANDS:
                whole = processes.milliseconds(["-m", "applicability", *command.arguments], command.environment)
                bare = processes.milliseconds(["-c", f"import {', '.join(modules[command.name])}"], {})
                found[command.name] = (whole, bare)
            rounds.append(found)
    return [
        (
            command,
            len(modules[command.name]),
            statistics.median(found[command.name][0] for found in rounds),
            statistics.median(found[command.name][0] / found["pass"][0] for found in rounds),
            statistics.median(found[command.name][0] / found[command.name][1] for found in rounds),
        )
        for command in COMMANDS
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=31, help="rounds")
    runs = parser.parse_args().runs
    print(f"{platform.python_implementation()} {platform.python_version()}, {runs} rounds")
    for command, count, own, to_pass, to_imports in measured(runs):
        print(
            f"{command.name:<24} {own:6.0f} ms   {to_pass:5.2f} times `python -c pass` (bound {command.bound})   "
            f"{to_imports:.2f} times its {count} imports"
        )


if __name__ == "__main__":
    main()
