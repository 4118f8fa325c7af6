"""What texts say of the foreign share, in registers and in profiles alike."""

from __future__ import annotations

from decimal import Decimal

import pytest

from applicability import Profile, ProfileError, load_rulebook
from applicability.bulk.engine.arrays import CellTable
from applicability.loading.company.share_values import NoShare, Share
from applicability.loading.company.shares import ShareReader, shares_of
from applicability.loading.profile.reader import read_facts
from applicability.model.partial import Interval

from ..bulk.engine.tables import DAY
from ..bulk.run.partly import of_table

BOOK = load_rulebook()
READER = shares_of(BOOK)

SHARES = {
    "49％": "49", "49％。": "49", "49 %": "49", "49%（认缴）": "49", "49%(港)": "49", "100%（香港）": "100",
    "49%（香港、新加坡）": "49",
    "外方49%": "49", "外资方持股:34.5%": "34.5", "港资30%": "30", "日方33.3%": "33.3", "港商49%": "49",
    "foreign 49%": "49",
    "51%，外方": "51", "外方49%、中方51%": "49", "中方51%、外方49%": "49", "外方49%（中方51%）": "49",
    "49%，中方51%": "49",
    "台方 60；中方 40": "60", "股比：台方 60；中方 40": "60", "港资30%、日资19%、中方51%": "49",
    "外方70%（其中港资20%）": "70", "外方70%，其中港资20%": "70", "外资方持股:34.5%;其余为中方": "34.5",
    "三分之一": "33.3333333333", "1/3": "33.3333333333", "2/3": "66.6666666667", "四成九": "49",
    "外方占四成九": "49", "四成": "40",
    "六成半": "65", "百分之三十三点三": "33.3",
    "外35% / CN 65%": "35", "CN 100%": "0",
    "零": "0", "无": "0", "无外资": "0", "纯内资": "0", "内资": "0", "不涉及": "0", "中方100%": "0", "100%内资": "0",
    "全资": "100", "外商独资": "100",
    "不低于50%": "≥50%", "95%以上": "≥95%", "超过50%": ">50%", "不足25%": "<25%", "外方不超过49%": "≤49%",
    "25%以下": "≤25%",
    "外资占比超过50%": ">50%", "at least 50%": "≥50%", ">0%": ">0%", "≤ 49%": "≤49%",
    "50%及以上": "≥50%", "50%（含）以上": "≥50%", "50%+": "≥50%", "50% or more": "≥50%",
    "超50%": ">50%", "不超50%": "≤50%",
    "30-50%": "30%~50%", "30%~50%": "30%~50%", "30%至50%": "30%~50%", "30％—50％": "30%~50%",
    "３０％～５０％": "30%~50%",
    "30%-40%": "30%~40%", "30-50": "30%~50%", "30% to 50%": "30%~50%", "between 30% and 50%": "30%~50%",
    "介于30%和50%之间": "30%~50%", "外资占比30%至50%": "30%~50%", "外方（30%-50%）": "30%~50%", "40%至60%": "40%~60%",
    "外方40%-60%": "40%~60%", "百分之三十至五十": "30%~50%", "三至五成": "30%~50%", "0-25%": "0%~25%",
    "25%以上50%以下": "25%~50%", "超过25%不超过50%": ">25%,≤50%", "≥25%，<50%": "≥25%,<50%",
    "at least 25% and at most 50%": "25%~50%", "外方不低于25%、中方不超过75%": "≥25%",
    "外方30%-50%，中方50%-70%": "30%~50%", "外方30%-70%（其中港资20%）": "30%~70%",
    "过半": ">50%", "外资过半": ">50%", "超过半数": ">50%", "不超过半数": "≤50%", "半数以上": "≥50%", "一半": "50",
    "绝对控股": ">50%", "外方绝对控股": ">50%", "majority foreign": ">50%",
    "Majority-owned by foreign investors": ">50%",
    "60%（绝对控股）": "60", "51%（控股）": "51", "外方控股51%": "51", "外方（49%）": "49",
    "foreign investors 49%": "49",
    # As clerks write them.
    "外25%中75%": "25", "中75%外25%": "25", "美方30% 中方70%": "30", "港资：65%  内资：35%": "65",
    "港方40%澳方20%中方40%": "60", "内资51%外资49%": "49", "国资51%，外资49%": "49", "国有100%": "0", "中方全资": "0",
    "国有独资": "0",
    "中外合资(49%)": "49", "中外合资（外方占49%）": "49", "Sino-foreign JV 49%": "49", "中外合资": ">0%,<100%",
    "中外合作": ">0%", "Sino-foreign joint venture": ">0%,<100%",
    "外资合计49%（港资25%、新加坡24%）": "49", "外方合计49%（港资25%、新加坡24%）": "49", "其中外资49%": "49",
    "其中：外资49%": "49", "含外资49%": "49",
    "40%（香港40%）": "40", "外资40%（港资40%）": "40", "40%（外方40%）": "40", "40%（香港持股40%）": "40",
    "40（香港40）": "40",
    "外籍医生个人100%": "100", "外籍自然人49%": "49", "纯外资": "100", "外商独资企业": "100", "香港独资": "100",
    "全资（香港）": "100", "WFOE": "100", "WFOE (HK)": "100", "wholly foreign-owned": "100",
    "wholly owned": "100", "100%控股": "100",
    "49%股权由德国公司持有": "49",
    "51% foreign, 49% Chinese": "51", "Foreign: 49% / Chinese: 51%": "49", "30 percent": "30", "foreign 30 pct": "30",
    "30 per cent": "30", "Taiwanese 100%": "100", "Japanese 30%": "30", "state-owned 100%": "0", "half": "50",
    "33 1/3 %": "33.3333333333", "33 1/3%": "33.3333333333", "33⅓%": "33.3333333333", "12½%": "12.5",
    "49%％": "49", "49%.": "49", "50%以上（含）": "≥50%",
}  # fmt: skip
DOMESTIC, SEVERAL, ABOUT, RATIO, EITHER, FALLING, CONTROL, APART, WHOSE = (
    "it says what the domestic side holds", "it says what several hold, and not what foreign investors hold together",
    "the number is approximate", "it is a ratio, and does not say which side is foreign", 
    "it may be a range, or what each of two sides holds; write 40% to 60% if it is a range",
    "of a range, the first number is above the second", "it tells who controls, which may be with no more than 50%",
    "there is a space within the number", "it does not say for certain that foreign investors together hold that",
)  # fmt: skip
UNREAD = {
    "中方51%": DOMESTIC, "49%（中方）": DOMESTIC, "中方不低于51%": DOMESTIC,
    "港资30%+新加坡20%": SEVERAL, "日方33.3%，韩方16.7%": SEVERAL, "外方49、中方41": SEVERAL,
    "外方60%、港资40%": SEVERAL, "49%\n51%": SEVERAL,
    "约30%": ABOUT, "~30%": ABOUT, "25％左右": ABOUT,
    "约40%": ABOUT, "approx. 60%": ABOUT, "about 40%": ABOUT, "ca. 40%": ABOUT, "60% or so": ABOUT, "近六成": ABOUT,
    "50%多": ABOUT, "约30%-50%": ABOUT, "约一半": ABOUT,
    "49：51": RATIO, "51/49": RATIO, "4/6": RATIO, "5/5": RATIO,
    "40%-60%": EITHER, "49-51": EITHER, "4-6": EITHER, "50%-30%": FALLING,
    "外资控股": CONTROL, "相对控股": CONTROL, "参股": CONTROL, "minority foreign": CONTROL, "中方控股": CONTROL,
    "中方绝对控股": DOMESTIC, "中方30%-50%": DOMESTIC, "不低于50%，不超过30%": SEVERAL, "30%、不超过70%": SEVERAL,
    "49%（绝对控股）": SEVERAL, "未过半": None, "非绝对控股": WHOSE, "从49%至51%": None, "50%以上(不含50%)": None,
    "30-50万元": None, "外方70%（其中港资20%-80%）": None, "4 9%": APART, "49 51": APART,
    "控股": CONTROL, "由49%增至51%": None, "25%，另有港资10%": None, "外方现金出资1000万美元": None,
    "外商投资企业49%": WHOSE, "5¹": None,
    # Of these the words leave doubt.
    "51%（中方）": DOMESTIC, "中外合资（中方占51%）": DOMESTIC, "51% (Chinese side)": DOMESTIC, "Chinese 51%": DOMESTIC,
    "49% (Maersk)": WHOSE, "49%（马士基）": WHOSE, "甲方49%": WHOSE, "拟60%": WHOSE, "间接持股49%": WHOSE,
    "at 25%": WHOSE, "no 25%": WHOSE,
    "JV 50/50": RATIO, "JV 51/49": RATIO, "中外合资 49:51": RATIO, "ca 80%": ABOUT,
    "60%（香港40%）": SEVERAL, "40%（香港60%）": SEVERAL, "40%（中方40%）": SEVERAL, "中方40%（香港40%）": SEVERAL,
    "外资合计49%（港资25%、新加坡29%）": SEVERAL, "外资50%、港资50%": SEVERAL, "外资50%、港资25%、台资25%": SEVERAL,
    "49%中方51%": None, "49%外方51%": None, "51%外方49%中方": None,
    "合资": None, "JV": None, "独资": None, "全资子公司": None, "外商投资企业全资子公司": None, 
    "外商投资企业独资": None, "外商投资企业": None,
    "原49%现30%": None, "认缴49%实缴30%": None, "49‰": None, "33 4/3 %": APART,
    "5①": None, "外方": None, "%": None, "1.2.3%": None, "外方70%（其中港资90%）": None,
}  # fmt: skip


