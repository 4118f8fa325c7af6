"""What is screened on the page names no command and no option: whoever is there has no terminal."""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from applicability import screen
from applicability.errors import ProfileError
from applicability.model.column_names import column_called
from applicability.model.profile import Profile
from applicability.report.language.sentences import LEAVES, SCOPE
from applicability.screening import known_headings
from applicability.service.choices import ShareUnit
from applicability.service.service import Service
from applicability.text import LANG_TAGS, Lang
from applicability.web.plain_words import spoken, to_whoever_filled_it_in, told_problems
from applicability.web.problems import details
from applicability.web.registers import screened

SOURCE = Path(__file__).parents[2] / "src" / "applicability"
TERMINAL = re.compile(r"--[a-z]|`?\bapplicability [a-z]+|`init`|-o FILE")
DOUBTFUL = """企业名称,所在城市,行业,外资比例,as_of,企业类型,功能区,activities,57.taiwan,主体类型
甲公司,火星,7291,0.3,2024-01-01,不知道哪种,月球,飞行,也许,某种
乙公司,成都,不知道,0.5,2026-11-29,企业,四川自贸试验区,旅行社,,
,成都,旅行,0.5,,企业,,,,
丙,四川,99999,0.2,,企业,中关村,travel-agencys,,
丁,成都,,,,,,,,
"""


