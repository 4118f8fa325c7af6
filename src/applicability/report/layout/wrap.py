"""Setting lines in a terminal: Chinese is two cells wide and breaks anywhere but before its punctuation."""

from __future__ import annotations

import re
import unicodedata

from rich.cells import cell_len

# A part between two places where a line may end: brackets that open, a word or one Chinese character, the punctuation
# that may not begin a line, and the spaces after.
_PIECE = re.compile(
    "[（《「『【“‘(\\[{]*(?:[^ \u1100-\U0010ffff]+|[^ ])[，。、；：？！）》」』】”’…—·%％,.;:?!)\\]}]* *| +"
)


def printable(text: str, keep: str = "") -> str:
    r"""The text with everything that a terminal would obey, or that hides or turns text, spelt out.

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
    """The lines of a text, none wider than `width` cells where that can be helped.

    >>> wrap("服务业扩大开放，综合试点", 8)
    ['服务业扩', '大开放，', '综合试点']
    """
    if cell_len(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line, used = "", 0
    for piece in _PIECE.findall(text):
        size = cell_len(piece)
        if line and used + cell_len(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, used, piece = "", 0, piece.lstrip()
            size = cell_len(piece)
        while size > width:  # a word longer than a line is cut
            head, piece = _cut(piece, width)
            lines.append(head)
            size = cell_len(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cut(text: str, width: int) -> tuple[str, str]:
    used = 0
    for index, char in enumerate(text):
        used += cell_len(char)
        if used > width:
            return text[: max(index, 1)], text[max(index, 1) :]
    return text, ""


def pad(text: str, width: int) -> str:
    """The text with spaces up to that many cells."""
    return text + " " * max(0, width - cell_len(text))