def share(text: str) -> Share | NoShare | None:
    return READER.read(text)


@pytest.mark.parametrize(("text", "written"), SHARES.items())
def test_what_says_the_whole_share_of_the_foreign_side_is_read(text: str, written: str) -> None:
    found = share(text)
    assert isinstance(found, Share)
    assert found.written == written
    # A register and a profile read it alike, and what a screening writes down is read as the same again.
    (given,) = of_table(CellTable({"企业名称": ["甲"], "城市": ["上海"], "外资比例": [text]}, 1)).profiles
    assert given == {"city": "上海", "foreign_share": written}
    values = [read_facts(Profile.of({**given, "foreign_share": one}), BOOK, DAY).values for one in (text, written)]
    assert values[0]["foreign_share"] == values[1]["foreign_share"]


@pytest.mark.parametrize(("text", "why"), UNREAD.items())
def test_what_does_not_is_missing_with_the_reason(text: str, why: str | None) -> None:
    found = share(text)
    assert not isinstance(found, Share)
    assert (None if found is None else found.why.en) == why
    told = of_table(CellTable({"企业名称": ["甲"], "城市": ["上海"], "外资比例": [text]}, 1))
    assert told.profiles == [{"city": "上海"}]
    assert [code for _, code, _ in told.notes[0]] == ["P102"]
    assert (why or "is not a number") in told.texts[0][0]
    with pytest.raises(ProfileError, match="P102"):
        read_facts(Profile.of({"foreign_share": text}), BOOK, DAY)


