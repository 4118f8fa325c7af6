"""The page where something is wrong: mistakes, a service that is gone, a step taken back, a link that is damaged."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, four_facts, no_violations, picture, settled, until
from tests.web.test_browser_places import link

pytestmark = IN_A_BROWSER
PHONE = {"width": 390, "height": 844}
NOTHING = {"zh": "没有可以打印的结果", "en": "There is no result to print"}
STALE = {"zh": "上次填写无误时的结果", "en": "before the mistake"}


def finished(page: Any, url: str, lang: str = "zh") -> None:
    """The case of a travel agency in Chengdu, answered until its measure is open."""
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    for value, wait in (("travel-agency", "enterprise"), ("enterprise", "true"), ("true", "")):
        page.check(f".question input[value={value}]")
        page.click("#give")
        page.wait_for_selector(f".question input[value={wait}]" if wait else "#open details[data-row='57']")
    settled(page)


def printed(page: Any) -> str:
    page.emulate_media(media="print")
    told = str(page.inner_text("body"))
    page.emulate_media(media="screen")
    return told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_an_old_result_is_marked_and_neither_printed_nor_kept(pages: Any, url: str, lang: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    finished(page, url, lang)
    page.fill("#city", "苏州火星")
    assert NOTHING[lang] in printed(page)  # not even before the field is left
    page.keyboard.press("Tab")
    page.wait_for_selector("#result.stale")
    assert STALE[lang] in page.inner_text("#problems")
    told = printed(page)
    assert "外商投资旅行社经营出境旅游" not in told
    assert NOTHING[lang] in told
    page.click(".take button >> text=PDF")
    field = {"zh": "城市", "en": "City"}[lang]
    until(page, f"document.getElementById('take-note').textContent.includes('{field}')")
    assert page.evaluate("[...document.querySelectorAll('#answer > * > :not(.take)')].every(one => one.inert)")
    no_violations(page)
    picture(page, f"stale-{lang}")
    page.fill("#city", "成都")
    page.keyboard.press("Tab")
    page.wait_for_selector("#result:not(.stale) #open")
    assert page.inner_text("#problems") == ""
    assert not page.evaluate("[...document.querySelectorAll('#answer > * > *')].some(one => one.inert)")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_service_that_is_gone_is_asked_again(pages: Any, url: str, lang: str) -> None:
    page = pages("ERR_", locale="zh-CN" if lang == "zh" else "en-US", viewport=PHONE)
    page.goto(f"{url}/{lang}/")
    four_facts(page, "成都", "7291")
    settled(page)
    counts = page.inner_text(".tiles")
    page.route("**/v1/**", lambda route: route.abort())
    page.fill("#foreign_share", "60")
    page.wait_for_selector("#retry")
    assert {"zh": "没有得到回答", "en": "No answer came"}[lang] in page.inner_text("#problems h2")
    assert page.get_attribute("#foreign_share", "aria-invalid") is None
    assert page.is_visible(".jump.failed")
    assert page.query_selector("#result.stale") is not None
    page.click(".take button >> text=PDF")
    until(page, "document.getElementById('take-note').textContent !== ''")
    no_violations(page)
    page.unroute("**/v1/**")
    page.wait_for_selector("#result:not(.stale) .tiles")  # by itself
    assert page.inner_text("#problems") == ""
    assert page.inner_text(".tiles") == counts
    page.route("**/v1/**", lambda route: route.abort())
    page.fill("#foreign_share", "40")
    page.wait_for_selector("#retry")
    page.unroute("**/v1/**")
    page.click("#retry")
    page.wait_for_selector("#result:not(.stale) .tiles")


def test_a_mistake_is_told_beside_its_field(pages: Any, url: str) -> None:
    page = pages(locale="en-US", viewport=PHONE)
    page.goto(f"{url}/en/")
    page.fill("#foreign_share", "140")
    page.wait_for_selector("#foreign_share-error:not([hidden])")
    assert page.get_attribute("#foreign_share", "aria-invalid") == "true"
    assert "foreign_share-error" in page.get_attribute("#foreign_share", "aria-describedby")
    assert "140" in page.inner_text("#foreign_share-error")
    assert "Foreign share" in page.inner_text(".jump")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.click(".jump")
    assert page.evaluate("document.activeElement.id") == "foreign_share"
    page.click("#problems a")
    assert page.evaluate("document.activeElement.id") == "foreign_share"
    assert "#foreign_share" not in page.url
    assert page.query_selector("#foreign_share-error .old-result") is None  # there is none yet
    page.fill("#foreign_share", "40")
    page.wait_for_selector("#foreign_share-error", state="hidden")
    page.wait_for_selector("#result:not(.stale) .tiles")
    page.fill("#foreign_share", "140")
    page.wait_for_selector("#foreign_share-error .old-result")
    assert "still the one before" in page.inner_text("#foreign_share-error")
    page.fill("#foreign_share", "40")
    page.wait_for_selector("#foreign_share-error", state="hidden")
    assert page.get_attribute("#foreign_share", "aria-invalid") is None


@pytest.mark.parametrize(("lang", "name"), [("zh", "游览景区管理"), ("en", "Management of tourist attractions")])
def test_one_of_several_sectors_is_chosen_beside_the_field(pages: Any, url: str, lang: str, name: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/#" + link({"p": {"sector": "tourism"}}))
    page.wait_for_selector("#meant-786")
    assert page.locator("#sector-error button").count() == 3
    page.click("#meant-786")
    page.wait_for_selector("#result:not(.stale) .tiles")
    assert page.input_value("#sector").startswith(f"786 {name}")
    assert not page.is_visible("#sector-error")


@pytest.mark.parametrize(("lang", "label"), [("zh", "不组织赴台湾地区的旅游"), ("en", "no tours to Taiwan")])
def test_a_limit_that_is_not_kept_keeps_its_words(pages: Any, url: str, lang: str, label: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    finished(page, url, lang)
    page.check("#limits\\.57\\.taiwan\\.false")
    page.wait_for_selector("#open details[data-row='57']", state="detached")
    told = page.inner_text("#limits-shut")
    assert label in told
    assert "57.taiwan" not in told
    other = pages(locale="zh-CN" if lang == "zh" else "en-US")
    other.goto(page.url)
    other.wait_for_selector("#limits-shut")
    assert label in other.inner_text("#limits-shut")


def test_a_mistake_in_a_comparison_is_told_beside_its_field(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/compare")
    page.fill("#city", "苏州火星")
    page.click("#compare-now")
    page.wait_for_selector("#city-error:not([hidden])")
    assert page.get_attribute("#city", "aria-invalid") == "true"
    no_violations(page)
    page.fill("#city", "成都")
    page.click("#compare-now")
    page.wait_for_selector(".matrix")
    assert page.get_attribute("#city", "aria-invalid") is None


@pytest.mark.parametrize("viewport", [{"width": 1200, "height": 900}, PHONE])
def test_the_next_question_comes_into_sight_with_the_focus(pages: Any, url: str, viewport: dict[str, int]) -> None:
    page = pages(viewport=viewport)
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    assert "该行业通常从事" in page.inner_text(".question .choice >> nth=0")
    page.check(".question input[value=travel-agency]")
    page.click("#give")
    page.wait_for_selector(".question input[value=enterprise]")
    until(page, "document.activeElement.id === 'question-title'")
    box = page.evaluate("document.getElementById('question-title').getBoundingClientRect().toJSON()")
    top, bottom = box["top"], box["bottom"]
    assert top >= 0
    assert bottom <= viewport["height"]
    assert page.inner_text("#question-title") in page.text_content("#status")
    page.click("#give")  # nothing is chosen
    assert "请先选一项" in page.inner_text("#answer-error")
    no_violations(page)


def test_what_stands_among_the_facts_is_not_asked_twice(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    page.fill("#city", "成都")
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#question-title >> text=先填：")  # and nothing is asked yet
    assert page.query_selector(".question") is None
    page.click("#check")
    page.wait_for_selector("#go")
    assert page.query_selector("#free") is None
    page.click("#go")
    assert page.evaluate("document.activeElement.id") == "sector"
    assert page.query_selector(".field.asked-for #sector") is not None
    page.keyboard.press("Tab")
    assert page.query_selector(".asked-for") is None


def test_that_none_applies_is_said_and_not_taken_from_silence(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    page.click("#give")
    page.wait_for_selector("#answer-error:visible >> text=以上都没有")
    assert page.query_selector(".told") is None
    page.check("#none")
    page.click("#give")
    page.wait_for_selector("#answer-error:visible >> text=通常从事“旅行社业务”")
    assert page.query_selector(".told") is None  # what its sector usually does is asked once more
    page.click("#give")
    page.wait_for_selector(".told >> text=以上都没有")
    assert "旅行社业务" in page.text_content(".told")  # which counts as no


def software(page: Any, url: str, lang: str) -> None:
    """A company in a line of business that could do so much that the choices can be searched."""
    said = json.dumps({"p": {"city": "310000", "sector": "65", "foreign_share": "100", "zones": []}})
    page.goto(f"{url}/{lang}/#{base64.urlsafe_b64encode(said.encode()).decode().rstrip('=')}")
    page.wait_for_selector("#filter")


def test_choices_that_are_filtered_out_are_not_answered(pages: Any, url: str) -> None:
    page = pages()
    software(page, url, "zh")
    other = page.get_attribute(".question input[name=answer]:not([value=software-and-information-services])", "value")
    page.fill("#filter", other)
    page.check(f".question input[value={other}]")
    page.click("#give")
    page.wait_for_selector(".told")
    said = page.evaluate("location.hash.slice(1)")
    held = json.loads(base64.urlsafe_b64decode(said + "=" * (-len(said) % 4)))["p"]["activities"]
    assert held["yes"] == [other]
    assert "software-and-information-services" not in held["no"]


@pytest.mark.parametrize(
    ("lang", "word", "found", "others"),
    [
        ("zh", "软件", "software-and-information-services", ["digital-renminbi"]),
        ("en", "Software and inf", "software-and-information-services", ["digital-renminbi"]),
        ("en", "oftware", None, ["software-and-information-services"]),
    ],
)
def test_choices_are_found_by_everyday_words(
    pages: Any, url: str, lang: str, word: str, found: str | None, others: list[str]
) -> None:
    page = pages()
    software(page, url, lang)
    page.fill("#filter", word)
    left = "[...document.querySelectorAll('.question .options .choice')].filter((one) => !one.hidden)"
    shown = page.evaluate(f"{left}.map((one) => one.querySelector('input').value)")
    assert (found in shown) == (found is not None)
    assert not set(others) & set(shown)


def test_back_takes_an_answer_back_and_clearing_can_be_undone(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    page.check(".question input[value=travel-agency]")
    page.click("#give")
    page.wait_for_selector(".told >> text=旅行社")
    page.go_back()
    page.wait_for_selector(".question input[value=travel-agency]")
    assert page.query_selector(".told") is None
    assert page.input_value("#city") == "成都市"
    page.go_forward()
    page.wait_for_selector(".told >> text=旅行社")
    page.click("#remove-activities")
    page.wait_for_selector(".told", state="detached")
    until(page, "document.activeElement.id === 'question-title'")
    page.click("#clear")
    assert page.input_value("#city") == ""
    assert page.text_content("#city ~ [role=status]") == ""
    page.click("#undo")
    page.wait_for_selector(".tiles")
    assert page.input_value("#city") == "成都市"
    assert page.input_value("#sector").startswith("7291")
    assert page.input_value("#foreign_share") == "40"


@pytest.mark.parametrize(("lang", "words"), [("zh", "链接不完整"), ("en", "The link is damaged")])
def test_a_damaged_link_is_told(pages: Any, url: str, lang: str, words: str) -> None:
    page = pages()
    page.goto(f"{url}/{lang}/#eyJwIjp7ImNpdHki")
    page.wait_for_selector(f"#problems >> text={words}")
    page.goto(f"{url}/{lang}/measures")
    forged = page.evaluate("btoa(JSON.stringify({p: {city: {a: 1}, sector: [{}], foreign_share: {}}}))")
    page.goto(f"{url}/{lang}/#{forged}")
    page.wait_for_selector("#problems li")
    assert "[object Object]" not in page.input_value("#city") + page.input_value("#sector")


def test_what_is_of_ones_own_line_is_found_though_it_is_shut(pages: Any, url: str) -> None:
    page = pages(locale="en-US")
    page.goto(f"{url}/en/")
    page.fill("#city", "Suzhou")
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.press("Enter")
    page.fill("#sector", "clinic")
    page.wait_for_selector("#sector-list [role=option]")
    assert "8425 Outpatient departments and clinics" in page.inner_text("#sector-list")
    page.keyboard.press("Enter")
    page.fill("#foreign_share", "100")
    page.check("input[name=no_zones]")
    page.check(".question input[value=enterprise]")
    page.click("#give")
    page.wait_for_selector(".own-line details[data-row='17']")
    page.click("details.group[data-bucket=ineligible] > summary")
    page.wait_for_selector("details.group[data-bucket=ineligible] li:first-child details[data-row='17']")
    page.click(".own-line details[data-row='17'] summary")
    page.click(".own-line details[data-row='17'] button")
    page.wait_for_selector(".own-line details[data-row='17'] h4")
    told = page.inner_text(".own-line details[data-row='17']")
    assert "open only to those whose kind of entity is “natural person”" in told
    assert "nothing you can change opens it; it awaits: change" not in told
    no_violations(page)


def test_a_province_is_said_to_be_too_wide(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/")
    page.fill("#city", "四川")
    page.keyboard.press("Tab")
    page.wait_for_selector("#city-note >> text=范围太大")
    assert "registered_in" not in page.inner_text("#answer")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_list_is_searched_as_people_write(pages: Any, url: str, lang: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    page.goto(f"{url}/{lang}/measures")
    for words, row in (("spouses", 111), ("travel agency", 57), ("Row 57", 57), ("第57项", 57), ("CLINIC", 17)):
        page.fill("#q", words)
        until(page, f"!document.querySelector('li.row[data-row=\"{row}\"]').hidden")
        until(page, "document.querySelectorAll('li.row:not([hidden])').length < 20")
    page.fill("#q", "zzzz")
    until(page, "document.querySelectorAll('li.row:not([hidden])').length === 0")
    assert "57" in page.inner_text("#found")  # how else it may be found
    no_violations(page)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_print_names_its_source(pages: Any, url: str, lang: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    finished(page, url, lang)
    told = printed(page)
    every = {
        "zh": (
            *("商资函〔2025〕84号", "截至", "规则库", "向谁咨询"),
            *("方案共155项措施", "只约束主管部门36项", "原文缺失3项"),
        ),
        "en": (
            *("84", "as of", "rulebook", "Whom to ask"),
            *("Of the plan's 155 measures", "36 for authorities only", "3 whose text is lost"),
        ),
    }
    for there in every[lang]:
        assert there in told, there
    assert not re.search("用上下键|arrow keys", told)  # what is told to listeners alone
    assert page.pdf()[:4] == b"%PDF"


def test_a_link_that_is_copied_says_so(pages: Any, url: str) -> None:
    page = pages(permissions=["clipboard-read", "clipboard-write"])
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    settled(page)
    page.click(".copy")
    page.wait_for_selector("#take-note >> text=链接已复制")
    # What is said of it is so: it is sent to be computed, in a body and not in the address.
    assert "不会发给服务器" not in page.inner_text("#take-note")
    assert "会发给本服务计算结果" in page.inner_text("#take-note")
    asked: list[tuple[str, str]] = []
    page.on("request", lambda one: asked.append((one.url, one.post_data or "")))
    page.reload()
    page.wait_for_selector(".tiles")
    assert any("510100" in body for _, body in asked)
    assert not [address for address, _ in asked if "510100" in address.partition("#")[0]]


def test_nothing_stays_over_a_low_window(pages: Any, url: str) -> None:
    page = pages(viewport={"width": 390, "height": 360})
    page.goto(f"{url}/zh/")
    four_facts(page, "成都", "7291")
    page.evaluate("scrollTo(0, 0)")
    settled(page)
    assert not page.is_visible(".jump")


def test_a_register_tells_what_is_doubtful_and_what_is_lacking(pages: Any, url: str, tmp_path: Path) -> None:
    page = pages()
    page.goto(f"{url}/zh/register")
    page.click("#register button")
    page.wait_for_selector("#problems >> text=没有选择文件")
    no_violations(page)
    table = tmp_path / "mine.csv"
    table.write_text(
        "企业名称,城市,行业,外资比例,主营业务\n甲公司,火星,不知道,很多,旅行\n乙公司,成都,7291,40,\n", "utf-8"
    )
    page.set_input_files("#file", table)
    page.wait_for_selector("#save")
    assert "火星" in page.inner_text("#doubts")
    assert "`" not in page.inner_text("#result")
    assert "写出省、市、区县的全称" in page.inner_text("#doubts")
    assert "“主营业务” 为 “业务活动（部分）”" in page.inner_text("#result .note")
    assert "foreign_share" not in page.inner_text("#result")
    # How the companies stand together, and where each doubt is told with its company and row.
    assert "待补充 " in page.inner_text("#verdicts")
    assert "“备注”表逐行写明企业、行号" in page.inner_text("#doubts")
    heads = "企业名称,城市,行业,外资比例,企业类型,主体类型,功能区,在当地注册,业务活动,捐资方"
    kinds = f"{heads}\n甲,火星,不知道,很多,某种,某类,月球,也许,飞行,某方\n乙,承都,,,,,,,,\n"
    page.set_input_files("#file", {"name": "k.csv", "mimeType": "text/csv", "buffer": kinds.encode()})
    page.wait_for_selector("#doubts li:nth-child(6)")
    assert re.fullmatch("另有[1-9]类", page.inner_text("#doubts li:nth-child(6)"))
    assert "企业类型：认不出企业类型 “某种”；按未填处理 照营业执照填写\n" in page.inner_text("#doubts")
    assert "（共2处，2家企业）" in page.inner_text("#doubts")
    several = {"name": "s.csv", "mimeType": "text/csv", "buffer": "企业名称,城市\n甲,Suzhou\n".encode()}
    page.set_input_files("#file", several)
    page.wait_for_selector("#doubts >> text=“Suzhou” 可以指多个地方")
    assert re.search("“320500” .*苏州市.*、“341300” .*宿州市", page.inner_text("#doubts"))
    page.evaluate("""() => {
        const held = new DataTransfer();
        held.items.add(new File(['企业名称,城市\\n甲,成都\\n'], 'dropped.csv'));
        document.dispatchEvent(new DragEvent('drop', { dataTransfer: held, bubbles: true, cancelable: true }));
    }""")
    until(page, "document.getElementById('file').files[0].name === 'dropped.csv'")
    page.wait_for_selector("#save")
    assert page.query_selector_all("#asks li")
    no_violations(page)
    picture(page, "register-doubts")
    with page.expect_download() as taken:
        page.click("#register-form")
    assert Path(taken.value.path()).read_bytes()[:2] == b"PK"
    fake = {"name": "fake.xlsx", "mimeType": "application/octet-stream", "buffer": b"no workbook"}
    page.set_input_files("#file", fake)
    page.wait_for_selector("#problems li")
    told = page.inner_text("#problems")
    assert "fake.xlsx" in told
    assert "/tmp" not in told
    assert page.query_selector("#save") is None
    page.set_input_files("#file", table)
    page.wait_for_selector("#save")
    large = tmp_path / "large.csv"
    with large.open("wb") as stream:
        stream.truncate(60_000_000)
    page.set_input_files("#file", large)
    page.wait_for_selector("#problems >> text=large.csv")
    assert page.query_selector("#save") is None


def test_what_bare_shares_are_is_said_on_the_page(pages: Any, url: str) -> None:
    page = pages()
    page.goto(f"{url}/zh/register")
    table = "企业名称,所在城市,行业,外资比例\n甲,成都,7291,0.3\n乙,成都,7291,0.5\n".encode()
    page.set_input_files("#file", {"name": "mine.csv", "mimeType": "text/csv", "buffer": table})
    page.wait_for_selector("#doubts")
    told = page.inner_text("#doubts")
    assert "0.3是" in told
    assert "--set-unit" not in told
    page.select_option("#shares", "fraction")
    page.wait_for_selector("#doubts", state="detached")
    page.wait_for_selector("#save")


@pytest.mark.parametrize("comes", [True, False])
def test_an_answer_to_what_was_cleared_meanwhile_is_not_shown(pages: Any, url: str, comes: bool) -> None:
    page = pages("ERR_")
    page.goto(f"{url}/zh/")
    held: list[Any] = []
    page.route("**/v1/overview**", lambda route: held.append(route))
    page.fill("#foreign_share", "40")
    until_true(page, lambda: bool(held))
    page.click("#clear")
    assert page.is_visible("#result-empty")
    if comes:
        with page.expect_response("**/v1/overview**"):
            held[0].continue_()
    else:
        held[0].abort()
    page.wait_for_timeout(300)
    assert page.is_visible("#result-empty")
    assert page.query_selector(".tiles") is None
    assert page.inner_text("#problems") == ""


def test_facts_that_were_cleared_while_their_names_came_are_not_told(pages: Any, url: str) -> None:
    page = pages()
    held: list[Any] = []
    page.route("**/v1/facts", lambda route: held.append(route))
    page.goto(f"{url}/zh/#{link({'p': {'entity_kind': 'enterprise'}})}")
    until_true(page, lambda: bool(held))
    page.click("#clear")
    for one in held:
        one.continue_()
    page.wait_for_timeout(300)
    assert page.query_selector("ul.told") is None


def until_true(page: Any, met: Callable[[], bool]) -> None:
    """Wait for something that the test itself sees, while the page goes on."""
    for _ in range(200):
        if met():
            return
        page.wait_for_timeout(50)
    raise AssertionError(met)
