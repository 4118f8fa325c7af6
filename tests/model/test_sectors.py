"""Sectors as people write them: codes, names at all four levels, everyday words; and what these must not change."""

from __future__ import annotations

import csv
import io
import pickle
import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from applicability import Profile, ProfileError, Rulebook, check, load_rulebook
from applicability.analysis.classes import sector_codes
from applicability.loading.source import rules_folder
from applicability.model.catalogue import Catalogue, Everyday, Named, forms
from applicability.model.conditions import Does, leaves
from applicability.model.label_heads import heads_of
from applicability.model.places import fold
from applicability.model.sectors import Sectors
from applicability.model.word_match import words_of

SECTORS = load_rulebook().sectors
NAMES = list(csv.reader(io.StringIO((rules_folder() / "sector_names.csv").read_text("utf-8"))))[1:]
WORDS = list(csv.reader(io.StringIO((rules_folder() / "sector_words.csv").read_text("utf-8"))))[1:]


def test_the_table_is_whole() -> None:
    levels = Counter(1 if code.isalpha() else len(code) for code, _, _ in NAMES)
    assert levels == {1: 20, 2: 97, 3: 473, 4: 1381}


@pytest.mark.parametrize(
    ("code", "zh"),
    [
        ("15", "酒、饮料和精制茶制造业"),
        ("339", "铸造及其他金属制品制造"),
        ("746", "环境与生态监测检测服务"),
        ("75", "科技推广和应用服务业"),
        ("87", "广播、电视、电影和录音制作业"),
    ],
)
def test_where_copies_of_the_table_differ_the_name_is_the_standard_s(code: str, zh: str) -> None:
    assert SECTORS.named(code).zh == zh
    assert SECTORS.sectors_of(zh) == (code,)


def test_every_code_and_every_name_stands_for_itself_or_for_what_it_alone_makes_up() -> None:
    for code, zh, _ in NAMES:
        section = "" if code.isalpha() else SECTORS.section(code)
        for written in (code, f"{section}{code}", f"{code} {zh}", f"{zh}（{code}）"):
            assert SECTORS.sectors_of(written) == (code,), written
        if zh == "其他服务业":  # also what any other service is called
            assert SECTORS.sectors_of(zh) == ()
            continue
        (found,) = SECTORS.sectors_of(zh)
        assert SECTORS.lies_in(code, found)
        assert SECTORS.named(found).zh == zh


def test_every_word_leads_to_its_codes() -> None:
    for codes, *cells in WORDS:
        for word in (word for cell in cells for word in cell.split("|") if word):
            assert SECTORS.sectors_of(word) == tuple(codes.split()), word


def test_words_are_many_in_both_languages_and_in_every_section() -> None:
    zh = [word for _, cell, _ in WORDS for word in cell.split("|") if word]
    en = [word for _, _, cell in WORDS for word in cell.split("|") if word]
    assert len(zh) >= 250
    assert len(en) >= 150
    assert {SECTORS.section(code) for codes, *_ in WORDS for code in codes.split()} == set("ABCDEFGHIJKLMNOPQRST")


# What says only that it is left over by other names, or several things: no official name begins a guess.
RESIDUAL = (
    *("其他", "其它", "其他业", "其他行业", "其他类", "其他服务业务", "其他未列明", "综合", "综合类"),
    *("other", "Others", "Other Industry", "other industries", "misc."),
)


