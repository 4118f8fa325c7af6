"""A matrix of cells by colour and mark, as SVG and PNG."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.layout.pictures import TEXT_CELL, fitted_label, legend_places, png_of, svg_of, wrapped_label
from applicability.report.layout.wrap import text_width

# No cross: fonts for Chinese seldom have one.
_MARKS: Mapping[Bucket, str] = {**MARKS, "ineligible": "·"}
_CELL = 0.26  # inches
_HEAD = 5.0  # inches that a column heading may take


@dataclass(frozen=True)
class Line:
    """One line of the matrix: its label, a cell for each column, and whether a rule is drawn above it."""

    label: str
    cells: tuple[Bucket, ...]
    ruled: bool = False


@dataclass(frozen=True)
class Picture:
    """A matrix: column headings, lines of cells, the legend, and totals under the columns."""

    title: str
    about: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[Bucket, str], ...]
    totals: tuple[tuple[str, tuple[int, ...]], ...] = ()


def svg(picture: Picture) -> str:
    """The picture as SVG; text stays text."""
    return svg_of(lambda: _draw(picture))


def png(picture: Picture) -> bytes:
    """The picture as PNG, 150 dpi. Raises EngineError if no font has Chinese characters."""
    return png_of(lambda: _draw(picture))


def _draw(picture: Picture) -> Any:
    """Draws the figure, sized in inches, so that no label is cut and no cell shrinks."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    columns = [fitted_label(name, _HEAD) for name in picture.columns]
    count, height = len(columns), len(picture.lines)
    left = min(7.5, 0.45 + TEXT_CELL * max((text_width(line.label) for line in picture.lines), default=10))
    cell = max(_CELL, min(0.9, 3.0 / max(count, 1)))
    wide = max(left + count * cell + 0.3, 7.0)
    titles = wrapped_label(picture.title, wide, 13)
    abouts = wrapped_label(picture.about, wide, 7)
    named = [f"{_MARKS[bucket]} {name}" for bucket, name in picture.legend]
    places = legend_places(named, wide)
    level = 0.3 + 0.26 * (len(titles) - 1)
    below = level + 0.25 + 0.16 * (len(abouts) - 1)
    last = below + 0.28 + 0.24 * max((line for _, line in places), default=-1)
    top = last + 0.3 + TEXT_CELL * max(map(text_width, columns))
    foot = 0.5 + 0.2 * len(picture.totals)
    tall = top + max(height, 1) * _CELL + foot
    figure = Figure(figsize=(wide, tall))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    for number, text in enumerate(titles):
        axes.text(0.2, 0.3 + 0.26 * number, text, fontsize=13, va="center")
    for number, text in enumerate(abouts):
        axes.text(0.2, level + 0.25 + 0.16 * number, text, fontsize=7, color="#555555", va="center")
    for (bucket, _), shown, (across, row) in zip(picture.legend, named, places, strict=True):
        middle = below + 0.28 + 0.24 * row
        box = Rectangle(
            (across, middle - 0.08), 0.16, 0.16, facecolor=FILLS[bucket], edgecolor="#888888", linewidth=0.5
        )
        axes.add_patch(box)
        axes.text(across + 0.22, middle, shown, fontsize=8, va="center")
    for index, name in enumerate(columns):
        middle = left + (index + 0.5) * cell
        upright = cell < TEXT_CELL * text_width(name)
        axes.text(middle, top - 0.08, name, fontsize=8, rotation=90 if upright else 0, ha="center", va="bottom")
    for place, line in enumerate(picture.lines):
        level = top + place * _CELL
        if line.ruled:
            axes.plot((0.2, left + count * cell), (level, level), color="#333333", linewidth=0.8)
        axes.text(left - 0.1, level + _CELL / 2, fitted_label(line.label, left), fontsize=8, ha="right", va="center")
        for index, bucket in enumerate(line.cells):
            corner = (left + index * cell, level)
            axes.add_patch(Rectangle(corner, cell, _CELL, facecolor=FILLS[bucket], edgecolor="white", linewidth=0.8))
            centre = (corner[0] + cell / 2, level + _CELL / 2)
            axes.text(*centre, _MARKS[bucket], fontsize=7, ha="center", va="center", color="#333333")
    for place, (name, counts) in enumerate(picture.totals):
        level = top + max(height, 1) * _CELL + 0.25 + 0.2 * place
        axes.text(left - 0.1, level, name, fontsize=8, ha="right", va="center", color="#333333")
        for index, number in enumerate(counts):
            axes.text(left + (index + 0.5) * cell, level, str(number), fontsize=7, ha="center", va="center")
    return figure
