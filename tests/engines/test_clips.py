"""CLIPS in its cage: what goes wrong leaves nothing behind, and an image is never trusted further than its library."""

from __future__ import annotations

import gc
import os
import pickle
import threading
from types import SimpleNamespace
from typing import Any

import pytest

from applicability.engines.rete import clips
from applicability.engines.rete.clips import ClipsProgram
from applicability.engines.rete.rules import CageError, Firing, Pattern, Rule
from applicability.errors import EngineError

from .forking import every_child_answers
from .programs import ALL, CHAIN, GIVEN, SPLIT, Faulty, Yielding, fixed_point, in_a_new_process, resident, share

pytestmark = pytest.mark.skipif(not clips.available(), reason="clipspy is not installed")

REAL: Any = clips._load()
FREES = ("FBDispose", "Destroy")


def behind(library: Any) -> SimpleNamespace:
    """What the cage takes for the extension module."""
    return SimpleNamespace(lib=library, ffi=REAL.ffi)


def faulty(error: BaseException | None = None, call: int = -1, after: bool = False) -> Faulty:
    return Faulty(REAL.lib, error, call, after, FREES)


@pytest.mark.parametrize("name", SPLIT)
def test_what_durable_rules_could_not_hold_in_one_set_is_one_network(name: str) -> None:
    rules, facts, count = SPLIT[name]
    held, firings = ClipsProgram([rules]).run(facts.items())
    assert len(held) == count
    assert held == fixed_point([rules], facts)
    assert len({firing.rule for firing in firings}) == len(firings), "no part of a rule is told as a firing"


def test_a_very_wide_rule_is_split() -> None:
    rule = Rule("r", tuple(Pattern(f"a{n}") for n in range(2000)), ("b",))
    before = resident()
    program = ClipsProgram([[rule]])
    assert program.run([(f"a{n}", 1) for n in range(2000)])[1] == (
        Firing("r", tuple(f"a{n}" for n in range(2000)), ("b",)),
    )
    assert "b" not in program.run([(f"a{n}", 1) for n in range(1999)])[0]
    assert resident() < before + 15  # in one piece it takes 22 MB


def test_a_program_that_would_take_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "MAX_PATTERNS_IN_A_PROGRAM", 9)
    with pytest.raises(CageError, match="patterns") as caught:
        ClipsProgram([[Rule(f"r{n}", (Pattern("a"), Pattern(f"b{n}")), (f"c{n}",)) for n in range(5)]])
    assert (caught.value.limit, bool(caught.value.hint)) == (9, True)


