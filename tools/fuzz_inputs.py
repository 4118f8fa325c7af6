"""Mutations of documents, on their bytes and on their parts, each drawn from a `random.Random` and nothing else."""

from __future__ import annotations

import datetime
import json
import math
import reprlib
from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import Any

import yaml

# Texts that have broken readers before: control characters, halves of characters, direction marks, what YAML or a
# spreadsheet takes for something else.
TEXTS = (
    "", " ", "\t", "\n", "\0", "\x1b[31m", "\x7f", "\x85", "\u2028", "\ufeff", "\u200b上海", "\u202e海上", "e\u0301",
    "\ud800", "\udfff\ud800", "\U0001f3e2", "𠮷", "４０％", "４０", "²", "Ⅷ", "上海市浦东新区", "`", "“”", "{x}",
    "%s", "~", "null", "NO", "on", "010", "0x1F", "1_000", "1e999999", "-0", "1/2", "=1+1", "&a", "*a", "!!set",
    "<<", "- a", "a: b", "#", "'", '"', "|", ">", "%YAML 9.9", "---", "...", "../..", "a\\b", "a/b", "\\ud83c", "\r\n",
    "9999-12-31", "0000-00-00", "2026-02-30", "2026-11-23T00:00:00Z", "二〇二六年", "50%", "１００", "-1", "1e400",
    "." * 300, "上" * 300, "[" * 60, "(" * 2000, "a" * 70_000, "9" * 5000, "x\u0300" * 500,
)  # fmt: skip
# Pieces of syntax that are put into the bytes of a document.
SYNTAX = (
    b"&a ", b"*a", b"<<: *a\n", b"!!binary ", b"!!set {a}", b"? ", b"---\n", b"...\n", b"\t", b"\r", b"\0", b"\xff\xfe",
    b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\xe4\xb8", b"\x1b]0;x\x07", b"\xef\xbb\xbf", b"\xc2\x85",
    b"\xe2\x80\xa8", b"'", b'"', b"\\", b'"\\ud800"', b'"\\x', b"|+9\n", b">-\n", b"[", b"{", b"]", b"}", b",", b": ",
    b"#", b"%TAG ! tag:x,2000:\n", b"<<<<<<< ours\n", b"=======\n", b">>>>>>> theirs\n", b"{" * 50, b"[" * 3000,
    b"a: {" * 45, b"- " * 200, b"9" * 6000, b"1e" + b"9" * 400, b".nan", b".inf", b"-.inf", b"NaN", b"Infinity",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "gb18030", "gbk", "latin-1", "utf-8-sig", "utf-7", "cp037")
# Values that only a program can give, not a file: one that holds itself, a deep one, one of 2^38 parts, and others.
_OWN: list[Any] = []
_OWN.append(_OWN)
_DEEP: Any = "a"
_WIDE: Any = "a"
for _ in range(1_000):
    _DEEP = [_DEEP]
for _ in range(38):
    _WIDE = {"a": _WIDE, "b": _WIDE}
OBJECTS: tuple[Any, ...] = (
    math.nan, math.inf, -math.inf, -0.0, 1e308, 5e-324, Decimal("NaN"), Decimal("sNaN"), Decimal("-Infinity"),
    Decimal("1E+999999"), Decimal("1e-999999"), 10**5000, -(10**5000), 2**63, datetime.date.min, datetime.date.max,
    datetime.datetime(2026, 11, 23, 1, 2, 3), datetime.time(1), datetime.timedelta(1), b"\xff", bytearray(b"a"),
    {"a"}, frozenset(), (), ("上海", "天津"), range(3), object, object(), NotImplemented, ..., 1j, {1: 2},
    {None: 1}, {(): []}, _OWN, {"yes": _OWN}, [_OWN], _DEEP, [_DEEP], _WIDE, {"a": [_WIDE]},
    {True: False}, [[]], [None], [{}], True, False, None,
)  # fmt: skip


# How deep a part may be that is changed.
_LEVELS = 8
KEYS: tuple[Any, ...] = (1, None, True, (), ("city",), b"city", 10**5000, 1.5, datetime.date.max)


def nasty_text(draw: Random) -> str:
    """A text that readers stumble over, alone or within another."""
    text = draw.choice(TEXTS)
    return text if draw.random() < 0.7 else draw.choice(("上海", "a", "50", "")) + text + draw.choice(TEXTS)


def plain_value(draw: Random, depth: int = 0) -> Any:
    """A value of JSON: of any type, size and depth."""
    match draw.randrange(12 if depth < 4 else 8):
        case 0:
            return draw.choice((0, 1, -1, 100, 100.000001, 50.5, 2**63, 10**400, 1e308, math.nan, math.inf, -math.inf))
        case 1:
            return draw.choice((True, False, None))
        case 2:
            return draw.randrange(-(10**9), 10**9) / draw.choice((1, 7, 10**6))
        case 3:
            return f"{draw.randrange(0, 10_000):04}-{draw.randrange(0, 14):02}-{draw.randrange(0, 33):02}"
        case 4 | 5 | 6 | 7:
            return nasty_text(draw)
        case 8:
            return [plain_value(draw, depth + 1) for _ in range(draw.randrange(4))]
        case 9:
            return [plain_value(draw, 9)] * draw.choice((1, 2, 50, 3000))
        case 10:
            return {nasty_text(draw): plain_value(draw, depth + 1) for _ in range(draw.randrange(4))}
        case _:
            value = plain_value(draw, 9)
            for _ in range(draw.choice((1, 5, 39, 41, 200))):
                value = draw.choice(([value], {"a": value}))
            return value


