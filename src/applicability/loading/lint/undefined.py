"""Activities of which nothing says what they mean: whoever fills in a profile could only guess."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from applicability.errors import Problem
from applicability.loading.yaml.reader import Tree
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def undefined(rulebook: Rulebook, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """One problem for each."""
    tree = trees["activities.yaml"]
    for id, activity in rulebook.sectors.activities.items():
        if activity.means is None:
            yield Problem(
                "R415",
                tree.key_at(id),
                Text(f"业务活动 `{id}` 没有定义", f"the activity `{id}` has no definition"),
                Text(
                    "用 `means` 写一句话：包括什么、不包括什么",
                    "say under `means`, in a sentence, what is in and what is not",
                ),
            )
