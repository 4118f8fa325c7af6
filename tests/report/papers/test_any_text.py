"""Text that XML does not allow, in a name: every paper is whole, and escapes it as a terminal would see it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import example, given, strategies as st
from markupsafe import escape

from applicability import Assessment, Rulebook, check, decisions, report
from applicability.analysis.comparison import Comparison
from applicability.decisions import Candidate
from applicability.report import whole
from applicability.report.changes import tables as changes_tables
from applicability.report.comparison import tables as comparison_tables
from applicability.report.comparison.picture import picture
from applicability.report.layout.matrix import svg
from applicability.report.layout.paper import Paper
from applicability.report.layout.wrap import printable, xml_text
from applicability.report.papers.case import case_paper, cover_of
from applicability.report.papers.case_workbook import case_workbook
from applicability.report.papers.changes import changes_paper
from applicability.report.papers.comparison import comparison_paper
from applicability.report.papers.write import PaperFormat, write
from applicability.text import Lang

from ...cli.conftest import RULES, Run, run
from .test_papers import DAY, EVERY, FACTS, _no_pango, text_of

__all__ = ["_no_pango", "run"]

# A character of each kind that a writer has refused or that hides.
ODD = "a\x00\x01\x0b\x0c\x1b\x1f\x7f\x85\ud800\udfff\ufdd0\ufffe\uffff\U0001ffff\U0010fffez"
HALVES = ("\x0b", "\x1b", "\ud800", "\udfff", "\ufdd0", "\ufffe", "\uffff", "\U0001ffff", "\U0010fffe")
SHOWN = printable(ODD)


def named(name: str, rulebook: Rulebook) -> Assessment:
    return check({**FACTS, "name": name}, rulebook, as_of=DAY, engine="reference")


def comparison_of(assessment: Assessment) -> Comparison:
    profile = assessment.profile
    return decisions.compare(
        [Candidate(str(profile.facts["name"]), profile, DAY), Candidate("B", profile, DAY)], assessment.rulebook
    )


def papers(assessment: Assessment) -> list[Paper]:
    compared, prospects = comparison_of(assessment), decisions.change(assessment).prospects
    return [
        case_paper(whole(assessment), prospects, compared),
        changes_paper(assessment, prospects, *cover_of(assessment)),
        comparison_paper(compared),
    ]


def texts_of(data: bytes) -> str:
    """All text of an archive of XML, which must be sound."""
    found = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                found.append("".join(ElementTree.fromstring(archive.read(name)).itertext()))
    return "\n".join(found)


@pytest.mark.parametrize("format_", EVERY)
def test_a_paper_escapes_what_is_no_text(format_: PaperFormat, rulebook: Rulebook) -> None:
    for paper in papers(named(ODD, rulebook)):
        data = write(paper, format_, "both")
        if format_ == "docx":
            assert not set(ODD[1:-1]) & set(texts_of(data))
        found = text_of(data, format_)  # without backslashes where they may be Markdown's
        assert SHOWN.replace("\\", "") in found.replace("\\", "")
        assert not set(ODD[1:-1]) & set(found)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", ["text", "markdown", "html"])
def test_a_page_escapes_what_is_no_text(format_: report.Format, lang: Lang, rulebook: Rulebook) -> None:
    found = report.render(whole(named(ODD, rulebook)), format_, report.Options(lang, width=200))
    assert SHOWN in found.replace("\\\\", "\\")
    assert not set(ODD[1:-1]) & set(found)


def test_workbooks_escape_what_is_no_text(rulebook: Rulebook) -> None:
    assessment = named(ODD, rulebook)
    compared = comparison_of(assessment)
    case = case_workbook(whole(assessment), "zh")
    own = comparison_tables.xlsx(compared, "zh")
    for data in (case, own, changes_tables.xlsx(assessment, decisions.change(assessment).prospects, "zh")):
        assert not set(ODD[1:-1]) & set(texts_of(data))
        openpyxl.load_workbook(io.BytesIO(data))
    for data in (case, own):
        assert SHOWN in texts_of(data)
        assert "_x00" not in texts_of(data), "not every program reads such escapes back"


def test_a_picture_escapes_what_is_no_text(rulebook: Rulebook) -> None:
    found = svg(picture(comparison_of(named(ODD[:12], rulebook)), "en", every=True))
    assert "a\\x00" in "".join(ElementTree.fromstring(found).itertext())
    assert not set(ODD[1:-1]) & set(found)


@given(st.text(st.characters() | st.sampled_from(ODD)))
@example(ODD)
def test_whatever_is_written_is_xml(text: str) -> None:
    for shown in (printable(text), xml_text(text)):
        assert ElementTree.fromstring(f"<a>{escape(shown)}</a>").text is not None or not shown
    assert xml_text(xml_text(text)) == xml_text(text)


@pytest.mark.parametrize("summary", [True, False])
def test_a_screening_writes_what_is_no_text(summary: bool, run: Run, tmp_path: Path) -> None:
    rows = [{"name": f"甲{char}", "city": f"上海{char}", f"x{char}": "1"} for char in HALVES]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    more = ("--summary", "s.json") if summary else ()
    done = run("screen", "in.jsonl", "--rules", RULES, "--keep", "name", "-o", "out.xlsx", "--only", "all", *more)
    assert done.returncode == 0, done.stderr
    found = texts_of((tmp_path / "out.xlsx").read_bytes())
    openpyxl.load_workbook(tmp_path / "out.xlsx")
    for char in HALVES:
        assert char not in found
        assert f"甲{printable(char)}" in found
    if summary:
        for format_ in ("docx", "html", "markdown"):
            done = run("report", "s.json", "--rules", RULES, "-o", f"s.{format_}", "--format", format_)
            assert done.returncode == 0, done.stderr


_STEPS = r"""register:
  - id: a
    date: 2026-01-09
    title: {zh: "清\uFFFF单\x0B", en: "li\uFFFEst\x1b"}
    source: {zh: "自行\uFDD0取得", en: "obtai\uFFFFned"}
    rows: [1]
    places: [北京市]
"""


@pytest.mark.parametrize(
    ("command", "formats"),
    [
        (("check", "p.yaml", "--all", "--explain"), ("docx", "html", "markdown")),
        (("report", "p.yaml"), ("docx", "html", "markdown")),
        (("change", "p.yaml"), ("docx", "html", "markdown", "xlsx")),
        (("compare", "p.yaml", "q.yaml", "--all"), ("docx", "html", "markdown", "xlsx", "svg")),
        (("map", "--place", "北京"), ("html", "svg")),
    ],
    ids=lambda held: held[0],
)
def test_every_command_writes_what_a_register_of_steps_and_a_profile_say(
    command: tuple[str, ...], formats: tuple[str, ...], run: Run, tmp_path: Path
) -> None:
    (tmp_path / "r.yaml").write_text(_STEPS, "utf-8")
    for name in ("p", "q"):
        (tmp_path / f"{name}.yaml").write_text(rf'{{name: "{name}\uFFFE\uFFFF\v\e", city: 北京}}', "utf-8")
    for format_ in formats:
        out = f"out.{format_}"
        done = run(*command, "--rules", RULES, "--register", "r.yaml", "--format", format_, "-o", out)
        assert done.returncode == 0, done.stderr
        data = (tmp_path / out).read_bytes()
        found = texts_of(data) if format_ in ("docx", "xlsx") else data.decode("utf-8")
        assert not set("\ufffe\uffff\ufdd0\x0b\x1b") & set(found)
        if format_ == "svg":
            ElementTree.fromstring(found)
