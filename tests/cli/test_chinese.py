"""With `--lang zh` errors are in Chinese: whole outputs, by command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from .conftest import ROOT, RULES, Run

PROFILES = ROOT / "tests" / "data" / "bad-profiles"


@pytest.mark.parametrize(
    ("name", "count"), [("everything-at-once", 6), ("investor-unknown-key", 2), ("tab", 1), ("unknown-zone", 1)]
)
def test_a_broken_profile_is_told_in_chinese(
    name: str, count: int, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(next(PROFILES.glob(f"P*/{name}.zh.txt")).parent)
    done = run("check", f"{name}.yaml", "--lang", "zh", "--engine", "reference")
    told = next(PROFILES.glob(f"P*/{name}.zh.txt")).read_text("utf-8")
    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr == told + (f"共 {count} 处须改正\n" if count > 1 else "")


def test_the_locale_says_it_as_the_option_does(check: Run) -> None:
    told = "<stdin>:1:1: P101 没有名为 `citty` 的事实\n  提示：是否指 `city`？\n"
    assert check("citty: 天津\n", LC_ALL="zh_CN.UTF-8").stderr == told
    assert check("citty: 天津\n", "--lang", "zh").stderr == told
    assert check("citty: 天津\n", "--lang", "en", LC_ALL="zh_CN.UTF-8").stderr.startswith(
        "<stdin>:1:1: P101 unknown fact `citty`\n  hint: "
    )


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["check", "none.yaml"], "none.yaml: P001 没有这个文件\n  提示：检查路径\n"),
        (["facts", "citty"], "facts: P101 没有名为 `citty` 的事实\n  提示：是否指 `city`？\n"),
        (
            ["map", "--place", "天浸"],
            "--place 天浸: P103 查不到地名 `天浸`\n  提示：可用 `applicability places 天浸` 查找\n",
        ),
        (
            ["screen", "none.csv"],
            "none.csv: S101 没有这个文件\n  提示：检查文件名；从标准输入读取则写 `-`\n",
        ),
        (
            ["screen", "sqlite:///none.db"],
            "sqlite:///none.db: S101 没有指明哪张表\n  提示：加上 ?table=NAME\n",
        ),
        (
            ["check", "-", "--as-of", "2020-01-01"],
            "<stdin>:1:1: P110 2020-01-01尚无可适用的文件：测函〔2025〕1号自2025-04-11起施行\n"
            "  提示：改问该日或其后的日期\n",
        ),
    ],
    ids=lambda one: " ".join(one[:2]) if isinstance(one, list) else "",
)
def test_what_is_wrong_is_told_in_chinese(args: list[str], told: str, run: Run) -> None:
    done = run(*args, "--lang", "zh", "--rules", RULES, stdin="city: 上海\n".encode())
    assert (done.returncode, done.stdout, done.stderr) == (3, "", told)


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["check", "-", "--as-of", "yesterday"], "`yesterday` 不是日期：写作 2026-01-31"),
        (["check", "-", "--measure", "999"], "999：没有此编号，应在1至12之间"),
        (["check", "-", "--set", "city"], "`city` 应写作 name=value"),
        (["show", "999"], "没有第999行，应在1至12之间"),
        (["facts", "--search", "x"], "--search 在一项事实的值中查找：请写明是哪一项"),
        (["compare", "a.yaml"], "写一份档案和 --across，或写多份档案"),
        (["compare", "-", "--across", "citi"], "`citi` 不是事实：见 `applicability facts`"),
        (["screen", "a.csv", "--master", "local"], "--master 须与 --engine spark 同用"),
        (["screen", "a.csv", "-o", "-"], "指明标准输出的格式：--format csv、jsonl 或 parquet"),
        (["screen", "a.csv", "-o", "a.csv"], "`a.csv` 会覆盖所读的文件：请另起文件名"),
        (["screen", "a.csv", "--only", "best"], "、needs_info、pending、ineligible 或 all"),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, list) else "",
)  # fmt: skip
@pytest.mark.parametrize("first", [True, False])
def test_a_command_line_that_makes_no_sense_is_told_in_chinese(
    args: list[str], told: str, first: bool, run: Run
) -> None:
    command, *rest = args
    lang = ("--lang", "zh")
    done = run(command, *(lang if first else ()), *rest, *(() if first else lang), "--rules", RULES, stdin=b"city: 1")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith(told)


def test_an_unknown_command_is_told_in_the_language_of_the_locale(run: Run) -> None:
    assert run("scren", LANG="zh_CN.UTF-8").stderr.splitlines()[-1] == "错误：没有命令 `scren`：是否指 `screen`？"
    assert run("scren").stderr.splitlines()[-1] == "Error: there is no command `scren`: did you mean `screen`?"


def test_a_result_that_cannot_be_written_is_told_in_chinese(run: Run, tmp_path: Path) -> None:
    done = run("places", "天津", "--rules", RULES, "--lang", "zh", "-o", "no/such/folder/x.txt")
    assert (done.returncode, done.stderr) == (7, "错误：no/such/folder/x.txt：无法写入：没有这个文件或文件夹\n")
    (tmp_path / "profile.yaml").write_text("", "utf-8")
    done = run("init", "--rules", RULES, "--lang", "zh")
    assert (done.returncode, done.stderr) == (7, "错误：已有 profile.yaml：另指定一个文件，或加 --force 覆盖\n")


def test_an_interview_tells_a_wrong_answer_in_chinese(run: Run) -> None:
    done = run("ask", "mine.yaml", "--rules", RULES, "--lang", "zh", stdin="亚特兰蒂斯\nq\n".encode())
    said = "   没有 `亚特兰蒂斯` 这个行业（GB/T 4754-2017）\n"
    hint = "   `applicability facts sector --search WORDS` 按代码、名称和常用说法查找\n"
    assert said + hint in done.stdout


def test_a_case_whose_profile_is_refused_is_told_in_chinese_and_to_programs_in_english(
    run: Run, tmp_path: Path
) -> None:
    case = "as_of: 2026-11-01\ncases:\n  - name: A place that is none\n    profile: {city: 天浸}\n"
    (tmp_path / "cases.yaml").write_text(case, "utf-8")
    args = ("test", "cases.yaml", "--rules", RULES, "--engine", "reference", "--lang", "zh")
    assert "  cases.yaml:4:21: P103 查不到地名 `天浸`\n    提示：" in run(*args).stdout
    (failed,) = json.loads(run(*args, "--format", "json").stdout)["failed"]
    assert failed["problems"][0]["message"] == "unknown place `天浸`"


def test_what_an_author_of_rules_did_wrong_is_told_in_chinese(run: Run, tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    scopes = tmp_path / "rules" / "scopes.yaml"
    scopes.write_text(scopes.read_text("utf-8").replace("zone_type:", "zone_tpe:"), "utf-8")
    chinese, english = (run("lint", "--rules", "rules", "--lang", lang).stdout.splitlines() for lang in ("zh", "en"))
    assert chinese[:2] == [
        "rules/scopes.yaml:67:11: R101 查不到事实或运算 `zone_tpe`",
        "  提示：是否指 `zone_type`、`zone_types` 或 `zones`？",
    ]
    assert english[:2] == [
        "rules/scopes.yaml:67:11: R101 unknown fact or operator `zone_tpe`",
        "  hint: did you mean `zone_type` or `zone_types` or `zones`?",
    ]


def test_lint_gives_both_languages_to_programs(run: Run, tmp_path: Path) -> None:
    shutil.copytree(RULES, tmp_path / "rules")
    scopes = tmp_path / "rules" / "scopes.yaml"
    scopes.write_text(scopes.read_text("utf-8").replace("zone_type:", "zone_tpe:"), "utf-8")
    (problem,) = json.loads(run("lint", "--rules", "rules", "--format", "json").stdout)["problems"]
    assert (problem["message"], problem["message_zh"]) == (
        "unknown fact or operator `zone_tpe`", "查不到事实或运算 `zone_tpe`",
    )  # fmt: skip
    assert (problem["hint"], problem["hint_zh"]) == (
        "did you mean `zone_type` or `zone_types` or `zones`?", "是否指 `zone_type`、`zone_types` 或 `zones`？",
    )  # fmt: skip
