"""Renders problems as text, JSON or GitHub annotations: `applicability lint`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from applicability.errors import Problem
from applicability.report.contract import ProblemModel, ResultModel, contract_model, problem_model
from applicability.report.layout.wrap import printable
from applicability.text import Lang, Text

ProblemsFormat = Literal["text", "json", "github"]

_CLEAN = Text("没有发现问题\n", "no problems found\n")
_COUNT = Text("共 {count} 处须改正", "problems: {count}")


class ProblemsModel(ResultModel):
    """The problems of a rulebook, ordered by location."""

    problems: list[ProblemModel]


def render(problems: Sequence[Problem], format: ProblemsFormat, lang: Lang) -> str:
    """Renders all problems in that format, ending in a newline; `github` prints nothing if there are none."""
    if format == "json":
        return problems_json(problems).to_json()
    if format == "github":
        return "".join(f"{_annotation(problem)}\n" for problem in problems)
    if not problems:
        return _CLEAN.of(lang)
    lines = [printable(problem.told(lang), keep="\n") for problem in problems]
    return "\n".join((*lines, _COUNT.of(lang).format(count=len(problems)))) + "\n"


def problems_json(problems: Sequence[Problem]) -> ProblemsModel:
    """The contract model of the problems."""
    return ProblemsModel(contract=contract_model("lint"), problems=[problem_model(problem) for problem in problems])


def _annotation(problem: Problem) -> str:
    """A GitHub Actions workflow command, with special characters escaped."""
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
