"""Several columns of company types are read together: what they contradict each other about is missing."""

from __future__ import annotations

import itertools

import pytest

from applicability import Profile
from applicability.bulk.engine.arrays import CellTable
from applicability.bulk.register.fact_reader import FactReader
from applicability.loading.profile.reader import read_facts

from ..engine.tables import DAY
from ..sources.reading import BOOK
from .partly import of_table

HEADINGS = ("企业类型", "公司类型", "登记注册类型")
WHOLE, JOINT, SOME, BRANCH = "有限责任公司(外国法人独资)", "中外合资经营企业", "外商投资企业", "分公司"
KIND = {"entity_kind": "enterprise"}
ABROAD = {"foreign_share": {"above": "0"}}
SHARED = {"foreign_share": {"above": "0", "below": "100"}}


def table(**cells: str | None) -> CellTable:
    return CellTable({"企业名称": ["甲"], **{name: [cell] for name, cell in cells.items()}}, 1)


@pytest.mark.parametrize(
    ("types", "left", "losses"),
    [
        ((WHOLE, WHOLE, WHOLE), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, None, "不知"), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, SOME, None), {"foreign_share": "100", **KIND}, 0),
        (("有限责任公司", "外国法人独资", None), {"foreign_share": "100", **KIND}, 0),
        ((WHOLE, JOINT, None), KIND, 1),
        ((WHOLE, JOINT, WHOLE), KIND, 1),
        ((WHOLE, "非独资", SOME), KIND, 0),
        # Of a branch, or of what foreign-invested enterprises own, no share is told.
        ((WHOLE, BRANCH, None), KIND, 0),
        ((WHOLE, "外商投资企业投资", None), KIND, 0),
        ((JOINT, SOME, None), {**SHARED, **KIND}, 0),
        ((SOME, None, None), {**ABROAD, **KIND}, 0),
        (("有限责任公司(国有独资)", SOME, None), KIND, 1),
        # Who owns it says that it is an enterprise, unless another type says that it is none.
        (("国有", None, None), KIND, 0),
        (("国有", "事业单位", None), {"entity_kind": "public_institution"}, 0),
        (("民营", "民办非企业单位", None), {"entity_kind": "private_non_enterprise_unit"}, 0),
        (("外商独资", "外国（地区）企业常驻代表机构", None), {}, 0),
    ],
)
def test_types_that_agree_are_one_and_others_cost_what_they_contradict_about(
    types: tuple[str | None, ...], left: dict[str, object], losses: int
) -> None:
    for own in itertools.permutations(types):
        found = of_table(table(**dict(zip(HEADINGS, own, strict=True))))
        assert found.profiles == [left], own
        assert [code for _, code, _ in found.notes[0] if code] == ["S301"] * losses, own


def test_both_sides_are_told() -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT, 城市="上海"))
    assert found.profiles == [{"city": "上海", **KIND}]
    assert found.notes == [[("公司类型", "S301", JOINT)]]
    assert found.texts == [
        [f"`{JOINT}` under `公司类型` cannot be so with `{WHOLE}` under `企业类型`; taken as missing"]
    ]


@pytest.mark.parametrize(("share", "left"), [("100", {}), ("40", {}), (None, {})])
def test_a_share_of_its_own_decides_between_no_types(share: str | None, left: dict[str, object]) -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT, 外资比例=share))
    assert found.profiles == [{**left, **KIND}]


def test_a_share_that_one_type_contradicts_is_missing_on_both_sides() -> None:
    found = of_table(table(企业类型="有限责任公司", 公司类型=WHOLE, 外资比例="30"))
    assert found.profiles == [KIND]
    assert found.notes == [[("外资比例", "S301", "30")]]
    assert WHOLE in found.texts[0][0]
    assert "`公司类型`" in found.texts[0][0]


def test_a_default_is_no_judge_between_types() -> None:
    found = of_table(table(企业类型=WHOLE, 公司类型=JOINT), {"foreign_share": 40})
    assert found.profiles == [KIND]


