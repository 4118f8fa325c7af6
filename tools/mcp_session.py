"""A session of an assistant with the tools, recorded as docs/mcp-session.md: `python tools/mcp_session.py [--write]`.

The client of the protocol's SDK calls the server as an assistant would; what it is answered is written down, with long
lists cut after their first two, and long words. A test holds the page to it.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
from mcp import Client

from applicability import load_rulebook
from applicability.mcp.server import server
from applicability.service.service import Service

PAGE = Path(__file__).resolve().parent.parent / "docs" / "mcp-session.md"
DAY = "2026-11-23"
SAID = {"city": "成都", "sector": "7291", "foreign_share": 40}
ASKED = {**SAID, "activities": ["travel-agency"], "entity_kind": "enterprise", "registered_here": True}
CLAIMS = [
    {"measure": 57, "verdict": "eligible", "quote": "中国公民出境旅游业务（赴台湾地区除外）"},
    {"measure": 57, "verdict": "eligible", "quote": "允许外商投资旅行社经营出境旅游"},
    {"measure": 13, "verdict": "eligible"},
    {"measure": 132, "verdict": "eligible", "quote": "鼓励外商投资企业参与标准化试点建设"},
]
TURNS: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
    (
        "The person says: a travel agency in Chengdu, 40% held from Hong Kong. What can it use?",
        "用户说：成都的旅行社，港资占40%，能适用哪些？",
        "check_profile",
        {"profile": SAID, "as_of": DAY},
    ),
    (
        "The assistant asks what `ask` says, and two questions more; with the answers it checks again.",
        "助手按 `ask` 提问，又问了两项，再查一次。",
        "check_profile",
        {"profile": ASKED, "as_of": DAY},
    ),
    (
        "It reads why the row is open, to say so with the words it rests on.",
        "助手查明该行为何可适用，以便附上所依的原文。",
        "explain_measure",
        {"measure": 57, "profile": ASKED, "as_of": DAY},
    ),
    (
        "It has its draft checked before it answers: one claim turns on limits that nobody has confirmed, one quotes "
        "what the row does not say, one is wrong, one holds.",
        "回答之前核对草稿：一条取决于尚未确认的限制，一条引文不符，一条有误，一条成立。",
        "verify_answer",
        {"profile": ASKED, "as_of": DAY, "claims": CLAIMS},
    ),
)
# What a reader of the page needs of each answer; the rest is in the schema that the server publishes.
SHOWN = {
    "check_profile": ("as_of", "counts", "open", "ask", "missing", "note"),
    "explain_measure": ("measure", "title", "text", "verdict", "cite", "why", "limits", "missing"),
    "verify_answer": ("sound", "claims"),
}
OF_CLAIMS = ("status", "message", "verdict", "cite", "words")
_ITEMS, _LONGEST = 2, 160


def page() -> str:
    """The page, from a session held now."""
    return "\n".join(anyio.run(_lines)) + "\n"


async def _lines() -> list[str]:
    lines = [
        "# A session by the Model Context Protocol / 一次会话记录",
        "",
        "Recorded by `python tools/mcp_session.py --write` with the SDK's own client; a test repeats it. Lists are cut",
        "after their first two (`… n more`), long words too. How to connect: [embed.md](embed.md#assistants-mcp).",
        "",
        "由 `python tools/mcp_session.py --write` 用官方 SDK 的客户端录得，测试会重放。列表只列前两项，长句截断。",
        "接入方法见 [embed.zh-CN.md](embed.zh-CN.md)。",
    ]
    async with Client(server(Service(load_rulebook()))) as client:
        for number, (en, zh, tool, arguments) in enumerate(TURNS, start=1):
            result = await client.call_tool(tool, arguments)
            told = result.structured_content
            assert told is not None, result.content
            lines += ["", f"## {number}. `{tool}`", "", en, "", zh, "", *_block(arguments)]
            lines += ["", "answers / 回答：", "", *_block(_shown(tool, told))]
    return lines


def _shown(tool: str, told: dict[str, Any]) -> dict[str, Any]:
    found = {name: told[name] for name in SHOWN[tool]}
    if "claims" in found:  # every one of them is the point
        every = [{name: claim[name] for name in OF_CLAIMS} for claim in found["claims"]]
        return {**found, "claims": [_cut(claim) for claim in every]}
    return {name: _cut(value) for name, value in found.items()}


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _cut(one) for name, one in value.items()}
    if isinstance(value, list):
        left = len(value) - _ITEMS
        return [_cut(one) for one in value[:_ITEMS]] + ([f"… {left} more"] if left > 0 else [])
    if isinstance(value, str) and len(value) > _LONGEST:
        return f"{value[:_LONGEST]}…"
    return value


def _block(value: Any) -> Iterator[str]:
    yield "```json"
    yield from _set(value, "")
    yield "```"


def _set(value: Any, indent: str, lead: str = "", end: str = "") -> Iterator[str]:
    """JSON on one line where it fits, else a line for each part."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + len(indent) < 110 or not isinstance(value, (dict, list)):
        yield f"{indent}{lead}{line}{end}"
        return
    parts = list(value.items()) if isinstance(value, dict) else [(None, one) for one in value]
    yield f"{indent}{lead}{'{' if isinstance(value, dict) else '['}"
    for at, (name, one) in enumerate(parts):
        own = "" if name is None else f"{json.dumps(name, ensure_ascii=False)}: "
        yield from _set(one, f"{indent}  ", own, "," if at + 1 < len(parts) else "")
    yield f"{indent}{'}' if isinstance(value, dict) else ']'}{end}"


def main() -> None:
    """Print the page, or write it."""
    if "--write" in sys.argv[1:]:
        PAGE.write_text(page(), "utf-8")
    else:
        sys.stdout.write(page())


if __name__ == "__main__":
    main()
