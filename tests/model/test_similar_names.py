"""Places and zones that a misspelt name may be meant for."""

from __future__ import annotations

import time

import pytest

from applicability import load_rulebook
from applicability.model.near_names import NearNames, edited_at
from applicability.model.similar_places import similar_places
from applicability.model.similar_zones import similar_zones
from tests.yardstick import unit

GAZETTEER = load_rulebook().gazetteer


@pytest.mark.parametrize(
    ("name", "near", "meant"),
    [
        ("广洲市", (), ("广州市",)),
        ("天京", (), ("天津市",)),
        ("杭洲", (), ("杭州市",)),
        ("浦冻新区", ("310000",), ("浦东新区",)),
        ("南砂区", ("440100",), ("南沙区",)),
        ("南砂区", (), ()),  # a sign that no division has may be any of many
        ("天津是", (), ("天津市",)),
        ("没有市", (), ()),
        ("Guangzho", (), ()),
        ("广", (), ()),
    ],
)
def test_places_that_are_spelt_almost_alike(name: str, near: tuple[str, ...], meant: tuple[str, ...]) -> None:
    assert similar_places(GAZETTEER, name, near) == meant


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("南沙综和保税区", ("广州南沙综合保税区",)),
        ("广东自贸实验区南沙片区", ("广东自贸试验区南沙片区",)),
        ("前海深港现代服务业合做区", ("前海深港现代服务业合作区",)),
        ("东江综合保税区", ("天津东疆综合保税区",)),
        ("苏州工业园", ("苏州工业园区",)),
        ("天津自贸试验区天津空港片区", ("天津自贸试验区天津机场片区",)),
    ],
)
def test_zones_whose_name_is_misspelt(name: str, meant: tuple[str, ...]) -> None:
    assert similar_zones(GAZETTEER, name, ()) == meant


@pytest.mark.parametrize(
    "name",
    [
        "南沙经济技术开发区",
        "天津北辰经济技术开发区",
        "南沙高新区",
        "南海综合保税区",
        "洋口保税港区",
        "空港经济区",
        "泰达街",
        "随便",
    ],
)
def test_no_other_zone_of_the_kind_is_suggested(name: str) -> None:
    assert similar_zones(GAZETTEER, name, ()) == ()


def test_no_zone_and_no_kind_is_suggested_for_the_name_of_a_known_one_with_another_place() -> None:
    """Whatever district stands in the name of a zone in place of its own, the zone is not suggested for it."""
    others = [one.zh[:2] for code, one in GAZETTEER.divisions.items() if code.startswith("44") and len(one.zh) == 3]
    for other in others:
        for kind in ("综合保税区", "经济技术开发区", "高新技术产业开发区"):
            if not GAZETTEER.candidates(name := other + kind, "zone"):
                assert not [one for one in similar_zones(GAZETTEER, name, ()) if other not in one], name


def test_a_look_up_is_fast() -> None:
    similar_places(GAZETTEER, "广洲市")
    similar_zones(GAZETTEER, "南沙综和保税区", ())
    before, begin = unit(), time.process_time()
    for number in range(2000):
        similar_places(GAZETTEER, f"某{number}市")
        similar_zones(GAZETTEER, f"某{number}经济技术开发区", ())
    assert time.process_time() - begin < 60 * max(before, unit())


@pytest.mark.parametrize(
    ("word", "name", "at"),
    [
        ("广洲", "广州", 1), ("广", "广州", 1), ("广州市", "广州", 2), ("州广", "广州", 0), ("广州", "广州", None),
        ("广洲是", "广州市", None), ("苏广", "广州", None), ("", "广州", None),
    ],
)  # fmt: skip
def test_one_sign_apart(word: str, name: str, at: int | None) -> None:
    assert edited_at(word, name) == at
    assert (name in NearNames([name]).of(word)) is (at is not None and len(word) > 1)
