"""What every HTML page has: a title of its own, and Chinese marked as Chinese in a page in English."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser

import pytest

from applicability import Profile, Rulebook, check, report
from applicability.analysis.reach_map import reach_map
from applicability.report.claims import html as claims
from applicability.report.reach_map import html as reach
from applicability.text import Lang

DAY = datetime.date(2026, 11, 23)
HAN = re.compile("[\u3400-\u9fff]")
VOID = {"meta", "br", "input", "link", "img"}


class Reader(HTMLParser):
    """The texts of a page with the language of each, and its title."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.title = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            around = self.open[-1][1] if self.open else ""
            self.open.append((tag, dict(attrs).get("lang") or around))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, lang = self.open[-1] if self.open else ("", "")
        self.texts.append((tag, lang, data))
        self.title += data if tag == "title" else ""


def pages(book: Rulebook, lang: Lang) -> list[str]:
    """A page of every kind, of two companies and of two days."""
    found = []
    for told in ({"name": "某公司", "city": "上海"}, {"name": "Other Ltd", "city": "上海"}, {"city": "天津"}):
        for day in (DAY, DAY.replace(year=2027)):
            assessment = check(Profile(**told), book, as_of=day, engine="reference")
            selection = report.Selection(assessment, assessment.findings)
            found.append(report.render(selection, "html", report.Options(lang, explain=True)))
    found += [reach.render(reach_map(book, ["310000"], day), lang) for day in (DAY, DAY.replace(year=2027))]
    return [*found, claims.page(book, lang)]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_page_has_a_title_of_its_own(lang: Lang, rulebook: Rulebook) -> None:
    titles = [Reader(page).title for page in pages(rulebook, lang)]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_chinese_in_an_english_page_is_marked_and_nothing_else_is(rulebook: Rulebook) -> None:
    chinese = 0
    for page in pages(rulebook, "en"):
        for tag, lang, text in Reader(page).texts:
            if tag in ("title", "option", "script", "style"):
                continue
            if HAN.search(text):
                assert lang == "zh-Hans", text
                chinese += 1
            if lang == "zh-Hans":
                assert not re.search(r"[A-Za-z]+ [A-Za-z]+", text), text
    assert chinese > 100


def test_marking_changes_no_text(monkeypatch: pytest.MonkeyPatch, rulebook: Rulebook) -> None:
    marked = ["".join(text for _, _, text in Reader(page).texts) for page in pages(rulebook, "en")]
    for module in ("assessment", "claims", "reach_map"):
        monkeypatch.setattr(f"applicability.report.{module}.html.marked", lambda page, lang: page)
    plain = ["".join(text for _, _, text in Reader(page).texts) for page in pages(rulebook, "en")]
    assert marked == plain
