"""Companies as JSON Lines: one profile per line."""

from __future__ import annotations

import codecs
import contextlib
import functools
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from applicability.bulk.sources.flat_profiles import FlatProfile, ProfileFlattener, Twice, mixed, once
from applicability.bulk.sources.heading_groups import Known
from applicability.bulk.sources.source import Broken, Rows
from applicability.bulk.sources.streams import SNIFFED, FileSource, batched, broken_row
from applicability.lazy_dataclass import dataclass
from applicability.text import Text


@dataclass
class LinesSource(FileSource):
    """JSON Lines: one profile per line, with the same facts as a profile file."""

    known: Known | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        self._flattener = ProfileFlattener(self.known)

    def batches(self) -> Iterator[Rows]:
        """All rows, in batches."""
        yield from batched(self._told(), self.rows, functools.partial(mixed, self._always()))

    def _always(self) -> tuple[str, ...]:
        """The keys of the first profiles: every batch has these columns."""
        head = self._head if (name := self._encoding) is None else _utf8(self._head.decode(name, "ignore"))
        lines = head.split(b"\n")
        found: dict[str, None] = {}
        for words in lines[:-1] if len(self._head) >= SNIFFED else lines:
            with contextlib.suppress(ValueError, RecursionError):  # reported when the line itself is read
                row = _parsed(words, object_pairs_hook=once)
                found |= dict.fromkeys(self._flattener.flat(row).cells) if isinstance(row, dict) else {}
        return tuple(found)

    @property
    def _encoding(self) -> str | None:
        """The encoding that the file says it has by its byte order mark; None for UTF-8."""
        return next((name for mark, name in _BYTE_ORDER_MARKS if self._head.startswith(mark)), None)

    def _lines(self) -> Iterator[bytes]:
        """The lines, in UTF-8."""
        written = io.BufferedReader(self._bytes, SNIFFED)
        if (name := self._encoding) is None:
            yield from written
        else:
            yield from map(_utf8, io.TextIOWrapper(written, name, "replace", newline="\n"))

    def _told(self) -> Iterator[Broken | tuple[int, FlatProfile]]:
        """The profiles with their line numbers, and the problems of lines that are none."""
        for line, words in enumerate(self._lines(), 1):
            if not words.strip():
                continue
            try:
                row = _parsed(words, parse_constant=_constant, object_pairs_hook=once)
                if not isinstance(row, dict):
                    raise _Wrong(Text("每行应为一个对象 `{…}`", "a line holds one object, `{…}`"))
                profile = self._flattener.flat(row)
            except (ValueError, RecursionError) as error:
                shown = words.decode("utf-8", "backslashreplace").strip()[:200]
                yield broken_row(self.name, line, shown, _told(error))
            else:
                yield line, profile


class _Wrong(ValueError):
    """JSON that is not a profile, with the reason in both languages."""

    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


# The beginnings of the JSON parser's messages, and their translation.
_CHINESE: Mapping[str, str] = {
    "Expecting value": "此处缺少值",
    "Expecting property name": "此处应为带双引号的键",
    "Expecting ',' delimiter": "此处缺少逗号，或括号没有闭合",
    "Expecting ':' delimiter": "此处缺少冒号",
    "Illegal trailing comma": "末尾多一个逗号",
    "Unterminated string": "引号没有闭合",
    "Invalid control character": "引号内有控制字符",
    "Invalid \\escape": "引号内有不认得的转义符",
    "Invalid \\uXXXX escape": "引号内的转义符不完整",
    "Extra data": "一行只能有一个对象，其后还有内容",
    "Unexpected UTF-8 BOM": "此处不应有字节顺序标记",
}


def _told(error: ValueError | RecursionError) -> Text:
    """The problem of a line; in English, the JSON parser's message."""
    said = str(error).splitlines()[0]
    match error:
        case _Wrong(what=what):
            return what
        case json.JSONDecodeError(msg=message, pos=place):
            chinese = next((words for begin, words in _CHINESE.items() if message.startswith(begin)), f"“{message}”")
            return Text(f"不是有效的 JSON，第{place + 1}个字符：{chinese}", said)
        case UnicodeDecodeError():
            return Text("不是 UTF-8 文本", said)
        case RecursionError():
            return Text("嵌套过深", said)
        case _:
            return Text(f"不是有效的 JSON：“{said}”", said)


# Those of UTF-32 begin like those of UTF-16.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


# Ways to write a lone surrogate: escaped, as invalid UTF-8, or in another encoding, which shows by its zero bytes.
_HALVES = re.compile(rb"\\u[dD]|\xed[\xa0-\xbf]|\x00")
_LONE = re.compile("[\ud800-\udfff]").search


def _parsed(words: bytes, **how: Any) -> Any:
    """What a line holds, in UTF-8 or an encoding that the parser finds out. Raises ValueError and RecursionError."""
    found = json.loads(words, **how)
    return _encodable(found) if _HALVES.search(words) else found


def _encodable(held: Any) -> Any:
    """A value whose lone surrogates, which cannot be encoded, are told as escapes."""
    match held:
        case str():
            return held.encode("utf-8", "backslashreplace").decode() if _LONE(held) else held
        case list():
            return [_encodable(one) for one in held]
        case dict():
            return {_encodable(key): _encodable(value) for key, value in held.items()}
        case Twice(values=values):
            return Twice(_encodable([*values]))
    return held


def _constant(word: str) -> str | None:
    """What stands for a number that JSON does not have: NaN is how other programs write a missing value."""
    return None if word == "NaN" else word
