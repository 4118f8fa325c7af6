"""Lines for a terminal, within its width; control characters are escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from applicability.lazy_dataclass import dataclass
from applicability.model.assessment import Bucket
from applicability.report.layout.buckets import MARKS, STYLES
from applicability.report.layout.wrap import pad, printable, text_width, wrap

# Cells that a table reserves for row titles, however many columns it has.
TITLE_ROOM = 30


class LineWriter:
    """Collects lines, wrapped to a width and coloured if the terminal has colours."""

    def __init__(self, width: int, color: bool) -> None:
        self.width = max(40, min(width, 110))  # longer lines are hard to read
        self._color = color
        self._lines: list[str] = []

    def text(self) -> str:
        """All lines so far, ending in one newline."""
        return "\n".join(self._lines).rstrip("\n") + "\n"

    def paint(self, text: str, style: str) -> str:
        """The text in a style, on a terminal that has colours."""
        if not (self._color and style):
            return text
        from rich.color import ColorSystem  # costs start-up time; whoever reads a file or a pipe sees no colours
        from rich.style import Style

        return Style.parse(style).render(text, color_system=ColorSystem.STANDARD)

    def blank(self) -> None:
        """Adds an empty line, never two in a row."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def raw(self, line: str) -> None:
        """Adds a line that is already laid out."""
        self._lines.append(line.rstrip())

    def line(self, text: str, style: str = "", lead: str = "", lead_style: str = "", indent: int = 0) -> None:
        """Adds a paragraph after a lead on its first line; further lines start at `indent`."""
        lead = printable(lead)
        start = max(indent, text_width(lead))
        for index, part in enumerate(wrap(printable(text), self.width - start)):
            before = self.paint(pad(lead, start), lead_style) if index == 0 else " " * start
            self._lines.append((before + self.paint(part, style)).rstrip())

    def tree(self, nodes: Iterable[Node], depth: int = 0) -> None:
        """Adds a tree of nodes, indented, each with its verdict's mark."""
        for node in nodes:
            mark = f"{MARKS[node.bucket]} " if node.bucket else ""
            self.line(node.text, "", "  " * depth + mark, STYLES[node.bucket] if node.bucket else "")
            self.tree(node.parts, depth + 1)


def column_blocks(widths: Sequence[int], room: int) -> list[range]:
    """Splits columns of those widths, each after a space, into blocks that fit in the room.

    >>> column_blocks([3, 3, 3], 8)
    [range(0, 2), range(2, 3)]
    """
    found, start, used = [], 0, 0
    for index, width in enumerate(widths):
        if used + width + 1 > room and index > start:
            found.append(range(start, index))
            start, used = index, 0
        used += width + 1
    return [*found, range(start, len(widths))]


@dataclass(frozen=True)
class Node:
    """One line of a tree and the lines under it; `bucket` is that of its verdict, if any."""

    text: str
    bucket: Bucket | None = None
    parts: tuple[Node, ...] = ()


def map_texts(node: Node, change: Callable[[str], str]) -> Node:
    """The same tree with every text changed."""
    return Node(change(node.text), node.bucket, tuple(map_texts(part, change) for part in node.parts))
