"""Every published contract: named, versioned, open to additional keys, and matched by real results."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from applicability import (
    Interview,
    LintReport,
    Location,
    Problem,
    Profile,
    ProfileError,
    Rulebook,
    change,
    check,
    compare,
    diff,
    load_profile,
    load_rulebook,
    reach_map,
    screen,
    test,
    test_mutants,
)
from applicability.published import Published
from applicability.report.assessment.json import AssessmentModel
from applicability.report.contract import CONTRACTS, given_facts, id_of, plain
from applicability.report.schema import KINDS, schema
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)
COMPANY = {"city": "上海", "foreign_share": "50%", "investors": [{"origin": "香港", "share": "50"}]}
CASES = """\
as_of: 2026-11-01
cases:
  - name: A company of Shanghai that is not what it says
    profile: {city: 上海}
    expect: {pending: [1]}
  - name: A company that cannot be read
    profile: {city: 天浸}
"""


@pytest.fixture(scope="module")
def results(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Published]:
    """A result of every contract."""
    cases = tmp_path_factory.mktemp("cases") / "cases.yaml"
    cases.write_text(CASES, "utf-8")
    problem = Problem("R403", Location("a.yaml", 1, 2), Text("没有 `x`", "no `x`"), Text("写 `y`", "write `y`"))
    return {
        "assessment": check(COMPANY, rulebook, as_of=DAY, engine="reference"),
        "changes": change(COMPANY, rulebook, measures=[1, 2, 3], as_of=DAY, engine="reference"),
        "comparison": compare([COMPANY, {"city": "苏州"}], rulebook, as_of=DAY, engine="reference"),
        "difference": diff(rulebook, rulebook, old_as_of=datetime.date(2025, 12, 17), new_as_of=DAY),
        "interview": Interview(COMPANY, rulebook, as_of=DAY),
        "lint": LintReport([problem]),
        "map": reach_map(rulebook, places=["上海"], measures=[1], as_of=DAY),
        "screening": screen([COMPANY], rulebook, as_of=DAY),
        "test": test(cases, rulebook, engine="reference"),
        "mutation": test_mutants(cases, rulebook, measures=[1]),
    }


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The small rulebook."""
    return load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook")


def closed(held: Any) -> Any:
    """A schema closed to undeclared keys."""
    if isinstance(held, dict):
        shut = {key: closed(value) for key, value in held.items()}
        return {**shut, "additionalProperties": False} if "properties" in held else shut
    return [closed(one) for one in held] if isinstance(held, list) else held


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_result_is_valid_by_its_schema_and_says_no_more_than_it(
    name: str, results: dict[str, Published], rulebook: Rulebook
) -> None:
    published = schema(name, rulebook)  # type: ignore[arg-type]
    jsonschema.Draft202012Validator.check_schema(published)
    held = results[name].to_dict()
    jsonschema.validate(held, closed(published))
    jsonschema.validate({**held, "a_later_key": 1}, published)
    assert json.loads(results[name].to_json()) == held
    assert held["contract"] == {"id": published["$id"], "version": published["version"]}


@pytest.mark.parametrize("name", CONTRACTS)
def test_a_contract_is_a_name_and_no_address_and_not_yet_final(name: str, rulebook: Rulebook) -> None:
    published = schema(name, rulebook)  # type: ignore[arg-type]
    assert published["$id"] == id_of(name) == f"urn:applicability:contract:{name}"  # type: ignore[arg-type]
    assert published["version"].startswith("0.")
    assert all(one["additionalProperties"] is True for one in objects(published))


def objects(held: Any) -> Iterator[Any]:
    """Every part of a schema that declares keys."""
    if isinstance(held, dict):
        if "properties" in held:
            yield held
        for one in held.values():
            yield from objects(one)


def test_there_is_a_schema_of_every_contract_and_of_the_profile() -> None:
    assert set(KINDS) == {"profile", *CONTRACTS}


def test_a_reader_passes_over_keys_of_a_later_version(results: dict[str, Published]) -> None:
    held = results["assessment"].to_dict()
    model = AssessmentModel.model_validate({**held, "a_later_key": 1})
    assert model.to_dict() == held


def test_numbers_and_truths_of_a_profile_come_back_as_such(tmp_path: Path, rulebook: Rulebook) -> None:
    file = tmp_path / "company.yaml"
    file.write_text("city: 上海\nforeign_share: 33.4%\ninvestors: [{origin: 香港, share: 33.40}]\n", "utf-8")
    found = check(load_profile(file), rulebook, as_of=DAY, engine="reference").to_dict()["profile"]
    assert found == {"city": "上海", "foreign_share": 33.4, "investors": [{"origin": "香港", "share": 33.4}]}
    facts = {"foreign_share": "050", "determinations": {"1.x": "是", "1.y": "no", "1.z": "perhaps"}}
    assert given_facts(facts, rulebook.facts) == {
        "foreign_share": "050", "determinations": {"1.x": True, "1.y": False, "1.z": "perhaps"},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "held"),
    [
        (Decimal("33.40"), 33.4), (Decimal("50.00"), 50), (Decimal("1E+2"), 100),
        (Decimal("0.12345678901234567890"), "0.12345678901234567890"), (True, True), ("x", "x"), (DAY, "2026-11-01"),
    ],
)  # fmt: skip
def test_a_decimal_is_a_number_unless_json_would_round_it(value: object, held: object) -> None:
    made = plain(value)
    assert made == held
    assert type(made) is type(held)


@pytest.mark.parametrize(
    ("facts", "place"),
    [
        ({"foreign_share": 101}, "foreign_share"),
        ({"citty": "上海"}, "citty"),
        ({"investors": [{"origin": "香港", "share": "half"}]}, "investors[0].share"),
        ({"determinations": {"1.none": True}}, "determinations.1.none"),
    ],
)
def test_a_problem_in_a_profile_without_a_file_names_the_fact(
    facts: dict[str, object], place: str, rulebook: Rulebook
) -> None:
    for given in (facts, Profile.of(facts)):
        with pytest.raises(ProfileError) as raised:
            check(given, rulebook)
        assert [str(problem.location) for problem in raised.value.problems] == [place]


def test_threads_that_first_use_a_model_together_all_get_it() -> None:
    code = (
        "import sys, threading\n"
        "from applicability.report.contract import TextModel, UnaskedModel\n"
        "sys.setswitchinterval(1e-6)\n"
        "gate, made = threading.Barrier(8), []\n"
        "def use():\n"
        "    gate.wait()\n"
        "    made.append(UnaskedModel(rows=[1], facts=[], implausible_for=TextModel(zh='甲', en='a')).to_json())\n"
        "threads = [threading.Thread(target=use) for _ in range(8)]\n"
        "for one in threads: one.start()\n"
        "for one in threads: one.join()\n"
        "print(len(made), len(set(made)))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert (done.stdout, done.stderr) == ("8 1\n", "")


def test_the_schema_of_profiles_takes_the_answers_that_a_check_takes() -> None:
    book = load_rulebook()
    rules, answers = schema("profile", book), ("unknown", "未知", True, "否", "perhaps", 1)
    keys = {"limits": next(iter(book.limits)), "determinations": next(iter(book.judgements))}
    for name, key in keys.items():
        for answer in answers:
            profile = {name: {key: answer}}
            try:
                check(profile, book, as_of=DAY, engine="reference")
            except ProfileError:
                with pytest.raises(jsonschema.ValidationError):
                    jsonschema.validate(profile, rules)
            else:
                jsonschema.validate(profile, rules)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"registered_here": "unknown"}, rules)
