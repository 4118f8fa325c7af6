"""What a screening says of columns: lists that count as complete, and columns that may hold facts."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from applicability import load_rulebook
from applicability.bulk.register.column_plan import plan_of
from applicability.bulk.register.status_columns import says_gone
from applicability.model.headings import plain
from applicability.screening import known_headings, screen

from ...cli.conftest import Run
from ..engine.tables import DAY

BOOK = load_rulebook()


def notices(folder: Path, headings: Sequence[str], cells: Sequence[str]) -> list[str]:
    path = folder / "register.csv"
    path.write_text(",".join(headings) + "\n" + ",".join(cells) + "\n", "utf-8")
    return [one.en for one in screen(path, BOOK, as_of=DAY).summary.notices]


def test_a_column_that_counts_as_a_complete_list_is_told_once(tmp_path: Path) -> None:
    headings = ["企业名称", "城市", "业务活动", "持牌或监管身份"]
    told = notices(tmp_path, headings, ["甲", "上海", "travel-agency", "无"])
    assert told == [
        "`业务活动`, `持牌或监管身份` counted as complete: what a cell does not list is taken not to be so, and an "
        "empty cell stays unknown; where a column lists only a part, call it `activities (in part)`, "
        "`licences (in part)`"
    ]
    assert notices(tmp_path, ["企业名称", "城市", "activities.yes"], ["甲", "上海", "travel-agency"]) == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_tells_which_zones_count_as_others_and_what_that_rests_on(
    run: Run, tmp_path: Path, lang: str
) -> None:
    register = tmp_path / "r.csv"
    register.write_text(
        "企业名称,城市,所在功能区\n甲,天津,东疆综合保税区\n乙,天津,东疆综合保税区\n丙,天津,天津港综合保税区\n丁,天津,东疆片区\n",
        "utf-8",
    )
    said = {
        "zh": "名册：天津东疆综合保税区（2家）在天津自贸试验区天津港东疆片区内，因此也按自由贸易试验区判断"
        "；存疑：天津东疆综合保税区由国务院国发〔2015〕19号所印发方案以“东疆保税港区”之名计入天津自贸试验区天津港东疆片区；"
        "改为现名后是否仍计入，规则库没有载明，暂按仍计入判断；请先向该片区的管理机构核实（没有文件写明由谁答复，系推断）",
        "en": "Register: Tianjin Dongjiang Comprehensive Bonded Zone (companies: 2) lies in Tianjin Port Dongjiang "
        "area of the Tianjin Pilot Free Trade Zone, and so counts as a pilot free trade zone too; in doubt: Tianjin "
        "Dongjiang Comprehensive Bonded Zone is counted in the Tianjin Port Dongjiang area of the Tianjin Pilot Free "
        "Trade Zone as the Dongjiang bonded port area, by the plan that State Council document Guofa [2015] No. 19 "
        "issued; whether it still counts there under its present name the rules do not hold, and it is taken to: first "
        "confirm it with the administrative body of that area (no text says who answers; our inference)",
    }[lang]
    mark = {"zh": "因此也按", "en": "and so counts as"}[lang]

    def about(*options: object) -> list[str]:
        done = run("screen", register, "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang, *options)
        assert done.returncode == 0, done.stderr
        told = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0].iter_rows(max_col=1, values_only=True)
        return [str(one) for (one,) in told if mark in str(one)]

    assert about() == [said]
    # It is told whatever the result is written to, since verdicts rest on it.
    assert said in run("screen", register, "--as-of", DAY, "--lang", lang).stdout.splitlines()
    # No measure that is asked for reads that type of zone.
    assert about("--measure", 1) == []


def test_a_column_that_may_hold_a_fact_is_told_with_what_to_call_it(tmp_path: Path) -> None:
    headings = ["企业名称", "城市", "主营业务", "经营地", "联系电话"]
    (told,) = notices(tmp_path, headings, ["甲", "上海", "x", "y", "z"])
    assert told.startswith(
        "columns that may hold facts and were not read: `主营业务` as `sector` (where it tells sectors, such as travel "
        "agency) or `activities (in part)` (where it tells activities), `经营地` as `address`"
    )
    assert "(`主营业务: activities (in part)`)" in told


@pytest.mark.parametrize(
    ("headings", "held"),
    [
        (("Foreign %", "% foreign", "Foreign owned %", "% foreign owned"), "foreign_share"),
        (("USCC", "USCC no."), "credit_code"),
        (("Registered office",), "registered_address"),
        (("Client name", "客户名称"), "name"),
        # What asks yes or no, or may be another number, place or word.
        (("Foreign", "Foreign-owned", "RegNo", "Domicile", "Ownership"), None),
    ],
)
def test_english_headings_are_read_where_they_mean_one_thing(headings: Sequence[str], held: str | None) -> None:
    known = known_headings(BOOK, {})
    assert [known(one) for one in headings] == [held] * len(headings)


def test_headings_that_may_be_others_are_told_with_what_to_call_them(tmp_path: Path) -> None:
    (told,) = notices(
        tmp_path, ["Client name", "city", "Domicile", "Ownership", "RegNo"], ["A", "Shanghai", "", "", ""]
    )
    assert "`Domicile` as `address`, `Ownership` as `company type`, `RegNo` as `unified social credit code`" in told


def test_a_mapping_of_codes_leaves_the_names_that_are_found_without_one(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text("Whom,city,RegNo\nAlpha,Shanghai,91310115MARR48Q0X2\n", "utf-8")
    for mapping in ({}, {"RegNo": "credit_code"}):
        out = tmp_path / f"{len(mapping)}.csv"
        screen(path, BOOK, as_of=DAY, output=out, mapping=mapping, form="wide")
        (line,) = csv.DictReader(out.read_text("utf-8-sig").splitlines())
        assert line["Whom"] == "Alpha"
        assert ("RegNo" in line) is bool(mapping)


@pytest.mark.parametrize(("column", "headings"), BOOK.headings.may_hold.items())
def test_what_a_column_may_be_called_is_known_and_it_is_not_read_by_itself(
    column: str, headings: Sequence[str]
) -> None:
    known = known_headings(BOOK, {})
    assert known(column) == column
    assert not [one for one in headings if known(one) is not None]
    assert all(BOOK.headings.may_be[plain(one)] == column for one in headings)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_summary_and_the_workbook_say_so(run: Run, tmp_path: Path, lang: str) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,业务活动,主营业务\n甲,上海,travel-agency,x\n", "utf-8")
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "r.xlsx", "--as-of", DAY, "--lang", lang)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    about = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    # A workbook is read away from the command line: it has headings in place of keys and options.
    heading = {"zh": "`业务活动（部分）`", "en": "`activities (in part)`"}[lang]
    for words, names in ((done.stderr or done.stdout, (heading, "--mapping")), (about, (heading,))):
        for one in (*names, {"zh": "按完整清单读取", "en": "counted as complete"}[lang]):
            assert one in words


def test_companies_that_operate_no_longer_are_counted_and_screened(tmp_path: Path) -> None:
    states = ["存续（在营、开业、在册）", "注销", "吊销，未注销", "已注销", "迁出", "", "在业", "未注销"]
    lines = [f"企业{place},上海,{state}" for place, state in enumerate(states)]
    for heading in ("经营状态", "登记状态"):
        (tmp_path / "r.csv").write_text("\n".join([f"企业名称,城市,{heading}", *lines, "合计,,注销"]), "utf-8")
        done = screen(tmp_path / "r.csv", BOOK, as_of=DAY)
        assert done.summary.companies == len(states)
        (told,) = done.summary.notices
        assert told.en == (
            f"companies that `{heading}` says to operate no longer were screened like others: `注销` 2, `吊销` 1, "
            "`迁出` 1; delete those that should not count"
        )
        assert told.zh.startswith(f"`{heading}` 列写明不再经营的企业也已筛查：`注销` 2家、`吊销` 1家、`迁出` 1家；")
    (tmp_path / "r.csv").write_text("企业名称,城市,状态\n甲,上海,存续\n", "utf-8")
    assert screen(tmp_path / "r.csv", BOOK, as_of=DAY).summary.notices == ()


def test_companies_that_have_suspended_business_are_told_apart_from_those_that_ended(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    states = ["存续", "歇业", "歇业（备案）", "歇业后注销", "注销", "Dormant"]
    lines = [f"企业{place},上海,{state}" for place, state in enumerate(states)]
    path.write_text("\n".join(["企业名称,城市,经营状态", *lines]), "utf-8")
    gone, resting = screen(path, BOOK, as_of=DAY, output=tmp_path / "o.xlsx").summary.notices
    assert gone.zh.endswith("也已筛查：`注销` 2家；不应计入的，先从名册中删去")
    assert "`歇业` 2家、`dormant` 1家；歇业的仍保有营业执照，不必删去" in resting.zh
    assert "`歇业` 2, `dormant` 1; they keep their licence and need not be deleted" in resting.en
    (sheet, *_) = (
        one for one in openpyxl.load_workbook(tmp_path / "o.xlsx") if "经营状态" in [cell.value for cell in one[1]]
    )
    place = [cell.value for cell in sheet[1]].index("经营状态")
    told = {row[place].value for row in sheet.iter_rows(min_row=2) if row[place].font.b}
    assert told <= {"歇业后注销", "注销"}


def test_a_workbook_marks_companies_that_operate_no_longer_beside_their_names(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("企业名称,城市,经营状态\n甲,上海,存续\n乙,上海,吊销（未注销）\n丙,上海,注销\n", "utf-8")
    screen(path, BOOK, as_of=DAY, output=tmp_path / "o.xlsx")
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheets = [one for one in book.worksheets if "经营状态" in [cell.value for cell in one[1]]]
    assert len(sheets) >= 2
    for sheet in sheets:
        place = [cell.value for cell in sheet[1]].index("经营状态")
        told = {row[place].value: row[place].font.b for row in sheet.iter_rows(min_row=2)}
        assert {one for one, bold in told.items() if bold} == {"吊销（未注销）", "注销"} & set(told)
    # A file of another format has the columns that it had.
    screen(path, BOOK, as_of=DAY, output=tmp_path / "o.csv", form="wide")
    assert "经营状态" not in (tmp_path / "o.csv").read_text("utf-8-sig")


@pytest.mark.parametrize("sector", [True, False])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_and_the_summary_say_the_same_of_what_a_column_may_be(
    run: Run, tmp_path: Path, lang: str, sector: bool
) -> None:
    heads, cells = ("所属行业,", "旅行社,") if sector else ("", "")
    (tmp_path / "r.csv").write_text(f"企业名称,城市,{heads}经营范围\n甲,上海,{cells}旅行社业务\n", "utf-8")
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "r.xlsx", "--as-of", DAY, "--lang", lang)
    sheet = openpyxl.load_workbook(tmp_path / "r.xlsx").worksheets[0]
    about = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    starts = {
        "zh": "名册：可能是事实而未读取的列：",
        "en": "Register: columns that may hold facts and were not read: ",
    }[lang]
    ends = {"zh": "；要读取的", "en": "; to read one"}[lang]
    (told,) = {text.split(starts)[1].split(ends)[0] for text in (done.stderr + done.stdout, about)}
    only = {"zh": "`经营范围` 为 `业务活动（部分）`", "en": "`经营范围` as `activities (in part)`"}[lang]
    assert (told == only) is sector
    assert ({"zh": "`行业`", "en": "`sector`"}[lang] in told) is not sector


# Holders and words for what they hold; each with 其中, 合计 and a unit too.
@pytest.mark.parametrize(
    "holder",
    [
        "外资",
        "外方",
        "外商",
        "境外投资者",
        "外国投资者",
        "外国股东",
        "境外股东",
        "港澳台及外资",
        "外资及港澳台",
        "外资（含港澳台）",
    ],
)
@pytest.mark.parametrize("share", ["占比", "比例", "比重", "股比", "持股比例", "股权占比", "出资比例", "认缴出资比例"])
def test_headings_of_the_foreign_share_are_read_whoever_they_say_holds_it(holder: str, share: str) -> None:
    known = known_headings(BOOK, {})
    for form in ("{}{}", "其中：{}{}", "其中{}{}", "其中: {}{}（%）", "{}合计{}", " {} {}（％）"):
        assert known(form.format(holder, share)) == "foreign_share", form


@pytest.mark.parametrize("heading", [
    "统一社会信用代码（税号）", "统一社会信用代码/税号", "企业统一社会信用代码", "单位统一社会信用代码（18位）",
    "统一社会信用代码（组织机构代码）", "统一社会信用代码（或注册号）", "税号（统一社会信用代码）", "信用代码（税号）",
])  # fmt: skip
def test_headings_of_credit_codes_are_read_with_what_else_they_are_called(heading: str) -> None:
    assert known_headings(BOOK, {})(heading) == "credit_code"


@pytest.mark.parametrize("heading", [
    "其中港澳台占比", "港澳台占比", "中方占比", "内资比例", "中方持股比例", "境外收入占比", "外资（不含港澳台）占比",
    "外籍员工占比", "出口占比", "是否外资持股", "股东信用代码", "母公司统一社会信用代码", "机构信用代码",
    "法定代表人国籍", "对外投资国别", "中方国别",
    "foreign staff %", "foreign shareholder",
])  # fmt: skip
def test_headings_that_mean_another_thing_are_neither_read_nor_told_as_a_fact(tmp_path: Path, heading: str) -> None:
    assert known_headings(BOOK, {})(heading) is None
    assert notices(tmp_path, ["企业名称", "城市", heading], ["甲", "上海", "x"]) == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("投资者国别（地区）", "origins of the investors (in part)"),
        ("外方股东国别/地区", "origins of the investors (in part)"),
        ("国别（地区）", "origins of the investors (in part)"),
        ("境外占比", "foreign share"),
        ("外资占比（2024年末）", "foreign share"),
        ("外方实缴占比", "foreign share"),
        ("信用代码编号", "unified social credit code"),
        ("Overseas equity %", "foreign share"),
    ],
)
def test_a_heading_whose_words_look_like_a_fact_is_told_where_no_column_tells_it(
    tmp_path: Path, heading: str, column: str
) -> None:
    (told,) = notices(tmp_path, ["企业名称", "城市", heading], ["甲", "上海", "x"])
    assert f"`{heading}` as `{column}`" in told
    if column == "foreign share":
        assert notices(tmp_path, ["企业名称", "城市", "外资比例", heading], ["甲", "上海", "40", "x"]) == []


@pytest.mark.parametrize(
    ("headings", "read"),
    [
        (["外资比例", "其中：港澳台占比"], "外资比例"),
        (["外资比例", "其中：外资占比"], "外资比例"),  # of the former a part, or the same
        (["中方占比", "其中：外资占比"], "其中：外资占比"),
        (["港澳台占比", "境外投资者占比"], "境外投资者占比"),
        (["港澳台占比", "外资合计占比"], "外资合计占比"),
        (["港澳台占比", "港澳台及外资占比"], "港澳台及外资占比"),
        (["港澳台占比", "外资占比（合计）"], "外资占比（合计）"),
        (["港澳台占比", "外资占比"], None),
        (["其中：港澳台占比", "其中：外资占比"], None),
        (["港澳台投资者持股比例", "外国投资者持股比例"], None),
    ],
)
def test_a_part_of_the_foreign_share_is_not_read_as_all_of_it(
    tmp_path: Path, headings: list[str], read: str | None
) -> None:
    holds = plan_of(BOOK, ["企业名称", *headings]).holds
    assert [one for one, held in holds.items() if held == "foreign_share"] == ([] if read is None else [read])
    told = notices(tmp_path, ["企业名称", "城市", *headings], ["甲", "上海", "30%", "20%"])
    if read is None:
        part, other = headings
        assert f"`{other}` as `foreign share` (as the total: where `{part}` is not in it, add that first)" in told[0]
        assert plan_of(BOOK, headings, {other: "foreign_share"}).holds == {other: "foreign_share"}
    else:
        assert told == []


@pytest.mark.parametrize(
    ("heading", "column"),
    [
        ("国民经济行业（大类/小类）", "sector"),
        ("国民经济行业(门类、大类)", "sector"),
        ("资质牌照", "licences (in part)"),
        ("牌照资质", "licences (in part)"),
        # The parts are of two facts, or of none that a heading alone would tell.
        ("行业牌照", None),
        ("企业名称（代码）", None),
        ("国民经济行业（备注）", None),
    ],
)
def test_a_heading_of_parts_that_are_known_is_told_as_what_it_may_hold(
    tmp_path: Path, heading: str, column: str | None
) -> None:
    told = [one for one in notices(tmp_path, ["企业名称", "城市", heading], ["甲", "上海", "x"]) if "may hold" in one]
    assert [f"`{heading}` as `{column}`" in one for one in told] == ([True] if column else [])


@pytest.mark.parametrize("cell", ["迁往北京", "已迁至外地", "迁到河北", "迁至北京市", "moved to Beijing"])
def test_a_company_that_moved_elsewhere_is_counted_as_gone(cell: str) -> None:
    assert says_gone(cell)


@pytest.mark.parametrize("cell", ["迁至本区", "由北京迁入", "未迁往外地", "拟迁往北京", "moved to this district"])
def test_a_company_that_moved_here_or_not_at_all_is_not_counted_as_gone(cell: str) -> None:
    assert not says_gone(cell)


@pytest.mark.parametrize("said", ["licences.yes", "持牌或监管身份（部分）", "licences (in part)"])
def test_a_mapping_takes_what_the_summary_calls_a_column(run: Run, tmp_path: Path, said: str) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,持牌情况\n甲,天津,商业银行\n", "utf-8")
    (tmp_path / "m.yaml").write_text(f"columns:\n  持牌情况: {said}\n", "utf-8")
    options = ("--mapping", tmp_path / "m.yaml", "--facts", tmp_path / "f.csv", "--as-of", DAY, "--lang", "zh")
    done = run("screen", tmp_path / "r.csv", *options)
    assert done.returncode == 0, done.stderr
    assert "持牌情况" not in done.stdout
    (row,) = csv.DictReader((tmp_path / "f.csv").read_text("utf-8-sig").splitlines())
    assert row["licences.yes"] == "commercial_bank"


@pytest.mark.parametrize(
    ("lang", "names"),
    [
        ("zh", ("`业务活动（部分）`", "`持牌情况` 为 `持牌或监管身份（部分）`", "`在当地注册`")),
        ("en", ("`activities (in part)`", "`持牌情况` as `licences (in part)`", "`registered in the place`")),
    ],
)
def test_the_terminal_calls_columns_as_the_workbook_does(
    run: Run, tmp_path: Path, lang: str, names: tuple[str, ...]
) -> None:
    head, cells = "企业名称,城市,业务活动,持牌情况,是否本区注册", "甲,上海,travel-agency,x,是"
    (tmp_path / "r.csv").write_text(f"{head}\n{cells}\n", "utf-8")
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[0]
    about = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    for name in names:
        assert name in done.stdout
        assert name in about
