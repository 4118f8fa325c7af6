"""Several columns that hold one fact are merged row by row; where they contradict each other both sides are told."""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.sources.headings import headings_of
from applicability.cli.root import root
from applicability.errors import ProfileError
from applicability.screening import screen
from applicability.text import Lang
from tests.yardstick import unit

from ..engine.tables import DAY
from .partly import BOOK, Partly, of_file, of_table


def of_rows(folder: Path, *rows: str, defaults: Mapping[str, object] | None = None) -> Partly:
    """A register of these rows, the first of which has the headings."""
    path = folder / "mine.csv"
    path.write_text("".join(f"{row}\n" for row in rows), "utf-8")
    return of_file(path, defaults)


@pytest.mark.parametrize(
    ("cells", "city", "notes"),
    [
        ("上海,", "上海", []),
        (",上海", "上海", []),
        ("—,上海", "上海", []),
        (",", None, []),
        ("上海,上海市", "上海", []),
        ("上海,310000", "上海", []),
        ("上海,浦东新区", "浦东新区", []),
        ("浦东新区,上海", "浦东新区", []),
        ("上海,天津", None, [("所在城市", "S312", "天津")]),
        ("没有的市,天津", "天津", [("城市", "P103", "没有的市")]),
        ("天津,没有的市", "天津", [("所在城市", "P103", "没有的市")]),
        ("没有的市,没有的城", None, [("所在城市", "P103", "没有的城"), ("城市", "P103", "没有的市")]),
    ],
)
def test_two_columns_of_a_city(cells: str, city: str | None, notes: list[tuple[str, str, str]], tmp_path: Path) -> None:
    found = of_rows(tmp_path, "企业名称,城市,所在城市,外资比例", f"甲,{cells},49")
    assert found.profiles == [{**({} if city is None else {"city": city}), "foreign_share": "49"}]
    assert found.notes == [notes]


@pytest.mark.parametrize(
    "row",
    [
        "甲,广州,深圳,91310115MA1H7XQM0K,,49",  # the code is of Shanghai
        "甲,广州,深圳,,上海市浦东新区张江路1号,49",
        "甲,广州,深圳,,深圳市南山区科技路1号,49",
    ],
)
def test_no_third_column_tells_what_two_contradict_each_other_about(row: str, tmp_path: Path) -> None:
    found = of_rows(tmp_path, "企业名称,所在城市,城市,统一社会信用代码,住所,外资比例", row)
    (profile,) = found.profiles
    assert "city" not in profile
    assert profile["foreign_share"] == "49"
    assert ("城市", "S312", "深圳") in found.notes[0]
    assert not [one for one in found.texts[0] if "Shanghai" in one or "上海" in one], (
        "nothing is said to be taken from it"
    )
    (third,) = (column for column, code, _ in found.notes[0] if code == "S312" and column != "城市")
    assert (
        f"what `{third}` tells of the city is left out too, since `所在城市`, `城市` contradict each other"
        in (found.texts[0])
    )


@pytest.mark.parametrize(
    ("third", "code", "against"),
    [
        ("60", "S312", "`30` under `外资比例`"),
        ("30", "S312", "`60` under `外方股比`"),
        (">20%", "S312", "`30` under `外资比例`"),
        ("x", "P102", "is not a number"),
    ],
)
def test_a_third_column_of_what_two_contradict_each_other_about_is_told_too(
    third: str, code: str, against: str, tmp_path: Path
) -> None:
    found = of_rows(tmp_path, "企业名称,外资比例,外方股比,外方持股比例,城市", f"甲,30,60,{third},上海")
    assert found.profiles == [{"city": "上海"}]
    assert found.notes == [[("外方股比", "S312", "60"), ("外方持股比例", code, third)]]
    assert against in found.texts[0][1]


