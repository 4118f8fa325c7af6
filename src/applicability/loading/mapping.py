"""Reads a user's mapping file, which assigns headings of a register that are not recognised."""

from __future__ import annotations

from pathlib import Path

from applicability.errors import Location, Problem, ProfileError
from applicability.loading.yaml.reader import parse
from applicability.messages import reason_of
from applicability.text import Text

_HINT = Text(
    "先写 `columns:`，其下逐行写 `heading: fact`、`heading: address` 或 `heading: ignore`",
    "write `columns:` and under it `heading: fact`, `heading: address` or `heading: ignore`",
)


def read_mapping(path: Path) -> dict[str, str]:
    """The role or fact of each heading. Raises ProfileError with every problem, each with line and column."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = reason_of(error)
        what = Text(f"无法读取：{why.zh}", f"cannot be read: {why.en}")
        raise ProfileError([Problem("S210", Location(str(path)), what, _HINT)]) from None
    tree, problems = parse(data, str(path), "S")
    if tree is None or problems:
        raise ProfileError(problems)
    held = tree.data
    if not isinstance(held, dict) or not isinstance(held.get("columns"), dict):
        what = Text("缺少 `columns:`", "there is no `columns:`")
        raise ProfileError([Problem("S211", Location(str(path), 1, 1), what, _HINT)])
    problems = [
        Problem("S212", tree.key_at(key), Text(f"不应有键 `{key}`", f"unknown key `{key}`"), _HINT)
        for key in held
        if key != "columns"
    ]
    found: dict[str, str] = {}
    for heading, role in held["columns"].items():
        if isinstance(role, str) and role.strip():
            found[str(heading)] = role.strip()
        else:
            what = Text(f"没有写明 `{heading}` 列的内容", f"`{heading}` does not say what it holds")
            problems.append(Problem("S213", tree.at("columns", heading), what, _HINT))
    if problems:
        raise ProfileError(problems)
    return found
