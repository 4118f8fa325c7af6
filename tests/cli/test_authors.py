"""The commands for rule authors: lint, test, coverage and the schemas of rule files."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
import yaml

from applicability.cli.exit_codes import ExitCode
from applicability.loading.schema import RuleKind
from applicability.loading.source import rules_folder

from ..examples import one_in
from .conftest import RULES, Run

CASES = """as_of: 2026-11-23
cases:
  - name: A company in Changsha is outside
    profile: {city: 长沙}
    expect: {ineligible: [1]}
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A copy of the small rulebook, to be edited by tests."""
    shutil.copytree(RULES, tmp_path / "rules")
    return tmp_path / "rules"


# lint ----------------------------------------------------------------------------------------------------------------


def test_lint_leaves_with_0_only_where_there_is_nothing_to_mend(run: Run) -> None:
    done = run("lint", "--rules", rules_folder())
    assert (done.returncode, done.stdout, done.stderr) == (0, "no problems found\n", "")
    assert run("lint", "--rules", RULES).returncode == ExitCode.RULEBOOK


def test_lint_tells_place_code_message_and_hint(run: Run, rules: Path) -> None:
    done = run("lint", "--rules", "rules")
    assert (
        "rules/facts.yaml:89:1: R403 nothing uses the fact `established`\n  hint: let a condition read it"
        in done.stdout
    )
    count = done.stdout.count("  hint: ")
    assert done.stdout.endswith(f"\nproblems: {count}\n")
    assert run("lint", "--rules", "rules", "--lang", "zh").stdout.endswith(f"\n共 {count} 处须改正\n")


def test_lint_of_a_rulebook_that_does_not_load_says_why(run: Run, rules: Path) -> None:
    scopes = rules / "scopes.yaml"
    scopes.write_text(scopes.read_text("utf-8").replace("zone_type:", "zone_tpe:"), "utf-8")
    done = run("lint", "--rules", "rules", "--format", "json")
    problems = json.loads(done.stdout)["problems"]
    assert done.returncode == ExitCode.RULEBOOK
    assert {problem["code"] for problem in problems} == {"R101"}
    assert set(problems[0]) == {"code", "file", "line", "column", "message", "hint", "message_zh", "hint_zh"}


def test_lint_annotates_for_github(run: Run, rules: Path) -> None:
    lines = run("lint", "--rules", "rules", "--format", "github").stdout.splitlines()
    assert all(re.fullmatch(r"::error file=rules/[^:,]+,line=\d+,col=\d+::R4\d\d .+\. .+", line) for line in lines)
    assert len(lines) == len(json.loads(run("lint", "--rules", "rules", "--format", "json").stdout)["problems"])


def test_an_annotation_of_github_escapes_what_has_a_meaning_there(run: Run, tmp_path: Path) -> None:
    done = run("lint", "--rules", "100%,a:b", "--format", "github")
    assert done.stdout.startswith("::error file=100%25%2Ca%3Ab::R001 no rulebook here. ")


# test ----------------------------------------------------------------------------------------------------------------


def test_cases_that_pass_are_a_line_and_0(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(CASES, "utf-8")
    done = run("test", "cases.yaml", "--rules", RULES, "--engine", "reference")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("1 of 1 cases passed; ")
    assert "never: " in done.stdout
    assert run("test", "cases.yaml", "--rules", RULES, "--strict").returncode == ExitCode.CASES


def test_a_case_that_fails_shows_name_place_expected_found_and_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "a.yaml").write_text(CASES.replace("ineligible: [1]", "eligible: [1]"), "utf-8")
    done = run("test", "cases", "--rules", RULES, "--engine", "reference")
    assert done.returncode == ExitCode.CASES
    first, second, third, *_ = done.stdout.splitlines()
    assert first == "cases/a.yaml:3:5: A company in Changsha is outside"
    assert second == "  row 1 verdict: expected eligible, found ineligible"
    assert third.startswith("    why: ")
    found = json.loads(run("test", "cases", "--rules", RULES, "--format", "json").stdout)
    assert (found["cases"], found["passed"]) == (1, 0)
    assert found["failed"][0]["differences"][0] | {"why": None} == {
        "row": 1, "document": "small-plan", "what": "verdict", "expected": "eligible", "found": "ineligible",
        "why": None,
    }  # fmt: skip
    assert len(found["unseen"]) == found["leaves"] - found["seen"]


def test_a_case_can_say_what_the_body_says_of_the_whole_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(CASES + "    provisions: [earlier-plan]\n", "utf-8")
    done = run("test", "cases.yaml", "--rules", RULES)
    assert done.returncode == ExitCode.CASES
    assert done.stdout.splitlines()[1:3] == ["  provisions: expected earlier-plan, found none", ""]
    found = json.loads(run("test", "cases.yaml", "--rules", RULES, "--format", "json").stdout)
    assert found["failed"][0]["differences"] == [
        {
            "row": None, "document": None, "what": "provisions", "expected": "earlier-plan", "found": "none",
            "why": None,
        }
    ]  # fmt: skip


def test_a_case_whose_profile_is_refused_fails_with_the_reason(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(CASES.replace("长沙", "天浸"), "utf-8")
    done = run("test", "cases.yaml", "--rules", RULES)
    assert done.returncode == ExitCode.CASES
    assert "  cases.yaml:4:21: P103 unknown place `天浸`\n    hint: " in done.stdout


@pytest.mark.thorough
def test_mutants_that_survive_are_told_and_fail(run: Run, tmp_path: Path) -> None:
    (tmp_path / "cases.yaml").write_text(CASES, "utf-8")
    done = run("test", "cases.yaml", "--rules", RULES, "--mutants", "--measure", "1")
    assert done.returncode == ExitCode.CASES
    assert done.stdout.startswith("Changes that no case notices\n  ")
    found = json.loads(run("test", "cases.yaml", "--rules", RULES, "--mutants", "--format", "json").stdout)
    assert len(found["survivors"]) == found["mutants"] - found["noticed"] - len(found["same"]) > 0
    assert run("test", "--measure", "1").returncode == ExitCode.USAGE
    assert run("test", "--mutants", "--strict").returncode == ExitCode.USAGE


def test_the_rulebook_s_own_cases_are_run_by_default(run: Run, rules: Path) -> None:
    assert run("test", "--rules", "rules").returncode == ExitCode.RULEBOOK  # it has none yet
    (rules / "cases").mkdir()
    (rules / "cases" / "first.yaml").write_text(CASES, "utf-8")
    done = run("test", "--rules", "rules", "--lang", "zh")
    assert (done.returncode, done.stdout.splitlines()[-1][:7]) == (0, "1/1 个案例")


# coverage ------------------------------------------------------------------------------------------------------------


def test_coverage_counts_by_chapter_and_kind_and_names_what_is_left(run: Run) -> None:
    done = run("coverage", "--rules", RULES)
    assert done.returncode == 0
    assert re.search(r"^  Total +\d+/\d+ +\d\d\.\d%$", done.stdout, re.MULTILINE)
    assert "  row 7, text: 支持智能网联汽车试运行\n" in done.stdout
    assert run("coverage", "--rules", RULES, COLUMNS="40").returncode == 0


def test_the_counts_of_coverage_add_up(run: Run) -> None:
    found = json.loads(run("coverage", "--format", "json", "--rules", RULES).stdout)
    for document in found["documents"]:
        assert sum(document["kinds"].values()) == document["claimed"] <= document["total"]
        for key in ("claimed", "total"):
            assert sum(chapter[key] for chapter in document["chapters"]) == document[key]


HELD = """as_of: 2026-11-23
cases:
  - name: A company with a foreign share has row 10
    profile: {city: 上海, foreign_invested: true}
    expect: {eligible: [10]}
  - name: A company without one does not
    profile: {city: 上海, foreign_invested: false}
    expect: {ineligible: [10]}
