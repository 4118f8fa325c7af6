"""Which engine decides, and what happens where the one asked for cannot."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from applicability import Profile, Rulebook, Verdict, check, decisions, load_rulebook
from applicability.engines.rete import program
from applicability.errors import EngineError

SMALL = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")
TOLD = Profile(city="上海", foreign_share=50)
needs_rete = pytest.mark.skipif(not program.available(), reason="durable_rules does not run on this Python")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """A rulebook that is larger than forward chaining can hold."""
    check(TOLD, SMALL)  # whose engine is built before
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

    monkeypatch.setattr("applicability.engines.select.ForwardEngine.__init__", lambda self, book: refuse(book))
    assert check(TOLD, large).engine == check(TOLD, gone).engine == "reference"
    assert check(TOLD, large).finding(1).verdict is not Verdict.PENDING