def test_bounds_are_known_in_part() -> None:
    facts = read_facts(Profile.of({"foreign_share": "不低于50%"}), BOOK, DAY)
    assert facts.values["foreign_share"] == Interval(Decimal(50), False, Decimal(100), False)
    with pytest.raises(ProfileError, match="P108"):
        read_facts(Profile.of({"foreign_share": "超过100%"}), BOOK, DAY)


RANGES = [
    "30%至50%", "50%至60%", "51-100%", "25%以上50%以下", "超过25%不超过50%", "绝对控股", "不超过半数", "0~49%",
    "49%~51%", "50%至50%",
]  # fmt: skip


def test_ranges_are_decided_as_a_check_decides_them() -> None:
    places = ["上海", "天津", "成都"] * len(RANGES)
    shares = [one for one in RANGES for _ in range(3)]
    names = [f"公司{place}" for place in range(len(shares))]
    found = of_table(CellTable({"企业名称": names, "城市": places, "外资比例": shares}, len(shares)))
    found.agrees()
    assert not any(code for notes in found.notes for _, code, _ in notes)
    # As a profile states the same, without words.
    said = {
        "30%至50%": {"at_least": 30, "at_most": 50},
        "超过25%不超过50%": {"above": 25, "at_most": 50},
        "50%至50%": 50,
    }
    for words, bounds in said.items():
        one, other = (read_facts(Profile.of({"foreign_share": told}), BOOK, DAY) for told in (words, bounds))
        assert one.values == other.values


def test_the_unit_of_a_range_without_a_sign_is_that_of_its_column() -> None:
    cells = {"企业名称": ["甲", "乙", "丙"], "城市": ["上海"] * 3, "外资比例": ["0.3-0.5", "60", "30-50"]}
    told = {
        "doubt": [None, "60", "30%~50%"],
        "percent": ["0.3%~0.5%", "60", "30%~50%"],
        "above_one": [None, "60", "30%~50%"],
    }
    for unit, left in told.items():
        found = of_table(CellTable(cells, 3), units={"外资比例": unit})
        assert [one.get("foreign_share") for one in found.profiles] == left, unit
        assert [code for _, code, _ in found.notes[0]] == (["S306"] if left[0] is None else [""]), unit
    fraction = of_table(
        CellTable({**cells, "外资比例": ["0.3-0.5", "0.6", "30%-50%"]}, 3), units={"外资比例": "fraction"}
    )
    assert [one.get("foreign_share") for one in fraction.profiles] == ["30%~50%", "60", "30%~50%"]
    (note,) = of_table(CellTable(cells, 3), units={"外资比例": "doubt"}).texts[0]
    assert note.startswith("`0.3-0.5` may be 30%~50% or 0.3%~0.5%: left out")


def test_a_number_below_one_beside_a_larger_one_is_in_doubt_unless_its_heading_says_percent() -> None:
    for heading, unit, share, code in (
        ("外资比例", "above_one", None, "S306"),
        ("外资比例（%）", "above_one", "0.5", ""),
        ("外资比例（%）", "doubt", None, "S306"),
        ("外资比例（%）", "fraction", "50", None),
    ):
        cells = {"企业名称": ["甲", "乙"], "城市": ["上海", "上海"], heading: ["0.5", "0"]}
        found = of_table(CellTable(cells, 2), units={heading: unit})
        assert [one.get("foreign_share") for one in found.profiles] == [share, "0"], (heading, unit)
        assert [told for _, told, _ in found.notes[0]] == ([] if code is None else [code])


def test_a_cell_is_read_once_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    # A register's cell is read where it is encoded, told and compared with the type of its company.
    read, own = list[str](), type(READER)._of_words

    def counted(reader: ShareReader, cell: str) -> Share | NoShare | None:
        read.append(cell)
        return own(reader, cell)

    monkeypatch.setattr(ShareReader, "_of_words", counted)
    cells = ["约7成半多一点", "外方49.125%"] * 3
    told = [READER.read(cell) for cell in cells]
    assert read == cells[:2]
    assert told == [own(READER, cell) for cell in cells]
