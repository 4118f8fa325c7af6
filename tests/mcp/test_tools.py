"""The tools for assistants, by the SDK's own client: the same answers, bounded, with words to cite."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import anyio
import pytest

from applicability import Interview, check, load_rulebook

pytest.importorskip("mcp.server.mcpserver", reason="the extra `web` is not installed")


from mcp import Client, MCPError, StdioServerParameters, stdio_client

from applicability.mcp.server import server
from applicability.model.profile import Profile
from applicability.service.service import Service

ROOT = Path(__file__).parents[2]
EXAMPLES = [one for one in sorted((ROOT / "examples").iterdir()) if one.suffix in (".yaml", ".json")]
AGENCY = {
    "city": "成都", "sector": "7291", "foreign_share": 40, "activities": ["travel-agency"],
    "entity_kind": "enterprise", "registered_here": True, "zones": [], "licences": [],
}  # fmt: skip
SERVICE = Service(load_rulebook())
# An answer that an assistant can hold beside a conversation.
MOST = 30_000


def asked(work: Callable[[Client], Coroutine[Any, Any, Any]]) -> Any:
    """What some work with a client comes to."""

    async def run() -> Any:
        async with Client(server(SERVICE)) as client:
            return await work(client)

    return anyio.run(run)


def called(tool: str, **arguments: Any) -> Any:
    """What a tool answers, which is small, and typed as it says."""

    async def work(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result = asked(work)
    assert not result.is_error, result.content
    told = result.structured_content
    assert len(json.dumps(told, ensure_ascii=False)) < MOST
    (text,) = result.content  # the same for clients that read text alone, without spaces that an assistant pays for
    assert text.text == json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return told["result"] if set(told) == {"result"} else told


def refused(tool: str, **arguments: Any) -> str:
    async def work(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result = asked(work)
    assert result.is_error
    return str(result.content[0].text)


def test_tools_say_what_they_take_and_give() -> None:
    async def work(client: Client) -> Any:
        return (await client.list_tools()).tools

    tools = {one.name: one for one in asked(work)}
    assert set(tools) == {
        "check_profile", "next_question", "explain_measure", "find_changes", "compare_places", "verify_answer",
        "search_places", "search_sectors", "search_activities", "search_limits", "search_measures",
    }  # fmt: skip
    for tool in tools.values():
        assert tool.description
        assert tool.output_schema
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint


@pytest.mark.parametrize("example", [one for one in EXAMPLES if "register" not in one.stem], ids=lambda one: one.stem)
def test_a_check_agrees_with_the_command(example: Path) -> None:
    from applicability import load_profile

    profile = load_profile(example)
    plain = check(profile).to_dict()["profile"]
    told = called("check_profile", profile=plain, as_of="2026-11-23")
    expected = check(profile, as_of=__import__("datetime").date(2026, 11, 23))
    assert told["counts"] == dict(expected.counts)
    assert [one["measure"] for one in told["open"]] == [one.measure.row for one in expected.open][:25]
    for one in told["open"]:
        assert one["quote"] in SERVICE.measure(one["measure"]).text
        assert f"row {one['measure']}" in one["cite"]


def test_a_company_that_is_only_planned_is_told_of_as_such() -> None:
    planned, set_up = (
        called("check_profile", profile={**AGENCY, "planned": True}),
        called("check_profile", profile=AGENCY),
    )
    assert "not set up yet" in planned["note"]["en"]
    assert "尚未设立" in planned["note"]["zh"]
    assert "verify_answer" in planned["note"]["en"]
    assert {**planned, "note": None} == {**set_up, "note": None}
    assert "planned" in refused("check_profile", profile={**AGENCY, "planned": "maybe"})


def test_an_interview_by_tools() -> None:
    profile: dict[str, Any] = {"city": "成都", "sector": "7291", "foreign_share": 40}
    question = called("next_question", profile=profile)
    assert question["fact"] == "activities"
    assert len(question["options"]) <= 40
    other = called("next_question", profile=profile, unknown=["activities"])
    assert other["fact"] != "activities"
    profile["activities"] = ["travel-agency"]
    assert called("check_profile", profile=profile)["ask"]["fact"] != "activities"
    plausible = [one.fact for one in Interview(Profile.of(profile)).plan.questions]
    while (question := called("next_question", profile=profile, unknown=plausible)) is not None:
        plausible.append(question["fact"])
    assert called("next_question", profile=profile, unknown=plausible, every=True)["fact"] not in plausible


def test_a_measure_is_explained_with_its_words() -> None:
    told = called("explain_measure", measure=57, profile=AGENCY)
    assert told["verdict"] == "eligible"
    assert all(one["quote"] for one in told["why"] if one["kind"] == "fact")
    assert {one["key"] for one in told["limits"]} == {"57.taiwan", "57.outbound-chinese-citizens"}


def test_a_row_for_authorities_says_whether_it_reaches_the_place() -> None:
    here = called("explain_measure", measure=59, profile=AGENCY)
    assert here["verdict"] == "authorities_only"
    assert not here["why"]
    assert "it is for the authorities there to do" in here["place"][0]["message"]["en"]
    assert [one["who"]["en"] for one in here["contacts"]] == ["the place's commerce department"]
    elsewhere = called("explain_measure", measure=59, profile={**AGENCY, "city": "昆明"})
    assert [one["verdict"] for one in elsewhere["place"]] == ["ineligible"]
    assert elsewhere["place"][0]["quote"]
    assert not elsewhere["contacts"]
    claims = [{"measure": 59, "verdict": "authorities_only"}]
    (claim,) = called("verify_answer", profile={**AGENCY, "city": "昆明"}, claims=claims)["claims"]
    assert claim["why"] == elsewhere["place"]
    unknown, same = called(
        "verify_answer", profile={**AGENCY, "city": "昆明"}, claims=[{"measure": 999, "verdict": "eligible"}, *claims]
    )["claims"]
    assert (unknown["status"], same) == ("unknown_row", claim)


def test_each_part_of_a_row_has_its_verdict_and_its_reasons() -> None:
    company = {**AGENCY, "activities": ["non-profit-medical-institution"], "donors": "joint"}
    told = called("explain_measure", measure=20, profile=company)
    assert told["verdict"] == "eligible"
    assert [(one["part"], one["verdict"]) for one in told["parts"]] == [
        ("a", "eligible"), ("b", "conditional"), ("c", "ineligible"),
    ]  # fmt: skip
    assert "must be natural person" in told["parts"][2]["why"][0]["message"]["en"]
    assert told["parts"][2]["quote"].startswith("并允许捐资举办非营利性医疗机构的境外人员")
    assert not called("explain_measure", measure=57, profile=company)["parts"]


def test_changes_and_places() -> None:
    (prospect,) = called("find_changes", profile={**AGENCY, "foreign_share": 0}, measures=[57])
    assert prospect["changes"][0]["edits"][0]["yours"]
    told = called("compare_places", profile=AGENCY, places=["成都", "长沙"])
    assert told["ranking"][0]["label"]["zh"] == "成都市"
    assert {"57"} <= {str(one["measure"]) for one in told["rows"]}


def test_searches() -> None:
    assert called("search_places", words="chengdu")[0]["code"] == "510100"
    assert called("search_sectors", words="旅行社")[0]["code"] == "7291"
    assert called("search_activities", words="旅行社")[0]["value"] == "travel-agency"
    assert {one["measure"] for one in called("search_limits", measure=57)} == {57}
    assert [one["measure"] for one in called("search_measures", words="旅行社")] == [57]


def test_resources_are_the_words_themselves() -> None:
    async def work(client: Client) -> None:
        row = await client.read_resource("plan://plan-2025-84/rows/57")
        assert row.contents[0].text == SERVICE.measure(57).text  # type: ignore[union-attr]
        note = await client.read_resource("plan://plan-2025-84/notes/2")
        assert "10个试点省市全域" in note.contents[0].text  # type: ignore[union-attr]
        told = json.loads((await client.read_resource("plan://rulebook")).contents[0].text)  # type: ignore[union-attr]
        assert told["digest"] == SERVICE.digest
        assert json.loads((await client.read_resource("plan://facts")).contents[0].text)  # type: ignore[union-attr]
        for nothing in ("plan://plan-2025-84/rows/999", "plan://other/notes/1", "plan://plan-2025-84/notes/x"):
            with pytest.raises(MCPError):
                await client.read_resource(nothing)

    asked(work)


def test_mistakes_are_told_to_the_assistant() -> None:
    told = refused("check_profile", profile={"city": "天浸"})
    assert "P103" in told
    assert "天浸" in told
    assert "U001" in refused("explain_measure", measure=999)
    assert "claims" in refused("verify_answer", profile={}, claims=[])
    assert "claims[0]: H013" in refused("verify_answer", profile={}, claims=[{"measure": 57}])
    assert "Traceback" not in refused("check_profile", profile={"city": {"a": 1}})


@pytest.mark.parametrize(
    ("profile", "tool"),
    [
        ({"sector": "火星采矿"}, "`search_sectors`"),
        ({"city": "火星"}, "`search_places`"),
        ({"zones": ["火星"]}, "`search_places`"),
        ({"activities": ["火星采矿"]}, "`search_activities`"),
        ({"limits": {"9.nothing": True}}, "`search_limits`"),
        ({"mars": 1}, "`plan://facts`"),
        ({"licences": ["火星采矿"]}, "`plan://facts`"),
    ],
)
def test_a_hint_names_a_tool_and_no_command(profile: dict[str, Any], tool: str) -> None:
    told = refused("check_profile", profile=profile)
    assert told.count(tool) == 2, told
    assert "`applicability " not in told


def test_it_runs_over_standard_streams() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    parameters = StdioServerParameters(command=sys.executable, args=["-m", "applicability", "mcp"], env=environment)

    async def run() -> Any:
        with anyio.fail_after(60):
            async with Client(stdio_client(parameters)) as client:
                return await client.call_tool("search_sectors", {"words": "7291"})

    assert anyio.run(run).structured_content["result"][0]["code"] == "7291"


def test_the_recorded_session_is_what_happens() -> None:
    sys.path.append(str(ROOT / "tools"))
    import mcp_session

    told = mcp_session.page()
    if os.environ.get("UPDATE_GOLDEN"):
        mcp_session.PAGE.write_text(told, "utf-8")
    assert mcp_session.PAGE.read_text("utf-8") == told
    for status in ("follows", "contradicts", "depends_on", "misquoted"):
        assert f'"status": "{status}"' in told


def test_the_command_says_what_it_is() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "applicability", "mcp", "--help"],
        capture_output=True, encoding="utf-8", check=True, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
    )  # fmt: skip
    assert "Model Context Protocol" in done.stdout
