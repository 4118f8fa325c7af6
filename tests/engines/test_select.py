"""The choice of an engine, and the behaviour if the chosen one cannot run."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.engines import EngineName
from applicability.engines.rete import clips, durable, durable_program
from applicability.engines.select import ForwardName, forward_name, forward_names, runs
from applicability.errors import EngineError

from .forking import every_child_answers
from .programs import in_a_new_process

SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
TOLD = Profile(city="上海", foreign_share=50)
needs_forward = pytest.mark.skipif(forward_name() is None, reason="no forward engine is installed")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """A rulebook that is too large for forward chaining."""
    check(TOLD, SMALL)  # builds the engine of the other rulebook first
    monkeypatch.setattr(durable_program, "MAX_MATCHES_IN_A_PROGRAM", 20)
    monkeypatch.setattr(clips, "MAX_PATTERNS_IN_A_PROGRAM", 20)
    return replace(SMALL)


@needs_forward
def test_a_rulebook_too_large_for_forward_chaining_is_decided_by_the_reference(large: Rulebook) -> None:
    assessment = check(TOLD, large)
    assert assessment.engine == "reference"
    assert [one.verdict for one in assessment] == [one.verdict for one in check(TOLD, SMALL, engine="reference")]
    assert check(TOLD, SMALL).engine == forward_name()


@needs_forward
def test_changes_and_comparisons_need_no_forward_chaining(large: Rulebook) -> None:
    assert decisions.change(check(TOLD, large))
    compared = decisions.compare([TOLD], large)
    assert [one.assessment.engine for one in compared.alternatives] == ["reference"]


@needs_forward
def test_who_asks_for_forward_chaining_is_told_why_there_is_none(large: Rulebook) -> None:
    for _ in range(2):
        with pytest.raises(EngineError, match=r"E003 .* patterns take too much memory, more than 20"):
            check(TOLD, large, engine="forward")


@needs_forward
def test_that_it_is_too_large_is_found_out_once(large: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    check(TOLD, large)
    gone = pickle.loads(pickle.dumps(large))

    def refuse(*given: object) -> None:
        raise AssertionError("it is known")

    monkeypatch.setattr(
        "applicability.engines.rete.engine.ForwardEngine.__init__", lambda self, book, *more: refuse(book)
    )
    assert check(TOLD, large).engine == check(TOLD, gone).engine == "reference"
    assert check(TOLD, large).finding(1).verdict is not Verdict.PENDING


def test_the_forward_engine_is_the_one_of_this_python() -> None:
    assert forward_name() == ("durable" if sys.version_info < (3, 13) else "clips")
    assert check(TOLD, SMALL).engine == check(TOLD, SMALL, engine="forward").engine == forward_name()


@pytest.mark.parametrize("name", ["durable", "clips", "reference"])
def test_an_engine_is_asked_for_by_its_name(name: EngineName) -> None:
    if name == "durable" and not runs("durable"):
        with pytest.raises(EngineError, match="E001 the engine durable is not available here") as caught:
            check(TOLD, SMALL, engine=name)
        assert "--engine clips" in str(caught.value)
    else:
        assert check(TOLD, SMALL, engine=name).engine == name


def test_without_clips_one_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "available", lambda: False)
    with pytest.raises(EngineError, match="E001 the engine clips is not available here") as caught:
        check(TOLD, replace(SMALL), engine="clips")
    assert "pip install clipspy" in str(caught.value)
    monkeypatch.setattr(durable, "available", lambda: False)
    assert check(TOLD, replace(SMALL)).engine == "reference"
    with pytest.raises(EngineError, match="E001 the engine forward is not available here"):
        check(TOLD, replace(SMALL), engine="forward")


def test_a_check_loads_no_other_forward_engine_than_its_own() -> None:
    other = "clips" if forward_name() == "durable" else "durable"
    code = "import sys\nfrom applicability import check\ncheck({'city': '上海'})\n"
    code += f"print([one for one in sys.modules if '{other}' in one])"
    allowed = [] if other == "clips" else ["applicability.engines.rete.durable"]  # which finds that it does not run
    assert in_a_new_process(code) == f"{allowed}\n"


def verdicts(told: Profile, book: Rulebook, engine: EngineName = "auto") -> list[Verdict | None]:
    return [one.verdict for one in check(told, book, engine=engine)]


@needs_forward
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_a_process_forked_while_threads_check_can_check_itself() -> None:
    expected, stop = verdicts(TOLD, SMALL), threading.Event()

    def work() -> None:
        while not stop.is_set():
            check(TOLD, SMALL)

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        every_child_answers(8, lambda: verdicts(TOLD, SMALL) == expected)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
@pytest.mark.parametrize("name", forward_names())
def test_interrupted_checks_leave_nothing_behind(name: ForwardName, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = verdicts(TOLD, SMALL, name)
    made: list[object] = []
    holder, method = (durable._Core, "_open") if name == "durable" else (clips._Network, "_build")
    real = getattr(holder, method)

    def opened(self: object, *given: object) -> None:
        made.append(self)
        real(self, *given)

    monkeypatch.setattr(holder, method, opened)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    # What is raised within a callback of the collector, and hypothesis sets one, is lost: the loop would never end.
    callbacks = gc.callbacks[:]
    gc.callbacks.clear()
    interrupted, random = 0, Random(7)
    try:
        for _ in range(300):
            try:
                try:
                    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.0001, 0.002))
                    while True:
                        check(TOLD, SMALL, engine=name)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            except KeyboardInterrupt:
                interrupted += 1
    finally:
        gc.callbacks.extend(callbacks)
        signal.signal(signal.SIGALRM, before)
    assert interrupted == 300
    assert verdicts(TOLD, SMALL, name) == expected == verdicts(TOLD, SMALL, "reference")
    assert len(made) < 30, "a run that was cut short is brought to its end, and nothing is built anew"
