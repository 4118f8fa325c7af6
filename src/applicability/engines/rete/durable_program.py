"""Forward chaining on durable_rules, inside the cage that it needs (`durable`).

A program is cut into rule sets that the engine can hold, each after those that it reads from, and a run passes through
them once.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from applicability.bounded import BoundedCache
from applicability.engines.rete.durable import ALWAYS, Match, Names, RuleSet
from applicability.engines.rete.fork_lock import ForkLock
from applicability.engines.rete.rules import CageError, Firing, Rule, firing, in_order, numbers, spans

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

# One run at a time: a session of the engine is not thread-safe.
_one_run = ForkLock()


# The place of a rule in the program and what to tell of it when it fired (nothing of a part), and what to conclude, in
# short names. Bare tuples: the rules of a whole program are read from the cache at every start.
_PlacedFiring = tuple[int, str, tuple[str, ...], tuple[str, ...]]
_Effect = tuple[_PlacedFiring | None, tuple[str, ...]]


class _ShortRule(NamedTuple):
    """A rule, or a part of one that joins too many facts, in short names."""

    matches: tuple[Match, ...]
    effect: _Effect


class DurableProgram:
    """Rules in strata, for durable_rules (see `rules.RuleProgram`). Building one does not enter the engine.

    What the engine could not hold in one set it gets in several. Raises CageError for what no split helps.
    """

    def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
        self._short: dict[str, str] = {}
        self._firings: BoundedCache[int, Firing] = BoundedCache(MAX_MATCHES_IN_A_PROGRAM)
        names, places = Names(), itertools.count()
        whole = in_order(strata)
        self._concluded = frozenset(name for rules in whole for rule in rules for name in rule.then)
        steps = [[step for rule in rules for step in self._steps(rule, next(places), names)] for rules in whole]
        count = sum(len(step.matches) for stratum in steps for step in stratum)
        if count > MAX_MATCHES_IN_A_PROGRAM:
            hint = "conclude what many rules share once, under a name of its own"
            raise CageError(f"{count} patterns take too much memory", MAX_MATCHES_IN_A_PROGRAM, hint)
        self._sets = [_RuleSetPart(piece) for stratum in steps for piece in _pieces(stratum)]

    def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
        """All names that hold, given (read by a rule or not) and concluded, and the rules that fired, in order.

        Raises CageError for a fact that the engine cannot represent, EngineError if the engine fails.
        """
        given = numbers(facts, self._concluded)
        held = {self._short[name]: number for name, number in given.items() if name in self._short}
        fired: list[_PlacedFiring] = []
        with _one_run.lock:
            for piece in self._sets:
                piece.run(held, fired)
        firings = tuple(map(self._firing, sorted(fired)))
        concluded = itertools.chain.from_iterable(firing.concluded for firing in firings)
        return frozenset(itertools.chain(given, concluded)), firings

    def _firing(self, told: _PlacedFiring) -> Firing:
        """What to tell of a rule that fired, made once."""
        found = self._firings.get(told[0])
        if found is None:
            found = self._firings[told[0]] = Firing(*told[1:])
        return found

    def _intern(self, name: str, names: Names) -> str:
        if name not in self._short:
            self._short[name] = names.next()
        return self._short[name]

    def _steps(self, rule: Rule, place: int, names: Names) -> Iterator[_ShortRule]:
        """The rule in parts that the engine can join, the last of which concludes; none if it never fires."""
        asked = spans(rule)
        if asked is None:
            return
        matches = [Match(self._intern(name, names), low, high) for name, (low, high) in asked.items()]
        while len(matches) > MAX_MATCHES_IN_A_RULE:
            part = names.next()
            yield _ShortRule(tuple(matches[:MAX_MATCHES_IN_A_RULE]), (None, (part,)))
            matches = [*matches[MAX_MATCHES_IN_A_RULE:], Match(part, 1, 1)]
        told = firing(rule)
        then = tuple(self._intern(name, names) for name in told.concluded)
        yield _ShortRule(tuple(matches), ((place, told.rule, told.because, told.concluded), then))


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

    def run(self, held: dict[str, int], fired: list[_PlacedFiring]) -> None:
        """Run to the fixed point; what is concluded goes into `held`, what fired to the end of `fired`."""
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
                fired.append(told)
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
