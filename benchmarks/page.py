"""How fast the page and the tools answer: `python benchmarks/page.py [--loads 15] [--answers 30] [--only PART]`.

Playwright with the machine's Chromium beside the service, loopback. Page: the first contentful paint of a load with an
empty cache; the time from a changed fact (a share typed, a zone ticked, a question answered) to the frame after the
answer stands in the page. Tools: `check_profile` (of one company, as an assistant asks, and of another each time) and
`next_question` by the protocol's own client, over HTTP and over standard streams, after calls that warm both up.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import time
from collections.abc import Sequence
from typing import Any

from serve import PROFILE, ended, start

PARTS = ("page", "tools")
_WARM = 5
_CITIES = ("成都", "上海", "天津", "海口", "重庆", "杭州", "广州", "南京", "武汉", "沈阳", "长沙")
_SECTORS = ("7291", "6511", "8425", "7231", "6631", "8336", "6321", "7452", "5311", "6424", "8710", "7340", "9011")
_PAINT = """() => new Promise(done => new PerformanceObserver(list => {
  for (const one of list.getEntries()) if (one.name === 'first-contentful-paint') done(one.startTime);
}).observe({ type: 'paint', buffered: true }))"""
# From what is done to the frame that shows the answer: the list of counts is put anew with each.
_ANSWER = """([act, value]) => new Promise(done => {
  const began = performance.now();
  new MutationObserver((_, watching) => {
    watching.disconnect();
    requestAnimationFrame(() => done(performance.now() - began));
  }).observe(document.getElementById('answer'), { childList: true });
  if (act === 'type') {
    const input = document.getElementById('foreign_share');
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  } else if (act === 'tick') {
    document.querySelector('input[name=zone]').click();
  } else {
    document.getElementById('give').click();
  }
})"""


def line(name: str, times: Sequence[float]) -> str:
    """One line of the result, in milliseconds."""
    return f"{name}: median {statistics.median(times):.0f} ms of {len(times)} ({min(times):.0f} to {max(times):.0f})"


def page(port: int, loads: int, answers: int) -> None:
    """Measure loads and answers in a browser."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    url = f"http://127.0.0.1:{port}/zh/"
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        paints = []
        for _ in range(loads + 1):
            context = browser.new_context(locale="zh-CN")
            opened = context.new_page()
            opened.goto(url)
            paints.append(opened.evaluate(_PAINT))
            context.close()
        print(line("first contentful paint, empty cache", paints[1:]))
        opened = browser.new_page(locale="zh-CN")
        opened.goto(url)
        _four_facts(opened)
        for name, act in (("a share typed", "type"), ("a zone ticked", "tick")):
            times = []
            for turn in range(answers + _WARM):
                times.append(opened.evaluate(_ANSWER, [act, str(30 + turn % 20)]))
                opened.wait_for_load_state("networkidle")
            print(line(f"answer to {name}", times[_WARM:]))
        answered = []
        for _ in range(answers):
            opened.goto("about:blank")
            opened.goto(url)
            _four_facts(opened)
            opened.check(".question input[value=travel-agency]")
            answered.append(opened.evaluate(_ANSWER, ["answer", ""]))
        print(line("answer to a question answered", answered))
        browser.close()


def _four_facts(opened: Any) -> None:
    opened.fill("#city", "成都")
    opened.wait_for_selector("#city-list [role=option]")
    opened.keyboard.press("Enter")
    opened.fill("#sector", "7291")
    opened.wait_for_selector("#sector-list [role=option]")
    opened.keyboard.press("Enter")
    opened.fill("#foreign_share", "40")
    opened.click("#check")  # questions are asked though no zone is said
    opened.wait_for_selector(".question input[value=travel-agency]")
    opened.wait_for_selector("input[name=zone]")
    opened.wait_for_load_state("networkidle")


def _one(turn: int) -> dict[str, Any]:
    """One company, as an assistant asks about it again."""
    return {**PROFILE, "foreign_share": 30 + turn % 20}


def _another(turn: int) -> dict[str, Any]:
    """A company that has neither the city nor the sector nor the share of the one before."""
    place, sector = _CITIES[turn % len(_CITIES)], _SECTORS[turn % len(_SECTORS)]
    return {"city": place, "sector": sector, "foreign_share": turn % 7 * 16, "zones": []}


def tools(port: int, answers: int) -> None:
    """Measure calls of tools."""
    import anyio
    from mcp import Client, StdioServerParameters, stdio_client

    async def run(name: str, server: Any) -> None:
        async with Client(server) as client:
            for tool, asked in (("check_profile", _one), ("check_profile", _another), ("next_question", _one)):
                times = []
                for turn in range(answers + _WARM):
                    began = time.perf_counter()
                    result = await client.call_tool(tool, {"profile": asked(turn)})
                    times.append((time.perf_counter() - began) * 1000)
                    assert not result.is_error
                print(line(f"{tool} over {name}{', another company each time' * (asked is _another)}", times[_WARM:]))

    anyio.run(run, "HTTP", f"http://127.0.0.1:{port}/mcp")
    command = StdioServerParameters(command=sys.executable, args=["-m", "applicability", "mcp"])
    anyio.run(run, "standard streams", stdio_client(command))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--loads", type=int, default=15)
    parser.add_argument("--answers", type=int, default=30)
    parser.add_argument("--only", choices=PARTS, action="append", help="a part alone; may be given several times")
    options = parser.parse_args()
    parts = options.only or PARTS
    process, port, _ = start()
    try:
        if "page" in parts:
            page(port, options.loads, options.answers)
        if "tools" in parts:
            tools(port, options.answers)
    finally:
        ended(process)


if __name__ == "__main__":
    main()
