"""Texts of the reach map, for the terminal, the page and the picture."""

from __future__ import annotations

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.days import day_text
from applicability.model.measure import Measure
from applicability.report.language import labels as w, sentences as s
from applicability.report.language.render_condition import interval_text
from applicability.text import Lang, Text

_WORDS = {
    "title": Text("各地可适用措施一览", "Where each measure applies"),
    "about": Text(
        "每格为该地最有利情形下的结论：只看地方所允许，不看具体企业；认定一律视为尚未作出",
        "each cell is the best verdict that any entity there could get: what the place allows, not what one company "
        "has; findings by authorities count as not made yet",
    ),
    "chapter": Text("第{number}章 {title}", "chapter {number}: {title}"),
    "chapters": Text("章", "chapter"),
    "open": Text("可开放的措施，按章", "What can be open, by chapter"),
    "forces": Text("可开放的措施，按力度", "What can be open, by force"),
    "totals": Text("合计", "Totals"),
    "sectors": Text("行业", "Sectors"),
    "shares": Text("外资比例", "Foreign share"),
    "activities": Text("业务活动", "Activities"),
    "any": Text("不限", "any"),
    "nowhere": Text("无", "none"),
    "force": Text("力度", "Force"),
    "search": Text("筛选文字", "filter by words"),
    "every": Text("全部", "all"),
    "shown": Text("显示 {count} 行", "{count} rows shown"),
    "at": Text("在此地可开放", "open in"),
    "share_of": Text("外资比例（%）", "foreign share (%)"),
}  # fmt: skip


def say(key: str, lang: Lang, /, **slots: Text | str) -> str:
    """A line of the reach map."""
    return s.say(_WORDS[key], **slots).of(lang)


def sectors_text(reach_map: ReachMap, row: Reach, lang: Lang) -> str:
    """The sectors that can carry the activities a measure requires."""
    if row.sectors is None:
        return say("any", lang)
    known = reach_map.rulebook.sectors.codes
    named = [f"{code} {known[code].zh if lang == 'zh' else known[code].en or known[code].zh}" for code in row.sectors]
    return ("、" if lang == "zh" else ", ").join(named) or say("nowhere", lang)


def shares_text(reach_map: ReachMap, row: Reach, lang: Lang) -> str:
    """The foreign shares that a measure can be open to."""
    if row.shares is None:
        return say("any", lang)
    declaration = reach_map.rulebook.facts["foreign_share"]
    return s.listed([interval_text(one, declaration) for one in row.shares], s.OR).of(lang)


def activities_text(reach_map: ReachMap, row: Reach, lang: Lang) -> str:
    """The activities that open a measure."""
    known = reach_map.rulebook.sectors.activities
    return ("、" if lang == "zh" else ", ").join(known[one].label.of(lang) for one in row.activities)


def place_names(reach_map: ReachMap, lang: Lang) -> list[str]:
    """The column headings."""
    return [reach_map.rulebook.gazetteer.name(place, lang) for place in reach_map.places]


def chapter_text(reach_map: ReachMap, measure: Measure, lang: Lang) -> str:
    """The chapter of a measure."""
    title = reach_map.rulebook.documents[measure.document].chapters.get(measure.chapter, Text("", ""))
    return say("chapter", lang, number=str(measure.chapter), title=title)


def rulebook_line(reach_map: ReachMap, lang: Lang) -> str:
    """The rulebook and the day of the reach map."""
    book = reach_map.rulebook
    made = s.say(w.LABELS["rulebook"], id=book.id, version=book.version, digest=book.digest[:12]).of(lang)
    return f"{made} · {s.say(w.LABELS['as_of'], date=day_text(reach_map.day)).of(lang)}"
