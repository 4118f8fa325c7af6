"""Texts in two languages: which halves they have, in every arrangement."""

from __future__ import annotations

import pytest

from applicability.model.bilingual import halves, pair


@pytest.mark.parametrize(
    "text",
    [
        "City 城市",
        "城市 City",
        "City/城市",
        "城市/City",
        "City / 城市",
        "城市（City）",
        "City (城市)",
        "City（城市）",
        "城市City",
        "City城市",
        "城市\nCity",
        "City\r\n城市",
        "（城市）City",
        "城市 | City",
        "城市：City",
        "城市-City",
        "City·城市",
    ],
)
def test_every_arrangement_has_the_same_halves(text: str) -> None:
    assert halves(text) == ("城市", "City")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("外资比例(%) Foreign share", ("外资比例(%)", "Foreign share")),
        ("Foreign share (%) 外资比例", ("外资比例", "Foreign share (%)")),
        ("71 租赁业 Leasing", ("71 租赁业", "Leasing")),
        ("省/直辖市 Province", ("省/直辖市", "Province")),
    ],
)
def test_what_belongs_to_a_half_stays_with_it(text: str, said: tuple[str, str]) -> None:
    assert halves(text) == said


@pytest.mark.parametrize(
    "text", ["城市", "City", "", "A股B", "城市 City 区县", "广东（深圳 Shenzhen）", "城" * 200 + "City", "（City"]
)
def test_other_texts_have_no_halves(text: str) -> None:
    assert halves(text) is None


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("西安（陕西）", ("西安", "陕西")),
        ("广东省/深圳市", ("广东省", "深圳市")),
        ("金融业-货币金融服务", ("金融业", "货币金融服务")),
        ("A/B/C", None),
        ("广东", None),
        ("A（B）C", None),
        ("（B）", None),
        ("a" * 300 + "/b", None),
    ],
)
def test_a_pair_has_one_bracket_stroke_or_dash(text: str, said: tuple[str, str] | None) -> None:
    assert pair(text) == said
