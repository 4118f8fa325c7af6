"""Papers: every format holds what a reader needs, in each language; the same input gives the same bytes."""

from __future__ import annotations

import datetime
import functools
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import pytest

from applicability import Assessment, Rulebook, check, decisions
from applicability.analysis.effort import EFFORTS, is_plausible
from applicability.analysis.plausibility import Plausibility
from applicability.decisions import Candidate
from applicability.errors import EngineError
from applicability.lazy_dataclass import replace
from applicability.report import whole
from applicability.report.layout import paper_pdf
from applicability.report.layout.paper import (
    Bullets,
    Folded,
    Heading,
    Paper,
    Paragraph,
    Quote,
    Speech,
    Table,
    quoted,
)
from applicability.report.layout.paper_html import css_string
from applicability.report.papers.case import case_paper, cover_of
from applicability.report.papers.changes import changes_paper, ways
from applicability.report.papers.comparison import comparison_blocks, comparison_paper
from applicability.report.papers.write import FORMATS, PaperFormat, write
from applicability.text import Text

FACTS = {
    "name": "<b>测试</b>\x1b[31m公司 & Co.",
    "city": "上海",
    "sector": "7291",
    "activities": ["travel-agency"],
    "foreign_share": 60,
    "entity_kind": "enterprise",
    "registered_here": True,
}
DAY = datetime.date(2026, 11, 1)


def _no_pango() -> bool:
    try:
        paper_pdf.weasyprint()
    except EngineError:
        return True
    return False


# A condition in quotes is asked when a test is run, not when the file is imported, which would take a second.
needs_pango = pytest.mark.skipif("_no_pango()", reason="PDF is set by the system's Pango, which is not here")
EVERY = [pytest.param(one, marks=[needs_pango, pytest.mark.thorough] if one == "pdf" else ()) for one in FORMATS]


@pytest.fixture(scope="module")
def assessment(rulebook: Rulebook) -> Assessment:
    return check(FACTS, rulebook, as_of=DAY, engine="reference")


@pytest.fixture(scope="module")
def paper(assessment: Assessment) -> Paper:
    return case_paper(whole(assessment), decisions.change(assessment).prospects)


@pytest.fixture(scope="module")
def written(paper: Paper) -> Callable[[PaperFormat, Speech], bytes]:
    """The paper in a format and a language, written once."""
    return functools.cache(lambda format_, speech: write(paper, format_, speech))


Written = Callable[[PaperFormat, Speech], bytes]


def text_of(data: bytes, format_: PaperFormat) -> str:
    """What a reader of the file sees, without the space between."""
    if format_ == "docx":
        from docx import Document

        body = Document(io.BytesIO(data)).element.body
        return re.sub(r"\s+", "", "".join(node.text or "" for node in body.iter() if node.tag.endswith("}t")))
    if format_ == "pdf":
        import pypdfium2

        pages = pypdfium2.PdfDocument(data)
        return re.sub(r"\s+", "", "".join(page.get_textpage().get_text_bounded() for page in pages))
    told = data.decode()
    if format_ == "html":
        told = re.sub(r"<style>.*?</style>|<[^>]+>", "", told, flags=re.DOTALL)
    return re.sub(r"[\s\\>]+", "", told)


@pytest.mark.parametrize("speech", ["zh", "en"])
@pytest.mark.parametrize("format_", EVERY)
def test_a_case_says_what_may_be_done_on_what_terms_and_whom_to_ask(
    format_: PaperFormat, speech: Speech, written: Written, rulebook: Rulebook
) -> None:
    told = text_of(written(format_, speech), format_)
    row = rulebook.measure(57)
    english = speech == "en"
    wanted = ["Outbound tours", "Limits to keep", "commerce department", "our inference"] if english else [
        "须遵守的限制", "所在地商务主管部门", "本报告的推断",
    ]  # fmt: skip
    for one in (*wanted, row.text[:20], rulebook.digest, "not legal advice" if english else "不是法律意见"):
        assert re.sub(r"\s+", "", one) in told, one
    assert "determinations" not in told
    assert "limits:" not in told
    assert "[]" not in told


def test_both_languages_stand_in_one_paper(paper: Paper) -> None:
    told = text_of(write(paper, "markdown", "both"), "markdown")
    assert "目前可适用的措施/Whatisopennow" in told


@pytest.mark.parametrize("format_", EVERY)
def test_the_same_input_gives_the_same_bytes(format_: PaperFormat, paper: Paper, written: Written) -> None:
    assert write(paper, format_, "zh") == written(format_, "zh")


