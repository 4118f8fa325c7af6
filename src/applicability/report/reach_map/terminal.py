"""The rulebook turned inside out, for a terminal: places by measures, and who each can be open to."""

from __future__ import annotations

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.days import day_text
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.rulebook import FORCES, Force, Measure
from applicability.report import Options
from applicability.report.assessment.terminal import COLORS, MARKS, Setter
from applicability.report.comparison.terminal import fitted
from applicability.report.language import labels as w
from applicability.report.language import sentences as s
from applicability.report.language.edits import interval_text
from applicability.report.layout.matrix import Line, Picture, legend
from applicability.report.layout.wrap import pad
from applicability.text import Lang, Text

WORDS = {
    "title": Text("规则库全览", "The rulebook turned inside out"),
    "about": Text(
        "每格为该地最有利情形下的判断：只看地方所允许，不看具体企业；认定一律视为尚未作出",
        "each cell is the best verdict that anybody there could have: what the place allows, not what one entity has; "
        "nothing is taken as found by an authority",
    ),
    "chapter": Text("第{number}章 {title}", "chapter {number}: {title}"),
    "chapters": Text("章", "chapter"),
    "open": Text("可开放的任务，按章", "What can be open, by chapter"),
    "forces": Text("可开放的任务，按力度", "What can be open, by force"),
    "totals": Text("合计", "Totals"),
    "places": Text("地方", "Places"),
    "sectors": Text("行业", "Sectors"),
    "shares": Text("外资比例", "Foreign share"),
    "activities": Text("业务活动", "Activities"),
    "any": Text("不限", "any"),
    "nowhere": Text("无", "none"),
    "measure": Text("任务", "Measure"),
    "force": Text("力度", "Force"),
    "search": Text("筛选文字", "filter by words"),
    "every": Text("全部", "all"),
    "shown": Text("显示 {count} 行", "{count} rows shown"),
    "at": Text("在此地可开放", "open in"),
    "share_of": Text("外资比例（%）", "foreign share (%)"),
}  # fmt: skip


def say(key: str, lang: Lang, /, **slots: Text | str) -> str:
    """A line of the atlas."""
    return s.say(WORDS[key], **slots).of(lang)


def sectors_text(atlas: ReachMap, row: Reach, lang: Lang) -> str:
    """The sectors that can carry what a measure asks for."""
    if row.sectors is None:
        return say("any", lang)
    known = atlas.rulebook.sectors.codes
    named = [f"{code} {known[code].zh if lang == 'zh' else known[code].en or known[code].zh}" for code in row.sectors]
    return ("、" if lang == "zh" else ", ").join(named) or say("nowhere", lang)


def shares_text(atlas: ReachMap, row: Reach, lang: Lang) -> str:
    """The foreign shares that a measure can be open to."""
    if row.shares is None:
        return say("any", lang)
    declaration = atlas.rulebook.facts["foreign_share"]
    return s.listed([interval_text(one, declaration) for one in row.shares], s.OR).of(lang)


def activities_text(atlas: ReachMap, row: Reach, lang: Lang) -> str:
    """The activities that open a measure."""
    known = atlas.rulebook.sectors.activities
    return ("、" if lang == "zh" else ", ").join(known[one].label.of(lang) for one in row.activities)


def place_names(atlas: ReachMap, lang: Lang) -> list[str]:
    """The heads of the columns."""
    return [atlas.rulebook.gazetteer.name(place, lang) for place in atlas.places]


def chapter_text(atlas: ReachMap, measure: Measure, lang: Lang) -> str:
    """The chapter that a measure stands in."""
    title = atlas.rulebook.documents[measure.document].chapters.get(measure.chapter, Text("", ""))
    return say("chapter", lang, number=str(measure.chapter), title=title)


