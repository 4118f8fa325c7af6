"""Strict YAML (and JSON, parsed as YAML): plain data, and the line and column of every part of it.

Rejected: duplicate keys, anchors and aliases, tags, several documents, tabs for indentation, nesting past 40 levels,
more than 5 MB, bytes that are not text in UTF-8 or, with a byte order mark, UTF-16. A scalar stays the text as written:
the type that its key declares decides how it is parsed, so `NO` is not false and `010` is not 8. An empty value: None.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from applicability.errors import Location, Problem
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.yaml.decode import MAX_BYTES, decode
from applicability.loading.yaml.plain import read_plain
from applicability.messages import reason_of
from applicability.text import Text

if TYPE_CHECKING:
    import yaml

MAX_DEPTH = 40
MAX_NODES = 500_000

YamlPath = tuple[str | int, ...]


@dataclass
class Tree:
    """Plain data (dict, list, str, None) and the location of each part, by its path of keys and indices."""

    file: str
    data: Any
    places: dict[YamlPath, Location] = field(default_factory=dict)
    keys: dict[YamlPath, Location] = field(default_factory=dict)

    def at(self, *path: str | int) -> Location:
        """The location of the value at the path, or of the nearest part around it."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, Location(self.file))

    def key_at(self, *path: str | int) -> Location:
        """The location of the key of that path."""
        return self.keys.get(path) or self.at(*path)


