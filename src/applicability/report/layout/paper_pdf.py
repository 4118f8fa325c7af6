"""A paper as PDF: tagged for readers (PDF/UA), with bookmarks, and with the font that it needs inside it."""

from __future__ import annotations

import contextlib
import importlib.util
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from applicability.errors import EngineError, Location, Problem
from applicability.lazy_pattern import lazy_pattern
from applicability.messages import install, not_installed
from applicability.report.layout.paper import Paper, Speech
from applicability.report.layout.paper_html import render as render_html
from applicability.report.layout.paper_pdf_languages import write_languages
from applicability.text import Text

_MARKED = lazy_pattern(r"(\d*)†(?=[^<>]*<)")  # not within a tag
_ARTICLE = lazy_pattern(r"\bthe (?=[a-z][^<>]*<)")  # not within a tag
_FONT = ("fonts", "NotoSansSC-Regular.ttf")


def render(paper: Paper, speech: Speech) -> bytes:
    """The paper as PDF. Raises EngineError where what sets it, or the font, is not installed."""
    library = weasyprint()
    face = font()
    page = _with_articles(_with_marks(render_html(paper, speech, face=face.as_uri())))
    with _quiet():
        document = library.HTML(string=page, url_fetcher=_only(library, face.as_uri()))
        made: bytes = document.write_pdf(
            finisher=write_languages, pdf_variant="pdf/ua-1", pdf_identifier=paper.day.isoformat().encode()
        )
    return made


def _with_marks(page: str) -> str:
    """A page with each mark at a number close to it and on its line: in the font it is as wide as a character.

    >>> _with_marks("<p>110†, 5</p>")
    '<p><span class="marked">110<span class="mark">†</span></span>, 5</p>'
    """
    return _MARKED.sub(r'<span class="marked">\1<span class="mark">†</span></span>', page)


def _with_articles(page: str) -> str:
    """A page on which no line ends with an article: before Chinese the next word may go to the next line.

    >>> _with_articles('<p title="the day">ask the authority</p>')
    '<p title="the day">ask the\\xa0authority</p>'
    """
    return _ARTICLE.sub("the\u00a0", page)


def weasyprint() -> Any:
    """The library that sets PDF. Raises EngineError where it, or the system's Pango under it, is missing."""
    try:
        import weasyprint as library  # an extra
    except ImportError:
        raise EngineError([Problem("E004", Location("pdf"), not_installed("weasyprint"), install("reports"))]) from None
    except OSError:  # its own message names a shared library, which no user can install by that name
        what = Text("本机没有 Pango，无法排版 PDF", "this machine has no Pango, without which no PDF is set")
        hint = Text(
            "安装系统软件包，如 Debian 的 libpango-1.0-0 与 libpangoft2-1.0-0；或改用 html、docx",
            "install the system's packages, on Debian libpango-1.0-0 and libpangoft2-1.0-0; or write html or docx",
        )
        raise EngineError([Problem("E012", Location("pdf"), what, hint)]) from None
    return library


def font() -> Path:
    """The font with Chinese characters that is carried along. Raises EngineError where it is not installed."""
    packaged = importlib.util.find_spec("zhplot")
    for folder in packaged.submodule_search_locations or () if packaged else ():
        file = Path(folder).joinpath(*_FONT)
        if file.is_file():
            return file
    raise EngineError([Problem("E004", Location("pdf"), not_installed("zhplot"), install("reports"))])


def _only(library: Any, face: str) -> Any:
    """What fetches the font, and nothing else from anywhere."""

    class Fetcher(library.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if url != face:
                raise ValueError(url)
            return super().fetch(url, headers)

    return Fetcher()


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Without the notes of the library on style that it does not know."""
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [one.level for one in loggers]
    for one in loggers:
        one.setLevel(logging.ERROR)
    try:
        yield
    finally:
        for one, level in zip(loggers, before, strict=True):
            one.setLevel(level)