@pytest.mark.parametrize(
    ("words", "left", "code"),
    [
        # Foreign investors hold something; how much is not said.
        (
            ("外资", "外商", "港资", "台资企业", "三资企业", "外商投资企业", "外商投资", "港澳台商投资企业"),
            {**ABROAD, **KIND},
            "",
        ),
        (("外资企业", "有限责任公司（港澳台投资、非独资）"), {**ABROAD, **KIND}, ""),
        (("中外合资", "中外合资经营企业", "sino-foreign joint venture", "台港澳与境内合资"), {**SHARED, **KIND}, ""),
        (("Chinese-foreign equity joint venture",), {**SHARED, **KIND}, ""),
        (("Equity joint venture", "EJV", "中外合资（未上市）"), {**SHARED, **KIND}, ""),
        (
            ("Cooperative joint venture", "contractual joint venture", "CJV", "Joint venture (co-operative)"),
            {**ABROAD, **KIND},
            "",
        ),
        (
            ("港澳台合资", "外商投资（未上市）", "foreign-invested", "Foreign invested", "FIE", "HK owned"),
            {**ABROAD, **KIND},
            "",
        ),
        (("Foreign-controlled", "Foreign minority", "Foreign-owned"), {**ABROAD, **KIND}, ""),
        (("JV", "Joint venture", "Joint Venture Company", "合资企业", "Domestic company"), KIND, ""),
        (("domestic private", "private", "State-owned", "内资（VIE）", "民营控股"), KIND, ""),
        (("外商独资", "台港澳法人独资"), {"foreign_share": "100", **KIND}, None),
        (("WFOE", "WOFE", "Wholly foreign-owned enterprise"), {"foreign_share": "100", **KIND}, None),
        (("外资（独资）", "外资(独资)"), {"foreign_share": "100", **KIND}, None),
        # Of a branch nobody holds a share.
        (("有限责任公司（外国法人独资）分公司", "外商投资有限公司分公司", "有限公司分公司", "WFOE branch"), KIND, ""),
        (("外商投资企业分支机构", "台港澳投资企业分支机构"), KIND, ""),
        (("外国（地区）企业分支机构",), {}, ""),
        # What it was, or is to be.
        (("原中外合资，现内资", "外资退出（已转内资）", "内资转外资"), {}, ""),
        (("原外商独资有限责任公司", "formerly WFOE", "WFOE converted to domestic"), KIND, ""),
        (("拟设外商独资", "拟设立中外合资企业", "外商独资（筹建）", "Planned WFOE", "WFOE, to be established"), {}, ""),
        # Nobody abroad holds any, as the law has it or as it is said.
        (("国有独资", "纯内资", "全民所有制"), {"foreign_share": "0", **KIND}, None),
        # Known words that do not say whether anybody abroad does.
        (("民营", "私营", "内资", "国有", "国企", "央企", "集体", "合资"), KIND, ""),
        (("非外资", "个体工商户", "合作"), {}, ""),
        (("民营企业", "内资企业", "国有企业"), KIND, ""),
        (("外国（地区）企业代表处", "外商投资企业与内资合资", "Foreign company", "Representative office"), {}, ""),
        (("Rep office",), {}, ""),
        (("Limited company", "Company Limited by shares"), KIND, None),
        # A kind of entity by its own name.
        (("事业单位",), {"entity_kind": "public_institution"}, None),
        (("社会团体", "商会"), {"entity_kind": "other_organisation"}, None),
        (("民办非企业", "民办非企业单位"), {"entity_kind": "private_non_enterprise_unit"}, None),
        (("其他", "甲类", "1", "侨资", "非独"), {}, "P107"),
        (("待核实", "不确定", "-", "", None), {}, None),
    ],
)
def test_every_type_gives_what_it_tells_or_is_noted(
    words: tuple[str | None, ...], left: dict[str, object], code: str | None
) -> None:
    for word in words:
        found = of_table(table(企业类型=word, 城市="上海"))
        assert found.profiles == [{"city": "上海", **left}], word
        notes = [(column, own, cell) for column, own, cell in found.notes[0] if column == "企业类型"]
        # That it tells no kind of entity is a note of its own.
        assert set(notes) == (set() if code is None else {("企业类型", code, word)}), word
        assert len(notes) <= 2, word


