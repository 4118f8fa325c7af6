"""One slip per kind of problem that `lint` finds. Each file is named after the code it must bring.

To write the expected messages of a new slip, run with UPDATE_GOLDEN=1 and read what it wrote.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from applicability import Rulebook
from applicability.analysis.satisfiable import can_hold
from applicability.errors import Problem, RulebookError
from applicability.loading.lint.rulebook import lint
from applicability.loading.rulebook import build
from applicability.loading.source import RuleFiles, read_source, rules_folder
from applicability.model.conditions import All, Any_, Condition, Not, Number, OneOf, Within
from applicability.text import Lang

from ..examples import one_in

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests" / "data" / "lint"
SLIPS = sorted(FOLDER.glob("*.yaml"))
LANGUAGES: tuple[tuple[Lang, str], ...] = (("en", ".txt"), ("zh", ".zh.txt"))
GOOD = read_source(rules_folder(), "rules")
SMALL = read_source(ROOT / "tests" / "data" / "small-rulebook", "rules")
SOURCES = {"rules": GOOD, "small-rulebook": SMALL}


def found(source: RuleFiles) -> tuple[Problem, ...]:
    try:
        return lint(build(source), source)
    except RulebookError as error:  # some mistakes prevent loading
        return error.problems


@pytest.fixture(scope="module")
def before() -> dict[str, frozenset[Problem]]:
    """What lint says of each rulebook as it is, apart from where."""
    return {name: frozenset(map(_placeless, found(source))) for name, source in SOURCES.items()}


def _placeless(problem: Problem) -> Problem:
    return replace(problem, location=replace(problem.location, line=0, column=0))


@pytest.mark.parametrize("path", one_in(3, SLIPS), ids=lambda path: path.stem)
def test_a_slip_is_found_with_its_place_and_its_mending(path: Path, before: dict[str, frozenset[Problem]]) -> None:
    slip = yaml.safe_load(path.read_text("utf-8"))
    folder = slip.get("folder", "rules")
    source = SOURCES[folder]
    text = source.files[slip["file"]].decode("utf-8")
    assert slip["find"] in text
    files = {**source.files, slip["file"]: text.replace(slip["find"], slip["write"], 1).encode()}
    problems = found(replace(source, files=files))
    new = [p for p in problems if _placeless(p) not in before[folder]]
    for lang, ending in LANGUAGES:
        said = "".join(f"{problem.told(lang)}\n" for problem in new)
        expected = path.with_suffix(ending)
        if os.environ.get("UPDATE_GOLDEN"):
            expected.write_text(said, "utf-8")
        assert said == expected.read_text("utf-8")
    # A quote that has drifted has no English either.
    code = path.name[:4]
    assert {problem.code for problem in new} in ({code}, {code, "R412"})
    assert all(problem.hint and problem.location.line for problem in new)


def test_every_code_has_a_failing_example_and_a_line_in_the_docs() -> None:
    loading = ROOT / "src" / "applicability" / "loading"
    sources = [*(loading / "lint").glob("*.py"), loading / "derivations.py"]
    codes = {code for path in sources for code in re.findall(r'"(R4\d\d)"', path.read_text("utf-8"))}
    assert codes == {path.name[:4] for path in SLIPS}
    assert codes == set(re.findall(r"^\| (R4\d\d) ", (ROOT / "docs" / "lint.md").read_text("utf-8"), re.MULTILINE))


def test_a_circle_of_derivations_is_never_loaded() -> None:
    slip = yaml.safe_load((FOLDER / "R405-derivations-in-a-circle.yaml").read_text("utf-8"))
    text = GOOD.files[slip["file"]].decode("utf-8")
    files = {**GOOD.files, slip["file"]: text.replace(slip["find"], slip["write"], 1).encode()}
    with pytest.raises(RulebookError, match="R405 `one` turns in a circle"):
        build(replace(GOOD, files=files))


def test_a_limb_s_own_scope_must_meet_the_row_s(rulebook: Rulebook) -> None:
    row = rulebook.measure(4)
    limbs = tuple(replace(limb, when=rulebook.scopes["hainan"].when) for limb in row.limbs)
    measures = tuple(replace(one, limbs=limbs) if one is row else one for one in rulebook.measures)
    problems = [p for p in lint(replace(rulebook, measures=measures), GOOD) if p.code == "R402"]
    assert [str(problem.location) for problem in problems] == [str(row.location)] * 2
    assert problems[0].message == "row 4, limb a: its own scope is out of reach of the row's, `shanghai`"


ABOVE, AT_MOST = Number("foreign_share", (("above", 50),)), Number("foreign_share", (("at_most", 50),))  # type: ignore[arg-type]
SCHOOL, FIRM = OneOf("entity_kind", frozenset({"school"})), OneOf("entity_kind", frozenset({"law_firm"}))
TIANJIN, BINHAI, DONGJIANG = Within(("120000",)), Within(("120116",)), Within(("dongjiang-cbz",))


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        (All((ABOVE, AT_MOST)), False), (All((ABOVE, Not(AT_MOST))), True), (All((ABOVE, Not(ABOVE))), False),
        (Any_((ABOVE, AT_MOST)), True), (Not(Any_((ABOVE, AT_MOST))), False), (Not(All((ABOVE, AT_MOST))), True),
        (All((SCHOOL, FIRM)), False), (All((Any_((SCHOOL, FIRM)), Not(SCHOOL))), True),
        (All((Any_((SCHOOL, ABOVE)), Any_((FIRM, AT_MOST)))), True),
        (All((Any_((SCHOOL, ABOVE)), Any_((FIRM, AT_MOST)), Not(SCHOOL), Not(FIRM))), False),
        (All((TIANJIN, DONGJIANG)), True), (All((DONGJIANG, Not(TIANJIN))), False),
        (All((TIANJIN, Not(DONGJIANG))), True), (All((BINHAI, Within(("310000",)))), False),
        (All((Within(("120000", "310000")), Within(("310000", "110000")), Within(("120000", "110000")))), False),
    ],
)  # fmt: skip
def test_what_can_hold(condition: Condition, holds: bool, rulebook: Rulebook) -> None:
    assert can_hold(rulebook, condition) is holds
