"""What the page prints: a short list, or all with its words, in both languages, with script and without."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, no_violations, sent, settled, until
from tests.web.test_browser_places import link, locale

pytestmark = IN_A_BROWSER
OWN = {"activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True, "zones": []}
AGENCY = {"city": "510100", "sector": "7291", "foreign_share": "40", **OWN}


def answered(pages: Any, url: str, lang: str, **profile: Any) -> Any:
    page = pages(locale=locale(lang))
    page.goto(f"{url}/{lang}/#{link({'p': {**AGENCY, **profile}})}")
    page.wait_for_selector("#open details[data-row='57']")
    settled(page)
    return page


def sheets(page: Any) -> int:
    """How many pages are printed on A4."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4")))


@pytest.mark.parametrize(("lang", "there", "gone"), [
    ("zh", ("57 外商投资旅行社经营出境旅游", "应遵守：不组织赴台湾地区的旅游（您已确认遵守）",
            "应遵守：只及于中国公民的出境旅游（由您自己确认）",
            "这一部分应遵守：限随行的配偶和家属", "2项方案只是鼓励或探索，不是许可；2项有限制，共3条",
            "汇发〔2025〕43号", "143 ", "第111项†可以读得更窄", "英译均非官方",
            "原有试点总体方案继续实施", "2025-04-11起施行", "文化旅游主管部门*"),
     ("允许在當地设立的", "会遵守", "14、21、39", "家属（由您自己确认）")),
    ("en", ("57 Outbound tours", "Limit: no tours to Taiwan (kept, as you said)",
            "Limit: the permission reaches outbound tours of Chinese citizens only (for yourselves to confirm)",
            "Limit of that part: only spouses and family who come along", "2 with limits: 3 in all",
            "SAFE Notice Huifa [2025] No. 43",
            "143 ", "Item 111† could be read more narrowly. Reading taken: ", "translations are unofficial",
            "The place's earlier plan continues in force", "in force from 2025-04-11",
            "the culture and tourism authority (文化旅游主管部门)*"),
     ("允许在當地设立的", "Keeps to it", "Reading taken” in it", "come along (for yourselves to confirm)")),
])  # fmt: skip
def test_the_short_list_is_what_is_printed(
    pages: Any, url: str, lang: str, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    page = answered(pages, url, lang, activities={"yes": ["travel-agency"]}, limits={"57.taiwan": True})
    no_violations(page)
    until(page, "document.getElementById('sector').value.length > 4")  # the name of a code comes after
    assert sheets(page) <= 2
    page.emulate_media(media="print")
    told = page.inner_text("body")
    for words in there:
        assert words in told, words
    for words in gone:
        assert words not in told, words
    # The whole of a sector's name, which its field would cut.
    assert {"zh": "7291 旅行社及相关服务", "en": "7291 Travel agencies and related services"}[lang] in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_words_are_printed_where_that_is_chosen(pages: Any, url: str, lang: str) -> None:
    page = answered(pages, url, lang)
    page.check("#print-words")
    page.check("#limits\\.57\\.taiwan\\.true")  # another answer leaves the choice as it is
    settled(page)
    assert page.is_checked("#print-words")
    page.emulate_media(media="print")
    told = page.inner_text("body")
    page.emulate_media(media="screen")
    page.check("#print-short")
    page.emulate_media(media="print")
    short = [re.sub(r"\s+", " ", line) for line in page.inner_text("body").splitlines() if line.strip()]
    assert "允许在當地设立的外商投资旅行社" in told
    # The same lines as in the short list, and the words between them.
    told = re.sub(r"\s+", " ", told)
    for line in short:
        assert line in told, line
    assert not page.query_selector_all(".limits fieldset:visible")
    assert {"zh": "（您已确认遵守）", "en": "(kept, as you said)"}[lang] in told


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_short_list_is_the_same_without_script(pages: Any, url: str, lang: str) -> None:
    own = {name: value for name, value in AGENCY.items() if name in ("city", "sector", "foreign_share", "zones")}
    with_script = pages(locale=locale(lang))
    with_script.goto(f"{url}/{lang}/#{link({'p': own})}")
    with_script.wait_for_selector(".tiles")
    settled(with_script)
    plain = pages(locale=locale(lang), java_script_enabled=False)
    plain.goto(f"{url}/{lang}/")
    for name in ("city", "sector", "foreign_share"):
        plain.fill(f"#{name}", str(AGENCY[name]))
    plain.check("input[name=no_zones]")
    sent(plain, "button.main")
    for page in (with_script, plain):
        page.emulate_media(media="print")
    for part in (".brief", ".answer-notes"):
        told, same = (re.sub(r"\s+", " ", page.inner_text(part)) for page in (with_script, plain))
        assert told == same
    assert not plain.is_visible(".tiles")


@pytest.mark.parametrize(("lang", "noes"), [
    ("zh", "业务活动 · 视为否的2项：航天主题旅游、电子发票业务"),
    ("en", "activities · 2 count as no: space tourism, electronic invoicing"),
])  # fmt: skip
def test_what_counts_as_no_is_printed_at_the_end(pages: Any, url: str, lang: str, noes: str) -> None:
    held = {"yes": ["travel-agency"], "no": ["space-tourism", "electronic-invoicing"]}
    with_script = answered(pages, url, lang, activities=held)
    plain = pages(locale=locale(lang), java_script_enabled=False)
    plain.goto(f"{url}/{lang}/")
    for name in ("city", "sector", "foreign_share"):
        plain.fill(f"#{name}", str(AGENCY[name]))
    plain.check("input[name=no_zones]")
    sent(plain, "button.main")
    plain.check(".question input[value=travel-agency]")
    sent(plain, ".question button[name=give]")
    for page in (with_script, plain):
        page.emulate_media(media="print")
        told = page.inner_text("body")
        words = {"zh": "视为否", "en": "count as no:"}[lang]
        assert told.index(words) > told.index({"zh": "英译均非官方", "en": "translations are unofficial"}[lang])
    assert noes in with_script.inner_text("#noes-print")


@pytest.mark.parametrize(("lang", "told"), [("zh", "此浏览器不能打印"), ("en", "This browser cannot print")])
def test_where_the_browser_cannot_print_the_pdf_is_offered(pages: Any, url: str, lang: str, told: str) -> None:
    page = answered(pages, url, lang)
    page.evaluate("window.print = undefined")
    for button in ("#print-now", "#print"):
        with page.expect_download() as waited:
            page.click(button)
        name = waited.value.suggested_filename
        assert name.endswith(".pdf")
        until(page, f"document.body.innerText.includes({name!r})")
        assert told in page.inner_text("body")


def test_what_is_unlikely_has_a_tile_of_its_own(pages: Any, url: str) -> None:
    own = {**AGENCY, "activities": {"yes": ["travel-agency"]}}
    page = answered(pages, url, "en", **own)
    found = page.evaluate(
        """async profile => (await (await fetch("/v1/overview", {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(profile) })).json())""",
        own,
    )
    unlikely = len(found["unasked"]["rows"])
    assert page.inner_text(".tile.unlikely strong") == str(unlikely)
    assert page.inner_text(".tile.needs_info strong") == str(found["counts"]["needs_info"] - unlikely)
    waits = [one["measure"] for one in found["rows"] if one["bucket"] == "pending" and one["unlikely"]]
    assert f"{len(waits)} of these unlikely for you" in page.inner_text(".tile.pending")
    tiles = page.locator(".tile strong").all_inner_texts()
    rest = sum(found["counts"][name] for name in ("authorities_only", "text_lost", "not_encoded"))
    assert sum(map(int, tiles)) + rest == len(found["rows"])


def test_nothing_moves_when_the_answer_comes(pages: Any, url: str) -> None:
    page = pages(viewport={"width": 1440, "height": 860}, locale="en-US")
    page.goto(f"{url}/en/")
    before = page.locator("#result-title").bounding_box()
    page.fill("#city", "Chengdu")
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tiles")
    after = page.locator("#result-title").bounding_box()
    assert (before["x"], before["y"]) == (after["x"], after["y"])
