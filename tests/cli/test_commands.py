"""What each command does, as a process."""

from __future__ import annotations

import json
from pathlib import Path

import click
import jsonschema
import pytest
import yaml

from applicability.cli.root import root
from applicability.cli.root_help import COMMANDS

from .conftest import RULES, Run

GOOD = "city: 上海\nforeign_share: 50\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    context = click.Context(root)
    command = root.get_command(context, name)
    assert command is not None
    assert command.help
    assert command.get_short_help_str()
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


def test_version(run: Run) -> None:
    done = run("--version")
    assert done.returncode == 0
    assert done.stdout.startswith("applicability")


@pytest.mark.parametrize(
    ("env", "first"),
    [
        ({"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US.UTF-8"}, "小试点工作方案"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "小试点工作方案"),
        ({"LC_ALL": "", "LANG": "C"}, "Work plan of the small pilot"),
        ({"LC_ALL": "C", "LANG": "zh_CN"}, "Work plan of the small pilot"),
    ],
)
def test_the_language_follows_the_locale(env: dict[str, str], first: str, check: Run) -> None:
    assert check(GOOD, **env).stdout.startswith(first)


def test_output_is_utf8_whatever_the_locale(process: Run) -> None:
    done = process("places", "tianjin", "--rules", RULES, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert "天津市" in done.stdout


def test_the_text_is_plain_where_it_is_no_terminal(check: Run) -> None:
    assert "\x1b" not in check(GOOD, FORCE_COLOR="1").stdout


def test_rows_can_be_chosen_and_counts_still_speak_of_all(check: Run) -> None:
    found = json.loads(check(GOOD, "--format", "json", "--chapter", "1", "--only", "needs_info").stdout)
    assert [one["measure"] for one in found["findings"]] == [1, 3, 4]
    assert sum(found["counts"].values()) == 12
    chosen = json.loads(check(GOOD, "--format", "json", "--measure", "8", "--measure", "10").stdout)
    assert [one["measure"] for one in chosen["findings"]] == [8, 10]


def test_set_stands_in_place_of_the_profile(check: Run) -> None:
    sets = [
        "city=天津",
        "zones=东疆，tianjin-ftz",
        "foreign_share=",
        "activities=[]",
        "determinations.3.qualified=true",
    ]
    args = [part for one in sets for part in ("--set", one)]
    found = json.loads(check(GOOD, "--format", "json", *args).stdout)
    assert found["profile"] == {
        "city": "天津", "zones": ["东疆", "tianjin-ftz"], "activities": [], "determinations": {"3.qualified": True},
    }  # fmt: skip


def test_as_of_and_a_register_of_one_s_own(check: Run, tmp_path: Path) -> None:
    entry = {
        "id": "mine", "date": "2026-03-01", "title": {"zh": "甲", "en": "a"}, "source": {"zh": "乙", "en": "b"},
        "rows": [1], "places": ["苏州"], "step": "opt-in",
    }  # fmt: skip
    (tmp_path / "mine.yaml").write_text(yaml.safe_dump({"register": [entry]}, allow_unicode=True), encoding="utf-8")
    profile = "city: 苏州\nactivities: [ip-vpn]\nforeign_share: 50\n"
    args = ["--format", "json", "--measure", "1", "--register", "mine.yaml", "--as-of"]
    before, after = (
        json.loads(check(profile, *args, day).stdout)["findings"][0] for day in ("2026-02-28", "2026-03-01")
    )
    assert (before["verdict"], after["verdict"]) == ("pending", "eligible")
    assert before["why"][0]["message"]["en"] == "opens on 2026-03-01: a (source: b; the user's own register)"
    assert after["why"][1]["message"]["zh"] == "登记册记录本行已列入该市措施：甲（2026-03-01；来源：乙；用户自行登记）"


@pytest.mark.parametrize("format_", ["text", "json", "yaml", "markdown", "html"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_is_written_whole_to_a_file(format_: str, lang: str, check: Run, tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o640)
    args = ["--format", format_, "--lang", lang, "--explain", "--as-of", "2026-11-01"]
    done = check(GOOD, *args, "-o", str(target))
    assert (done.returncode, done.stdout) == (0, "")
    assert target.read_text(encoding="utf-8") == check(GOOD, *args).stdout
    assert target.stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_assessment_is_valid_by_the_schema_that_is_printed(check: Run, run: Run) -> None:
    published = json.loads(run("schema", "assessment", "--rules", RULES).stdout)
    jsonschema.validate(json.loads(check(GOOD, "--format", "json").stdout), published)
    assert json.loads(run("schema", "profile", "--rules", RULES).stdout)["title"] == "Profile"


def test_init_writes_a_profile_that_can_be_checked_and_overwrites_nothing(run: Run, tmp_path: Path) -> None:
    first = run("init", "--rules", RULES)
    assert (first.returncode, first.stdout) == (0, "")
    assert "applicability check profile.yaml" in first.stderr
    assert run("check", "profile.yaml", "--rules", RULES, "--engine", "reference").returncode == 0
    (tmp_path / "profile.yaml").write_text("mine", encoding="utf-8")
    second = run("init", "profile.yaml", "--rules", RULES)
    assert (second.returncode, second.stdout) == (7, "")
    assert (tmp_path / "profile.yaml").read_text(encoding="utf-8") == "mine"
    assert run("init", "profile.yaml", "--force", "--rules", RULES).returncode == 0
    assert run("init", "-", "--rules", RULES).stdout == (tmp_path / "profile.yaml").read_text(encoding="utf-8")


def test_places_are_found_by_any_name(run: Run) -> None:
    for words in ("滨海", "Binhai", "120116"):
        assert "120116  滨海新区" in run("places", words, "--rules", RULES).stdout
    former = run("places", "塘沽").stdout
    assert "120107  塘沽区  塘沽区 has been out of use since 2009 and is read as Binhai New Area, Tianjin\n" in former
    assert "120116  滨海新区" in former
    assert "塘沽区自2009年起不再使用，按天津市滨海新区判断" in run("places", "120107", "--lang", "zh").stdout
    assert run("places", "原平").stdout.count("\n") == 1  # renumbered codes are listed once
    none = run("places", "滨海新驱", "--rules", RULES)
    assert (none.returncode, none.stdout) == (3, "")
    assert "did you mean `滨海新区`" in none.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sectors_are_found_by_code_name_and_everyday_word(lang: str, run: Run) -> None:
    def lines(words: str) -> list[str]:
        printed = run("facts", "sector", "--search", words, "--lang", lang).stdout
        return printed.partition("\n\n")[2].splitlines()

    for words in ("旅行社", "travel agency", "７２９１", "L7291", "7291 旅行社及相关服务"):
        assert lines(words)[1].startswith("7291  旅行社及相关服务"), words
    assert [line.split()[0] for line in lines("hotel")[1:3]] == ["611", "612"]
    assert len(lines("制造")) == 17  # a screen: the heading, fifteen results, and how many more
    assert lines("6577")[0].startswith("表中没有6577" if lang == "zh" else "6577 is not in the table")
    assert lines("kindergartn")[3].startswith("831 ")
    assert lines("zzzz") == ["没有匹配的值" if lang == "zh" else "no value matches"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_fact_tells_the_columns_that_hold_parts_of_it(run: Run, lang: str) -> None:
    def told(fact: str) -> str:
        return " ".join(run("facts", fact, "--lang", lang).stdout.split())

    for fact in ("activities", "zones", "licences"):
        assert all(f"`{fact}{part}`" in told(fact) for part in ("", ".yes", ".no"))
    assert "`foreign_share.at_least`" in told("foreign_share")
    assert "`entity_kind" not in told("entity_kind")


def test_facts_and_their_values(run: Run) -> None:
    assert "foreign_share" in run("facts", "--rules", RULES).stdout
    assert "sole-proprietorship" in run("facts", "entity_kind", "--rules", RULES).stdout
    found = run("facts", "activities", "--search", "旅行", "--rules", RULES).stdout
    assert "travel-agency" in found
    assert "exhibitions" not in found
    assert "招徕、组织、接待旅游者" in run("facts", "activities", "--lang", "zh", "--rules", RULES).stdout
    assert "travel-agency" in run("facts", "activities", "--search", "接待旅游者", "--rules", RULES).stdout
    assert "3.qualified" in run("facts", "determinations", "--rules", RULES).stdout
    wrong = run("facts", "entity-kind", "--rules", RULES)
    assert wrong.returncode == 3
    assert "did you mean `entity_kind`" in wrong.stderr


def test_show_prints_words_scope_conditions_and_doubts(run: Run) -> None:
    text = run("show", "8", "9", "--rules", RULES, "--lang", "zh").stdout
    for words in (
        "支持租赁企业以离岸方式开展保税租赁业务。",
        "天津（滨海新区先行探索适用）",
        "从事的业务包括保税租赁业务",
        "扫描件此处字迹模糊",
    ):
        assert words in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str, run: Run) -> None:
    assert "_APPLICABILITY_COMPLETE" in run("completion", shell).stdout


def test_completion_completes(process: Run) -> None:
    words = {"_APPLICABILITY_COMPLETE": "bash_complete", "COMP_WORDS": "applicability che", "COMP_CWORD": "1"}
    assert process(**words).stdout.strip() == "plain,check"


@pytest.mark.parametrize(
    "command",
    [
        ("check", "profile.yaml"),
        ("screen", "companies.csv"),
        ("map", "--chapter", "1"),
        ("compile", "--to", "polars", "--chapter", "1"),
        ("compare", "profile.yaml", "--across", "city=上海"),
        ("change", "profile.yaml", "--chapter", "1"),
    ],
    ids=lambda command: command[0],
)
def test_no_command_answers_for_a_day_before_there_was_a_plan(
    command: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "profile.yaml").write_text(GOOD, "utf-8")
    (tmp_path / "companies.csv").write_text("city\n上海\n", "utf-8")
    done = run(*command, "--as-of", "2025-04-10")
    assert done.returncode == 3
    assert "P110 on 2025-04-10 nothing was in force yet" in done.stderr
    assert done.stdout == ""
    assert run(*command, "--as-of", "2025-04-11").returncode == 0


def test_rows_of_no_chapter_asked_about_are_no_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "profile.yaml").write_text(GOOD, "utf-8")
    done = run("check", "profile.yaml", "--measure", "1", "--chapter", "2")
    assert done.returncode == 2
    assert "none of the measures named stands in a chapter named" in done.stderr


def test_a_share_that_is_set_takes_the_place_of_the_investors_as_in_a_comparison(run: Run, tmp_path: Path) -> None:
    text = "city: 上海\ninvestors:\n  - {origin: hong_kong, share: 40}\n"
    (tmp_path / "mine.yaml").write_text(text, "utf-8")
    rules = ("mine.yaml", "--rules", RULES, "--format", "json")
    done = run("check", *rules, "--set", "foreign_share=60%")
    assert (done.returncode, done.stderr) == (0, "")
    profile = json.loads(done.stdout)["profile"]
    assert profile == {"city": "上海", "foreign_share": 60, "investor_origins": {"yes": ["hong-kong"]}}
    compared = json.loads(run("compare", *rules, "--across", "foreign_share=60%").stdout)["alternatives"][0]
    assert compared["profile"] == profile
    both = run("check", *rules, "--set", "foreign_share=60", "--set", "investors=[{origin: macao, share: 70}]")
    assert both.returncode == 3, "what is set twice over can still contradict itself"
