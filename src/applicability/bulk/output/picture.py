"""A summary as a picture: one bar for each of the measures open to most companies, coloured by verdict."""

from __future__ import annotations

from applicability.bulk.job import Job, Summary
from applicability.bulk.output.labels import say
from applicability.bulk.output.summary import top
from applicability.days import day_text
from applicability.model.assessment import BUCKETS
from applicability.report.language import labels as w
from applicability.report.layout.bars import Bar, Bars, png, svg

# Bars that fit on a page.
_MOST = 30


def summary_picture(job: Job, summary: Summary, format: str) -> bytes:
    """The picture as `svg` or `png`."""
    shown, found = BUCKETS[:5], top(job, summary)
    whole = len(found) <= _MOST
    bars = Bars(
        say("top", job.lang) if whole else say("first", job.lang, shown=_MOST, count=len(found)),
        say("about", job.lang, id=job.rulebook.id, version=job.rulebook.version, digest=job.rulebook.digest[:12],
            day=day_text(job.day).of(job.lang)),
        tuple(
            Bar(f"{one.measure.row} {one.measure.title.of(job.lang)}", tuple(one.of(bucket) for bucket in shown))
            for one in found[:_MOST]
        ),
        tuple((bucket, w.BUCKETS[bucket].of(job.lang)) for bucket in shown),
    )  # fmt: skip
    return svg(bars).encode() if format == "svg" else png(bars)
