"""The page without script as a stranger reads it: what is open and what once found, zones, what was passed over."""

from __future__ import annotations

import html
import json
import re

import pytest
from fastapi.testclient import TestClient

from applicability.report.language.labels import BUCKETS
from applicability.text import Lang
from applicability.web.answer_texts import PLAIN
from applicability.web.texts import TEXTS

LANGS: tuple[Lang, ...] = ("zh", "en")
FORM = {"city": "成都", "sector": "7291", "foreign_share": "40"}


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "其他法律、许可仍然适用"), ("en", "Other law and licences still apply")]
)
def test_that_other_law_applies_stands_before_what_is_open(http: TestClient, lang: str, words: str) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]
    told = http.post(f"/{lang}/", data={**FORM, "no_zones": "1", "fact": facts}).text
    body = told[told.index("<body") :]
    assert body.index(words) < body.index(f"/{lang}/measures/57")
    assert words not in http.post(f"/{lang}/", data={"city": "成都"}).text.partition("<body")[2]


@pytest.mark.parametrize(("lang", "typed", "zone"), [
    ("en", "Dongjiang", "dongjiang-cbz"), ("zh", "天津东疆", "dongjiang-cbz"), ("en", "Lin-gang", "shanghai-lingang"),
])  # fmt: skip
def test_a_zone_that_is_given_as_the_city_can_be_taken_as_the_zone(
    http: TestClient, lang: str, typed: str, zone: str
) -> None:
    told = http.post(f"/{lang}/", data={"city": typed}).text
    assert f'name="as_zone" value="{zone}"' in told
    assert "`" not in re.sub(r"<script.*?</script>", "", told, flags=re.DOTALL)
    taken = http.post(f"/{lang}/", data={"city": typed, "as_zone": zone}).text
    assert f'id="zones" name="zones" placeholder=" " value="{zone}"' in taken
    assert 'name="as_zone"' not in taken
    assert 'id="city" name="city" placeholder=" " value=""' not in taken
    assert zone in {one["code"] for one in http.post("/v1/zones", json={"q": typed}).json()["places"]}


@pytest.mark.parametrize(("typed", "named"), [
    ("Boao", "Boao Lecheng"), ("Tianjin Dongjiang", "Dongjiang Comprehensive"), ("博鳌", "Boao Lecheng"),
])  # fmt: skip
def test_a_word_of_a_zone_is_no_misspelt_city(http: TestClient, typed: str, named: str) -> None:
    told = html.unescape(http.post("/en/", data={"city": typed}).text)
    assert named in told
    assert "Baoji" not in told.partition("<datalist")[0]
    assert "Liangjiang" not in told.partition("<datalist")[0]


# A company of Hainan to which a measure is open once the bank has made its finding, and others without.
JUDGED = {"city": "海口", "sector": "7291", "foreign_share": "40", "no_zones": "1"}
JUDGED_FACTS = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true"]


OPEN_NOW = {lang: {TEXTS["open_permit"].of(lang), TEXTS["open_seek"].of(lang)} for lang in LANGS}
OPEN_JUDGED = {lang: {TEXTS["open_permit_judged"].of(lang), TEXTS["open_seek_judged"].of(lang)} for lang in LANGS}


