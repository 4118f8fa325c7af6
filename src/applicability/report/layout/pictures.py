"""Renders figures as SVG and PNG with matplotlib, if it is installed.

In SVG text stays text, for the viewer's own fonts. PNG requires a font with Chinese characters: a picture with empty
boxes for words is useless. The same input gives the same bytes.
"""

from __future__ import annotations

import importlib.util
import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from applicability.errors import EngineError, Location, Problem
from applicability.report.layout.wrap import cut_to, printable, text_width, wrap
from applicability.text import Text

FAMILIES = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei",
             "WenQuanYi Micro Hei", "Hiragino Sans GB")  # fmt: skip
# Inches of a cell of text at 8 points, a Chinese character being two.
TEXT_CELL = 0.072
_LONGEST = 1000  # characters, more than fit anywhere
# A name with two dollar signs is not mathematics.
_SETTINGS: Mapping[str, Any] = {"font.family": "sans-serif", "axes.unicode_minus": False, "text.parse_math": False}


def svg_of(draw: Callable[[], Any]) -> str:
    """A figure as SVG, with its text as text."""
    matplotlib = library()
    families = {"font.sans-serif": [*FAMILIES, "DejaVu Sans"]}
    with matplotlib.rc_context({**_SETTINGS, **families, "svg.fonttype": "none", "svg.hashsalt": "applicability"}):
        data = io.StringIO()
        with warnings.catch_warnings():
            # The viewer's fonts will draw the text, so a font missing here does not matter.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            draw().savefig(data, format="svg", metadata={"Date": None, "Creator": "applicability"})
    return data.getvalue()


def png_of(draw: Callable[[], Any]) -> bytes:
    """A figure as PNG. Raises EngineError if no font has Chinese characters."""
    matplotlib = library()
    with matplotlib.rc_context({**_SETTINGS, "font.sans-serif": [font(), "DejaVu Sans"]}):
        data = io.BytesIO()
        draw().savefig(data, format="png", dpi=150, metadata={"Software": None})
    return data.getvalue()


def library() -> Any:
    """The matplotlib module. Raises EngineError if it is not installed."""
    try:
        import matplotlib  # an optional dependency
    except ImportError:
        command = "pip install 'applicability[pictures]'"
        what = Text("没有安装 matplotlib", "matplotlib is not installed")
        hint = Text(f"运行：{command}", f"install it with: {command}")
        raise EngineError([Problem("E004", Location("picture"), what, hint)]) from None
    return matplotlib


def font() -> str:
    """The name of a font with Chinese characters: the one from the extra, or a system font."""
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


def fitted_label(text: str, inches: float, points: float = 8) -> str:
    """As much of a label as fits into a width, with what no XML and no font has spelt out."""
    return cut_to(printable(text[:_LONGEST]), int((inches - 0.35) * 8 / (TEXT_CELL * points)))


def wrapped_label(text: str, inches: float, points: float = 8) -> list[str]:
    """The whole of a text, in as many lines as its width asks for."""
    return wrap(printable(text[:_LONGEST]), max(int((inches - 0.35) * 8 / (TEXT_CELL * points)), 10))


def legend_places(names: Sequence[str], wide: float, start: float = 0.2) -> list[tuple[float, int]]:
    """For each name of a legend how far to the right and on which line it stands, so that none is cut."""
    found, across, line = [], start, 0
    for name in names:
        room = 0.5 + TEXT_CELL * text_width(name)
        if across > start and across + room > wide - 0.1:
            across, line = start, line + 1
        found.append((across, line))
        across += room
    return found
