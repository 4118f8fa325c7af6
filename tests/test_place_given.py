"""How the place of an entity is worded: a district has its city where nothing else tells which of its name it is."""

from __future__ import annotations

from typing import Any

import pytest

from applicability import Rulebook, check
from applicability.report.assessment.explain import given
from applicability.report.language.render_condition import ConditionRenderer


@pytest.mark.parametrize(("place", "zh", "en"), [
    ({"city": "320106000000"}, "南京市鼓楼区", "Gulou District, Nanjing"),
    ({"district": "320106"}, "南京市鼓楼区", "Gulou District, Nanjing"),
    ({"city": "南京", "district": "320106"}, "南京市鼓楼区", "Gulou District, Nanjing"),
    ({"city": "310115"}, "上海市浦东新区", "Pudong New Area, Shanghai"),
    ({"city": "南京"}, "南京市", "Nanjing"),
])  # fmt: skip
def test_a_district_is_named_with_its_city(rulebook: Rulebook, place: dict[str, Any], zh: str, en: str) -> None:
    facts = check({**place, "sector": "7291"}, rulebook).facts
    here = ConditionRenderer(rulebook, facts).here
    assert here is not None
    assert (here.zh, here.en) == (zh, en)
    if len(place) == 1:
        assert any(one.zh.endswith(f"：{zh}") for one in given(facts, rulebook))
