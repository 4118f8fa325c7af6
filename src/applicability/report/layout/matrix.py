"""A matrix of cells by colour and mark, as SVG and PNG."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from applicability.model.assessment import Bucket
from applicability.report.layout.buckets import FILLS, MARKS
from applicability.report.layout.pictures import TEXT_CELL, fitted_label, png_of, svg_of
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
    left = min(6.5, 0.35 + TEXT_CELL * max((text_width(line.label) for line in picture.lines), default=10))
    top = 0.9 + TEXT_CELL * max(map(text_width, columns))
    foot = 0.5 + 0.2 * len(picture.totals)
    cell = max(_CELL, min(0.9, 3.0 / max(count, 1)))
    wide = max(left + count * cell + 0.3, 7.0)
    tall = top + max(height, 1) * _CELL + foot
    figure = Figure(figsize=(wide, tall))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    axes.text(0.2, 0.3, fitted_label(picture.title, wide), fontsize=13, va="center")
    axes.text(0.2, 0.55, fitted_label(picture.about, wide), fontsize=7, color="#555555", va="center")
    across = 0.2 + 0.12 * max(text_width(picture.title), 8) + 0.6
    for bucket, name in picture.legend:
        shown = f"{_MARKS[bucket]} {name}"
        axes.add_patch(
            Rectangle((across, 0.2), 0.16, 0.16, facecolor=FILLS[bucket], edgecolor="#888888", linewidth=0.5)
        )
        axes.text(across + 0.22, 0.28, shown, fontsize=8, va="center")
        across += 0.5 + TEXT_CELL * text_width(shown)
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