def test_an_unknown_type_is_noted_without_the_number_of_an_identity_card_and_not_at_length() -> None:
    found = of_table(table(企业类型="11010519491231002X" + "长" * 500))
    (text,) = found.texts[0]
    assert "11010519491231002X" not in text
    assert len(text) < 120


@pytest.mark.parametrize(
    ("kind", "bounds", "left"),
    [
        (WHOLE, {"foreign_share.at_most": "50"}, None),
        (WHOLE, {"foreign_share.above": "50"}, "100"),
        (SOME, {"foreign_share.at_most": "0"}, None),
        (SOME, {"foreign_share.at_most": "20"}, ">0%,≤20%"),
        (SOME, {"foreign_share.above": "20"}, {"above": "20"}),
        (JOINT, {"foreign_share.at_least": "100"}, None),
        (JOINT, {"foreign_share.above": "99"}, ">99%,<100%"),
        (BRANCH, {"foreign_share.above": "99"}, {"above": "99"}),
        ("国有独资", {"foreign_share.at_most": "25"}, "0"),
    ],
)
def test_a_share_told_in_part_counts_beside_its_type_unless_they_contradict(
    kind: str, bounds: dict[str, str], left: object
) -> None:
    found = of_table(table(企业类型=kind, 城市="上海", **bounds))
    assert found.profiles[0].get("foreign_share") == left
    assert [code for _, code, _ in found.notes[0] if code] == ([] if left else ["S301"])
    said = ", ".join(f"`{name.partition('.')[2]}: {value}`" for name, value in bounds.items())
    assert left or said in found.texts[0][0]


@pytest.mark.parametrize(
    ("kind", "share", "code", "left"),
    [
        (JOINT, "约30%", "P102", SHARED),
        (JOINT, "中方51%", "P102", SHARED),
        (JOINT, "控股", "P102", SHARED),
        (JOINT, "待核实", "", SHARED),
        (JOINT, "150", "P108", SHARED),
        (SOME, "港资30%+新加坡20%", "P102", ABROAD),
        (WHOLE, "控股", "P102", {"foreign_share": "100"}),
        (WHOLE, "约100%", "P102", {"foreign_share": "100"}),
        (WHOLE, "150", "P108", {"foreign_share": "100"}),
        (WHOLE, "-1", "P108", {"foreign_share": "100"}),
        # What the cell says of a number cannot be so with the type: neither counts.
        (WHOLE, "约一半", "S301", {}),
        (WHOLE, "中方51%", "P102", {}),
        (JOINT, "约100%", "S301", {}),
        ("民营企业", "约30%", "P102", {}),
        # Of what the domestic side holds the rest is held against the type.
        (WHOLE, "中方0%", "P102", {"foreign_share": "100"}),
        ("台港澳自然人独资", "内资 0％", "P102", {"foreign_share": "100"}),
        (WHOLE, "中方0%、国有0%", "P102", {"foreign_share": "100"}),
        (WHOLE, "中方0%、国有51%", "P102", {}),
        (SOME, "中方0%", "P102", ABROAD),
        (JOINT, "中方0%", "P102", {}),
        ("国有独资", "中方0%", "P102", {}),
        ("民营企业", "中方0%", "P102", {}),
    ],
)
def test_a_share_that_cannot_be_read_costs_itself_and_not_what_the_type_says(
    kind: str, share: str, code: str, left: dict[str, object]
) -> None:
    found = of_table(table(企业类型=kind, 外资比例=share, 公司类型="有限责任公司"))
    assert found.profiles == [{**left, **KIND}]
    assert [one for one in found.notes[0] if one[1]] == ([("外资比例", code, share)] if code else [])