"""


def test_coverage_tells_the_words_that_no_case_holds(run: Run, rules: Path, tmp_path: Path) -> None:
    assert run("coverage", "--mutants", "--rules", "rules").returncode == ExitCode.RULEBOOK  # it has no cases yet
    (rules / "cases").mkdir()
    (rules / "cases" / "few.yaml").write_text(HELD, "utf-8")
    done = run("coverage", "--mutants", "--rules", "rules")
    assert (done.returncode, done.stderr) == (0, "")
    assert "  row 10, text: 7/9/22  促进投资便利化\n" in done.stdout
    found = json.loads(run("coverage", "--mutants", "--format", "json", "--rules", "rules").stdout)
    (document,) = found["documents"]
    assert sum(document["protection"].values()) == document["total"]
    every = [passage for chapter in document["chapters"] for passage in chapter["passages"]]
    (row,) = [passage for passage in every if passage["row"] == 10]
    assert row["protection"] == {"condition": 6, "reading": 0, "limb": 9, "unprotected": 7}
    assert [row["words"][one["start"] : one["end"]] for one in row["unprotected"]] == ["促进投资便利化"]
    assert [row["words"][one["start"] : one["end"]] for one in row["held_by_limb_alone"]] == ["取消", "境内再投资登记"]
    plain = json.loads(run("coverage", "--format", "json", "--rules", "rules").stdout)
    assert "protection" not in plain["documents"][0]


@pytest.mark.parametrize(("lang", "told"), [("zh", "无保护 7"), ("en", "unprotected 7")])
def test_the_page_of_coverage_marks_the_words_that_no_case_holds(
    lang: str, told: str, run: Run, rules: Path, tmp_path: Path
) -> None:
    (rules / "cases").mkdir()
    (rules / "cases" / "few.yaml").write_text(HELD, "utf-8")
    options = ("--mutants", "--format", "html", "--rules", "rules", "--lang", lang, "-o", "page.html")
    assert run("coverage", *options).returncode == 0
    source = (tmp_path / "page.html").read_text("utf-8")
    (marked,) = [line for line in source.split("<a ") if line.split("</a>")[0].endswith(">促进投资便利化")]
    assert marked.startswith('class="claim unprotected"')
    assert told in source[source.index("促进投资便利化") :].split("</article>")[0]
    page = Page()
    page.feed(source)
    assert page.links <= set(page.ids)


class Page(HTMLParser):
    """Collects the ids, the links, and the words in the passages."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.kinds: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if "id" in given:
            self.ids.append(given["id"])
        if "href" in given:
            self.links.add(given["href"].removeprefix("#"))
        if given.get("class") == "claim":
            self.kinds.add(given["style"])
            assert tag != "a" or given["title"]

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("folder", [RULES, rules_folder()], ids=["small", "whole"])
def test_the_page_of_coverage_holds_every_word_and_every_link_leads_somewhere(
    lang: str, folder: Path, run: Run, tmp_path: Path
) -> None:
    assert run("coverage", "--format", "html", "--rules", folder, "--lang", lang, "-o", "page.html").returncode == 0
    page = Page()
    source = (tmp_path / "page.html").read_text("utf-8")
    page.feed(source)
    assert len(page.ids) == len(set(page.ids))
    assert page.links <= set(page.ids)
    assert "http" not in source.replace("http-equiv", "")
    for name in sorted((folder / "measures").glob("*.yaml")):
        for row in yaml.load(name.read_text("utf-8"), SafeLoader)["measures"]:
            assert row.get("text", "") in page.text


