"""The page where a place is changed or several are compared, a share may mean two things, and files are taken away."""

from __future__ import annotations

import base64
import datetime
import json
import re
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, four_facts, no_violations, picture, sent, settled, until

pytestmark = IN_A_BROWSER
PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


def locale(lang: str) -> str:
    return "zh-CN" if lang == "zh" else "en-US"


def link(said: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(said).encode()).decode().rstrip("=")


def held(page: Any) -> dict[str, Any]:
    """What stands after the # of the page."""
    said = page.evaluate("location.hash.slice(1)")
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4))) if said else {"p": {}}
    return found


def until_said(page: Any, share: str) -> None:
    """Wait until that share is said: what is typed is taken a moment later."""
    for _ in range(100):
        if held(page)["p"].get("foreign_share") == share:
            return
        page.wait_for_timeout(50)
    raise AssertionError(share)


def choose(page: Any, field: str, words: str) -> None:
    page.fill(field, words)
    page.wait_for_selector(f"{field}-list [role=option]")
    page.keyboard.press("Enter")


# Places to compare ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "viewport", "scheme"), [
    ("zh", PHONE, "light"), ("en", PHONE, "dark"), ("zh", DESK, "dark"), ("en", DESK, "light"),
])  # fmt: skip
def test_two_cities_are_compared(pages: Any, url: str, lang: str, viewport: dict[str, int], scheme: str) -> None:
    page = pages(locale=locale(lang), viewport=viewport, color_scheme=scheme)
    page.goto(f"{url}/{lang}/compare#{link({'p': {'city': '510100', 'sector': '7291', 'foreign_share': '40'}})}")
    page.wait_for_selector(".matrix")
    assert len(page.query_selector_all(".ranking tbody tr")) >= 20  # by default all pilots
    choose(page, "#places", "suzhou")
    until(page, "document.querySelectorAll('.ranking tbody tr').length === 2")
    assert {"zh": "苏州", "en": "Suzhou"}[lang] in page.inner_text("#chosen")
    assert page.locator(".matrix").first.locator("thead th").count() == 2
    assert "2" in page.inner_text("#compared")
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    # Nothing of two places has to be scrolled for.
    assert page.evaluate(
        "[...document.querySelectorAll('.scroll')].every(one => one.scrollWidth <= one.clientWidth + 1)"
    )
    no_violations(page)
    picture(page, f"two-cities-{lang}-{viewport['width']}-{scheme}")
    assert held(page)["c"] == ["320500"]
    other = pages(locale=locale(lang), viewport=viewport)
    other.goto(page.url)
    until(other, "document.querySelectorAll('.ranking tbody tr').length === 2")
    until(other, f"document.getElementById('chosen').textContent.includes('{ {'zh': '苏州', 'en': 'Suzhou'}[lang] }')")
    # The choice goes along through the other pages and languages, and is taken out by its button.
    other.click(".bar .home")
    other.wait_for_selector(".tiles")
    other.check("#planned")
    other.click(".bar a[href*=compare]")
    until(other, "document.querySelectorAll('.ranking tbody tr').length === 2")
    other.click("#chosen button")
    until(other, "document.querySelectorAll('.ranking tbody tr').length >= 20")
    assert other.query_selector("#chosen:visible") is None
    assert "c" not in held(other)
    assert held(other)["p"]["planned"] is True


def test_places_are_chosen_by_keyboard_and_told_aloud(pages: Any, url: str) -> None:
    page = pages(locale="en-US")
    page.goto(f"{url}/en/compare")
    page.focus("#places")
    for words in ("Chengdu", "苏州"):
        page.keyboard.type(words)
        page.wait_for_selector("#places-list [role=option]")
        page.keyboard.press("ArrowDown")
        assert page.get_attribute("#places", "aria-activedescendant") == "places-list-0"
        page.keyboard.press("Enter")
        assert page.input_value("#places") == ""
        assert page.evaluate("document.activeElement.id") == "places"
    until(page, "document.getElementById('places-status').textContent.includes('2 in all')")
    assert page.inner_text("#compare-now") == "Compare these places"
    page.click("#compare-now")
    until(page, "document.querySelectorAll('.ranking tbody tr').length === 2")
    assert "as it is" not in page.inner_text(
        "#result"
    )  # the profile is nowhere: the first place is what it is held against
    page.focus("#take-out-510100")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "take-out-320500"
    assert page.get_attribute("#take-out-320500", "aria-label") == "Take out Suzhou"
    assert "Chengdu taken out" in page.text_content("#places-status")
    until(page, "document.querySelectorAll('.ranking tbody tr').length === 1")
    assert "one place only" in page.inner_text("#compared")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "places"


