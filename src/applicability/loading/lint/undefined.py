"""Activities of which something is not said: what they mean, or for whom they are plausible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from applicability.errors import Problem
from applicability.loading.plausible import unlikely_sectors
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
        if activity.plausible_for is None:
            yield Problem(
                "R416",
                tree.key_at(id),
                Text(f"没有说明向谁问业务活动 `{id}` 才合理", f"nothing says of whom the activity `{id}` is plausible"),
                Text(
                    "在 `plausible_for` 中写明行业、主体类型或牌照",
                    "name the sectors, kinds of entity or licences under `plausible_for`",
                ),
            )
    for id, key, index, code in unlikely_sectors(rulebook.sectors):
        yield Problem(
            "R417",
            tree.at(id, key, "sector", index),
            Text(f"行业 `{code}` 不能从事 `{id}`", f"the sector `{code}` cannot carry `{id}`"),
            Text(
                "从 `plausible_for` 或 `likely_for` 中删去，或加入 `under`",
                "leave it out of `plausible_for` or `likely_for`, or add it to `under`",
            ),
        )
