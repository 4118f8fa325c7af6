"""What a Word document has beside its text: pages, a footer, styles, languages, properties, bookmarks and links."""

from __future__ import annotations

import datetime
from typing import Any

from applicability.report.layout.paper import Paper, Speech, joined, numbered, running, sections

_LATIN, _CHINESE = "Calibri", "Microsoft YaHei"
# Of every run: what is in Latin letters is English, and what is in characters Chinese; each is told by its script.
LATIN_TONGUE, CHINESE_TONGUE = "en-GB", "zh-CN"
_ACCENT, SOFT, _LINE = "1F3F66", "5F6168", "B8BCC6"
_CELL = "80"  # twentieths of a point between the line of a cell and its text


class DocxSetUp:
    """Sets up a document, and makes the parts of it that the library has no words for."""

    def __init__(self, document: Any, paper: Paper, speech: Speech) -> None:
        from docx import enum, oxml, shared
        from docx.enum import section, text

        self.document, self.paper, self.speech = document, paper, speech
        self.shared, self.oxml, self.enum, self.section, self.text = shared, oxml, enum, section, text
        self._bookmarks = 0
        self.styles()
        self.page()
        self.properties()

    def element(self, tag: str, /, **attributes: str) -> Any:
        """An element of the document's language, its attributes in the same namespace."""
        made = self.oxml.OxmlElement(f"w:{tag}")
        for key, value in attributes.items():
            made.set(self.qn(f"w:{key}"), value)
        return made

    def _languages(self) -> None:
        """The languages of text, by its script: a reader's program breaks lines and spells by them."""
        defaults = self.document.styles.element.find(f".//{self.qn('w:rPrDefault')}/{self.qn('w:rPr')}")
        for known in defaults.findall(self.qn("w:lang")):
            defaults.remove(known)
        defaults.append(self.element("lang", val=LATIN_TONGUE, eastAsia=CHINESE_TONGUE))

    def _left_border(self, style: Any) -> None:
        borders = self.element("pBdr")
        borders.append(self.element("left", val="single", sz="12", space="8", color="D9DAE0"))
        properties = style.element.get_or_add_pPr()
        properties.insert_element_before(
            borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
        )

    def bookmark(self, paragraph: Any, name: str) -> None:
        """Lets links name a paragraph."""
        self._bookmarks += 1
        id_ = str(self._bookmarks)
        first = paragraph._p.find(self.qn("w:r"))
        first.addprevious(self.element("bookmarkStart", id=id_, name=name))
        paragraph._p.append(self.element("bookmarkEnd", id=id_))

    def link(self, paragraph: Any, anchor: str) -> None:
        """Makes what a paragraph holds a link to a bookmark.

        It has no page number: only a program that sets the pages knows where a part stands, and Word would bring such a
        field up to date only after asking its reader about "fields that may refer to other files". A link leads there
        without.
        """
        link = self.element("hyperlink", anchor=anchor, history="1")
        paragraph.runs[0]._r.addprevious(link)
        for run in list(paragraph._p.findall(self.qn("w:r"))):
            link.append(run)

    def page(self) -> None:
        section, mm = self.document.sections[0], self.shared.Mm
        section.page_width, section.page_height = mm(210), mm(297)
        if self.paper.wide:
            section.orientation = self.section.WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = mm(297), mm(210)
        section.left_margin = section.right_margin = mm(20)
        section.top_margin = section.bottom_margin = mm(20)
        self.room: int = section.page_width - section.left_margin - section.right_margin
        heads = sections(numbered(self.paper.blocks))
        if heads:  # the top of each page tells the part that it is of
            header = section.header.paragraphs[0]
            header.style = self.document.styles["Foot"]
            # What does not know the field shows what is held: the title, which is right on every page.
            self.field(header, 'STYLEREF "Heading 1"', joined(self.paper.title, self.speech))
        footer = section.footer.paragraphs[0]
        footer.style = self.document.styles["Foot"]
        footer.paragraph_format.tab_stops.clear_all()
        footer.paragraph_format.tab_stops.add_tab_stop(self.room, self.text.WD_TAB_ALIGNMENT.RIGHT)
        footer.add_run(f"{running(self.paper, self.speech)}\t")
        self.field(footer, "PAGE", "1")
        footer.add_run(" / ")
        self.field(footer, "NUMPAGES", "1")

    def styles(self) -> None:
        styles, pt, rgb = self.document.styles, self.shared.Pt, self.shared.RGBColor.from_string
        kinds = self.enum.style.WD_STYLE_TYPE
        soft = styles.add_style("Soft", kinds.PARAGRAPH)
        notice = styles.add_style("Notice", kinds.PARAGRAPH)
        lead = styles.add_style("Lead", kinds.PARAGRAPH)
        words = styles.add_style("Words", kinds.PARAGRAPH)
        rendered = styles.add_style("Translation", kinds.PARAGRAPH)
        cell = styles.add_style("Cell", kinds.PARAGRAPH)
        fold = styles.add_style("Fold", kinds.PARAGRAPH)
        foot = styles.add_style("Foot", kinds.PARAGRAPH)
        contents = styles.add_style("Contents", kinds.PARAGRAPH)
        block, rendered_block = (styles.add_style(name, kinds.PARAGRAPH) for name in ("Quoted", "Quoted translation"))
        for style in (soft, notice, lead, words, rendered, cell, fold, foot, contents, block):
            style.base_style = styles["Normal"]
        rendered_block.base_style = rendered
        # The reader's own language is the darker.
        original, translated = (SOFT, None) if self.speech == "en" else (None, SOFT)
        for name, size, colour in (
            ("Normal", 10.5, None), ("Title", 20, _ACCENT), ("Subtitle", 13, SOFT), ("Heading 1", 15, _ACCENT),
            ("Heading 2", 12.5, _ACCENT), ("Heading 3", 11, "000000"), ("List Bullet", 10.5, None),
            ("Soft", 9.5, SOFT), ("Notice", 9.5, SOFT), ("Lead", 11.5, None), ("Words", 10.5, original),
            ("Translation", 10.5, translated), ("Cell", 9, None), ("Fold", 10.5, _ACCENT), ("Foot", 8, SOFT),
            ("Contents", 9.5, _ACCENT), ("Quoted", 10.5, original), ("Quoted translation", 10.5, translated),
        ):  # fmt: skip
            style = styles[name]
            style.font.size = pt(size)
            style.font.name = _LATIN
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                if "Theme" in key or "theme" in key:
                    del fonts.attrib[key]
            for kind in ("ascii", "hAnsi", "cs"):
                fonts.set(self.qn(f"w:{kind}"), _LATIN)
            fonts.set(self.qn("w:eastAsia"), _CHINESE)
            if colour:
                style.font.color.rgb = rgb(colour)
        styles["Subtitle"].font.italic = False
        rendered.font.italic = True
        fold.font.bold = True
        fold.paragraph_format.keep_with_next = True
        for style in (block, rendered_block):
            style.paragraph_format.left_indent = self.shared.Mm(6)
            self._left_border(style)
        for name in ("Normal", "Soft", "Notice", "Lead", "Words", "Translation", "List Bullet"):
            styles[name].paragraph_format.space_after = pt(4)
            styles[name].paragraph_format.keep_together = True
        for name in ("Heading 1", "Heading 2", "Heading 3"):
            styles[name].paragraph_format.keep_with_next = True
            styles[name].paragraph_format.space_before = pt({"1": 20, "2": 14, "3": 10}[name[-1]])
            styles[name].paragraph_format.space_after = pt(4)
        styles["Contents"].paragraph_format.space_after = pt(0)
        self._languages()
        self._tables()

    def _tables(self) -> None:
        """Tables with thin lines and a little room, from margin to margin: as Word sets them since 2013, and not with
        the text of their cells at the margin.
        """
        grid = self.document.styles["Table Grid"].element
        for line in grid.find(f".//{self.qn('w:tblBorders')}"):
            line.set(self.qn("w:color"), _LINE)
        for side in ("left", "right"):
            grid.find(f".//{self.qn('w:tblCellMar')}/{self.qn(f'w:{side}')}").set(self.qn("w:w"), _CELL)
        for one in self.document.settings.element.iter(self.qn("w:compatSetting")):
            if one.get(self.qn("w:name")) == "compatibilityMode":
                one.set(self.qn("w:val"), "15")

    def properties(self) -> None:
        own = self.document.core_properties
        own.title = joined(self.paper.title, self.speech)
        own.subject = "" if self.paper.subtitle is None else joined(self.paper.subtitle, self.speech)
        own.author = own.last_modified_by = own.comments = ""
        own.language = "en-GB" if self.speech == "en" else "zh-CN"
        day = self.paper.day
        own.created = own.modified = datetime.datetime(day.year, day.month, day.day)

    def qn(self, name: str) -> str:
        from docx.oxml.ns import qn

        found: str = qn(name)
        return found

    def field(self, paragraph: Any, code: str, held: str) -> None:
        """A field that the reader's program fills in; `held` is what it shows until then.

        Fields of page numbers at the foot of a page are brought up to date whenever a page is set, without a question.
        """
        for part in ("begin", None, "separate", held, "end"):
            run = paragraph.add_run(held if part == held else "")
            if part in ("begin", "separate", "end"):
                run._r.append(self.element("fldChar", fldCharType=part))
            elif part is None:
                code_element = self.element("instrText")
                code_element.text = f" {code} "
                code_element.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                run._r.append(code_element)
