"""Forward chaining on durable_rules, inside the cage that it needs. Knows nothing of the domain.

The laws of the cage:
- Only names and numbers made here reach the engine: a fact is `{id, sid, NAME: NUMBER}` with interned names.
- A fact is small and one name wide, so no fact meets more conditions than the engine can hold.
- The engine's own rule set is driven directly: no Host, no timer threads, no action code that could raise in it.
- Facts are retracted after every run, under one lock; a rule that always fires keeps each session alive.
- Whatever comes near a known limit is refused when the program is built, never met at run time.
- An error of the engine is never passed over: it would mean incomplete verdicts.
"""

from __future__ import annotations

import importlib
import itertools
import json
import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from types import ModuleType


def _import() -> ModuleType | None:
    """The C engine of durable_rules, which its Python layer wraps; None on CPython 3.13 and later."""
    try:
        return importlib.import_module("durable_rules_engine")
    except ImportError:
        return None


_engine = _import()

# Half of what was measured to break (64 conditions on a fact, 256 equal conditions, 512 names, joins of 17).
MAX_CONDITIONS_ON_A_FACT = 32
MAX_RULES_WITH_ONE_CONDITION = 128
MAX_RULES_IN_A_SET = 400
MAX_PATTERNS_IN_A_RULE = 8
MAX_NUMBER = 1_000_000

# One engine in the process: its sessions are not safe to enter from two threads.
_lock = threading.Lock()
_numbers = itertools.count()