@pytest.mark.parametrize(
    ("written", "codes"),
    [
        ("６５１１", ("6511",)),
        ("Ｉ６５１１", ("6511",)),
        ("I6511", ("6511",)),
        ("I-65", ("65",)),
        ("i65", ("65",)),
        ("65 软件和信息技术服务业", ("65",)),
        ("65、软件和信息技术服务", ("65",)),
        ("65软件和信息技术服务业", ("65",)),
        ("软件和信息技术服务", ("65",)),
        ("应用软件开发业", ("6513",)),
        ("I 信息传输、软件和信息技术服务业", ("I",)),
        ("J金融业", ("J",)),
        ("金融", ("J",)),
        ("6513 应用软件的开发", ("6513",)),
        ("旅行社", ("7291",)),
        ("旅行社服务", ("7291",)),
        ("Law Firms", ("7231",)),
        ("travel agencies", ("7291",)),
        ("kindergarten", ("831",)),
        ("software", ("65",)),
        ("百货", ("5211",)),
        ("培训", ("8391", "8392", "8393", "8399")),
        ("training", ("8391", "8392", "8393", "8399")),
        ("咨询", ("656", "724")),
        ("酒店", ("611", "612")),
        ("hotel", ("611", "612")),
        ("leasing", ("6631", "71")),
        ("租赁", ("6631", "71")),
        ("租赁业", ("71",)),
        ("保理", ("6639", "6999")),
        ("6577", ("6577",)),  # unlisted: still under 657
        *((word, ()) for word in RESIDUAL),
        # Also what any other service is called: only with its code, or in its section, is it the division.
        *((word, ()) for word in ("其他服务", "其他服务业", "other services", "其他服务业 Other services")),
        *((word, ("82",)) for word in ("82", "82 其他服务业", "O82 其他服务业", "其他服务业（82）")),
        ("居民服务、修理和其他服务业", ("O",)),
        ("其他互联网服务", ("649",)),
        # What is added to any business says of none what it is.
        *((word, ()) for word in ("互联网+", "互联网＋", "“互联网+”", "金融+", "+互联网", "互联网+行业")),
        *((word, ()) for word in ("互联网+批发", "互联网+广告服务", "Internet+", "互联网+ Internet+")),
        ("51 互联网+", ("51",)),
        ("综合零售", ("521",)),
        ("82 其他", ("82",)),
        ("O82其他", ("82",)),
        ("98", ()),
        ("T恤衫", ()),
        ("1688平台", ()),
        ("24小时便利店", ()),
        ("房间12", ()),
        ("", ()),
    ],
)
def test_a_sector_is_read_as_people_write_it(written: str, codes: tuple[str, ...]) -> None:
    assert SECTORS.sectors_of(written) == codes


@pytest.mark.parametrize(
    ("written", "odds"),
    [
        ("A65", ("65", "I")),
        ("65 餐饮业", ("65", "62")),
        ("7240 广告业", ("7240", "725")),  # the code of the 2011 table
        ("A 金融业", ("A", "J")),
        ("I65 软件和信息技术服务业", None),
        ("nonesuch", None),
    ],
)
def test_a_code_and_its_letter_or_name_must_agree(written: str, odds: tuple[str, str] | None) -> None:
    assert SECTORS.at_odds(written) == odds
    assert SECTORS.sectors_of(written) == (() if odds or written == "nonesuch" else ("65",))


# What the names of sectors and of companies end in.
_ENDS = re.compile(r"(?:services?|company|companies|institutions?|firms?|公司|机构|服务|业务|业)$")


def _bare(name: str) -> str:
    name = fold(name)
    while (shorter := _ENDS.sub("", name)) != name:
        name = shorter
    return name


def test_no_sector_is_called_in_english_as_a_licence_that_means_something_else() -> None:
    """融资租赁 finance leasing is a sector of two licences; 金融租赁 financial leasing is the bank-regulated one."""
    named: dict[str, set[str]] = {}
    for one in load_rulebook().facts["licences"].values.values():
        names = (one.label.zh, one.label.en, *heads_of(one.label), *one.aliases)
        for name in names:
            named.setdefault(_bare(name), set()).update(map(_bare, names))
    for code, zh, en in NAMES:
        clash = named.get(_bare(en))
        assert clash is None or _bare(zh) in clash, (code, en)
    assert SECTORS.codes["6631"].en == "Finance leasing services"
    assert SECTORS.sectors_of("金融租赁") == SECTORS.sectors_of("融资租赁") == ("6631",)


def test_the_finest_code_around_several_is_told() -> None:
    assert SECTORS.around(("611", "612")) == "61"
    assert SECTORS.around(("6639", "6999")) == "J"
    assert SECTORS.around(("6631", "71")) is None