# What goes wrong -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("used", [False, True], ids=["first-run", "later-run"])
def test_an_interrupt_anywhere_is_raised_and_leaves_no_state(
    after: bool, used: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(counted: Faulty) -> None:
        program = ClipsProgram(CHAIN)
        if used:
            assert program.run(GIVEN)[0] == ALL
        monkeypatch.setattr(clips, "_load", lambda: behind(counted))
        try:
            program.run(GIVEN)
        finally:
            monkeypatch.undo()
            for _ in range(2):
                assert program.run([("n", 3)])[0] == {"n"}, "nothing of the run cut short is left"
                assert program.run(GIVEN)[0] == ALL, "and everything fires again"

    run(counting := faulty())
    calls = counting.calls
    assert calls > 20
    for call in range(calls):
        with pytest.raises(KeyboardInterrupt):
            run(faulty(KeyboardInterrupt(), call, after))


@pytest.mark.parametrize(
    ("name", "answer", "words"),
    [
        ("Build", 3, "it did not take the rule"),
        ("FBPutSlot", 5, "it did not take a fact"),
        ("FBAssert", None, "it did not take a fact"),
        ("Run", 2, "it stopped before every rule had fired"),
    ],
)
def test_what_the_engine_refuses_is_raised_and_never_an_answer(
    name: str, answer: int | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:

    class Refusing:
        def __getattr__(self, asked: str) -> Any:
            found = getattr(REAL.lib, asked)
            null = REAL.ffi.NULL if answer is None else answer
            return (lambda *given: null) if asked == name else found

    program = ClipsProgram(CHAIN)
    monkeypatch.setattr(clips, "_load", lambda: behind(Refusing()))
    with pytest.raises(EngineError, match=f"E011 CLIPS failed: {words}"):
        program.run(GIVEN)
    monkeypatch.undo()
    assert program.run(GIVEN)[0] == ALL


# Images ----------------------------------------------------------------------------------------------------


def test_a_pickled_program_needs_no_rules_built(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = pickle.dumps(ClipsProgram(CHAIN))
    asked: list[str] = []

    class Watching:
        def __getattr__(self, name: str) -> Any:
            asked.append(name)
            return getattr(REAL.lib, name)

    monkeypatch.setattr(clips, "_load", lambda: behind(Watching()))
    first: ClipsProgram = pickle.loads(stored)
    again: ClipsProgram = pickle.loads(pickle.dumps(first))
    assert first.run(GIVEN) == again.run(GIVEN)
    assert first.run(GIVEN)[0] == ALL
    assert "Bload" in asked
    assert "Build" not in asked


def test_an_image_of_another_library_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = pickle.dumps(ClipsProgram(CHAIN))
    monkeypatch.setattr(clips, "_stamp", lambda: ("another", 1, 2))
    monkeypatch.setattr(clips._Network, "_loaded", lambda *given: pytest.fail("it would crash"))
    program: ClipsProgram = pickle.loads(stored)
    assert program.run(GIVEN)[0] == ALL


def test_an_image_that_the_engine_refuses_is_built_anew(capfd: pytest.CaptureFixture[str]) -> None:
    program = ClipsProgram(CHAIN)
    program._network._image = (clips._stamp(), b"this is no image")
    assert program.run(GIVEN)[0] == ALL


def test_an_image_needs_no_files_in_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(os, "memfd_create", raising=False)
    program: ClipsProgram = pickle.loads(pickle.dumps(ClipsProgram(CHAIN)))
    assert program.run(GIVEN)[0] == ALL


def test_where_no_file_can_be_written_the_rules_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    stored = pickle.dumps(ClipsProgram(CHAIN))

    def refuse(content: bytes) -> object:
        raise OSError("no space left")

    monkeypatch.setattr(clips, "_file", refuse)
    program: ClipsProgram = pickle.loads(stored)
    assert program.run(GIVEN)[0] == ALL
    without: ClipsProgram = pickle.loads(pickle.dumps(ClipsProgram(CHAIN)))
    assert without._image is None
    assert without.run(GIVEN)[0] == ALL


def test_nothing_is_written_to_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    ranges = [[Rule(f"r{n}", (Pattern("n", n, 9), Pattern("a")), (f"b{n}",)) for n in range(9)]]
    program: ClipsProgram = pickle.loads(pickle.dumps(ClipsProgram(ranges)))
    assert len(program.run([("n", 4), ("a", 1)])[1]) == 5
    del program
    gc.collect()
    assert capfd.readouterr() == ("", "")


# What stays ------------------------------------------------------------------------------------------------


def test_threads_that_change_at_every_call_share_a_program(monkeypatch: pytest.MonkeyPatch) -> None:
    yielding = Yielding(REAL.lib, let_through=FREES)
    monkeypatch.setattr(clips, "_load", lambda: behind(yielding))
    share(ClipsProgram)


@pytest.mark.thorough
def test_programs_that_are_dropped_give_their_memory_back() -> None:
    gc.freeze()  # or every collection goes through what other tests left
    before = 0.0
    for number in range(60):  # each takes 3 MB
        ClipsProgram([[Rule(f"r{n}", (Pattern(f"a{n}"),), (f"b{n}",)) for n in range(200)]]).run([("a0", 1)])
        gc.collect()
        if number == 5:
            before = resident()
    assert resident() < before + 15


def test_few_environments_are_open_at_a_time() -> None:
    programs = [ClipsProgram(CHAIN) for _ in range(3 * clips.MAX_OPEN)]
    for _ in range(2):
        for program in programs:
            assert program.run(GIVEN)[0] == ALL
            assert len(clips._open) <= clips.MAX_OPEN
    assert sum(bool(program._network._environments) for program in programs) == clips.MAX_OPEN


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_forked_while_threads_run_makes_its_own_environment() -> None:
    program, stop = ClipsProgram(CHAIN), threading.Event()

    def work() -> None:
        while not stop.is_set():
            program.run(GIVEN)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        every_child_answers(20, lambda: program.run(GIVEN)[0] == ALL and program.run([("n", 3)])[0] == {"n"})
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_building_a_program_does_not_enter_the_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "_load", lambda: pytest.fail("it is entered"))
    ClipsProgram(CHAIN)
    monkeypatch.undo()  # before it is dropped


def test_without_clips_the_module_imports_and_says_so() -> None:
    code = "import sys; sys.modules['clips'] = None\n"
    code += "from applicability.engines.rete import clips, rules\nprint(clips.available())\n"
    code += "try: clips.ClipsProgram([[rules.Rule('r', (), ('a',))]]).run([])\n"
    code += "except Exception as error: print(type(error).__name__)"
    assert in_a_new_process(code) == "False\nEngineError\n"


def test_a_program_that_uses_clipspy_itself_is_not_disturbed() -> None:
    code = "from applicability.engines.rete.clips import ClipsProgram\n"
    code += "from applicability.engines.rete.rules import Rule\n"
    code += "run = ClipsProgram([[Rule('r', (), ('a',))]]).run\nassert run([])[0] == {'a'}\n"
    code += "import clips\nown = clips.Environment()\nown.build('(defrule r => (assert (b)))')\nown.reset()\n"
    code += "print(own.run(), sorted(run([])[0]))"
    assert in_a_new_process(code) == "1 ['a']\n"
