"""The forward engines on every example, whichever limit is broken: the reference verdicts, and one derivation."""

from __future__ import annotations

from pathlib import Path

import pytest

from applicability import Rulebook, load_profile
from applicability.engines.select import ForwardName, decide, engine_of, forward_names
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import Facts

EXAMPLES = sorted(
    path
    for path in (Path(__file__).parents[2] / "examples").iterdir()
    if path.suffix in (".yaml", ".json") and "register" not in path.name
)


def agreed(rulebook: Rulebook, facts: Facts) -> tuple[object, ...]:
    """The derivation of the forward engines that run here; each is checked against the reference on the way."""
    found = [decide(rulebook, facts, name)[1].derivation for name in forward_names()]
    assert found, "one runs on every Python"
    assert all(one == found[0] for one in found)
    assert len(set(found[0])) == len(found[0]), "each rule is told once"
    return found[0]


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_engines_agree_on_an_example(path: Path, rulebook: Rulebook) -> None:
    profile = load_profile(path)
    plain = agreed(rulebook, read_facts(profile, rulebook))
    keys = [limit.key for limb in rulebook.measures[56].usable for limit in limb.limits]
    assert keys
    for key in [*keys, *sorted(rulebook.limits)[::16]]:
        limited = agreed(rulebook, read_facts(profile.but(limits={key: False}), rulebook))
        assert limited != plain


@pytest.mark.parametrize("name", forward_names())
def test_what_a_limit_rules_out_is_not_told_as_if_it_were_kept(name: ForwardName, rulebook: Rulebook) -> None:
    path = next(path for path in EXAMPLES if path.stem == "travel-agency-chengdu")
    engine = engine_of(rulebook, name)
    for kept in (True, False):
        facts = read_facts(load_profile(path).but(limits={"57.taiwan": kept}), rulebook)
        told = {one.rule for one in engine.decide(facts).derivation}
        assert any("row 57 is at least eligible" in rule or "row 57 limb" in rule for rule in told) is kept, told
