"""Forward chaining within its limits: it reaches the fixed point, and splits or rejects what the engine cannot hold."""

from __future__ import annotations

import gc
import pickle
import random
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from applicability.engines.rete import durable, program
from applicability.engines.rete.durable import Match, RuleSet
from applicability.engines.rete.program import CageError, Firing, Pattern, Rule, RuleProgram
from applicability.errors import EngineError

from ..examples import drawn

needs_engine = pytest.mark.skipif(not program.available(), reason="durable_rules does not run on this Python")

# The first two have numbers and are never concluded, so that patterns of one name can differ.
NAMES = [f"name {index}" for index in range(16)]
NUMBERED = NAMES[:2]


@st.composite
def programs(draw: st.DrawFn) -> list[list[Rule]]:
    """Strata without cycles: each rule concludes names that come after every name it reads."""
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


def fixed_point(strata: Iterable[Sequence[Rule]], facts: dict[str, int]) -> frozenset[str]:
    """The fixed point, computed by brute force."""
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


def matches(pattern: Pattern, facts: dict[str, int], held: frozenset[str]) -> bool:
    return pattern.name in held and pattern.low <= facts.get(pattern.name, 1) <= pattern.high


@needs_engine
@settings(derandomize=True, deadline=None, max_examples=drawn(300))
@given(
    strata=programs(),
    facts=st.dictionaries(st.sampled_from(NAMES[2:]), st.just(1)),
    numbers=st.dictionaries(st.sampled_from(NUMBERED), st.integers(0, 4)),
    shuffle=st.randoms(use_true_random=False),
)
def test_a_program_reaches_the_fixed_point(
    strata: list[list[Rule]], facts: dict[str, int], numbers: dict[str, int], shuffle: random.Random
) -> None:
    facts |= numbers
    program = RuleProgram(strata)
    held, firings = program.run(facts.items())
    assert held == fixed_point(strata, facts)
    known = set(facts)
    for firing in firings:  # the order is checked: nothing fires before its premises
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
    assert RuleProgram(mixed).run(other)[0] == held, "the order of rules does not matter"


@needs_engine
def test_a_firing_names_the_rule_and_what_it_fired_on() -> None:
    program = RuleProgram([[Rule("r", (Pattern("n", 2, 5), Pattern("a")), ("b", "c"))]])
    held, firings = program.run([("a", 1), ("n", 3), ("read by nobody", 7)])
    assert held == {"a", "n", "b", "c", "read by nobody"}
    assert firings == (Firing("r", ("n", "a"), ("b", "c")),)


@needs_engine
def test_a_rule_with_no_patterns_always_fires() -> None:
    assert RuleProgram([[Rule("r", (), ("a",))]]).run([])[0] == {"a"}


@needs_engine
def test_a_program_with_no_rules_keeps_the_facts() -> None:
    assert RuleProgram([[]]).run([("a", 1)]) == (frozenset({"a"}), ())


@needs_engine
def test_a_later_stratum_reads_what_an_earlier_concluded() -> None:
    program = RuleProgram([[Rule("r", (Pattern("a"),), ("b",))], [Rule("s", (Pattern("b"),), ("c",))]])
    assert program.run([("a", 1)])[0] == {"a", "b", "c"}
    assert program.run([])[0] == frozenset()


@needs_engine
def test_a_name_that_a_rule_reads_twice_is_joined_with_itself() -> None:
    twice = Rule("r", (Pattern("a"), Pattern("a")), ("b",))
    program = RuleProgram([[twice, Rule("s", (Pattern("n", 1, 3), Pattern("n", 2, 5)), ("c",))]])
    assert program.run([("a", 1), ("n", 2)])[0] == {"a", "n", "b", "c"}
    assert program.run([("n", 1)])[0] == {"n"}


@needs_engine
def test_a_rule_that_nothing_could_match_never_fires() -> None:
    program = RuleProgram([[Rule("r", (Pattern("n", 0, 1), Pattern("n", 3, 5)), ("b",))]])
    assert all(program.run([("n", number)])[0] == {"n"} for number in range(7))


@needs_engine
def test_names_that_mean_something_to_the_engine_are_names_like_any_other() -> None:
    odd = ["id", "sid", "go", "$s", "m0", "n0", "r", '"', "\\", "天津", "", "\0", "$and"]
    program = RuleProgram([[Rule(f"r{name}", (Pattern(name),), (f"has {name}",)) for name in odd]])
    for name in odd:
        assert program.run([(name, 1)])[0] == {name, f"has {name}"}


# Splitting ---------------------------------------------------------------------------------------------

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