def shown(value: object) -> str:
    """A value as text, in part if there is much of it."""
    try:
        return value if isinstance(value, str) else _PART.repr(value)
    except ValueError:  # integers of more than 4,300 digits
        return "(a very large integer in it)"


_PART = reprlib.Repr()
_PART.maxlevel, _PART.maxlist, _PART.maxdict, _PART.maxstring, _PART.maxother = 8, 40, 40, 200, 200


def _parts(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every part."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    if len(path) > _LEVELS:
        return [path]
    return [path, *(found for key, part in inner for found in _parts(part, (*path, key)))]


def _copied(value: Any, depth: int = 0) -> Any:
    """A copy of every part that `_parts` names, so that changing one leaves the constants above as they are.

    What is deeper is shared: one of them has a thousand levels, one 2^38 parts, and one holds itself.
    """
    if depth > _LEVELS:
        return value
    if isinstance(value, dict):
        return {key: _copied(part, depth + 1) for key, part in value.items()}
    return [_copied(part, depth + 1) for part in value] if isinstance(value, list) else value


def _at(value: Any, path: Sequence[Any]) -> Any:
    for key in path:
        value = value[key]
    return value


def mutated_tree(tree: Any, draw: Random, words: Sequence[str], *, objects: bool = False) -> Any:
    """A document with some parts changed: other values, types, keys, places. `words` are known keys and values."""
    tree = _copied(tree)
    for _ in range(draw.choice((1, 1, 1, 1, 2, 4))):
        paths = [path for path in _parts(tree) if path]
        if not paths or not isinstance(tree, (dict, list)):
            break
        path = draw.choice(paths)
        around, key = _at(tree, path[:-1]), path[-1]
        old = around[key]
        match draw.randrange(14):
            case 0:
                around[key] = plain_value(draw)
            case 1:
                around[key] = _copied(draw.choice(OBJECTS)) if objects else nasty_text(draw)
            case 2:
                around[key] = draw.choice(([old], {"a": old}, [old, old], {shown(old)[:50]: old}, shown(old), [[old]]))
            case 3:
                around[key] = _copied(_at(tree, draw.choice(paths)))
            case 4:
                del around[key]
            case 5 if isinstance(around, dict):
                odd = draw.choice(KEYS) if objects else nasty_text(draw)
                around[draw.choice((draw.choice(words), odd))] = around.pop(key)
            case 6 if isinstance(around, dict):
                around[draw.choice(words)] = draw.choice((plain_value(draw), draw.choice(words), old))
            case 7 if isinstance(old, list):
                around[key] = old * draw.choice((2, 100, 5000 // (len(shown(old)))))
            case 8:
                around[key] = draw.choice(words)
            case 9 | 10 if isinstance(around, dict) and len(around) > 1:
                del around[key]  # what is left may well be answered
            case 11 | 12 if isinstance(around, list):
                draw.shuffle(around)
            case _:
                same = [one for one in paths if one[-1] == key] if isinstance(key, str) else paths
                around[key] = _copied(_at(tree, draw.choice(same)))
    return tree


def written(tree: Any, draw: Random) -> bytes:
    """A document as bytes: JSON or YAML in one of their styles; what they cannot write is left to JSON's escapes."""
    match draw.randrange(4):
        case 0:
            text = json.dumps(tree, ensure_ascii=False)
        case 1:
            text = json.dumps(tree, indent=draw.choice((None, 1)))
        case style:
            try:
                text = yaml.dump(tree, Dumper=_Dumper, allow_unicode=style == 2, sort_keys=False,
                                 default_flow_style=draw.choice((True, False, None)))  # fmt: skip
            except (UnicodeError, ValueError, RecursionError):  # halves of characters, integers of 5,000 digits
                text = json.dumps(tree)
    return text.encode("utf-8", "surrogatepass")


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    """Writes a value that stands twice with an anchor and an alias, as YAML's libraries do."""


def mutated_bytes(data: bytes, draw: Random, others: Sequence[bytes]) -> bytes:
    """The bytes with some of them flipped, dropped, repeated, put in, or written in another encoding."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        at = draw.randrange(len(data) + 1)
        until = min(len(data), at + draw.choice((1, 2, 8, 40, 400)))
        match draw.randrange(10):
            case 0 if at < len(data):
                data = data[:at] + bytes([data[at] ^ (1 << draw.randrange(8))]) + data[at + 1 :]
            case 1:
                data = data[:at] + data[until:]
            case 2:
                data = data[:at] + data[at:until] * draw.choice((2, 3, 60)) + data[until:]
            case 3 | 4:
                data = data[:at] + draw.choice(SYNTAX) + data[at:]
            case 5:
                data = data[:at] + nasty_text(draw).encode("utf-8", "surrogatepass") + data[until:]
            case 6:
                lines = data.splitlines(keepends=True)
                if lines:
                    lines.insert(draw.randrange(len(lines) + 1), draw.choice(lines))  # a key given twice
                    data = b"".join(lines)
            case 7:
                other = draw.choice(others)
                data = data[:at] + other[draw.randrange(len(other) + 1) :]
            case 8:
                data = draw.choice((data[:at], data.replace(b"\n", b"\r\n"), data.replace(b"\n", b"\r"), data + data))
            case _:
                if draw.random() < 0.3:
                    data = data.decode("utf-8", "replace").encode(draw.choice(ENCODINGS), "replace")
    return data