def workbook(service: Service, data: bytes, name: str, lang: Lang, shares: ShareUnit | None = None) -> list[str]:
    """Every text of the workbook and of the summary of a register that is screened on the page."""
    summary, made = screened(service, io.BytesIO(data), name, lang, None, shares)
    book = openpyxl.load_workbook(io.BytesIO(made), read_only=True)
    cells = [cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    told = [one[key] for one in summary["kinds_of_notes"] for key in ("example", "hint")]
    told += [one[lang] for one in summary["notices"]]
    return [*(cell for cell in cells if isinstance(cell, str)), *told]


@pytest.mark.parametrize(("lang", "ask", "form"), [
    ("zh", "在网页“批量名册”选定“0.3是”哪一种", "见“可填的词”表中的“"),
    ("en", "choose on the page “Register” what “0.3 means”", "on the sheet “Words to answer with”"),
])  # fmt: skip
def test_a_workbook_names_what_the_page_has(service: Service, lang: Lang, ask: str, form: str) -> None:
    for shares in (None, "fraction"):
        told = workbook(service, DOUBTFUL.encode(), "mine.csv", lang, shares)
        assert [one for one in told if TERMINAL.search(one)] == []
        assert any(ask in one for one in told) is (shares is None)
        assert any(form in one for one in told)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_that_are_left_out_are_told_for_the_page(service: Service, lang: Lang) -> None:
    book = openpyxl.Workbook()
    for place, title in enumerate(("名册", "另一份", "隐藏的")):
        sheet = book.active if not place else book.create_sheet()
        sheet.title = title
        sheet.append(["企业名称", "所在城市", "行业"][: 3 - (place == 1)])
        sheet.append(["甲", "成都", "7291"][: 3 - (place == 1)])
    book["隐藏的"].sheet_state = "hidden"
    data = io.BytesIO()
    book.save(data)
    told = workbook(service, data.getvalue(), "mine.xlsx", lang)
    assert [one for one in told if TERMINAL.search(one)] == []
    for title in ("另一份", "隐藏的"):
        assert any(title in one and {"zh": "单独的文件", "en": "a file of its own"}[lang] in one for one in told), title


@pytest.mark.parametrize(("lang", "ask"), [("zh", "请另加一列“城市”写明"), ("en", "Add a column “city”")])
def test_a_registration_alone_asks_for_a_column_of_the_place(service: Service, lang: Lang, ask: str) -> None:
    told = workbook(service, "企业名称,注册地\n甲,成都\n乙,上海\n".encode(), "mine.csv", lang)
    assert [one for one in told if TERMINAL.search(one)] == []
    assert any(ask in one for one in told)


def test_without_a_command_line_columns_are_called_by_words_that_are_read(service: Service) -> None:
    headings = ["企业名称", "城市", "持牌或监管身份", "Line of business", "登记类型", "是否自贸区", "经营地", "国别"]
    table = ",".join(headings) + "\n甲,上海,无,x,y,z,a,b\n"
    summary, _ = screened(service, io.BytesIO(table.encode()), "mine.csv", "zh")
    whole, told = summary["notices"]
    assert whole["zh"].endswith("列名改为 `持牌或监管身份（部分）`")
    assert whole["en"].endswith("call it `licences (in part)`")
    assert told["zh"].startswith(
        "可能是事实而未读取的列：`Line of business` 为 `行业`（写的是行业的，如旅行社）或 `业务活动（部分）`（写的是"
        "业务活动的）、`登记类型` 为 `企业类型`、`是否自贸区` 为 `所在功能区（部分）`、`经营地` 为 `住所`、"
        "`国别` 为 `投资者来源地（部分）`"
    )
    assert (
        "`Line of business` as `sector` (where it tells sectors, such as travel agency) or `activities (in part)`"
        in (told["en"])
    )
    known = known_headings(service.rulebook, {})
    for column in service.rulebook.headings.may_hold:
        called = column_called(service.rulebook, column)
        assert (known(called.zh), known(called.en)) == (column, column)


@pytest.mark.parametrize(("name", "data", "zh"), [
    ("mine.csv", b"\xff\xfe\x00a,\x81\x8d", "另存为"), ("mine.xlsx", b"a,b\n1,2\n", ".csv"),
    ("mine.csv", "甲,乙\n1,2\n".encode(), "空白名册"),
])  # fmt: skip
def test_a_refusal_tells_what_can_be_done_on_the_page(service: Service, name: str, data: bytes, zh: str) -> None:
    with pytest.raises(ProfileError) as refused:
        screened(service, io.BytesIO(data), name, "zh")
    for one in refused.value.problems:
        assert not TERMINAL.search(one.told_hint("zh") + one.told_hint("en"))
        assert zh in one.told_hint("zh")


def test_the_command_line_still_names_its_options(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("企业名称,所在城市,外资比例\n甲,火星,0.3\n", "utf-8")
    notes = " ".join(str(one) for one in screen(table).notes.to_pylist())
    assert "--set-unit" in notes


# What only a command line, a file of a profile or a caller of the library can meet.
_NOT_ON_THE_PAGE = (
    "--header-row", "--from csv, tsv", "--from 指明", "--rejects FILE", "--notes FILE", "-o FILE", "--format",
    "`applicability init`", "--processes", "--engine",
    "`applicability facts` 列出全部事实", "`applicability facts` lists the facts",
)  # fmt: skip


def _texts(tree: ast.AST) -> Iterator[str]:
    """The words of each plain `Text` of a module; those that a `SurfaceText` has for the terminal are none."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Text":
            for each in node.args:
                yield "".join(str(one.value) for one in ast.walk(each) if isinstance(one, ast.Constant))


@pytest.mark.parametrize("folder", ["bulk", "loading/profile", "loading/company"])
def test_a_text_that_names_an_option_says_what_the_page_says_instead(folder: str) -> None:
    found: list[Any] = []
    for path in sorted((SOURCE / folder).rglob("*.py")):
        for words in _texts(ast.parse(path.read_text("utf-8"))):
            bare = words
            for one in _NOT_ON_THE_PAGE:
                bare = bare.replace(one, "")
            if TERMINAL.search(bare):
                found.append((path.name, words))
    assert found == []


@pytest.mark.parametrize(
    ("profile", "hint"),
    [
        (
            {"sector": "火星采矿"},
            "say in other words what the company does (travel agency), or give its code, and choose from the list",
        ),
        (
            {"city": "火星"},
            "No city, district or county in mainland China has this name: give the city where the company "
            "is or will be registered",
        ),
        ({"city": "成嘟"}, "did you mean `成都`?"),
        (
            {"foreign_share": "33,3"},
            "did you mean `33.3`? If not, write the percentage that all investors from abroad "
            "hold, Hong Kong, Macao and Taiwan included, as `49%`",
        ),
        ({"mars": 1}, "the headings of the empty register are what may be said"),
        ({"limits": {"9.nothing": True}}, "the page “All measures” lists the limits of each row"),
    ],
)
def test_a_hint_over_http_names_what_the_page_has(service: Service, profile: dict[str, Any], hint: str) -> None:
    with pytest.raises(ProfileError) as wrong:
        service.check(Profile.of(profile))
    for lang in LANG_TAGS:
        told = details(422, wrong.value.problems, lang, "0").problems
        assert not TERMINAL.search(told[0].hint)
        assert lang != "en" or told[0].hint == hint
        # The page leaves none of it out as words for a terminal.
        hint_ = told_problems(told, {}, lang)[0]["hint"]
        assert hint_.casefold().rstrip(".。") == spoken(told[0].hint, {}).casefold()


@pytest.mark.parametrize(("lang", "message", "hint"), [
    ("zh", "“tourism” 可以指多个行业。", "选其中一个：“611” 旅游饭店；“7291” 旅行社及相关服务；“786” 游览景区管理。"),
    ("en", "“tourism” names several sectors.", "Choose one: “611” Tourist hotels, “7291” Travel agencies and "
     "related services, “786” Management of tourist attractions."),
])  # fmt: skip
def test_a_mistake_and_its_hint_are_sentences_of_one_language(
    service: Service, lang: Lang, message: str, hint: str
) -> None:
    with pytest.raises(ProfileError) as wrong:
        service.check(Profile.of({"sector": "tourism"}))
    (told,) = told_problems(details(422, wrong.value.problems, lang, "0").problems, {}, lang)
    assert (told["message"], told["hint"]) == (message, hint)


@pytest.mark.parametrize(("lang", "word"), [("zh", "档案|填报"), ("en", "profile")])
def test_a_reason_on_the_page_speaks_to_whoever_filled_it_in(lang: Lang, word: str) -> None:
    every = {one.of(lang) for one in (*LEAVES.values(), *SCOPE.values())}
    assert any(re.search(word, one) for one in every)
    assert [one for one in every if re.search(word, to_whoever_filled_it_in(one, lang))] == []
