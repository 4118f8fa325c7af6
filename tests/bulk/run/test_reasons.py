"""The one reason that a line of results gives: of several conditions that decide, the one that tells most."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...cli.conftest import Run
from ..engine.tables import DAY
from .test_results import lines_of

HEAD = "企业名称,城市,主体类型,业务活动,行业,外资比例,在当地注册\n"

NO_AGENCY = "不满足：从事的业务包括旅行社业务"


def reasons(run: Run, folder: Path, cells: str, row: int) -> tuple[str, str]:
    """The verdict on a row and its reason, for a company of those cells."""
    register = folder / "r.csv"
    register.write_text(f"{HEAD}甲,{cells}\n", "utf-8")
    options = ("--only", "all", "--measure", row, "--as-of", DAY, "--lang", "zh")
    assert run("screen", register, "-o", folder / "o.csv", *options).returncode == 0
    (line,) = lines_of(folder / "o.csv")
    return str(line["verdict"]), str(line["reason"])


@pytest.mark.parametrize(
    ("row", "cells", "verdict", "reason"),
    [
        # Met: the condition that the fewest measures set, not that it is an enterprise.
        (99, "天津市,企业,无,6631,100%,是", "eligible", "满足：外资比例大于0%"),
        (57, "天津市,企业,旅行社业务,7291,100%,是", "eligible", "满足：从事的业务包括旅行社业务"),
        # … and of a measure with several parts which of them is open.
        (111, "天津市,企业,无,6631,100%,是", "eligible", "满足：外资比例大于0%（只就“外方人员签证便利”部分）"),
        # Not met: what it does, then whose it is, then what can be changed.
        (57, "天津市,企业,无,6631,0%,否", "ineligible", "不满足：从事的业务包括旅行社业务"),
        (57, "天津市,企业,旅行社业务,7291,0%,否", "ineligible", "不满足：外资比例大于0%"),
        (57, "天津市,企业,旅行社业务,7291,100%,否", "ineligible", "不满足：在当地注册：是"),
        # … of its business that is not told, or in part, by the sector; a list that is whole settles it itself.
        (57, "天津市,企业,,批发业,100%,是", "ineligible", f"{NO_AGENCY}（业务活动未填或未读出，所填行业不含此项）"),
        (
            57,
            "天津市,企业,旅游业务,批发业,100%,是",
            "ineligible",
            f"{NO_AGENCY}（业务活动未填或未读出，所填行业不含此项）",
        ),
        (57, "天津市,企业,旅行社业务,批发业,100%,是", "eligible", "满足：从事的业务包括旅行社业务"),
        (
            57,
            "天津市,企业,软件开发（不含游戏）；旅游,批发业,100%,是",
            "ineligible",
            f"{NO_AGENCY}（业务活动未填或未读出，所填行业不含此项）",
        ),
        (
            57,
            "天津市,企业,飞机租赁（不含干租）；飞机租赁,批发业,100%,是",
            "ineligible",
            f"{NO_AGENCY}（按所填业务活动，其中没有写明的按所填行业）",
        ),
        (57, "天津市,企业,飞机租赁,批发业,100%,是", "ineligible", NO_AGENCY),
        # Not known: in the same order.
        (57, "天津市,企业,,,,", "needs_info", "取决于行业和活动，未填或所填不足以判断"),
        (57, "天津市,企业,,7291,,", "needs_info", "取决于业务活动，未填或所填不足以判断"),
        (85, "天津市,企业,旅行社业务,,,", "needs_info", "取决于行业，未填或所填不足以判断"),
        (85, "天津市,企业,旅行社业务,其他,,", "needs_info", "取决于行业，未填或所填不足以判断"),
        (57, "天津市,企业,旅行社业务,7291,,", "needs_info", "取决于外资比例，未填或所填不足以判断"),
        (57, "天津市,企业,旅行社业务,7291,100%,", "needs_info", "取决于在当地注册，未填或所填不足以判断"),
    ],
)
def test_a_reason_names_the_condition_that_tells_most(
    run: Run, tmp_path: Path, row: int, cells: str, verdict: str, reason: str
) -> None:
    assert reasons(run, tmp_path, cells, row) == (verdict, reason)


def test_a_reason_that_waits_for_a_finding_names_the_column_for_it(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "r.csv"
    head = "企业名称,城市,所在功能区,主体类型,行业"
    cells = "甲,天津市,天津经济技术开发区,企业,6513"
    register.write_text(f"{head}\n{cells}\n", "utf-8")
    options = ("--only", "all", "--measure", 85, "--as-of", DAY, "--lang", "zh", "-o", tmp_path / "o.csv")
    assert run("screen", register, *options).returncode == 0
    (line,) = lines_of(tmp_path / "o.csv")
    assert line["verdict"] == "conditional"
    said, _, column = str(line["reason"]).partition("；答复后填入名册的 `")
    assert said.startswith("须由科技主管部门认定：")
    assert said.endswith("（只就“在开发区布局科研院所”部分）")
    assert column == "determinations.85.research-body` 列（没有则新增），写“是”或“否”"
    register.write_text(f"{head},{column.split('`')[0]}\n{cells},是\n", "utf-8")
    assert run("screen", register, *options).returncode == 0
    (line,) = lines_of(tmp_path / "o.csv")
    assert line["verdict"] == "eligible"


def test_of_several_findings_each_question_stands_beside_the_column_of_its_answer(run: Run, tmp_path: Path) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,城市,区县,功能区,主体类型,行业\n甲,天津市,滨海新区,天津东疆综合保税区,企业,6513\n", "utf-8"
    )
    options = ("--only", "all", "--measure", 85, "--as-of", DAY, "--lang", "zh", "-o", tmp_path / "o.csv")
    assert run("screen", register, *options).returncode == 0
    (line,) = lines_of(tmp_path / "o.csv")
    one, two = str(line["reason"]).split("；②")
    assert one.startswith("①须由商务和科技主管部门认定：所在的功能区（国家级经济技术开发区和高新技术产业开发区以外的）")
    assert one.endswith("→ 填 `determinations.85.other-development-zone` 列")
    assert two.startswith("须由科技主管部门认定：")
    assert "→ 填 `determinations.85.research-body` 列。答复后" in two


PLACED = "企业名称,城市,区县,所在功能区,主体类型,行业"


@pytest.mark.parametrize(
    ("row", "cells", "lang", "reason"),
    [
        (85, ",,,科研院所,73", "zh", "是否在适用范围之内取决于所在省市，未填或所填不足以判断"),
        (85, "天津市,,,科研院所,73", "zh", "取决于所在区县和所在功能区，未填或所填不足以判断"),
        (85, "天津市,滨海新区,,科研院所,73", "zh", "取决于所在功能区，未填或所填不足以判断"),
        (85, "天津市,滨海新区,,科研院所,73", "en", "it depends on the zones, which is not told, or not in full"),
        (119, "天津市,滨海新区,,企业,73", "zh", "取决于所在功能区，未填或所填不足以判断"),
    ],
)
def test_a_reason_that_waits_for_the_place_names_what_is_missing_of_it(
    run: Run, tmp_path: Path, row: int, cells: str, lang: str, reason: str
) -> None:
    register = tmp_path / "r.csv"
    register.write_text(f"{PLACED}\n甲,{cells}\n", "utf-8")
    options = ("--only", "all", "--measure", row, "--as-of", DAY, "--lang", lang, "-o", tmp_path / "o.csv")
    assert run("screen", register, *options).returncode == 0
    (line,) = lines_of(tmp_path / "o.csv")
    assert (line["verdict"], line["reason"]) == ("needs_info", reason)
