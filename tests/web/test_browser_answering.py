"""Questions in a browser as a stranger answers them: what a tick says, what is not known, when it can be printed."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, four_facts, no_violations, picture, sent, settled, until

pytestmark = IN_A_BROWSER
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}
AGENCY = {"city": "510100", "sector": "7291", "foreign_share": "40", "zones": []}
OF_ONE_KIND = {**AGENCY, "activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True}
IN_SIGHT = """(names) => names.filter((name) => {
  const { top, bottom } = document.querySelector(name).getBoundingClientRect();
  return top < 0 || bottom > innerHeight;
})"""


def opened(pages: Any, url: str, lang: str, profile: dict[str, Any], **settings: Any) -> Any:
    """The page of a link that holds a profile."""
    page = pages(locale="zh-CN" if lang == "zh" else "en-US", **settings)
    said = base64.urlsafe_b64encode(json.dumps({"p": profile}).encode()).decode().rstrip("=")
    page.goto(f"{url}/{lang}/#{said}")
    page.wait_for_selector(".tiles")
    settled(page)
    return page


def profile_of(page: Any) -> dict[str, Any]:
    """The profile that stands in the address."""
    said = page.evaluate("location.hash.slice(1)")
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))["p"]
    return found


def count(page: Any, bucket: str) -> int:
    return int(page.inner_text(f".tile.{bucket} strong"))


@pytest.mark.parametrize("viewport", [DESK, PHONE])
@pytest.mark.parametrize(
    ("lang", "asked", "one", "two", "noes"),
    [
        ("zh", "从事或使用", "其余12项视为否", "其余11项视为否", "视为否的11项"),
        ("en", "do or use", "the other 12 count as no", "the other 11 count as no", "11 count as no"),
    ],
)
def test_what_is_not_ticked_is_in_sight_counted_and_listed(
    pages: Any, url: str, lang: str, asked: str, one: str, two: str, noes: str, viewport: dict[str, int]
) -> None:
    page = opened(pages, url, lang, AGENCY, viewport=viewport)
    assert asked in page.inner_text("#question-title")
    boxes = page.locator(".question, .question .options, .now").element_handles()
    assert all(box.evaluate("(one) => one.scrollHeight <= one.clientHeight + 1") for box in boxes)
    assert page.inner_text(".question .rest") == ""
    page.check(".question input[value=travel-agency]")
    # What is folded is not answered, and asked about later.
    assert page.inner_text(".question .rest") == {"zh": "其余2项视为否", "en": "the other 2 count as no"}[lang]
    page.click(".question .folded summary")
    page.wait_for_selector(f".question .rest >> text={one}")
    assert page.inner_text(".question .rest") == one
    page.check(".question input[value=electronic-invoicing]")
    assert page.inner_text(".question .rest") == two
    rest, give = (page.locator(name).bounding_box() for name in (".question .rest", "#give"))
    assert rest["y"] < give["y"]
    no_violations(page)
    picture(page, f"choices-{lang}-{viewport['width']}")
    page.click("#give")
    page.click(f".told summary >> text={noes}")
    told = page.inner_text(".told")
    assert {"zh": "航天主题旅游", "en": "space tourism"}[lang] in told
    page.emulate_media(media="print")
    assert f"{noes}{'：' if lang == 'zh' else ': '}" in page.inner_text("#noes-print")
    assert noes not in page.inner_text(".told")


@pytest.mark.parametrize(("lang", "told"), [("zh", "人员类别：与个人无关"), ("en", "Not about a person")])
def test_not_about_a_person_is_an_answer_that_moves_the_counts(pages: Any, url: str, lang: str, told: str) -> None:
    page = opened(pages, url, lang, {**OF_ONE_KIND, "group_roles": []})
    before = count(page, "needs_info")
    page.click("#pass-people")
    page.wait_for_selector(f".told >> text={told}")
    settled(page)
    assert count(page, "needs_info") < before
    assert profile_of(page)["person_kind"] == []
    assert page.query_selector(".passed") is None
    again = opened(pages, url, lang, profile_of(page))  # it survives in a link
    again.wait_for_selector(f".told >> text={told}")


@pytest.mark.parametrize(("lang", "told", "over", "answer"), [
    ("zh", "功能区：不清楚", "跳过1题，1项因此没有定", "现在回答"),
    ("en", "Zone: not known", "Passed over: 1, which leaves 1 undecided", "Answer it now"),
])  # fmt: skip
def test_a_zone_that_is_not_known_is_told_and_asked_no_more(
    pages: Any, url: str, lang: str, told: str, over: str, answer: str
) -> None:
    page = opened(pages, url, lang, {name: value for name, value in OF_ONE_KIND.items() if name != "zones"})
    assert page.get_attribute(".question", "data-fact") == "zones"
    page.click("#pass")
    page.wait_for_selector(f".told >> text={told}")
    settled(page)
    assert over in page.inner_text(".ready")
    asked = []
    while page.query_selector("#pass"):
        asked.append(page.get_attribute(".question", "data-fact"))
        page.click("#pass")
        settled(page)
    assert "zone_types" not in asked
    page.emulate_media(media="print")
    assert told not in page.inner_text(".told")  # its field says so
    assert {"zh": "不知道", "en": "I don't know"}[lang] in page.inner_text("#zones-field")
    page.emulate_media(media="screen")
    page.click(f"#answer-zones >> text={answer}")
    page.wait_for_selector(".question[data-fact=zones]")
    assert told not in page.inner_text("#more")


@pytest.mark.parametrize(("lang", "ready"), [
    ("zh", "现在就可以打印；再答2题可再定2项。"), ("en", "You can print now; 2 questions would settle 2 more."),
])  # fmt: skip
def test_two_short_questions_are_one_answer(pages: Any, url: str, lang: str, ready: str) -> None:
    page = opened(pages, url, lang, {**AGENCY, "activities": ["travel-agency"]})
    assert page.locator(".question legend").count() == 2
    assert page.locator(".question .why").count() == 1  # why it is asked stands there once
    assert page.inner_text(".question").count({"zh": "为什么问", "en": "Why this is asked"}[lang]) == 1
    assert not page.is_visible(".question input[value=law_firm]")  # what makes no sense is behind a line
    page.check(".question input[value=enterprise]")
    page.check(".question input[value=true]")
    no_violations(page)
    page.click("#give")
    page.wait_for_selector("#open details[data-row='57']")
    assert ready in page.inner_text(".ready")
    held = profile_of(page)
    assert (held["entity_kind"], held["registered_here"]) == ("enterprise", True)
    page.go_back()  # both are taken back together
    page.wait_for_selector(".question input[value=enterprise]")
    # Of one that is answered alone the other is asked next; what is not known is passed over alone.
    page.check(".question input[value=enterprise]")
    page.click("#pass")
    page.wait_for_selector("#answer-registered_here")
    assert profile_of(page)["entity_kind"] == "enterprise"


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("viewport", [DESK, PHONE])
def test_the_result_and_its_print_are_in_sight_after_the_check(
    pages: Any, url: str, lang: str, viewport: dict[str, int]
) -> None:
    page = pages(viewport=viewport, locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    page.click("#check")
    settled(page)
    until(page, "document.activeElement.id === 'question-title'")
    assert page.evaluate(IN_SIGHT, [".tiles", ".ready", "#question-title"]) == []
    assert page.query_selector("#print-now") is None  # nothing is open yet
    for value in ("travel-agency", "enterprise", "true"):  # on one card
        page.check(f".question input[value={value}]")
    page.click("#give")
    page.wait_for_selector("#open details[data-row='57']")
    settled(page)
    until(page, "document.activeElement.id === 'question-title'")
    assert page.evaluate(IN_SIGHT, ["#print-now", "#question-title"]) == []
    page.evaluate("window.print = () => { window.printed = true; }")
    page.click("#print-now")
    assert page.evaluate("window.printed")
    picture(page, f"ready-{lang}-{viewport['width']}")


def test_what_is_less_usual_is_asked_later_and_adds_to_what_was_said(pages: Any, url: str) -> None:
    page = opened(pages, url, "zh", AGENCY)
    for value in ("travel-agency", "enterprise", "true"):
        page.check(f".question input[value={value}]")
    page.click("#give")
    page.wait_for_selector("#open details[data-row='57']")
    shown = ["wellness-services", "events-and-entertainment"]
    assert profile_of(page)["activities"] == {"yes": ["travel-agency"], "no": shown}
    page.click("#none")  # roles in a group
    page.check(".question input[value=electronic-invoicing]")
    page.click("#give")
    page.wait_for_selector(".question[data-fact=person_kind]")
    held = profile_of(page)["activities"]
    assert held["yes"] == ["travel-agency", "electronic-invoicing"]
    assert "space-tourism" in held["no"]
    assert page.query_selector("#open details[data-row='57']") is not None
    told = page.inner_text(".told")
    assert "旅行社业务、" in told  # what was said first is told still
    assert "电子发票业务" in told


def test_none_of_these_says_what_is_chosen_beside_it(pages: Any, url: str) -> None:
    page = opened(pages, url, "en", AGENCY)
    page.check(".question input[value=travel-agency]")
    page.check("#none")
    assert not page.is_checked(".question input[value=travel-agency]")
    page.check(".question input[value=enterprise]")
    page.click("#give")
    page.click("#give")  # its sector usually does it: once more
    settled(page)
    until(page, "!document.querySelector('.question input[value=enterprise]')")
    held = profile_of(page)
    assert (held["entity_kind"], held["activities"]["yes"]) == ("enterprise", [])


def test_a_place_that_is_no_pilot_and_a_limit_not_kept_are_printed(pages: Any, url: str) -> None:
    said = {**OF_ONE_KIND, "city": "620100", "limits": {"57.taiwan": False}}
    page = opened(pages, url, "en", said)
    page.emulate_media(media="print")
    told = page.inner_text(".brief")
    assert "Lanzhou is not among the pilots" in told
    assert "57 Outbound tours run by foreign-invested travel agencies · Limit: no tours to Taiwan" in told


def test_a_name_alike_is_chosen_at_once(pages: Any, url: str) -> None:
    page = pages(locale="zh-CN")
    page.goto(f"{url}/zh/")
    page.fill("#city", "成嘟")
    page.keyboard.press("Tab")
    page.click("#city-error button.alike >> text=成都")
    page.wait_for_selector("#result:not(.stale) .tiles")
    assert page.input_value("#city").startswith("成都")
    assert not page.is_visible("#city-error")


@pytest.mark.parametrize(("lang", "change"), [("zh", "改答：业务活动"), ("en", "Change the answer: activities")])
def test_an_answer_that_shuts_a_measure_can_be_changed_there(pages: Any, url: str, lang: str, change: str) -> None:
    said = {"yes": ["travel-agency"], "no": ["wellness-services", "events-and-entertainment"]}
    page = opened(pages, url, lang, {**AGENCY, "activities": said})
    no_violations(page)
    page.click(f".own-line button >> text={change} >> nth=0")
    page.wait_for_selector(".question input[value=events-and-entertainment]")
    assert profile_of(page)["activities"] == {"yes": ["travel-agency"], "no": []}  # what was ticked stays so
    until(page, "document.activeElement.id === 'question-title'")
    plain = pages(locale="zh-CN" if lang == "zh" else "en-US", java_script_enabled=False)
    plain.goto(f"{url}/{lang}/")
    for name, value in (("city", "成都"), ("sector", "7291"), ("foreign_share", "40")):
        plain.fill(f"#{name}", value)
    plain.check("input[name=no_zones]")
    sent(plain, "button.main")
    plain.check(".question input[value=travel-agency]")
    sent(plain, ".question button[name=give]")
    sent(plain, f".own-line button >> text={change} >> nth=0")
    assert plain.input_value("[name=asked]") == "activities"
    assert plain.is_visible(".question input[value=events-and-entertainment]")


def test_that_a_zone_is_not_known_is_a_choice_of_its_own(pages: Any, url: str) -> None:
    page = opened(pages, url, "zh", AGENCY)
    unsure = "#zones-field input[name=unknown]"
    page.check(unsure)
    page.wait_for_selector(".told >> text=功能区：不清楚")
    settled(page)
    assert "zones" not in profile_of(page)
    assert not page.is_checked("#zones-field input[name=no_zones]")
    no_violations(page)
    page.click("#answer-zones")
    settled(page)
    until(page, f"!document.querySelector('{unsure}').checked")
    page.check(unsure)
    settled(page)
    page.check("#zones-field input[name=no_zones]")
    settled(page)
    assert not page.is_checked(unsure)
    assert profile_of(page)["zones"] == []
    # All zones of a place that has not very many are in sight; of the others it is said how many there are.
    until(page, "document.querySelectorAll('#zones input[name=zone]').length === 9")
    assert page.locator("#zones .options").evaluate("(one) => one.scrollHeight <= one.clientHeight + 1")
    large = opened(pages, url, "zh", {"city": "310000"})
    until(large, "document.querySelectorAll('#zones input[name=zone]').length > 10")
    assert "共18个" in large.inner_text("#zones-hint")