# schema --------------------------------------------------------------------------------------------------------------


SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast


class Loader(SafeLoader):  # type: ignore[misc]
    """YAML 1.2 as editors read it: dates, `yes` and `no` stay text."""

    yaml_implicit_resolvers = {
        first: [pair for pair in pairs if pair[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
        for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|True|TRUE|false|False|FALSE)$"), [*"tTfF"])


def files(folder: Path, kind: str) -> list[Path]:
    """The rule files of a kind."""
    folders = {"measures": "measures/*.yaml", "document": "sources/*.yaml", "cases": "cases/*.yaml"}
    return sorted(folder.glob(folders.get(kind, "places/zones.yaml" if kind == "zones" else f"{kind}.yaml")))


def plain(text: str) -> Any:
    return json.loads(json.dumps(yaml.load(text, Loader)))


@pytest.mark.parametrize(
    "kind", [pytest.param("measures", marks=pytest.mark.thorough), *one_in(3, get_args(RuleKind)[1:])]
)
def test_every_rule_file_is_valid_by_the_schema_of_its_kind(kind: str, run: Run) -> None:
    found = files(rules_folder(), kind)
    assert found
    made = json.loads(run("schema", kind, "--rules", rules_folder()).stdout)
    jsonschema.Draft202012Validator.check_schema(made)
    validator = jsonschema.Draft202012Validator(made)
    for path in found:
        wrong = [
            f"{path.name} {error.json_path}: {error.message}"
            for error in validator.iter_errors(plain(path.read_text("utf-8")))
        ]
        assert wrong == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("{does: app-store,", "{dose: app-store,"), ("{does: app-store,", "{does: app-stores,"),
        ("at_most: 50", "at_least_: 50"), ("force: permit", "force: permits"),
        ("quote: 国内互联网虚拟专用网业务}", "does: app-store, in: '110000'}"),
        ("judgement: sandbox", "step: no-such-step"),
    ],
)  # fmt: skip
def test_a_slip_is_not_valid(good: str, bad: str, run: Run) -> None:
    made = json.loads(run("schema", "measures", "--rules", rules_folder()).stdout)
    text = (rules_folder() / "measures" / "01-telecom.yaml").read_text("utf-8")
    assert good in text
    assert not jsonschema.Draft202012Validator(made).is_valid(plain(text.replace(good, bad, 1)))
