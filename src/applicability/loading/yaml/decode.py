"""Decodes the bytes of a file: UTF-8, or UTF-16 with a byte order mark, without binary content."""

from __future__ import annotations

import re

from applicability.errors import Location, Problem
from applicability.lazy_pattern import lazy_pattern
from applicability.text import Text

MAX_BYTES = 5_000_000
# As git writes them; a person may have indented them since, inside a text.
_CONFLICT = lazy_pattern(r"^[ \t]*(?:<{7}|>{7}|\|{7})(?: .*)?$", re.MULTILINE)


def decode(data: bytes, file: str, prefix: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, without a byte order mark; or the problem that makes it unreadable."""
    if len(data) > MAX_BYTES:
        size = MAX_BYTES // 1_000_000
        message = Text(f"文件超过 {size} MB", f"larger than {size} MB")
        hint = Text(
            "档案和规则文件只有几千字节：是否选错了文件？",
            "a profile or rule file is a few kilobytes: is this the right file?",
        )
        return None, [Problem(f"{prefix}003", Location(file), message, hint)]
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        column = error.start - (data.rfind(b"\n", 0, error.start) + 1) + 1
        place = Location(file, line, column)
        hint = Text(
            "把文件存为 UTF-8 文本；GBK 或 GB 18030 的文件须先转换编码",
            "save the file as UTF-8 text; a file in GBK or GB 18030 must be converted first",
        )
        return None, [Problem(f"{prefix}004", place, Text("不是 UTF-8 文本", "not UTF-8 text"), hint)]
    for index, char in enumerate(text):
        if char < " " and char not in "\n\r\t":
            place = _place(text, index, file)
            code = f"U+{ord(char):04X}"
            message = Text(
                f"含控制字符（{code}）：这不是文本文件", f"a control character ({code}): this is not a text file"
            )
            hint = Text("把文件存为纯文本（UTF-8）", "save the file as plain UTF-8 text")
            return None, [Problem(f"{prefix}004", place, message, hint)]
    marked = any(sign in text for sign in ("<" * 7, ">" * 7, "|" * 7))
    marker = _CONFLICT.search(text) if marked else None
    if marker is not None:
        line = text.count("\n", 0, marker.start()) + 1
        what = Text("含未解决的合并冲突", "an unresolved merge conflict")
        hint = Text(
            "选定其中一边，并删去 `<<<<<<<`、`=======`、`>>>>>>>` 各行",
            "choose a side, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`",
        )
        return None, [Problem(f"{prefix}012", Location(file, line, 1), what, hint)]
    return text, []


def _place(text: str, index: int, file: str) -> Location:
    return Location(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
