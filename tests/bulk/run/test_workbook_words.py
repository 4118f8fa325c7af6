"""What the workbook of a screening tells a clerk: what was left out, what is taken from where, and how to mend it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import openpyxl
import pytest

from applicability import load_rulebook, screen
from applicability.bulk.output.word_lists import word_meanings
from applicability.text import Lang

from ...cli.conftest import Run
from ..engine.tables import DAY

BOOK = load_rulebook()
ABROAD = ("hong_kong", "macao", "taiwan", "singapore", "other_foreign")
REGISTER = """企业名称,企业类型,城市,外资比例,业务活动
甲,有限责任公司(外国法人独资),成都,,travel-agency
乙,外资企业,上海,,吃饭
丙,其他,没有的市,30%,
丁,有限责任公司(外国法人独资),天津,,
合计,,,,
"""
NAMES: dict[Lang, tuple[str, ...]] = {
    "zh": ("说明", "备注", "对照表", "如何改正", "非企业行", "外资比例取自 企业类型（3家）"),
    "en": ("About", "Notes", "Matrix", "How to fix it", "No company", "foreign share from 企业类型 (3)"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_workbook_tells_what_was_left_out_and_how_to_mend_it(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    options = ("--as-of", DAY, "--lang", lang)
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--summary", tmp_path / "s.json", *options)
    assert done.returncode == 0
    about, notes, matrix, mend, rejects, told = NAMES[lang]
    assert told in done.stdout
    derived = json.loads((tmp_path / "s.json").read_text("utf-8"))["derived"]
    assert {one["fact"]: one["companies"] for one in derived} == {"foreign_share": 3, "entity_kind": 3}

    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    cells = [str(cell) for row in book[about].iter_rows(values_only=True) for cell in row if cell is not None]
    assert any(told in cell for cell in cells)
    assert any(row[0] == rejects and "1" in str(row[1]) for row in book[about].iter_rows(values_only=True))
    head, *lines = book[notes].iter_rows(values_only=True)
    assert head[-1] == mend
    assert any(f"{notes}”" in cell and str(len(lines)) in cell for cell in cells)
    kinds = {line[head.index({"zh": "列", "en": "Column"}[lang])] for line in lines}
    assert kinds <= {*cells}
    hints = {line[-2]: line[-1] for line in lines if line[-3]}
    assert hints
    assert all(hints.values()), hints

    titles = {str(one.row): one.title.of(lang) for one in BOOK.measures}
    heads = [str(cell) for cell in next(book[matrix].iter_rows(values_only=True))]
    own = [one.split(" ", 1) for one in heads if one.split(" ", 1)[0] in titles]
    assert len(own) == len(titles)
    assert all(titles[row].startswith(title.rstrip("…")) for row, title in own)


def test_the_notes_in_text_have_the_hints_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    run("screen", tmp_path / "r.csv", "--notes", tmp_path / "n.csv", "--as-of", DAY, "--lang", "zh")
    with (tmp_path / "n.csv").open(encoding="utf-8-sig", newline="") as text:
        rows = [*csv.DictReader(text)]
    assert [*rows[0]][-2:] == ["note", "hint"]
    assert {row["code"]: bool(row["hint"]) for row in rows if row["code"]} == {"P107": True, "P103": True}


def test_the_facts_are_those_of_companies_and_no_rows_of_totals(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    run("screen", tmp_path / "r.csv", "--facts", tmp_path / "f.csv", "--as-of", DAY, "-o", tmp_path / "o.csv")
    with (tmp_path / "f.csv").open(encoding="utf-8-sig", newline="") as text:
        assert [row["企业名称"] for row in csv.DictReader(text)] == [*"甲乙丙丁"]


@pytest.mark.parametrize(("lang", "sheet"), [("zh", "可填的词"), ("en", "Words to answer with")])
def test_a_word_that_is_unknown_is_looked_up_on_the_sheet_of_words(
    run: Run, tmp_path: Path, lang: Lang, sheet: str
) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,activities\n甲,上海,火星采矿\n", "utf-8")
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang)
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    assert sheet in book.sheetnames
    words = {str(row[2]) for row in book[sheet].iter_rows(values_only=True)}
    assert {one.label.of(lang) for one in BOOK.sectors.activities.values()} <= words
    (hint,) = [str(row[-1]) for row in book[NAMES[lang][1]].iter_rows(values_only=True) if "P107" in row]
    assert sheet in hint
    assert "`applicability" not in hint
    # A file of notes stands alone, and says where else to look.
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.csv", "--as-of", DAY, "--lang", lang)
    assert "`applicability facts activities`" in (tmp_path / "o.notes.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("lang", "sheet", "parts", "whom"),
    [
        (
            "zh",
            "各项措施",
            "鼓励（支持、鼓励）：外方人员签证便利；权利（允许、取消、免、放开）：随行配偶和家属的入境和停留期",
            "移民管理机构（推断）；所在地商务主管部门（推断）",
        ),
        (
            "en",
            "By measure",
            "an encouragement (the text supports): Easier visas for foreign staff; "
            "a right (the text permits): Entry and stay of accompanying spouses and family",
            "the immigration authority (inferred); the place's commerce department (inferred)",
        ),
    ],
)
def test_the_force_of_a_measure_is_told_by_part_and_whom_to_ask_about_it(
    run: Run, tmp_path: Path, lang: Lang, sheet: str, parts: str, whom: str
) -> None:
    """A right of a part for others was told as the force of what is only encouraged."""
    (tmp_path / "r.csv").write_text(REGISTER, "utf-8")
    assert run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang).returncode == 0
    rows = openpyxl.load_workbook(tmp_path / "o.xlsx")[sheet].iter_rows(values_only=True)
    told = {row[0]: (row[2], row[-1]) for row in rows}
    assert told[111] == (parts, whom)
    assert told[99][1] == {"zh": "外汇管理部门", "en": "the foreign-exchange authority"}[lang]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_hints_of_a_workbook_are_in_the_words_of_cells(run: Run, tmp_path: Path, lang: Lang) -> None:
    (tmp_path / "r.csv").write_text(
        "企业名称,城市,主体类型,行业,业务活动,是否在当地注册,持牌或监管身份,实际经营地址\n"
        "甲,天津市,企业,0000,旅行社业务,迁往北京,火星牌照,某地\n",
        "utf-8",
    )
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang)
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    about, notes, *_ = NAMES[lang]
    hints = {str(row[2]): str(row[-1]) for row in book[notes].iter_rows(min_row=2, values_only=True)}
    assert (
        hints
        == {
            "zh": {
                "行业": "填国民经济行业代码（GB/T 4754-2017），如 7291 旅行社及相关服务",
                "是否在当地注册": "写“是”或“否”（问的是所填省市），或另填注册地",
                "持牌或监管身份": "见“可填的词”表中的“持牌或监管身份”",
            },
            "en": {
                "行业": "give the code of the sector (GB/T 4754-2017), such as 7291 travel agency and related services",
                "是否在当地注册": "write yes or no, as to the place given, or give the place of registration",
                "持牌或监管身份": "see “licences” on the sheet “Words to answer with”",
            },
        }[lang]
    )
    cells = [str(cell) for row in book[about].values for cell in row if cell is not None]
    assert not any("activities.yes" in cell for cell in cells)
    if lang == "zh":
        assert any("`实际经营地址` 为 `住所`" in cell for cell in cells)
    # A file of notes stands alone.
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.csv", "--as-of", DAY, "--lang", lang)
    assert "`applicability facts sector --search WORDS`" in (tmp_path / "o.notes.csv").read_text("utf-8-sig")


@pytest.mark.parametrize(("lang", "number"), [("zh", "商资函〔2025〕84号"), ("en", "Shang Zi Han [2025] No. 84")])
def test_the_lines_of_a_workbook_name_documents_by_their_numbers(
    run: Run, tmp_path: Path, lang: Lang, number: str
) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,主体类型,行业\n甲,天津市,企业,6513\n", "utf-8")
    options = ("--as-of", DAY, "--lang", lang, "--only", "all")
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", *options)
    head, *lines = openpyxl.load_workbook(tmp_path / "o.xlsx").worksheets[1].values
    at = head.index({"zh": "文件", "en": "Document"}[lang])
    assert number in {line[at] for line in lines}
    # Programs read the key.
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.csv", *options)
    assert "plan-2025-84" in (tmp_path / "o.csv").read_text("utf-8-sig")


# Two words of one cell are unread, so that there are more notes than companies; 乙 has one note, 丙 none.
NOTED = "企业名称,城市,业务活动\n甲,成都,吃饭；喝茶\n乙,没有的市,\n丙,上海,\n丁,成都,唱歌；跳舞；travel-agency\n"


@pytest.mark.parametrize("piece", [1, 2, 100])
@pytest.mark.parametrize("processes", [1, 2])
def test_notes_are_counted_with_the_companies_that_they_are_about(tmp_path: Path, piece: int, processes: int) -> None:
    source = tmp_path / "r.csv"
    source.write_text(NOTED, "utf-8")
    found = screen(source, BOOK, as_of=DAY, piece=piece, processes=processes, lang="zh")
    told = found.to_dict()
    assert (told["notes"], told["noted"], told["unread"]) == (5, 3, 3)
    kinds = {(one["column"], one["code"]): (one["count"], one["companies"]) for one in told["kinds_of_notes"]}
    assert kinds == {("业务活动", "P107"): (4, 2), ("城市", "P103"): (1, 1)}


def test_the_companies_of_each_kind_of_note_are_told_in_text_and_in_the_workbook(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text(NOTED, "utf-8")
    options = ("--as-of", DAY, "--lang", "zh", "--piece", 1)
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", *options)
    assert done.returncode == 0
    assert "备注5条，涉及3家企业" in done.stdout
    lines = [line.split() for line in done.stdout.splitlines()]
    assert ["备注条数", "企业数", "列，及一例"] in lines
    assert [line[:3] for line in lines if line[2:3] in (["业务活动：例如"], ["城市：例如"])] == [
        ["4", "2", "业务活动：例如"],
        ["1", "1", "城市：例如"],
    ]
    about = [row[:3] for row in openpyxl.load_workbook(tmp_path / "o.xlsx")["说明"].iter_rows(values_only=True)]
    head = about.index(("未读入的，在列", "备注条数", "涉及企业数，及一例"))
    kinds = [(column, count, str(told).split("。")[0]) for column, count, told in about[head + 1 : head + 3]]
    assert kinds == [("业务活动", 4, "2家（P107）"), ("城市", 1, "1家（P103）")]
    assert any("备注”：5条，涉及3家企业，其中3家有内容未读入" in str(row[0]) for row in about)
    assert ("事实", "问到的企业数", "有多少家在等，其余为何不问") in about


def test_what_was_not_read_stands_apart_from_how_something_was_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("企业名称,城市,区县\n甲,天津,市辖区\n乙,没有的市,\n丙,上海,\n", "utf-8")
    done = run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", "en")
    assert "2 notes on 2 companies, of 1 of which something was not read" in done.stdout
    about = [row[:3] for row in openpyxl.load_workbook(tmp_path / "o.xlsx")["About"].iter_rows(values_only=True)]
    heads = [row[0] for row in about]
    unread, read = heads.index("Not read, in column"), heads.index("Only to be checked, in column")
    assert heads[unread + 1 : read] == ["城市"]
    assert heads[read + 1] == "区县"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_hints_of_a_workbook_have_labels_and_no_keys_of_values(run: Run, tmp_path: Path, lang: Lang) -> None:
    older = "innovative drugs or devices approved in China"
    cells = {"投资者来源地": "境外", "持牌或监管身份": "bank", "集团身份": "商业保理公司", "药械产品": older}
    (tmp_path / "r.csv").write_text(f"企业名称,{','.join(cells)}\n甲,{','.join(cells.values())}\n", "utf-8")
    run("screen", tmp_path / "r.csv", "-o", tmp_path / "o.xlsx", "--as-of", DAY, "--lang", lang)
    notes = openpyxl.load_workbook(tmp_path / "o.xlsx")[NAMES[lang][1]]
    hints = {str(row[2]): str(row[-1]) for row in notes.iter_rows(min_row=2, values_only=True)}
    keys = {key for fact in BOOK.facts.values() for key in (fact.name, *fact.values)}
    words = {word for hint in hints.values() for word in re.findall("`(.*?)`", hint)}
    assert words
    assert not words & keys
    origins, factor = BOOK.facts["investor_origins"].values, BOOK.facts["licences"].values["commercial_factoring"]
    between = {"zh": "；", "en": "; "}[lang]
    listed = between.join(f"`{one.label.of(lang)}`" for key, one in origins.items() if key in ABROAD)
    assert listed in hints["投资者来源地"]
    assert (
        hints["集团身份"]
        == {
            "zh": f"填在“持牌或监管身份”列：`{factor.label.zh}`",
            "en": f"write `{factor.label.en}` in the column “licences”",
        }[lang]
    )


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_of_many_names_of_a_word_the_sheet_has_the_first(lang: Lang) -> None:
    fact = BOOK.facts["investor_origins"]
    told = word_meanings(BOOK, fact, lang)
    word, before, behind = {
        "zh": ("其他国家或地区", "也可写：", "等；"),
        "en": ("another country", "also: ", " and others; "),
    }[lang]
    names, _, rest = told[word].removeprefix(before).partition(behind)
    own = names.split({"zh": "、", "en": ", "}[lang])
    assert len(own) == len({*own}) == 20
    assert rest
    assert all(fact.value_of(one) == "other_foreign" for one in own)
    assert not any(one.isupper() for one in own), "no codes"
    assert {"zh": "英属维尔京群岛", "en": "British Virgin Islands"}[lang] in own
    # What has few names keeps all of them.
    assert {"zh": "HK", "en": "HKG"}[lang] in told[{"zh": "香港", "en": "Hong Kong"}[lang]]
