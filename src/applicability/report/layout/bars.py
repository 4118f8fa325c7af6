"""Stacked bars of verdict counts, as SVG and PNG."""

from __future__ import annotations

from typing import Any

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.pictures import fitted_label, legend_places, png_of, svg_of, wrapped_label

_HEIGHT, _LEFT, _WIDE = 0.3, 5.0, 5.5  # inches: of a bar, of its label, of a whole


@dataclass(frozen=True)
class Bar:
    """One bar: its label, and a count for each bucket of the legend."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Bars:
    """A picture of bars, with its legend."""

    title: str
    about: str
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Bucket, str], ...]


def svg(bars: Bars) -> str:
    """The picture as SVG; text stays text."""
    return svg_of(lambda: _draw(bars))


def png(bars: Bars) -> bytes:
    """The picture as PNG, 150 dpi. Raises EngineError if no font has Chinese characters."""
    return png_of(lambda: _draw(bars))


def _draw(bars: Bars) -> Any:
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    wide = _LEFT + _WIDE + 0.9
    titles, abouts = wrapped_label(bars.title, wide, 13), wrapped_label(bars.about, wide, 7)
    places = legend_places([name for _, name in bars.legend], wide, _LEFT)
    level = 0.3 + 0.26 * (len(titles) - 1)
    below = level + 0.25 + 0.16 * (len(abouts) - 1)
    top = below + 0.6 + 0.24 * max((line for _, line in places), default=0)
    tall = top + max(len(bars.bars), 1) * _HEIGHT + 0.3
    figure = Figure(figsize=(wide, tall))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    for number, text in enumerate(titles):
        axes.text(0.2, 0.3 + 0.26 * number, text, fontsize=13, va="center")
    for number, text in enumerate(abouts):
        axes.text(0.2, level + 0.25 + 0.16 * number, text, fontsize=7, color="#555555", va="center")
    for (bucket, name), (across, row) in zip(bars.legend, places, strict=True):
        height = below + 0.31 + 0.24 * row
        box = Rectangle(
            (across, height - 0.08), 0.16, 0.16, facecolor=FILLS[bucket], edgecolor="#888888", linewidth=0.5
        )
        axes.add_patch(box)
        axes.text(across + 0.22, height, name, fontsize=8, va="center")
    for place, bar in enumerate(bars.bars):
        level, start, whole = top + place * _HEIGHT, _LEFT, max(sum(bar.counts), 1)
        axes.text(_LEFT - 0.1, level + _HEIGHT / 2, fitted_label(bar.label, _LEFT), fontsize=8, ha="right", va="center")
        for (bucket, _), count in zip(bars.legend, bar.counts, strict=True):
            length = _WIDE * count / whole
            box = Rectangle((start, level + 0.03), length, _HEIGHT - 0.06, facecolor=FILLS[bucket], edgecolor="white")
            axes.add_patch(box)
            if length > 0.09 * len(f"{count:,}"):
                middle = (start + length / 2, level + _HEIGHT / 2)
                axes.text(*middle, f"{count:,}", fontsize=7, ha="center", va="center", color="#333333")
            start += length
        axes.text(start + 0.08, level + _HEIGHT / 2, f"{whole:,}", fontsize=7, va="center", color="#555555")
    return figure
