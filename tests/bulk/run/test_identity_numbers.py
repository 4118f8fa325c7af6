"""No file of a screening, no summary and no message has the number of an identity card, wherever it stood."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from ...cli.conftest import RULES, Run
from ..sources.reading import HEADINGS, workbook

NUMBER = "110101199003070038"
FULL_WIDTH = NUMBER.translate({ord(str(digit)): chr(ord("０") + digit) for digit in range(10)})
# Together they are no number, but the number is in them however it is set apart.
WRITTEN = (NUMBER, FULL_WIDTH, f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}")
COMPANY = ("甲", "上海", "63", "49", "domestic-ip-vpn")
HELD = re.compile(f"19900307|{FULL_WIDTH[6:14]}")


def held(folder: Path) -> list[str]:
    """The files of a folder that hold the day of birth, which only the number has."""
    found = []
    for path in sorted(folder.iterdir()):
        texts = [path.read_bytes()]
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                texts = [book.read(name) for name in book.namelist()]
        if any(HELD.search(text.decode("utf-8", "replace")) for text in texts):
            found.append(path.name)
    return found


@pytest.mark.parametrize("number", WRITTEN)
@pytest.mark.parametrize(
    "row",
    ["填表人：张三 {}", "注：{}", "合计 {}", "张三 {}：", "一、上海（{}）", "甲,火星 {},63,49,",
     "甲,上海,63 {},4 {},{}", "甲,上海,63,49,domestic-ip-vpn,{},{}", "甲 {},上海,63,49,domestic-ip-vpn"],
)  # fmt: skip
def test_a_cell(row: str, number: str, run: Run, tmp_path: Path) -> None:
    lines = [",".join(HEADINGS), ",".join(COMPANY), row.replace("{}", number)]
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "mine.csv").write_text("\n".join(lines) + "\n", "utf-8")
    (tmp_path / "out").mkdir()
    told = []
    for name, more in (("o.csv", ("--keep", "企业名称")), ("o.xlsx", ("--lang", "zh")), ("strict.csv", ("--strict",)),
                       ("json.csv", ("--json",))):  # fmt: skip
        done = run("screen", "in/mine.csv", "--rules", RULES, "--only", "all", "-o", f"out/{name}", *more)
        told.append(done.stdout + done.stderr)
    assert not [one for one in told if HELD.search(one)]
    assert held(tmp_path / "out") == []


@pytest.mark.parametrize("number", WRITTEN)
def test_a_heading_a_title_and_a_sheets_name(number: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    headings = (*HEADINGS, f"张三 {number}")
    book = workbook(tmp_path / "in" / "mine.xlsx", ((f"负责人 {number}",), headings, (*COMPANY, "x"), ("乙", "火星")))
    hidden, other = book.create_sheet(f"张{number}"), book.create_sheet(f"李{number}")
    hidden.sheet_state = "hidden"
    hidden["A1"] = other["A1"] = "x"
    book.save(tmp_path / "in" / "mine.xlsx")
    (tmp_path / "out").mkdir()
    told = []
    for name, more in (("o.csv", ("--keep", headings[-1])), ("o.xlsx", ()), ("json.csv", ("--json",)),
                       ("s.csv", ("--sheet", f"王{number}"))):  # fmt: skip
        done = run("screen", "in/mine.xlsx", "--rules", RULES, "--only", "all", "-o", f"out/{name}", *more)
        told.append(done.stdout + done.stderr)
    assert "*" * len(number) in told[0]
    assert not [one for one in told if HELD.search(one)]
    assert held(tmp_path / "out") == []


def test_two_headings_and_headings_that_are_not_known(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "mine.csv").write_text(f"企业名称,城市,所在城市,张三 {NUMBER}\n甲,上海,北京,x\n", "utf-8")
    (tmp_path / "none.csv").write_text(f"张三,{NUMBER}\n李四,{NUMBER}\n", "utf-8")
    told = []
    for source in ("mine.csv", "none.csv"):
        for more in ((), ("--strict",), ("--keep", "没有")):
            done = run("screen", source, "--rules", RULES, "-o", "out/o.csv", "--force", *more)
            told.append(done.stdout + done.stderr)
    assert not [one for one in told if HELD.search(one)]
    assert held(tmp_path / "out") == []
