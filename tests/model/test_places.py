"""The gazetteer, and how places nest."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given, strategies as st

from applicability import Profile, Rulebook, Verdict, check, load_rulebook
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.place_names import common_name, english_names
from applicability.model.places import Gazetteer, Whereabouts, fold

BOOK = load_rulebook()
TWENTY = (
    *("110000", "120000", "310000", "500000", "460000", "210100", "320100", "330100", "420100", "440100", "510100"),
    *("210200", "330200", "350200", "370200", "440300", "340100", "350100", "610100", "320500"),
)


def test_the_table_is_whole_and_current(rulebook: Rulebook) -> None:
    divisions = rulebook.gazetteer.divisions
    levels = [rulebook.gazetteer.level(code) for code in divisions]
    assert (levels.count("province"), levels.count("prefecture"), levels.count("county")) == (34, 333, 2847)
    assert divisions["500157"].zh == "两江新区"
    assert "500105" not in divisions
    assert "500112" not in divisions
    assert list(divisions) == sorted(divisions)
    assert all(rulebook.gazetteer.path(code)[-1].endswith("0000") for code in divisions)


def test_every_pilot_and_every_place_in_one_has_an_english_name(rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    inside = [c for c in gazetteer.divisions if any(gazetteer.lies_in(c, pilot) for pilot in TWENTY)]
    assert len(inside) > 250
    assert [code for code in inside if not gazetteer.divisions[code].en] == []
    assert [code for code, division in gazetteer.divisions.items() if not division.pinyin] == []


@pytest.mark.parametrize("code", TWENTY)
def test_a_pilot_answers_to_its_name_in_every_form(code: str, rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    division = gazetteer.divisions[code]
    short = division.zh.removesuffix("市").removesuffix("省")
    for name in (code, division.zh, short, division.en, division.en.upper(), division.en + " City"):
        assert gazetteer.candidates(name, "division") == (code,), name
    # 福州 and 抚州 have the same pinyin: it is ambiguous, and never guessed.
    assert code in gazetteer.candidates(division.pinyin, "division")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("滨海", "120116"), ("TBNA", "120116"), ("浦东", "310115"), ("Pudong New Area", "310115"), ("三亚", "460200"),
        ("儋州", "460400"), ("江津区", "500116"), ("xian", "610100"), ("Xi'an", "610100"), ("香港", "810000"),
        ("长沙", "430100"), ("东莞", "441900"), ("鞍山", "210300"), ("内蒙古", "150000"), ("两江新区", "500157"),
    ],
)  # fmt: skip
def test_a_name_is_found(name: str, code: str, rulebook: Rulebook) -> None:
    assert rulebook.gazetteer.candidates(name, "division") == (code,)


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("Xian County", ["130929"]), ("Xianxian County", ["130929"]), ("xian xian", ["130929"]),
        ("Suzhou District", ["620902"]), ("suzhou qu", ["620902"]), ("Nanjing County", ["350627"]),
        ("Hainan District", ["150303"]), ("Xi'an District", ["220403", "231005"]), ("Jilin City", ["220200"]),
        ("Chang'an District", ["130102", "610116"]), ("Suzhou County", []), ("Tianjin County", []),
        ("Changyang Tujia Autonomous County", ["420528"]), ("Pudong District", ["310115"]),
        ("Guangxi Province", ["450000"]), ("Shanghai Municipality", ["310000"]), ("Zhongxian County", ["500233"]),
        ("万柏林", ["140109"]), ("碑林", ["610103"]),
    ],
)  # fmt: skip
def test_what_a_name_says_a_place_is_holds(name: str, codes: list[str], rulebook: Rulebook) -> None:
    assert list(rulebook.gazetteer.candidates(name, "division")) == codes


def test_the_last_word_of_a_name_is_what_its_kind_is(rulebook: Rulebook) -> None:
    names = {code: common_name(rulebook.gazetteer.divisions[code]) for code in ("140109", "610103", "429021", "650000")}
    assert list(names.values()) == ["万柏林", "碑林", "神农架", "新疆"]


def test_the_own_names_of_every_division_win_over_names_of_others_cut_short(rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    own = {}
    for code, division in gazetteer.divisions.items():
        en, pinyin = fold(division.en), fold(division.pinyin)
        own[code] = {en, pinyin, *english_names(division, en, pinyin)} - {""}
        assert division.en or len(own[code]) > 1, "each has an English name"
    assert len(own) == 3214
    for code, names in own.items():
        former = {one for tier in gazetteer.former.named(fold(gazetteer.divisions[code].zh)) for one in tier}
        for name in names:
            found = gazetteer.candidates(name, "division")
            assert code in found
            # 江北区 was Chongqing's until lately, and has no Latin name of its own.
            others = {one.place for one in former} if gazetteer.level(code) == "county" else set()
            assert all(name in own[other] or other in others for other in found), (name, found)


@pytest.mark.parametrize("name", ["江北", "江北区", "Jiangbei", "Jiangbei District", "jiangbeiqu", "jiangbei qu"])
def test_a_county_called_as_a_former_one_elsewhere_is_one_of_two_in_any_script(name: str, rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    assert gazetteer.candidates(name, "place") == ("330205", "500157")
    assert gazetteer.candidates(name, "place", near=("500000",)) == ("500157",)
    assert gazetteer.candidates(name, "place", near=("330200",)) == ("330205",)
    former = gazetteer.former_of(name, "500157")
    assert former is not None
    assert former.zh == "江北区"
    assert gazetteer.former_of(name, "330205") is None


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Suzhou", ("320500", "341300")), ("Suzhou City", ("320500", "341300")),
        ("SUZHOU, China", ("320500", "341300")), ("Fuzhou", ("350100", "361000")),
        ("Suzhou, Jiangsu", ("320500",)), ("Soochow", ("320500",)),
        ("Suzhou, Anhui", ("341300",)), ("Jinan", ("370100",)), ("Hebei", ("130000",)), ("Shanxi", ("140000",)),
        ("苏州", ()), ("320500", ()), ("Jiangbei, Ningbo", ()), ("Taizhou", ()),
    ],
)  # fmt: skip
def test_cities_of_one_latin_name_are_known(name: str, places: tuple[str, ...], rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    assert gazetteer.written_alike(name) == places
    if places:
        assert gazetteer.candidates(name, "division") == places[:1]
    if "," in name and not places:
        assert gazetteer.candidates(name, "division") == ("330205",)


def test_a_county_in_english_is_never_read_as_a_pilot(rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    for code, division in gazetteer.divisions.items():
        if gazetteer.level(code) == "county" and not any(gazetteer.lies_in(code, pilot) for pilot in TWENTY):
            base = re.sub("(qu|xian|shi|qi)$", "", division.pinyin)
            for name in (f"{base} County", f"{base} District", f"{base}xian", f"{base}qu"):
                found = gazetteer.candidates(name, "division")
                # A former county of the name may have become part of one: then it is one of several.
                assert len(found) > 1 or not set(TWENTY) & set(found), name


def test_a_shared_name_is_settled_by_the_city_and_by_nothing_else(rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    assert len(gazetteer.candidates("朝阳", "division")) > 2
    assert gazetteer.candidates("朝阳", "division", near=("110000",)) == ("110105",)
    assert gazetteer.candidates("鼓楼区", "division", near=("350100",)) == ("350102",)
    with pytest.raises(ProfileError, match="names several places"):
        check(Profile(city="朝阳"), rulebook)


def test_every_zone_lies_where_it_says(rulebook: Rulebook) -> None:
    gazetteer = rulebook.gazetteer
    for id, zone in gazetteer.zones.items():
        whereabouts = Whereabouts(zones=frozenset({id}))
        assert gazetteer.within(whereabouts, id) is True
        for around in gazetteer.around(id):
            assert gazetteer.within(whereabouts, around) is True
            assert gazetteer.overlap(id, around)
        for kind in zone.types:
            assert gazetteer.in_zone_type(whereabouts, kind) is True


def test_a_zone_settles_its_district_and_a_district_its_city(rulebook: Rulebook) -> None:
    within = rulebook.gazetteer.within
    dongjiang = Whereabouts(zones=frozenset({"dongjiang-cbz"}))
    assert [within(dongjiang, place) for place in ("120116", "120000", "120101", "310000")] == [
        True,
        True,
        False,
        False,
    ]
    lingang = Whereabouts(zones=frozenset({"shanghai-lingang"}))
    assert [within(lingang, place) for place in ("310000", "310115", "310101")] == [True, None, False]
    tianjin = Whereabouts(divisions=("120000",))
    assert [within(tianjin, place) for place in ("120000", "120116", "dongjiang-cbz", "310000")] == [
        True,
        None,
        None,
        False,
    ]
    nowhere = Whereabouts(divisions=("120000",), zones=frozenset())
    assert within(nowhere, "dongjiang-cbz") is False


def test_a_zone_that_is_its_whole_division_needs_no_naming(rulebook: Rulebook) -> None:
    sanya = Whereabouts(divisions=("460200",), zones=frozenset())
    assert rulebook.gazetteer.within(sanya, "hainan-ftp") is True
    assert rulebook.gazetteer.in_zone_type(sanya, "free-trade-port") is True
    assert rulebook.gazetteer.in_zone_type(sanya, "comprehensive-bonded-zone") is False


def test_dalian_is_not_liaoning(rulebook: Rulebook) -> None:
    told = Profile(
        city="辽宁", activities=["travel-agency"], foreign_share=10, entity_kind="enterprise", registered_here="yes"
    )
    finding = check(told, rulebook).finding(57)
    assert (finding.verdict, finding.missing) == (Verdict.NEEDS_INFO, ("city",))


def test_a_sector_carries_what_is_named_for_it_above_it_or_below_it(rulebook: Rulebook) -> None:
    sectors = rulebook.sectors
    for code in (*sectors.codes, "6399", "729"):
        direct = {
            id for id, one in sectors.activities.items() if any(sectors.related(code, under) for under in one.under)
        }
        assert sectors.carried_by(code) == direct


@pytest.mark.parametrize("name", ["72.9", "111.5", "72-91", "7,291"])
def test_a_number_with_a_mark_in_it_is_no_code(name: str, rulebook: Rulebook) -> None:
    assert rulebook.sectors.sectors_of(name) == ()
    assert rulebook.sectors.sectors_of("I 65") == ("65",)


def test_what_a_table_remembers_holds_in_another_process(rulebook: Rulebook) -> None:
    asked, codes = rulebook.gazetteer, ("110000", "120000", "120116", "310115")
    told = [asked.overlap(one, other) for one in codes for other in codes]
    stands = [asked.within(Whereabouts((one,)), other) for one in codes for other in codes]
    sent = pickle.loads(pickle.dumps(asked))
    assert [sent.overlap(one, other) for one in codes for other in codes] == told
    assert [sent.within(Whereabouts((one,)), other) for one in codes for other in codes] == stands
    assert not sent.overlap("110000", "120000")


@given(data=st.data())
def test_names_of_the_same_senses_stand_for_the_same_places(data: st.DataObject) -> None:
    gazetteer = BOOK.gazetteer
    kind = data.draw(st.sampled_from(["division", "zone"]))
    first = data.draw(st.sampled_from(gazetteer.all_names(kind)))
    senses = gazetteer.name_matches(first, kind)
    assert senses
    alike = [
        name
        for place in senses[0]
        for name in _names_of(gazetteer, place)
        if gazetteer.name_matches(name, kind) == senses
    ]
    near = data.draw(st.lists(st.sampled_from(list(gazetteer.divisions)), max_size=2))
    assert {gazetteer.candidates(name, kind, near) for name in [first, *alike]} == {
        gazetteer.candidates(first, kind, near)
    }


def _names_of(gazetteer: Gazetteer, place: str) -> list[str]:
    held = gazetteer.zones.get(place) or gazetteer.divisions[place]
    return [place, held.zh, *held.aliases, *([held.en] if held.en else [])]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("上海城区", "310000"),
        ("天津市市辖区", "120000"),
        ("江苏省南京市", "320100"),
        ("320106000000", "320106"),
        ("310100", "310000"),
        ("Shanghai, China", "310000"),
        ("Nanjing, Jiangsu, China", "320100"),
        ("中国上海", "310000"),
        ("廣州", "440100"),
        ("重慶", "500000"),
        ("廣東省廣州市黃埔區", "440112"),
        ("臺州", "331000"),
        ("Peking", "110000"),
        ("Canton", "440100"),
        ("Amoy", "350200"),
        ("Tsingtao", "370200"),
        ("Soochow", "320500"),
        ("Foochow", "350100"),
        ("Mukden", "210100"),
    ],
)
def test_a_place_is_read_as_people_write_it(name: str, code: str, rulebook: Rulebook) -> None:
    assert read_facts(Profile.of({"city": name}), rulebook).whereabouts.divisions == (code,)


@pytest.mark.parametrize("filler", ["省直辖", "市辖区", "省直辖县级行政区划"])
def test_a_level_that_is_left_out_says_nothing(filler: str, rulebook: Rulebook) -> None:
    facts = read_facts(Profile.of({"city": filler, "district": "琼海"}), rulebook)
    assert facts.whereabouts.divisions == ("469002",)
    assert [note.fact for note in facts.notes] == ["city"]


@pytest.mark.parametrize(
    ("name", "place", "zones"),
    [
        ("东疆", "120116", {"dongjiang-cbz"}),
        ("洋浦", "460400", {"yangpu-edz"}),
        ("天府新区", "510100", {"tianfu-new-area-chengdu"}),
        ("两江新区", "500157", {"liangjiang-national-new-area"}),
        ("横琴", "440400", {"hengqin"}),
        ("深汕", "440000", {"shenshan"}),
        ("前海", "440300", None),
        ("果园港", "500000", None),
        ("外高桥", "310115", None),
        ("南沙", None, None),
        ("大兴机场临空经济区", None, {"daxing-airport-economic-area"}),
        ("长三角示范区", None, {"yangtze-delta-demonstration-zone"}),
        ("郑州航空港", "410000", {"zhengzhou-airport-economy-zone"}),
    ],
)
def test_the_field_tells_a_division_from_a_zone_of_its_name(
    name: str, place: str | None, zones: set[str] | None, rulebook: Rulebook
) -> None:
    """Where neither field settles it, the error names what may be meant."""
    if place is not None:
        assert read_facts(Profile.of({"city": name}), rulebook).whereabouts.divisions == (place,)
    else:
        with pytest.raises(ProfileError) as caught:
            read_facts(Profile.of({"city": name}), rulebook)
        assert caught.value.problems[0].hint
    if zones is not None:
        assert read_facts(Profile.of({"zones": [name]}), rulebook).whereabouts.zones == frozenset(zones)
    else:
        with pytest.raises(ProfileError, match="P104"):
            read_facts(Profile.of({"zones": [name]}), rulebook)


def test_a_city_settles_which_place_of_a_name_is_meant(rulebook: Rulebook) -> None:
    qujiang = read_facts(Profile.of({"city": "西安", "district": "曲江"}), rulebook)
    assert set(qujiang.whereabouts.divisions) == {"610100"}
    assert [note.fact for note in qujiang.notes] == ["district"]
    assert read_facts(Profile.of({"city": "韶关", "district": "曲江"}), rulebook).whereabouts.divisions[1] == "440205"
    assert read_facts(Profile.of({"city": "广州", "district": "南沙"}), rulebook).whereabouts.divisions[1] == "440115"


def test_a_search_shows_first_what_is_likely(rulebook: Rulebook) -> None:
    found = rulebook.gazetteer.search("xian")
    assert "610100" in found[:3]
    assert rulebook.gazetteer.search("廣州")[0] == "440100"
    assert rulebook.gazetteer.search("Peking")[0] == "110000"


def test_no_traditional_character_is_written_in_a_name_of_today(rulebook: Rulebook) -> None:
    names = "".join(one.zh for one in rulebook.gazetteer.divisions.values())
    assert not [chr(code) for code in rulebook.gazetteer.characters if chr(code) in names]