@pytest.mark.parametrize(("lang", "now", "judged", "planned"), [
    ("zh", "可以做：方案允许", "经主管部门认定后可以争取：方案鼓励或探索，不是许可",
     "设立并经主管部门认定后可以争取：方案鼓励或探索，不是许可"),
    ("en", "You may do this: the plan permits it",
     "You may seek this if an authority agrees: the plan encourages it or tries it out, which is no permit",
     "You may seek this once it is set up, if an authority agrees: the plan encourages it or tries it out, which is no "
     "permit"),
])  # fmt: skip
def test_what_awaits_a_finding_is_not_said_to_be_open_now(
    http: TestClient, lang: Lang, now: str, judged: str, planned: str
) -> None:
    form = {**JUDGED, "fact": JUDGED_FACTS}
    told = http.post(f"/{lang}/", data=form).text
    found = http.post("/v1/overview", json=_profile()).json()
    open_now = [one["measure"] for one in found["open"] if one["verdict"] == "eligible"]
    awaits = [one["measure"] for one in found["open"] if one["verdict"] == "conditional"]
    assert open_now
    assert awaits
    listed = told[told.index('<div id="open">') :].partition("</div>\n<div")[0]
    under = {heading: body for heading, body in re.findall(r"<h3>(.*?)</h3>(.*?)(?=<h3>|$)", listed, re.DOTALL)}
    assert {now, judged} <= set(under)
    for rows, headings in ((open_now, OPEN_NOW[lang]), (awaits, OPEN_JUDGED[lang])):
        for row in rows:
            (heading,) = [one for one, body in under.items() if f'/{lang}/measures/{row}"' in body]
            assert heading in headings
    forces = {one["measure"]: one["force"] for one in found["open"]}
    for heading, body in under.items():
        permitted = heading in (now, TEXTS["open_permit_judged"].of(lang))
        assert {forces[int(row)] == "permit" for row in re.findall(r'/measures/(\d+)"', body)} == {permitted}
    assert f"<h3>{planned}</h3>" in http.post(f"/{lang}/", data={**form, "planned": "1"}).text


def _profile() -> dict[str, object]:
    facts = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True}
    return {**facts, "city": "海口", "sector": "7291", "foreign_share": "40", "zones": []}


@pytest.mark.parametrize(("lang", "counted", "gained", "alike"), [
    ("zh", "，另须经认定1", "比现状多，须经认定：", "可适用的措施与现状相同"),
    ("en", " + 1 conditional", "also open once found: ", "the same ones open as now"),
])  # fmt: skip
def test_a_comparison_counts_what_awaits_a_finding_apart(
    http: TestClient, lang: str, counted: str, gained: str, alike: str
) -> None:
    form = {**JUDGED, "city": "成都", "places": "海口，上海", "fact": JUDGED_FACTS}
    told = http.post(f"/{lang}/compare", data=form).text
    assert counted in told
    assert re.search(rf'{gained}<a href="/{lang}/measures/47">47 [^<]+</a>', told)
    own = {"zh": "本企业所在：成都", "en": "your city: Chengdu"}[lang]
    assert own in told
    assert {"zh": "现状：", "en": "as it is:"}[lang] not in told
    assert re.search({"zh": "有[0-9]+项措施您会得到不同结果", "en": "[0-9]+ measures differ for you"}[lang], told)
    assert alike in told


@pytest.mark.parametrize(("lang", "told", "nothing"), [
    ("zh", "跳过了{}个问题", "没有需要再问的了"),
    ("en", "You passed over {} questions", "There is nothing left to ask"),
])  # fmt: skip
def test_what_was_passed_over_is_listed_and_can_be_answered(
    http: TestClient, lang: str, told: str, nothing: str
) -> None:
    form: dict[str, object] = {**FORM, "no_zones": "1"}
    unknown: list[str] = []
    while found := http.post("/v1/overview", json=_travel(), params={"unknown": unknown}).json()["question"]:
        unknown.append(found["fact"])
    page = http.post(f"/{lang}/", data={**form, "unknown": unknown}).text.partition("<body")[2]
    overview = http.post("/v1/overview", json=_travel(), params={"unknown": unknown}).json()
    waited = [one["fact"] for one in overview["passed_over"]]
    assert all(one["rows"] for one in overview["passed_over"])
    # What no row waits for any more is asked for no more.
    idle = http.post("/v1/overview", json=_travel(), params={"unknown": ["zone_types"]}).json()["passed_over"]
    assert [one["fact"] for one in idle] == []
    assert told.format(len(waited)) in page
    assert nothing not in page
    listed = re.findall(r'name="again" value="(\w+)"', page)
    assert sorted(listed) == sorted(waited)
    row = overview["passed_over"][0]["rows"][0]  # measures stand there with their names
    passed = page[page.index('class="passed"') :].partition('class="then"')[0]
    assert re.search(rf'/measures/{row}"><span class="number">{row}</span> \w+', passed)
    # Nothing that waits is left out of the list.
    depend = {row for one in overview["passed_over"] for row in one["rows"]}
    assert len(depend) == overview["counts"]["needs_info"] - len(overview["unasked"]["rows"])
    for fact in listed:
        again = http.post(f"/{lang}/", data={**form, "unknown": unknown, "again": fact}).text
        assert f'name="unknown" value="{fact}"' not in again
        assert f'name="asked" value="{fact}"' in again


