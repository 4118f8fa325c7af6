"""The files beside a result, and what the summary tells of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...cli.conftest import Run
from ..engine.tables import DAY


@pytest.mark.parametrize("cells", ["甲,上海\n", ""])
def test_files_asked_for_by_name_have_their_headings_alone_where_there_is_nothing_to_tell(
    run: Run, tmp_path: Path, cells: str
) -> None:
    (tmp_path / "r.csv").write_text(f"企业名称,城市\n{cells}", "utf-8")
    files = {name: tmp_path / f"{name}.csv" for name in ("out", "rejects", "notes")}
    register = ("screen", tmp_path / "r.csv", "-o", files["out"], "--as-of", DAY)
    done = run(*register, "--rejects", files["rejects"], "--notes", files["notes"])
    assert done.returncode == 0, done.stderr
    told = [files[name].read_text("utf-8-sig").splitlines() for name in ("rejects", "notes")]
    name = '"企业名称",' if cells else ""
    assert told == [
        [f'"line",{name}"column","value","code","problem","hint"'],
        [f'"line",{name}"column","fact","value","code","note","hint"'],
    ]
    for name in ("rejects", "notes"):
        files[name].unlink()
    assert run(*register).returncode == 0
    assert sorted(one.name for one in tmp_path.glob("*.csv")) == ["out.csv", "r.csv"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_tells_no_kind_of_note_that_no_company_has(run: Run, tmp_path: Path, lang: str) -> None:
    rows = ["企业名称,所属省份,所属城市,企业类型", "甲,广东省,广州市,外星企业", "乙,广东省,广州市,", "数据来源：天眼查"]
    (tmp_path / "r.csv").write_text("\n".join(rows) + "\n", "utf-8")
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "out.csv", "--as-of", DAY, "--lang", lang)
    assert "S309" in (tmp_path / "out.rejects.csv").read_text("utf-8-sig")
    notes = done.stdout[done.stdout.index("out.rejects.csv") :].splitlines()
    assert [line for line in notes if line.split()[:1] == ["0"]] == []
