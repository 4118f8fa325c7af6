"""Stacked bars of verdict counts, as SVG and PNG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from applicability.model.assessment import Bucket
from applicability.report.layout.buckets import FILLS
from applicability.report.layout.pictures import fitted_label, png_of, svg_of
from applicability.report.layout.wrap import text_width

_HEIGHT, _LEFT, _WIDE = 0.3, 4.2, 5.5  # inches: height of a bar, width of its label, width of the longest bar


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

    top = 1.15
    wide, tall = _LEFT + _WIDE + 0.9, top + max(len(bars.bars), 1) * _HEIGHT + 0.3
    figure = Figure(figsize=(wide, tall))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    axes.text(0.2, 0.3, fitted_label(bars.title, wide), fontsize=13, va="center")
    axes.text(0.2, 0.55, fitted_label(bars.about, wide), fontsize=7, color="#555555", va="center")
    across = _LEFT
    for bucket, name in bars.legend:
        box = Rectangle((across, 0.78), 0.16, 0.16, facecolor=FILLS[bucket], edgecolor="#888888", linewidth=0.5)
        axes.add_patch(box)
        axes.text(across + 0.22, 0.86, name, fontsize=8, va="center")
        across += 0.45 + 0.17 * max(2, text_width(name) / 2)
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
