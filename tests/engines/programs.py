"""Rules that the tests of the forward engines share, and what of them holds."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from applicability.engines.rete.rules import Pattern, Rule, RuleProgram

CHAIN = [[Rule(f"r{n}", (Pattern(f"a{n}"), Pattern("n", 1, 4)), (f"a{n + 1}",)) for n in range(3)]]
GIVEN = [("a0", 1), ("n", 3)]
ALL = {"a0", "a1", "a2", "a3", "n"}

SPLIT: dict[str, tuple[list[Rule], dict[str, int], int]] = {
    "rules": ([Rule(f"r{n}", (Pattern(f"a{n}"),), (f"a{n + 1}",)) for n in range(900)], {"a0": 1}, 901),
    "conditions": (
        [Rule(f"r{n}", tuple(Pattern(f"a{n} {m}") for m in range(3)), (f"b{n}",)) for n in range(400)],
        {f"a{n} {m}": 1 for n in (0, 200, 399) for m in range(3)},
        12,
    ),
    "rules-of-one-condition": (
        [Rule(f"r{n}", (Pattern("a"),), (f"b{n}",)) for n in range(600)],
        {"a": 1},
        601,
    ),
    "unconditional-rules": ([Rule(f"r{n}", (), (f"b{n}",)) for n in range(300)], {}, 300),
    "conditions-on-one-name": (
        [Rule(f"r{n}", (Pattern("a", n, 200),), (f"b{n}",)) for n in range(150)],
        {"a": 99},
        101,
    ),
    "wide-rule": (
        [Rule("r", tuple(Pattern(f"a{n}") for n in range(60)), ("b",))],
        {f"a{n}": 1 for n in range(60)},
        61,
    ),
}


def fixed_point(strata: Iterable[Sequence[Rule]], facts: dict[str, int]) -> frozenset[str]:
    """What follows, found by asking every rule again and again."""
    held = dict(facts)
    rules = [rule for rules in strata for rule in rules]
    changed = True
    while changed:
        changed = False
        for rule in rules:
            if all(p.name in held and p.low <= held[p.name] <= p.high for p in rule.when):
                for name in rule.then:
                    changed = changed or name not in held
                    held.setdefault(name, 1)
    return frozenset(held)


def resident() -> float:
    """The resident size of this process in MB; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 1e6 if statm.exists() else 0


def in_a_new_process(code: str) -> str:
    """What the code prints, alone in a process."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout + done.stderr


def share(kind: type[RuleProgram]) -> None:
    """Run one program in four threads at once, each with facts of its own."""
    program = kind([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(4)]])
    found: dict[int, set[frozenset[str]]] = {n: set() for n in range(4)}

    def work(n: int) -> None:
        for _ in range(50):
            found[n].add(program.run([(f"a{n}", 1)])[0])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: {frozenset({f"a{n}", f"b{n}"})} for n in range(4)}


class Faulty:
    """The C library of an engine, but its call of that number raises, before or after it was done.

    Calls that are `let_through` are not counted: those that free memory come whenever a program is collected, from
    whichever test.
    """

    def __init__(
        self,
        real: Any,
        error: BaseException | None = None,
        call: int = -1,
        after: bool = False,
        let_through: tuple[str, ...] = ("error", "delete"),
    ) -> None:
        self.calls = 0
        self._real, self._let_through = real, let_through
        self._error, self._call, self._after = error, call, after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        return found if name.startswith(self._let_through) else lambda *given: self._run(found, given)

    def _run(self, function: Callable[..., Any], given: tuple[object, ...]) -> Any:
        due, self.calls = self.calls == self._call, self.calls + 1
        if due and not self._after and self._error:
            raise self._error
        result = function(*given)
        if due and self._error:
            raise self._error
        return result


class Yielding(Faulty):
    """The library, but every call first lets another thread go on."""

    def _run(self, function: Callable[..., Any], given: tuple[object, ...]) -> Any:
        time.sleep(0)
        return super()._run(function, given)
