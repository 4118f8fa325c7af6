"""The rank of what a paper compares: by what is open of the entity's own business, then by all that is open."""

from __future__ import annotations

from applicability.analysis.comparison import OPEN_BUCKETS, Comparison, Rank, Row
from applicability.report.layout.paper import same
from applicability.report.papers.met import is_own_business
from applicability.text import Text


def own_rows(comparison: Comparison) -> list[Row]:
    """The rows that bear on the entity's own business and are open somewhere."""
    return [
        row
        for row in comparison.rows
        if any(one.bucket in OPEN_BUCKETS and is_own_business(one) for one in row.findings)
    ]


def own_open(comparison: Comparison, index: int) -> int:
    return sum(row.buckets[index] in OPEN_BUCKETS for row in own_rows(comparison))


def own_unknown(comparison: Comparison, index: int) -> bool:
    """Whether some of these rows may be open in an alternative, which is not known."""
    return any(row.buckets[index] in ("needs_info", "pending") for row in own_rows(comparison))


def own_figure(comparison: Comparison, index: int) -> Text:
    """How many of these rows are open in an alternative, as far as it is known."""
    count = own_open(comparison, index)
    return same(f"{count or ''}{' + ' if count else ''}?" if own_unknown(comparison, index) else str(count))


def ranks(comparison: Comparison) -> list[tuple[int, Rank]]:
    """The alternatives with their rank: by what is open of its own business, where anything is; then by all."""
    if not own_rows(comparison):
        return [(one.place, one) for one in comparison.ranking]
    order = sorted(comparison.ranking, key=lambda one: (-own_open(comparison, one.index), one.place))
    counts = [own_open(comparison, one.index) for one in order]
    return [(counts.index(count) + 1, one) for count, one in zip(counts, order, strict=True)]