@pytest.mark.parametrize(
    ("kind", "share", "left"),
    [
        # 50% or 0.5%: neither can be so where the type tells of all.
        (WHOLE, "0.5", {}),
        (WHOLE, "1", {"foreign_share": "100"}),
        (JOINT, "0.5", SHARED),
        (JOINT, "1", SHARED),
        ("国有独资", "0.5", {}),
        (SOME, "0.5", ABROAD),
    ],
)
def test_a_share_in_doubt_is_held_against_the_type_either_way(kind: str, share: str, left: dict[str, object]) -> None:
    found = of_table(table(企业类型=kind, 外资比例=share, 公司类型="有限责任公司"))
    assert found.profiles == [{**left, **KIND}]
    assert [code for _, code, _ in found.notes[0] if code] == ["S306"]


def test_a_share_that_the_domestic_side_has_not_says_that_the_type_counts() -> None:
    (texts,) = of_table(table(市场主体类型=WHOLE, 外资比例="中方0%")).texts
    assert texts == [
        "`外资比例`: `中方0%` is not read as the share of all foreign investors: it says what the domestic side holds; "
        "left out: `市场主体类型` counts"
    ]
    found = of_table(table(市场主体类型=WHOLE, 外资比例="中方0%"), lang="zh")
    assert found.texts[0][0].endswith("未采用，以 `市场主体类型` 列为准")


@pytest.mark.parametrize(
    ("kind", "share", "unit", "left", "codes"),
    [
        (WHOLE, "1", "above_one", "100", ["S306"]),
        (WHOLE, 1.0, "above_one", "100", ["S306"]),
        ("台港澳自然人独资", "1.0", "above_one", "100", ["S306"]),
        # No doubt where the sign or the unit is told, or where no type says that it is all.
        (WHOLE, "1%", "above_one", None, ["S301"]),
        (WHOLE, "1", "percent", None, ["S301"]),
        (WHOLE, "2", "above_one", None, ["S301"]),
        (WHOLE, "≤1", "above_one", None, ["S301"]),
        (JOINT, "1", "above_one", "1", []),
        ("有限责任公司", "1", "above_one", "1", []),
        ("国有独资", "1", "above_one", None, ["S301"]),
    ],
)
def test_a_bare_1_among_percentages_is_settled_by_a_type_that_tells_of_all(
    kind: str, share: object, unit: str, left: str | None, codes: list[str]
) -> None:
    cells: dict[str, list[object]] = {"企业名称": ["甲", "乙"], "企业类型": [kind, JOINT], "外资比例": [share, "49"]}
    found = of_table(CellTable(cells, 2), units={"外资比例": unit})
    assert str(found.profiles[0].get("foreign_share")).removesuffix(".0") == str(left)
    assert found.profiles[1]["foreign_share"] == "49"
    assert [code for _, code, _ in found.notes[0] if code] == codes
    if codes == ["S306"]:
        assert "may be 100% or 1%, since other numbers of the column are percentages" in found.texts[0][0]
        assert found.texts[0][0].endswith("; left out: `企业类型` counts")
        told = of_table(CellTable(cells, 2), units={"外资比例": unit}, lang="zh").texts[0][0]
        assert "可能是 100%，也可能是 1%" in told
        assert told.endswith("未采用，以 `企业类型` 列为准")


def test_a_bare_1_beside_another_share_or_types_that_contradict_each_other_is_no_whole() -> None:
    units = {"外资比例": "above_one"}
    for beside in ({"外方持股比例": ["1%"]}, {"公司类型": [JOINT]}):
        cells = {"企业名称": ["甲"], "企业类型": [WHOLE], "外资比例": ["1"], **beside}
        assert "foreign_share" not in of_table(CellTable(cells, 1), units=units).profiles[0], beside


