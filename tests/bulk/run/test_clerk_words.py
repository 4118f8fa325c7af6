"""A workbook's hints on activities have the words of cells, not the keys of profiles."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

HINTS: dict[Lang, str] = {
    "zh": "改写为其中一项：`康养服务（中医、旅游）`；`旅行社业务`；`航天主题旅游`；都不是的不写",
    "en": "write one of `wellness services with Chinese medicine or tourism`; `travel agency services`; "
    "`space tourism`; leave it out if it is none of them",
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_a_word_of_activities_may_be_is_told_without_keys(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,业务活动\n甲,天津,旅游业务\n", "utf-8")
    assert run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    notes = openpyxl.load_workbook(tmp_path / "o.xlsx")["备注" if lang == "zh" else "Notes"]
    assert [HINTS[lang] in row for row in notes.iter_rows(min_row=2, values_only=True)] == [True]
