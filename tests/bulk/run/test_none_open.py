"""What a summary says where no measure is open: that none is, or, while facts are missing, that none can be told."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability.bulk.output.labels import say
from applicability.text import Lang

from ...cli.conftest import Run

DAY = "2026-11-23"

NONE_YET: dict[Lang, str] = {
    "zh": "目前没有一项能判定为开放：2处待补充",
    "en": "No measure can be said to be open yet: 2 verdicts wait for facts",
}
ASKED: dict[Lang, str] = {
    "zh": "，先补外资比例（2家）",
    "en": "; fill in first foreign share (companies: 2)",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_while_facts_are_missing_it_names_those_missing_most(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,主体类型\n甲,天津,企业\n乙,天津,企业\n", "utf-8")
    options = ("--as-of", DAY, "--lang", lang, "--measure", 99)
    told = run("screen", tmp_path / "r.csv", *options).stdout
    assert NONE_YET[lang] in told
    assert ASKED[lang] not in told  # what is missing is counted where it is told of each company
    told = " ".join(run("screen", tmp_path / "r.csv", *options, "-o", tmp_path / "o.xlsx").stdout.split())
    assert f"{NONE_YET[lang]}{ASKED[lang]}" in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_where_nothing_is_missing_it_says_that_none_is_open(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,行业,业务活动,主体类型\n甲,天津,6631,无,企业\n", "utf-8")
    told = run("screen", tmp_path / "r.csv", "--as-of", DAY, "--lang", lang, "--measure", 57).stdout
    assert say("none_open", lang) in told
