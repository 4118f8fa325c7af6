"""Reads a user's mapping file, which says what columns of a register hold where their headings do not."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from applicability.errors import Location, Problem, ProfileError
from applicability.lazy_dataclass import dataclass, field
from applicability.loading.yaml.decode import MAX_BYTES
from applicability.loading.yaml.reader import parse
from applicability.messages import reason_of
from applicability.model.profile import Profile
from applicability.text import Text

_HINT = Text(
    "先写 `columns:`，其下逐行写 `heading: fact`、`heading: address` 或 `heading: ignore`",
    "write `columns:` and under it `heading: fact`, `heading: address` or `heading: ignore`",
)


_UNITS = ("percent", "fraction")
_DEFAULTS = "defaults"
_KEYS = ("columns", "units", _DEFAULTS)


@dataclass(frozen=True)
class RegisterMapping:
    """What a user says of a register: the role or fact of headings, the unit of columns of shares, and defaults.

    `defaults` are the facts of companies that do not say otherwise.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    defaults: Profile = field(default_factory=Profile)


def read_mapping(path: Path) -> RegisterMapping:
    """What a mapping file says. Raises ProfileError with every problem, each with line and column."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)  # what is larger is refused when it is parsed
    except OSError as error:
        why = reason_of(error)
        what = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
        raise ProfileError([Problem("S210", Location(str(path)), what, _HINT)]) from None
    tree, problems = parse(data, str(path), "S")
    if tree is None or problems:
        raise ProfileError(problems)
    held = tree.data
    if not isinstance(held, dict) or not any(isinstance(held.get(key), dict) for key in _KEYS):
        what = Text("缺少 `columns:`", "there is no `columns:`")
        raise ProfileError([Problem("S211", Location(str(path), 1, 1), what, _HINT)])
    problems = [
        Problem("S212", tree.key_at(key), Text(f"不应有键 `{key}`", f"unknown key `{key}`"), _HINT)
        for key in held
        if key not in _KEYS
    ]
    found: dict[str, dict[str, str]] = {"columns": {}, "units": {}}
    for key, said in found.items():
        entries = held.get(key, {})
        if not isinstance(entries, dict):
            what = Text(f"`{key}` 之下应逐行写列名", f"`{key}` should list headings, one a line")
            problems.append(Problem("S213", tree.at(key), what, _HINT))
            continue
        for heading, word in entries.items():
            if not isinstance(word, str) or not word.strip():
                what = Text(f"没有写明 `{heading}` 列的内容", f"`{heading}` does not say what it holds")
                problems.append(Problem("S213", tree.at(key, heading), what, _HINT))
            elif key == "units" and word.strip() not in _UNITS:
                what = Text(f"`{word}` 不是单位", f"`{word}` is no unit")
                hint = Text("写 `percent`（百分数）或 `fraction`（小数）", "write `percent` or `fraction`")
                problems.append(Problem("S213", tree.at(key, heading), what, hint))
            else:
                said[str(heading)] = word.strip()
    defaults = held.get(_DEFAULTS) or {}
    if not isinstance(defaults, dict):
        what = Text(f"`{_DEFAULTS}` 之下应逐行写事实", f"`{_DEFAULTS}` should list facts, one a line")
        problems.append(Problem("S213", tree.at(_DEFAULTS), what, _HINT))
    if problems:
        raise ProfileError(problems)
    places, keys = (
        {path[1:]: place for path, place in one.items() if path[:1] == (_DEFAULTS,)} for one in (tree.places, tree.keys)
    )
    return RegisterMapping(found["columns"], found["units"], Profile.of(defaults, str(path), places, keys))
