"""Results, notes and workbooks are the same bytes whatever order a process gives to the words of a set.

Python draws that order anew for each process, so that two processes of one run, or a cluster's, could differ by it.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

# Two facts of the first companies are passed over, the city and the share: other columns tell them. And a word of each
# kind that makes a note.
TABLE = """企业名称,企业类型,统一社会信用代码,住所,城市,外资比例,业务活动,所在功能区,持牌或监管身份
甲,"有限责任公司(港澳台投资、非独资)",91510704MA3DB6M6BE,四川省绵阳市游仙区示例路136号,某1市,约64成,技术咨询；货物进出口；摄影扩印,,无
乙,有限责任公司(港澳台法人独资),91330211MA3076WD4C,浙江省宁波市镇海区示例路6号,某2市,见备注1,旅游业务,东疆；某园,商业保理
丙,外商投资企业分公司,,北京市海淀区示例路1号,上海,120,无；旅行社,亦庄,有些
丁,合伙企业,,某地,江北区,-1,图文设计；票务代理；增值电信,无,无
"""


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_order_of_sets_changes_no_byte(tmp_path: Path, ending: str) -> None:
    (tmp_path / "in.csv").write_text(TABLE, encoding="utf-8")
    written = []
    for seed in ("1", "2", "5"):
        folder = tmp_path / seed
        folder.mkdir()
        asked = ["screen", "../in.csv", "-o", f"out.{ending}", "--facts", "facts.csv"]
        done = subprocess.run(
            [sys.executable, "-m", "applicability", *asked], cwd=folder, capture_output=True, timeout=300, check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "NO_COLOR": "1"},
        )  # fmt: skip
        files = {one.name: one.read_bytes() for one in folder.iterdir()}
        assert len(files) >= 3
        written.append({**files, "what is told": done.stdout + done.stderr})
    assert written[0] == written[1] == written[2]
