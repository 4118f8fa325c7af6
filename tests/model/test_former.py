"""Former divisions: how their codes and names are read, and the notes on them."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace

import pytest

from applicability import Profile, check, load_rulebook
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.model.former import FormerDivisions
from applicability.model.place_notes import place_note, read_as
from applicability.report import Format, Options, render, whole
from applicability.text import Lang

BOOK = load_rulebook()
GAZETTEER = BOOK.gazetteer


def read(**places: str) -> tuple[tuple[str, ...], list[tuple[str, str]]]:
    """The whereabouts of a profile, and the notes on it by fact, in Chinese."""
    facts = read_facts(Profile(**places), BOOK)
    return facts.whereabouts.divisions, [(note.fact, note.message.zh) for note in facts.notes]


@pytest.mark.parametrize(
    ("city", "district", "place", "ended"),
    [
        ("重庆", "江北区", "500157", "2025年11月7日"),
        ("重庆市", "渝北区", "500157", "2025年11月7日"),
        ("杭州", "下城区", "330105", "2021年"),
        ("天津", "塘沽区", "120116", "2009年"),
        ("天津", "塘沽", "120116", "2009年"),
        ("Tianjin", "120107", "120116", "2009年"),
        ("上海", "南汇区", "310115", "2009年"),
        ("上海", "卢湾区", "310101", "2011年"),
        ("北京", "崇文区", "110101", "2010年"),
        ("广州", "萝岗区", "440112", "2014年"),
        ("成都", "双流县", "510116", "2015年"),
        ("山东", "莱芜市", "370100", "2018年"),
        ("湖北", "襄樊市", "420600", "2010年"),
        # divided: the city is certain, nothing finer
        ("佛山", "南海市", "440600", "2002年"),
        ("大同市", "城区", "140200", "2018年"),
    ],
)
def test_a_former_division_is_read_as_the_current_one_for_it(city: str, district: str, place: str, ended: str) -> None:
    divisions, notes = read(city=city, district=district)
    assert divisions[1] == place
    assert [fact for fact, _ in notes] == ["district"]
    assert f"自{ended}起不再使用" in notes[0][1]
    assert GAZETTEER.full_name(place) in notes[0][1]


def test_the_note_tells_what_was_read_as_what_and_since_when() -> None:
    def said(code: str) -> tuple[str, str]:
        former = GAZETTEER.former_by_code(code)
        assert former is not None
        text = read_as(GAZETTEER, former, by_code=True)
        return text.zh, text.en

    assert said("310103") == (
        "310103（卢湾区）自2011年起不再使用，按上海市黄浦区判断",
        "310103 (卢湾区) has been out of use since 2011 and is read as Huangpu District, Shanghai",
    )
    assert said("500112") == (
        "500112（渝北区）自2025年11月7日起不再使用，按重庆市两江新区判断；其部分区域划入重庆市北碚区，在其内的请改填",
        "500112 (渝北区) has been out of use since 2025-11-07 and is read as Liangjiang New Area, Chongqing; "
        "parts of it went to Beibei District, Chongqing: give that if it lies there",
    )
    assert said("330104") == (
        "330104（江干区）自2021年起不再使用，其区域分属杭州市上城区、杭州市钱塘区，按杭州市判断；请填现在的区县",
        "330104 (江干区) has been out of use since 2021 and was divided among Shangcheng District, Hangzhou; "
        "Qiantang District, Hangzhou: it is read as Hangzhou; give the district of today",
    )


def test_a_former_city_is_read_as_a_city() -> None:
    assert read(city="莱芜市")[0] == ("370100",)
    assert read(city="371200")[1] == [("city", "371200（莱芜市）自2018年起不再使用，按济南市判断")]


def test_a_current_division_wins_over_a_former_one_of_its_name() -> None:
    assert read(city="安徽", district="巢湖市") == (("340000", "340181"), [])
    assert read(city="宁波", district="江北区") == (("330200", "330205"), [])
    assert read(city="山西", district="忻州市") == (("140000", "140900"), [])
    assert read(city="469025") == (("469025",), [])  # 定安县 until 2003, 白沙黎族自治县 today


@pytest.mark.parametrize("fact", ["city", "district"])
@pytest.mark.parametrize("name", ["江北区", "江北"])
def test_a_district_that_a_former_one_of_another_city_was_called_as_is_one_of_two(fact: str, name: str) -> None:
    with pytest.raises(ProfileError) as caught:
        read(**{fact: name})
    (problem,) = caught.value.problems
    assert problem.code == "P104"
    assert "`330205` 浙江省宁波市江北区、`500157` 重庆市两江新区（江北区）" in str(problem.told_hint("zh"))
    assert read(district="330205") == (("330205",), [])
    assert GAZETTEER.candidates(name, "place", ("330000",)) == ("330205",)


@pytest.mark.parametrize("name", ["重庆江北区", "重庆市江北区", "重庆江北", "北京崇文区"])
def test_a_former_district_is_read_behind_its_city_in_short_and_in_full(name: str) -> None:
    divisions, notes = read(city=name)
    assert divisions == ("110101",) if "崇文" in name else ("500157",)
    assert [fact for fact, _ in notes] == ["city"]
    assert "起不再使用" in notes[0][1]


def test_every_county_is_read_behind_the_names_around_it_in_full_and_in_short() -> None:
    wrong = []
    for code in GAZETTEER.divisions:
        path = [GAZETTEER.name(one) for one in reversed(GAZETTEER.path(code))]
        full, short = "".join(path), "".join([*(re.sub("[省市]$", "", one) for one in path[:-1]), path[-1]])
        for name in (full, short) if GAZETTEER.level(code) == "county" else ():
            if GAZETTEER.candidates(name, "place") != (code,):
                wrong.append(name)
    assert wrong == []


def test_a_zone_settles_which_division_is_meant_as_a_city_does() -> None:
    facts = read_facts(Profile(district="江北区", zones=["重庆两江新区（国家级新区）"]), BOOK)
    assert facts.whereabouts.divisions == ("500157",)
    assert [note.fact for note in facts.notes] == ["district"]


def test_a_former_division_of_another_city_is_a_contradiction_told_by_its_name() -> None:
    with pytest.raises(ProfileError, match=r"`塘沽区`.*`上海市`") as caught:
        read(city="上海", district="塘沽区")
    assert "滨海新区" in str(caught.value.problems[0].hint)


def test_every_former_division_is_read_by_code_and_by_name() -> None:
    wrong = []
    for one in GAZETTEER.former.all:
        near = (GAZETTEER.path(one.place)[-1],)
        by_name = GAZETTEER.candidates(one.zh, "division", (one.place,))
        if one.code not in GAZETTEER.divisions:
            last = GAZETTEER.former_by_code(one.code)
            by_code = GAZETTEER.candidates(one.code, "division")
            note = None if last is None else place_note(GAZETTEER, one.code, last.place, near)
            if last is None or by_code != (last.place,) or note != read_as(GAZETTEER, last, by_code=True):
                wrong.append((one, by_code))
        # By its name it is itself, or a current division with that name, or a larger former one, that overlaps it.
        if not by_name or not all(GAZETTEER.overlap(place, one.place) for place in by_name):
            wrong.append((one, by_name))
    assert wrong == []


def test_the_table_holds_what_the_docs_say() -> None:
    every = GAZETTEER.former.all
    gone = {one.code for one in every if one.code not in GAZETTEER.divisions}
    divided = [one for one in every if not one.succeeded]
    assert (len(every), len(gone), len(divided)) == (1017, 947, 84)


def test_the_indexes_are_not_kept_with_a_rulebook() -> None:
    plain = FormerDivisions(GAZETTEER.former.table)
    before = len(pickle.dumps(plain))
    assert plain.named("塘沽区")
    assert len(pickle.dumps(plain)) == before
    assert pickle.loads(pickle.dumps(plain)) == plain


def test_a_rulebook_without_the_table_knows_no_former_division() -> None:
    bare = replace(GAZETTEER, former=FormerDivisions())
    assert bare.candidates("塘沽区", "division") == ()
    assert bare.former_of("塘沽区", "120116") is None


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("format_", ["text", "markdown", "html", "json", "yaml"])
def test_an_assessment_says_so_in_every_format(format_: Format, lang: Lang) -> None:
    assessment = check(Profile(city="重庆", district="江北区"), BOOK, engine="reference")
    former = GAZETTEER.former_by_code("500105")
    assert former is not None
    page = re.sub("<[^>]*>", "", render(whole(assessment), format_, Options(lang)))  # HTML marks Chinese in English
    assert read_as(GAZETTEER, former).of(lang) in page.replace("\n", " " if lang == "en" else "")