def test_both_sides_are_told_and_no_default_takes_their_place(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path, "企业名称,城市,所在城市,外资比例,外方股比", "甲,上海,天津,49,50", "乙,,,,",
        defaults={"city": "北京", "foreign_share": 10},
    )  # fmt: skip
    assert found.profiles == [{}, {"city": "北京", "foreign_share": 10}]
    assert found.texts[0] == [
        "`上海` under `城市` cannot be so with `天津` under `所在城市`; taken as missing",
        "`49` under `外资比例` cannot be so with `50` under `外方股比`; taken as missing",
    ]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_contradiction_is_told_in_both_languages(lang: Lang, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("企业名称,城市,所在城市\n甲,上海,天津\n", "utf-8")
    done = screen(tmp_path / "mine.csv", BOOK, measures=[1], as_of=DAY, lang=lang)
    assert done.notes is not None
    assert done.notes.column("note").to_pylist() == [
        {
            "zh": "`城市` 列的 `上海` 与 `所在城市` 列的 `天津` 矛盾；按未填处理",
            "en": "`上海` under `城市` cannot be so with `天津` under `所在城市`; taken as missing",
        }[lang]
    ]
    with pytest.raises(ProfileError, match="S312"):
        screen(tmp_path / "mine.csv", BOOK, measures=[1], as_of=DAY, lang=lang, strict=True)


@pytest.mark.parametrize(
    ("cells", "share", "codes"),
    [
        ("49,49%", "49", []),
        ("49,百分之四十九", "49", []),
        ("无,0", "0", []),
        ("49,48", None, ["S312"]),
        ("x,48", "48", ["P102"]),
        # Both may be a fraction: of the column that says more, the fact.
        ("0.4,40%", "40", ["S306"]),
    ],
)
def test_two_columns_of_shares(cells: str, share: str | None, codes: list[str], tmp_path: Path) -> None:
    found = of_rows(tmp_path, "企业名称,外资比例,外方股比", f"甲,{cells}")
    assert found.profiles == [{} if share is None else {"foreign_share": share}]
    assert [code for _, code, _ in found.notes[0]] == codes


def test_three_columns_after_a_contradiction_give_nothing(tmp_path: Path) -> None:
    found = of_rows(tmp_path, "企业名称,城市,所在城市,所属城市", "甲,上海,天津,天津", "乙,,,天津")
    assert found.profiles == [{}, {"city": "天津"}]
    assert [code for _, code, _ in found.notes[0]] == ["S312", "S312"]


def test_columns_of_lists_and_of_sectors(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path, "企业名称,activities,业务活动,行业代码,sector", "甲,domestic-ip-vpn,国内互联网虚拟专用网业务,65,6513",
        "乙,domestic-ip-vpn;x,domestic-ip-vpn;y,65,66", "丙,domestic-ip-vpn;x,,,",
    )  # fmt: skip
    assert found.profiles[0]["sector"] == ["6513"]
    assert "sector" not in found.profiles[1]
    assert found.profiles[2] == {"activities": {"yes": ["domestic-ip-vpn"]}}
    # Both of the lists of the second row have a word that is not known, and both are told.
    assert [(column, code) for column, code, _ in found.notes[1]] == [
        ("业务活动", "P107"), ("sector", "S312"), ("activities", "P107"),
    ]  # fmt: skip


def test_two_columns_of_addresses(tmp_path: Path) -> None:
    rows = ("甲,上海市某路,上海市徐汇区某路", "乙,上海市某路,天津市某路", "丙,某路,天津市某路", "丁,—,天津市某路")
    found = of_rows(tmp_path, "企业名称,住所,企业地址", *rows, defaults={"city": "北京"})
    assert [one.get("city") for one in found.profiles] == ["310104", None, "120000", "120000"]
    assert found.notes[1] == [("企业地址", "S312", "天津市某路")]


def test_a_finding_that_two_columns_contradict_each_other_about_is_unknown(tmp_path: Path) -> None:
    found = of_rows(
        tmp_path, "企业名称,城市,limits.57.taiwan,limits.57.taiwan", "甲,上海,是,否", "乙,上海,,否", "丙,,是,"
    )
    assert [one.get("limits") for one in found.profiles] == [
        {"57.taiwan": "unknown"}, {"57.taiwan": "否"}, {"57.taiwan": "是"},
    ]  # fmt: skip
    assert found.notes[0] == [("limits.57.taiwan (2)", "S312", "否")]
    assert found.texts[0][0].endswith("; taken as unknown")


def test_the_column_that_a_fact_is_taken_from_is_named(tmp_path: Path) -> None:
    headings = "企业名称,城市,所在城市,省份"
    found = of_rows(tmp_path, headings, "甲,,天津,上海", "乙,天津,,上海", "丙,,没有的市,")
    assert found.notes == [
        [("所在城市", "S305", "天津")], [("城市", "S305", "天津")], [("所在城市", "P103", "没有的市")],
    ]  # fmt: skip


def test_two_spellings_of_one_fact_in_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    profiles = [
        {"name": "甲", "城市": "上海"},
        {"name": "乙", "city": "天津"},
        {"name": "丙", "city": "天津", "城市": "上海"},
    ]
    path.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in profiles), "utf-8")
    found = of_file(path)
    assert found.profiles == [{"city": "上海"}, {"city": "天津"}, {}]
    assert [code for _, code, _ in found.notes[2]] == ["S312"]
    done = screen(profiles, BOOK, measures=[1], as_of=DAY)
    assert done.summary.companies == 3


