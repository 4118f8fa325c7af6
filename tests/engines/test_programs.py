"""Both forward engines: they reach the one fixed point, and split or refuse what they could not hold."""

from __future__ import annotations

import pickle
import random
import threading
from typing import Any

import pytest
from hypothesis import given, settings, strategies as st

from applicability.engines.rete import clips, durable
from applicability.engines.rete.clips import ClipsProgram
from applicability.engines.rete.durable_program import DurableProgram
from applicability.engines.rete.rules import CageError, Firing, Pattern, Rule, RuleProgram

from ..examples import drawn
from .programs import CHAIN, GIVEN, fixed_point, in_a_new_process, resident, share

# Every kind of program, and those that run on this Python.
EVERY: list[type[RuleProgram]] = [DurableProgram, ClipsProgram]
RUNS = [kind for kind, cage in zip(EVERY, (durable, clips), strict=True) if cage.available()]
every = pytest.mark.parametrize("kind", EVERY)
runs = pytest.mark.parametrize("kind", RUNS)

# The first two carry numbers and are never concluded, so that patterns of one name can differ.
NAMES = [f"name {index}" for index in range(16)]
NUMBERED = NAMES[:2]


@st.composite
def programs(draw: st.DrawFn) -> list[list[Rule]]:
    """Strata without a circle: each rule concludes names that stand after every name it reads."""
    cut = draw(st.integers(2, len(NAMES) - 1))
    strata: list[list[Rule]] = [[], []]
    for index in range(draw(st.integers(1, 18))):
        top = draw(st.integers(2, len(NAMES) - 1))
        when = []
        for name in draw(st.lists(st.sampled_from(NAMES[:top]), max_size=draw(st.sampled_from([3, 14])))):
            low = draw(st.integers(0, 3)) if name in NUMBERED else 1
            when.append(Pattern(name, low, draw(st.integers(low, 4)) if name in NUMBERED else 1))
        above = NAMES[top:cut] if top < cut else NAMES[top:]
        then = draw(st.lists(st.sampled_from(above), min_size=1, max_size=2))
        strata[top >= cut].append(Rule(f"rule {index}", tuple(when), tuple(then)))
    return strata


def matches(pattern: Pattern, facts: dict[str, int], held: frozenset[str]) -> bool:
    return pattern.name in held and pattern.low <= facts.get(pattern.name, 1) <= pattern.high


@runs
@settings(derandomize=True, deadline=None, max_examples=drawn(300))
@given(
    strata=programs(),
    facts=st.dictionaries(st.sampled_from(NAMES[2:]), st.just(1)),
    numbers=st.dictionaries(st.sampled_from(NUMBERED), st.integers(0, 4)),
    shuffle=st.randoms(use_true_random=False),
)
def test_a_program_reaches_the_fixed_point(
    kind: type[RuleProgram],
    strata: list[list[Rule]],
    facts: dict[str, int],
    numbers: dict[str, int],
    shuffle: random.Random,
) -> None:
    facts |= numbers
    program = kind(strata)
    held, firings = program.run(facts.items())
    assert held == fixed_point(strata, facts)
    known = set(facts)
    for firing in firings:  # in an order that can be told: nothing fires before what it fired on
        assert set(firing.because) <= known
        known |= set(firing.concluded)
    every = [rule for rules in strata for rule in rules]
    fire = [rule.id for rule in every if all(matches(pattern, facts, held) for pattern in rule.when)]
    assert sorted(firing.rule for firing in firings) == sorted(fire), "each fires once"
    assert program.run(facts.items()) == (held, firings), "a run leaves nothing behind"
    other = list(facts.items())
    shuffle.shuffle(other)
    assert program.run(other) == (held, firings), "the order of facts does not matter"
    mixed = [shuffle.sample(rules, len(rules)) for rules in strata]
    assert kind(mixed).run(other)[0] == held, "the order of rules does not matter"


@runs
def test_a_firing_names_the_rule_and_what_it_fired_on(kind: type[RuleProgram]) -> None:
    program = kind([[Rule("r", (Pattern("n", 2, 5), Pattern("a")), ("b", "c"))]])
    held, firings = program.run([("a", 1), ("n", 3), ("read by nobody", 7)])
    assert held == {"a", "n", "b", "c", "read by nobody"}
    assert firings == (Firing("r", ("n", "a"), ("b", "c")),)


@runs
def test_a_rule_with_no_patterns_always_fires(kind: type[RuleProgram]) -> None:
    assert kind([[Rule("r", (), ("a",))]]).run([])[0] == {"a"}


@runs
def test_a_program_with_no_rules_keeps_the_facts(kind: type[RuleProgram]) -> None:
    assert kind([[]]).run([("a", 1)]) == (frozenset({"a"}), ())


@runs
def test_a_later_stratum_reads_what_an_earlier_concluded(kind: type[RuleProgram]) -> None:
    program = kind([[Rule("r", (Pattern("a"),), ("b",))], [Rule("s", (Pattern("b"),), ("c",))]])
    assert program.run([("a", 1)])[0] == {"a", "b", "c"}
    assert program.run([])[0] == frozenset()


