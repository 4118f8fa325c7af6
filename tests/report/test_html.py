"""HTML pages: titles, marked Chinese, and templates that are not loaded for text output."""

from __future__ import annotations

import datetime
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from applicability import Rulebook
from applicability.analysis.reach_map import reach_map
from applicability.report import Options, Selection, render, whole
from applicability.report.claims.html import page as claims_page
from applicability.report.layout.html import lang_spans
from applicability.report.reach_map.html import render as map_page
from applicability.text import Lang

from .conftest import Assess

CHINESE = re.compile("[\u3400-\u9fff]")
OPEN_ENDED = {"meta", "br", "input"}  # void elements, which have no end tag


class Unmarked(HTMLParser):
    """Collects the title, and the text outside elements with `lang="zh"`."""

    def __init__(self) -> None:
        super().__init__()
        self.title = ""
        self.unmarked: list[str] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in OPEN_ENDED:
            chinese = bool(self._open and self._open[-1][1]) or dict(attrs).get("lang") == "zh"
            self._open.append((tag, chinese))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        within = {tag for tag, _ in self._open}
        if "title" in within:
            self.title += data
        elif not within & {"style", "script"} and not any(chinese for _, chinese in self._open):
            self.unmarked.append(data)

    def close(self) -> None:
        super().close()
        assert self._open == []


def read(text: str) -> Unmarked:
    """The parsed page; asserts that every element is closed in the right place."""
    page = Unmarked()
    page.feed(text)
    page.close()
    return page


def pages(lang: Lang, assess: Assess, rulebook: Rulebook) -> Iterator[str]:
    """One page of every kind, and several of assessments."""
    for facts in ({"city": "上海", "name": "红色旅行社"}, {"city": "苏州"}, {}):
        yield render(whole(assess(**facts)), "html", Options(lang, explain=True))
    assessment = assess(city="苏州")
    for row in (1, 2):
        yield render(Selection(assessment, (assessment.finding(row),), single=True), "html", Options(lang))
    yield render(whole(assess(as_of="2026-11-02", city="苏州")), "html", Options(lang))
    yield claims_page(rulebook, lang)
    yield map_page(reach_map(rulebook, rulebook.pilots, datetime.date(2026, 11, 1), rulebook.measures), lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_two_pages_have_one_title(lang: Lang, assess: Assess, rulebook: Rulebook) -> None:
    titles = [read(text).title for text in pages(lang, assess, rulebook)]
    assert all(titles)
    assert len(titles) == len(set(titles))


def test_a_title_names_the_company_the_place_and_the_day(assess: Assess) -> None:
    title = read(render(whole(assess(city="上海", name="Red <b>Travel</b>")), "html", Options("en"))).title
    assert title.startswith("Red <b>Travel</b> · Shanghai · as of 2026-11-01 – ")


def test_chinese_in_an_english_page_is_marked(assess: Assess, rulebook: Rulebook) -> None:
    for text in pages("en", assess, rulebook):
        assert '<html lang="en">' in text
        assert [data for data in read(text).unmarked if CHINESE.search(data)] == []


def test_a_page_in_chinese_marks_none(assess: Assess, rulebook: Rulebook) -> None:
    for text in pages("zh", assess, rulebook):
        assert '<html lang="zh-Hans">' in text
        assert 'lang="zh"' not in text


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("nothing", "nothing"),
        ("row 5 of 商资函〔2025〕84号, row 6", 'row 5 of <span lang="zh">商资函〔2025〕84号</span>, row 6'),
        ("“不超过 50% (A'B) 的” <i>", '“<span lang="zh">不超过 50% (A&#39;B) 的</span>” &lt;i&gt;'),
        ("“no word of it”, 是", '“no word of it”, <span lang="zh">是</span>'),
        ("是\x1b[0m\u202e否", '<span lang="zh">是</span>\\x1b[0m\\u202e<span lang="zh">否</span>'),
    ],
)
def test_a_run_of_chinese_is_marked_whole(text: str, marked: str) -> None:
    assert lang_spans(text) == marked


def test_a_text_imports_no_templates() -> None:
    profile = Path(__file__).parents[2] / "examples" / "telecom-joint-venture-shanghai.yaml"
    code = (
        "import sys\n"
        "from applicability.cli.root import root\n"
        "root.main(['check', sys.argv[1]], standalone_mode=False)\n"
        "sys.exit('jinja2' in sys.modules or 'markupsafe' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code, profile], capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr
