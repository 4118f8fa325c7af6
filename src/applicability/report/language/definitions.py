"""Activities with their definitions: what is in, what is not, and what each is part of."""

from __future__ import annotations

from collections.abc import Iterable

from applicability.model.sectors import Sectors
from applicability.report.layout.lines import LineWriter
from applicability.text import Lang, Text

_ALSO = Text("又称：{words}", "also called: {words}")
_PART = Text("属于：{words}", "part of: {words}")
_HOLDS = Text("包含：{words}", "includes: {words}")
_UNDER = Text("行业：{words}", "sectors: {words}")


def definition(out: LineWriter, sectors: Sectors, id: str, lang: Lang) -> None:
    """One activity: what it is called, what it means, and the general one that it is part of."""
    activity = sectors.activities[id]
    out.line(activity.label.of(lang), "bold", f"   {id}  ", "", 6)
    if activity.means is not None:
        out.line(activity.means.of(lang), "", "      ")
    for text, ids in ((_PART, activity.part_of), (_HOLDS, sectors.parts_of(id))):
        if ids:
            named = _joined((sectors.activities[one].label.of(lang) for one in ids), lang)
            out.line(text.of(lang).format(words=named), "dim", "      ")


def activity_list(out: LineWriter, sectors: Sectors, ids: Iterable[str], lang: Lang) -> None:
    """Activities in full: both names, the definition, and all that else is known of each."""
    for id in ids:
        activity = sectors.activities[id]
        out.line(f"{activity.label.zh} / {activity.label.en}", "bold", f"{id}  ", "bold", 4)
        if activity.means is not None:
            out.line(activity.means.of(lang), "", "    ")
        lines = [
            (_PART, [sectors.activities[one].label.of(lang) for one in activity.part_of]),
            (_HOLDS, [sectors.activities[one].label.of(lang) for one in sectors.parts_of(id)]),
            (_ALSO, list(activity.aliases)),
            (_UNDER, list(activity.under)),
        ]
        for text, words in lines:
            if words:
                joined = " ".join(words) if text is _UNDER else _joined(words, lang)
                out.line(text.of(lang).format(words=joined), "dim", "    ")


def _joined(words: Iterable[str], lang: Lang) -> str:
    return ("、" if lang == "zh" else ", ").join(dict.fromkeys(words))