def test_a_share_within_a_bound_is_held_against_the_type() -> None:
    for share, kind, left in (
        ("不低于50%", JOINT, "≥50%,<100%"),
        ("超过50%", WHOLE, "100"),
        ("<50%", JOINT, ">0%,<50%"),
        ("40%以下", "中外合作", ">0%,≤40%"),
        ("不超过49%", SOME, ">0%,≤49%"),
        ("0-20%", SOME, ">0%,≤20%"),
        ("不足25%", WHOLE, None),
        ("<50%", WHOLE, None),
        ("30-50%", JOINT, "30%~50%"),
        ("30-50%", WHOLE, None),
        ("绝对控股", WHOLE, "100"),
        ("≥50%", "股份制", "≥50%"),
        ("≥50%", "内资", None),
    ):
        found = of_table(table(企业类型=kind, 外资比例=share, 城市="上海"))
        assert found.profiles[0].get("foreign_share") == left, share
        assert [code for _, code, _ in found.notes[0] if code] == ([] if left else ["S301"])
        # What the type adds is told; a contradiction has the words of the cell.
        if left is None:
            assert f"`{kind}`" in found.texts[0][0]
            assert any(f"`{cell}`" in found.texts[0][0] for cell in (share, "<25%", "30%~50%"))


@pytest.mark.parametrize(("share", "code"), [("30", "S301")])
def test_a_share_that_contradicts_its_type_costs_both(share: str, code: str) -> None:
    found = of_table(table(企业类型=WHOLE, 外资比例=share))
    assert found.profiles == [KIND]
    assert found.notes == [[("外资比例", code, share)]]


def test_two_shares_that_contradict_each_other_leave_no_part_of_one_to_the_type() -> None:
    cells = {"外资比例": "30", "外方持股比例": "40", "企业类型": SOME, "城市": "上海"}
    assert of_table(table(**cells)).profiles == [{"city": "上海", **KIND}]


@pytest.mark.parametrize("kind", [WHOLE, JOINT, SOME, "国有独资"])
@pytest.mark.parametrize("other", ["40", "100", "0"])
def test_what_a_type_tells_of_a_share_that_two_columns_contradict_is_said_to_be_left_out(kind: str, other: str) -> None:
    found = of_table(table(外资比例="30", 外方持股比例=other, 企业类型=kind, 城市="上海"))
    assert found.profiles == [{"city": "上海", **KIND}]
    assert sorted(found.notes[0]) == [("企业类型", "S312", kind), ("外方持股比例", "S312", other)]
    said = "what `企业类型` tells of the foreign share is left out too, since `外资比例`, `外方持股比例` "
    assert f"{said}contradict each other" in found.texts[0]


def test_a_type_that_tells_no_share_loses_none() -> None:
    found = of_table(table(外资比例="30", 外方持股比例="40", 企业类型="内资企业", 城市="上海"))
    assert found.notes == [[("外方持股比例", "S312", "40")]]


@pytest.mark.parametrize("word", ["外资", "外资企业", JOINT, "国有独资", "事业单位", "民营企业", "国企", "商会"])
def test_a_profile_reads_a_type_as_a_register_does(word: str) -> None:
    (given,) = of_table(table(企业类型=word, 城市="上海")).profiles
    read = [read_facts(Profile.of(one), BOOK, DAY) for one in ({"城市": "上海", "企业类型": word}, given)]
    assert read[0].values == read[1].values


def test_shares_told_whole_in_part_or_not_at_all_stand_side_by_side_as_a_check_has_them() -> None:
    shares = ("30", "150", "约一半", "无", "全资", "0.5", None)
    rows = [*itertools.product((WHOLE, JOINT, SOME, "民营", "其他", None), shares, ("0", "60", "x", None))]
    columns = [[*own] for own in zip(*rows, strict=True)]
    names = ("企业类型", "外资比例", "foreign_share.at_least")
    cells = dict(zip(names, columns, strict=True))
    found = of_table(CellTable({"企业名称": ["甲"] * len(rows), "城市": ["上海"] * len(rows), **cells}, len(rows)))
    alone = [of_table(table(城市="上海", **dict(zip(names, row, strict=True)))) for row in rows[::9]]
    assert found.profiles[::9] == [one.profiles[0] for one in alone]


