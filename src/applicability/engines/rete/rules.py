"""Rules over named facts, as both forward engines take them. Knows nothing of the domain.

A program is rules in strata: in one, rules may build on each other; a later one reads what the earlier concluded. The
laws, whichever engine runs it:
- A run reaches the one fixed point, and tells every rule that is true there, in the order of the program: a rule stands
  after all that conclude what it reads. The order of the facts changes nothing.
- A run leaves nothing behind, and two runs never meet in an engine.
- What an engine cannot hold is split until it can, or refused when the program is built.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Fired

MAX_NUMBER = 1_000_000


class CageError(Exception):
    """What an engine could not hold or follow: `what` it is, the `limit` it passes, and a `hint`."""

    def __init__(self, what: str, limit: int | None = None, hint: str = "") -> None:
        self.what, self.limit, self.hint = what, limit, hint
        super().__init__(what if limit is None else f"{what}, more than {limit}")


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


# A rule that fired, the names of the facts it fired on, and the names it concluded: just what an assessment tells of
# it, so that none of hundreds has to be made once more.
Firing = Fired


class RuleProgram(Protocol):
    """Rules made ready for one engine. Can be pickled; safe to run from several threads."""

    def __init__(self, strata: Iterable[Sequence[Rule]]) -> None:
        """Raises CageError for what the engine could not hold."""

    def run(self, facts: Iterable[tuple[str, int]]) -> tuple[frozenset[str], tuple[Firing, ...]]:
        """All names that hold, given (read by a rule or not) and concluded, and the rules that fired, in order.

        Raises CageError for a fact that cannot be told to the engine, EngineError when the engine fails.
        """


def in_order(strata: Iterable[Sequence[Rule]]) -> list[list[Rule]]:
    """The strata, with every rule after all that conclude what it reads. Raises CageError on a circle."""
    whole = [list(rules) for rules in strata]
    later: set[str] = set()
    for rules in reversed(whole):
        late = sorted({pattern.name for rule in rules for pattern in rule.when} & later)
        if late:
            hint = "put the rules that conclude it into the same stratum or an earlier one"
            raise CageError(f"`{late[0]}` is read before the stratum that concludes it", hint=hint)
        later |= {name for rule in rules for name in rule.then}
    return [_in_order(rules) for rules in whole]


def spans(rule: Rule) -> dict[str, tuple[int, int]] | None:
    """The numbers that a rule asks for, by name; None where no fact could have them. Raises CageError out of range."""
    found: dict[str, tuple[int, int]] = {}
    for pattern in rule.when:
        if not 0 <= pattern.low <= pattern.high <= MAX_NUMBER:
            hint = f"a pattern spans whole numbers from 0 to {MAX_NUMBER}"
            raise CageError(f"the rule `{rule.id}` compares `{pattern.name}` out of range", hint=hint)
        # A name has one number: two patterns of one name become one.
        low, high = found.get(pattern.name, (pattern.low, pattern.high))
        found[pattern.name] = max(low, pattern.low), min(high, pattern.high)
    return None if any(low > high for low, high in found.values()) else found


def firing(rule: Rule) -> Firing:
    """What to tell of a rule when it fires."""
    return Firing(rule.id, tuple(dict.fromkeys(one.name for one in rule.when)), tuple(dict.fromkeys(rule.then)))


def numbers(facts: Iterable[tuple[str, int]], concluded: frozenset[str]) -> dict[str, int]:
    """The number of every name given. Raises CageError for what no engine could be told."""
    given: dict[str, int] = {}
    for name, number in facts:
        # A bool would be no number to an engine, and 1.0 equal to 1 in one place and not in another.
        if type(number) is not int or not 0 <= number <= MAX_NUMBER:
            raise CageError(f"`{name}` is {number!r}", hint=f"give a whole number from 0 to {MAX_NUMBER}")
        if given.setdefault(name, number) != number:
            raise CageError(f"`{name}` is both {given[name]} and {number}", hint="a name has one number")
        if number != 1 and name in concluded:
            raise CageError(f"`{name}` is {number}, and rules conclude it", hint="give it another name")
    return given


def _in_order(rules: Sequence[Rule]) -> list[Rule]:
    """The rules of a stratum, in order. Raises CageError on a circle."""
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
