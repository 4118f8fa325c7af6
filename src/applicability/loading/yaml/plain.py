"""The plain part of YAML that most profiles are written in, read without the YAML library, which takes long to load.

A line is a comment, `key: value`, or `- value` under a `key:`; a value is one word or several, in quotation marks or
not, or a list of such in brackets on one line. Whatever else a text holds, it is not read here at all, and is the
library's to read or to refuse. What is read here, the library reads alike, to the column: a test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterator

# Where each part stands: its path, its line and its column, from 0.
Path = tuple[str | int, ...]
Spot = tuple[int, int]
Mapping = dict[str, "str | list[str | None] | None"]

# What a value may be made of besides letters and digits, and what it may begin with.
_INSIDE = frozenset(" _-./()%+（）、，·")
_FIRST = frozenset("_.（+")
_QUOTED = _INSIDE | frozenset(":#,;[]{}&*!|>@=？！；：“”")
_ABSENT = ("~", "null")
# Longer texts are no profile that somebody has written; the library counts what they hold.
_LONGEST = 50_000


class _NotPlain(Exception):
    """The text holds something that is not plain."""


def read_plain(text: str) -> tuple[Mapping, dict[Path, Spot], dict[Path, Spot]] | None:
    """The mapping that a text is, where its values and its keys stand; None where the text is not plain."""
    if len(text) > _LONGEST:
        return None
    try:
        return _PlainReader(text).read()
    except _NotPlain:
        return None


class _PlainReader:
    """One text, read line by line."""

    def __init__(self, text: str) -> None:
        self._lines = text.split("\n")
        self._data: Mapping = {}
        self._places: dict[Path, Spot] = {}
        self._keys: dict[Path, Spot] = {}

    def read(self) -> tuple[Mapping, dict[Path, Spot], dict[Path, Spot]]:
        open_key, indent = "", -1  # of the list that may go on
        for number, line in enumerate(self._lines):
            start = len(line) - len(line.lstrip(" "))
            if start == len(line) or line[start] == "#":
                _ensure(line.isprintable())
            elif line[start:].startswith("- "):
                items = self._data.get(open_key)
                _ensure(isinstance(items, list) and indent in (-1, start))
                assert isinstance(items, list)
                if not items:
                    indent = start
                    self._places[open_key,] = (number, start)
                self._item(items, open_key, line, number, start + 2)
            else:
                _ensure(start == 0 and self._data.get(open_key) != [])
                open_key, indent = self._key(line, number), -1
        _ensure(bool(self._data) and self._data.get(open_key) != [])
        return self._data, self._places, self._keys

    def _key(self, line: str, number: int) -> str:
        """A line with a key; returns the key where a list is to follow, else nothing."""
        key, colon, rest = line.partition(":")
        _ensure(bool(colon) and key.isidentifier() and key.isascii() and key not in self._data)
        if not self._data:
            self._places[()] = (number, 0)
        self._keys[key,] = (number, 0)
        start = len(line) - len(rest.lstrip(" "))
        _ensure(not rest or rest[0] == " ")
        value = _without_comment(rest)
        if not value:
            self._data[key] = []
            return key
        self._places[key,] = (number, start)
        if value[0] == "[":
            items: list[str | None] = []
            self._data[key] = items
            for at, item in _parts(value):
                self._item(items, key, item, number, start + at, column=start + at)
        else:
            self._data[key] = _scalar(value)
        return ""

    def _item(
        self, items: list[str | None], key: str, line: str, number: int, at: int, column: int | None = None
    ) -> None:
        """An item of a list: what stands from a place of a line on, or a part of it that begins at a column."""
        rest = line[at:] if column is None else line
        value = _without_comment(rest) if column is None else rest
        _ensure(bool(value))
        self._places[key, len(items)] = (number, at + len(rest) - len(rest.lstrip(" ")) if column is None else column)
        items.append(_scalar(value))


def _ensure(plain: bool) -> None:
    if not plain:
        raise _NotPlain


def _without_comment(rest: str) -> str:
    """What stands before a comment, if there is one."""
    _ensure(rest.isprintable())
    value = rest.strip(" ")
    if value[:1] in ('"', "'"):
        end = value.find(value[0], 1) + 1
        after = value[end:]
        _ensure(end > 1 and (not after or (after.lstrip(" ").startswith("#") and after[0] == " ")))
        return value[:end]
    return value.partition(" #")[0].rstrip(" ") if value[:1] != "#" else ""


def _parts(value: str) -> Iterator[tuple[int, str]]:
    """The items of a list in brackets, each with where it begins."""
    _ensure(value[-1] == "]" and len(value) >= 2)
    inside = value[1:-1]
    if not inside.strip(" "):
        return
    at = 1
    for part in inside.split(","):
        item = part.strip(" ")
        _ensure(bool(item) and (item[0] not in "'\"" or item[0] not in item[1:-1]))
        yield at + len(part) - len(part.lstrip(" ")), item
        at += len(part) + 1


def _scalar(value: str) -> str | None:
    """A word or several, in quotation marks or not."""
    if value[0] in "'\"":
        text = value[1:-1]
        _ensure(len(value) >= 2 and value[-1] == value[0] and all(c.isalnum() or c in _QUOTED for c in text))
        return text
    if value in _ABSENT:
        return None
    _ensure((value[0].isalnum() or value[0] in _FIRST) and all(c.isalnum() or c in _INSIDE for c in value))
    return value
