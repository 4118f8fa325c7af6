"""The rules as a decision of zen-engine, and a plain FastAPI handler around it, for the benchmarks beside it.

`uvicorn --app-dir benchmarks --factory zen_rules:create_app` serves the handler.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, assert_never

import zen

from applicability import Profile, load_rulebook
from applicability.days import today
from applicability.export.canonical import columns_of, row_of
from applicability.export.expressions import (
    AllIn,
    CaseWhen,
    Compared,
    Constant,
    Every,
    Greatest,
    HasAny,
    IsIn,
    IsNoNumber,
    IsNull,
    LeafVerdict,
    Least,
    Never,
    Opposite,
    Some,
    Test,
    VerdictExpression,
)
from applicability.export.program import program_of
from applicability.loading.profile.reader import read_facts
from applicability.model.verdict import Verdict

if TYPE_CHECKING:
    from fastapi import FastAPI

Names = Mapping[str, str]  # a column of the canonical row -> its name in an expression, which takes no dots


def decision_of(*stages: Mapping[str, str]) -> Any:
    """A decision of some stages, each with its expressions by the name of what they give to the next."""
    nodes: list[dict[str, object]] = [{"id": "in", "name": "in", "type": "inputNode"}]
    for number, stage in enumerate(stages):
        expressions = [
            {"id": f"e{number}-{place}", "key": key, "value": value} for place, (key, value) in enumerate(stage.items())
        ]
        name, held = f"stage{number}", {"expressions": expressions}
        nodes.append({"id": name, "name": name, "type": "expressionNode", "content": held})
    nodes.append({"id": "out", "name": "out", "type": "outputNode"})
    ids = [str(node["id"]) for node in nodes]
    edges = [
        {"id": f"{one}-{other}", "sourceId": one, "targetId": other, "type": "edge"}
        for one, other in itertools.pairwise(ids)
    ]
    content = {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}
    return zen.ZenEngine().create_decision(json.dumps(content))


def verdict_text(verdict: VerdictExpression, names: Names) -> str:
    """A verdict, 0 to 4, as an expression of zen-engine."""
    match verdict:
        case Constant(number):
            return str(number)
        case LeafVerdict(name):
            return name
        case CaseWhen(whens, otherwise):
            chosen = "".join(f"{_test(test, names)} ? {number} : (" for test, number in whens)
            return f"({chosen}{otherwise}{')' * len(whens)})"
        case Least(parts) | Greatest(parts) if len(parts) == 1:
            return verdict_text(parts[0], names)
        case Least(parts):
            return f"min([{', '.join(verdict_text(part, names) for part in parts)}])"
        case Greatest(parts):
            return f"max([{', '.join(verdict_text(part, names) for part in parts)}])"
        case Opposite(part):
            return f"(4 - {verdict_text(part, names)})"
        case _:
            assert_never(verdict)


def _test(test: Test, names: Names) -> str:
    """A test as an expression; of a column that is null, false where it is null in the rules."""
    match test:
        case Every(parts):
            return f"({' and '.join(_test(part, names) for part in parts)})" if parts else "true"
        case Some(parts):
            return f"({' or '.join(_test(part, names) for part in parts)})" if parts else "false"
        case Never(part):
            return f"not({_test(part, names)})"
        case IsNull(column) | IsNoNumber(column):
            return f"({names[column]} == null)"
        case IsIn(column, values):
            return f"({names[column]} in {_texts(values)})"
        case HasAny(column, values):
            return f"({names[column]} != null and some({names[column]}, # in {_texts(values)}))"
        case AllIn(column, values):
            return f"({names[column]} != null and all({names[column]}, # in {_texts(values)}))"
        case Compared(column, operator, number):
            spelt = "==" if operator == "=" else operator
            return f"({names[column]} != null and {names[column]} {spelt} {number:f})"
        case _:
            assert_never(test)


def _texts(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False)


class ZenRules:
    """Every rule of the packaged rulebook, its leaves included, decided by zen-engine."""

    def __init__(self) -> None:
        self._book = load_rulebook()
        program = program_of(self._book, self._book.measures, today(), "en")
        self._names = {column: f"c{place}" for place, column in enumerate(columns_of(self._book))}
        self._rows = {f"m{one.name}": one.name for one in program.measures}
        leaves = {leaf.name: verdict_text(leaf.verdict, self._names) for leaf in program.leaves}
        measures = {f"m{one.name}": verdict_text(one.verdict, self._names) for one in program.measures}
        self._decision = decision_of(leaves, measures)

    def check(self, profile: Mapping[str, object]) -> dict[str, str]:
        """The verdict of each row that has one; this package reads the profile, as it knows the names of places."""
        facts = read_facts(Profile.of(profile), self._book)
        row = {self._names[column]: value for column, value in row_of(facts, self._book).items()}
        found = self._decision.evaluate(row)["result"]
        return {row: Verdict(int(found[key])).name.lower() for key, row in self._rows.items()}


def create_app() -> FastAPI:
    """A plain application with one handler."""
    from fastapi import FastAPI

    rules, app = ZenRules(), FastAPI()

    @app.post("/check")
    async def check(profile: dict[str, Any]) -> dict[str, str]:
        return rules.check(profile)

    return app
