"""The reach map for a terminal: how much can be open in each place, and to whom."""

from __future__ import annotations

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.measure import FORCES, Force
from applicability.report import Options
from applicability.report.language import labels as w
from applicability.report.layout.buckets import MARKS, STYLES
from applicability.report.layout.lines import TITLE_ROOM, LineWriter, column_blocks
from applicability.report.layout.wrap import fitted
from applicability.report.reach_map.texts import (
    activities_text,
    chapter_text,
    place_names,
    rulebook_line,
    say,
    sectors_text,
    shares_text,
)
from applicability.text import Lang

_COUNT = 3  # cells of a number


def render(reach_map: ReachMap, options: Options, full: bool) -> str:
    """Renders the page; `full` also shows each measure's places, sectors and shares."""
    out, lang = LineWriter(options.width, options.color), options.lang
    out.line(say("title", lang), "bold")
    out.line(say("about", lang), "dim")
    out.line(rulebook_line(reach_map, lang), "dim")
    names = place_names(reach_map, lang)
    if full:
        for row in reach_map.rows:
            _row(out, reach_map, row, names, lang)
        return out.text()
    out.blank()
    for index, name in enumerate(names, 1):
        out.line(name, "", f"{index:>4}  ", "bold")
    widths = [_COUNT] * len(names)
    for columns in column_blocks(widths, out.width - TITLE_ROOM):
        _tables(out, reach_map, columns, lang)
    return out.text()


def _tables(out: LineWriter, reach_map: ReachMap, columns: range, lang: Lang) -> None:
    """Adds the tables for some of the places: by verdict, by force and by chapter."""
    out.blank()
    _heads(out, "totals", columns, lang)
    for bucket in BUCKETS:
        if any(total[bucket] for total in reach_map.totals):
            head = f"{MARKS[bucket]} {w.BUCKETS[bucket].of(lang)}"
            _counts(out, head, [reach_map.totals[index][bucket] for index in columns], STYLES[bucket])
    out.blank()
    _heads(out, "forces", columns, lang)
    for force in FORCES:
        counts = [_forced(reach_map, index, force) for index in range(len(reach_map.places))]
        if any(counts):
            _counts(out, w.FORCES[force].of(lang), [counts[index] for index in columns])
    out.blank()
    _heads(out, "open", columns, lang)
    chapters = [reach_map.chapters(index) for index in columns]
    for key, measure in {(row.measure.document, row.measure.chapter): row.measure for row in reach_map.rows}.items():
        _counts(out, chapter_text(reach_map, measure, lang), [found.get(key, 0) for found in chapters])


def _forced(reach_map: ReachMap, index: int, force: Force) -> int:
    open_ = (row for row in reach_map.rows if row.buckets[index] in ("eligible", "conditional"))
    return sum(row.measure.force == force for row in open_)


def _heads(out: LineWriter, key: str, columns: range, lang: Lang) -> None:
    numbers = "".join(f" {index + 1:>{_COUNT}}" for index in columns)
    out.raw(out.paint(fitted(say(key, lang), out.width - len(numbers)) + numbers, "bold"))


def _counts(out: LineWriter, head: str, counts: list[int], style: str = "") -> None:
    shown = "".join(f" {count:>{_COUNT}}" for count in counts)
    out.raw(fitted(f"  {head}", out.width - len(shown)) + out.paint(shown, style))


def _row(out: LineWriter, reach_map: ReachMap, row: Reach, names: list[str], lang: Lang) -> None:
    out.blank()
    out.line(row.measure.title.of(lang), "bold", f"{row.measure.row:>4} ", "bold", 5)
    by_bucket: dict[Bucket, list[str]] = {}
    for name, bucket in zip(names, row.buckets, strict=True):
        by_bucket.setdefault(bucket, []).append(name)
    for bucket in BUCKETS:
        if bucket in by_bucket:
            listed = ("、" if lang == "zh" else ", ").join(by_bucket[bucket])
            out.line(f"{w.BUCKETS[bucket].of(lang)}: {listed}", "", f"     {MARKS[bucket]} ", STYLES[bucket])
    if row.measure.condition is None:
        return
    for key, text in (
        ("activities", activities_text(reach_map, row, lang)),
        ("sectors", sectors_text(reach_map, row, lang)),
        ("shares", shares_text(reach_map, row, lang)),
    ):
        if text:
            out.line(text, "", f"       {say(key, lang)}  ", "dim")
