"""Times a check and measures its memory: `python benchmarks/check.py [--profiles 50000] [--engine clips]`.

Warm: one check in a running process, on each engine, over the example profiles, and its processor time, which a busy
machine lengthens less. Loading: the rulebook from YAML and from the cache. Network: that of CLIPS, built from the rules
and loaded from its image. Memory: the resident size over many checks in one process on one engine, where every fifth
profile does not keep some limit. What a process of its own takes tells `benchmarks/start.py`.
"""

from __future__ import annotations

import argparse
import pickle
import random
import statistics
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import get_args

from applicability import Rulebook, check, load_profile, load_rulebook
from applicability.engines import EngineName
from applicability.engines.rete import clips
from applicability.engines.rete.clips import ClipsProgram
from applicability.engines.rete.engine import ForwardEngine
from applicability.engines.rete.rules import Rule
from applicability.engines.select import engine_of, forward_names
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


def warm(runs: int) -> None:
    """Times one check in a running process."""
    rulebook = load_rulebook()
    profiles = [load_profile(path) for path in EXAMPLES]
    engines: tuple[EngineName, ...] = ("reference", *forward_names())
    for engine in engines:
        started = time.perf_counter()
        engine_of(rulebook, engine)
        built = time.perf_counter() - started
        times, worked = [], []
        for _ in range(runs):
            for profile in profiles:
                started, worked_before = time.perf_counter(), time.process_time()
                check(profile, rulebook, engine=engine)
                times.append(time.perf_counter() - started)
                worked.append(time.process_time() - worked_before)
        middle, worst = statistics.median(times) * 1000, statistics.quantiles(times, n=20)[-1] * 1000
        own, built = statistics.median(worked) * 1000, built * 1000
        print(f"warm check    {middle:7.2f} ms   95 % within {worst:.2f} ms   {engine}, built in {built:.0f} ms")
        print(f"              {own:7.2f} ms   of processor time   {engine}")


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


def network(runs: int) -> None:
    """Times the network of CLIPS: built from the rules, and loaded from the image that the cache holds."""
    if not clips.available():
        return
    strata: list[list[Rule]] = []

    class Recorder(ClipsProgram):
        def __init__(self, given: Iterable[Sequence[Rule]]) -> None:
            strata[:] = [list(rules) for rules in given]  # the last program has the rules of all measures
            super().__init__(strata)

    ForwardEngine(load_rulebook(), "clips", Recorder)
    program = ClipsProgram(strata)
    built: list[float] = []
    loaded: list[float] = []
    for _ in range(runs):
        for times, one in ((built, ClipsProgram(strata)), (loaded, pickle.loads(pickle.dumps(program)))):
            started = time.perf_counter()
            one.run([])
            times.append(time.perf_counter() - started)
    size = len(pickle.dumps(program)) / 1e6
    middle = [statistics.median(times) * 1000 for times in (built, loaded)]
    rules = sum(map(len, strata))
    print(f"network       {middle[0]:7.0f} ms from {rules} rules, {middle[1]:.1f} ms from its image ({size:.1f} MB)")


def memory(count: int, engine: EngineName) -> None:
    """Measures the resident size after a fiftieth of the checks, and after all of them."""
    rulebook = load_rulebook()
    profiles = [load_profile(path) for path in EXAMPLES]
    drawn, limits = random.Random(1), sorted(rulebook.limits)
    sizes = []
    for number in range(count):
        profile = profiles[number % len(profiles)]
        if number % 5 == 0:
            profile = profile.but(limits={drawn.choice(limits): False})
        used = check(profile, rulebook, engine=engine).engine
        if number + 1 in (count // 50, count):
            sizes.append(_resident())
    grown = f"{sizes[0]:7.1f} MB after {count // 50} checks, {sizes[1]:.1f} MB after {count}"
    print(f"memory        {grown}: {sizes[1] - sizes[0]:+.1f} MB   {used}")


def _resident() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return float("nan")


def main() -> None:
    """Run them all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=50_000, help="checks in the memory run")
    parser.add_argument("--runs", type=int, default=15, help="rounds of warm checks")
    parser.add_argument("--engine", choices=get_args(EngineName), default="auto", help="that of the memory run")
    chosen = parser.parse_args()
    warm(chosen.runs)
    loading(chosen.runs)
    network(chosen.runs)
    memory(chosen.profiles, chosen.engine)


if __name__ == "__main__":
    main()
