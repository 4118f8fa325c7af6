"""Words that are wider than what they would lead to: refused with the candidates named, in a profile and a register."""

from __future__ import annotations

import pytest

from applicability import Profile, ProfileError, check, load_rulebook

BOOK = load_rulebook()
WIDER: dict[str, dict[str, tuple[str, ...]]] = {
    "activities": {
        "看病": ("non-profit-medical-institution",),
        "医院": ("non-profit-medical-institution",),
        "机房": ("international-data-centre",),
        "养老院": ("non-profit-elderly-care",),
        "旅游": ("travel-agency", "wellness-services", "space-tourism"),
        "tourism": ("travel-agency", "wellness-services", "space-tourism"),
        "直播": ("live-stream-e-commerce",),
        "保险": ("health-insurance", "multimodal-transport-insurance", "reinsurance", "other-corridor-insurance"),
        "药品": ("drug-and-device-development", "pet-medicine-import"),
        "化妆品": ("cosmetics-import", "duty-free-cosmetics", "personalised-cosmetics"),
        "新能源汽车": ("new-energy-vehicle-transport", "new-energy-vehicle-export", "connected-vehicle-services"),
        "贷款": ("green-finance",),
        "跨境电商": ("cross-border-e-commerce-import", "e-commerce-platform"),
        "跨境电商业务": ("cross-border-e-commerce-import", "e-commerce-platform"),
        "cross-border e-commerce": ("cross-border-e-commerce-import", "e-commerce-platform"),
        "化妆品进口": ("cosmetics-import",),
        "虚拟专用网": ("domestic-ip-vpn",),
        "智能标注": ("data-annotation", "intelligent-data-annotation"),
        "国产游戏": ("domestic-online-games", "game-export"),
        "生物制品": ("biologics-manufacturing", "biomedical-rd"),
        "康养": ("non-profit-elderly-care", "wellness-services"),
        "医疗器械": ("drug-and-device-development",),
        "信托财产登记": ("property-registration", "trust-property-registration"),
        "金融科技": ("capital-market-fintech",),
        "私募基金": ("private-fund-management", "qflp-fund"),
        "创业投资": ("private-fund-management",),
        "资金池": ("cross-border-cash-pooling",),
        "财资中心": ("cross-border-cash-pooling",),
        "征信": ("cross-border-credit-information",),
        "多式联运保险": ("multimodal-transport-insurance",),
        "特医食品": ("medical-food-import",),
        "保健食品": ("health-food-import", "supplement-packing-e-commerce"),
        "铁路": ("rail-water-transport", "railway-transport"),
        "锂电池运输": ("lithium-battery-transport",),
        "危化品": ("dangerous-chemicals-transport", "sea-dangerous-goods"),
        "船供油": ("marine-fuel-supply",),
        "大宗商品": ("spot-commodity-exchange",),
        "培训": ("labour-affairs-training", "vocational-training"),
        "航天": ("commercial-space", "satellite-remote-sensing", "space-tourism"),
        "遥感": ("satellite-remote-sensing",),
        "发动机租赁": ("engine-and-machinery-leasing", "other-leasing"),
        "商用密码": ("commercial-cryptography",),
        "electronic trade documents": ("electronic-trade-documents", "single-bill-services"),
        "single window": ("electronic-trade-documents", "single-window-operation"),
    },
    "licences": {
        "Financial leasing": ("finance_lease_company", "financial_leasing"),
        "financial leasing company": ("finance_lease_company", "financial_leasing"),
        "银行": ("commercial_bank", "policy_bank"),
    },
}


@pytest.mark.parametrize(
    ("fact", "word", "meant"), [(fact, word, meant) for fact, words in WIDER.items() for word, meant in words.items()]
)
def test_a_wider_word_is_refused_with_what_it_may_mean(fact: str, word: str, meant: tuple[str, ...]) -> None:
    with pytest.raises(ProfileError) as caught:
        check(Profile.of({"city": "上海", fact: [word]}), BOOK)
    (problem,) = caught.value.problems
    assert problem.code == "P107"
    assert problem.mend is not None
    for said in (problem.mend.zh, problem.mend.en):
        assert all(f"`{one}`" in said for one in meant)
        assert said.count("`") == 2 * len(meant)


@pytest.mark.parametrize(
    ("fact", "key"),
    [
        ("licences", "financial_leasing"),
        ("licences", "Financial_Leasing"),
        ("activities", "electronic-trade-documents"),
    ],
)
def test_a_key_is_taken_although_it_reads_like_such_a_word(fact: str, key: str) -> None:
    assert key.casefold() in str(check(Profile.of({"city": "上海", fact: [key]}), BOOK).facts.values[fact])


def test_no_word_is_both_taken_and_refused() -> None:
    for one in BOOK.sectors.activities.values():
        assert not [word for word in one.instead_of if BOOK.sectors.activity_of(word) and word != one.id]
        assert all(BOOK.sectors.activity_of(word) == one.id for word in (one.id, *one.aliases))
    for declaration in BOOK.facts.values():
        for key, choice in declaration.values.items():
            assert declaration.value_of(key) == key
            assert not [word for word in choice.instead_of if declaration.value_of(word)]
