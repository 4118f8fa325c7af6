"""The headings of a paper in both languages, and what an entity without a name leaves out."""

from __future__ import annotations

import datetime
import io
import re
from typing import Any

import pytest

from applicability import Rulebook, check
from applicability.report import whole
from applicability.report.layout.paper import Heading, Paper
from applicability.report.papers.case import case_paper
from applicability.report.papers.write import write
from applicability.text import Text

DAY = datetime.date(2026, 11, 1)
LONG = Text(
    "可用措施的原文、条件与询问部门", "What is open: the words, the terms, and whom to ask about each of the measures"
)


@pytest.fixture(scope="module")
def headed() -> Paper:
    return Paper(
        Text("题", "Title"), Text("副", "S"), (), (), (Heading(LONG), Heading(LONG, 2)), Text("注", "N"), DAY,
        Text("窗", "Window"),
    )  # fmt: skip


def test_the_second_language_of_a_heading_is_a_smaller_line(headed: Paper) -> None:
    from docx import Document

    page = write(headed, "html", "both").decode()
    second = f'<span class="second below" lang="en">{LONG.en}</span></h'
    assert page.count(second) == 2
    assert re.search(r"\.second \{ font-size: \.\d+em", page)
    document: Any = Document(io.BytesIO(write(headed, "docx", "both")))
    for one in document.paragraphs:
        if one.style.name.startswith("Heading"):
            assert one.runs[-1].text == LONG.en
            assert one.runs[-1].font.size < one.style.font.size


def test_a_short_heading_keeps_both_languages_on_its_line(headed: Paper) -> None:
    assert f'<span class="second" lang="en">{headed.title.en}</span></h1>' in write(headed, "html", "both").decode()


def test_a_heading_in_one_language_has_no_second_line(headed: Paper) -> None:
    assert 'class="second' not in write(headed, "html", "zh").decode()


@pytest.mark.parametrize("speech", ["zh", "en", "both"])
def test_an_entity_without_a_name_has_no_subtitle_and_none_at_the_foot(speech: Any, rulebook: Rulebook) -> None:
    from docx import Document

    paper = case_paper(whole(check({"city": "成都", "sector": "7291"}, rulebook, as_of=DAY, engine="reference")))
    assert paper.subtitle is None
    told = write(paper, "markdown", speech).decode() + write(paper, "html", speech).decode()
    assert "no name" not in told
    assert "未署名" not in told
    document: Any = Document(io.BytesIO(write(paper, "docx", speech)))
    assert all(one.style.name != "Subtitle" for one in document.paragraphs)
    assert document.sections[0].footer.paragraphs[0].text.startswith("2026-11-01 · ")
