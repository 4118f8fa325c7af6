"""The interface, a batch and an assistant's tool answer as the command does: 2,000 generated profiles at each of them.

That many in a thorough run, some of them otherwise. They are compared with the library's check by the reference
evaluator, and one in forty also with all that the command prints, run in this process: the command for each of 2,000
would take a minute more, and it prints what that function finds.
"""

from __future__ import annotations

import datetime
import json
import random
import sys
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from fastapi.testclient import TestClient

from applicability import Profile, Rulebook, check
from applicability.cli.root import root
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.service.service import Service

from ..examples import drawn, one_in

pytest.importorskip("mcp.server.mcpserver", reason="the extra `web` is not installed")

from mcp import Client

from applicability.mcp.server import server

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from companies import companies

DAY = datetime.date(2026, 11, 23)
PARTS, OPEN_SHOWN = 10, 25
# One profile in so many is checked with all its reasons, which take most of the time. Of the others the interface
# tells the counts of all rows, and one row in so many, others for each profile.
WHOLE, ROWS = 4, 5
# One profile in so many is given to the command too; a multiple of WHOLE.
PRINTED = 40


def told(rulebook: Rulebook, number: int) -> list[dict[str, Any]]:
    """One part of the profiles: of every second one some facts are left out."""
    draw = random.Random(number)
    whole = companies(rulebook, drawn(2000) // PARTS, seed=number)
    return [
        {name: value for name, value in one.items() if place % 2 or name == "city" or draw.random() < 0.7}
        for place, one in enumerate(whole)
    ]


@pytest.mark.parametrize("number", one_in(PARTS, range(PARTS)))
def test_every_door_gives_the_same_verdicts(
    number: int, http: TestClient, service: Service, rulebook: Rulebook
) -> None:
    profiles = [one for one in told(rulebook, number) if _is_readable(one, rulebook)]
    assert len(profiles) > drawn(2000) // PARTS * 0.95
    expected = [check(Profile.of(one), rulebook, as_of=DAY, engine="reference") for one in profiles]
    verdicts = [{str(one.measure.row): one.bucket for one in each.findings} for each in expected]

    lines = "".join(json.dumps({**one, "as_of": DAY.isoformat()}, ensure_ascii=False) + "\n" for one in profiles)
    batch = http.post("/v1/check/batch", content=lines.encode(), headers={"content-type": "application/x-ndjson"})
    assert [json.loads(line)["verdicts"] for line in batch.text.splitlines()] == verdicts

    for place, (profile, assessment, buckets) in enumerate(zip(profiles, expected, verdicts, strict=True)):
        asked = list(buckets)[place % ROWS :: ROWS] if place % WHOLE else list(buckets)
        rows = "".join(f"&measure={row}" for row in asked) if place % WHOLE else ""
        answer = http.post(f"/v1/check?as_of={DAY}{rows}", json=profile).json()
        assert {str(one["measure"]): _bucket(one) for one in answer["findings"]} == {
            row: buckets[row] for row in asked
        }, profile
        assert answer["counts"] == dict(assessment.counts), profile
        if place % PRINTED == 0:
            assert answer == _printed(profile), profile

    async def ask() -> list[Any]:
        async with Client(server(service)) as client:
            return [
                (await client.call_tool("check_profile", {"profile": one, "as_of": str(DAY)})).structured_content
                for one in profiles
            ]

    for answer, assessment, buckets in zip(anyio.run(ask), expected, verdicts, strict=True):
        assert answer["counts"] == dict(assessment.counts)
        assert [one["measure"] for one in answer["open"]] == [one.measure.row for one in assessment.open][:OPEN_SHOWN]
        assert {str(one["measure"]): one["verdict"] for one in answer["open"]}.items() <= buckets.items()
        assert {str(one) for one in answer["undecided"]} == {row for row, one in buckets.items() if one == "needs_info"}


def _printed(profile: dict[str, Any]) -> Any:
    """What the command prints as JSON."""
    done = CliRunner().invoke(root, ["check", "-", "--as-of", str(DAY), "--format", "json"], input=json.dumps(profile))
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def _is_readable(profile: dict[str, Any], rulebook: Rulebook) -> bool:
    """Whether its places do not contradict each other, as those of a zone in several cities may."""
    try:
        read_facts(Profile.of(profile), rulebook, DAY, suggestions=False)
    except ProfileError:
        return False
    return True


def _bucket(finding: dict[str, Any]) -> str:
    if finding["text_lost"]:
        return "text_lost"
    return "authorities_only" if finding["binds_authorities_only"] else str(finding["verdict"])
