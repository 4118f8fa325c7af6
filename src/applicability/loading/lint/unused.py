"""Lints names that the rulebook declares and nothing uses: scopes, steps, groups of places, activities, facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from applicability.errors import Problem
from applicability.loading.derivations import read_by
from applicability.loading.yaml.reader import Tree, YamlPath
from applicability.model.conditions import Does, Leaf, Step, leaves
from applicability.model.leaf_kinds import reads
from applicability.model.rulebook import Rulebook
from applicability.text import Text


def unused(rulebook: Rulebook, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """A problem for each unused name."""
    every = _leaves(rulebook)
    measures = [tree.data for name, tree in trees.items() if name.startswith(("measures/", "provisions.yaml"))]
    rules = {measure.scope_rule for measure in rulebook.measures} | set(_under("rule", measures))
    scopes, facts, activities = trees["scopes.yaml"], trees["facts.yaml"], trees["activities.yaml"]
    derivations, register = trees["derivations.yaml"].data, trees["register.yaml"].data
    places = set(_under("in", [scopes.data, derivations, *measures])) | set(_under("places", register))
    read_facts = {fact for leaf in every for fact in reads(leaf)}
    read_facts |= {fact for one in rulebook.derivations for fact in read_by(one)}
    done = {activity for leaf in every if isinstance(leaf, Does) for activity in leaf.activities}
    steps = {leaf.step for leaf in every if isinstance(leaf, Step)}
    yield from _left(
        scopes,
        ("scopes",),
        rulebook.scopes,
        rules,
        Text("适用范围", "scope"),
        Text("让某一行用到它", "let a row use it"),
    )
    yield from _left(
        scopes,
        ("steps",),
        rulebook.steps,
        steps,
        Text("官方步骤", "step"),
        Text("让某项条件等待它", "let a condition wait on it"),
    )
    yield from _left(
        scopes,
        ("groups",),
        rulebook.groups,
        places,
        Text("地方组", "group"),
        Text("写在某个 `in:` 之下", "name it under `in:`"),
    )
    yield from _left(
        activities,
        (),
        rulebook.sectors.activities,
        done,
        Text("业务活动", "activity"),
        Text("让某项条件用到它", "let a condition read it"),
    )
    # A place of registration is read for what it settles.
    read_facts |= {one.name for one in rulebook.facts.values() if one.settles in read_facts}
    yield from _left(
        facts, (), rulebook.facts, read_facts, Text("事实", "fact"), Text("让某项条件用到它", "let a condition read it")
    )


def _left(
    tree: Tree, path: YamlPath, declared: Mapping[str, object], used: set[str], what: Text, mend: Text
) -> Iterator[Problem]:
    hint = Text(f"{mend.zh}，或删去", f"{mend.en}, or remove it")
    for word in declared:
        if word not in used:
            unused_ = Text(f"没有用到{what.zh} `{word}`", f"nothing uses the {what.en} `{word}`")
            yield Problem("R403", tree.key_at(*path, word), unused_, hint)


def _leaves(rulebook: Rulebook) -> tuple[Leaf, ...]:
    """Every leaf of scopes, limbs, provisions and derivations."""
    found = [scope.when for scope in rulebook.scopes.values()]
    found += [limb.when for measure in rulebook.measures for limb in measure.limbs]
    found += [provision.when for provision in rulebook.provisions]
    found += [derivation.when for derivation in rulebook.derivations if derivation.when is not None]
    return tuple(leaf for condition in found for leaf in leaves(condition))


def _under(key: str, data: Any) -> Iterator[str]:
    """Every word under a key, single or in a list, at any depth."""
    if isinstance(data, dict):
        for name, value in data.items():
            if name == key:
                yield from (word for word in (value if isinstance(value, list) else [value]) if isinstance(word, str))
            yield from _under(key, value)
    elif isinstance(data, list):
        for value in data:
            yield from _under(key, value)
