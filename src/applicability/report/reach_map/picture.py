"""The reach map as a picture."""

from __future__ import annotations

from applicability.analysis.reach_map import ReachMap
from applicability.model.assessment import BUCKETS
from applicability.report.language import labels as w
from applicability.report.layout.matrix import Line, Picture
from applicability.report.reach_map.texts import place_names, rulebook_line, say
from applicability.text import Lang


def picture(reach_map: ReachMap, lang: Lang) -> Picture:
    """The matrix of places by measures."""
    lines, chapter = [], None
    for row in reach_map.rows:
        own = (row.measure.document, row.measure.chapter)
        lines.append(Line(f"{row.measure.row} {row.measure.title.of(lang)}", row.buckets, ruled=own != chapter))
        chapter = own
    used = {bucket for row in reach_map.rows for bucket in row.buckets}
    totals = tuple(
        (w.BUCKETS[bucket].of(lang), tuple(total[bucket] for total in reach_map.totals))
        for bucket in BUCKETS
        if any(total[bucket] for total in reach_map.totals)
    )
    about = f"{rulebook_line(reach_map, lang)} · {say('about', lang)}"
    return Picture(
        say("title", lang), about, tuple(place_names(reach_map, lang)), tuple(lines), w.bucket_names(used, lang), totals
    )
