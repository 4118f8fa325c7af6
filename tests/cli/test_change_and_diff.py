"""`applicability change` and `diff` as commands: their output, and their errors."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from .conftest import ROOT, RULES, Run

LEASING = ROOT / "examples" / "financial-leasing-dongjiang.yaml"


def test_a_change_tells_what_and_whose(run: Run) -> None:
    text = run("change", LEASING, "--measure", "1", "--lang", "en").stdout
    assert "take in a foreign shareholder (foreign share above 0% and at most 50%)" in " ".join(text.split())
    assert "up to you, at a cost" in " ".join(text.split())
    text = run("change", LEASING, "--measure", "1", "--lang", "zh").stdout
    assert "引入外资股东（外资比例大于0%且不超过50%）" in "".join(text.split())


def test_a_row_that_is_open_needs_no_change(run: Run) -> None:
    assert "open already, nothing to change: row 93" in run("change", LEASING, "--measure", "93").stdout


def test_what_nobody_can_open_says_why(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 天津\ndistrict: 和平区\nlicences: [financial_leasing]\n", "utf-8")
    text = run("change", "mine.yaml", "--measure", "5", "--measure", "144").stdout
    assert "a duty of authorities; nobody can apply for it" in text
    assert "its text is missing from the scan" in text
    text = " ".join(run("change", "mine.yaml", "--measure", "14").stdout.split())
    assert "nothing you can change opens it: the text only orders a study" in text


def test_json_has_every_way_and_the_facts_to_give(run: Run) -> None:
    found = json.loads(run("change", LEASING, "--measure", "80", "--format", "json").stdout)
    (measure,) = found["measures"]
    assert measure["measure"] == 80
    (change,) = measure["changes"]
    (edit,) = change["edits"]
    assert (edit["kind"], edit["fact"], edit["yours"]) == ("add", "activities", True)
    assert edit["options"][0]["facts"] == {"activities": ["vocational-training"]}


def test_one_step_up_is_less_than_open(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(
        "city: 长沙\nsector: '63'\nforeign_share: 20\nactivities: [domestic-ip-vpn]\n", "utf-8"
    )
    text = run("change", "mine.yaml", "--measure", "1", "--to", "step").stdout
    assert "then: Pending" in text
    assert "then: Eligible" in text


def test_a_rulebook_does_not_differ_from_itself(run: Run) -> None:
    done = run("diff", RULES, RULES, "--exit-code")
    assert done.returncode == 0
    assert "no verdict differs, for any entity whatever" in done.stdout


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """The small rulebook, with one bound changed."""
    folder = tmp_path / "edited"
    shutil.copytree(RULES, folder)
    (file,) = [path for path in (folder / "measures").iterdir() if "at_most: 50" in path.read_text("utf-8")]
    file.write_text(file.read_text("utf-8").replace("at_most: 50", "at_most: 49", 1), "utf-8")
    return folder


@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_an_edited_row_is_told_in_every_form(form: str, edited: Path, run: Run) -> None:
    done = run("diff", RULES, edited, "--format", form, "--exit-code", "--lang", "en")
    assert done.returncode == 9
    assert '"foreign_share": 50' in done.stdout.replace('\\"', '"') or '"foreign_share": 50' in json.dumps(
        json.loads(done.stdout)
    )
    if form == "json":
        found = json.loads(done.stdout)
        assert [row["measure"] for row in found["rows"]] == [1]
        assert found["complete"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "markdown", "json"])
def test_another_sum_of_investors_is_told_in_every_form(form: str, lang: str, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "summed"
    shutil.copytree(RULES, folder)
    file = folder / "derivations.yaml"
    file.write_text(file.read_text("utf-8").replace("leave_out: [mainland]", "leave_out: [mainland, macao]"), "utf-8")
    done = run("diff", RULES, folder, "--format", form, "--exit-code", "--lang", lang)
    assert done.returncode == 9
    if form == "json":
        found = json.loads(done.stdout)
        (one,) = found["uncompared"]
        assert (found["rows"], found["complete"]) == ([], False)
        assert (one["kind"], one["name"]) == ("from_investors", "foreign-share-from-investors")
        assert one["facts"] == ["foreign_invested", "foreign_share"]
        assert {"measure": 1} in [{"measure": row["measure"]} for row in one["rows"]]
        return
    told = " ".join(done.stdout.split())
    assert "foreign-share-from-investors" in told
    assert ("no verdict differs in what was compared" if lang == "en" else "在已比较的情形中结论均无变化") in told
    assert "any entity" not in told
    assert "every class of profiles" not in told
    assert "全部情形" not in told


def test_a_wording_alone_is_no_difference(tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "worded"
    shutil.copytree(RULES, folder)
    for file in (folder / "measures").iterdir():
        file.write_text(file.read_text("utf-8").replace("A wider foreign share", "Some wider foreign share"), "utf-8")
    done = run("diff", RULES, folder, "--exit-code")
    assert (done.returncode, "no verdict differs" in done.stdout) == (0, True)


def test_the_users_own_profiles_that_move_are_named(tmp_path: Path, edited: Path, run: Run) -> None:
    mine = tmp_path / "clients"
    mine.mkdir()
    (mine / "moves.yaml").write_text("city: 上海\nactivities: [ip-vpn]\nforeign_share: 50\n", "utf-8")
    (mine / "stays.yaml").write_text("city: 上海\nactivities: [ip-vpn]\nforeign_share: 40\n", "utf-8")
    (mine / "broken.yaml").write_text("city: Atlantis\n", "utf-8")
    text = run("diff", RULES, edited, "--profiles", mine, "--lang", "en").stdout
    assert "profiles that move: 1 of 3" in text
    assert "moves.yaml · 1 " in text
    assert "stays.yaml" not in text
    assert "broken.yaml: cannot be read by the old rulebook: unknown place `Atlantis`" in " ".join(text.split())


def test_two_days_are_compared(run: Run) -> None:
    done = run("diff", "--old-as-of", "2025-12-17", "--new-as-of", "2025-12-18", "--format", "json")
    assert [row["measure"] for row in json.loads(done.stdout)["rows"]] == [89]


def test_a_register_is_compared_with_none(run: Run) -> None:
    done = run("diff", "--new-register", ROOT / "examples" / "suzhou-register.yaml", "--format", "json")
    rows = {row["measure"]: {one["old"] for one in row["moved"]} for row in json.loads(done.stdout)["rows"]}
    assert set(rows) == {22, 25, 57}
    assert rows[22] | rows[57] <= {"pending", "needs_info"}
    assert "ineligible" in rows[25], "a row that its scope gives to another place alone opens where it is listed"


def test_revisions_of_a_repository_are_compared(
    tmp_path: Path, edited: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository = tmp_path / "repository"
    shutil.copytree(RULES, repository / "rules")

    def git(*args: str) -> None:
        own = ("-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "commit.gpgsign=false")
        subprocess.run(["git", *own, *args], cwd=repository, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    shutil.rmtree(repository / "rules")
    shutil.copytree(edited, repository / "rules")
    git("commit", "-qam", "two")
    monkeypatch.chdir(repository)
    for old, new in (("HEAD~1", "HEAD"), ("HEAD~1:rules", "rules")):
        found = json.loads(run("diff", old, new, "--format", "json").stdout)
        assert [row["measure"] for row in found["rows"]] == [1]
    done = run("diff", "nowhere", "rules")
    assert done.returncode == 4
    assert "neither a folder nor a revision" in done.stderr
    assert run("diff", "--", "-x", "rules").returncode == 4