@needs_engine
@pytest.mark.parametrize("name", SPLIT)
def test_what_one_set_could_not_hold_is_split(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, facts, count = SPLIT[name]
    made: list[Sequence[Sequence[Match]]] = []

    class Watched(RuleSet):
        def __init__(self, rules: Sequence[Sequence[Match]]) -> None:
            made.append(rules)
            ensure_caged(rules)  # first: if splitting failed, the engine would hang or crash
            super().__init__(rules)

    monkeypatch.setattr(program, "RuleSet", Watched)
    held, firings = RuleProgram([rules]).run(facts.items())
    assert len(held) == count
    assert len(made) > 1 or name == "wide-rule"
    assert len({firing.rule for firing in firings}) == len(firings), "no part of a rule is told as a firing"
    assert held == fixed_point([rules], facts)


def ensure_caged(rules: Sequence[Sequence[Match]]) -> None:
    """Asserts that each rule set is well within the measured limits (see the constants of `program`)."""
    users = Counter(match for rule in rules for match in rule)
    assert len(rules) <= 400
    assert len(users) <= 256
    assert max(users.values()) < 128
    assert max(Counter(match.name for match in users).values()) <= 32
    assert max(len(rule) for rule in rules) <= 2


@needs_engine
def test_a_wide_rule_with_one_fact_missing_does_not_fire() -> None:
    rule = Rule("r", tuple(Pattern(f"a{n}") for n in range(20)), ("b",))
    program = RuleProgram([[rule]])
    for missing in range(20):
        assert "b" not in program.run([(f"a{n}", 1) for n in range(20) if n != missing])[0]
    assert program.run([(f"a{n}", 1) for n in range(20)])[1] == (
        Firing("r", tuple(f"a{n}" for n in range(20)), ("b",)),
    )


# Rejection -------------------------------------------------------------------------------------------------


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
def test_what_no_split_would_help_is_refused_when_built(rules: list[Rule], words: str) -> None:
    with pytest.raises(CageError, match=words) as caught:
        RuleProgram([rules])
    assert caught.value.hint


def test_a_stratum_that_reads_from_a_later_one_is_refused() -> None:
    with pytest.raises(CageError, match="`b` is read before the stratum"):
        RuleProgram([[Rule("s", (Pattern("b"),), ("c",))], [Rule("r", (Pattern("a"),), ("b",))]])


def test_a_program_that_would_take_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(program, "MAX_MATCHES_IN_A_PROGRAM", 9)
    with pytest.raises(CageError, match="10 patterns") as caught:
        RuleProgram([[Rule(f"r{n}", (Pattern("a"), Pattern(f"b{n}")), (f"c{n}",)) for n in range(5)]])
    assert (caught.value.limit, bool(caught.value.hint)) == (9, True)


@needs_engine
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
def test_a_fact_that_cannot_be_told_is_refused(facts: list[tuple[str, Any]], words: str) -> None:
    program = RuleProgram([[Rule("r", (Pattern("n"),), ("b",))]])
    with pytest.raises(CageError, match=words):
        program.run(facts)
    assert program.run([("n", 1)])[0] == {"n", "b"}


# Names -----------------------------------------------------------------------------------------------------


def test_the_hash_is_the_one_of_the_engine() -> None:
    # FNV-1a: HASH_ID and HASH_SID as in state.h.
    assert (durable.hash_of("id"), durable.hash_of("sid")) == (926444256, 3593476751)


def test_a_name_whose_hash_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.hash_of
    same = {"n1": "n0", "n3": "sid"}

    def clashing(text: str) -> int:
        return real(same.get(text, text))

    monkeypatch.setattr(durable, "hash_of", clashing)
    names = durable.Names()
    assert [names.next() for _ in range(3)] == ["n0", "n2", "n4"]


# Failures --------------------------------------------------------------------------------------------------


class Faulty:
    """The engine, but its call of that number raises, before or after it was done.

    Calls that free memory are let through: they come whenever a program is collected, from whichever test.
    """

    def __init__(self, error: BaseException | None, call: int = -1, after: bool = False) -> None:
        self.calls = 0
        self._real: Any = durable._engine
        self._error, self._call, self._after = error, call, after

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._real, name)
        through = name == "error" or name.startswith("delete")
        return found if through else lambda *given: self._run(found, given)

    def _run(self, function: Callable[..., Any], given: tuple[object, ...]) -> Any:
        due, self.calls = self.calls == self._call, self.calls + 1
        if due and not self._after and self._error:
            raise self._error
        result = function(*given)
        if due and self._error:
            raise self._error
        return result


CHAIN = [[Rule(f"r{n}", (Pattern(f"a{n}"), Pattern("n", 1, 4)), (f"a{n + 1}",)) for n in range(3)]]
GIVEN = [("a0", 1), ("n", 3)]
ALL = {"a0", "a1", "a2", "a3", "n"}


