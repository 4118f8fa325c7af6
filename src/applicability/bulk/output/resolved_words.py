"""The words of facts as facts are written: the code of a sector, the id of an activity, the key of a choice.

So the facts say how each company was read. A check of what is written decides the same, since a word is replaced only
if by itself it means this and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from applicability.bulk.engine.arrays import Coded, different
from applicability.loading.profile.parts import whole_name
from applicability.model.facts import FactDeclaration
from applicability.model.rulebook import Rulebook

_Resolver = Callable[[str], str | None]


def resolved_words(columns: Mapping[str, Any], rulebook: Rulebook) -> dict[str, Any]:
    """The columns of facts as they are written; unchanged but for the words of sectors, activities and choices."""
    found = dict(columns)
    for name, column in columns.items():
        declaration = rulebook.facts.get(whole_name(name)[0])
        means = None if declaration is None else _meaning(rulebook, declaration)
        if means is not None:
            own = different(column)
            found[name] = Coded([_resolved(value, means) for value in own.values], own.places)
    return found


def _meaning(rulebook: Rulebook, declaration: FactDeclaration) -> _Resolver | None:
    """What a word of a fact means; None for facts whose words are written as they are."""
    match declaration.type:
        case "sector":
            return lambda word: codes[0] if len(codes := rulebook.sectors.sectors_of(word)) == 1 else None
        case "activities":
            return rulebook.sectors.activity_of
        case "choice" | "choices":
            return declaration.value_of
        case _:
            return None


def _resolved(value: object, means: _Resolver) -> object:
    if isinstance(value, (list, tuple)):
        return [_resolved(one, means) for one in value]
    return (means(value) or value) if isinstance(value, str) else value
