"""Whether a company is registered in its place: the rows speak of the pilot around it, and not of a district of it."""

from __future__ import annotations

from typing import Any

import pytest

from applicability import Profile, load_rulebook
from applicability.loading.profile.reader import read_facts

BOOK = load_rulebook()
ELSEWHERE_IN_IT: tuple[dict[str, Any], ...] = (
    {"city": "310101", "registered_in": "310115"}, {"city": "上海", "district": "黄浦区", "registered_in": "浦东新区"},
    {"city": "重庆市沙坪坝区", "registered_in": "重庆市渝中区"}, {"city": "昆山市", "registered_in": "苏州工业园区"},
    {"city": "昆山市", "registered_in": "苏州市"}, {"city": "昆山市", "registered_in": "吴中区"},
    {"city": "海口", "registered_in": "三亚"}, {"city": "天津", "district": "南开区", "registered_in": "和平区"},
    {"zones": ["苏州工业园区"], "registered_in": "昆山市"}, {"city": "江苏", "registered_in": "昆山市"},
    {"city": "石家庄市长安区", "registered_in": "石家庄市桥西区"},
)  # fmt: skip


@pytest.mark.parametrize("given", ELSEWHERE_IN_IT, ids=str)
def test_a_registration_in_another_district_of_the_pilot_is_there(given: dict[str, Any]) -> None:
    assert read_facts(Profile.of(given), BOOK).values["registered_here"] == "true"


@pytest.mark.parametrize(
    ("city", "registered", "follows"),
    [
        ("310101", "天津", "false"), ("昆山市", "南京市", "false"), ("昆山市", "江苏", None), ("海口", "广州", "false"),
        ("石家庄市长安区", "唐山市", "false"), ("大连", "沈阳", "false"), ("310101", "苏州工业园区", "false"),
    ],
)  # fmt: skip
def test_a_registration_apart_from_the_pilot_is_not_and_one_around_it_may_be(
    city: str, registered: str, follows: str | None
) -> None:
    values = read_facts(Profile.of({"city": city, "registered_in": registered}), BOOK).values
    assert values.get("registered_here") == follows
