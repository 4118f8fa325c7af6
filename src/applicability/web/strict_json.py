"""JSON of requests, strictly: no key twice, no NaN, no half characters, and no deeper or longer than is allowed."""

from __future__ import annotations

import json
import math
import re
from typing import Any

from applicability.errors import Location, Problem
from applicability.text import Text
from applicability.web.problems import RefusedRequest

_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[\]{},]')
_BODY = Location("body")


def check_size(body: bytes, depth: int, entries: int) -> None:
    """Refuse a body that nests deeper or lists more than allowed, before anything is built of it."""
    level, counts = 0, [0]
    for found in _TOKENS.finditer(body):
        token = found[0]
        if token in (b"{", b"["):
            level += 1
            counts.append(0)
            if level > depth:
                what = Text(f"嵌套超过{depth}层", f"it nests deeper than {depth} levels")
                raise RefusedRequest(413, Problem("H003", _BODY, what))
        elif token in (b"}", b"]"):
            level -= 1
            if len(counts) > 1:
                counts.pop()
        elif token == b",":
            counts[-1] += 1
            if counts[-1] >= entries:
                what = Text(f"一个列表多于{entries}项", f"a list has more than {entries} entries")
                raise RefusedRequest(413, Problem("H003", _BODY, what))


def strict_json(body: bytes) -> Any:
    """What a body holds. Raises RefusedRequest where it is no strict JSON."""
    try:
        found = json.loads(body, parse_constant=_refuse, parse_float=_finite, object_pairs_hook=_once)
        if b"\\u" in body:
            json.dumps(found, ensure_ascii=False).encode()  # half a character cannot be written again
    except (ValueError, RecursionError) as error:
        raise RefusedRequest(400, Problem("H001", _BODY, _told(error))) from None
    return found


def _told(error: ValueError | RecursionError) -> Text:
    match error:
        case json.JSONDecodeError(lineno=line, colno=column):
            return Text(
                f"不是有效的 JSON，第{line}行第{column}个字符起无法读取",
                f"not valid JSON: unreadable from line {line}, character {column}",
            )
        case UnicodeError():
            return Text("不是 UTF-8 文本，或有半个字符", "not UTF-8 text, or half a character in it")
        case _NoStrictJson(what=what):
            return what
        case _:
            return Text("不是有效的 JSON", "not valid JSON")


class _NoStrictJson(ValueError):
    def __init__(self, what: Text) -> None:
        self.what = what
        super().__init__(what.en)


def _refuse(word: str) -> object:
    raise _NoStrictJson(Text(f"`{word}` 不是 JSON 的值", f"`{word}` is no value of JSON"))


def _finite(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise _NoStrictJson(Text("数字过大", "a number is too large"))
    return number


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NoStrictJson(Text("有重复的键", "a key stands twice"))
    return found