def test_a_name_that_is_typed_out_is_taken_and_one_that_is_none_is_told(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/compare")
    page.fill("#places", "苏州")
    page.keyboard.press("Tab")
    page.wait_for_selector("#chosen li >> text=苏州市")
    page.fill("#places", "朝阳")  # in Liaoning, Beijing and Changchun
    page.keyboard.press("Tab")
    page.wait_for_selector("#places-error >> text=“朝阳”可以指几个地方")
    assert len(page.query_selector_all("#chosen li")) == 1
    page.click("#compare-now")
    page.wait_for_selector(".ranking")
    assert "可以指几个地方" in page.inner_text("#places-error")
    page.fill("#places", "火星城")
    page.keyboard.press("Tab")
    page.wait_for_selector("#places-error >> text=没有找到“火星城”")
    choose(page, "#places", "苏州市")
    page.wait_for_selector("#places-error >> text=已经选了")
    assert len(page.query_selector_all("#chosen li")) == 1
    page.goto(f"{url}/zh/measures")
    page.goto(f"{url}/zh/compare#{link({'p': {}, 'c': ['火星', 3, None]})}")
    page.wait_for_selector("#places-error >> text=火星")
    assert page.get_attribute("#places", "aria-invalid") == "true"
    no_violations(page)
    page.click("#all-places")
    page.click("#compare-now")
    page.wait_for_selector(".matrix")


def test_two_cities_are_compared_without_script(pages: Any, url: str) -> None:
    page = pages(java_script_enabled=False, viewport=PHONE)
    page.goto(f"{url}/zh/compare")
    page.fill("#city", "成都")
    page.fill("#places", "苏州，上海")
    sent(page, "#compare-now")
    assert len(page.query_selector_all(".ranking tbody tr")) == 3
    with page.expect_download() as taken:
        page.click(".take button >> text=XLSX")
    assert taken.value.suggested_filename.endswith("地方比较.xlsx")
    page.fill("#places", "火星")
    sent(page, "#compare-now")
    assert "火星" in page.inner_text("#places-error")
    assert page.input_value("#places") == "火星"


@pytest.mark.parametrize(("lang", "name", "covered", "unlikely"), [
    ("zh", "地方比较.pdf", "海口市：全域属于海南自由贸易港", "一般不会涉及所填的企业"),
    ("en", "comparison.pdf", "Haikou: the whole of it belongs to Hainan", "unlikely for what was given"),
])  # fmt: skip
def test_a_comparison_is_taken_away_and_folds_what_is_unlikely(
    pages: Any, url: str, lang: str, name: str, covered: str, unlikely: str
) -> None:
    page = pages(locale=locale(lang), viewport=PHONE)
    said = {"city": "510100", "sector": "7291", "foreign_share": "40", "activities": ["travel-agency"], "zones": []}
    page.goto(f"{url}/{lang}/compare#{link({'p': said, 'c': ['460100', '320500']})}")
    page.wait_for_selector(".ranking")
    assert covered in page.inner_text(".covered")
    # In sight stands what is open somewhere; what waits elsewhere, and what is unlikely, is folded away.
    assert page.locator(".matrix:visible tbody tr").count() < 10
    folded = page.locator("details.more", has_text=unlikely)
    folded.locator("summary").click()
    assert folded.locator("tbody tr").count() > 20
    no_violations(page)
    picture(page, f"comparison-{lang}")
    with page.expect_download() as taken:
        page.click(".take button >> text=PDF")
    assert taken.value.suggested_filename.endswith(name)
    assert page.inner_text(".take .note").endswith(taken.value.suggested_filename)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_typed_city_is_shown_in_the_language_of_the_page(pages: Any, url: str) -> None:
    page = pages(locale="en-US")
    page.goto(f"{url}/en/")
    page.fill("#city", "chengdu")
    page.keyboard.press("Tab")
    page.wait_for_selector(".tiles")
    page.click("a.language")
    until(page, "document.getElementById('city')?.value === '成都市'")
    assert held(page)["p"]["city"] == "chengdu"


# Zones when the city changes -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_zone_stays_where_it_lies_in_the_city_and_is_else_told(pages: Any, url: str, lang: str) -> None:
    page = pages(locale=locale(lang), viewport=PHONE)
    page.goto(f"{url}/{lang}/")
    choose(page, "#city", "成都")
    page.wait_for_selector("input[name=zone]")
    zone = page.get_attribute("input[name=zone] >> nth=0", "value")
    name = page.inner_text("label:has(> input[name=zone]) >> nth=0").strip()
    page.check("input[name=zone] >> nth=0")
    page.wait_for_selector(".tiles")
    for again in ("chengdu", "成都市", "510100"):  # the same city
        choose(page, "#city", again)
        settled(page)
        assert held(page)["p"]["zones"] == [zone]
        assert page.is_checked("input[name=zone] >> nth=0")
        assert page.query_selector("#zones-note:visible") is None
    page.fill("#city", "成都")  # as typed, without a choice from the list
    page.keyboard.press("Tab")
    settled(page)
    assert held(page)["p"]["zones"] == [zone]
    page.fill("#city", "苏州火星")  # a mistake takes nothing away
    page.keyboard.press("Tab")
    page.wait_for_selector("#city-error:visible")
    assert held(page)["p"]["zones"] == [zone]
    assert page.is_checked(f"input[name=zone][value='{zone}']")
    choose(page, "#city", "天津")
    page.wait_for_selector("#undo-move")
    assert name in page.inner_text("#zones-note")
    assert "zones" not in held(page)["p"]
    no_violations(page)
    picture(page, f"zone-gone-{lang}")
    page.check("#planned")  # what is said meanwhile stays
    page.click("#undo-move")
    until(page, f"document.querySelector('input[name=zone][value=\"{zone}\"]')?.checked")
    page.wait_for_selector("#result:not(.waiting) .tiles")
    assert held(page)["p"]["zones"] == [zone]
    assert held(page)["p"]["planned"] is True
    assert page.query_selector("#zones-note:visible") is None
    assert page.evaluate("document.activeElement.id") == "city"
    choose(page, "#city", "天津")
    page.wait_for_selector("#undo-move")
    page.fill("#city", "")
    page.keyboard.press("Tab")
    assert page.query_selector("#zones-note:visible") is None


def test_being_in_no_zone_goes_along(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    choose(page, "#city", "苏州")
    settled(page)
    assert held(page)["p"]["zones"] == []
    assert page.is_checked("input[name=no_zones]")
    # It is told, and can be taken back with whatever else was said of the other place.
    page.goto(f"{url}/zh/measures")
    said = {"city": "510100", "sector": "7291", "zones": [], "registered_here": True}
    page.goto(f"{url}/zh/#{link({'p': said})}")
    page.wait_for_selector("input[name=no_zones]:checked")
    page.wait_for_selector(".tiles")
    choose(page, "#city", "苏州")
    page.wait_for_selector("#drop-kept")
    assert "现指苏州市：在当地注册：是、不在任何功能区" in page.inner_text("#zones-note")
    no_violations(page)
    page.click(".bar a[href*=compare]")
    page.wait_for_selector("#same-everywhere >> text=在当地注册：是、不在任何功能区")
    page.go_back()
    page.wait_for_selector(".tiles")
    choose(page, "#city", "成都")
    page.click("#drop-kept")
    settled(page)
    assert held(page)["p"] == {"city": "510100", "sector": "7291"}
    assert not page.is_checked("input[name=no_zones]")


def test_a_zone_of_a_link_stays_in_its_city_when_places_are_compared(pages: Any, url: str) -> None:
    page = pages(viewport=PHONE)
    page.goto(f"{url}/zh/")
    choose(page, "#city", "成都")
    page.check("input[name=zone] >> nth=0")
    page.wait_for_selector(".tiles")
    page.click(".bar a[href*=compare]")
    page.wait_for_selector(".matrix")
    zones = held(page)["p"]["zones"]
    page.fill("#city", "成都")
    page.click("#compare-now")
    until(page, "document.getElementById('compared').textContent.includes('比较了')")
    assert held(page)["p"]["zones"] == zones
    page.fill("#city", "天津")
    page.click("#compare-now")
    page.wait_for_selector("#undo-move")
    assert "zones" not in held(page)["p"]
    assert not re.search("[a-z]", page.inner_text(".note:has(#undo-move)"))  # by its name, and not by its code
    no_violations(page)
    page.click("#undo-move")
    until(page, "document.getElementById('city')?.value === '成都'")
    settled(page)
    assert held(page)["p"]["zones"] == zones


# A share that may be a fraction --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "told"), [("zh", "30%还是0.3%"), ("en", "30% or 0.3%")])
def test_a_share_below_one_is_asked_and_never_guessed(pages: Any, url: str, lang: str, told: str) -> None:
    page = pages(locale=locale(lang), viewport=PHONE)
    page.goto(f"{url}/{lang}/")
    choose(page, "#city", "成都")
    page.wait_for_selector(".tiles")
    page.fill("#foreign_share", "0.3")
    page.wait_for_selector(f"#share-doubt >> text={told}")
    settled(page)
    assert "foreign_share" not in held(page)["p"]
    assert "share-doubt" in page.get_attribute("#foreign_share", "aria-describedby")
    assert page.get_attribute("#share-doubt", "role") == "status"
    no_violations(page)
    picture(page, f"share-doubt-{lang}")
    page.focus("#foreign_share")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "30%"
    page.keyboard.press("Enter")
    assert page.input_value("#foreign_share") == "30%"
    assert page.evaluate("document.activeElement.id") == "foreign_share"
    until(page, "document.getElementById('share-doubt').textContent === ''")
    settled(page)
    assert held(page)["p"]["foreign_share"] == "30%"
    for clear in ("0.3%", "０.３％", "0", "1", "40", "100", "0.0"):
        page.fill("#foreign_share", clear)
        until_said(page, clear)
        assert page.inner_text("#share-doubt") == "", clear
    for unclear, fraction, percent in (
        ("０．２５", "25%", "0.25%"),
        ("0.005", "0.5%", "0.005%"),
        ("0.90", "90%", "0.9%"),
    ):
        page.fill("#foreign_share", unclear)
        page.wait_for_selector(f"#share-ask button >> text={fraction}")
        assert [one.inner_text() for one in page.query_selector_all("#share-ask button")] == [fraction, percent]
    page.click("#share-ask button >> nth=1")
    until_said(page, "0.9%")


def test_a_share_of_a_link_is_asked_as_well(pages: Any, url: str) -> None:
    page = pages()
    for path in ("", "compare"):
        for share in (0.3, "0.3"):
            page.goto(f"{url}/zh/measures")
            page.goto(f"{url}/zh/{path}#{link({'p': {'city': '510100', 'sector': '7291', 'foreign_share': share}})}")
            page.wait_for_selector("#share-ask button")
            page.wait_for_selector(".matrix" if path else ".tiles")
            assert page.input_value("#foreign_share") == "0.3"
            page.click("#share-ask button >> nth=0")
            until(page, "document.getElementById('share-ask').hidden")
            settled(page)
            assert held(page)["p"]["foreign_share"] == "30%"


def test_what_is_printed_says_that_no_share_is_counted(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    choose(page, "#city", "成都")
    page.wait_for_selector(".tiles")
    page.fill("#foreign_share", "0.3")
    page.wait_for_selector("#share-ask button")
    settled(page)
    page.emulate_media(media="print")
    assert "外资比例没有计入" in page.inner_text("body")


def test_a_share_below_one_is_asked_without_script(pages: Any, url: str) -> None:
    page = pages(java_script_enabled=False)
    page.goto(f"{url}/en/")
    page.fill("#city", "Chengdu")
    page.fill("#foreign_share", "0.3")
    sent(page, "form#profile button.main >> nth=0")
    assert "30% or 0.3%" in page.inner_text("#share-doubt")
    assert "No foreign share is counted" in page.inner_text("#answer")
    page.check("#share-ask input >> nth=0")
    sent(page, "form#profile button.main >> nth=0")
    assert page.input_value("#foreign_share") == "30%"
    assert page.query_selector("#share-ask:visible") is None


# Files ---------------------------------------------------------------------------------------------------------------


def test_files_are_told_apart_by_their_names(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    day = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=8)).date().isoformat()
    names = []
    for name in ("", "蓝天/旅行社“一”.exe"):
        page.fill("#name", name)
        settled(page)
        page.wait_for_timeout(200)
        for format in ("HTML", "PDF", "XLSX", "JSON"):
            with page.expect_download() as taken:
                page.click(f".take button >> text={format}")
            names.append(taken.value.suggested_filename)
    place = f"成都市-7291 旅行社及相关服务-{day}"
    own = f"蓝天 旅行社“一”-exe-{day}"
    assert names == [
        f"{whose}-{kind}" for whose in (place, own) for kind in ("报告.html", "报告.pdf", "工作簿.xlsx", "数据.json")
    ]
