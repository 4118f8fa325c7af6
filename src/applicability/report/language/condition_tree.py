"""A condition as a tree of texts."""

from __future__ import annotations

from applicability.model.conditions import All, Any_, Condition
from applicability.report.language.render_condition import ConditionRenderer, cited, ground_of
from applicability.report.layout.lines import Node
from applicability.text import Lang


def condition_tree(condition: Condition, words: ConditionRenderer, lang: Lang) -> Node:
    """The tree of a condition in one language; a combination of one part is replaced by the part."""
    says = words.requires(condition).of(lang)
    if isinstance(condition, (All, Any_)):
        if len(condition.parts) == 1:
            return condition_tree(condition.parts[0], words, lang)
        return Node(says, parts=tuple(condition_tree(part, words, lang) for part in condition.parts))
    ground = ground_of(condition)
    where = f" [{cited(ground).of(lang)}]" if ground.quote else ""
    return Node(says + where)
