"""Help and usage errors in the language of the run, and the reference of options generated from them.

UPDATE_GOLDEN=1 rewrites the reference.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import click
import pytest
from rich.cells import cell_len

from applicability.cli.chinese import SENTENCES
from applicability.cli.command import Bilingual
from applicability.cli.options import BilingualOption, bucket_of
from applicability.cli.root import root
from applicability.cli.root_help import COMMANDS
from applicability.model.assessment import BUCKETS
from applicability.report.language.labels import BUCKETS as LABELS
from applicability.text import Lang, Text

from ..both_languages import faults_of
from .conftest import ROOT, RULES, Run

PAGES: dict[Lang, str] = {"en": "options.md", "zh": "options.zh-CN.md"}
HEADS: dict[Lang, str] = {
    "en": "# Options\n\n[中文](options.zh-CN.md)\n\nEvery option of every command, as `--help` tells it.\n"
    "Everywhere `-h` or `--help` shows the help, and `--lang zh` before or behind the command shows it in Chinese.\n",
    "zh": "# 选项\n\n[English](options.md)\n\n各命令的全部选项，与 `--help` 所示相同。\n"
    "处处可用 `-h` 或 `--help` 显示帮助，在命令前或后加 `--lang en` 则以英文显示。\n",
}
COLUMNS: dict[Lang, str] = {"en": "| option | what it does |", "zh": "| 选项 | 作用 |"}


def command(name: str) -> Bilingual:
    """The command of that name."""
    found = root.get_command(click.Context(root), name)
    assert isinstance(found, Bilingual)
    return found


def options(name: str) -> Iterator[BilingualOption]:
    """The options of a command, without the help."""
    for one in command(name).params:
        if isinstance(one, click.Option):
            assert isinstance(one, BilingualOption), f"{name} {one.name} has its help in one language alone"
            yield one


def reference(lang: Lang) -> str:
    """The page of all options."""
    lines = [HEADS[lang]]
    for name, told in COMMANDS.items():
        lines += [f"## {name}\n", f"{told.of(lang)}\n", COLUMNS[lang], "|---|---|"]
        for one in options(name):
            record = one.get_help_record(click.Context(command(name)))
            assert record is not None
            written = record[0].replace("|", "\\|")
            lines.append(f"| `{written}` | {one.text.of(lang)} |")
        lines.append("")
    return "\n".join(lines)


@pytest.mark.parametrize("lang", PAGES)
def test_the_reference_tells_every_option(lang: Lang) -> None:
    page = ROOT / "docs" / PAGES[lang]
    if os.environ.get("UPDATE_GOLDEN"):
        page.write_text(reference(lang), "utf-8")
    assert page.read_text("utf-8") == reference(lang)


def faults(text: Text) -> list[str]:
    """The violations in a command's help: each text must exist in both languages as a full sentence."""
    return faults_of(Text(text.zh.removesuffix("。"), text.en))


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_and_its_options_are_told_in_both_languages(name: str) -> None:
    english = "\n\n".join(part for part in (command(name).help or "").split("\n\n") if not part.startswith("\b"))
    found = faults(Text(command(name).zh, english)) + faults(COMMANDS[name])
    for one in options(name):
        found += faults(one.text)
        assert one.text.zh.endswith("。")
        assert one.text.en.endswith(".")
    assert found == []


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_in_chinese_is_chinese_and_fits(name: str, run: Run) -> None:
    args = [name] if name else []
    done = run("--lang", "zh", *args, "--help")
    assert done.returncode == 0
    assert done.stdout == run(*args, "--help", LC_ALL="zh_CN.UTF-8").stdout
    if name:
        assert done.stdout == run(name, "--lang", "zh", "--help").stdout
    assert done.stdout.startswith("用法：")
    assert "显示本帮助。" in done.stdout
    assert not re.search("Usage|Options|Commands|Exit codes|default:|Show this", done.stdout)
    long = [line for line in done.stdout.splitlines() if cell_len(line) > 80]
    assert [line for line in long if "|" not in line and "  applicability" not in line] == []


def test_help_in_english_is_english_in_a_chinese_locale(run: Run) -> None:
    done = run("check", "--lang", "en", "--help", LC_ALL="zh_CN.UTF-8")
    assert done.stdout == run("check", "--help").stdout
    assert done.stdout.startswith("Usage: ")
    assert "显示" not in done.stdout


