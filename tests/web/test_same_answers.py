"""The interface, a batch and an assistant's tool answer as a check does: generated profiles, 2,000 by the batch and 500
by each of the others in a thorough run.
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
from fastapi.testclient import TestClient

from applicability import Profile, Rulebook, check
from applicability.errors import ProfileError
from applicability.loading.profile.reader import read_facts
from applicability.service.service import Service

from ..examples import drawn

pytest.importorskip("mcp.server.mcpserver", reason="the extra `web` is not installed")

from mcp import Client

from applicability.mcp.server import server

sys.path.append(str(Path(__file__).parents[2] / "benchmarks"))
from companies import companies

DAY = datetime.date(2026, 11, 23)
PARTS, OPEN_SHOWN = 10, 25
# One profile in so many is asked alone as well, which takes some hundred times as long as in a batch.
ONE_BY_ONE = 4
pytestmark = pytest.mark.thorough


def told(rulebook: Rulebook, number: int) -> list[dict[str, Any]]:
    """One part of the profiles: of every second one some facts are left out."""
    draw = random.Random(number)
    whole = companies(rulebook, drawn(2000) // PARTS, seed=number)
    return [
        {name: value for name, value in one.items() if place % 2 or name == "city" or draw.random() < 0.7}
        for place, one in enumerate(whole)
    ]


@pytest.mark.parametrize("number", range(PARTS))
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

    profiles, expected, verdicts = profiles[::ONE_BY_ONE], expected[::ONE_BY_ONE], verdicts[::ONE_BY_ONE]
    for profile, assessment, buckets in zip(profiles, expected, verdicts, strict=True):
        answer = http.post(f"/v1/check?as_of={DAY}", json=profile).json()
        assert {str(one["measure"]): _bucket(one) for one in answer["findings"]} == buckets, profile
        assert answer["counts"] == dict(assessment.counts), profile

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