def _travel() -> dict[str, object]:
    return {"city": "成都", "sector": "7291", "foreign_share": "40", "zones": []}


def test_why_a_question_is_asked_begins_with_ones_own_line(http: TestClient) -> None:
    asked = http.post("/v1/overview", json=_travel()).json()["question"]
    assert asked["waiting"][0]["measure"] == 57
    assert "such as item 57" in asked["why"]["en"]
    assert "如第57项" in asked["why"]["zh"]
    named = [one["measure"] for one in asked["waiting"]] + asked["also_waiting"]
    assert sorted(named) == sorted(asked["rows"])  # none is left out
    assert "such as item 57" in http.post("/en/", data={**FORM, "no_zones": "1"}).text


def test_a_question_can_be_asked_before_better_ones(http: TestClient) -> None:
    best = http.post("/v1/overview", json=_travel()).json()["question"]["fact"]
    other = http.post("/v1/overview", json=_travel(), params={"first": "entity_kind"}).json()["question"]["fact"]
    assert other == "entity_kind" != best
    for unasked in ("city", "no such fact"):
        assert http.post("/v1/overview", json=_travel(), params={"first": unasked}).json()["question"]["fact"] == best


@pytest.mark.parametrize(("lang", "kept", "same"), [
    ("zh", "现指苏州：在当地注册：是、不在任何功能区", "每个地方都按所填计入：在当地注册：是、不在任何功能区"),
    ("en", "now of 苏州: registered in the place: yes, In no zone",
     "Counted as said in every place: registered in the place: yes, In no zone"),
])  # fmt: skip
def test_what_was_said_of_another_city_is_told(http: TestClient, lang: str, kept: str, same: str) -> None:
    form = {**FORM, "city": "苏州", "no_zones": "1", "fact": ["registered_here=true"]}
    assert kept in http.post(f"/{lang}/", data={**form, "was": "成都"}).text
    assert kept not in http.post(f"/{lang}/", data={**form, "was": "苏州"}).text
    assert kept not in http.post(f"/{lang}/", data=form).text
    dropped = http.post(f"/{lang}/", data={**form, "was": "成都", "drop_kept": "1"}).text
    assert 'value="registered_here=' not in dropped
    assert same in http.post(f"/{lang}/compare", data={**form, "places": "成都"}).text


def test_limits_stand_with_their_measure(http: TestClient) -> None:
    facts = ['activities=["travel-agency"]', 'entity_kind="enterprise"', "registered_here=true", "licences=[]"]
    told = http.post("/en/", data={**FORM, "no_zones": "1", "fact": facts}).text.partition("<body")[2]
    rows = {row.partition('"')[0]: row for row in told.split('<h4><a href="/en/measures/')[1:]}
    assert 'name="limits.57.taiwan"' in rows["57"]
    assert told.count('name="limits.57.taiwan" value="false"') == 1
    assert "you may not use their measures" not in told
    shut = http.post("/en/", data={**FORM, "no_zones": "1", "fact": facts, "limits.57.taiwan": "false"}).text
    shut = shut.partition("<body")[2]
    assert 'name="limits.57.taiwan"' in shut.partition("you may not use their measures")[2]


