"""The page in a browser: a whole session in both languages, on a phone, in the dark, without script.

It needs Playwright and a Chromium on the machine (`apt-get install chromium`); where there is none it is skipped.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, four_facts, no_violations, picture, sent, settled, until

pytestmark = IN_A_BROWSER
ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(("lang", "locale", "city", "sector"), [
    ("zh", "zh-CN", "chengdu", "旅行社"), ("en", "en-US", "成都", "travel agency"),
])  # fmt: skip
def test_a_whole_session(pages: Any, url: str, lang: str, locale: str, city: str, sector: str) -> None:
    page = pages(locale=locale)
    page.goto(f"{url}/")
    assert page.url.startswith(f"{url}/{lang}/")
    no_violations(page)
    four_facts(page, city, sector)
    before = page.inner_text(".tile.needs_info strong")
    no_violations(page)
    # Three questions answered, and one that is passed over.
    page.check(".question input[value=travel-agency]")
    page.click("#give")
    page.wait_for_selector(".question input[value=travel-agency]", state="detached")
    page.check(".question input[value=enterprise]")
    page.click("#give")
    page.wait_for_selector(".question input[value=enterprise]", state="detached")
    assert int(page.inner_text(".tile.needs_info strong")) < int(before)
    page.check(".question input[value=true]")
    page.click("#give")
    page.wait_for_selector("#open details[data-row='57']")
    page.wait_for_selector(".question input[value=true]", state="detached")
    asked = page.inner_text(".question")
    page.click("#pass")
    page.wait_for_function("told => document.querySelector('.question')?.innerText !== told", arg=asked)
    # A measure opens to its words and reasons; one that is shut tells what would change it.
    page.click("#open details[data-row='57'] summary")
    page.wait_for_selector("#open details[data-row='57'] dl")
    opened = page.inner_text("#open details[data-row='57']")
    assert "允许在當地设立的外商投资旅行社" in opened
    assert {"zh": "向谁咨询", "en": "Whom to ask"}[lang] in opened
    no_violations(page)
    picture(page, f"session-{lang}")
    page.click("details.group[data-bucket=ineligible] > summary")
    page.click("details.group[data-bucket=ineligible] details[data-row='18'] summary" if page.query_selector(
        "details.group[data-bucket=ineligible] details[data-row='18']") else
        "details.group[data-bucket=ineligible] details.measure >> nth=0")  # fmt: skip
    page.click("details.group details[open] button")
    page.wait_for_selector("details.group details[open] h4")
    # A row of several parts tells each; a row for authorities alone whether it reaches the place, and whom to ask.
    page.click("details.group[data-bucket=ineligible] details[data-row='46'] summary")
    page.wait_for_selector("details.group details[data-row='46'] dl")
    assert page.locator("details.group details[data-row='46'] li.ineligible:has(li)").count() == 2
    page.click("details.group[data-bucket=authorities_only] > summary")
    page.click("details.group details[data-row='59'] summary")
    page.wait_for_selector("details.group details[data-row='59'] dl")
    duty = page.inner_text("details.group details[data-row='59']")
    assert {"zh": "由当地主管部门落实", "en": "it is for the authorities there to do"}[lang] in duty
    no_violations(page)
    # Its limits stand with it, once, open or closed.
    row = page.locator("#open li:has(> details[data-row='57'])")
    assert row.locator("#limits\\.57\\.taiwan\\.false").is_visible()
    assert row.inner_text().count({"zh": "须遵守的限制", "en": "Limits to keep"}[lang]) == 1
    page.click("#open details[data-row='57'] summary")
    assert row.locator("#limits\\.57\\.taiwan\\.false").is_visible()
    assert page.locator("#open li:has(> details[data-row='99']) .limits li").count() == 1
    # A limit that is not kept shuts its measure to that use, and can be taken back.
    page.check("#limits\\.57\\.taiwan\\.false")
    page.wait_for_selector("#open details[data-row='57']", state="detached")
    page.check("#limits\\.57\\.taiwan\\.true")
    page.wait_for_selector("#open details[data-row='57']")
    # The link holds the profile behind the #, and nothing of it goes to the server.
    link = page.url
    assert re.search(r"#[A-Za-z0-9_-]+$", link)
    other = pages(locale=locale)
    requests: list[str] = []
    other.on("request", lambda one: requests.append(one.url))
    other.goto(link)
    other.wait_for_selector("#open details[data-row='57']")
    other.wait_for_selector(".told li")
    assert "{" not in other.inner_text(".told")
    assert other.is_checked("#limits\\.57\\.taiwan\\.true")
    assert "40" in other.input_value("#foreign_share")
    assert not [one for one in requests if "510100" in one or "7291" in one]
    # Compare, and take away.
    other.click(".bar a[href*=compare]")
    other.wait_for_selector(".matrix")
    assert len(other.query_selector_all(".matrix thead th")) >= 20
    no_violations(other)
    with page.expect_download() as taken:
        page.click(".take button >> text=XLSX")
    assert taken.value.suggested_filename.endswith(".xlsx")
    page.emulate_media(media="print")
    assert not page.is_visible(".question")
    assert page.is_visible(".brief")
    assert page.pdf()[:4] == b"%PDF"


@pytest.mark.parametrize(("lang", "scheme"), [("zh", "light"), ("en", "dark")])
def test_on_a_phone_in_any_light(pages: Any, url: str, lang: str, scheme: str) -> None:
    locale = "zh-CN" if lang == "zh" else "en-US"
    page = pages(viewport={"width": 390, "height": 844}, color_scheme=scheme, locale=locale)
    for path in ("", "measures", "measures/57", "compare", "map", "register"):
        page.goto(f"{url}/{lang}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        no_violations(page)
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    no_violations(page)
    picture(page, f"phone-{lang}-{scheme}")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("width", [320, 360])
def test_nothing_is_wider_than_a_narrow_window(pages: Any, url: str, lang: str, width: int) -> None:
    outside = """() => [...document.querySelectorAll("main *, header *, footer *")].filter((one) => {
      const at = one.getBoundingClientRect();
      return at.width && !one.closest(".scroll, .skip") && (at.right > innerWidth + 1 || at.left < -1);
    }).map((one) => one.outerHTML.slice(0, 80))"""
    page = pages(viewport={"width": width, "height": 640})
    for path in ("", "measures", "measures/57", "compare", "map", "map?show=1&place=成都", "register"):
        page.goto(f"{url}/{lang}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert page.evaluate(outside) == [], path
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    settled(page)
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(outside) == []
    picture(page, f"narrow-{lang}-{width}")


@pytest.mark.parametrize(("lang", "counted"), [("zh", "共155项，其中另有："), ("en", "155 in all; besides these: ")])
def test_without_script_buttons_stay_in_their_box(pages: Any, url: str, lang: str, counted: str) -> None:
    page = pages(java_script_enabled=False)
    page.goto(f"{url}/{lang}/")
    page.fill("#sector", "7291")
    sent(page, "button.main")  # the city is asked for next, which has a field
    assert counted in page.inner_text("#answer")
    box, button = (page.locator(one).bounding_box() for one in (".question", ".question button[name=pass]"))
    assert button["height"] < 60
    assert button["x"] + button["width"] <= box["x"] + box["width"]


@pytest.mark.parametrize(("lang", "city", "words"), [
    ("zh", "成都", "不组织赴台湾地区的旅游"), ("en", "Chengdu", "no tours to Taiwan"),
])  # fmt: skip
def test_without_script(pages: Any, url: str, lang: str, city: str, words: str) -> None:
    page = pages(java_script_enabled=False)
    page.goto(f"{url}/{lang}/")
    page.fill("#city", city)
    page.fill("#sector", "7291")
    page.fill("#foreign_share", "40")
    page.check("input[name=no_zones]")
    sent(page, "button.main")
    page.check("input[value=travel-agency]")
    sent(page, ".question button >> nth=0")
    page.check("input[value=enterprise]")
    sent(page, ".question button >> nth=0")
    while page.query_selector(f"a[href='/{lang}/measures/57'] >> visible=true") is None:
        if page.query_selector(".question input[value=true]"):
            page.check(".question input[value=true]")
            sent(page, ".question button >> nth=0")
        else:
            sent(page, ".question button >> nth=1")
    assert not page.query_selector_all("button:text('Print'), button:text('打印')")  # one would do nothing
    assert "Ctrl+P" in page.inner_text("#answer")
    page.emulate_media(media="print")
    assert "Ctrl+P" not in page.inner_text("#answer")
    assert not page.is_visible("button.main")
    page.emulate_media(media="screen")
    with page.expect_download() as taken:
        page.click(".take button >> nth=0")
    report = Path(taken.value.path()).read_text("utf-8")
    assert words in report
    picture(page, f"without-script-{lang}")


def test_a_list_is_searched(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/measures")
    page.fill("#q", "旅行社")
    until(page, "document.querySelectorAll('li.row:not([hidden])').length === 1")
    no_violations(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_register_is_dropped_on_the_page(pages: Any, url: str, lang: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/register")
    lines = (ROOT / "examples" / "companies.csv").read_text("utf-8").splitlines(keepends=True)[:20]
    held = carried(page, "companies.csv", "".join(lines))
    page.dispatch_event("#register", "dragover", {"dataTransfer": held})
    assert "over" in page.get_attribute("#register", "class")
    page.dispatch_event("#register", "drop", {"dataTransfer": held})
    page.wait_for_selector("#save")
    assert "over" not in page.get_attribute("#register", "class")
    assert page.evaluate("document.getElementById('file').files[0].name") == "companies.csv"
    no_violations(page)
    with page.expect_download() as taken:
        page.click("#save")
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"
    page.dispatch_event("#register", "drop", {"dataTransfer": carried(page, "x.exe", "nothing")})
    page.wait_for_selector("#problems li")
    assert page.query_selector("#save") is None


def test_of_two_registers_the_last_is_told_of(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/register")
    lines = (ROOT / "examples" / "companies.csv").read_text("utf-8").splitlines(keepends=True)
    held: list[Any] = []
    page.route("**/v1/screen?name=first*", lambda route: held.append(route))
    page.dispatch_event("#register", "drop", {"dataTransfer": carried(page, "first.csv", "".join(lines[:20]))})
    page.dispatch_event("#register", "drop", {"dataTransfer": carried(page, "last.csv", "".join(lines[:3]))})
    page.wait_for_selector("#save")
    told = page.inner_text("#result")
    wrong = {"code": "S101", "field": "file", "message": "-", "hint": ""}
    held[0].fulfill(body=json.dumps({"problems": [wrong]}) + "\n", content_type="application/x-ndjson")
    page.wait_for_timeout(300)
    assert page.inner_text("#result") == told


def carried(page: Any, name: str, text: str) -> Any:
    """What a person drags who drags a file."""
    return page.evaluate_handle(
        """([name, text]) => {
            const held = new DataTransfer();
            held.items.add(new File([text], name));
            return held;
        }""",
        [name, text],
    )


def test_mistakes_are_told_in_place(pages: Any, url: str) -> None:
    page = pages(locale="en-US")
    page.goto(f"{url}/en/")
    page.fill("#foreign_share", "140")
    page.wait_for_selector("#problems li")
    told = page.inner_text("#problems")
    assert "Foreign share (%)" in told
    assert "foreign_share" not in told
    no_violations(page)
    page.fill("#foreign_share", "40")
    page.wait_for_selector("#problems li", state="detached")
    page.fill("#city", "Tianjing")
    page.keyboard.press("Tab")
    page.wait_for_selector("#problems li")
    assert "applicability" not in page.inner_text("#problems")  # who is here has no command line
    page.goto(f"{url}/en/measures")
    page.goto(f"{url}/en/#no-profile-at-all")
    assert page.input_value("#city") == ""


@pytest.mark.parametrize(("lang", "now", "then", "report"), [
    ("zh", "现在可以使用", "设立后可以使用", "拟设立，尚未登记"),
    ("en", "You may use now", "You may use once it is set up", "planned, not registered yet"),
])  # fmt: skip
def test_a_company_that_is_only_planned(
    pages: Any, url: str, tmp_path: Path, lang: str, now: str, then: str, report: str
) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/")
    page.check("#planned")
    assert page.query_selector(".tiles") is None  # it decides nothing
    page.uncheck("#planned")
    four_facts(page, "成都", "7291")
    settled(page)
    counts = page.inner_text(".tiles")
    assert now in page.inner_text("#answer")
    page.check(".question input[value=travel-agency]")
    page.check("#planned")
    page.wait_for_selector(f".then > :not(.brief) h3 >> text={then}")
    settled(page)
    assert page.inner_text(".tiles") == counts
    assert page.is_checked(".question input[value=travel-agency]")  # an answer begun is not lost
    no_violations(page)
    for button, read in (("HTML", report), ("JSON", '"planned": true')):
        with page.expect_download() as taken:
            page.click(f".take button >> text={button}")
        assert read in Path(taken.value.path()).read_text("utf-8")
    other = pages(locale="zh-CN" if lang == "zh" else "en-US")
    other.goto(page.url)
    other.wait_for_selector(f".then > :not(.brief) h3 >> text={then}")
    assert other.is_checked("#planned")
    other.uncheck("#planned")
    other.wait_for_selector(f".then > :not(.brief) h3 >> text={now}")
    other.check("#planned")
    other.click("#clear")
    assert not other.is_checked("#planned")


def test_the_profile_goes_along_from_page_to_page(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    held = page.url.partition("#")[2]
    page.focus(".skip")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "result"
    for path in ("compare", "map", "measures", "register"):
        page.click(f".bar a[href*={path}]")
        page.wait_for_url(f"**/{path}#{held}")
        if path == "compare":
            page.wait_for_selector(".matrix")
            until(page, "document.getElementById('city')?.value === '成都市'")
            assert page.input_value("#sector").startswith("7291 ")
    page.click(".bar .language")
    page.wait_for_url(f"**/en/register#{held}")
    page.goto(f"{url}/zh/measures/57#{held}")
    page.click("main a")
    page.wait_for_selector(".tiles")
    assert page.input_value("#foreign_share") == "40"
    until(page, "document.getElementById('city')?.value === '成都市'")  # the name is asked for, and comes after


def test_the_counts_stay_in_sight_on_a_phone(pages: Any, url: str) -> None:
    page = pages(viewport={"width": 390, "height": 844})
    page.goto(f"{url}/zh/")
    assert not page.is_visible(".jump")
    page.fill("#city", "成都")
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.press("Enter")
    settled(page)
    assert not page.is_visible(".jump")  # zones are chosen where it would stand
    page.evaluate("document.getElementById('sector').scrollIntoView({ block: 'end' })")
    page.wait_for_selector(".jump >> text=待回答")
    no_violations(page)
    page.click(".jump")
    page.wait_for_selector(".jump", state="hidden")
    assert page.evaluate("document.activeElement.id") == "question-title"
    page.set_viewport_size({"width": 1200, "height": 900})
    page.evaluate("scrollTo(0, 0)")
    assert not page.is_visible(".jump")


def test_what_is_printed_is_the_answer_and_no_form(pages: Any, url: str) -> None:
    page = pages(color_scheme="dark")
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    for value, wait in (("travel-agency", "enterprise"), ("enterprise", "true"), ("true", "")):
        page.check(f".question input[value={value}]")
        page.click("#give")
        page.wait_for_selector(f".question input[value={wait}]" if wait else "#open details[data-row='57']")
    page.check("#limits\\.57\\.taiwan\\.true")
    settled(page)
    page.emulate_media(media="print")
    told = page.inner_text("body")
    assert not page.is_visible("#city")  # what it says is printed as text
    for there in (
        "其他法律、许可仍然适用",
        "成都市",
        "应遵守：不组织赴台湾地区的旅游（您已确认遵守）",
        "应遵守：只及于中国公民的出境旅游（由您自己确认）",
        "这一部分应遵守：限随行的配偶和家属",
        "可以使用4项（2项方案只是鼓励或探索，不是许可；2项有限制，共3条）",
        "外商投资旅行社经营出境旅游",
        "不是法律意见",
    ):
        assert there in told, there
    for gone in (
        "企业名称",
        "拟设立",
        "会遵守",
        "复制链接",
        "没有追问",
        "批量名册",
        "四川自贸试验区",
        "全部清空",
        "其他措施",
    ):
        assert gone not in told, gone
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("lang", "passed"), [("zh", "跳过了"), ("en", "You passed over")])
def test_what_was_passed_over_is_answered_from_its_list(pages: Any, url: str, lang: str, passed: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    settled(page)
    while page.query_selector("#pass"):
        people = page.query_selector(".question[data-fact=person_kind]") is not None
        assert page.is_visible("#pass-people") is people
        page.click("#pass-people" if people else "#pass")
        settled(page)
    assert passed in page.inner_text(".passed summary")
    assert page.query_selector("details.passed[open]") is not None
    no_violations(page)
    picture(page, f"passed-over-{lang}")
    page.click("#again-entity_kind")
    page.wait_for_selector(".question[data-fact=entity_kind]")
    until(page, "document.activeElement.id === 'question-title'")
    page.check(".question input[value=enterprise]")
    page.click("#give")
    page.wait_for_selector(".told >> text=" + {"zh": "公司或其他企业", "en": "company or other enterprise"}[lang])
    assert page.query_selector("#again-entity_kind") is None
    page.emulate_media(media="print")
    assert not page.is_visible(".passed")
