"""Pictures that are read at a glance: a map of cells by colour and mark, as SVG and PNG.

In SVG text stays text, for the viewer's own fonts. PNG is drawn with a font that has Chinese characters, or not at all:
a picture with empty boxes for words is no picture. The same input gives the same bytes.
"""

from __future__ import annotations

import importlib.util
import io
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from applicability.analysis.comparison import Comparison
from applicability.errors import EngineError, Location, Problem
from applicability.model.assessment import BUCKETS, Bucket
from applicability.report.assessment.terminal import MARKS
from applicability.report.language import labels as w
from applicability.report.layout.colours import FILLS
from applicability.report.layout.wrap import cut_to, printable, text_width
from applicability.text import Lang, Text

FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei",
             "WenQuanYi Micro Hei", "Hiragino Sans GB")  # fmt: skip
_TITLE = Text("并列比较", "Side by side")
# No cross: fonts for Chinese seldom have one.
_MARKS: Mapping[Bucket, str] = {**MARKS, "ineligible": "·"}
_CELL = 0.26  # inches
_HEAD = 5.0  # inches that the name of a column may take
_LONGEST = 1000  # characters, more than fit anywhere
# A name with two dollar signs is no mathematics.
_SETTINGS: Mapping[str, Any] = {"font.family": "sans-serif", "axes.unicode_minus": False, "text.parse_math": False}


@dataclass(frozen=True)
class Line:
    """One line of a picture: its label, a cell for each column, and whether a rule is drawn above it."""

    label: str
    cells: tuple[Bucket, ...]
    ruled: bool = False


@dataclass(frozen=True)
class Picture:
    """A map: heads of columns, lines of cells, what the colours mean, and a line of figures under the columns."""

    title: str
    about: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    legend: tuple[tuple[Bucket, str], ...]
    totals: tuple[tuple[str, tuple[int, ...]], ...] = ()


def comparison_picture(comparison: Comparison, lang: Lang, every: bool = False) -> Picture:
    """The rows that differ (or every row) by alternatives."""
    rows = [row for row in comparison.rows if every or row.differs]
    used = {bucket for row in rows for bucket in row.buckets}
    return Picture(
        _TITLE.of(lang),
        f"{comparison.rulebook.id} {comparison.rulebook.version}",
        tuple(one.label.of(lang) for one in comparison.alternatives),
        tuple(Line(f"{row.measure.row} {row.measure.title.of(lang)}", row.buckets) for row in rows),
        legend(used, lang),
        tuple(
            (w.BUCKETS[bucket].of(lang), tuple(total[bucket] for total in comparison.totals)) for bucket in BUCKETS[:5]
        ),
    )


def legend(used: set[Bucket], lang: Lang) -> tuple[tuple[Bucket, str], ...]:
    """What the colours in use mean."""
    return tuple((bucket, f"{_MARKS[bucket]} {w.BUCKETS[bucket].of(lang)}") for bucket in BUCKETS if bucket in used)


def svg(picture: Picture) -> str:
    """The picture as SVG, its text as text."""
    return svg_of(lambda: _draw(picture))


def png(picture: Picture) -> bytes:
    """The picture as PNG, 150 dots an inch. Raises EngineError where no font has Chinese characters."""
    return png_of(lambda: _draw(picture))


def svg_of(draw: Callable[[], Any]) -> str:
    """What a figure draws, as SVG with its text as text."""
    matplotlib = library()
    families = {"font.sans-serif": [*FAMILIES, "DejaVu Sans"]}
    with matplotlib.rc_context({**_SETTINGS, **families, "svg.fonttype": "none", "svg.hashsalt": "applicability"}):
        data = io.StringIO()
        with warnings.catch_warnings():
            # The viewer's fonts will draw the text: that this machine may have none for it changes nothing.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            draw().savefig(data, format="svg", metadata={"Date": None, "Creator": "applicability"})
    return data.getvalue()