@pytest.mark.parametrize(("lang", "parts", "note"), [
    ("zh", r"(\d+)</strong> 看您怎样回答.*待补充(?s:.*)<strong>(\d+)</strong> 一般不涉及您.*待补充",
     "注3：新一轮试点任务鼓励"),
    ("en", r"(\d+)</strong> Depends on your answers.*Needs information(?s:.*)<strong>(\d+)</strong> Unlikely for you",
     "Note 3: The new round of pilot tasks encourages"),
])  # fmt: skip
def test_words_and_counts_are_explained(http: TestClient, lang: Lang, parts: str, note: str) -> None:
    told = html.unescape(http.post(f"/{lang}/", data={**FORM, "no_zones": "1"}).text).partition("<body")[2]
    added = re.search(parts, told)
    assert added is not None
    left, unasked = map(int, added.groups())
    found = http.post("/v1/overview", json={**FORM, "zones": []}).json()
    assert (left + unasked, unasked) == (found["counts"]["needs_info"], len(found["unasked"]["rows"]))
    said = {
        "zh": (f"再答5题可定{left}项", f"没有追问的{unasked}项："),
        "en": (f"5 would settle {left} measures.", f"{unasked} are not asked"),
    }
    assert all(words in told for words in said[lang])
    assert not {"再答一题", "each answer settles"} & set(re.findall("再答一题|each answer settles", told))
    terms = told[told.index('class="terms screen"') :].partition("</details>")[0]
    for name in ("conditional", "pending"):  # even where there is none
        assert f"<dt>{PLAIN[name].of(lang)} " in terms
        assert f"<dd>{BUCKETS[name].of(lang)}{TEXTS['colon'].of(lang)}" in terms  # the name that papers have
    assert {"zh": "方案支持、鼓励", "en": "the plan encourages it"}[lang] in terms
    colon = TEXTS["colon"].of(lang)
    assert note.partition(colon)[2] in terms
    assert note in html.unescape(http.get(f"/{lang}/measures/57").text)  # its scope speaks of notes 1 to 3


def test_a_company_is_told_that_what_is_of_people_may_be_passed_over(http: TestClient) -> None:
    form = {**FORM, "no_zones": "1", "again": "person_kind", "unknown": "activities"}
    facts = ['entity_kind="enterprise"', 'activities=["travel-agency"]']
    told = http.post("/en/", data={**form, "fact": facts}).text
    assert 'name="asked" value="person_kind"' in told
    passing = '<button type="submit" class="main" name="none" value="1">Not about a person</button>'
    # Most are asked for nobody in particular: that stands before the choices.
    assert told.index(passing) < told.index('name="answer"') < told.index('name="give"')
    assert "of a particular person; otherwise choose “Not about a person”." in told
    here = http.post("/en/", data={**FORM, "no_zones": "1", "again": "registered_here", "fact": facts}).text
    assert 'name="asked" value="registered_here"' in here
    assert "See the registry and the domicile on the business licence</p>" in here  # and of no field that is not there


@pytest.mark.parametrize(("lang", "told"), [("zh", "与个人无关"), ("en", "Not about a person")])
def test_that_it_is_not_about_a_person_is_an_answer(http: TestClient, lang: str, told: str) -> None:
    facts = ['entity_kind="enterprise"', 'activities=["travel-agency"]']
    sent = {**FORM, "no_zones": "1", "fact": facts, "asked": "person_kind", "answer": "chinese_national", "none": "1"}
    page = http.post(f"/{lang}/", data=sent).text
    assert 'value="person_kind=[]"' in page
    assert 'type="hidden" name="unknown"' not in page
    lines = page[page.index('<ul class="told">') :].partition("</ul>")[0]
    assert told in lines
    # A person is asked of what kind it is: that it is of none of these is no other thing.
    facts = ['entity_kind="natural_person"']
    person = http.post(f"/{lang}/", data={"city": "成都", "fact": facts, "again": "person_kind"}).text
    assert 'name="asked" value="person_kind"' in person
    assert told not in person.partition("<body")[2]


