"""The reach map as one self-contained page: a table of places by measures, with filters that need no server."""

from __future__ import annotations

import json

from applicability.analysis.reach_map import Reach, ReachMap
from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import BUCKETS, Bucket
from applicability.model.measure import FORCES
from applicability.report.language import labels as w
from applicability.report.language.page_title import map_parts
from applicability.report.layout import html
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.reach_map.json import interval_model
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


@dataclass(frozen=True)
class _BucketCell:
    """How a bucket is shown in a cell of the table."""

    mark: str
    fill: str
    name: str
    meaning: str
    bucket: Bucket


@dataclass(frozen=True)
class _MapRow:
    """A measure; `chapter_title` is set if it begins a chapter. The data for the filters is JSON."""

    number: int
    title: str
    chapter: str
    chapter_title: str
    force: str
    buckets: str
    sectors: str
    shares: str
    told: tuple[tuple[str, str], ...]
    cells: tuple[_BucketCell, ...]


def render(reach_map: ReachMap, lang: Lang) -> str:
    """Renders the page, with its styles, data and filters inline."""
    cells = {
        bucket: _BucketCell(
            MARKS[bucket], FILLS[bucket], w.BUCKETS[bucket].of(lang), w.MEANINGS[bucket].of(lang), bucket
        )
        for bucket in BUCKETS
    }
    used = {bucket for row in reach_map.rows for bucket in row.buckets}
    heading, book = say("title", lang), rulebook_line(reach_map, lang)
    asked = " · ".join(one.of(lang) for one in map_parts(reach_map))
    return html.page(
        "reach_map",
        lang,
        f"{asked} – {heading} – {book}" if asked else f"{heading} – {book}",
        heading=heading,
        about=say("about", lang),
        rulebook=book,
        selects=_selects(reach_map, lang),
        every=say("every", lang),
        share=say("share_of", lang),
        search=say("search", lang),
        shown=say("shown", lang, count="{count}"),
        legend=[cells[bucket] for bucket in BUCKETS if bucket in used],
        places=place_names(reach_map, lang),
        rows=_rows(reach_map, cells, lang),
        totals=[
            (cells[bucket], [total[bucket] for total in reach_map.totals])
            for bucket in BUCKETS
            if any(total[bucket] for total in reach_map.totals)
        ],
    )


def _selects(reach_map: ReachMap, lang: Lang) -> list[tuple[str, str, dict[str, str]]]:
    """The filters: for each the field's name, its label, and the labels of its values."""
    sectors = reach_map.rulebook.sectors.codes
    chapters = {_chapter(row): chapter_text(reach_map, row.measure, lang) for row in reach_map.rows}
    names = enumerate(place_names(reach_map, lang))
    divisions = [code for code in sectors if len(code) == 2]
    return [
        ("chapter", say("chapters", lang), chapters),
        ("force", say("force", lang), {force: w.FORCES[force].of(lang) for force in FORCES}),
        ("place", say("at", lang), {str(index): name for index, name in names}),
        (
            "sector",
            say("sectors", lang),
            {c: f"{c} {sectors[c].zh if lang == 'zh' else sectors[c].en or sectors[c].zh}" for c in divisions},
        ),
    ]


def _chapter(row: Reach) -> str:
    return f"{row.measure.document}/{row.measure.chapter}"


def _rows(reach_map: ReachMap, cells: dict[Bucket, _BucketCell], lang: Lang) -> list[_MapRow]:
    found: list[_MapRow] = []
    for row in reach_map.rows:
        measure, chapter = row.measure, _chapter(row)
        begins = not found or found[-1].chapter != chapter
        shares = None if row.shares is None else [interval_model(one).model_dump() for one in row.shares]
        found.append(
            _MapRow(
                measure.row,
                measure.title.of(lang),
                chapter,
                chapter_text(reach_map, measure, lang) if begins else "",
                measure.force or "",
                json.dumps(row.buckets),
                json.dumps(row.sectors),
                json.dumps(shares),
                _told(reach_map, row, lang),
                tuple(cells[bucket] for bucket in row.buckets),
            )
        )
    return found


def _told(reach_map: ReachMap, row: Reach, lang: Lang) -> tuple[tuple[str, str], ...]:
    """The requirements of a measure, each under its label."""
    if row.measure.condition is None:
        return ()
    asked = (
        ("activities", activities_text(reach_map, row, lang)),
        ("sectors", "" if row.sectors is None else sectors_text(reach_map, row, lang)),
        ("shares", "" if row.shares is None else shares_text(reach_map, row, lang)),
    )
    return tuple((say(key, lang), text) for key, text in asked if text)
