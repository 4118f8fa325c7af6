"""Forward chaining on durable_rules, within its known limits. Independent of the domain.

A program is rules over named facts. It is split into rule sets that the engine can hold, ordered by their dependencies,
and a run passes through them once. It guarantees:

- What comes near a known limit is split until it does not, or rejected when the program is built.
- The order of rules, facts and patterns does not affect the result.
- A run leaves no state behind, and two runs never overlap in the engine.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from applicability.engines.rete.durable import ALWAYS, Match, Names, RuleSet, available
from applicability.lazy_dataclass import dataclass

__all__ = ["CageError", "Firing", "Pattern", "Rule", "RuleProgram", "available"]

# These limits are at most half of what was measured to fail. A set with 512 distinct matches hangs forever.
MAX_MATCHES_IN_A_SET = 256
# 255 rules with the same match crash the process.
MAX_RULES_WITH_ONE_MATCH = 120
# A fact that meets more than 64 matches: error 303.
MAX_MATCHES_OF_A_NAME = 32
# After a rule that joins more than two facts has fired, the engine writes out of bounds as they are retracted
# (`deleteMessageFromFrame` in its state.c): random programs crashed. Two are safe.
MAX_MATCHES_IN_A_RULE = 2
# The engine searches all rules of a set for the next to fire, and its limit is 4,096.
MAX_RULES_IN_A_SET = 400
# The engine uses 15 KB for each: this is 450 MB.
MAX_MATCHES_IN_A_PROGRAM = 30_000
MAX_NUMBER = 1_000_000

# One run at a time: a session of the engine is not thread-safe.
_lock = threading.Lock()


def _forked() -> None:
    """Replaces the lock after a fork: a thread that held it does not exist in the child."""
    global _lock
    _lock = threading.Lock()


if hasattr(os, "register_at_fork"):  # not on Windows, which has no fork
    os.register_at_fork(after_in_child=_forked)


class CageError(Exception):
    """A program that durable_rules cannot hold or run: `what` it is, the `limit` it exceeds, and a `hint`."""

    def __init__(self, what: str, limit: int | None = None, hint: str = "") -> None:
        self.what, self.limit, self.hint = what, limit, hint
        super().__init__(what if limit is None else f"{what}, more than {limit}")


@dataclass(frozen=True, slots=True)
class Pattern:
    """Matches a fact with that name and a number from `low` to `high`."""

    name: str
    low: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Rule:
    """Concludes the names in `then` (each as a fact with the number 1) if a fact matches every pattern."""

    id: str
    when: tuple[Pattern, ...]
    then: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Firing:
    """A rule that fired, the names of the facts it fired on, and the names it concluded."""

    rule: str
    because: tuple[str, ...]
    concluded: tuple[str, ...]


# What to record of a rule that fired (None for a part of a rule), and what to conclude, in short names. Plain tuples:
# the rules of a whole program are unpickled at every start.
_Effect = tuple[tuple[str, tuple[str, ...], tuple[str, ...]] | None, tuple[str, ...]]


class _ShortRule(NamedTuple):
    """A rule, or a part of one that joins too many facts, in short names."""

    matches: tuple[Match, ...]
    effect: _Effect


class RuleProgram:
    """Rules in strata: rules may depend on each other within a stratum, and on earlier strata.

    What the engine cannot hold in one set is split into several. Raises CageError for what no split helps. Picklable;
    building one does not call the engine.
    """

    def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
        self._short: dict[str, str] = {}
        names = Names()
        whole = [list(rules) for rules in strata]
        _ensure_order(whole)
        self._concluded = {name for rules in whole for rule in rules for name in rule.then}
        steps = [[step for rule in _in_order(rules) for step in self._steps(rule, names)] for rules in whole]
        count = sum(len(step.matches) for stratum in steps for step in stratum)
        if count > MAX_MATCHES_IN_A_PROGRAM:
            hint = "conclude what many rules share once, under a name of its own"
            raise CageError(f"{count} patterns take too much memory", MAX_MATCHES_IN_A_PROGRAM, hint)
        self._sets = [_RuleSetPart(piece) for stratum in steps for piece in _pieces(stratum)]

    def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
        """All names that hold, given (whether or not a rule reads them) or concluded, and every firing in order.

        Raises CageError for a fact that the engine cannot represent, EngineError if the engine fails.
        """
        given: dict[str, int] = {}
        for name, number in facts:
            # The engine does not take a bool as a number, and treats 1.0 as equal to 1 in some places only.
            if type(number) is not int or not 0 <= number <= MAX_NUMBER:
                raise CageError(f"`{name}` is {number!r}", hint=f"give a whole number from 0 to {MAX_NUMBER}")
            if given.setdefault(name, number) != number:
                raise CageError(f"`{name}` is both {given[name]} and {number}", hint="a name has one number")
            if number != 1 and name in self._concluded:
                raise CageError(f"`{name}` is {number}, and rules conclude it", hint="give it another name")
        held = {self._short[name]: number for name, number in given.items() if name in self._short}
        firings: list[Firing] = []
        with _lock:
            for piece in self._sets:
                piece.run(held, firings)
        concluded = itertools.chain.from_iterable(firing.concluded for firing in firings)
        return frozenset(itertools.chain(given, concluded)), tuple(firings)

    def _intern(self, name: str, names: Names) -> str:
        if name not in self._short:
            self._short[name] = names.next()
        return self._short[name]

    def _steps(self, rule: Rule, names: Names) -> Iterator[_ShortRule]:
        """Splits a rule into parts that the engine can join, the last of which concludes; none if it never fires."""
        spans: dict[str, Match] = {}
        for pattern in rule.when:
            if not 0 <= pattern.low <= pattern.high <= MAX_NUMBER:
                hint = f"a pattern spans whole numbers from 0 to {MAX_NUMBER}"
                raise CageError(f"the rule `{rule.id}` compares `{pattern.name}` out of range", hint=hint)
            short = self._intern(pattern.name, names)
            # The engine never joins a fact with itself: two patterns with one name are merged.
            held = spans.get(short, pattern)
            spans[short] = Match(short, max(held.low, pattern.low), min(held.high, pattern.high))
        matches = list(spans.values())
        if any(match.low > match.high for match in matches):
            return
        while len(matches) > MAX_MATCHES_IN_A_RULE:
            part = names.next()
            yield _ShortRule(tuple(matches[:MAX_MATCHES_IN_A_RULE]), (None, (part,)))
            matches = [*matches[MAX_MATCHES_IN_A_RULE:], Match(part, 1, 1)]
        then = tuple(dict.fromkeys(rule.then))
        because = tuple(dict.fromkeys(pattern.name for pattern in rule.when))
        short_then = tuple(self._intern(name, names) for name in then)
        yield _ShortRule(tuple(matches), ((rule.id, because, then), short_then))


class _RuleSetPart:
    """As many steps as the engine can hold in one set.

    The engine takes 15 KB for each match of a rule, which costs a process that asks once more than all else it does.
    So the first run gives it only the rules that can fire on what holds; from the second on it has them all, and keeps
    them.
    """

    def __init__(self, steps: Sequence[_ShortRule]) -> None:
        self._effects = [step.effect for step in steps]
        self._reads = {match.name for step in steps for match in step.matches}
        self._unasked = any(not step.matches for step in steps)
        # Bare tuples, as above.
        self._matches = [tuple((one.name, one.low, one.high) for one in step.matches) for step in steps]
        self._set = RuleSet([step.matches or (ALWAYS,) for step in steps])
        self._first: RuleSet | None = None  # that of the first run: dropped, it would give its memory back at a cost
        self._met = False

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "_first": None, "_met": False}

    def run(self, held: dict[str, int], firings: list[Firing]) -> None:
        """Run to the fixed point; what is concluded goes into `held`, what fired to the end of `firings`."""
        places: Sequence[int] = range(len(self._effects))
        reads, rules = self._reads, self._set
        if not self._met:
            self._met = True
            places = self._live(held)
            if not places:
                return
            reads = {name for place in places for name, _, _ in self._matches[place]}
            own = [tuple(Match(*match) for match in self._matches[place]) or (ALWAYS,) for place in places]
            rules = self._first = RuleSet(own)
        else:
            self._first = None
        facts = [(name, held[name]) for name in reads & held.keys()]
        if not facts and not self._unasked:
            return

        def fire(place: int) -> list[str]:
            told, then = self._effects[places[place]]
            if told:
                firings.append(Firing(*told))
            new = [name for name in then if name not in held]
            held.update(dict.fromkeys(new, 1))
            return [name for name in new if name in reads]

        rules.run(facts, fire)

    def _live(self, held: Mapping[str, int]) -> list[int]:
        """The rules that can fire: each of their matches holds, or can come to hold in this set."""
        concluded = {name for _, then in self._effects for name in then}
        return [
            place
            for place, matches in enumerate(self._matches)
            if all(low <= held[name] <= high if name in held else name in concluded for name, low, high in matches)
        ]


def _pieces(steps: Iterable[_ShortRule]) -> Iterator[list[_ShortRule]]:
    """Splits a stratum into pieces that the engine can hold, ordered by their dependencies."""
    piece: list[_ShortRule] = []
    users: Counter[Match] = Counter()
    of_name: Counter[str] = Counter()
    for step in steps:
        matches = step.matches or (ALWAYS,)
        new = [match for match in matches if not users[match]]
        if (
            len(piece) == MAX_RULES_IN_A_SET
            or len(users) + len(new) > MAX_MATCHES_IN_A_SET
            or any(users[match] >= MAX_RULES_WITH_ONE_MATCH for match in matches)
            or any(of_name[match.name] >= MAX_MATCHES_OF_A_NAME for match in new)
        ):
            yield piece
            piece, users, of_name, new = [], Counter(), Counter(), list(matches)
        piece.append(step)
        users.update(matches)
        of_name.update(match.name for match in new)
    if piece:
        yield piece


def _in_order(rules: Sequence[Rule]) -> list[Rule]:
    """Sorts the rules topologically by what they read. Raises CageError on a cycle."""
    makers: dict[str, list[Rule]] = {}
    for rule in rules:
        for name in rule.then:
            makers.setdefault(name, []).append(rule)
    done: dict[int, bool] = {}
    ordered: list[Rule] = []
    for first in rules:
        if id(first) in done:
            continue
        stack = [(first, _before(first, makers))]
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
                stack.append((following, _before(following, makers)))
            elif not done[id(following)]:
                what = f"the rules `{rule.id}` and `{following.id}` build on each other in a circle"
                raise CageError(what, hint="a rule reads only what can be concluded without it")
    return ordered


def _before(rule: Rule, makers: dict[str, list[Rule]]) -> Iterator[Rule]:
    return (maker for pattern in rule.when for maker in makers.get(pattern.name, ()))


def _ensure_order(strata: Sequence[Sequence[Rule]]) -> None:
    later: set[str] = set()
    for rules in reversed(strata):
        late = sorted({pattern.name for rule in rules for pattern in rule.when} & later)
        if late:
            hint = "put the rules that conclude it into the same stratum or an earlier one"
            raise CageError(f"`{late[0]}` is read before the stratum that concludes it", hint=hint)
        later |= {name for rule in rules for name in rule.then}
