"""Line wrapping for terminals: Chinese is two cells wide and breaks anywhere except before its punctuation."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from applicability.lazy_pattern import lazy_pattern

# A part between two places where a line may end: brackets that open, a word or one Chinese character, the punctuation
# that may not begin a line, and the spaces after.
_PIECE = lazy_pattern(
    "[（《「『【“‘(\\[{]*(?:[^ \u1100-\U0010ffff]+|[^ ])[，。、；：？！）》」』】”’…—·%％,.;:?!)\\]}]* *| +"
)
# Characters from the first to the last take that many cells: what most texts are made of. A test compares them to rich.
KNOWN_WIDTHS = (
    (" ", "~", 1),
    ("\u3400", "\u9fff", 2),  # Chinese
    ("\u3001", "\u3015", 2),  # its punctuation
    ("\uff01", "\uff5e", 2),
    ("\u2010", "\u2027", 1),  # dashes, quotation marks, an ellipsis
    ("\u00a0", "\u00ac", 1),
    ("\u00b7", "\u00b7", 1),
    ("\u2190", "\u2193", 1),  # arrows
    ("\u2500", "\u257f", 1),  # rules of tables
    ("\u25cb", "\u25d3", 1),  # marks of verdicts
    ("\u2713", "\u2717", 1),
)

# Code points that Unicode reserves for no character: fonts have no sign for them, and XML forbids two of them.
_NONCHARACTERS = "\ufdd0-\ufdef\ufffe\uffff" + "".join(
    chr(plane << 16 | end) for plane in range(1, 17) for end in (0xFFFE, 0xFFFF)
)
_NONCHARACTER = lazy_pattern(f"[{_NONCHARACTERS}]")
_NOT_XML = lazy_pattern(f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff{_NONCHARACTERS}]")


def text_width(text: str) -> int:
    """How many cells of a line a text takes: a Chinese character takes two."""
    if text.isascii() and text.isprintable():
        return len(text)
    try:
        return sum(map(_KNOWN.__getitem__, text))
    except KeyError:
        from rich.cells import cell_len  # knows every character, and costs start-up time

        return cell_len(text)


class _Widths(dict[str, int]):
    """The cells of the characters that most texts are made of; KeyError for others."""

    def __missing__(self, char: str) -> int:
        for first, last, width in KNOWN_WIDTHS:
            if first <= char <= last:
                self[char] = width
                return width
        raise KeyError(char)


_KNOWN = _Widths()


def printable(text: str, keep: str = "") -> str:
    r"""Escapes everything that a terminal would interpret, that hides or reorders text, or that is no character.

    >>> printable("a\x1b[31mb\uffff")
    'a\\x1b[31mb\\uffff'
    """
    if text.isprintable():
        return text
    return "".join(char if char in keep or not _is_unseen(char) else _spelt(char) for char in text)


def xml_text(text: str) -> str:
    r"""Escapes what XML does not allow, in the same way, and leaves the rest of a user's data as it is.

    >>> xml_text("a\x0b\u200b") == "a\\x0b\u200b"
    True
    """
    return text if text.isprintable() else _NOT_XML.sub(lambda found: _spelt(found[0]), text)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl", "Zp") or _NONCHARACTER.match(char) is not None


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
        if size > width:  # a word longer than a line is cut
            *heads, piece = _cuts(piece, width)
            lines += heads
            size = text_width(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _cuts(text: str, width: int) -> Iterator[str]:
    """The parts of a text that fit into so many cells each, with one character at least."""
    start = used = 0
    for index, char in enumerate(text):
        size = text_width(char)
        if used + size > width and index > start:
            yield text[start:index]
            start, used = index, 0
        used += size
    yield text[start:]


def cut_to(text: str, width: int) -> str:
    """As much of the text as fits into that many cells, with an ellipsis where it is cut."""
    if text_width(text) <= width:
        return text
    from rich.cells import set_cell_size  # as above

    return set_cell_size(text, width - 1).rstrip() + "…"


def pad(text: str, width: int) -> str:
    """The text padded with spaces to that many cells."""
    return text + " " * max(0, width - text_width(text))


def fitted(text: str, width: int) -> str:
    """The text in exactly that many cells, cut if too long."""
    return pad(cut_to(printable(text), width), width)
