"""Sets keys in the text of a YAML or JSON mapping, and preserves everything else, including comments.

The positions come from the parser's events, so any style of mapping works: block or flow, indented, with a `...` at its
end. The result is parsed again; text that does not parse as intended is never returned.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from applicability.lazy_dataclass import dataclass, field
from applicability.loading.yaml.reader import parse

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class CannotEdit(Exception):
    """The layout of the text does not allow setting keys."""


@dataclass
class _KeyPlace:
    """One key of the mapping: its end, and the range of its value."""

    name: str
    start: int
    end: int
    value: tuple[int, int] = (0, 0)


@dataclass
class _MappingLayout:
    """The positions of a mapping's parts in its text."""

    flow: bool = False
    column: int = 0
    opened: int = 0  # after the opening bracket of a flow mapping
    closed: int = 0  # before its closing bracket, or the end of a block mapping's document
    entries: dict[str, _KeyPlace] = field(default_factory=dict)


def with_values(text: str, values: Mapping[str, object]) -> str:
    """The text with these keys set, each in place of its old value, or else at the end.

    Raises CannotEdit for text that is not a mapping, or whose edited form would not parse as intended.
    """
    wanted = {**_read(text), **{name: _plain(value) for name, value in values.items()}}
    layout = _layout(text)
    changed = text
    kept = [layout.entries[name] for name in values if name in layout.entries]
    added = {name: value for name, value in values.items() if name not in layout.entries}
    if added:  # appended after all other changes
        changed = _with_flow(changed, layout, added) if layout.flow else _with_block(changed, layout, added)
    for entry in sorted(kept, key=lambda one: one.start, reverse=True):
        changed = _replaced(changed, layout, entry, values[entry.name])
    if _ended(_read(changed)) != _ended(wanted):
        raise CannotEdit
    return changed


def written(value: object) -> str:
    """A value as YAML, in one line; JSON is YAML."""
    return json.dumps(value, ensure_ascii=False, default=str)


def _plain(value: object) -> object:
    """A value as the reader returns it: text, lists and mappings."""
    if isinstance(value, Mapping):
        return {str(key): _plain(own) for key, own in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(own) for own in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _ended(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts without trailing newlines, since a block scalar at the end of a file may lack its own."""
    return {name: value.rstrip("\n") if isinstance(value, str) else value for name, value in facts.items()}


def _read(text: str) -> dict[str, object]:
    tree, problems = parse(text.encode("utf-8", "surrogatepass"), "profile", "P")
    if tree is None or problems or not isinstance(tree.data, dict):
        raise CannotEdit
    return tree.data


def _layout(text: str) -> _MappingLayout:
    """The positions of a mapping's keys and values. The text must be one mapping."""
    found = _MappingLayout(closed=len(text))
    entry: _KeyPlace | None = None
    depth = last = 0
    events: Iterator[Any] = iter(yaml.parse(text, Loader=_Loader))
    try:
        for event in events:
            kind, start, end = type(event).__name__, event.start_mark.index, event.end_mark.index
            if kind in ("MappingStartEvent", "SequenceStartEvent"):
                if depth == 0:
                    found.flow, found.column, found.opened = bool(event.flow_style), event.start_mark.column, end
                elif depth == 1 and entry is not None:
                    entry.value = (start, start)
                depth += 1
            elif kind in ("MappingEndEvent", "SequenceEndEvent"):
                depth -= 1
                if end > start:  # a closing bracket; a block ends wherever the next part begins
                    last = end
                if depth == 0:
                    found.closed = start if found.flow else found.closed
                elif depth == 1 and entry is not None:
                    entry.value, entry = (entry.value[0], max(last, entry.value[0])), None
            elif kind == "ScalarEvent":
                last = start + len(text[start:end].rstrip())  # a block scalar ends after its line
                if depth == 1 and entry is None:
                    entry = found.entries[str(event.value)] = _KeyPlace(str(event.value), start, last)
                elif depth == 1 and entry is not None:
                    entry.value, entry = (start, last), None
            elif kind == "DocumentEndEvent" and event.explicit and not found.flow:
                found.closed = start
    except yaml.YAMLError:
        raise CannotEdit from None
    return found


def _with_block(text: str, layout: _MappingLayout, added: Mapping[str, object]) -> str:
    """Appends lines to a block mapping."""
    newline = _newline(text)
    before, behind = text[: layout.closed], text[layout.closed :]
    if before and not before.endswith("\n"):
        before += newline
    indent = " " * layout.column
    return before + "".join(f"{indent}{name}: {written(value)}{newline}" for name, value in added.items()) + behind


def _with_flow(text: str, layout: _MappingLayout, added: Mapping[str, object]) -> str:
    """Adds entries before the closing bracket of a flow mapping, in the style of the others."""
    newline = _newline(text)
    quoted = ", ".join(f"{written(name)}: {written(value)}" for name, value in added.items())
    if not layout.entries:
        return text[: layout.opened] + quoted + text[layout.closed :]
    end = max(max(entry.end, entry.value[1]) for entry in layout.entries.values())
    between = text[end : layout.closed]
    comma = "" if "," in between.split("#")[0] else ","
    first = min(entry.start for entry in layout.entries.values())
    begin = text.rfind("\n", 0, first) + 1
    indent = text[begin:first]
    if "\n" not in between or indent.strip():
        if "#" in between or "\n" in between:
            return text[:end] + comma + between.rstrip() + f"{newline}  {quoted}{newline}" + text[layout.closed :]
        return text[:end] + (comma or between.rstrip()) + " " + quoted + text[layout.closed :]
    lines = f",{newline}".join(f"{indent}{written(name)}: {written(value)}" for name, value in added.items())
    return text[:end] + comma + between.rstrip() + newline + lines + newline + text[layout.closed :]


def _replaced(text: str, layout: _MappingLayout, entry: _KeyPlace, value: object) -> str:
    """Replaces the value of a key, on the key's line."""
    start, end = entry.value
    start = max(start, entry.end)
    end = max(end, start)
    between = text[entry.end : start]
    if ":" not in between.split("#")[0]:
        mark = f"{_newline(text)}{' ' * layout.column}: " if _asked(text, entry.start) and not layout.flow else ": "
        return text[: entry.end] + mark + written(value) + text[entry.end :]
    colon = entry.end + between.index(":") + 1
    comment = text[colon:start].rstrip()
    return text[:colon] + " " + written(value) + (f" {comment.lstrip()}" if comment else "") + text[end:]


def _asked(text: str, start: int) -> bool:
    """Whether a key is written after a question mark."""
    return text[:start].rstrip(" ").endswith("?")


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