class CageError(Exception):
    """A program comes too near a limit of durable_rules, and is refused before it is built."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A fact of that name with a number from `low` to `high`."""

    name: str
    low: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """Where a fact matches every pattern, conclude the names (each as a fact with the number 1)."""

    id: str
    when: tuple[Pattern, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that fired, the names of the facts it fired on, and the names it concluded."""

    rule: str
    because: tuple[str, ...]
    concluded: tuple[str, ...]


def available() -> bool:
    """Whether durable_rules runs on this Python."""
    return _engine is not None


class Program:
    """Rules in strata: within one, rules may build on each other; a later one reads what the earlier concluded.

    What the engine could not hold in one set it gets in several. Raises CageError for what no split would help.
    """

    def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
        self._names: dict[str, str] = {}
        self._hashes: dict[int, str] = {}
        self._sets = [_RuleSet(self, rules) for stratum in strata for rules in _pieces(stratum) if rules]
        _ensure_acyclic(self._sets)

    def intern(self, name: str) -> str:
        """The short name under which the engine knows a name; the engine compares them by a 32-bit hash."""
        if name not in self._names:
            short = f"n{len(self._names)}"
            digest = _fnv(short)
            if digest in self._hashes:
                raise CageError(f"`{name}` and `{self._hashes[digest]}` would look the same to the engine")
            self._hashes[digest] = name
            self._names[name] = short
        return self._names[name]

    def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
        """All names that hold, given and concluded, and every firing in order. Facts that no rule reads are kept."""
        held = dict(facts)
        firings: list[Firing] = []
        with _lock:
            for rule_set in self._sets:
                firings += rule_set.run(held)
        return frozenset(held), tuple(firings)


class _RuleSet:
    """One rule set of the engine: at most 400 rules, driven to its fixed point."""

    def __init__(self, program: Program, rules: Sequence[Rule]) -> None:
        self.reads = {pattern.name for rule in rules for pattern in rule.when}
        self.writes = {name for rule in rules for name in rule.then}
        self._then = {f"r{index}": (rule.id, rule.then) for index, rule in enumerate(rules)}
        self._short = {name: program.intern(name) for name in sorted(self.reads | self.writes)}
        self._long = {short: name for name, short in self._short.items()}
        _guard(rules)
        definition: dict[str, dict[str, list[dict[str, object]]]] = {
            f"r{index}": {
                "all": [{f"m{i}": self._condition(pattern)} for i, pattern in enumerate(rule.when)] or _ALWAYS
            }
            for index, rule in enumerate(rules)
        }
        definition["go"] = {"all": _ALWAYS}
        self._definition = json.dumps(definition)
        self._handle: int | None = None

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_handle": None}  # the engine's own memory does not travel

    def _condition(self, pattern: Pattern) -> dict[str, object]:
        short = self._short[pattern.name]
        if pattern.low == pattern.high:
            return {short: pattern.low}
        return {"$and": [{"$gte": {short: pattern.low}}, {"$lte": {short: pattern.high}}]}

    def run(self, held: dict[str, int]) -> list[Firing]:
        """Run to the fixed point; what is concluded goes into `held`."""
        if _engine is None:
            raise CageError("durable_rules does not run on this Python")
        if self._handle is None:
            self._handle = _engine.create_ruleset(f"applicability-{next(_numbers)}", self._definition)
        asserted: list[str] = []
        firings: list[Firing] = []
        try:
            state = self._assert("go", 1, asserted)
            for name in self.reads & held.keys():
                self._assert(self._short[name], held[name], asserted)
            found = _engine.start_action_for_state(self._handle, state)
            message = found[1] if found else None
            while message:
                ((id, matched),) = json.loads(message).items()
                if id != "go":
                    rule, concluded = self._then[id]
                    because = tuple(
                        self._long[short] for fact in matched.values() for short in fact if short in self._long
                    )
                    firings.append(Firing(rule, because, concluded))
                    for name in concluded:
                        if name not in held:
                            held[name] = 1
                            if name in self.reads:
                                self._assert(self._short[name], 1, asserted)
                message = _engine.complete_and_start_action(self._handle, state)
        finally:
            for fact in asserted:
                _engine.retract_fact(self._handle, fact)
        return firings

    def _assert(self, short: str, number: int, asserted: list[str]) -> int:
        assert _engine is not None  # a program cannot be built without it
        fact = f'{{"id":"{short}","sid":"s","{short}":{number}}}'
        code, state = _engine.assert_fact(self._handle, fact)
        asserted.append(fact)
        if code == 2:  # the engine has seen the fact: a run before this one was not cleared
            raise CageError(f"the fact `{short}` stayed behind from an earlier run")
        return int(state)


_ALWAYS: list[dict[str, object]] = [{"m0": {"go": 1}}]


def _pieces(rules: Sequence[Rule]) -> Iterable[Sequence[Rule]]:
    """A stratum in pieces that the engine can hold, each after those that it reads from."""
    piece: list[Rule] = []
    users: Counter[Pattern] = Counter()
    for rule in _in_order(rules):
        users.update(rule.when)
        crowded = any(users[pattern] > MAX_RULES_WITH_ONE_CONDITION for pattern in rule.when)
        if crowded or len(piece) == MAX_RULES_IN_A_SET:
            yield piece
            piece, users = [], Counter(rule.when)
        piece.append(rule)
    yield piece


def _in_order(rules: Sequence[Rule]) -> list[Rule]:
    """The rules with every rule after all that conclude what it reads. Raises CageError on a circle."""
    makers: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.then:
            makers.setdefault(name, []).append(rule)
    done: dict[int, bool] = {}
    ordered: list[Rule] = []
    for first in rules:
        stack = [(first, iter(_before(first, makers)))]
        if id(first) in done:
            continue
        done[id(first)] = False
        while stack:
            rule, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                done[id(rule)] = True
                ordered.append(rule)
                stack.pop()
            elif id(following) not in done:
                done[id(following)] = False
                stack.append((following, iter(_before(following, makers))))
            elif not done[id(following)]:
                raise CageError(f"the rules `{rule.id}` and `{following.id}` build on each other in a circle")
    return ordered


def _before(rule: Rule, makers: dict[str, list[Rule]]) -> list[Rule]:
    return [maker for pattern in rule.when for maker in makers.get(pattern.name, ())]


def _ensure_acyclic(sets: Sequence[_RuleSet]) -> None:
    for index, rule_set in enumerate(sets):
        late = {name for later in sets[index + 1 :] for name in later.writes} & rule_set.reads
        if late:
            raise CageError(f"`{min(late)}` is read before the stratum that concludes it")


def _guard(rules: Sequence[Rule]) -> None:
    """Refuse what comes within half of a limit that was measured to hang, crash or answer wrongly."""
    patterns: dict[str, set[Pattern]] = {}
    for rule in rules:
        if len(rule.when) > MAX_PATTERNS_IN_A_RULE:
            raise CageError(f"the rule `{rule.id}` joins {len(rule.when)} facts, more than {MAX_PATTERNS_IN_A_RULE}")
        for pattern in rule.when:
            if not 0 <= pattern.low <= pattern.high <= MAX_NUMBER:
                raise CageError(f"the rule `{rule.id}` compares `{pattern.name}` out of range")
            patterns.setdefault(pattern.name, set()).add(pattern)
    for name, distinct in patterns.items():
        if len(distinct) > MAX_CONDITIONS_ON_A_FACT:
            raise CageError(f"{len(distinct)} different conditions read `{name}`")


def _fnv(text: str) -> int:
    """The 32-bit FNV-1a hash, by which the engine tells names apart."""
    digest = 2166136261
    for byte in text.encode():
        digest = ((digest ^ byte) * 16777619) & 0xFFFFFFFF
    return digest
