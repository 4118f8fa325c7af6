"""Times a check and measures its memory: `python benchmarks/check.py [--profiles 50000]`.

Cold: a whole process, alternating with a Python process that only imports the same dependencies. Warm: one check in a
running process, on each engine, over the example profiles. Loading: the rulebook from YAML and from the cache. Memory:
the resident size after many checks in one process.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from applicability import Rulebook, check, load_profile, load_rulebook
from applicability.engines import EngineName
from applicability.engines.rete import program
from applicability.engines.select import engine_of
from applicability.loading import cache
from applicability.loading.lint.rulebook import lint
from applicability.loading.rulebook import build
from applicability.loading.source import read_source, rules_folder

FOLDER = Path(__file__).parents[1]
EXAMPLES = sorted(
    path
    for path in (FOLDER / "examples").iterdir()
    if path.suffix in (".yaml", ".json") and "register" not in path.name
)
IMPORTS = "import click, platformdirs, pydantic, rich.console, yaml; pydantic.BaseModel"
DURABLE = "; import durable.lang"


def seconds(command: list[str]) -> float:
    """The wall time of one run of a command."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=FOLDER, env={**os.environ, "NO_COLOR": "1"})
    return time.perf_counter() - started


def cold(runs: int) -> None:
    """Times whole processes, alternating: the check, and the bare imports of its dependencies."""
    imports = IMPORTS + (DURABLE if program.available() else "")
    bare = [sys.executable, "-c", imports]
    whole = [sys.executable, "-m", "applicability", "check", str(EXAMPLES[0])]
    seconds(bare), seconds(whole)
    pairs = [(seconds(whole), seconds(bare)) for _ in range(runs)]
    ratio = statistics.median(own / other for own, other in pairs)
    own, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    print(f"cold check    {own * 1000:7.0f} ms   imports alone {other * 1000:.0f} ms   ratio {ratio:.2f}, {runs} pairs")


def warm(runs: int) -> None:
    """Times one check in a running process."""
    rulebook = load_rulebook()
    profiles = [load_profile(path) for path in EXAMPLES]
    engines: tuple[EngineName, ...] = ("reference", "forward") if program.available() else ("reference",)
    for engine in engines:
        started = time.perf_counter()
        engine_of(rulebook, engine)
        built = time.perf_counter() - started
        times = []
        for _ in range(runs):
            for profile in profiles:
                started = time.perf_counter()
                check(profile, rulebook, engine=engine)
                times.append(time.perf_counter() - started)
        middle, worst = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000
        print(f"warm check    {middle:7.2f} ms   95 % within {worst:.2f} ms   {engine}, built in {built * 1000:.0f} ms")


def loading(runs: int) -> None:
    """Times loading the rulebook from YAML, with and without the lint, and from the cache."""
    source = read_source(rules_folder(), "rules")
    read, linted, cached = [], [], []
    for _ in range(runs):
        started = time.perf_counter()
        rulebook = build(source)
        read.append(time.perf_counter() - started)
        assert lint(rulebook, source) == ()
        linted.append(time.perf_counter() - started)
        started = time.perf_counter()
        cache.load(read_source(rules_folder(), "rules"), prepare=Rulebook.warm)
        cached.append(time.perf_counter() - started)
    middle = [statistics.median(times) * 1000 for times in (read, linted, cached[1:])]
    print(
        f"load          {middle[0]:7.0f} ms from YAML, {middle[1]:.0f} ms with lint, {middle[2]:.0f} ms from the cache"
    )


def memory(count: int) -> None:
    """Measures the resident size after a tenth of the checks, and after all of them."""
    rulebook = load_rulebook()
    profiles = [load_profile(path) for path in EXAMPLES]
    sizes = []
    for number in range(count):
        check(profiles[number % len(profiles)], rulebook)
        if number + 1 in (count // 10, count):
            sizes.append(_resident())
    print(f"memory        {sizes[0]:7.1f} MB after {count // 10} checks, {sizes[1]:.1f} MB after {count}")


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=50_000, help="checks in the memory run")
    parser.add_argument("--runs", type=int, default=15, help="pairs of cold runs, and rounds of warm ones")
    chosen = parser.parse_args()
    cold(chosen.runs)
    warm(chosen.runs)
    loading(chosen.runs)
    memory(chosen.profiles)


if __name__ == "__main__":
    main()
