"""A user's mapping file: what the columns of their register hold, where the headings do not tell."""

from __future__ import annotations

from pathlib import Path

from applicability.errors import Location, Problem, ProfileError
from applicability.loading.strict_yaml import parse

_HINT = "write `columns:` and under it `heading: fact`, `heading: address` or `heading: ignore`"


def read_mapping(path: Path) -> dict[str, str]:
    """What the headings hold, by heading. Raises ProfileError with every problem, each with line and column."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "unreadable"
        raise ProfileError([Problem("S210", Location(str(path)), f"cannot be read: {reason}", _HINT)]) from None
    tree, problems = parse(data, str(path), "S")
    if tree is None or problems:
        raise ProfileError(problems)
    held = tree.data
    if not isinstance(held, dict) or not isinstance(held.get("columns"), dict):
        raise ProfileError([Problem("S211", Location(str(path), 1, 1), "there is no `columns:`", _HINT)])
    problems = [Problem("S212", tree.key_at(key), f"unknown key `{key}`", _HINT) for key in held if key != "columns"]
    found: dict[str, str] = {}
    for heading, role in held["columns"].items():
        if isinstance(role, str) and role.strip():
            found[str(heading)] = role.strip()
        else:
            here = tree.at("columns", heading)
            problems.append(Problem("S213", here, f"`{heading}` does not say what it holds", _HINT))
    if problems:
        raise ProfileError(problems)
    return found
