"""Business scopes: only what a scope plainly says is carried on is read, and brackets stay whole."""

from __future__ import annotations

import pytest

from applicability import Rulebook
from applicability.loading.company.business_scope import BusinessScope, read_scope


def read(text: str, rulebook: Rulebook) -> BusinessScope:
    names = [name for one in rulebook.sectors.activities.values() for name in one.names if len(name) > 2]
    return read_scope(text, rulebook.sectors.activity_of, lambda phrase: any(name in phrase for name in names))


@pytest.mark.parametrize(
    "text",
    [
        "软件开发（不含数据标注、应用商店服务业务）；咨询",
        "信息服务（不含：增值电信业务，数据标注，应用商店服务业务）",
        "信息服务(不含:增值电信业务,数据标注,应用商店服务业务",
        "不含应用商店服务业务；不含：数据标注；除外：旅行社业务",
        "以下项目不得经营：应用商店服务业务；数据标注；旅行社业务",
        "以下项目不得经营：数据标注。旅行社业务",
        "不得从事应用商店服务业务；数据标注",
        "除应用商店、数据标注外，旅行社",
        "数据标注、应用商店以外",
        "信息服务（不含数据标注服务、检验检测业务）；不得从事飞机维修服务",
        "旅行社（不含出境旅游业务）",
        "数据标注；软件开发；以上项目除外",
        "数据标注；软件开发（以上不含外商投资限制类）",
        "旅行社业务（仅限入境旅游）",
        "数据标注（外商投资准入负面清单禁止的除外）",
        "历史经营项目：数据标注；旅行社",
        "已取消：数据标注；旅行社",
        "拟从事数据标注、旅行社业务",
        "Excluding data annotation; app store services",
        "IT services (except: data annotation, app store services)",
    ],
)
def test_what_is_excluded_forbidden_or_limited_is_never_carried_on(text: str, rulebook: Rulebook) -> None:
    scope = read(text, rulebook)
    assert scope.activities == ()
    assert scope.unread
    assert scope.excludes


@pytest.mark.parametrize(
    ("text", "activities", "unread"),
    [
        ("许可项目：旅行社业务；数据标注。一般项目：游戏出海业务", ["旅行社业务", "数据标注", "游戏出海业务"], 0),
        (
            "许可项目：应用商店服务；互联网信息服务。（依法须经批准的项目，经相关部门批准后方可开展经营活动，具体经营项目以"
            "相关部门批准文件或许可证件为准）一般项目：软件开发；技术服务、技术开发、技术咨询。（除依法须经批准的项目外，凭营"
            "业执照依法自主开展经营活动）",
            ["应用商店服务", "软件开发"],
            4,
        ),
        ("数据标注（凭许可证经营）；再保险等", ["数据标注", "再保险"], 0),
        ("法律、法规、国务院决定规定禁止的不得经营；数据标注", ["数据标注"], 0),
        ("许可经营项目：无；一般经营项目：1、软件开发；2、数据标注。", ["软件开发", "数据标注"], 0),
        ("以下项目不得经营：数据标注。一般项目：旅行社", ["旅行社"], 1),
        # The plan's words, with 服务 or 业务 behind them.
        (
            "检验检测服务；数据标注服务；飞机维修服务；互联网接入服务业务；出境旅游业务；非营利性医疗机构",
            ["检验检测服务", "数据标注服务", "飞机维修服务", "互联网接入服务业务", "出境旅游业务", "非营利性医疗机构"],
            0,
        ),
        ("数据标注服务；服务；业务；租赁服务；医疗器械服务", ["数据标注服务"], 4),
        ("生物安全三级（P3）实验室；信息服务（不含许可类）", ["生物安全三级（P3）实验室"], 1),
        ("Licensed items: reinsurance. General items: software; IT (except law)", ["reinsurance", "software"], 1),
    ],
)  # fmt: skip
def test_a_scope_is_read_as_licences_print_it(
    text: str, activities: list[str], unread: int, rulebook: Rulebook
) -> None:
    scope = read(text, rulebook)
    assert [one.rstrip(".") for one in scope.activities] == [one.rstrip(".") for one in activities]
    assert len(scope.unread) == unread


def test_what_is_called_after_what_it_is_not_is_no_exclusion(rulebook: Rulebook) -> None:
    for text in ("医疗服务；非营利性医疗机构", "非营利性养老服务；数据标注", "非学历教育；数据标注"):
        assert not read(text, rulebook).excludes
    assert read("非数据标注；软件开发", rulebook).excludes