@pytest.mark.parametrize(
    ("wanted", "first"),
    [
        ("旅行", ["7291"]),
        ("travel agency", ["7291"]),
        ("旅游公司", ["7291"]),  # a word that is equal goes before one that is without its ending
        ("国际旅行社有限责任公司", ["7291"]),
        ("law", ["7231"]),
        ("咨询", ["656", "724"]),
        ("consulting", ["656", "724"]),
        ("65", ["65", "651"]),
        ("６５１", ["651", "6511"]),
        ("应用软件", ["6513"]),
        ("Software", ["65"]),
        ("machine tools", ["342"]),
    ],
)
def test_a_search_finds_the_likeliest_first(wanted: str, first: list[str]) -> None:
    found = [hit.sector.code for hit in SECTORS.catalogue.search(wanted)]
    assert found[: len(first)] == first


# What somebody types who has never seen a list of sectors, and the code that it means, or is a part of what it means.
LAY = {
    "看病": "84", "机房": "645", "打官司": "7231", "送外卖": "6242", "开饭店": "621", "跑运输": "543", "装修": "501",
    "美容": "804", "养老院": "8514", "托儿所": "802", "网店": "5292", "直播": "642", "贷款": "663", "典当": "6633",
    "破产": "7231", "科技公司": "65", "旅行团": "7291", "花店": "52", "工厂": "C", "修空调": "813", "收废品": "42",
    "学车": "8391", "看牙": "8415", "签证": "7291", "跑腿": "602", "做网站": "6513", "摆摊": "5291", "早教": "831",
    "bankruptcy": "7231", "seeing a doctor": "84", "server room": "645", "tech company": "65", "florist": "52",
    "factory": "C", "visa agency": "7297", "influencer": "9053", "driving lessons": "8391", "plumber": "49",
}  # fmt: skip


@pytest.mark.parametrize(("word", "code"), LAY.items())
def test_a_lay_word_leads_to_its_code(word: str, code: str) -> None:
    assert code in [hit.sector.code for hit in SECTORS.catalogue.search(word)]
    assert code in SECTORS.sectors_of(word)


@pytest.mark.parametrize(
    "word",
    [
        "机房",
        "打官司",
        "跑运输",
        "直播",
        "贷款",
        "破产",
        "科技公司",
        "中介",
        "签证",
        "酒类",
        "农产品",
        "劳务",
        "tea shop",
    ],
)
def test_a_lay_word_of_several_meanings_is_refused_with_each_of_them(word: str) -> None:
    with pytest.raises(ProfileError) as caught:
        check(Profile(city="成都", sector=word), load_rulebook())
    (problem,) = caught.value.problems
    assert problem.mend is not None
    assert all(f"`{code}" in problem.mend.zh for code in SECTORS.sectors_of(word))


@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ("bankruptcy", "662"),  # bank
        ("carpet", "36"),  # car
        ("ban", "03"),  # husbandry
        ("ease", "8431"),  # disease
        ("ease", "711"),  # lease
        ("rice", "9223"),  # police
        ("portfolio", "5531"),  # port
        ("farmacy", "01"),  # farm
        ("trader", "51"),  # trade
        ("busy", "5411"),  # bus
    ],
)
def test_a_word_in_letters_is_not_found_inside_another_word(wanted: str, other: str) -> None:
    assert other not in [hit.sector.code for hit in SECTORS.catalogue.search(wanted)]


@pytest.mark.parametrize(("wanted", "other"), [("bankruptcy", "1411"), ("price", "9223")])  # bakery, police
def test_a_word_that_shares_most_of_its_letters_is_not_one_misspelt(wanted: str, other: str) -> None:
    assert other not in [one.code for one in SECTORS.near(wanted)]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        *(("bank"[:length], "662") for length in (3, 4)),
        *(("pawnshop"[:length], "6633") for length in range(3, 9)),
        ("travel ag", "7291"),
        ("agency tra", "7291"),
        ("ecommerce", "643"),
        ("e-comm", "643"),
        ("典", "6633"),
    ],
)
def test_what_is_being_typed_finds_the_words_that_begin_so(typed: str, code: str) -> None:
    assert code in [hit.sector.code for hit in SECTORS.catalogue.search(typed)]


