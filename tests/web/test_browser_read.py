"""The page in a browser as a stranger reads it: why a place loses a measure, zones as cities, what is cut, print."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, four_facts, no_violations, picture, settled, until
from tests.web.test_browser_places import DESK, PHONE, choose, held, link, locale

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_comparison_tells_why_and_is_kept(pages: Any, url: str, lang: str) -> None:
    page = pages(locale=locale(lang), viewport=PHONE, permissions=["clipboard-read", "clipboard-write"])
    own = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True, "zones": []}
    said = {"city": "510100", "sector": "7291", "foreign_share": "40", **own}
    page.goto(f"{url}/{lang}/compare#{link({'p': said, 'c': ['320500', '310000', '460100']})}")
    page.wait_for_selector(".matrix")
    # What is lost says where it stands there, and opens to its reasons in that place and no other.
    lost = page.locator(".lost:has(details[data-row='57'])")
    assert {"zh": "待落实：", "en": "Pending: "}[lang] in lost.inner_text()
    lost.locator("details[data-row='57'] summary").click()
    page.wait_for_selector(".lost details[data-row='57'] dl")
    assert {"zh": "待落实：", "en": "Pending: "}[lang] in lost.locator(
        "dl dd >> nth=0"
    ).inner_text()  # in Chengdu it is open
    assert page.query_selector("details.more[open]") is None
    page.click("details.more > summary")
    assert page.query_selector_all("details.more .cell")
    assert not page.query_selector_all("details.more .cell.eligible")
    assert page.get_attribute(".matrix tbody a >> nth=0", "href").startswith(f"/{lang}/measures/")
    assert {"zh": "4，另须经认定1", "en": " + 1 conditional"}[lang][1:] in page.inner_text(".ranking")
    assert {"zh": "可适用的措施与现状相同", "en": "the same ones open as now"}[lang] in page.inner_text(".ranking")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    no_violations(page)
    picture(page, f"compare-why-{lang}")
    page.set_viewport_size({"width": 320, "height": 700})
    # The reason stands under its place, within the frame.
    cells = "[...document.querySelectorAll('.ranking td:last-child')]"
    assert page.evaluate(f"{cells}.every((one) => one.getBoundingClientRect().right <= 320)")
    page.set_viewport_size(PHONE)
    page.click(".copy")
    page.wait_for_selector(".take .note:not(:empty)")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.emulate_media(media="print")
    assert not page.is_visible(".take")
    assert page.pdf()[:4] == b"%PDF"


# A zone where a city is asked for ------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_zone_is_taken_with_the_place_where_it_lies(pages: Any, url: str, lang: str) -> None:
    page = pages(locale=locale(lang), viewport=PHONE)
    page.goto(f"{url}/{lang}/")
    for typed in ("Dongjiang", "Tianjin Dongjiang", "东疆"):
        choose(page, "#city", typed)  # from the list
        page.wait_for_selector("input[name=zone][value='dongjiang-cbz']:checked")
        settled(page)
        chosen, options = (
            page.locator(one).bounding_box()
            for one in ("#zones .choice:has([value='dongjiang-cbz'])", "#zones .options")
        )
        assert options["y"] <= chosen["y"]
        assert chosen["y"] + chosen["height"] <= options["y"] + options["height"]
        around = page.inner_text("#zones .choice:has([value='tianjin-ftz'])")
        assert {"zh": "所选的在其内，已计入", "en": "what is chosen lies in it: it counts"}[lang] in around
        assert held(page)["p"] == {"city": "120116", "zones": ["dongjiang-cbz"]}
        until(page, f"document.getElementById('city').value.includes('{ {'zh': '滨海', 'en': 'Binhai'}[lang] }')")
        page.click("#clear")
        page.wait_for_selector(".tiles", state="detached")
    # Typed out without a choice it is read as where it lies, and one click says the zone.
    page.goto(f"{url}/{lang}/measures")
    page.goto(f"{url}/{lang}/#{link({'p': {'city': 'Lin-gang'}})}")
    page.wait_for_selector("#as-zone")
    page.wait_for_selector("input[name=zone][value='shanghai-lingang']")
    assert "`" not in page.inner_text("#city-note")
    no_violations(page)
    picture(page, f"zone-as-city-{lang}")
    page.click("#as-zone")
    page.wait_for_selector("input[name=zone][value='shanghai-lingang']:checked")
    settled(page)
    assert held(page)["p"] == {"city": "310000", "zones": ["shanghai-lingang"]}
    assert page.query_selector("#city-note:visible") is None


# What is cut off ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lang", "scrolls"), [("zh", "在框内上下、左右滚动"), ("en", "scroll down and sideways in it")]
)
def test_nothing_is_cut_off_without_a_word(pages: Any, url: str, lang: str, scrolls: str) -> None:
    page = pages(locale=locale(lang), viewport=DESK)
    said = {"city": "510100", "sector": "7291", "foreign_share": "40", "zones": []}
    page.goto(f"{url}/{lang}/#{link({'p': said})}")
    page.wait_for_selector(".tiles")
    until(page, "document.getElementById('sector').value.length > 6")
    # A name is whole in its field, or else below it.
    fits = "(() => { const one = document.getElementById('sector'); return one.scrollWidth <= one.clientWidth; })()"
    assert page.evaluate(fits)
    page.fill("#sector", "749")
    page.wait_for_selector("#sector-list [role=option]")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    settled(page)
    assert page.evaluate(fits) or page.input_value("#sector") in page.inner_text(".whole:visible")
    # The files are reached from the top of the answer.
    page.click("#answer a[href='#take']")
    assert page.evaluate("document.activeElement.id") == "take"
    assert "take" not in page.url.partition("#")[2]
    # A table of few places stands whole; one that scrolls says so.
    for width, places, told in ((1280, 3, False), (390, 3, True), (1280, 0, True)):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{url}/{lang}/measures")
        chosen = ["310000", "320500", "460100"][:places]
        page.goto(f"{url}/{lang}/compare#{link({'p': said, 'c': chosen})}")
        page.wait_for_selector(".matrix")
        assert page.is_visible(f"#result >> text={scrolls}") is told, (width, places)
        box = "document.querySelector('.matrix').closest('.scroll')"
        if not told:
            assert page.evaluate(f"{box}.scrollHeight <= {box}.clientHeight + 1")
        no_violations(page)
    page.goto(f"{url}/{lang}/map")
    page.click("#map button")
    page.wait_for_selector(".matrix")
    assert page.is_visible(f"#result >> text={scrolls}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_print_begins_with_the_answer_on_its_first_page(pages: Any, url: str, lang: str) -> None:
    page = pages(locale=locale(lang))
    own = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True, "zones": []}
    page.goto(f"{url}/{lang}/#{link({'p': {'city': '510100', 'sector': '7291', 'foreign_share': '40', **own}})}")
    page.wait_for_selector("#open details[data-row='57']")
    page.set_viewport_size({"width": 690, "height": 1000})  # what is between the margins of A4
    page.emulate_media(media="print")
    at = "document.querySelector({!r}).getBoundingClientRect()"
    assert page.evaluate(at.format(".brief li") + ".bottom") < 500
    # What was said stands in one column.
    lefts = {page.evaluate(at.format(one) + ".left") for one in ("#city ~ .said", "label:has(> input[name=no_zones])")}
    assert len(lefts) == 1
    page.emulate_media(media="screen")
    page.check("#print-words")
    page.emulate_media(media="print")
    assert page.evaluate(at.format("#open details[data-row='57']") + ".bottom") < 1000
    # A measure stays on one page, unless it was opened and may be longer than one.
    kept = "getComputedStyle(document.querySelector('.row')).breakInside"
    assert page.evaluate(kept) == "avoid"
    page.evaluate("document.querySelector('.row details').open = true")
    assert page.evaluate(kept) == "auto"


@pytest.mark.parametrize(("field", "begun", "rest", "taken"), [
    ("#city", "cheng", "de", "承德市"), ("#city", "tian", "shui", "天水市"), ("#city", "su", "qian", "宿迁市"),
])  # fmt: skip
def test_enter_takes_what_was_typed_and_not_what_fewer_letters_found(
    pages: Any, url: str, field: str, begun: str, rest: str, taken: str
) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    for last in ("Enter", "Tab after Enter"):
        page.fill(field, begun)
        page.wait_for_selector(f"{field}-list [role=option]")
        page.keyboard.type(rest)  # what these letters find is not there yet
        page.keyboard.press("Enter")
        if last != "Enter":
            page.keyboard.press("Tab")
        until(page, f"document.querySelector('{field}').value === '{taken}'")
        assert page.is_hidden(f"{field}-list")


def test_enter_on_words_that_find_nothing_keeps_them(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    page.fill("#city", "cheng")
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.type("zzqx")
    page.keyboard.press("Enter")
    until(page, "location.hash.length > 1 && document.querySelector('#result.typing') === null")
    assert held(page)["p"]["city"] == page.input_value("#city") == "chengzzqx"


IN_SIGHT = """(names) => names.map((name) => {
  const { top, bottom, right } = document.querySelector(name).getBoundingClientRect();
  return top >= 0 && bottom <= innerHeight && right <= innerWidth;
})"""


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, {"width": 1440, "height": 860}])
def test_the_question_stays_whole_while_the_list_scrolls(
    pages: Any, url: str, lang: str, viewport: dict[str, int]
) -> None:
    page = pages(locale=locale(lang), viewport=viewport)
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    page.check(".question input[value=travel-agency]")  # what has many choices takes the whole width
    page.click("#give")
    page.wait_for_selector(".question input[value=enterprise]")
    settled(page)
    parts = ["#question-title", ".question .why", "#give"]
    page.evaluate("document.querySelector('.tiles').scrollIntoView()")
    assert page.evaluate(IN_SIGHT, [".tiles", *parts[:2]]) == [True] * 3
    page.click(".group[data-bucket=ineligible] > summary")
    rows = page.locator(".group[data-bucket=ineligible] > .rows > li")
    rows.nth(20).wait_for()
    for place in (12, 20):
        rows.nth(place).scroll_into_view_if_needed()
        assert page.evaluate("scrollY") > 500
        assert page.evaluate(IN_SIGHT, parts) == [True] * 3
    # No column scrolls by itself, which would cut the card.
    assert page.evaluate("getComputedStyle(document.querySelector('.now')).overflowY") == "visible"
    # Neither covers what is read.
    now, then = (page.locator(f"#answer > {name}").bounding_box() for name in (".now", ".then"))
    assert now["x"] + now["width"] <= then["x"]
    # Why it is asked is told without opening anything.
    assert len(page.inner_text(".question .why")) > 12
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    no_violations(page)
    picture(page, f"question-stays-{lang}-{viewport['width']}")