def test_a_word_document_has_headings_styles_and_tables(paper: Paper) -> None:
    from docx import Document

    document: Any = Document(io.BytesIO(write(paper, "docx", "both")))
    styles = {one.style.name for one in document.paragraphs}
    assert {"Title", "Subtitle", "Heading 1", "Heading 2", "Heading 3"} <= styles
    assert any(table.style.name == "Table Grid" for table in document.tables)
    assert document.core_properties.created.date() == DAY
    assert all(one.date_time == (1980, 1, 1, 0, 0, 0) for one in zipfile.ZipFile(_file(paper)).infolist())


def test_a_word_document_has_contents_links_a_footer_and_languages_by_script(paper: Paper) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document: Any = Document(_file(paper))
    body = document.element.body
    marks = {one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))}
    links = [one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))]
    assert len(links) == len(set(links)) == len(marks) > 3
    assert set(links) == marks
    tongues = {(one.get(qn("w:val")), one.get(qn("w:eastAsia"))) for one in body.iter(qn("w:lang"))}
    assert tongues == {("en-GB", "zh-CN")}
    foot = document.sections[0].footer.paragraphs[0].text
    assert DAY.isoformat() in foot
    assert "不是法律意见" in foot
    levels = [int(one.style.name[-1]) for one in document.paragraphs if one.style.name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_a_word_document_asks_nothing_when_it_is_opened_and_has_no_number_that_is_not_known(paper: Paper) -> None:
    from docx import Document
    from docx.oxml.ns import qn

    document: Any = Document(_file(paper))
    body, foot = document.element.body, document.sections[0].footer._element
    assert not [*body.iter(qn("w:fldChar")), *body.iter(qn("w:fldSimple"))]
    contents = [one for one in document.paragraphs if one.style.name == "Contents"]
    assert len(contents) > 3
    assert not any("\t" in one.text or one.text.endswith("–") for one in contents)
    assert "updateFields" not in [one.tag.partition("}")[2] for one in document.settings.element]
    kinds = [one.get(qn("w:fldCharType")) for one in foot.iter(qn("w:fldChar"))]
    assert [one.text.split() for one in foot.iter(qn("w:instrText"))] == [["PAGE"], ["NUMPAGES"]]
    assert kinds == ["begin", "separate", "end"] * 2


def test_what_is_folded_has_a_heading_where_it_is_given_a_level() -> None:
    from docx import Document

    folded = Folded(Text("其余", "The rest"), (Paragraph(Text("甲", "A")),), level=2)
    title, blocks = Text("题", "T"), (Heading(Text("一", "One")), folded)
    paper = Paper(title, Text("副", "S"), (), (), blocks, Text("注", "N"), DAY, title)
    document: Any = Document(io.BytesIO(write(paper, "docx", "en")))
    assert ("Heading 2", "The rest") in [(one.style.name, one.text) for one in document.paragraphs]
    assert "### The rest" in write(paper, "markdown", "en").decode()
    assert "<summary><h3>" in write(paper, "html", "en").decode()


def test_headings_are_numbered_as_in_the_contents(paper: Paper) -> None:
    told = write(paper, "html", "zh").decode()
    heads = re.findall(r'<h2 id="(part-\d+)">(\d+)\. ', told)
    assert heads == [(f"part-{number}", str(number)) for number in range(1, len(heads) + 1)]
    assert all(told.count(f'href="#{anchor}"') == 1 for anchor, _ in heads)


def test_quotation_marks_within_words_are_single() -> None:
    words = Quote("支持“来数加工”", 'Support "processing"', Text("第1项", "item 1"))
    assert [run.text for run in quoted(words, "en")] == [
        "“支持‘来数加工’” (item 1)", "Unofficial translation: “Support ‘processing’”",
    ]  # fmt: skip


def _file(paper: Paper) -> io.BytesIO:
    return io.BytesIO(write(paper, "docx", "zh"))


@pytest.mark.thorough
@needs_pango
def test_a_pdf_is_tagged_has_bookmarks_and_carries_its_font(paper: Paper) -> None:
    import pypdfium2

    data = write(paper, "pdf", "both")
    document = pypdfium2.PdfDocument(data)
    marks = [one.get_title() for one in document.get_toc()]
    assert "摘要 / Summary" in marks
    assert any(one.startswith("附件第57项") for one in marks)
    assert document.get_metadata_dict()["Title"]
    raw = pypdfium2.raw
    assert raw.FPDFCatalog_IsTagged(document.raw)


@pytest.mark.thorough
@needs_pango
def test_the_contents_of_a_pdf_part_no_word(paper: Paper) -> None:
    """The first English word behind a Chinese title was cut where the line ended: “Locati”, “ons”."""
    import pypdfium2

    titles = [
        Text("甲" * count, "Locations, and how many companies are eligible or subject to a finding")
        for count in range(1, 30)
    ]
    told = replace(paper, blocks=tuple(map(Heading, titles)))
    first = pypdfium2.PdfDocument(write(told, "pdf", "both"))[0].get_textpage().get_text_range()
    words = set(re.findall("[A-Za-z]+", titles[0].en))
    contents = first[first.index("甲") : first.rindex("甲")]
    assert set(re.findall("[A-Za-z]+", contents)) <= words


@pytest.mark.thorough
@needs_pango
def test_a_pdf_says_in_which_language_each_part_is_and_runs_its_foot_once(paper: Paper) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(write(paper, "pdf", "both"))
    raw, found = pypdfium2.raw, Counter[str]()
    for page in document:
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for place in range(raw.FPDF_StructTree_CountChildren(tree)):
            found.update(_languages(raw.FPDF_StructTree_GetChildAtIndex(tree, place)))
        raw.FPDF_StructTree_Close(tree)
    assert found["en"] > 50
    assert found["zh-Hans"] > 50
    assert set(found) == {"en", "zh-Hans"}
    first = document[0].get_textpage().get_text_range()
    assert len(re.findall(f"{DAY} [·•] 不是法律意见", first)) == 1  # one glyph stands for both signs


def _languages(element: Any) -> Iterator[str]:
    """The languages of an element of a PDF's structure and of those below it."""
    import ctypes

    import pypdfium2

    raw = pypdfium2.raw
    if not element:
        return
    size = raw.FPDF_StructElement_GetLang(element, None, 0)
    if size > 2:
        held = ctypes.create_string_buffer(size)
        raw.FPDF_StructElement_GetLang(element, held, size)
        yield held.raw[: size - 2].decode("utf-16-le")
    for place in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _languages(raw.FPDF_StructElement_GetChildAtIndex(element, place))


def test_the_foot_of_a_page_can_hold_any_sign() -> None:
    assert css_string('a"\\\n</style>') == '"a\\22 \\5c \\a \\3c \\2f style\\3e "'


@pytest.mark.thorough
@needs_pango
def test_a_pdf_asks_for_no_weight_or_slant_that_its_font_has_not(paper: Paper) -> None:
    import ctypes

    import pypdfium2

    raw, document = pypdfium2.raw, pypdfium2.PdfDocument(write(paper, "pdf", "both"))
    names, buffer = set(), ctypes.create_string_buffer(200)
    for page in document:
        text = page.get_textpage()
        for place in range(text.count_chars()):
            raw.FPDFText_GetFontInfo(text.raw, place, buffer, 200, None)
            names.add(buffer.value.decode())
    assert any("Paper" in name for name in names)
    assert not [name for name in names if "Bold" in name or "Oblique" in name or "Italic" in name]


def test_a_page_runs_nothing_and_fetches_nothing(paper: Paper) -> None:
    told = write(paper, "html", "zh").decode()
    assert "<script" not in told
    assert "url(" not in told
    assert "<b>测试" not in told
    assert "\x1b" not in told
    assert "<details>" in told


def test_without_pango_the_message_names_the_package(monkeypatch: pytest.MonkeyPatch, paper: Paper) -> None:
    class Missing:
        def find_spec(self, name: str, path: object = None, target: object = None) -> None:
            if name == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.delitem(sys.modules, "weasyprint", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Missing(), *sys.meta_path])
    with pytest.raises(EngineError, match="E012") as caught:
        paper_pdf.weasyprint()
    assert "libpango-1.0-0" in caught.value.problems[0].hint
    assert write(paper, "html", "zh")
    assert write(paper, "docx", "zh")


