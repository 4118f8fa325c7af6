"""The program answers whatever comes in, or says what is wrong: the first cases of `tools/fuzz.py`, and its finds."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from applicability import Interview, Profile, Rulebook, change, check, compare, load_rulebook
from applicability.errors import Location, Problem, ProfileError
from applicability.text import Text
from tests.examples import drawn

sys.path.append(str(Path(__file__).parents[1] / "tools"))
from fuzz import GOALS, REPEATED, Outcome, Run, broken
from fuzz_cases import Case, Fuzz
from fuzz_commands import SMALL
from fuzz_inputs import OBJECTS, mutated_tree
from fuzz_memory import left_by, megabytes, released

# Cases of each kind.
CASES = {"profile": 300, "rules": 36, "register": 12, "command": 60}


@pytest.fixture(scope="module")
def fuzz(tmp_path_factory: pytest.TempPathFactory) -> Fuzz:
    """The cases, in a folder of their own."""
    return Fuzz(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture
def backticks(problems_made: set[Problem]) -> Iterator[None]:
    """Lets values have backticks of their own, which the comparison of both languages takes for its marks."""
    yield
    problems_made.clear()


@pytest.fixture(scope="module")
def small() -> Rulebook:
    """The small rulebook."""
    return load_rulebook(SMALL)


@pytest.mark.usefixtures("backticks")
@pytest.mark.parametrize("kind", CASES)
def test_every_broken_input_is_answered_or_told(kind: str, fuzz: Fuzz) -> None:
    outcome = Outcome()
    wrong = {seed: told[0] for seed in range(drawn(CASES[kind])) if (told := broken(fuzz, kind, seed, outcome))}
    assert not wrong, f"repeat with: python tools/fuzz.py --kinds {kind} --count 1 --from {kind}={min(wrong)}"
    assert len(outcome.ends) > 2, "the cases do not all end alike"


def test_a_case_follows_from_its_kind_and_seed(fuzz: Fuzz) -> None:
    for kind in CASES:
        assert [fuzz.case(kind, seed).files for seed in range(8)] == [fuzz.case(kind, seed).files for seed in range(8)]


def test_what_breaks_is_told(fuzz: Fuzz, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising() -> str:
        raise KeyError("lost")

    monkeypatch.setattr(fuzz, "case", lambda kind, seed: Case({"a.yaml": b"a"}, raising))
    told = broken(fuzz, "profile", 1, Outcome())
    assert told is not None
    assert "KeyError: 'lost'" in told[0]
    assert told[1] == {"a.yaml": b"a"}


def test_a_run_hands_out_every_seed_once_and_each_kind_in_proportion() -> None:
    run = Run({kind: 50 for kind in GOALS}, None)
    seeds: dict[str, list[int]] = {kind: [] for kind in GOALS}
    for _ in range(40):
        given = run.next()
        assert given is not None
        seeds[given[0]] += given[1]
    for kind, own in seeds.items():
        assert own == [*range(50, 50 + GOALS[kind] // 100)]


def test_a_count_ends_a_run() -> None:
    run = Run({"profile": 17}, 1)
    assert [run.next(), run.next()] == [("profile", range(17, 18)), None]


def test_the_first_cases_of_each_kind_are_repeated_as_far_as_they_were_run() -> None:
    run = Run({"profile": 17, "rules": 5}, None, handed=Counter(profile=10_000, rules=2))
    assert [*run.again()] == [("profile", range(17, 17 + REPEATED["profile"])), ("rules", range(5, 7))]


def test_what_work_leaves_in_memory_each_time_is_told_from_what_a_cache_takes() -> None:
    kept: list[object] = []
    left = left_by(lambda: kept.append([[] for _ in range(500)]), 3)
    assert 500 <= left.objects < 600
    assert left_by(lambda: kept.append(bytes(1_000_000)), 3).bytes >= 1_000_000
    known: dict[int, list[int]] = {}
    cached = left_by(lambda: known.update({number: [number] for number in range(500)}), 3)
    assert cached.objects < 50
    assert cached.bytes < 50_000


def test_freed_memory_is_given_back() -> None:
    before, pieces = released(), [bytes(10_000) for _ in range(10_000)]
    kept, held = pieces[::100], megabytes()
    del pieces
    assert held > before + 80
    assert released() < before + 50, len(kept)


def test_mutations_leave_their_constants_as_they_are() -> None:
    shapes = [(type(one), len(one)) for one in OBJECTS if isinstance(one, (dict, list))]
    for seed in range(3_000):
        draw = Random(seed)
        tree = mutated_tree({"zones": ["a", "b"], "city": "c"}, draw, ["city"], objects=True)
        mutated_tree(tree, draw, ["city"], objects=True)
    assert [(type(one), len(one)) for one in OBJECTS if isinstance(one, (dict, list))] == shapes


@pytest.mark.usefixtures("backticks")
@pytest.mark.parametrize(
    "facts",
    [
        {"city": "x" * 70_000}, {"zones": ["9" * 3_000]}, {"city": "上海", "x" * 70_000: 1},
        {"activities": [["97.4"] * 3_000]}, {"zones": ["上`海" * 9_000]},
    ],
    ids=["text", "list", "key", "nested list", "backticks"],
)  # fmt: skip
def test_a_message_quotes_the_beginning_of_a_value_that_is_too_long_to_read(
    facts: dict[str, object], small: Rulebook
) -> None:
    with pytest.raises(ProfileError) as raised:
        check(Profile.of(facts), small, engine="reference")
    for problem in raised.value.problems:
        for told in (problem.told("zh"), problem.told("en")):
            assert len(told) < 2_500
            assert "…" in told


def test_a_message_of_usual_length_is_told_whole() -> None:
    whole = Text("没有 `" + "上" * 290 + "`", "there is no `" + "上" * 290 + "`")
    assert Problem("P101", Location("p.yaml"), whole).message == whole.en


def _own() -> list[object]:
    """A list that holds itself."""
    own: list[object] = []
    own.append(own)
    return own


def _doubled(levels: int) -> object:
    """A list of few objects that takes for ever to go through."""
    value: object = "a"
    for _ in range(levels):
        value = [value, value]
    return value


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"zones": _own()}, "P006"), ({"investors": [{"origin": _own()}]}, "P006"), ({"地址": _own()}, "P006"),
        ({"determinations": {"a": _own()}}, "P006"), ({"name": _doubled(39)}, "P006"), ({1: "上海"}, "P009"),
        ({None: None}, "P009"), ({(): 1}, "P009"), ({10**5000: 1}, "P009"),
    ],
    ids=["list", "investors", "register's key", "findings", "wide", "number", "none", "tuple", "long number"],
)  # fmt: skip
def test_what_a_program_gives_and_no_file_is_refused(facts: dict[Any, object], code: str, small: Rulebook) -> None:
    for use in (
        lambda: check(facts, small, engine="reference"),
        lambda: change(facts, small),
        lambda: compare([facts, facts], small),
        lambda: Interview(facts, small).question,
    ):
        with pytest.raises(ProfileError) as raised:
            use()
        assert raised.value.problems[0].code == code