def test_a_whole_word_comes_before_the_words_that_begin_with_it() -> None:
    words = [words_of(hit.words[0]) for hit in SECTORS.catalogue.search("car") if hit.words]
    whole = [bool({"car", "cars"} & set(one)) for one in words]
    assert whole == sorted(whole, reverse=True)
    assert ["cargo"] in words


def test_what_is_misspelt_is_found_by_its_spelling() -> None:
    assert SECTORS.near("kindergartn")[0].code == "831"
    assert SECTORS.near("98") == ()


@given(st.text(max_size=12))
def test_anything_can_be_looked_up_and_searched_for(text: str) -> None:
    for code in SECTORS.sectors_of(text):
        assert code[:2] in SECTORS.codes
    assert len(forms(text)) == 4
    SECTORS.catalogue.search(text)


def test_the_names_decide_nothing(rulebook: Rulebook) -> None:
    listed = {code for code in sector_codes([rulebook]) if code in rulebook.sectors.codes}
    assert listed == set(rulebook.sectors.codes)
    assert len(rulebook.sectors.codes) < 300
    for code, _, _ in NAMES:
        bare = Sectors(rulebook.sectors.codes, rulebook.sectors.activities)
        assert bare.carried_by(code) == rulebook.sectors.carried_by(code)


def test_a_word_and_its_code_come_to_the_same(rulebook: Rulebook) -> None:
    def verdicts(sector: str) -> list[object]:
        return [
            one.verdict for one in check(Profile(city="成都", sector=sector), rulebook, engine="reference").findings
        ]

    assert verdicts("旅行社") == verdicts("travel agency") == verdicts("Ｌ７２９１") == verdicts("7291")


def test_a_cached_catalogue_is_its_texts_and_no_more() -> None:
    catalogue = Catalogue.of([Named("62", "餐饮业", "Catering")], [Everyday(("62",), ("馆子",), ("eatery",))])
    assert catalogue.codes_of("eateries") == ("62",)
    assert catalogue.search("馆子")
    again = pickle.loads(pickle.dumps(catalogue))
    assert set(vars(again)) == {"names", "words", "index"}
    assert again == catalogue
    assert again.codes_of("餐饮") == ("62",)


def test_a_rulebook_without_the_names_reads_the_codes_and_names_of_its_own_table() -> None:
    small = load_rulebook(Path(__file__).parents[1] / "data" / "small-rulebook").sectors
    for code, sector in small.codes.items():
        assert small.sectors_of(code) == (code,)
        assert any(small.lies_in(code, one) for one in small.sectors_of(sector.zh))


def test_whoever_does_the_specific_does_the_general(rulebook: Rulebook) -> None:
    sectors = rulebook.sectors
    assert sectors.closed_up(["bonded-aircraft-leasing"]) == {"bonded-aircraft-leasing", "aircraft-leasing"}
    assert sectors.closed_up(["app-store"]) == {"app-store", "value-added-telecom", "digital-services"}
    assert sectors.closed_down(["aircraft-leasing"]) == {"bonded-aircraft-leasing", "aircraft-leasing"}
    assert "app-store" in sectors.closed_down(["digital-services"])
    assert sectors.closed_up([]) == sectors.closed_down([]) == frozenset()
    assert sectors.most_general(["app-store", "data-annotation", "value-added-telecom", "airline"]) == (
        "data-annotation",
        "value-added-telecom",
        "airline",
    )


def test_a_condition_reads_a_list_as_if_it_were_closed(rulebook: Rulebook) -> None:
    """Every leaf asks for all parts of what it asks for, so that no engine and no export need close what is given."""
    found = [leaf for measure in rulebook.measures for limb in measure.limbs for leaf in leaves(limb.when)]
    asked = [leaf.activities for leaf in found if isinstance(leaf, Does)]
    sectors = rulebook.sectors
    for activities in asked:
        assert sectors.closed_down(activities) == activities
        for id in sectors.activities:
            assert bool(activities & {id}) == bool(activities & sectors.closed_up([id]))


def test_every_activity_says_what_it_means(rulebook: Rulebook) -> None:
    means = [one.means for one in rulebook.sectors.activities.values()]
    assert all(one is not None and one.zh and one.en and not one.zh.endswith("。") for one in means)