def png_of(draw: Callable[[], Any]) -> bytes:
    """What a figure draws, as PNG. Raises EngineError where no font has Chinese characters."""
    matplotlib = library()
    with matplotlib.rc_context({**_SETTINGS, "font.sans-serif": [font(), "DejaVu Sans"]}):
        data = io.BytesIO()
        draw().savefig(data, format="png", dpi=150, metadata={"Software": None})
    return data.getvalue()


def library() -> Any:
    """The library that draws. Raises EngineError where it is not installed."""
    try:
        import matplotlib  # an extra
    except ImportError:
        command = "pip install 'applicability[pictures]'"
        what = Text("没有安装 matplotlib", "matplotlib is not installed")
        hint = Text(f"运行：{command}", f"install it with: {command}")
        raise EngineError([Problem("E007", Location("picture"), what, hint)]) from None
    return matplotlib


def font() -> str:
    """The name of a font with Chinese characters: the one of the extra, or one of the system's."""
    from matplotlib import font_manager

    packaged = importlib.util.find_spec("zhplot")
    for folder in packaged.submodule_search_locations or () if packaged else ():
        file = Path(folder) / "fonts" / "NotoSansSC-Regular.ttf"
        if file.is_file():
            font_manager.fontManager.addfont(file)
            return str(font_manager.FontProperties(fname=file).get_name())
    known = {one.name for one in font_manager.fontManager.ttflist}
    found = next((name for name in FAMILIES if name in known), None)
    if found is None:
        what = Text("此处没有含汉字的字体", "no font here has Chinese characters")
        hint = Text(
            "用 pip install 'applicability[pictures]' 或 fonts-noto-cjk 安装字体；或改为输出 SVG，无需字体",
            "install one, with pip install 'applicability[pictures]' or fonts-noto-cjk; or write SVG, which needs none",
        )
        raise EngineError([Problem("E008", Location("picture"), what, hint)])
    return found


def _draw(picture: Picture) -> Any:
    """The figure: sizes in inches, so that no label is cut and no cell shrinks."""
    from matplotlib.figure import Figure
    from matplotlib.patches import Rectangle

    columns = [cut(name, _HEAD) for name in picture.columns]
    count, height = len(columns), len(picture.lines)
    left = min(6.5, 0.35 + 0.085 * max((text_width(line.label) for line in picture.lines), default=10))
    top = 0.9 + 0.085 * max(map(text_width, columns))
    foot = 0.5 + 0.2 * len(picture.totals)
    cell = max(_CELL, min(0.9, 3.0 / max(count, 1)))
    wide = max(left + count * cell + 0.3, 7.0)
    tall = top + max(height, 1) * _CELL + foot
    figure = Figure(figsize=(wide, tall))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, wide)
    axes.set_ylim(tall, 0)
    axes.axis("off")
    axes.text(0.2, 0.3, cut(picture.title, wide), fontsize=13, va="center")
    axes.text(0.2, 0.55, cut(picture.about, wide), fontsize=7, color="#555555", va="center")
    across = 0.2 + 0.12 * max(text_width(picture.title), 8) + 0.6
    for bucket, name in picture.legend:
        axes.add_patch(
            Rectangle((across, 0.2), 0.16, 0.16, facecolor=FILLS[bucket], edgecolor="#888888", linewidth=0.5)
        )
        axes.text(across + 0.22, 0.28, name, fontsize=8, va="center")
        across += 0.5 + 0.085 * text_width(name)
    for index, name in enumerate(columns):
        middle = left + (index + 0.5) * cell
        upright = cell < 0.085 * text_width(name)
        axes.text(middle, top - 0.08, name, fontsize=8, rotation=90 if upright else 0, ha="center", va="bottom")
    for place, line in enumerate(picture.lines):
        level = top + place * _CELL
        if line.ruled:
            axes.plot((0.2, left + count * cell), (level, level), color="#333333", linewidth=0.8)
        axes.text(left - 0.1, level + _CELL / 2, cut(line.label, left), fontsize=8, ha="right", va="center")
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


def cut(text: str, inches: float) -> str:
    """As much of a label as fits into a width, with what no XML and no font has spelt out."""
    return cut_to(printable(text[:_LONGEST]), int((inches - 0.35) / 0.085))
