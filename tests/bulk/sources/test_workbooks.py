"""Workbooks as people have them: titles, merged cells, hidden sheets, number formats, and what is no workbook."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.styles import Font

from applicability.bulk.sources.number_formats import as_shown
from applicability.bulk.sources.open import open_source
from applicability.errors import ProfileError

from .reading import COMPANIES, HEADINGS, RIGHT, dropped, notices, rows, screened, verdicts, workbook

TABLE: Sequence[Sequence[object]] = (HEADINGS, *COMPANIES)


def test_the_stated_extent_of_a_sheet_is_not_trusted(tmp_path: Path) -> None:
    workbook(tmp_path / "whole.xlsx", TABLE)
    with zipfile.ZipFile(tmp_path / "whole.xlsx") as old, zipfile.ZipFile(tmp_path / "mine.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b'<dimension ref="A1:E4"', b'<dimension ref="A1"'))
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == []


@pytest.mark.parametrize("form", ["0%", "0.00%_);(0.00%)", "0.00%_ ", "0%;;;@", "[Red]0.0%", '0%" "', "[<2]0%;General"])
def test_a_share_is_read_as_its_format_shows_it(form: str, tmp_path: Path) -> None:
    shares = (0.49, 1, 0)
    lines = [(*one[:3], share, one[4]) for one, share in zip(COMPANIES, shares, strict=True)]
    book = workbook(tmp_path / "mine.xlsx", (HEADINGS, *lines))
    for line in range(2, 5):
        book.active.cell(line, 4).number_format = form
    book.save(tmp_path / "mine.xlsx")
    assert verdicts(screened(tmp_path / "mine.xlsx")) == RIGHT
    assert [row["外资比例"] for row in rows(tmp_path / "mine.xlsx")] == ["49%", "100%", "0%"]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (49, "0\\%", "49%"),  # an escaped sign scales nothing
        (49, '0"%"', "49%"),
        (49, "0％", "49%"),
        (-0.1, "0.00%_);(0.00%)", "-10%"),
        (0.25, "[<0.5]0.0%;0", "25%"),
        (7, "[<0.5]0.0%;0", "7"),
        (0.49, "0.00", "0.49"),
        (0.49, "General", "0.49"),
        (3, '0"个"', "3"),
        (3, '0"%以上"', "3%以上"),  # what else it says is for the reader to refuse
        (1 / 3, "0%", "33.3333333333%"),
        (111, "0000", "0111"),
        (111.0, "0000_ ", "0111"),
        (5, "0", "5"),
        (0.5, '"50%"* 0', "0.550%"),
    ],
)
def test_a_number_is_what_its_cell_shows(value: float, form: str, shown: str) -> None:
    assert as_shown(value, form) == shown


@pytest.mark.parametrize("mark", ["'", "’"])
def test_a_typed_mark_of_text_is_no_part_of_a_cell(mark: str, tmp_path: Path) -> None:
    marked = [[f"{mark}{one}" if place in (2, 3) else one for place, one in enumerate(line)] for line in COMPANIES]
    workbook(tmp_path / "mine.xlsx", (HEADINGS, *marked))
    assert [(row["行业代码"], row["外资比例"]) for row in rows(tmp_path / "mine.xlsx")] == [
        tuple(map(str, one[2:4])) for one in COMPANIES
    ]
    assert verdicts(screened(tmp_path / "mine.xlsx")) == RIGHT


def test_titles_above_the_headings_are_passed_over_and_told(tmp_path: Path) -> None:
    title = ["2026年外商投资企业名录（示例）"]
    workbook(tmp_path / "mine.xlsx", (title, [], ["制表单位：某某", "", "单位：%"], *TABLE))
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == ["rows 1 to 3 above the headings were passed over: 2026年外商投资企业名录（示例） …"]
    assert [row["line"] for row in rows(tmp_path / "mine.xlsx")] == [5, 6, 7]


def test_a_chart_sheet_without_a_chart_is_passed_over_and_told_as_one_where_it_is_asked_for(tmp_path: Path) -> None:
    book = workbook(tmp_path / "mine.xlsx", TABLE)
    book.create_chartsheet("空", 0)
    book.save(tmp_path / "mine.xlsx")
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == ["the chart sheet `空` was passed over"]
    with pytest.raises(ProfileError) as refused:
        screened(tmp_path / "mine.xlsx", sheet="空")
    (problem,) = refused.value.problems
    assert (problem.message, problem.hint) == ("the sheet `空` is a chart, and holds no companies", "it has Sheet")


def test_hidden_sheets_chart_sheets_and_other_sheets_are_left_out_and_named(tmp_path: Path) -> None:
    book = workbook(tmp_path / "mine.xlsx", [["填表说明"], ["每家企业一行"]], TABLE[:2], TABLE, TABLE[:3], [])
    names = ["说明", "旧", "企业", "另", "空"]
    for sheet, name in zip(book.worksheets, names, strict=True):
        sheet.title = name
    book["旧"].sheet_state = "hidden"
    book.create_chartsheet("图", 0).add_chart(BarChart())
    book.save(tmp_path / "mine.xlsx")
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == [
        "the headings of 2 sheets are known equally well (`企业`, `另`): only the first, `企业`, was read; the "
        "others are screened with --sheet, one by one, by the commands below; for a total put them into one sheet "
        "first",
        "the chart sheet `图` was passed over",
        "the sheet `说明` (2 rows) was left out",
        "the hidden sheet `旧` (2 rows) was left out; --sheet reads it",
        "the sheet `另` (3 rows with its headings) was left out, though its headings are known too; screen it as well, "
        f"with the other options as before: {command(tmp_path, '另')}",
    ]
    other = notices(screened(tmp_path / "mine.xlsx", sheet="另"))
    assert other[0] == "the sheet `另` was read"
    assert other[-1].startswith("the sheet `企业` (4 rows with its headings) was left out")
    assert list(verdicts(screened(tmp_path / "mine.xlsx", sheet="旧"))) == ["甲"]
    assert list(verdicts(screened(tmp_path / "mine.xlsx", sheet="另"))) == ["甲", "乙"]


def test_a_sheet_of_fewer_known_headings_is_left_out_and_the_one_that_is_read_is_named(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", [("企业名称", "城市"), ("甲", "上海"), ("", ""), ("乙", "")], TABLE)
    assert notices(screened(tmp_path / "mine.xlsx")) == [
        "the sheet `Sheet1` was read",
        "the sheet `Sheet` (3 rows with its headings) was left out, though its headings are known too; screen it as "
        f"well, with the other options as before: {command(tmp_path, 'Sheet')}",
    ]


def command(folder: Path, title: str) -> str:
    """The command that screens a sheet of a workbook which was left out."""
    return f"applicability screen {folder}/mine.xlsx --sheet {title} -o {folder}/mine-{title}-screened.xlsx"


def test_a_name_that_is_merged_over_several_rows_is_told_by_count(tmp_path: Path) -> None:
    headings = (*HEADINGS, "股东名称")
    lines = [[*COMPANIES[0], "A"], [""] * 5 + ["B"], [""] * 5 + ["C"], [*COMPANIES[1], "A"], [*COMPANIES[2], "A"]]
    lines.append([""] * 5 + ["B"])
    book = workbook(tmp_path / "mine.xlsx", (headings, *lines))
    for column in "ABCDE":
        book.active.merge_cells(f"{column}2:{column}4")
        book.active.merge_cells(f"{column}6:{column}7")
    book.save(tmp_path / "mine.xlsx")
    done = screened(tmp_path / "mine.xlsx")
    assert len(verdicts(done)) == 3
    assert done.summary.read == 6
    assert notices(done) == [
        "the names of 2 companies are merged over several rows: the other 3 rows were each screened as a company "
        "too, so the counts may be too high; leave one row for each company, with its investors in that row"
    ]


def test_a_workbook_of_hidden_sheets_asks_which(tmp_path: Path) -> None:
    book = workbook(tmp_path / "mine.xlsx", TABLE)
    book.active.sheet_state = "hidden"
    book.create_chartsheet("图").add_chart(BarChart())
    book.active = 1
    book.save(tmp_path / "mine.xlsx")
    with pytest.raises(ProfileError, match="all its sheets are hidden"):
        screened(tmp_path / "mine.xlsx")
    assert verdicts(screened(tmp_path / "mine.xlsx", sheet="Sheet")) == RIGHT


def test_headings_of_two_rows_are_joined(tmp_path: Path) -> None:
    above = ("序号", "企业名称", "所在地", "", "行业代码", "外资", "", "业务活动")
    below = ("", "", "城市", "区县", "", "方", "比例", "")
    lines = [(1, "甲", "上海", "浦东新区", "63", "某国", 49, "domestic-ip-vpn")]
    book = workbook(tmp_path / "mine.xlsx", (["某区企业名录"], above, below, *lines))
    for merged in ("A1:H1", "A2:A3", "B2:B3", "C2:D2", "E2:E3", "F2:G2", "H2:H3"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "mine.xlsx")
    (row,) = rows(tmp_path / "mine.xlsx")
    assert list(row) == ["line", "序号", "企业名称", "城市", "区县", "行业代码", "外资方", "外资比例", "业务活动"]
    assert (row["line"], row["外资比例"]) == (4, "49")
    assert verdicts(screened(tmp_path / "mine.xlsx")) == {"甲": "eligible"}


def test_the_city_under_a_place_of_registration_is_that_of_the_registration(tmp_path: Path) -> None:
    for group, parts in (("注册地", ("省份", "城市", "区县")), ("注册地", ("所在省", "地市", "县区"))):
        above = ("序号", "企业名称", group, "", "", "行业代码")
        lines = (1, "甲", "上海", "上海", "浦东新区", "63")
        book = workbook(tmp_path / "mine.xlsx", (above, ("", "", *parts, ""), lines))
        for merged in ("A1:A2", "B1:B2", "C1:E1", "F1:F2"):
            book.active.merge_cells(merged)
        book.save(tmp_path / "mine.xlsx")
        (row,) = rows(tmp_path / "mine.xlsx")
        assert list(row) == ["line", "序号", "企业名称", *(group + part for part in parts), "行业代码"]
        assert verdicts(screened(tmp_path / "mine.xlsx")) == {"甲": "needs_info"}


def test_a_name_in_a_group_is_not_that_of_the_company(tmp_path: Path) -> None:
    above = ("企业信息", "", "", "", "投资方", "", "")
    below = ("企业名称", "城市", "行业代码", "业务活动", "名称", "国别", "外资比例")
    workbook(tmp_path / "mine.xlsx", (above, below, ("甲", "上海", "63", "domestic-ip-vpn", "某公司", "某国", 49)))
    (row,) = rows(tmp_path / "mine.xlsx")
    assert (row["企业名称"], row["投资方名称"], row["外资比例"]) == ("甲", "某公司", "49")


def test_a_row_of_units_below_the_headings_is_no_company(tmp_path: Path) -> None:
    units = ("", "", "", "（%）", "")
    workbook(tmp_path / "mine.xlsx", (HEADINGS, units, *COMPANIES))
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert done.summary.read == 3


def test_line_breaks_in_headings_are_none(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (("企业\n名称", "城市", "行业\r\n代码", "外资\n比例", "业务活动"), *COMPANIES))
    assert list(rows(tmp_path / "mine.xlsx")[0]) == ["line", *HEADINGS]
    mapping = {"外资\n比例": "foreign_share"}  # as the workbook has it
    assert verdicts(screened(tmp_path / "mine.xlsx", mapping=mapping)) == RIGHT


@pytest.mark.parametrize("kind", ["merged", "blank", "csv"])
def test_a_heading_that_is_merged_down_names_its_column_below_a_group(kind: str, tmp_path: Path) -> None:
    above = ["序号", "企业基本情况", "", "业务", "", "", "备注"]
    below = ["", "企业名称", "城市", "行业代码", "外资比例（%）", "业务活动", ""]
    own = [[str(place), *one, ""] for place, one in enumerate(COMPANIES, 1)]
    footers = [["小计", "3家", "", "", "", "", ""], ["", "", "", "", "", "", "注：含分公司"], ["合计", *[""] * 6]]
    lines = [["某台账", *[""] * 6], above, below, *own, *footers]
    path = tmp_path / ("mine.csv" if kind == "csv" else "mine.xlsx")
    if kind == "csv":
        path.write_text("\n".join(",".join(line) for line in lines), "utf-8")
    else:
        book = workbook(path, lines)
        for merged in ("A1:G1", "A2:A3", "B2:C2", "D2:F2", "G2:G3") if kind == "merged" else ():
            book.active.merge_cells(merged)
        book.save(path)
    done = screened(path)
    assert verdicts(done) == RIGHT
    assert notices(done) == ["row 1 above the headings was passed over: 某台账"]
    assert dropped(done) == {7: "S309", 8: "S309", 9: "S309"}
    assert done.summary.ignored == ("序号", "备注")


def test_a_row_above_the_headings_that_names_no_column_below_it_is_a_title(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (["台账", "某局", "", "", ""], *TABLE))
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == ["row 1 above the headings was passed over: 台账"]
    (tmp_path / "mine.csv").write_text("台账,某局,,\n企业名称,城市,,外资比例\n甲,上海,x,49\n", "utf-8")
    assert [row["企业名称"] for row in rows(tmp_path / "mine.csv")] == ["甲"]


def test_cells_that_are_merged_over_several_rows_count_in_each(tmp_path: Path) -> None:
    lines = [list(one) for one in COMPANIES]
    for line in lines[1:]:
        line[1] = line[2] = ""
    book = workbook(tmp_path / "mine.xlsx", (HEADINGS, *lines, ["", "", "", "", ""], ["说明：以下略"]))
    for merged in ("B2:B5", "C2:C4", "A6:E8"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "mine.xlsx")
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert dropped(done) == {6: "S309"}
    assert done.summary.read == 4  # row 5 holds nothing of its own


def test_cells_without_a_heading_cost_no_company_and_are_told(tmp_path: Path) -> None:
    lines = [(*HEADINGS, "", "备注"), *COMPANIES[:2], (*COMPANIES[2], "某", "", "已电话核对")]
    workbook(tmp_path / "mine.xlsx", lines)
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done) == ["columns F, H have no heading and were left out"]


def test_footers_and_repeated_headings_are_dropped_and_told(tmp_path: Path) -> None:
    lines = (
        *TABLE[:2], HEADINGS, *TABLE[2:], ["合计", "3家"], ["注：数据截至2026年10月"],
        ["", "制表人：某某", "", "审核人：某某"], ["填表日期：2026年11月1日"],
    )  # fmt: skip
    workbook(tmp_path / "mine.xlsx", lines)
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert dropped(done) == dict.fromkeys((3, 6, 7, 8, 9), "S309")


def test_the_row_of_the_headings_can_be_said(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (*TABLE[:2], [], HEADINGS, *TABLE[2:]))
    done = screened(tmp_path / "mine.xlsx", header_row=4)
    assert list(verdicts(done)) == ["乙", "丙"]
    assert notices(done) == ["rows 1 to 2 above the headings were passed over: 企业名称 …"]
    with pytest.raises(ProfileError, match="row 3 holds no headings"):
        screened(tmp_path / "mine.xlsx", header_row=3)


def test_a_row_of_one_known_heading_is_found_below_a_title(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", (["某名单"], ["企业名称", "甲列"], ["甲", "x"]))
    assert [row["企业名称"] for row in rows(tmp_path / "mine.xlsx")] == ["甲"]


def test_a_formula_that_came_to_nothing_is_an_empty_cell(tmp_path: Path) -> None:
    lines = [(*one[:3], f"={one[3]}", one[4]) for one in COMPANIES]
    workbook(tmp_path / "new.xlsx", (HEADINGS, *lines))
    with zipfile.ZipFile(tmp_path / "new.xlsx") as old, zipfile.ZipFile(tmp_path / "mine.xlsx", "w") as new:
        for name in old.namelist():
            data = old.read(name).replace(b'<c r="D2"><f>', b'<c r="D2" t="str"><f>')
            for empty in (b"<v></v>", b"<v />"):
                data = data.replace(b"<f>100</f>" + empty, b"<f>100</f><v>100</v>")
            new.writestr(name, data)
    assert [row["外资比例"] for row in rows(tmp_path / "mine.xlsx")] == [None, "100", None]
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done)["甲"] == "needs_info"
    assert verdicts(done)["乙"] == "ineligible"


HTML = "<html><head><meta charset='utf-8'></head><body><table><tr><td>企业名称</td></tr></table></body></html>"


@pytest.mark.parametrize(
    ("name", "data", "says", "hint"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook of Excel 97 to 2003", "save it as"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old workbook of Excel 97 to 2003", "save it as"),
        (
            "a.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "the workbook has a password",
            "remove the password",
        ),
        ("a.xls", HTML.encode(), "it is a web page", "save it as"),
        ("a.xls", b"\xff\xfe" + HTML.encode("utf-16-le"), "it is a web page", "save it as"),
        ("a.csv", HTML.encode(), "it is a web page", "save it as"),
        (
            "a.xls",
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            "XML spreadsheet of 2003",
            "save it as",
        ),
        (
            "a.xls",
            b'\xef\xbb\xbf<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>',
            "XML spreadsheet of 2003",
            "save it as",
        ),
        ("a.xls", b'<?xml version="1.0"?><companies><company/></companies>', "it is XML", "save it as"),
        ("a.csv", b'<?xml version="1.0"?><companies><company/></companies>', "it is XML", "save it as"),
        ("a.xls", b"MIME-Version: 1.0\nX-Document-Type: Workbook\n\n--x\n<html>", "it is a web page", "save it as"),
        (
            "a.xls",
            "企业名称\t城市\n甲\t上海\n".encode("gb18030"),
            "it is called a workbook, and is plain text",
            "--from csv",
        ),
    ],
)
def test_what_is_called_a_workbook_and_is_none_says_how_to_save_it(
    name: str, data: bytes, says: str, hint: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(data)
    with pytest.raises(ProfileError) as refused:
        screened(tmp_path / name)
    (problem,) = refused.value.problems
    assert problem.code == "S101"
    assert says in problem.message
    assert hint in problem.hint
    assert problem.told_message("zh") != problem.message


def test_a_new_workbook_that_is_called_xls_is_read(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", TABLE)
    (tmp_path / "mine.xlsx").rename(tmp_path / "mine.xls")
    assert verdicts(screened(tmp_path / "mine.xls")) == RIGHT


@pytest.mark.parametrize("name", ["a.ods", "a.xlsb"])
def test_other_workbooks_say_how_to_save_them(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    with pytest.raises(ProfileError, match="are not read"):
        screened(tmp_path / name)


def test_a_run_is_not_resumed_with_another_sheet_or_row_of_headings(tmp_path: Path) -> None:
    workbook(tmp_path / "mine.xlsx", TABLE, TABLE)
    known = [
        open_source(str(tmp_path / "mine.xlsx"), sheet=sheet, header_row=row)
        for sheet, row in ((None, None), ("Sheet", None), ("Sheet1", None), (None, 1), (None, 2))
    ]
    for source in known:
        source.close()
    assert len({repr(source.identity) for source in known}) == len(known)


def test_hidden_and_struck_rows_and_comments_are_told_once(tmp_path: Path) -> None:
    book = workbook(tmp_path / "mine.xlsx", TABLE, (["x"], ["y"]))
    sheet, other = book.worksheets
    sheet.auto_filter.ref = "A1:E4"
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = sheet.row_dimensions[9].hidden = True
    for cell in sheet[3]:
        cell.font = Font(strike=True)
    sheet["A4"].font = Font(strike=True)  # a cell, and not the row
    sheet["D2"].comment = Comment("about 30%", "me")
    sheet["D3"].comment = Comment("<comment >", "me")
    other.row_dimensions[2].hidden = True
    other["A1"].comment = Comment("x", "me")
    book.save(tmp_path / "mine.xlsx")
    done = screened(tmp_path / "mine.xlsx")
    assert verdicts(done) == RIGHT
    assert notices(done)[2:] == [
        "rows hidden, as by a filter, were read like others: 2; delete those that are not meant",
        "rows that are struck through were read like others: 1; delete those that are not meant",
        "comments on cells were not read: 2; write the facts in them into cells",
    ]