USAGE = [
    (["check"], "缺少参数 'PROFILE'"),
    (["compile"], "缺少选项 '--to'。可选：\n\tsql,\n\tpolars"),
    (["check", "x", "--formatt", "text"], "没有选项 '--formatt'。 是否指 '--format'？"),
    (["check", "x", "--zzzz"], "没有选项 '--zzzz'。"),
    (["check", "x", "y", "z"], "多出的参数：y z"),
    (["lint", "--format", "tex"], "'--format' 的值无效：'tex' 不可选：应为 'text', 'json', 'github' 之一"),
    (["check", "x", "--measure", "one"], "'--measure' 的值无效：'one' 不是整数"),
    (["change", "x", "--size", "50"], "'--size' 的值无效：50 不在范围 1<=x<=12 之内"),
    (["check", "x", "--explain=1"], "选项 '--explain' 不带值"),
    (["check", "x", "--set"], "选项 '--set' 须带值"),
    (["chekc"], "没有命令 `chekc`：是否指 `check`？"),
    ([], "缺少命令"),
]  # fmt: skip


@pytest.mark.parametrize(("args", "told"), USAGE, ids=lambda one: " ".join(one) if isinstance(one, list) else "")
def test_a_usage_error_is_told_in_chinese(args: list[str], told: str, run: Run) -> None:
    done = run("--lang", "zh", *args)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith(f"错误：{told}\n")
    assert not re.search("Usage|Error|Try ", done.stderr)
    english = run("--lang", "en", *args, LC_ALL="zh_CN.UTF-8")
    assert english.returncode == 2
    assert "Error: " in english.stderr
    assert not re.search("[\u4e00-\u9fff]", english.stderr)


def test_a_usage_error_of_the_process_is_told_in_chinese(process: Run) -> None:
    done = process("check", "--lang=zh")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("用法：applicability check [选项] PROFILE\n可运行 'applicability check ")
    assert done.stderr.endswith("\n\n错误：缺少参数 'PROFILE'\n")


def test_every_sentence_for_click_has_its_slots(run: Run) -> None:
    slots = re.compile(r"{\w+(?:![rs])?}")
    wrong = [en for en, zh in SENTENCES.items() if set(slots.findall(zh)) != set(slots.findall(en))]
    assert wrong == ["{value!r} is not a valid {number_type}."]  # every number asked for is an integer


def test_what_is_asked_before_the_command_holds_for_it(run: Run) -> None:
    before = run("--lang", "zh", "show", "1", "--rules", RULES)
    assert before.stdout == run("show", "1", "--rules", RULES, "--lang", "zh").stdout
    assert before.stdout != run("show", "1", "--rules", RULES).stdout
    after = run("--lang", "zh", "show", "1", "--rules", RULES, "--lang", "en")
    assert after.stdout == run("show", "1", "--rules", RULES).stdout


@pytest.mark.parametrize("bucket", BUCKETS)
def test_only_takes_the_words_of_either_language(bucket: str, check: Run) -> None:
    label = LABELS[bucket]  # type: ignore[index]
    assert bucket_of(label.zh) == bucket_of(label.en) == bucket_of(bucket) == bucket
    told = [check("city: 上海\n", "--only", word, "--format", "json").stdout for word in (bucket, label.zh)]
    assert told[0] == told[1]


def test_only_refuses_other_words_in_the_language_of_the_run(check: Run) -> None:
    done = check("city: 上海\n", "--only", "也许", "--lang", "zh")
    assert done.returncode == 2
    assert "'--only' 的值无效：'也许' 不可选" in done.stderr


def test_a_screening_takes_chinese_verdicts(run: Run, tmp_path: object) -> None:
    lines = '{"city": "上海"}\n'.encode()
    args = ("screen", "-", "--from", "jsonl", "--format", "csv", "-o", "-", "--rules", RULES, "--as-of", "2026-11-01")
    chinese = run(*args, "--only", "可适用、须经认定", stdin=lines)
    english = run(*args, "--only", "eligible,conditional", stdin=lines)
    assert chinese.returncode == english.returncode == 0
    assert chinese.stdout == english.stdout
    assert run(*args, "--only", "全部", stdin=lines).stdout == run(*args, "--only", "all", stdin=lines).stdout