@pytest.mark.parametrize(
    ("name", "kind", "sector", "left"),
    [
        ("甲", "合伙企业", "7231", {}),
        ("甲", "Partnership", "7231", {}),
        ("甲", "合伙企业", "律师事务所", {}),
        ("甲律师事务所", "合伙企业", None, {}),
        ("甲律师事务所（特殊普通合伙）", "特殊普通合伙", None, {}),
        ("Alpha Law Firm", "普通合伙企业", "7231", {}),
        ("甲律师事务所", "民营", None, {}),
        ("甲学校", "民营", "8336", {}),
        # A company is one whatever its name, and a partnership is an enterprise where nothing says another kind.
        ("甲律师事务所", "有限责任公司", "7231", KIND),
        ("甲", "有限合伙", "6720", KIND),
        ("甲会计师事务所（特殊普通合伙）", "特殊普通合伙企业", "7241", KIND),
        ("甲", "民营", "7231", {}),
        ("甲学校", "事业单位", None, {"entity_kind": "public_institution"}),
    ],
)
def test_a_name_or_sector_of_another_kind_leaves_the_kind_open(
    name: str, kind: str, sector: str | None, left: dict[str, object]
) -> None:
    cells: dict[str, list[object]] = {"企业名称": [name], "企业类型": [kind], "行业": [sector]}
    found = of_table(CellTable(cells, 1))
    (profile,) = found.profiles
    assert {key: value for key, value in profile.items() if key == "entity_kind"} == left
    told = [text for text in found.texts[0] if "the kind of entity has to be given" in text]
    assert len(told) == (not left)
    # A kind that the register states itself stands.
    (own,) = of_table(CellTable({**cells, "主体类型": ["律师事务所"]}, 1)).profiles
    assert own["entity_kind"] == "律师事务所"


@pytest.mark.parametrize(
    ("type", "share", "code", "text"),
    [
        (
            "独资经营(港资)",
            "约一半",
            "S301",
            "`独资经营(港资)` under `企业类型` cannot be so with `约一半` under `外资比例`",
        ),
        (WHOLE, "约60%", "S301", f"`{WHOLE}` under `企业类型` cannot be so with `约60%` under `外资比例`"),
        (JOINT, "约一半", "P102", "left out: `企业类型` counts"),
    ],
)
def test_a_number_about_which_a_share_is_contradicts_a_type_or_gives_way(
    type: str, share: str, code: str, text: str
) -> None:
    found = of_table(table(企业类型=type, 外资比例=share))
    (own,) = (place for place, note in enumerate(found.notes[0]) if note == ("外资比例", code, share))
    assert text in found.texts[0][own]
    assert "foreign_share" not in found.profiles[0] or code == "P102"


def test_a_contradiction_is_worded_once_for_all_rows_that_hold_it() -> None:
    many = CellTable({"企业名称": ["甲", "乙", "丙"], "企业类型": [WHOLE] * 3, "外资比例": ["30%", "30%", "40%"]}, 3)
    losses = FactReader(BOOK, DAY, {}).read(many).losses
    first, again, other = (loss.problem for loss in losses)
    assert first is again
    assert "`30%`" in first.message
    assert "`40%`" in other.message


@pytest.mark.parametrize(
    ("shares", "column", "missing"),
    [
        ({"外资比例": None, "外方持股比例": "60"}, "外方持股比例", "taken as missing"),
        ({"外资比例": "60", "外方持股比例": None}, "外资比例", "taken as missing"),
        # Both say it: both are left out, and both are told.
        (
            {"外资比例": "60", "外方持股比例": "60%"},
            "外资比例",
            "`外资比例`, `企业类型`, `外方持股比例` taken as missing",
        ),
    ],
)
def test_of_several_columns_of_a_share_that_is_named_which_contradicts_the_type(
    shares: dict[str, str | None], column: str, missing: str
) -> None:
    found = of_table(table(**shares, 企业类型=WHOLE))
    assert found.profiles == [KIND]
    assert found.notes == [[(column, "S301", "60")]]
    assert found.texts == [[f"`{WHOLE}` under `企业类型` cannot be so with `60` under `{column}`; {missing}"]]
