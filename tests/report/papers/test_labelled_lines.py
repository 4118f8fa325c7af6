"""Lines of a cell behind labels: set off in every format, and in both languages each beside its English."""

from __future__ import annotations

import io

import pytest

from applicability import Rulebook
from applicability.report.layout.paper import CellLines, Labelled, cell_groups
from applicability.report.papers.screening import screening_paper
from applicability.report.papers.write import write
from applicability.report.screening.json import SummaryModel
from applicability.text import Text

from .test_screening_next import TEDA
from .test_screening_paper import counted

LINES = CellLines(
    (Labelled(Text("力度", "force"), Text("鼓励", "an encouragement")), Text("全国", "everywhere")), paired=True
)


@pytest.fixture(scope="module")
def summary(rulebook: Rulebook, tmp_path_factory: pytest.TempPathFactory) -> SummaryModel:
    company = {**TEDA, "name": "甲", "activities": "软件", "sector": "6510"}
    return counted(tmp_path_factory.mktemp("register") / "companies.csv", rulebook, [company])


def test_each_line_stands_beside_its_english() -> None:
    """All the Chinese of a cell came before all its English."""
    groups = cell_groups(LINES, "both")
    assert [[run.text for run in group] for group in groups] == [
        ["力度：鼓励", "force: an encouragement"],
        ["全国", "everywhere"],
    ]
    assert [[one.text for one in run.parts] for run in groups[0]] == [
        ["力度：", "鼓励"],
        ["force:", " an encouragement"],
    ]
    assert LINES.zh == "力度：鼓励\n全国"


def test_in_html_a_label_is_set_off_and_a_pair_is_not_parted(summary: SummaryModel, rulebook: Rulebook) -> None:
    text = write(screening_paper(summary, rulebook), "html", "both").decode()
    pair = text[text.index('<div class="pair"><span class="label" lang="zh-Hans">力度：</span>') :]
    assert '<span class="label" lang="en">force:</span>' in pair[: pair.index("</div>")]
    assert ".pair { break-inside: avoid" in text


def test_in_markdown_a_label_is_bold(summary: SummaryModel, rulebook: Rulebook) -> None:
    text = write(screening_paper(summary, rulebook), "markdown", "both").decode()
    assert "**力度：**鼓励" in text
    assert " / **force:** an encouragement" in text


def test_in_a_word_document_a_label_is_bold_and_a_pair_is_not_parted(summary: SummaryModel, rulebook: Rulebook) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(io.BytesIO(write(screening_paper(summary, rulebook), "docx", "both")))
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    cell = next(one for one in cells if one.text.startswith("力度：鼓励"))
    told = {run.text: run.bold for run in cell.paragraphs[0].runs if run.text.strip()}
    assert told["力度："] is told["force:"] is True
    assert not any(bold for text, bold in told.items() if text not in ("力度：", "force:"))
    assert all(one.paragraph_format.keep_together for one in cell.paragraphs)