@pytest.mark.parametrize(("lang", "told", "over"), [
    ("zh", "功能区：不清楚", "跳过1题，1项因此没有定"),
    ("en", "Zone: not known", "Passed over: 1, which leaves 1 undecided"),
])  # fmt: skip
def test_what_is_not_known_is_told_and_counted_apart(http: TestClient, lang: str, told: str, over: str) -> None:
    facts = ['entity_kind="enterprise"', 'activities=["travel-agency"]', "registered_here=true"]
    page = http.post(f"/{lang}/", data={**FORM, "fact": facts, "unknown": "zones"}).text.partition("<body")[2]
    assert f"<li>{told}</li>" not in page  # its field says so
    assert re.search(r'name="unknown" value="zones" checked', page)
    assert 'type="hidden" name="unknown" value="zones"' not in page  # unticked it is not said any more
    assert 'value="zone_types"' not in page
    assert over in page
    profile = {**_travel(), "entity_kind": "enterprise", "activities": ["travel-agency"], "registered_here": True}
    del profile["zones"]
    found = http.post("/v1/overview", json=profile, params={"unknown": "zones"}).json()
    assert {one["fact"] for one in found["questions"]} == {"group_roles", "person_kind"}
    assert found["to_settle"] == len({row for one in found["questions"] for row in one["rows"]})
    assert found["counts"]["needs_info"] == found["to_settle"] + len(found["unasked"]["rows"]) + 1


def test_two_short_questions_stand_on_one_card(http: TestClient) -> None:
    ask = http.post("/v1/overview", json=_travel()).json()
    assert ask["question"]["fact"] == "activities"
    # Few of the activities are of its line of business: the question is as quickly answered as those beside it.
    assert [one["fact"] for one in ask["beside"]] == ["entity_kind", "registered_here"]
    # With those on which the other measures of its line of business hang, so that these are settled at once.
    first = [one["value"] for one in ask["question"]["options"]][: ask["question"]["plausible"]]
    assert first == ["travel-agency", "wellness-services", "events-and-entertainment"]
    said = {**_travel(), "activities": {"yes": first[:1], "no": first[1:]}}
    rest = http.post("/v1/overview", json={**said, "entity_kind": "enterprise", "registered_here": True}).json()
    assert [one["measure"] for one in rest["rows"] if one["own_line"] and one["bucket"] == "needs_info"] == []
    many = http.post("/v1/overview", json={"city": "上海", "sector": "65", "foreign_share": 40, "zones": []}).json()
    assert (many["question"]["fact"], many["beside"]) == ("activities", [])
    ask = http.post("/v1/overview", json={**_travel(), "activities": ["travel-agency"]}).json()
    assert (ask["question"]["fact"], *(one["fact"] for one in ask["beside"])) == ("entity_kind", "registered_here")
    likely = [one["value"] for one in ask["question"]["options"][: ask["question"]["plausible"]]]
    assert likely == ["enterprise", "overseas_company"]
    assert ask["beside"][0]["plausible"] == len(ask["beside"][0]["options"]) == 2


@pytest.mark.parametrize("profile", [
    {"city": "成都", "sector": "7291", "zones": [], "foreign_share": 40, "activities": ["travel-agency"]},
    {"city": "上海", "sector": "8425", "zones": [], "foreign_share": 100},
    {"city": "天津", "entity_kind": "enterprise"},
])  # fmt: skip
def test_an_enterprise_is_asked_about_people_last(http: TestClient, profile: dict[str, object]) -> None:
    asked = [one["fact"] for one in http.post("/v1/overview", json=profile).json()["questions"]]
    assert asked[-1] == "person_kind"
    person = {"city": "成都", "entity_kind": "natural_person"}
    assert http.post("/v1/overview", json=person).json()["questions"][0]["fact"] == "person_kind"


