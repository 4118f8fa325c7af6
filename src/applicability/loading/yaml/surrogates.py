"""Joins JSON surrogate escapes: JSON writes a character such as 𠮷 as two, which YAML does not allow.

The text gets shorter by that; the columns are recorded, so that locations after them on the line are still correct.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Two surrogate escapes in a row, not preceded by an escaping backslash.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})")
SHORTER = len(r"\ud842\udfb7") - len(r"\U00020BB7")


def is_json(text: str) -> bool:
    """Whether a file looks like JSON, in which all text is double-quoted."""
    return text.lstrip()[:1] in ("{", "[")


def joined(text: str) -> tuple[str, Mapping[int, tuple[int, ...]]]:
    """The text with every two halves as one character; for each line (from 0) the columns from which it is shorter.

    >>> joined(r'{"a": "\\ud842\\udfb7"}')[0]
    '{"a": "\\\\U00020BB7"}'
    """
    shorter: dict[int, list[int]] = {}
    lost = {"line": -1, "by": 0}

    def whole(found: re.Match[str]) -> str:
        high, low = int(found[2], 16), int(found[3], 16)
        line = text.count("\n", 0, found.start())
        lost["by"] = lost["by"] if lost["line"] == line else 0
        column = found.end() - (text.rfind("\n", 0, found.start()) + 1)
        lost["line"], lost["by"] = line, lost["by"] + SHORTER
        shorter.setdefault(line, []).append(column - lost["by"])
        return f"{found[1]}\\U{0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00):08X}"

    made = _PAIR.sub(whole, text)
    return made, {line: tuple(columns) for line, columns in shorter.items()}