def test_the_nearest_changes_stand_first(assessment: Assessment) -> None:
    prospects = decisions.change(assessment).prospects
    known = Plausibility(assessment.facts, assessment.rulebook)
    efforts = [(not is_plausible(one[1], known), EFFORTS.index(one[0])) for one in ways(assessment, prospects)]
    assert efforts == sorted(efforts)
    who, cover = cover_of(assessment)
    told = text_of(write(changes_paper(assessment, prospects, who, cover), "markdown", "en"), "markdown")
    assert "Whatwouldopenmore" in told


def test_a_comparison_shows_what_is_open_somewhere_first(rulebook: Rulebook) -> None:
    places = [Candidate(place, {**FACTS, "city": place}, DAY) for place in ("上海", "苏州", "海口")]
    found = decisions.compare(places, rulebook)
    differ = [row.best for row in found.rows if row.differs]
    assert differ == sorted(differ)
    told = text_of(write(comparison_paper(found), "markdown", "zh"), "markdown")
    assert told.index("至少一处可用的措施") < told.index("各处都尚不可用的措施")
    assert list(comparison_blocks(found, inside=True))


def test_no_count_in_the_summary_reads_as_the_number_of_an_item(paper: Paper) -> None:
    (lead,) = (one for one in paper.summary if isinstance(one, Paragraph) and one.kind == "lead")
    assert re.search(r"\d+ measures are not available; for the reasons see", lead.text.en)
    assert not re.search(r": \d+\.", lead.text.en)


