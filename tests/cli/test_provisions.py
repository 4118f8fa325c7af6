"""Every answer in an earlier pilot says that the place's earlier plan goes on, in one line; JSON has its words."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from applicability import load_rulebook
from applicability.text import Lang

from .conftest import Run

BOOK = load_rulebook()
PLAN, CEPA = (next(one for one in BOOK.provisions if one.id == id) for id in ("earlier-plan", "cepa"))
DAY = ("--as-of", "2026-11-23")
HONG_KONG = "investors: [{origin: 港澳台, share: 100}]\n"
COMMANDS = {
    "change": ("change", "mine.yaml"),
    "compare": ("compare", "mine.yaml", "--across", "foreign_share=0,100"),
    "ask": ("ask", "mine.yaml"),
    "screen": ("screen", "mine.csv"),
    "change, as a page": ("change", "mine.yaml", "--format", "html"),
    "compare, as a page": ("compare", "mine.yaml", "--across", "foreign_share=0,100", "--format", "html"),
    "change, when all is open": ("change", "mine.yaml", "--measure", "99"),
}  # fmt: skip


def told(run: Run, name: str, lang: Lang) -> str:
    done = run(*COMMANDS[name], *DAY, "--lang", lang, stdin=b"q\n")
    assert done.returncode == 0, done.stderr
    return "".join(html.unescape(done.stdout).split())


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize(("city", "district"), [("上海", "黄浦区"), ("长沙", "岳麓区")])
def test_the_earlier_plan_is_spoken_of_where_there_was_one(
    run: Run, tmp_path: Path, name: str, lang: Lang, city: str, district: str
) -> None:
    (tmp_path / "mine.yaml").write_text(f"city: {city}\ndistrict: {district}\nsector: '7291'\n", "utf-8")
    (tmp_path / "mine.csv").write_text(f"name,city,district\n甲,{city},{district}\n乙,长沙,\n", "utf-8")
    found = told(run, name, lang)
    for one in (PLAN.title, PLAN.section):
        assert ("".join(one.of(lang).split()) in found) == (city == "上海")


@pytest.mark.parametrize("command", ["change", "compare"])
def test_json_has_the_provisions_that_a_check_has(run: Run, tmp_path: Path, command: str) -> None:
    (tmp_path / "mine.yaml").write_text(f"city: 上海\n{HONG_KONG}", "utf-8")
    checked = json.loads(run("check", "mine.yaml", *DAY, "--format", "json").stdout)["provisions"]
    assert [one["id"] for one in checked] == ["earlier-plan", "cepa"]
    more = ("--across", "city=上海,长沙") if command == "compare" else ("--measure", "1")
    found = json.loads(run(command, "mine.yaml", *more, *DAY, "--format", "json").stdout)
    if command == "change":
        assert found["provisions"] == checked
    else:
        assert [one["provisions"] for one in found["alternatives"]] == [checked, checked[1:]]


def test_a_comparison_says_of_which_places_it_speaks(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("city: 长沙\nsector: '7291'\n", "utf-8")
    text = run("compare", "mine.yaml", "--across", "city=长沙,上海,苏州,天津", *DAY, "--lang", "en").stdout
    assert f"Shanghai, Tianjin: {PLAN.title.en}" in " ".join(text.split())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_origin_that_may_be_hong_kong_is_told_of_cepa_in_case_it_is(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "mine.yaml").write_text(f"city: 苏州\n{HONG_KONG}", "utf-8")
    text = "".join(run("check", "mine.yaml", *DAY, "--lang", lang).stdout.split())
    assert CEPA.open_note is not None
    assert "".join(CEPA.open_note.of(lang).split()) in text
    assert "".join(CEPA.note.of(lang).split()) not in text


def test_a_summary_counts_the_companies_of_earlier_pilots(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text(
        "name,city\n甲,上海\n乙,长沙\n丙,北京\n丁,苏州\n戊,\n己,海南\n庚,没有的市\n", "utf-8"
    )
    run("screen", "mine.csv", "--summary", "s.json", *DAY)
    (found,) = json.loads((tmp_path / "s.json").read_text("utf-8"))["provisions"]
    assert (found["id"], found["companies"], found["words"]) == ("earlier-plan", 3, PLAN.words)
