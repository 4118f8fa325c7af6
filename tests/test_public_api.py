"""The package from outside: every public name, type-checked and run, and the modules loaded on start."""

from __future__ import annotations

import ast
import inspect
import os
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import applicability
from applicability import errors
from applicability.errors import ApplicabilityError

ROOT = Path(__file__).parents[1]
INIT = ROOT / "src" / "applicability" / "__init__.py"
USE_CASES = {"check", "screen", "change", "compare", "diff", "reach_map", "Interview", "lint", "test", "test_mutants"}

PROGRAM = """
from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from pathlib import Path

import applicability
from applicability import (
    ApplicabilityError, Assessment, Candidate, CaseReport, ChangeReport, Comparison, Difference, Interview, LintReport,
    Profile, ProfileError, Prospect, ReachMap, Rulebook, Screening, Verdict, change, check, compare, diff, lint,
    load_rulebook, reach_map, screen, test,
)

RULES = Path({rules!r})
DAY = datetime.date(2026, 11, 1)
COMPANY: Mapping[str, object] = {{"city": "上海", "foreign_share": 50}}


def verdicts(assessment: Assessment) -> dict[int, Verdict | None]:
    return {{finding.measure.row: finding.verdict for finding in assessment}}


rulebook: Rulebook = load_rulebook(RULES)
assessment: Assessment = check(COMPANY, rulebook, as_of=DAY, engine="reference")
Path("company.json").write_text(json.dumps(COMPANY), "utf-8")
assert verdicts(check("company.json", rulebook, as_of=DAY)) == verdicts(assessment)
assert verdicts(check(Profile(**COMPANY), rulebook, as_of=DAY)) == verdicts(assessment)

changes: ChangeReport = change(COMPANY, rulebook, measures=[1, 2], as_of=DAY)
prospects: list[Prospect] = list(changes)
assert changes.to_dict() == change(assessment, measures=[1, 2]).to_dict()

comparison: Comparison = compare([COMPANY, Candidate("Suzhou", {{"city": "苏州"}})], rulebook, as_of=DAY, chapters=[1])
difference: Difference = diff(rulebook, rulebook)
places: ReachMap = reach_map(rulebook, places=["上海"], measures=[1], as_of=DAY)
interview = Interview(COMPANY, rulebook, as_of=DAY)
problems: LintReport = lint(RULES)
CASES = "as_of: 2026-11-01\\ncases:\\n  - name: A company in Shanghai\\n    profile: {{city: 上海}}\\n"
Path("cases.yaml").write_text(CASES, "utf-8")
report: CaseReport = test("cases.yaml", rulebook)
assert report.passed
screening: Screening = screen([COMPANY, {{"city": "天浸"}}], rulebook, as_of=DAY)
assert (screening.summary.companies, screening.summary.rejected, screening.summary.notes) == (2, 0, 1)

for result in (assessment, changes, comparison, difference, places, interview, problems, report, screening):
    assert json.loads(result.to_json()) == result.to_dict()
assert Verdict("eligible") is Verdict(4) is Verdict.ELIGIBLE
try:
    check({{"city": "上海", "foreign_share": 101}}, rulebook)
except ProfileError as error:
    assert isinstance(error, ApplicabilityError)
    print(error.problems[0].location)
print(applicability.__name__, assessment.to_dict()["profile"])
"""


def names_for_the_type_checker() -> dict[str, str]:
    """The imports in `__init__` for type checkers: each name and its module."""
    block = next(one for one in ast.parse(INIT.read_text("utf-8")).body if isinstance(one, ast.If))
    found = {}
    for one in block.body:
        assert isinstance(one, ast.ImportFrom)
        module = str(one.module).removeprefix("applicability.")
        for name in one.names:
            found[name.asname or name.name] = f"{module}:{name.name}" if name.asname else module
    return found


def test_the_table_of_names_the_type_checker_s_imports_and_all_agree() -> None:
    assert names_for_the_type_checker() == dict(applicability._HOMES)
    assert sorted(applicability._HOMES) == applicability.__all__
    assert set(applicability.__all__) <= set(dir(applicability))


def test_every_name_is_there_and_is_what_its_home_calls_it() -> None:
    for name in applicability.__all__:
        assert getattr(applicability, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'chekc'"):
        _ = applicability.chekc  # type: ignore[attr-defined]


def test_every_use_case_and_every_error_is_public() -> None:
    raised = {name for name, one in inspect.getmembers(errors, inspect.isclass) if issubclass(one, ApplicabilityError)}
    assert {*USE_CASES, *raised, "Problem", "Location"} <= set(applicability.__all__)


WRONG = "from applicability import check, chekc\n\nx: int = check({}).counts\n"


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in an empty folder, with this package importable."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        timeout=300, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a right and a wrong program."""
    folder = tmp_path_factory.mktemp("outside")
    (folder / "program.py").write_text(PROGRAM.format(rules=str(ROOT / "tests" / "data" / "small-rulebook")), "utf-8")
    (folder / "wrong.py").write_text(WRONG, "utf-8")
    return folder


@pytest.fixture(scope="module")
def checked(outside: Path) -> dict[str, list[str]]:
    """What the type checker says of each of the programs; it reads the package once for both."""
    done = run(outside, "-m", "mypy", "--strict", "--no-incremental", "program.py", "wrong.py")
    lines = done.stdout.splitlines()
    assert lines[-1].startswith("Found 2 errors in 1 file (checked 2 source files)"), done.stdout + done.stderr
    return {name: [line for line in lines if line.startswith(f"{name}:")] for name in ("program.py", "wrong.py")}


@pytest.mark.thorough
def test_a_program_outside_is_checked_strictly_and_runs(outside: Path, checked: dict[str, list[str]]) -> None:
    assert checked["program.py"] == []
    done = run(outside, "program.py")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["foreign_share", "applicability {'city': '上海', 'foreign_share': 50}"]


@pytest.mark.thorough
def test_a_wrong_program_outside_is_told_so(checked: dict[str, list[str]]) -> None:
    first, second = checked["wrong.py"]
    assert 'Module "applicability" has no attribute "chekc"' in first
    assert "Incompatible types in assignment" in second


def test_the_package_says_that_it_is_typed() -> None:
    assert resources.files("applicability").joinpath("py.typed").is_file()


def test_importing_the_package_loads_none_of_it(tmp_path: Path) -> None:
    code = "import applicability, sys; print(*sorted(m for m in sys.modules if m.startswith('applicability')))"
    assert run(tmp_path, "-c", code).stdout.split() == ["applicability"]


def test_checking_loads_no_contract_and_nothing_for_tables(tmp_path: Path) -> None:
    code = "import applicability, sys; applicability.check; print(*(m for m in sys.modules if '.' not in m))"
    assert set(run(tmp_path, "-c", code).stdout.split()).isdisjoint({"pydantic", "rich", "numpy", "pyarrow", "click"})


def test_the_module_runs_as_the_command(tmp_path: Path) -> None:
    done = run(tmp_path, "-m", "applicability", "--version")
    assert (done.returncode, done.stdout.split()[0]) == (0, "applicability")