def test_a_mapping_says_which_counts(tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("企业名称,城市,所在城市,备注\n甲,上海,天津,北京\n", "utf-8")
    for mapping, notes in (
        ({"所在城市": "ignore"}, 0),
        ({"城市": "ignore", "所在城市": "ignore", "备注": "city"}, 0),
        ({"城市": "ignore", "备注": "city"}, 1),
    ):
        done = screen(tmp_path / "mine.csv", BOOK, measures=[1], as_of=DAY, mapping=mapping)
        assert (0 if done.notes is None else done.notes.num_rows) == notes


def test_two_columns_of_one_heading(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    rows: list[list[str | None]] = [
        ["企业名称", "城市", "城市", "备注", "备注"],
        ["甲", "上海", "上海市", "a", "b"],
        ["乙", None, "天津", None, None],
    ]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "mine.xlsx")
    with (tmp_path / "mine.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    for name in ("mine.xlsx", "mine.csv"):
        found = of_file(tmp_path / name)
        assert (found.profiles, found.notes) == ([{"city": "上海"}, {"city": "天津"}], [[], []])
        done = screen(tmp_path / name, BOOK, measures=[1], as_of=DAY, keep=["备注 (2)"])
        assert done.summary.ignored == ("备注", "备注 (2)")


def test_many_columns_of_one_heading_are_numbered_in_linear_time() -> None:
    before, begun = unit(), time.process_time()
    found = headings_of("mine.csv", ["a", "a (2)"] * 20_000)
    assert time.process_time() - begun < 100 * max(before, unit())
    assert len({*found}) == 40_000
    assert found[:3] == ["a", "a (2)", "a (3)"]


@pytest.mark.parametrize(("others", "share"), [("60,", "49"), ("0.6,0.7", None)])
def test_units_of_parquet_columns_of_one_name(others: str, share: str | None, tmp_path: Path) -> None:
    above, _, below = others.partition(",")
    columns = [["甲", "乙", "丙"], ["49" if share else "0.49", above, ""], ["x", "y", "z"], ["", "", below]]
    names = ["企业名称", "外资比例", "备注", "外资比例"]
    pq.write_table(pa.Table.from_arrays([pa.array(one) for one in columns], names=names), tmp_path / "mine.parquet")
    found = of_file(tmp_path / "mine.parquet")
    assert found.profiles[0] == ({} if share is None else {"foreign_share": share})
    assert [code for _, code, _ in found.notes[0]] == ([] if share else ["S306"])


@pytest.mark.parametrize(
    ("cells", "share", "code", "column", "text"),
    [
        ("0,0.5", None, "S312", "外方股比", "`0` under `外资比例` cannot be so with `0.5` under `外方股比`"),
        ("1,40", None, "S312", "外资比例", "`40` under `外方股比` cannot be so with `1` under `外资比例`"),
        ("50%,0.5", "50", "S306", "外方股比", "`0.5` may be 50% or 0.5%; left out: `外资比例` counts"),
        ("0.5,0.5%", "0.5", "S306", "外资比例", "`0.5` may be 50% or 0.5%; left out: `外方股比` counts"),
        ("x,0.5", "x", "S306", "外方股比", "`0.5` may be 50% or 0.5%: left out"),
    ],
)  # fmt: skip
def test_a_share_in_doubt_beside_another_column(
    cells: str, share: str | None, code: str, column: str, text: str, tmp_path: Path
) -> None:
    found = of_rows(tmp_path, "企业名称,外资比例,外方股比", f"甲,{cells}", defaults={"foreign_share": 10})
    assert found.profiles == [{} if share in (None, "x") else {"foreign_share": share}]
    assert [(one, own) for one, own, _ in found.notes[0] if own != "P102"] == [(column, code)]
    assert any(text in one for one in found.texts[0])


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", "外资比例取自同名列（1家）；外资比例取自同名列 foreign_share（1家）；外资比例取自 外方股比 (2)（1家）"),
        (
            "en",
            "foreign share from the column of that name, foreign_share (1); "
            "foreign share from the column of that name, 外资比例 (1); foreign share from 外方股比 (2) (1)",
        ),
    ],
)
def test_a_fact_told_by_the_column_of_its_own_name_is_not_said_to_come_from_itself(
    lang: Lang, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(
        "企业名称,外方股比,外资比例,foreign_share,外方股比\n甲,,30,,\n乙,,,40,\n丙,,,,50\n丁,60,,,\n", "utf-8"
    )
    done = CliRunner().invoke(root, ["--lang", lang, "screen", str(path), "--measure", "1"])
    (line,) = (one for one in done.output.splitlines() if "取自其他列" in one or "other columns tell" in one)
    assert sorted(line.replace(": ", "：", 1).partition("：")[2].replace("; ", "；").split("；")) == sorted(
        said.replace("; ", "；").split("；")
    )


@pytest.mark.parametrize(
    ("fraction", "percent"),
    [
        ("0.33", "33.3"),
        ("0.5", "49.6"),  # beside a cap of 50 the two are told apart
        ("0.5", "50.4"),
    ],
)
@pytest.mark.parametrize("unit", [{"外方股比": "fraction"}, {}])
def test_a_share_and_what_it_may_be_rounded_from_contradict_each_other(
    fraction: str, percent: str, unit: dict[str, str]
) -> None:
    cells = CellTable({"企业名称": ["甲"], "外资比例": [percent], "外方股比": [fraction]}, 1)
    found = of_table(cells, units=unit)
    assert found.profiles == [{}]
    assert [(column, code) for column, code, _ in found.notes[0]] == [("外方股比", "S312")]
    assert all(f"`{cell}`" in found.texts[0][0] for cell in (percent, *([] if unit else [fraction])))
