"""Problems as an editor, a pipeline or a person reads them: `applicability lint`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from applicability.errors import Problem
from applicability.report.layout.wrap import printable
from applicability.text import Lang, Text

ProblemsFormat = Literal["text", "json", "github"]

_CLEAN = Text("没有发现问题\n", "nothing to mend\n")
_COUNT = Text("共 {count} 处须改正", "{count} to mend")


def render(problems: Sequence[Problem], format: ProblemsFormat, lang: Lang) -> str:
    """All problems in that format, ending in a newline; `github` says nothing where there are none."""
    if format == "json":
        made = {"problems": [_plain(problem) for problem in problems]}
        return json.dumps(made, ensure_ascii=False, indent=2) + "\n"
    if format == "github":
        return "".join(f"{_annotation(problem)}\n" for problem in problems)
    if not problems:
        return _CLEAN.of(lang)
    lines = [printable(problem.told(lang), keep="\n") for problem in problems]
    return "\n".join((*lines, _COUNT.of(lang).format(count=len(problems)))) + "\n"


def _plain(problem: Problem) -> dict[str, str | int]:
    where = problem.location
    return {
        "code": problem.code, "file": where.file, "line": where.line, "column": where.column,
        "message": problem.message, "hint": problem.hint,
    }  # fmt: skip


def _annotation(problem: Problem) -> str:
    """A workflow command of GitHub Actions; the characters that it gives a meaning are escaped as it asks."""
    where = problem.location
    place = f"file={_property(where.file)}"
    if where.line:
        place += f",line={where.line},col={where.column}"
    text = f"{problem.code} {problem.message}." + (f" {problem.hint}" if problem.hint else "")
    return f"::error {place}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