@runs
def test_a_name_that_a_rule_reads_twice_is_joined_with_itself(kind: type[RuleProgram]) -> None:
    twice = Rule("r", (Pattern("a"), Pattern("a")), ("b",))
    program = kind([[twice, Rule("s", (Pattern("n", 1, 3), Pattern("n", 2, 5)), ("c",))]])
    assert program.run([("a", 1), ("n", 2)])[0] == {"a", "n", "b", "c"}
    assert program.run([("n", 1)])[0] == {"n"}


@runs
def test_a_rule_that_nothing_could_match_never_fires(kind: type[RuleProgram]) -> None:
    program = kind([[Rule("r", (Pattern("n", 0, 1), Pattern("n", 3, 5)), ("b",))]])
    assert all(program.run([("n", number)])[0] == {"n"} for number in range(7))


@runs
def test_names_that_mean_something_to_the_engine_are_names_like_any_other(kind: type[RuleProgram]) -> None:
    odd = ["id", "sid", "go", "$s", "m0", "n0", "r", '"', "\\", "天津", "", "\0", "$and"]
    program = kind([[Rule(f"r{name}", (Pattern(name),), (f"has {name}",)) for name in odd]])
    for name in odd:
        assert program.run([(name, 1)])[0] == {name, f"has {name}"}


@runs
def test_a_wide_rule_with_one_fact_missing_does_not_fire(kind: type[RuleProgram]) -> None:
    rule = Rule("r", tuple(Pattern(f"a{n}") for n in range(20)), ("b",))
    program = kind([[rule]])
    for missing in range(20):
        assert "b" not in program.run([(f"a{n}", 1) for n in range(20) if n != missing])[0]
    assert program.run([(f"a{n}", 1) for n in range(20)])[1] == (
        Firing("r", tuple(f"a{n}" for n in range(20)), ("b",)),
    )


# What no split would help is refused -----------------------------------------------------------------------


@every
@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ([Rule("r", (Pattern("a"),), ("b",)), Rule("s", (Pattern("b"),), ("a",))], "in a circle"),
        ([Rule("r", (Pattern("a"),), ("a",))], "`r` and `r` build on each other"),
        ([Rule("r", (Pattern("a", 1, 10**7),), ("b",))], "compares `a` out of range"),
        ([Rule("r", (Pattern("a", 3, 2),), ("b",))], "out of range"),
        ([Rule("r", (Pattern("a", -1, 2),), ("b",))], "out of range"),
    ],
    ids=["circle", "own-circle", "large-number", "empty-span", "negative"],
)
def test_what_no_split_would_help_is_refused_when_built(kind: type[RuleProgram], rules: list[Rule], words: str) -> None:
    with pytest.raises(CageError, match=words) as caught:
        kind([rules])
    assert caught.value.hint


@every
def test_a_stratum_that_reads_from_a_later_one_is_refused(kind: type[RuleProgram]) -> None:
    with pytest.raises(CageError, match="`b` is read before the stratum"):
        kind([[Rule("s", (Pattern("b"),), ("c",))], [Rule("r", (Pattern("a"),), ("b",))]])


@runs
@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([("n", True)], "`n` is True"),
        ([("n", 1.0)], "`n` is 1.0"),
        ([("n", "1")], "`n` is '1'"),
        ([("n", -1)], "`n` is -1"),
        ([("n", 10**7)], "`n` is 10000000"),
        ([("n", 1), ("n", 2)], "`n` is both 1 and 2"),
        ([("b", 2)], "`b` is 2, and rules conclude it"),
    ],
    ids=["bool", "float", "text", "negative", "large", "two-numbers", "concluded"],
)
def test_a_fact_that_cannot_be_told_is_refused(
    kind: type[RuleProgram], facts: list[tuple[str, Any]], words: str
) -> None:
    program = kind([[Rule("r", (Pattern("n"),), ("b",))]])
    with pytest.raises(CageError, match=words):
        program.run(facts)
    assert program.run([("n", 1)])[0] == {"n", "b"}


@runs
def test_a_program_can_be_pickled_before_and_after_it_ran(kind: type[RuleProgram]) -> None:
    program = kind(CHAIN)
    for _ in range(2):
        other = pickle.loads(pickle.dumps(program))
        assert other.run(GIVEN) == program.run(GIVEN)
        assert other.run([("n", 3)])[0] == {"n"}


@runs
def test_threads_share_a_program(kind: type[RuleProgram]) -> None:
    share(kind)


@runs
def test_nothing_is_left_behind_by_two_thousand_runs(kind: type[RuleProgram]) -> None:
    program = kind([[Rule("r", (Pattern("n", 2, 5), Pattern("a")), ("b",))]])
    before = 0.0
    for number in range(2000):
        held, firings = program.run([("n", number % 8), ("a", 1)])
        assert ("b" in held) == (2 <= number % 8 <= 5) == (len(firings) == 1)
        if number == 200:
            before = resident()
    assert resident() < before + 4


@runs
def test_a_run_starts_no_thread(kind: type[RuleProgram]) -> None:
    before = threading.active_count()
    kind(CHAIN).run(GIVEN)
    assert threading.active_count() == before


def test_importing_starts_no_thread_and_prints_nothing() -> None:
    code = "import threading; from applicability.engines import rete; assert threading.active_count() == 1"
    assert in_a_new_process(code) == ""
