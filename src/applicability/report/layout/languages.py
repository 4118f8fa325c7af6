"""Chinese words in an English page are marked as such, so that they are spoken and set as Chinese."""

from __future__ import annotations

import re

from applicability.text import Lang

_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
# From the first Chinese character to the last, over what stands between them without a space, with its quotes.
_HAN = r"[\u3007\u3400-\u9fff]"
_MARK = r"[\u3001-\u303f\uff01-\uffee“”‘’·…—]"
_CHINESE = re.compile(rf"{_MARK}*{_HAN}(?:(?:{_HAN}|{_MARK}|[^\s<>&\u3400-\u9fff])*(?:{_HAN}|{_MARK}))?")
# Their text is no text of the page.
_APART = ("title", "style", "script", "option")


def marked(page: str, lang: Lang) -> str:
    """The page, in English with each run of Chinese in an element of that language; elements that say theirs stay.

    >>> marked("<p>the text “外资（不超过50%）。” (row 1)</p>", "en")
    '<p>the text <span lang="zh-Hans">“外资（不超过50%）。”</span> (row 1)</p>'
    """
    if lang != "en":
        return page
    parts = _TAG.split(page)
    apart, depth = "", 0  # the element that is left alone, and how many of its name are open
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = part if apart else _CHINESE.sub(r'<span lang="zh-Hans">\g<0></span>', part)
            continue
        named = _NAME.match(part)
        name = named[1] if named else ""
        if apart:
            depth += 0 if name != apart else -1 if part.startswith("</") else 1
            apart = apart if depth else ""
        elif not part.startswith("</") and (name in _APART or (" lang=" in part and name != "html")):
            apart, depth = name, 1
    return "".join(parts)
