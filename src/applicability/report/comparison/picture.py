"""A comparison as a picture: rows that differ, by alternatives."""

from __future__ import annotations

from applicability.analysis.comparison import Comparison
from applicability.model.assessment import BUCKETS
from applicability.report.comparison.terminal import say
from applicability.report.language import labels as w
from applicability.report.layout.matrix import Line, Picture
from applicability.text import Lang


def picture(comparison: Comparison, lang: Lang, every: bool = False) -> Picture:
    """The picture of the rows that differ (or of every row), by alternatives."""
    rows = [row for row in comparison.rows if every or row.differs]
    used = {bucket for row in rows for bucket in row.buckets}
    return Picture(
        say("title").of(lang),
        f"{comparison.rulebook.id} {comparison.rulebook.version}",
        tuple(one.label.of(lang) for one in comparison.alternatives),
        tuple(Line(f"{row.measure.row} {row.measure.title.of(lang)}", row.buckets) for row in rows),
        w.bucket_names(used, lang),
        tuple(
            (w.BUCKETS[bucket].of(lang), tuple(total[bucket] for total in comparison.totals)) for bucket in BUCKETS[:5]
        ),
    )