def test_evidence_is_headed_as_inferred_from_the_conditions(paper: Paper) -> None:
    told = write(paper, "markdown", "both").decode()
    for one in ("“须能证明的事实”由条件推断。", "What is “to be proved” is inferred from the conditions."):
        assert told.count(one) == 1  # before the items, and not with each
    assert told.count("To be proved") > 1


@pytest.mark.parametrize("speech", ["zh", "both"])
def test_a_heading_of_a_word_document_and_its_leads_stay_with_what_they_lead_to(
    speech: Speech, written: Written
) -> None:
    from docx import Document
    from docx.text.paragraph import Paragraph as Written_

    body = list(Document(io.BytesIO(written("docx", speech))).element.body)

    def kept(element: Any) -> bool:
        return all(
            Written_(one, None).paragraph_format.keep_with_next  # type: ignore[arg-type]
            for one in element.iter()
            if one.tag.endswith("}p")
        )

    def told(element: Any) -> str:
        return "".join(node.text or "" for node in element.iter() if node.tag.endswith("}t"))

    leads = [n for n, one in enumerate(body) if told(one).startswith(("先列", "未列入下表"))]
    assert len(leads) == 2
    for place in leads:  # the second of two leads: a paragraph, or a table of two cells and the room after it
        assert kept(body[place])
        assert kept(body[place - 1]) or told(body[place]).startswith(
            "先列与"
        )  # which follows a line whose style is kept
        if speech == "both":
            assert kept(body[place + 1])


@pytest.mark.thorough
@needs_pango
@pytest.mark.parametrize("speech", ["zh", "both"])
def test_no_heading_stands_alone_at_the_foot_of_a_page_of_a_pdf(speech: Speech, written: Written) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(written("pdf", speech))
    seen = 0
    for one in document.get_toc():
        dest = one.get_dest()
        assert dest is not None
        _, (_, above, *_) = dest.get_view()
        # Points over the foot of the sheet, of which 57 are its margin: room for it and two lines quoted whole.
        assert above > 110, one.get_title()
        seen += 1
    assert seen > 20


def test_the_first_page_names_what_is_open_and_says_what_was_not_examined(paper: Paper) -> None:
    told = [one.text for one in paper.summary if isinstance(one, Paragraph)]
    assert any("Not examined in this report: which licence or approval other law" in one.en for one in told)
    assert any("本报告没有审查：其他法律" in one.zh for one in told)
    table, *_ = (one for one in paper.summary if isinstance(one, Table))
    assert [one.en for one in table.heads] == ["Item", "Measures", "Force", "Limits to keep", "Whom to ask"]
    assert table.rows[0][0].en == "57"
    assert any(
        one.zh.startswith("原有试点总体方案继续实施")
        for each in paper.blocks
        if isinstance(each, Bullets)
        for one in each.items
    )


def test_what_only_few_need_stands_last_and_is_marked_so(paper: Paper) -> None:
    heads = [one.text for one in paper.blocks if isinstance(one, Heading) and one.level == 1]
    marked = [one.zh.startswith("附录：") for one in heads]
    assert marked == sorted(marked)
    assert [one.en for one in heads if one.en.startswith("Appendix: ")] == [
        "Appendix: Measures not available, by reason",
        "Appendix: Not settled, and unlikely to concern the entity", "Appendix: Sources",
    ]  # fmt: skip


def test_a_paper_calls_the_parts_of_a_row_by_number(paper: Paper) -> None:
    told = write(paper, "markdown", "both").decode()
    assert not re.search(r"(?<!国内)[a-z]款|\b[Ll]imb\b", told)
    assert "第1部分" in told


def test_one_idea_has_one_name_in_a_paper(paper: Paper) -> None:
    told = write(paper, "markdown", "en").decode()
    assert not re.search(r"to be found|to be determined|[Dd]etermination|careful reader", told)
