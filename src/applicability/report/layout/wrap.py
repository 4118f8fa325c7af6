"""Line wrapping for terminals: Chinese is two cells wide and breaks anywhere except before its punctuation."""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len, set_cell_size

# A part between two break opportunities: opening brackets, a word or one Chinese character, the punctuation that must
# not begin a line, and trailing spaces.
_PIECE = re.compile(
    "[（《「『【“‘(\\[{]*(?:[^ \u1100-\U0010ffff]+|[^ ])[，。、；：？！）》」』】”’…—·%％,.;:?!)\\]}]* *| +"
)


def text_width(text: str) -> int:
    """The width of a text in cells; a Chinese character takes two."""
    return cell_len(text)


def printable(text: str, keep: str = "") -> str:
    r"""Escapes everything that a terminal would interpret, or that hides or reorders text.

    >>> printable("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.isprintable():
        return text
    return "".join(
        char if char in keep or unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp") else _spelt(char)
        for char in text
    )


def _spelt(char: str) -> str:
    code = ord(char)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def wrap(text: str, width: int) -> list[str]:
    """Wraps a text to lines of at most `width` cells where possible.

    >>> wrap("服务业扩大开放，综合试点", 8)
    ['服务业扩', '大开放，', '综合试点']
    """
    if text_width(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text):
        size = text_width(piece)
        if line and used + text_width(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, used, piece = "", 0, piece.lstrip()
            size = text_width(piece)
        while size > width:  # a word longer than a line is cut
            head, piece = _cut(piece, width)
            lines.append(head)
            size = text_width(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut(text: str, width: int) -> tuple[str, str]:
    used = 0
    for index, char in enumerate(text):
        used += text_width(char)
        if used > width:
            return text[: max(index, 1)], text[max(index, 1) :]
    return text, ""


def cut_to(text: str, width: int) -> str:
    """The text cut to that many cells, with an ellipsis if cut."""
    return text if text_width(text) <= width else set_cell_size(text, width - 1).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """The text padded with spaces to that many cells."""
    return text + " " * max(0, width - text_width(text))


def fitted(text: str, width: int) -> str:
    """The text in exactly that many cells, cut if too long."""
    return pad(cut_to(printable(text), width), width)
