"""Dependencies between derivations, and cycles among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from applicability.errors import Problem
from applicability.loading.yaml.reader import Tree
from applicability.model.conditions import leaves
from applicability.model.leaf_kinds import reads
from applicability.model.rulebook import Derivation
from applicability.text import Text


def circles(derivations: Sequence[Derivation], tree: Tree) -> Iterator[Problem]:
    """A problem for each cycle of derivations that depend on one another.

    Facts derived in a cycle have no first cause, and engines need not agree on them.
    """
    told: set[str] = set()
    for index, derivation in enumerate(derivations):
        circle = _circle(derivations, derivation)
        if circle and told.isdisjoint(one.id for one in circle):
            told |= {one.id for one in circle}
            round_ = " → ".join(f"`{one.gives}`" for one in (*circle, circle[0]))
            hint = Text("让其中一项以所填的事实为依据", "let one of them rest on facts that are given")
            message = Text(f"`{derivation.id}` 循环推导：{round_}", f"`{derivation.id}` turns in a circle: {round_}")
            yield Problem("R405", tree.at("derivations", index, "id"), message, hint)


def _circle(derivations: Sequence[Derivation], start: Derivation) -> tuple[Derivation, ...]:
    """The shortest cycle through this derivation; empty if there is none."""
    ways: list[tuple[Derivation, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # the list grows during the loop
        for following in derivations:
            if way[-1].gives not in read_by(following):
                continue
            if following is start:
                return way
            if following.id not in seen:
                seen.add(following.id)
                ways.append((*way, following))
    return ()


def read_by(derivation: Derivation) -> frozenset[str]:
    """The facts that a derivation reads."""
    if derivation.when is None:
        return frozenset({"investors"})
    return frozenset(fact for leaf in leaves(derivation.when) for fact in reads(leaf))