@needs_engine
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("used", [False, True], ids=["first-run", "later-run"])
def test_an_interrupt_anywhere_is_raised_and_leaves_no_state(
    after: bool, used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_engine", counting := Faulty(None))
    RuleProgram(CHAIN).run(GIVEN)
    calls = counting.calls - used  # a later run does not create the rule set
    assert calls > 10
    for call in range(calls):
        monkeypatch.undo()
        program = RuleProgram(CHAIN)
        if used:
            assert program.run([])[0] == set()
            assert program.run(GIVEN)[0] == ALL
        monkeypatch.setattr(durable, "_engine", Faulty(KeyboardInterrupt(), call, after))
        with pytest.raises(KeyboardInterrupt):
            program.run(GIVEN)
        for _ in range(2):
            assert program.run([("n", 3)])[0] == {"n"}, "nothing of the run cut short is left"
            assert program.run(GIVEN)[0] == ALL, "and everything fires again"


@needs_engine
def test_an_error_of_the_engine_is_raised_and_never_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    program = RuleProgram(CHAIN)
    error = Faulty(None).error("Could not assert fact, error code: 303")
    monkeypatch.setattr(durable, "_engine", Faulty(error, 3))
    with pytest.raises(EngineError, match=r"E011 durable_rules failed: .* 303"):
        program.run(GIVEN)
    assert program.run(GIVEN)[0] == ALL
    monkeypatch.setattr(durable, "_engine", Faulty(error, 0))
    with pytest.raises(EngineError, match="E011"):
        RuleProgram(CHAIN).run(GIVEN)


@needs_engine
def test_an_exception_while_firing_is_raised_and_leaves_no_state() -> None:
    rules = RuleSet([[Match("n1", 1, 1)]])

    def fail(place: int) -> Sequence[str]:
        raise LookupError(place)

    with pytest.raises(LookupError):
        rules.run([("n1", 1)], fail)
    fired: list[int] = []

    def record(place: int) -> Sequence[str]:
        fired.append(place)
        return ()

    rules.run([("n1", 1)], record)
    assert fired == [0]


@needs_engine
def test_a_fact_asserted_twice_is_an_engine_error() -> None:
    rules = RuleSet([[Match("n1", 1, 1)]])
    with pytest.raises(EngineError, match="`n1` was asserted before"):
        rules.run([("n1", 1), ("n1", 1)], lambda place: ())


# Memory ----------------------------------------------------------------------------------------------------


def resident() -> float:
    """The resident size of this process in MB; 0 if unknown."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[1]) * 4096 / 1e6 if statm.exists() else 0


@needs_engine
def test_nothing_is_left_behind_by_two_thousand_runs() -> None:
    program = RuleProgram([[Rule("r", (Pattern("n", 2, 5), Pattern("a")), ("b",))]])
    before = 0.0
    for number in range(2000):
        held, firings = program.run([("n", number % 8), ("a", 1)])
        assert ("b" in held) == (2 <= number % 8 <= 5) == (len(firings) == 1)
        if number == 200:
            before = resident()
    assert resident() < before + 4


@pytest.mark.thorough
@needs_engine
def test_programs_that_are_dropped_give_their_memory_back() -> None:
    before = 0.0
    for number in range(60):  # each takes 3 MB
        RuleProgram([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(200)]]).run([("a0", 1)])
        gc.collect()
        if number == 5:
            before = resident()
    assert resident() < before + 30


class Yielding(Faulty):
    """The engine, but another thread runs before every call."""

    def _run(self, function: Callable[..., Any], given: tuple[object, ...]) -> Any:
        time.sleep(0)
        return super()._run(function, given)


@needs_engine
def test_a_program_can_be_pickled_before_and_after_it_ran() -> None:
    program = RuleProgram(CHAIN)
    for _ in range(2):
        other = pickle.loads(pickle.dumps(program))
        assert other.run(GIVEN) == program.run(GIVEN)
        assert other.run([("n", 3)])[0] == {"n"}


@needs_engine
def test_building_a_program_does_not_enter_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", counting := Faulty(None))
    RuleProgram(CHAIN)
    assert counting.calls == 0


@needs_engine
def test_threads_share_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", Yielding(None))
    program = RuleProgram([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(4)]])
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


def in_a_new_process(code: str) -> str:
    """What the code prints, run in its own process."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    return done.stdout + done.stderr


def test_without_durable_rules_the_module_imports_and_says_so() -> None:
    code = "import sys; sys.modules['durable_rules_engine'] = None\n"
    code += "from applicability.engines.rete import program\nprint(program.available())\n"
    code += "try: program.RuleProgram([[program.Rule('r', (), ('a',))]]).run([])\n"
    code += "except Exception as error: print(type(error).__name__)"
    assert in_a_new_process(code) == "False\nEngineError\n"


def test_importing_starts_no_thread_and_prints_nothing() -> None:
    code = "import threading; from applicability.engines import rete; assert threading.active_count() == 1"
    assert in_a_new_process(code) == ""


@needs_engine
def test_a_run_starts_no_thread() -> None:
    before = threading.active_count()
    RuleProgram(CHAIN).run(GIVEN)
    assert threading.active_count() == before
