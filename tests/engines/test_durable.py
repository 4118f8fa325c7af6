"""durable_rules in its cage: what it could not hold is split or refused, what goes wrong leaves nothing behind."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Sequence

import pytest

from applicability.engines.rete import durable, durable_program
from applicability.engines.rete.durable import Match, RuleSet
from applicability.engines.rete.durable_program import DurableProgram
from applicability.engines.rete.rules import CageError, Pattern, Rule
from applicability.errors import EngineError

from .programs import ALL, CHAIN, GIVEN, SPLIT, Faulty, Yielding, fixed_point, in_a_new_process, resident, share

needs_engine = pytest.mark.skipif(not durable.available(), reason="durable_rules does not run on this Python")

# What the engine could not hold in one set is split --------------------------------------------------------


@needs_engine
@pytest.mark.parametrize("name", SPLIT)
def test_what_one_set_could_not_hold_is_split(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    rules, facts, count = SPLIT[name]
    made: list[Sequence[Sequence[Match]]] = []

    class Watched(RuleSet):
        def __init__(self, rules: Sequence[Sequence[Match]]) -> None:
            made.append(rules)
            ensure_caged(rules)  # first: where the splitting failed, the engine would hang or crash
            super().__init__(rules)

    monkeypatch.setattr(durable_program, "RuleSet", Watched)
    held, firings = DurableProgram([rules]).run(facts.items())
    assert len(held) == count
    assert len(made) > 1 or name == "wide-rule"
    assert len({firing.rule for firing in firings}) == len(firings), "no part of a rule is told as a firing"
    assert held == fixed_point([rules], facts)


def ensure_caged(rules: Sequence[Sequence[Match]]) -> None:
    """Each rule set is well within what was measured to break (see rete's constants)."""
    users = Counter(match for rule in rules for match in rule)
    assert len(rules) <= 400
    assert len(users) <= 256
    assert max(users.values()) < 128
    assert max(Counter(match.name for match in users).values()) <= 32
    assert max(len(rule) for rule in rules) <= 2


def test_a_program_that_would_take_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable_program, "MAX_MATCHES_IN_A_PROGRAM", 9)
    with pytest.raises(CageError, match="10 patterns") as caught:
        DurableProgram([[Rule(f"r{n}", (Pattern("a"), Pattern(f"b{n}")), (f"c{n}",)) for n in range(5)]])
    assert (caught.value.limit, bool(caught.value.hint)) == (9, True)


# Names -----------------------------------------------------------------------------------------------------


def test_the_hash_is_the_one_of_the_engine() -> None:
    # FNV-1a: HASH_ID and HASH_SID as state.h has them.
    assert (durable.hash_of("id"), durable.hash_of("sid")) == (926444256, 3593476751)


def test_a_name_whose_hash_is_taken_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    real = durable.hash_of
    same = {"n1": "n0", "n3": "sid"}

    def clashing(text: str) -> int:
        return real(same.get(text, text))

    monkeypatch.setattr(durable, "hash_of", clashing)
    names = durable.Names()
    assert [names.next() for _ in range(3)] == ["n0", "n2", "n4"]


# What goes wrong -------------------------------------------------------------------------------------------


@needs_engine
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("used", [False, True], ids=["first-run", "later-run"])
def test_an_interrupt_anywhere_is_raised_and_leaves_no_state(
    after: bool, used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_engine", counting := Faulty(durable._engine))
    DurableProgram(CHAIN).run(GIVEN)
    calls = counting.calls - used  # a later run does not make the rule set
    assert calls > 10
    for call in range(calls):
        monkeypatch.undo()
        program = DurableProgram(CHAIN)
        if used:
            assert program.run([])[0] == set()
            assert program.run(GIVEN)[0] == ALL
        monkeypatch.setattr(durable, "_engine", Faulty(durable._engine, KeyboardInterrupt(), call, after))
        with pytest.raises(KeyboardInterrupt):
            program.run(GIVEN)
        for _ in range(2):
            assert program.run([("n", 3)])[0] == {"n"}, "nothing of the run cut short is left"
            assert program.run(GIVEN)[0] == ALL, "and everything fires again"


@needs_engine
def test_an_error_of_the_engine_is_raised_and_never_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    program = DurableProgram(CHAIN)
    error = Faulty(durable._engine).error("Could not assert fact, error code: 303")
    monkeypatch.setattr(durable, "_engine", Faulty(durable._engine, error, 3))
    with pytest.raises(EngineError, match=r"E011 durable_rules failed: .* 303"):
        program.run(GIVEN)
    assert program.run(GIVEN)[0] == ALL
    monkeypatch.setattr(durable, "_engine", Faulty(durable._engine, error, 0))
    with pytest.raises(EngineError, match="E011"):
        DurableProgram(CHAIN).run(GIVEN)


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


# What stays ------------------------------------------------------------------------------------------------


@pytest.mark.thorough
@needs_engine
def test_programs_that_are_dropped_give_their_memory_back() -> None:
    gc.freeze()  # or every collection goes through what other tests left
    before = 0.0
    for number in range(60):  # each takes 3 MB
        DurableProgram([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(200)]]).run([("a0", 1)])
        gc.collect()
        if number == 5:
            before = resident()
    assert resident() < before + 30


@needs_engine
def test_threads_that_change_at_every_call_share_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", Yielding(durable._engine))
    share(DurableProgram)


@needs_engine
def test_building_a_program_does_not_enter_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", counting := Faulty(durable._engine))
    DurableProgram(CHAIN)
    assert counting.calls == 0


def test_without_durable_rules_the_module_imports_and_says_so() -> None:
    code = "import sys; sys.modules['durable_rules_engine'] = None\n"
    code += "from applicability.engines.rete import durable, durable_program, rules\n"
    code += "print(durable.available())\n"
    code += "try: durable_program.DurableProgram([[rules.Rule('r', (), ('a',))]]).run([])\n"
    code += "except Exception as error: print(type(error).__name__)"
    assert in_a_new_process(code) == "False\nEngineError\n"
