"""A whole session on the page by keyboard alone: nothing is clicked, and the focus is moved by Tab."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.web.browsing import IN_A_BROWSER, settled, until

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize(("lang", "city"), [("zh", "chengdu"), ("en", "Chengdu")])
def test_a_whole_session_by_keyboard_alone(pages: Any, url: str, lang: str, city: str) -> None:
    page = pages(locale="zh-CN" if lang == "zh" else "en-US")
    press = page.keyboard.press
    page.goto(f"{url}/{lang}/")
    press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    tab_to(page, "#city")
    page.keyboard.type(city)
    page.wait_for_selector("#city-list [role=option]")
    press("ArrowDown")
    assert page.get_attribute("#city", "aria-activedescendant") == "city-list-0"
    press("Enter")
    page.wait_for_selector(".tiles")
    tab_to(page, "#sector")
    page.keyboard.type("7291")
    page.wait_for_selector("#sector-list [role=option]")
    press("Escape")
    press("Enter")
    tab_to(page, "#foreign_share")
    page.keyboard.type("40")
    tab_to(page, "input[name=no_zones]")
    press("Space")
    page.wait_for_selector(".question input[value=travel-agency]")
    settled(page)
    tab_to(page, ".question input[value=travel-agency]")
    press("Space")
    tab_to(page, "#give")
    press("Enter")
    for value in ("enterprise", "true"):
        page.wait_for_selector(f".question input[value={value}]")
        until(page, "document.activeElement.id === 'question-title'")  # which the choices follow
        tab_to(page, ".question input[name=answer]")
        press("Space")
        while not page.is_checked(f".question input[value={value}]"):
            press("ArrowDown")
        press("Enter")
        page.wait_for_selector(f".question input[value={value}]", state="detached")
    settled(page)
    asked = page.inner_text("#question-title")
    tab_to(page, "#pass")
    press("Enter")
    page.wait_for_function("told => document.querySelector('#question-title')?.innerText !== told", arg=asked)
    settled(page)
    tab_to(page, "#open details[data-row='57'] > summary")
    press("Enter")
    page.wait_for_selector("#open details[data-row='57'] dl")
    tab_to(page, "[id^='limits.57.taiwan']")
    press("Space")
    while not page.is_checked("#limits\\.57\\.taiwan\\.true"):
        press("ArrowDown")
    settled(page)
    tab_to(page, ".take button:not(#print)")
    with page.expect_download() as taken:
        press("Enter")
    assert taken.value.suggested_filename.endswith((".html", ".pdf", ".docx", ".xlsx"))
    assert Path(taken.value.path()).stat().st_size > 10_000
    tab_to(page, ".bar a[href*=compare]")
    press("Enter")
    page.wait_for_selector(".matrix")
    assert len(page.query_selector_all(".matrix thead th")) >= 20


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until what is wanted has the focus; after the last of a page comes its first."""
    for _ in range(400):
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")
