"""Quotes with their English beside them, where the answer is in English: unofficial, and never instead of the words."""

from __future__ import annotations

import re
from collections.abc import Callable

from applicability.model.measure import Measure
from applicability.model.rulebook import Rulebook
from applicability.report.language import sentences as s
from applicability.text import Lang, Text

# Chinese words between quotation marks.
_QUOTED = re.compile("“([^“”]*[\u3400-\u9fff][^“”]*)”")

WORDS = {
    "span": Text("“{words}”", "“{words}” [unofficial: “{english}”]"),
    "whole": Text("“{english}”", "unofficial translation: “{english}”"),
    "notice": Text(
        "英译由本规则库自行译出，并非官方译本；以中文为准。",
        "English renderings of the words are an unofficial translation made for this rulebook; the Chinese prevails.",
    ),
}


def beside(rulebook: Rulebook, document: str, row: int | None, lang: Lang) -> Callable[[str], str]:
    """What puts the English of quoted words of a row, a note or a cell beside them; in Chinese, nothing does."""
    if lang == "zh":
        return str
    translation = rulebook.translation(document)
    if translation is None:
        return str

    def put(text: str) -> str:
        return _QUOTED.sub(told, text) if "“" in text else text

    def told(found: re.Match[str]) -> str:
        english = translation.quote(found[1], row)
        return found[0] if english is None else s.say(WORDS["span"], words=found[1], english=english).en

    return put


def beside_row(rulebook: Rulebook, measure: Measure, lang: Lang) -> Callable[[str], str]:
    """The same for a row."""
    return beside(rulebook, measure.document, measure.row, lang)


def whole(english: str | None, lang: Lang) -> str | None:
    """The English of a whole passage, marked as unofficial; None in Chinese and where there is none."""
    return None if english is None or lang == "zh" else s.say(WORDS["whole"], english=english).en


def english_text(rulebook: Rulebook, measure: Measure, lang: Lang) -> str | None:
    """The text of a row in English, marked as unofficial; None in Chinese and where there is none."""
    if lang == "zh":
        return None
    translation = rulebook.translation(measure.document)
    return whole(translation.row(measure.row), lang) if translation is not None else None


def scan_note(rulebook: Rulebook, measure: Measure) -> Text | None:
    """How the translation reads words of a row that the scan spoils."""
    translation = rulebook.translation(measure.document)
    return translation.on_the_scan.get(measure.row) if translation is not None else None
