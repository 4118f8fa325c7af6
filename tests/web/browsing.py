"""What the tests in a browser share: the marks they carry, and how they look at a page."""

from __future__ import annotations

import hashlib
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
IN_A_BROWSER = [
    pytest.mark.thorough,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine"),
]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
SHOTS = os.environ.get("APPLICABILITY_SHOTS")  # a folder for pictures, to be looked at


def no_violations(page: Any) -> None:
    """No barrier that axe knows of."""
    script = AXE.read_text("utf-8")
    assert hashlib.sha256(script.encode()).hexdigest() == AXE_SHA256
    page.evaluate(script)
    found = page.evaluate("async () => (await axe.run()).violations.map(v => [v.id, v.nodes.map(n => n.html)])")
    assert found == []


def picture(page: Any, name: str) -> None:
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


def until(page: Any, expression: str) -> None:
    """Wait until an expression is true; the page's policy forbids Playwright's own way, which is `eval`."""
    end = time.monotonic() + 20
    while not page.evaluate(expression):
        assert time.monotonic() < end, expression
        page.wait_for_timeout(50)


def sent(page: Any, button: str) -> None:
    """Sends a form without script, and waits for the page that answers: a click alone returns before it is there."""
    with page.expect_navigation():
        page.click(button)


def settled(page: Any) -> None:
    """Wait until the answer to what was said last is shown."""
    page.wait_for_load_state("networkidle")
    # That state is reached once for a page: an answer that is asked for later is marked as awaited.
    until(page, "document.querySelector('#result.waiting') === null")


def four_facts(page: Any, city: str, sector: str) -> None:
    page.fill("#city", city)
    page.wait_for_selector("#city-list [role=option]")
    page.keyboard.press("Enter")
    page.wait_for_selector(".tiles")
    page.fill("#sector", sector)
    page.wait_for_selector("#sector-list [role=option]")
    page.keyboard.press("Enter")
    page.fill("#foreign_share", "40")
    page.check("input[name=no_zones]")
    page.wait_for_selector(".question input[value=travel-agency]")
