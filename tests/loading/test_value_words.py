"""Words for values as people write them: labels without explanations, everyday and older words; no hint misleads."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from applicability import Profile, ProfileError, load_rulebook
from applicability.loading.profile.reader import read_facts
from applicability.model.facts import FactDeclaration
from applicability.model.label_heads import heads_of
from applicability.model.places import fold

BOOK = load_rulebook()
CHOICES = [one for one in BOOK.facts.values() if one.type in ("choice", "choices")]
# Words of which one says something else than the other.
OTHERS = [
    *("中国", "外国", "香港", "澳门", "台湾", "新加坡", "美国"),
    *("境内", "境外", "内地"),
    *("内资", "外资", "外商"),
    *("chinese", "foreign", "hong kong", "macao", "taiwan", "singapore", "mainland"),
]


def said(fact: str, word: str) -> tuple[frozenset[str], str]:
    """The values that a word is read as, and all that is said where it is not read."""
    listed = BOOK.facts[fact].type != "choice" if fact in BOOK.facts else True
    try:
        held = read_facts(Profile.of({fact: [word] if listed else word}), BOOK).values[fact]
    except ProfileError as error:
        return frozenset(), "\n".join(f"{one.told_message('zh')}\n{one.told_hint('zh')}" for one in error.problems)
    return (held if isinstance(held, frozenset) else frozenset({str(held)})), ""


def labels() -> Iterator[tuple[str, str, str]]:
    for fact in CHOICES:
        yield from ((fact.name, key, head) for key, one in fact.values.items() for head in heads_of(one.label))
    for id, activity in BOOK.sectors.activities.items():
        yield from (("activities", id, head) for head in heads_of(activity.label))


@pytest.mark.parametrize(("fact", "key", "head"), [*labels()])
def test_a_label_without_its_explanation_is_that_value_or_leads_to_it(fact: str, key: str, head: str) -> None:
    held, told = said(fact, head)
    assert key in held or f"`{key}`" in told


@pytest.mark.parametrize("fact", CHOICES, ids=lambda one: one.name)
def test_no_word_suggests_what_says_something_else(fact: FactDeclaration) -> None:
    for name in [name for key, one in fact.values.items() for name in (key, one.label.zh, *one.aliases)]:
        plain = name.casefold().replace("_", " ")
        for word in (one for one in OTHERS if one in plain):
            for other in (one for one in OTHERS if one not in plain and one.isascii() == word.isascii()):
                written = plain.replace(word, other)
                if fold(written) not in fact.by_name and not fact.instead_of(written):
                    assert f"`{name}`" not in said(fact.name, written)[1].split("可填")[0], (written, name)


@pytest.mark.parametrize(
    ("fact", "word", "value"),
    [
        *(
            ("person_kind", word, "foreign_national")
            for word in ("外国人", "外籍人士", "foreigner", "foreign national")
        ),
        *(("person_kind", word, "overseas_doctor") for word in ("外国医生", "foreign doctor")),
        ("person_kind", "香港专业人士", "hong_kong_professional"),
        ("person_kind", "Hong Kong professional", "hong_kong_professional"),
        ("entity_kind", "新加坡保险公司", "singapore_insurer"),
        ("entity_kind", "Singapore insurer", "singapore_insurer"),
        ("entity_kind", "其他组织", "other_organisation"),
        ("licences", "金融租赁公司", "financial_leasing"),
        ("activities", "航空企业", "airline"),
    ],
)
def test_an_everyday_word_is_the_value_that_it_says(fact: str, word: str, value: str) -> None:
    assert value in said(fact, word)[0]


@pytest.mark.parametrize(
    ("fact", "words", "values"),
    [
        ("person_kind", ("医生", "医师", "doctor"), ("overseas_doctor", "other_overseas_doctor")),
        ("person_kind", ("律师", "lawyer", "境外律师"), ("hong_kong_lawyer", "foreign_lawyer")),
        ("person_kind", ("护士", "nurse"), ("overseas_nurse_or_pharmacist",)),
        ("person_kind", ("科学家", "scientist"), ("foreign_permanent_resident_scientist",)),
        (
            "person_kind",
            ("永久居民", "permanent resident"),
            ("foreign_permanent_resident", "hong_kong_or_macao_resident"),
        ),
        ("licences", ("期货交易所", "futures exchange"), ("shanghai_futures_exchange",)),
        ("licences", ("数据交易场所", "data exchange"), ("western_data_exchange",)),
        ("entity_kind", ("外国人", "foreigner"), ("person_kind", "foreign_national")),
        ("entity_kind", ("保险公司", "insurer"), ("licences", "insurer")),
        ("entity_kind", ("医院",), ("licences", "medical_institution")),
    ],
)
def test_a_wider_word_leads_to_the_candidates(fact: str, words: tuple[str, ...], values: tuple[str, ...]) -> None:
    for word in words:
        held, told = said(fact, word)
        assert not held
        assert all(f"`{value}`" in told for value in values), told


def test_a_misspelling_is_still_corrected() -> None:
    assert "是否指 `外国律师`" in said("person_kind", "外国律帅")[1]
    assert "`数据标注`" in said("activities", "数据标柱")[1]
    assert "`foreign doctor`" in said("person_kind", "foreign docter")[1]


# Words of earlier vocabularies, the first that was reviewed among them, and what the error names instead.
FORMER = {
    ("entity_kind", "境外保险公司（未在境内设立）"): ["singapore_insurer", "other_overseas_insurer"],
    ("entity_kind", "insurer from abroad not established here"): ["singapore_insurer", "other_overseas_insurer"],
    ("person_kind", "foreign_visitor"): ["foreign_national"],
    ("person_kind", "foreign national (tick this beside any of the kinds below)"): ["foreign_national"],
    ("person_kind", "doctor from abroad, Hong Kong, Macao or Taiwan"): ["overseas_doctor", "other_overseas_doctor"],
    ("person_kind", "境外医师"): ["overseas_doctor", "other_overseas_doctor"],
    ("person_kind", "已完成登记的外国企业高级管理人员"): ["foreign_company_executive_registered"],
    ("person_kind", "senior manager of a foreign company already registered here"): [
        "foreign_company_executive_registered"
    ],
    ("person_kind", "具有境外职业资格的金融、绿色低碳等领域人才"): ["foreign_qualified_professional"],
    ("activities", "patent-database"): ["gene-therapy-patent-database"],
    ("activities", "经典车"): ["classic-car-services", "classic-car-custody"],
    ("activities", "classic car display, storage, finance, races and tourism"): [
        "classic-car-services",
        "classic-car-custody",
    ],
    ("activities", "锂电池及新能源车辆、储能装备运输"): ["lithium-battery-transport", "new-energy-vehicle-transport"],
    ("activities", "集成电路设备等新兴标的租赁"): ["chip-equipment-leasing", "new-object-leasing"],
    ("activities", "dangerous-goods-transport"): ["sea-dangerous-goods", "dangerous-chemicals-transport"],
    ("activities", "foreign-related-arbitration-agreement"): ["119.foreign-element: true"],
    ("activities", "涉外仲裁"): ["119.foreign-element: true"],
}


@pytest.mark.parametrize(("fact", "word"), [*FORMER])
def test_an_older_word_names_the_new_one(fact: str, word: str) -> None:
    told = said(fact, word)[1]
    assert all(f"`{one}`" in told for one in FORMER[fact, word]), told
