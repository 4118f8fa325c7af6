"""Quotes in papers read as what they say: a limit's words hold the verb that they belong to."""

from __future__ import annotations

from applicability import Rulebook


def test_the_limit_on_environmental_rights_holds_its_verb(rulebook: Rulebook) -> None:
    measure = rulebook.measure(35)
    (limit,) = measure.limbs[0].limits
    assert limit.ground.quote == "规范开展以碳排放权、排污权等环境权益为抵质押物的融资业务"
    translation = rulebook.translation(measure.document)
    assert translation is not None
    english = translation.quote(limit.ground.quote, 35)
    assert english is not None
    assert english.startswith("conduct")
