"""Tables with a column for each of what is compared, so wide that they would not fit a page: alike ones share a column,
and what is left is told in several tables, each with the heads of its lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.report.layout.paper import Table, TableCell
from applicability.text import Text

FITTING = 7  # columns beside the heads of the lines that fit a page on its long side
_WIDTH = 60  # the part of a table's width that all these columns share


def parted(
    heads: Sequence[Text],
    labels: Sequence[Text],
    rows: Sequence[tuple[Sequence[TableCell], Sequence[TableCell]]],
    widths: Sequence[int],
    fills: Sequence[Sequence[str | None]] = (),
    *,
    figures: bool = False,
) -> Iterator[Table]:
    """Tables of rows, each of which has the cells under `heads`, as wide as `widths` tell, and one cell for each of
    the `labels`. Up to `FITTING` labels have a column of their own; of more, those whose cells are all alike share one.
    """
    columns = _columns(labels, rows)
    for start in range(0, len(columns), FITTING):
        own = columns[start : start + FITTING]
        share = max(1, _WIDTH // len(own))
        yield Table(
            (*heads, *(in_a_row([labels[place] for place in alike]) for alike in own)),
            tuple((*before, *(cells[alike[0]] for alike in own)) for before, cells in rows),
            (*widths, *(share for _ in own)),
            tuple((*(None for _ in heads), *(colours[alike[0]] for alike in own)) for colours in fills),
            right=tuple(range(len(heads), len(heads) + len(own))) if figures else (),
        )


def in_a_row(labels: Sequence[Text]) -> Text:
    """Labels one after the other."""
    return Text("、".join(one.zh for one in labels), ", ".join(one.en for one in labels))


def _columns(
    labels: Sequence[Text], rows: Sequence[tuple[Sequence[TableCell], Sequence[TableCell]]]
) -> list[tuple[int, ...]]:
    """The places of the labels that share a column."""
    if len(labels) <= FITTING:
        return [(place,) for place in range(len(labels))]
    found: dict[tuple[TableCell, ...], list[int]] = {}
    for place in range(len(labels)):
        found.setdefault(tuple(cells[place] for _, cells in rows), []).append(place)
    return [tuple(alike) for alike in found.values()]