def test_a_part_for_other_people_is_not_called_ineligible(http: TestClient) -> None:
    """As in the paper: that part of row 111 is for the family of foreign staff, and is not examined for a company."""
    profile = {**_travel(), "entity_kind": "enterprise", "registered_here": True}
    (found,) = http.post("/v1/check", json=profile, params={"measure": 111}).json()["findings"]
    own, family = found["limbs"]
    assert own["for_others"] is None
    assert set(family["for_others"]) == {"zh", "en"}
    assert "family" in family["for_others"]["en"]
    assert found["narrower_reading"] is True
    elsewhere = http.post("/v1/check", json={"city": "拉萨"}, params={"measure": 111}).json()["findings"][0]
    assert all(one["for_others"] is None for one in elsewhere["limbs"])


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "† 原文可以读得更窄"), ("en", "† The words could be read more narrowly")]
)
def test_what_rests_on_a_reading_is_marked_as_in_the_paper(http: TestClient, lang: str, words: str) -> None:
    facts = ['entity_kind="enterprise"', "registered_here=true"]
    told = http.post(f"/{lang}/", data={**FORM, "no_zones": "1", "fact": facts}).text
    assert '<span class="number">111†</span>' in told
    assert words in told


@pytest.mark.parametrize(("lang", "cite", "part", "letter"), [
    ("zh", "第111项", "第2部分：随行配偶", "[ab]款"), ("en", "item 111", "Part 2: Entry", r"\b[Ll]imbs? [ab]\b"),
])  # fmt: skip
def test_items_and_parts_are_called_as_in_the_paper(
    http: TestClient, lang: str, cite: str, part: str, letter: str
) -> None:
    told = html.unescape(http.get(f"/{lang}/measures/111").text)
    assert cite in told
    assert part in told
    assert not re.search(letter, told)


@pytest.mark.parametrize(("lang", "words"), [("zh", "等官方步骤或当地方案"), ("en", "waits for an official step")])
def test_a_tile_says_what_it_counts(http: TestClient, lang: str, words: str) -> None:
    told = http.post(f"/{lang}/", data={**FORM, "no_zones": "1"}).text
    tiles = told[told.index('class="tiles"') :].partition("</ul>")[0]
    assert words in tiles


def test_the_list_of_all_measures_has_their_translation(http: TestClient) -> None:
    told = http.get("/en/measures").text
    texts = told.count('<p class="soft" lang="zh-Hans">')
    assert texts > 100
    assert told.count('<p class="soft translated">') == texts
    assert "stands an unofficial translation" in told
    assert "translated" not in http.get("/zh/measures").text.partition("<main>")[2]


def test_what_is_asked_of_a_list_again_adds_to_what_is_known(http: TestClient) -> None:
    part = {"yes": ["travel-agency"], "no": ["space-tourism"]}
    form = {**FORM, "no_zones": "1", "fact": f"activities={json.dumps(part)}", "asked": "activities", "give": "1"}
    page = html.unescape(http.post("/en/", data={**form, "offered": "electronic-invoicing", "answer": "[]"}).text)
    held = re.search(r'name="fact" value="activities=({.*?})"', page)
    assert held is not None
    assert json.loads(held[1]) == {"yes": ["travel-agency"], "no": ["space-tourism", "electronic-invoicing"]}


def test_a_measure_of_the_own_line_is_asked_about_before_printing(http: TestClient) -> None:
    facts = ['entity_kind="enterprise"', "registered_here=true"]
    page = http.post("/en/", data={**FORM, "no_zones": "1", "fact": facts}).text
    assert "You can print now. Not decided yet, of your own line of business: Wellness" in page