def render(atlas: ReachMap, options: Options, full: bool) -> str:
    """For each place how much can be open there; `full` also tells each measure's places, sectors and shares."""
    out, lang = Setter(options.width, options.color), options.lang
    out.line(say("title", lang), "bold")
    out.line(say("about", lang), "dim")
    out.line(w_rulebook(atlas, lang), "dim")
    names = place_names(atlas, lang)
    if full:
        for row in atlas.rows:
            _row(out, atlas, row, names, lang)
        return out.text()
    out.blank()
    for index, name in enumerate(names, 1):
        out.line(name, "", f"{index:>4}  ", "bold")
    width = 3
    start = out.width - len(names) * (width + 1)
    out.blank()
    _heads(out, "totals", names, start, lang)
    for bucket in BUCKETS:
        if any(total[bucket] for total in atlas.totals):
            head = f"{MARKS[bucket]} {w.BUCKETS[bucket].of(lang)}"
            _counts(out, head, [total[bucket] for total in atlas.totals], start, COLORS[bucket])
    out.blank()
    _heads(out, "forces", names, start, lang)
    for force in FORCES:
        counts = [_forced(atlas, index, force) for index in range(len(names))]
        if any(counts):
            _counts(out, w.FORCES[force].of(lang), counts, start)
    out.blank()
    _heads(out, "open", names, start, lang)
    chapters = [atlas.chapters(index) for index in range(len(names))]
    for key, measure in {(row.measure.document, row.measure.chapter): row.measure for row in atlas.rows}.items():
        _counts(out, chapter_text(atlas, measure, lang), [found.get(key, 0) for found in chapters], start)
    return out.text()


def w_rulebook(atlas: ReachMap, lang: Lang) -> str:
    """Which rules the atlas is of, and on which day."""
    book = atlas.rulebook
    made = s.say(w.LABELS["rulebook"], id=book.id, version=book.version, digest=book.digest[:12]).of(lang)
    return f"{made} · {s.say(w.LABELS['as_of'], date=day_text(atlas.day)).of(lang)}"


def _forced(atlas: ReachMap, index: int, force: Force) -> int:
    open_ = (row for row in atlas.rows if row.buckets[index] in ("eligible", "conditional"))
    return sum(row.measure.force == force for row in open_)


def _heads(out: Setter, key: str, names: list[str], start: int, lang: Lang) -> None:
    numbers = "".join(f" {index:>3}" for index in range(1, len(names) + 1))
    out.raw(out.paint(pad(say(key, lang), start) + numbers, "bold"))


def _counts(out: Setter, head: str, counts: list[int], start: int, style: str = "") -> None:
    out.raw(fitted(f"  {head}", start) + out.paint("".join(f" {count:>3}" for count in counts), style))


def _row(out: Setter, atlas: ReachMap, row: Reach, names: list[str], lang: Lang) -> None:
    out.blank()
    out.line(row.measure.title.of(lang), "bold", f"{row.measure.row:>4} ", "bold", 5)
    by_bucket: dict[Bucket, list[str]] = {}
    for name, bucket in zip(names, row.buckets, strict=True):
        by_bucket.setdefault(bucket, []).append(name)
    for bucket in BUCKETS:
        if bucket in by_bucket:
            listed = ("、" if lang == "zh" else ", ").join(by_bucket[bucket])
            out.line(f"{w.BUCKETS[bucket].of(lang)}: {listed}", "", f"     {MARKS[bucket]} ", COLORS[bucket])
    if row.measure.condition is None:
        return
    for key, text in (
        ("activities", activities_text(atlas, row, lang)),
        ("sectors", sectors_text(atlas, row, lang)),
        ("shares", shares_text(atlas, row, lang)),
    ):
        if text:
            out.line(text, "", f"       {say(key, lang)}  ", "dim")


def picture(atlas: ReachMap, lang: Lang) -> Picture:
    """Places by measures as a map of colours."""
    lines, chapter = [], None
    for row in atlas.rows:
        own = (row.measure.document, row.measure.chapter)
        lines.append(Line(f"{row.measure.row} {row.measure.title.of(lang)}", row.buckets, ruled=own != chapter))
        chapter = own
    used = {bucket for row in atlas.rows for bucket in row.buckets}
    totals = tuple(
        (w.BUCKETS[bucket].of(lang), tuple(total[bucket] for total in atlas.totals))
        for bucket in BUCKETS
        if any(total[bucket] for total in atlas.totals)
    )
    about = f"{w_rulebook(atlas, lang)} · {say('about', lang)}"
    return Picture(say("title", lang), about, tuple(place_names(atlas, lang)), tuple(lines), legend(used, lang), totals)