def read_bytes(path: str | os.PathLike[str], shown: str, code: str) -> tuple[bytes | None, list[Problem]]:
    """The bytes of a file of at most 5 MB, or the problem that kept it from being read."""
    try:
        if os.path.isdir(path):
            what = Text("这是文件夹，不是文件", "is a folder, not a file")
            return None, [Problem(code, Location(shown), what, Text("写明其中的一个文件", "name a file in it"))]
        with open(path, "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        what = Text("没有这个文件", "no such file")
        return None, [Problem(code, Location(shown), what, Text("检查路径", "check the path"))]
    except OSError as error:
        why = reason_of(error)
        what = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
        return None, [Problem(code, Location(shown), what, Text("检查文件的权限", "check its permissions"))]
    return data, []


def parse(data: bytes, file: str, prefix: str) -> tuple[Tree | None, list[Problem]]:
    """Parses one document. `prefix` (`P` for profiles, `R` for rules) starts the codes of problems."""
    text, problems = decode(data, file, prefix)
    if text is None:
        return None, problems
    plain = read_plain(text)
    if plain is not None:
        held, places, keys = plain
        return Tree(file, held, _located(places, file), _located(keys, file)), []
    return _parse_whole(text, file, prefix)


def _located(spots: dict[YamlPath, tuple[int, int]], file: str) -> dict[YamlPath, Location]:
    return {path: Location(file, line + 1, column + 1) for path, (line, column) in spots.items()}


def _parse_whole(text: str, file: str, prefix: str) -> tuple[Tree | None, list[Problem]]:
    """Read any document."""
    import yaml  # takes as long to load as all of this package

    from applicability.loading.yaml.surrogates import is_json, joined

    loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    builder = _TreeBuilder(file, prefix)
    if "\\u" in text and is_json(text):
        text, builder.shorter = joined(text)
    try:
        builder.run(iter(yaml.parse(text, Loader=loader)))
    except _Stop:
        pass
    except yaml.YAMLError as error:
        builder.problems.append(_syntax(error, builder))
    except RecursionError:
        builder.problems.append(_too_deep(file, prefix, Location(file)))
    if builder.problems:
        return None, builder.problems
    if builder.empty:
        hint = Text("至少写一行 `key: value`", "write at least one `key: value` line")
        return None, [Problem(f"{prefix}002", Location(file), Text("文件是空的", "the file is empty"), hint)]
    return Tree(file, builder.root, builder.places, builder.keys), []


def merged(base: Tree, more: Tree, problems: list[Problem]) -> Tree:
    """Merges two trees: mappings are united, lists concatenated. A value that both have is a problem."""
    places, keys = dict(base.places), dict(base.keys)

    def join(old: Any, new: Any, path: YamlPath, shift: YamlPath) -> Any:
        if isinstance(old, dict) and isinstance(new, dict):
            for key, value in new.items():
                if key in old and not (isinstance(old[key], (dict, list)) and isinstance(value, type(old[key]))):
                    first = keys.get((*path, key), base.at())
                    message = Text(f"`{key}` 已在 {first} 声明", f"`{key}` is already declared, at {first}")
                    problems.append(
                        Problem("R016", more.key_at(*shift, key), message, Text("另取一个名称", "give it another name"))
                    )
            return {
                **old,
                **{key: join(old.get(key), value, (*path, key), (*shift, key)) for key, value in new.items()},
            }
        start = len(old) if isinstance(old, list) and isinstance(new, list) else 0
        for table, own in ((places, more.places), (keys, more.keys)):
            for spot, place in own.items():
                if spot[: len(shift)] == shift:
                    rest = spot[len(shift) :]
                    if start and rest:
                        rest = (int(rest[0]) + start, *rest[1:])
                    table[(*path, *rest)] = place
        return [*old, *new] if start or isinstance(old, list) else new

    return Tree(base.file, join(base.data, more.data, (), ()), places, keys)


def _syntax(error: yaml.YAMLError, builder: _TreeBuilder) -> Problem:
    from applicability.loading.yaml.parser_messages import syntax  # only needed for errors

    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    file, prefix = builder.file, builder.prefix
    place = builder.at(mark) if mark else Location(file)
    what = str(getattr(error, "problem", None) or "cannot be read")
    message = syntax(what)
    hint = Text("检查缩进，以及引号、括号是否闭合", "check the indentation, and that quotes and brackets are closed")
    if "tab character" in what:
        hint = Text("缩进用空格", "indent with spaces")
    elif "character that cannot start any token" in what:
        message = Text(
            "不是有效的 YAML：有制表符，或其他不能作为值的开头的字符",
            "not YAML: a tab or another character that cannot start a value",
        )
        hint = Text("缩进用空格，值加引号", "indent with spaces, and quote the value")
    elif "mapping values are not allowed" in what:
        hint = Text(
            "含 `: ` 的值要加引号；或每个键各占一行",
            "quote a value that holds `: `, or put each key on a line of its own",
        )
    elif "Unicode character" in what:
        message = Text("双引号内的转义符是半个字符", "an escape that is half a character")
        hint = Text("直接写出这个字符", "write the character itself")
    elif "depth" in what or "nest" in what.lower():
        return _too_deep(file, prefix, place)
    return Problem(f"{prefix}013", place, message, hint)


def _too_deep(file: str, prefix: str, place: Location) -> Problem:
    message = Text(f"嵌套超过{MAX_DEPTH}层", f"nested deeper than {MAX_DEPTH} levels")
    hint = Text("这类文件只有几层嵌套", "no file of this kind nests more than a few levels")
    return Problem(f"{prefix}006", place, message, hint)


_ALIAS = Text("不支持锚点和别名", "anchors and aliases are not read")
_WRITE_OUT = Text("把值直接写出", "write the value out")


class _Stop(Exception):
    """Aborts parsing: after this problem nothing is reliable."""


@dataclass
class _Frame:
    path: YamlPath
    value: Any
    key: str | None = None


class _TreeBuilder:
    """Builds plain data from parser events, without recursion and without following aliases."""

    def __init__(self, file: str, prefix: str) -> None:
        self.file = file
        self.prefix = prefix
        self.problems: list[Problem] = []
        self.shorter: Mapping[int, tuple[int, ...]] = {}
        self.places: dict[YamlPath, Location] = {}
        self.keys: dict[YamlPath, Location] = {}
        self.root: Any = None
        self.empty = True
        self._stack: list[_Frame] = []
        self._documents = 0
        self._nodes = 0
        self._skipped = 0  # values under a duplicate key are parsed and dropped under a separate path

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            kind = type(event).__name__
            if kind == "DocumentStartEvent":
                self._documents += 1
                if self._documents > 1:
                    hint = Text(
                        "删去 `---` 这一行及其后的内容，或另存为一个文件",
                        "remove the line `---` and what follows, or put it in a file of its own",
                    )
                    what = Text("文件中不止一份文档", "more than one document in the file")
                    self._problem("007", event, what, hint)
                    raise _Stop
            elif kind == "AliasEvent":
                self._problem("005", event, _ALIAS, _WRITE_OUT)
                raise _Stop
            elif kind in ("ScalarEvent", "MappingStartEvent", "SequenceStartEvent"):
                self._node(event, kind)
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                self._stack.pop()

    def _problem(self, code: str, event: Any, message: Text, hint: Text) -> None:
        self.problems.append(Problem(f"{self.prefix}{code}", self._location(event), message, hint))

    def _location(self, event: Any) -> Location:
        return self.at(event.start_mark)

    def at(self, mark: Any) -> Location:
        """The place in the file of a place in what the parser was given."""
        from applicability.loading.yaml.surrogates import SHORTER

        lost = sum(SHORTER for column in self.shorter.get(mark.line, ()) if column <= mark.column)
        return Location(self.file, mark.line + 1, mark.column + 1 + lost)

    def _node(self, event: Any, kind: str) -> None:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            what = Text(f"超过{MAX_NODES}个值", f"more than {MAX_NODES} values")
            self._problem("003", event, what, Text("是否选错了文件？", "is this the right file?"))
            raise _Stop
        if event.anchor is not None:
            self._problem("005", event, _ALIAS, _WRITE_OUT)
            raise _Stop
        if event.tag is not None and event.tag != "!":
            what = Text(f"不支持标签 `{event.tag}`", f"the tag `{event.tag}` is not read")
            self._problem("008", event, what, Text("删去标签", "remove the tag"))
            raise _Stop
        frame = self._stack[-1] if self._stack else None
        if frame is not None and isinstance(frame.value, dict) and frame.key is None:
            self._key(frame, event, kind)
            return
        path = self._path(frame)
        value: Any = [] if kind == "SequenceStartEvent" else {} if kind == "MappingStartEvent" else _scalar(event)
        self.places[path] = self._location(event)
        self.empty = False if frame is not None or value is not None else self.empty
        if frame is None:
            self.root = value
        elif isinstance(frame.value, list):
            frame.value.append(value)
        else:
            frame.value[frame.key] = value
            frame.key = None
        if kind != "ScalarEvent":
            if len(self._stack) >= MAX_DEPTH:
                self.problems.append(_too_deep(self.file, self.prefix, self._location(event)))
                raise _Stop
            self._stack.append(_Frame(path, value))

    def _path(self, frame: _Frame | None) -> YamlPath:
        if frame is None:
            return ()
        return (*frame.path, len(frame.value) if isinstance(frame.value, list) else str(frame.key))

    def _key(self, frame: _Frame, event: Any, kind: str) -> None:
        if kind != "ScalarEvent":
            what = Text("键必须是一个词", "a key must be a plain word")
            hint = Text("给键加引号，或检查括号", "quote the key, or check the brackets")
            self._problem("009", event, what, hint)
            raise _Stop
        key = str(event.value)
        path = (*frame.path, key)
        if key in frame.value:
            first = self.keys[path]
            message = Text(
                f"键 `{key}` 重复，前一处在第{first.line}行",
                f"the key `{key}` is given twice, first on line {first.line}",
            )
            self._problem("010", event, message, Text("只保留一处", "keep one of the two"))
            self._skipped += 1
            frame.key = f"{key}\0{self._skipped}"
            return
        self.keys[path] = self._location(event)
        frame.key = key


def _scalar(event: Any) -> str | None:
    """The text as written; None for an unquoted empty value, `~` or `null`."""
    value = str(event.value)
    return None if event.implicit[0] and value in ("", "~", "null") else value
