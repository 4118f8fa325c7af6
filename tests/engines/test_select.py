"""The choice of an engine, and the behaviour if the chosen one cannot run."""

from __future__ import annotations

import os
import pickle
import signal
import threading
import time
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.engines import EngineName
from applicability.engines.rete import durable, program
from applicability.errors import EngineError

SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
TOLD = Profile(city="上海", foreign_share=50)
needs_rete = pytest.mark.skipif(not program.available(), reason="durable_rules does not run on this Python")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """A rulebook that is too large for forward chaining."""
    check(TOLD, SMALL)  # builds the engine of the other rulebook first
    monkeypatch.setattr(program, "MAX_MATCHES_IN_A_PROGRAM", 20)
    return replace(SMALL)


@needs_rete
def test_a_rulebook_too_large_for_forward_chaining_is_decided_by_the_reference(large: Rulebook) -> None:
    assessment = check(TOLD, large)
    assert assessment.engine == "reference"
    assert [one.verdict for one in assessment] == [one.verdict for one in check(TOLD, SMALL, engine="reference")]
    assert check(TOLD, SMALL).engine == "forward"


@needs_rete
def test_changes_and_comparisons_need_no_forward_chaining(large: Rulebook) -> None:
    assert decisions.change(check(TOLD, large))
    compared = decisions.compare([TOLD], large)
    assert [one.assessment.engine for one in compared.alternatives] == ["reference"]


@needs_rete
def test_who_asks_for_forward_chaining_is_told_why_there_is_none(large: Rulebook) -> None:
    for _ in range(2):
        with pytest.raises(EngineError, match=r"E003 .* patterns take too much memory, more than 20"):
            check(TOLD, large, engine="forward")


@needs_rete
def test_that_it_is_too_large_is_found_out_once(large: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
    check(TOLD, large)
    gone = pickle.loads(pickle.dumps(large))

    def refuse(rulebook: Rulebook) -> None:
        raise AssertionError("it is known")

    monkeypatch.setattr("applicability.engines.rete.engine.ForwardEngine.__init__", lambda self, book: refuse(book))
    assert check(TOLD, large).engine == check(TOLD, gone).engine == "reference"
    assert check(TOLD, large).finding(1).verdict is not Verdict.PENDING


def verdicts(told: Profile, book: Rulebook, engine: EngineName = "auto") -> list[Verdict | None]:
    return [one.verdict for one in check(told, book, engine=engine)]


@needs_rete
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
        for _ in range(8):
            child = os.fork()
            if child == 0:
                os._exit(0 if verdicts(TOLD, SMALL) == expected else 1)
            deadline = time.monotonic() + 60
            while (done := os.waitpid(child, os.WNOHANG))[0] == 0 and time.monotonic() < deadline:
                time.sleep(0.01)
            if done[0] == 0:
                os.kill(child, signal.SIGKILL)
                os.waitpid(child, 0)
            assert done == (child, 0), "the child hangs, or answers otherwise"
    finally:
        stop.set()
        for thread in threads:
            thread.join()


@needs_rete
@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_interrupted_checks_leave_no_rule_set_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = verdicts(TOLD, SMALL)
    made: list[object] = []
    real = durable._Core._open

    def opened(self: durable._Core) -> None:
        made.append(self)
        real(self)

    monkeypatch.setattr(durable._Core, "_open", opened)

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, stop)
    interrupted, random = 0, Random(7)
    try:
        for _ in range(300):
            try:
                try:
                    signal.setitimer(signal.ITIMER_REAL, random.uniform(0.0001, 0.002))
                    while True:
                        check(TOLD, SMALL)
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
            except KeyboardInterrupt:
                interrupted += 1
    finally:
        signal.signal(signal.SIGALRM, before)
    assert interrupted == 300
    assert verdicts(TOLD, SMALL) == expected == verdicts(TOLD, SMALL, "reference")
    assert len(made) < 30, "a run that was cut short is brought to its end, and nothing is built anew"
