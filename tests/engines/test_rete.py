"""Forward chaining in its cage: it reaches the fixed point, and refuses what durable_rules could not hold."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from applicability.engines import rete
from applicability.engines.rete import CageError, Pattern, Program, Rule

pytestmark = pytest.mark.skipif(not rete.available(), reason="durable_rules does not run on this Python")

NAMES = [f"name {index}" for index in range(12)]


@st.composite
def rule_lists(draw: st.DrawFn) -> list[Rule]:
    """Rules without a circle: each concludes a name that stands after every name it reads."""
    rules = []
    for index in range(draw(st.integers(1, 14))):
        top = draw(st.integers(1, len(NAMES) - 1))
        reads = draw(st.lists(st.sampled_from(NAMES[:top]), min_size=0, max_size=3, unique=True))
        low = draw(st.integers(0, 3))
        when = tuple(Pattern(name, low if name == NAMES[0] else 1, 3 if name == NAMES[0] else 1) for name in reads)
        rules.append(Rule(f"rule {index}", when, (NAMES[top],)))
    return rules


def fixed_point(rules: Sequence[Rule], facts: dict[str, int]) -> frozenset[str]:
    """What follows, found by asking every rule again and again."""
    held = dict(facts)
    changed = True
    while changed:
        changed = False
        for rule in rules:
            if all(p.name in held and p.low <= held[p.name] <= p.high for p in rule.when):
                for name in rule.then:
                    changed = changed or name not in held
                    held.setdefault(name, 1)
    return frozenset(held)


@given(rules=rule_lists(), facts=st.dictionaries(st.sampled_from(NAMES), st.just(1)), first=st.integers(0, 4))
def test_a_program_reaches_the_fixed_point(rules: list[Rule], facts: dict[str, int], first: int) -> None:
    facts[NAMES[0]] = first
    program = Program([rules])
    held, firings = program.run(facts.items())
    assert held == fixed_point(rules, facts)
    known = set(facts)
    for firing in firings:  # in an order that can be told: nothing fires before what it fired on
        assert set(firing.because) <= known
        known |= set(firing.concluded)
    assert program.run(facts.items())[0] == held, "a run leaves nothing behind"
    assert Program([list(reversed(rules))]).run(facts.items())[0] == held, "the order of rules does not matter"


def test_a_rule_with_no_patterns_always_fires() -> None:
    assert Program([[Rule("r", (), ("a",))]]).run([])[0] == {"a"}


def test_a_later_stratum_reads_what_an_earlier_concluded() -> None:
    program = Program([[Rule("r", (Pattern("a"),), ("b",))], [Rule("s", (Pattern("b"),), ("c",))]])
    assert program.run([("a", 1)])[0] == {"a", "b", "c"}
    assert program.run([])[0] == frozenset()


def test_nothing_is_left_behind_by_a_thousand_runs() -> None:
    program = Program([[Rule("r", (Pattern("n", 2, 5), Pattern("a")), ("b",))]])
    for number in range(1000):
        held, _ = program.run([("n", number % 8), ("a", 1)])
        assert ("b" in held) == (2 <= number % 8 <= 5)


def test_threads_share_a_program() -> None:
    program = Program([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(4)]])
    found: dict[int, set[frozenset[str]]] = {n: set() for n in range(4)}

    def work(n: int) -> None:
        for _ in range(200):
            found[n].add(program.run([(f"a{n}", 1)])[0])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: {frozenset({f"a{n}", f"b{n}"})} for n in range(4)}


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([Rule("r", (Pattern("a"),), ("b",)), Rule("s", (Pattern("b"),), ("a",))], "in a circle"),
        ([Rule(f"r{n}", (Pattern("a", n, n),), ("b",)) for n in range(33)], "different conditions read `a`"),
        ([Rule("r", tuple(Pattern(f"a{n}") for n in range(9)), ("b",))], "joins 9 facts"),
        ([Rule("r", (Pattern("a", 1, 10**7),), ("b",))], "out of range"),
        ([Rule("r", (Pattern("a", 3, 2),), ("b",))], "out of range"),
    ],
    ids=["circle", "one-fact", "wide-join", "large-number", "empty-span"],
)
def test_what_comes_near_a_limit_is_refused_when_built(rules: list[Rule], words: str) -> None:
    with pytest.raises(CageError, match=words):
        Program([rules])


def test_a_stratum_that_reads_from_a_later_one_is_refused() -> None:
    with pytest.raises(CageError, match="read before the stratum"):
        Program([[Rule("s", (Pattern("b"),), ("c",))], [Rule("r", (Pattern("a"),), ("b",))]])


def test_more_rules_than_a_set_holds_are_split() -> None:
    rules = [Rule(f"r{n}", (Pattern(f"a{n}"),), (f"a{n + 1}",)) for n in range(900)]
    assert len(Program([rules]).run([("a0", 1)])[0]) == 901


def test_a_condition_that_more_rules_share_than_a_set_holds_is_split() -> None:
    rules = [Rule(f"r{n}", (Pattern("a"),), (f"b{n}",)) for n in range(600)]
    assert len(Program([rules]).run([("a", 1)])[0]) == 601
