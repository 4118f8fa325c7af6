"""Renders HTML pages from the templates in `report/templates`; all values are made printable and escaped."""

from __future__ import annotations

import re
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from applicability.report.layout.wrap import printable
from applicability.text import LANG_TAGS, Lang

_CHINESE = "[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
# Quoted text that contains Chinese, as a whole; elsewhere runs of Chinese with the figures in them.
_CHINESE_RUN = re.compile(f"(?<=“)[^“”]*{_CHINESE}[^“”]*(?=”)|{_CHINESE}+(?:[0-9A-Za-z.%·…—]*{_CHINESE}+)*")


def page(template: str, lang: Lang, title: str, **slots: object) -> str:
    """Renders the template `templates/NAME.html.j2`, ending in a newline.

    `title` is the page's title in the browser, so it should name the page's subject.
    """
    made = _environment(lang).get_template(f"{template}.html.j2")
    return made.render(slots, lang_tag=LANG_TAGS[lang], title=title)


def templates(package: str) -> Environment:
    """The templates of a package, whose slots are made printable and escaped; a slot without a value is an error."""
    return Environment(
        loader=PackageLoader(package),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_printable,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


@cache
def _environment(lang: Lang) -> Environment:
    environment = templates("applicability.report")
    environment.filters["lang_spans"] = str if lang == "zh" else lang_spans
    environment.globals["in_chinese"] = Markup("" if lang == "zh" else ' lang="zh"')
    return environment


def _printable(value: object) -> object:
    """Escapes invisible and direction-changing characters in text. Markup from our own macros is unchanged."""
    return printable(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def lang_spans(text: str) -> Markup:
    """A text of an English page, escaped, with its Chinese parts marked by `lang` for screen readers, fonts and
    translators.

    >>> lang_spans("the text “限于3年内” & more")
    Markup('the text “<span lang="zh">限于3年内</span>” &amp; more')
    """
    shown = printable(text)
    marked, done = Markup(), 0
    for found in _CHINESE_RUN.finditer(shown):
        marked += escape(shown[done : found.start()]) + Markup('<span lang="zh">{}</span>').format(found[0])
        done = found.end()
    return marked + escape(shown[done:])
