"""Titles of HTML pages: two that differ in one argument have different ones, for every command that writes a page."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from pathlib import Path

import click
import pytest

from applicability.analysis.protection import HeldRules
from applicability.cli.root import root

from .conftest import ROOT, RULES, Run

TITLE = re.compile("<title>(.*?)</title>", re.DOTALL)
Arguments = tuple[str, ...]
SECOND = str(ROOT / "examples" / "second-document")
DAY = ("--as-of", "2026-11-01")
PROFILES = {
    "named.yaml": "{name: 甲, city: 上海}",
    "other.yaml": "{name: 乙, city: 上海}",
    "elsewhere.yaml": "{name: 甲, city: 苏州}",
    "unnamed.yaml": "{city: 上海}",
    "unnamed-elsewhere.yaml": "{city: 苏州}",
    "nothing.yaml": "{foreign_share: 10}",
}
OF_A_PROFILE: Sequence[Arguments] = (
    *((file, *DAY) for file in PROFILES),
    ("named.yaml", "--as-of", "2026-11-02"),
    ("named.yaml", *DAY, "--set", "city=长沙"),
    ("named.yaml", *DAY, "--set", "name=丙"),
    ("unnamed.yaml", *DAY, "--set", "city=天津"),
    ("unnamed.yaml", *DAY, "--set", "city=天津", "--set", "zones=东疆"),
)
OF_ROWS: Sequence[Arguments] = (("--measure", "1"), ("--measure", "1", "--measure", "2"), ("--chapter", "1"))
HEPING = (["120101"], ["210102"])  # two districts of one name
PACKAGED = ("--rules", str(ROOT / "rules"))
ACROSS = ("--across", "city=上海,苏州")


def of(places: Iterable[str]) -> Arguments:
    return tuple(part for place in places for part in ("--place", place))


# By command, the arguments of pages that have different titles, one by one.
PAGES: dict[str, Sequence[Arguments]] = {
    "check": (*OF_A_PROFILE, *(("named.yaml", *DAY, *rows) for rows in OF_ROWS)),
    "change": (
        *OF_A_PROFILE,
        *(("named.yaml", *DAY, *more) for more in (*OF_ROWS, ("--to", "step"), ("--size", "2"))),
    ),
    "report": (
        *OF_A_PROFILE,
        *(
            ("named.yaml", *day, "--across", across)
            for day in (DAY, ("--as-of", "2026-11-02"))
            for across in ("city=上海,苏州", "city=上海,长沙", "foreign_share=0,50", "as_of=2026-11-03,2026-11-04")
        ),
    ),
    "compare": (
        *((*arguments, *ACROSS) for arguments in (("named.yaml", *DAY), ("other.yaml", *DAY), ("unnamed.yaml", *DAY))),
        ("named.yaml", "--as-of", "2026-11-02", *ACROSS),
        *(("named.yaml", *DAY, *ACROSS, *rows) for rows in OF_ROWS),
        *((file, *DAY, "--across", "foreign_share=0,50") for file in PROFILES),
        ("named.yaml", *DAY, "--across", "foreign_share=0,100"),
        ("named.yaml", "--across", "as_of=2026-11-03,2026-11-04"),
        ("named.yaml", "--across", "as_of=2026-11-03,2026-11-05"),
        *(("named.yaml", file, *DAY) for file in PROFILES if file != "named.yaml"),
        ("other.yaml", "elsewhere.yaml", *DAY),
    ),
    "map": (
        *((*DAY, *of(places)) for places in (("上海",), ("长沙",), ("上海", "长沙"), *HEPING)),
        ("--as-of", "2026-11-02", *of(["上海"])),
        *((*DAY, *of(["上海"]), *rows) for rows in OF_ROWS),
        *((*DAY, *PACKAGED, *rows) for rows in OF_ROWS[:2]),  # the pilots
        *((*DAY, *PACKAGED, *rows, *of(["上海"])) for rows in OF_ROWS[:2]),
    ),
    "coverage": ((), ("--rules", SECOND), ("--rules", SECOND, "--mutants")),
}
# Of `screen`, whose summary is made into a page by `report`.
SCREENED: Sequence[Arguments] = (
    ("companies.csv", *DAY),
    ("others.csv", *DAY),
    ("companies.jsonl", *DAY),
    ("companies.csv", "--as-of", "2026-11-02"),
    *(("companies.csv", *DAY, *rows) for rows in OF_ROWS),
)


def test_every_command_that_writes_pages_is_tried() -> None:
    """`ask` asks for a profile, and writes the page that `report` writes of it."""
    assert isinstance(root, click.Group)
    found = {
        name
        for name in root.list_commands(click.Context(root))
        for command in [root.get_command(click.Context(root), name)]
        for parameter in (command.params if command is not None else ())
        if isinstance(parameter.type, click.Choice) and "html" in parameter.type.choices
    }
    assert found - {"ask"} == set(PAGES)


def titles(run: Run, pages: Sequence[Arguments], lang: str) -> Iterator[tuple[Arguments, str]]:
    for arguments in pages:
        done = run(arguments[0], "--rules", RULES, "--lang", lang, "--format", "html", *arguments[1:])
        assert done.returncode == 0, done.stderr
        found = TITLE.search(done.stdout)
        assert found is not None
        yield arguments, html.unescape(found[1])


def all_differ(told: Sequence[tuple[Arguments, str]]) -> None:
    alike = [(one, two, title) for (one, title), (two, other) in combinations(told, 2) if title == other]
    assert alike == []


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", PAGES)
def test_pages_that_differ_in_one_argument_have_different_titles(
    command: str, lang: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = HeldRules(frozenset(), frozenset())  # to find out what the cases hold takes a minute
    monkeypatch.setattr("applicability.protected_words.held_rules", lambda **_: held)
    for file, text in PROFILES.items():
        (tmp_path / file).write_text(text, "utf-8")
    all_differ(list(titles(run, [(command, *arguments) for arguments in PAGES[command]], lang)))


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_pages_of_screenings_have_different_titles(lang: str, run: Run, tmp_path: Path) -> None:
    (tmp_path / "companies.csv").write_text("name,city\n甲,上海\n乙,苏州\n", "utf-8")
    (tmp_path / "others.csv").write_text("name,city\n丙,上海\n丁,苏州\n", "utf-8")
    (tmp_path / "companies.jsonl").write_text('{"name": "甲", "city": "上海"}\n', "utf-8")
    pages = []
    for number, arguments in enumerate(SCREENED):
        done = run("screen", *arguments, "--rules", RULES, "--summary", f"{number}.json")
        assert done.returncode == 0, done.stderr
        pages.append(("report", f"{number}.json"))
    all_differ(list(titles(run, pages, lang)))


def test_a_title_says_whose_page_which_rows_and_the_day(run: Run, tmp_path: Path) -> None:
    (tmp_path / "named.yaml").write_text(PROFILES["named.yaml"], "utf-8")
    pages: list[Arguments] = [
        ("change", "named.yaml", *DAY, "--measure", "2", "--measure", "1"),
        ("report", "named.yaml", *DAY, "--across", "city=上海,苏州"),
        ("compare", "named.yaml", *DAY, *ACROSS),
        ("map", *DAY, "--place", "120101", "--measure", "1"),
    ]
    assert [title.partition(" – rulebook")[0] for _, title in titles(run, pages, "en")] == [
        "甲 · Shanghai · rows 1, 2 · as of 2026-11-01 – What would open more",
        "甲 · Shanghai · compared with Shanghai, Suzhou · as of 2026-11-01 – Opening of services: what can be used",
        "甲 · Shanghai, Suzhou · as of 2026-11-01 – Side by side",
        "Heping District, Tianjin · row 1 – Where each measure applies",
    ]
    assert [title.partition(" – 规则库")[0] for _, title in titles(run, pages, "zh")] == [
        "甲 · 上海市 · 第1、2行 · 截至2026-11-01 – 哪些调整可增加适用措施",
        "甲 · 上海市 · 与上海市、苏州市并列比较 · 截至2026-11-01 – 服务业扩大开放：可用的措施",
        "甲 · 上海市、苏州市 · 截至2026-11-01 – 并列比较",
        "天津市和平区 · 第1行 – 各地可适用措施一览",
    ]
